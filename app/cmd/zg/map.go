package main

import (
	"context"

	"zhanggui/app/orders"
)

// mapCommand says which SKU a channel's code is, for all open lines of that code.
func mapCommand() command {
	return command{
		name: "map", usage: "CHANNEL CODE SKU [QTY]", least: 3, most: 4, needs: person, writes: true,
		setup: noFlags(func(ctx context.Context, c *call) (reply, error) {
			cmd := orders.MapSKUCmd{Channel: c.args[0], Code: c.args[1], Qty: 1}
			var err error
			if len(c.args) == 4 {
				if cmd.Qty, err = count(c.args[3]); err != nil {
					return reply{}, err
				}
			}
			sku, err := c.sku(ctx, c.args[2])
			if err != nil {
				return reply{}, err
			}
			cmd.SKU = sku.ID
			n, err := c.app.Orders.MapSKU(ctx, cmd)
			if err != nil {
				return reply{}, err
			}
			doc := struct {
				Channel string `json:"channel"`
				Code    string `json:"code"`
				SKU     string `json:"sku"`
				Qty     int64  `json:"qty"`
				Orders  int    `json:"orders"`
			}{cmd.Channel, cmd.Code, sku.Code, cmd.Qty, n}
			return reply{doc: doc, lines: []string{c.tr.T("cli.map.done", "code", cmd.Code, "sku", sku.Code, "n", n)}}, nil
		}),
	}
}
