package main

import (
	"context"
	"flag"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
)

func returnCommand() command {
	return command{
		name: "return", usage: "WAYBILL LINE --good N --defective N [--order ORDER]", least: 2, most: 2, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			good := f.Int64("good", 0, "")
			defective := f.Int64("defective", 0, "")
			order := f.String("order", "", "")
			return func(ctx context.Context, c *call) (reply, error) {
				if *good == 0 && *defective == 0 {
					return reply{}, usage("fault.cli.flag_needed", "word", "--good")
				}
				return c.takeBack(ctx, *good, *defective, *order)
			}
		},
	}
}

// takeBack books units of a parcel's line back in. LINE is the line's place in
// its order; --order names the order where the parcel holds several.
func (c *call) takeBack(ctx context.Context, good, defective int64, order string) (reply, error) {
	p, detail, err := c.parcel(ctx, c.args[0])
	if err != nil {
		return reply{}, err
	}
	o, err := c.orderIn(ctx, p, detail, order)
	if err != nil {
		return reply{}, err
	}
	line, err := lineOf(o, c.args[1])
	if err != nil {
		return reply{}, err
	}
	cmd := shipping.ReturnCmd{Parcel: p.ID, Line: line.ID, Good: good, Defective: defective}
	if err := c.app.Shipping.Return(ctx, cmd); err != nil {
		return reply{}, err
	}
	doc := struct {
		Waybill   string `json:"waybill"`
		Order     string `json:"order"`
		Line      int    `json:"line"`
		Good      int64  `json:"good"`
		Defective int64  `json:"defective"`
	}{p.Waybill, o.Number, line.Pos, good, defective}
	return reply{doc: doc, lines: []string{c.tr.T("cli.return.done", "order", o.Number, "good", good, "defective", defective)}}, nil
}

// orderIn picks the order of the parcel that the line belongs to.
func (c *call) orderIn(ctx context.Context, p *domain.Parcel, lead orders.Detail, name string) (*domain.Order, error) {
	if name == "" {
		return lead.Order, nil
	}
	id, err := c.order(ctx, name)
	if err != nil {
		return nil, err
	}
	for _, l := range p.Lines {
		if l.Order == id {
			detail, err := c.app.Orders.Get(ctx, id)
			return detail.Order, err
		}
	}
	return nil, fault.New(fault.NotFound, "fault.cli.not_in_parcel", "order", name, "waybill", p.Waybill)
}
