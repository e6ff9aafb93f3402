package main

import (
	"context"
	"flag"

	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
)

// releaseCommand ends a hold; with --check it waves a failed check through.
func releaseCommand() command {
	return command{
		name: "release", usage: "ORDER [--check CODE --reason TEXT]", least: 1, most: 1, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			check := f.String("check", "", "")
			reason := f.String("reason", "", "")
			return func(ctx context.Context, c *call) (reply, error) {
				return c.onOrder(ctx, "cli.release.done", 0, func(id ids.OrderID) error {
					if *check == "" {
						return c.app.Orders.ReleaseHold(ctx, orders.ReleaseHoldCmd{Order: id})
					}
					return c.app.Orders.ReleaseCheck(ctx, orders.ReleaseCheckCmd{Order: id, Check: domain.CheckCode(*check), Reason: *reason})
				})
			}
		},
	}
}
