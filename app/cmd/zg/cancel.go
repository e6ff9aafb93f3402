package main

import (
	"context"
	"flag"

	"zhanggui/app/ids"
	"zhanggui/app/orders"
)

func cancelCommand() command {
	return command{
		name: "cancel", usage: "ORDER --reason TEXT", least: 1, most: 1, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			reason := f.String("reason", "", "")
			return func(ctx context.Context, c *call) (reply, error) {
				return c.onOrder(ctx, "cli.cancel.done", 0, func(id ids.OrderID) error {
					return c.app.Orders.Cancel(ctx, orders.CancelCmd{Order: id, Reason: *reason})
				})
			}
		},
	}
}
