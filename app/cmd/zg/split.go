package main

import (
	"context"
	"flag"
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
)

// splitCommand plans the parcels of an order: one word a parcel, "1:2,3:1" for
// two units of line 1 and one of line 3.
func splitCommand() command {
	var undo bool
	return command{
		name: "split", usage: "ORDER N:QTY[,N:QTY…]… | ORDER --undo", least: 1, most: unlimited, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			f.BoolVar(&undo, "undo", false, "")
			return func(ctx context.Context, c *call) (reply, error) {
				if undo {
					return c.onOrder(ctx, "cli.split.undone", 0, func(id ids.OrderID) error {
						return c.app.Orders.Unsplit(ctx, orders.UnsplitCmd{Order: id})
					})
				}
				return c.split(ctx)
			}
		},
		check: func(c *call) error {
			switch {
			case undo && len(c.args) > 1:
				return usage("fault.cli.too_many", "word", c.args[1])
			case !undo && len(c.args) < 3:
				return usage("fault.cli.too_few", "n", 3)
			}
			return nil
		},
	}
}

func (c *call) split(ctx context.Context) (reply, error) {
	id, err := c.order(ctx, c.args[0])
	if err != nil {
		return reply{}, err
	}
	before, err := c.app.Orders.Get(ctx, id)
	if err != nil {
		return reply{}, err
	}
	var plan domain.SplitPlan
	for _, word := range c.args[1:] {
		part, err := units(before.Order, strings.Split(word, ","))
		if err != nil {
			return reply{}, err
		}
		plan = append(plan, part)
	}
	if err := c.app.Orders.Split(ctx, orders.SplitCmd{Order: id, Plan: plan}); err != nil {
		return reply{}, err
	}
	after, err := c.app.Orders.Get(ctx, id)
	doc := struct {
		Order   string `json:"order"`
		Parcels []int  `json:"parcels"` // numbers, for ship --parcel
	}{Order: after.Order.Number, Parcels: []int{}}
	for _, p := range after.Parcels {
		if p.State == domain.ParcelPlanned {
			doc.Parcels = append(doc.Parcels, p.No)
		}
	}
	return reply{doc: doc, lines: []string{c.tr.T("cli.split.done", "order", doc.Order, "n", len(doc.Parcels))}}, err
}
