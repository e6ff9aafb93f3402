package main

import (
	"context"
	"strings"

	"zhanggui/app/ids"
	"zhanggui/app/orders"
)

func mergeCommand() command {
	return command{
		name: "merge", usage: "ORDER ORDER…", least: 2, most: unlimited, needs: person, writes: true,
		setup: noFlags(func(ctx context.Context, c *call) (reply, error) {
			list, err := c.orders(ctx, c.args)
			if err != nil {
				return reply{}, err
			}
			id, err := c.app.Orders.Merge(ctx, orders.MergeCmd{Orders: list})
			if err != nil {
				return reply{}, err
			}
			lead, err := c.app.Orders.Get(ctx, id)
			doc := struct {
				Lead   string   `json:"lead"`
				Orders []string `json:"orders"`
			}{lead.Order.Number, c.args}
			line := c.tr.T("cli.merge.done", "orders", strings.Join(c.args, ", "), "lead", doc.Lead)
			return reply{doc: doc, lines: []string{line}}, err
		}),
	}
}

func unmergeCommand() command {
	return command{
		name: "unmerge", usage: "ORDER", least: 1, most: 1, needs: person, writes: true,
		setup: noFlags(func(ctx context.Context, c *call) (reply, error) {
			return c.onOrder(ctx, "cli.unmerge.done", 0, func(id ids.OrderID) error {
				return c.app.Orders.Unmerge(ctx, orders.UnmergeCmd{Order: id})
			})
		}),
	}
}
