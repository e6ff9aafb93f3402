package main

import (
	"context"
	"flag"

	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/when"
)

func holdCommand() command {
	return command{
		name: "hold", usage: "ORDER --reason TEXT [--until 2026-04-25T09:00]", least: 1, most: 1, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			reason := f.String("reason", "", "")
			until := f.String("until", "", "")
			return func(ctx context.Context, c *call) (reply, error) {
				at, err := moment("--until", *until)
				if err != nil {
					return reply{}, err
				}
				return c.onOrder(ctx, "cli.hold.done", at, func(id ids.OrderID) error {
					return c.app.Orders.Hold(ctx, orders.HoldCmd{Order: id, Until: at, Reason: *reason})
				})
			}
		},
	}
}

// orderReply is what the commands on one order answer.
type orderReply struct {
	Order string      `json:"order"`
	Stage string      `json:"stage"`
	Until when.Millis `json:"hold_until_ms,omitempty"`
}

// onOrder finds the order of the first word, does something with it and answers
// with the stage it is in then.
func (c *call) onOrder(ctx context.Context, key string, until when.Millis, do func(id ids.OrderID) error) (reply, error) {
	id, err := c.order(ctx, c.args[0])
	if err != nil {
		return reply{}, err
	}
	if err := do(id); err != nil {
		return reply{}, err
	}
	detail, err := c.app.Orders.Get(ctx, id)
	if err != nil {
		return reply{}, err
	}
	doc := orderReply{Order: detail.Order.Number, Stage: string(detail.Order.Stage()), Until: until}
	return reply{doc: doc, lines: []string{c.tr.T(key, "order", doc.Order, "stage", c.tr.Word("state", doc.Stage))}}, nil
}
