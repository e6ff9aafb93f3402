package main

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/ids"
	"zhanggui/app/shipping"
)

func handoverCommand() command {
	return command{
		name: "handover", usage: "WAYBILL…", least: 1, most: unlimited, needs: person, writes: true,
		setup: noFlags(func(ctx context.Context, c *call) (reply, error) { return c.handOver(ctx) }),
	}
}

// handOver gives the parcels to the courier. All waybills are found before the
// first is marked, so that a wrong one changes nothing.
func (c *call) handOver(ctx context.Context) (reply, error) {
	list := make([]ids.ParcelID, 0, len(c.args))
	for _, waybill := range c.args {
		p, _, err := c.parcel(ctx, waybill)
		if err != nil {
			return reply{}, err
		}
		list = append(list, p.ID)
	}
	doc := struct {
		Handed int `json:"handed_over"`
		Before int `json:"before"` // handed over already
	}{}
	for start := 0; start < len(list); start += core.PageLimit {
		handed, err := c.app.Shipping.HandOver(ctx, shipping.HandOverCmd{Parcels: list[start:min(start+core.PageLimit, len(list))]})
		if err != nil {
			return reply{doc: doc}, err
		}
		doc.Handed += len(handed)
	}
	doc.Before = len(list) - doc.Handed
	return reply{doc: doc, lines: []string{c.tr.T("cli.handover.done", "n", doc.Handed, "before", doc.Before)}}, nil
}
