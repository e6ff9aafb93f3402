package main

import (
	"context"
	"flag"
	"slices"
	"strings"

	"zhanggui/app/i18n"
	"zhanggui/app/stock"
)

func adjustCommand() command {
	var reason string
	return command{
		name: "adjust", usage: "SKU DELTA --reason count|damage|lost|sample|found [--note TEXT]", least: 2, most: 2, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			f.StringVar(&reason, "reason", "", "")
			note := f.String("note", "", "")
			return func(ctx context.Context, c *call) (reply, error) {
				delta, err := count(c.args[1])
				if err != nil {
					return reply{}, err
				}
				sku, err := c.sku(ctx, c.args[0])
				if err != nil {
					return reply{}, err
				}
				r, err := c.app.Stock.Adjust(ctx, stock.AdjustCmd{SKU: sku.ID, Delta: delta, Reason: stock.AdjustReason(reason), Note: *note})
				return c.adjusted(sku.Code, r, err)
			}
		},
		check: func(*call) error {
			if reason == "" {
				return usage("fault.cli.flag_needed", "word", "--reason")
			}
			if !slices.Contains(stock.AdjustReasons, stock.AdjustReason(reason)) {
				return usage("fault.cli.bad_value", "word", "--reason", "value", reason)
			}
			return nil
		},
	}
}

func (c *call) adjusted(sku string, r stock.AdjustResult, err error) (reply, error) {
	if err != nil {
		return reply{}, err
	}
	if r.Freed == nil {
		r.Freed = []string{}
	}
	lines := []string{c.tr.T("cli.adjust.done", "sku", sku, "on_hand", i18n.Count(r.OnHand), "doc", r.Doc)}
	if len(r.Freed) > 0 {
		lines = append(lines, c.tr.T("cli.adjust.freed", "orders", strings.Join(r.Freed, ", ")))
	}
	if r.Woken > 0 {
		lines = append(lines, c.tr.T("cli.woken", "n", r.Woken))
	}
	return reply{doc: r, lines: lines}, nil
}
