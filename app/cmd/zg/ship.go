package main

import (
	"context"
	"flag"
	"strconv"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/shipping"
)

// shipFlags are the flags of ship.
type shipFlags struct {
	courier, waybill, list string
	parcel                 int
	lines                  many
}

func shipCommand() command {
	var o shipFlags
	return command{
		name: "ship", usage: "ORDER --courier CODE --waybill NO [--line N:QTY…] [--parcel N] | --list FILE", most: 1, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			f.StringVar(&o.courier, "courier", "", "")
			f.StringVar(&o.waybill, "waybill", "", "")
			f.StringVar(&o.list, "list", "", "")
			f.IntVar(&o.parcel, "parcel", 0, "")
			f.Var(&o.lines, "line", "")
			return func(ctx context.Context, c *call) (reply, error) {
				if o.list != "" {
					return c.shipList(ctx, o.list)
				}
				return c.ship(ctx, o)
			}
		},
		check: func(c *call) error { return o.check(c.args) },
	}
}

func (o *shipFlags) check(args []string) error {
	if o.list != "" {
		if len(args) > 0 {
			return usage("fault.cli.too_many", "word", args[0])
		}
		return nil
	}
	switch {
	case len(args) == 0:
		return usage("fault.cli.too_few", "n", 1)
	case o.courier == "":
		return usage("fault.cli.flag_needed", "word", "--courier")
	case o.waybill == "":
		return usage("fault.cli.flag_needed", "word", "--waybill")
	}
	return nil
}

// ship sends one order, a part of it, or one of the parcels it was split into.
func (c *call) ship(ctx context.Context, o shipFlags) (reply, error) {
	id, err := c.order(ctx, c.args[0])
	if err != nil {
		return reply{}, err
	}
	cmd := shipping.ShipCmd{Order: id, Courier: o.courier, Waybill: o.waybill}
	if o.parcel != 0 || len(o.lines) > 0 {
		detail, err := c.app.Orders.Get(ctx, id)
		if err != nil {
			return reply{}, err
		}
		if cmd.Units, err = units(detail.Order, o.lines); err != nil {
			return reply{}, err
		}
		if o.parcel != 0 {
			p := planned(detail.Parcels, o.parcel)
			if p == nil {
				return reply{}, fault.New(fault.NotFound, "fault.cli.no_plan", "order", detail.Order.Number, "n", o.parcel)
			}
			cmd.Parcel = p.ID
		}
	}
	r, err := c.app.Shipping.Ship(ctx, cmd)
	if err != nil {
		return reply{}, err
	}
	return reply{doc: r, lines: c.shippedLines(r)}, nil
}

func planned(parcels []*domain.Parcel, no int) *domain.Parcel {
	for _, p := range parcels {
		if p.No == no && p.State == domain.ParcelPlanned {
			return p
		}
	}
	return nil
}

func (c *call) shippedLines(r shipping.ShipResult) []string {
	courier := c.tr.Word("courier", r.Courier)
	lines := []string{c.tr.T("cli.ship.done", "order", r.Order, "units", i18n.Count(r.Units), "courier", courier, "waybill", r.Waybill)}
	if r.Orders > 1 {
		lines = append(lines, c.tr.T("cli.ship.merged", "n", strconv.Itoa(r.Orders)))
	}
	if r.Unusual {
		lines = append(lines, c.tr.T("cli.ship.unusual", "waybill", r.Waybill, "courier", courier))
	}
	return lines
}
