package main

import (
	"context"
	"flag"

	"zhanggui/app/i18n"
	"zhanggui/app/stock"
)

func receiveCommand() command {
	return command{
		name: "receive", usage: "SKU QTY [--cost FEN] [--note TEXT]", least: 2, most: 2, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			var cost amount
			f.Var(&cost, "cost", "")
			note := f.String("note", "", "")
			return func(ctx context.Context, c *call) (reply, error) {
				qty, err := count(c.args[1])
				if err != nil {
					return reply{}, err
				}
				sku, err := c.sku(ctx, c.args[0])
				if err != nil {
					return reply{}, err
				}
				r, err := c.app.Stock.Receive(ctx, stock.ReceiveCmd{SKU: sku.ID, Qty: qty, CostFen: cost.fen, HasCost: cost.set, Note: *note})
				return c.receipt("cli.receive.done", r, err)
			}
		},
	}
}

func openingCommand() command {
	return command{
		name: "opening", usage: "SKU QTY --value FEN", least: 2, most: 2, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			var value amount
			f.Var(&value, "value", "")
			return func(ctx context.Context, c *call) (reply, error) {
				if !value.set {
					return reply{}, usage("fault.cli.flag_needed", "word", "--value")
				}
				qty, err := count(c.args[1])
				if err != nil {
					return reply{}, err
				}
				sku, err := c.sku(ctx, c.args[0])
				if err != nil {
					return reply{}, err
				}
				r, err := c.app.Stock.Opening(ctx, stock.OpeningCmd{SKU: sku.ID, Qty: qty, ValueFen: value.fen})
				return c.receipt("cli.opening.done", r, err)
			}
		},
	}
}

// receipt answers with what was booked in.
func (c *call) receipt(key string, r stock.Receipt, err error) (reply, error) {
	if err != nil {
		return reply{}, err
	}
	lines := []string{c.tr.T(key, "sku", r.SKU, "qty", i18n.Count(r.Qty), "on_hand", i18n.Count(r.OnHand), "doc", r.Doc)}
	if r.Woken > 0 {
		lines = append(lines, c.tr.T("cli.woken", "n", r.Woken))
	}
	if r.NoCost {
		lines = append(lines, c.tr.T("cli.receive.no_cost"))
	}
	return reply{doc: r, lines: lines}, nil
}
