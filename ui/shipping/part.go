package shipping

import (
	"context"
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
	"zhanggui/app/shipping"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// part ships some units of an order.
func (s *screen) part(p kit.Picked[row]) {
	r, ok := p.One()
	if !ok {
		s.list.Hint(theme.Info, s.env.T("board.why.one_order"))
		return
	}
	kit.Run(s.env, s.list.Owner().Lane("form"), func(ctx context.Context) (orders.Detail, error) {
		return s.app.Orders.Get(ctx, r.order.ID)
	}, func(d orders.Detail) { s.openPart(d) })
}

// partLines are the lines of which units are open.
func partLines(o *domain.Order) []*domain.Line {
	var lines []*domain.Line
	for i := range o.Lines {
		if o.Lines[i].Open() > 0 {
			lines = append(lines, &o.Lines[i])
		}
	}
	return lines
}

func (s *screen) openPart(d orders.Detail) {
	lines := partLines(d.Order)
	units := make([]int64, len(lines))
	cmd := shipping.ShipCmd{Order: d.Order.ID, Courier: s.present()}
	var result shipping.ShipResult
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "shipping.part", Title: "board.part.title", OK: "action.ship", Width: 600,
		Build: func(f *kit.Form) {
			f.Add(kit.NewLabel(kit.Group4(d.Order.Number)).Bold())
			f.Add(kit.NewLabel(s.env.T("board.part.text")).Small().Muted().Narrow())
			for i, l := range lines {
				f.Add(kit.NewLabel(s.env.T("board.part.line", "goods", join(l.Title, l.Spec), "n", l.Open())).Narrow())
				f.Qty(unitField(i), "field.units", &units[i])
			}
			courier := kit.FormChoice(f, "courier", "field.courier", s.courierItems(), &cmd.Courier)
			number := f.Text("waybill", "field.waybill", &cmd.Waybill)
			proposed := courier.Value()
			number.OnChanged = func(text string) {
				if courier.Value() != proposed { // chosen by hand
					return
				}
				proposed = suggest(s.couriers(), text, s.present())
				courier.Set(proposed)
			}
		},
		Save: func(ctx context.Context) error {
			wanted, err := partUnits(lines, units)
			if err != nil {
				return err
			}
			cmd.Units = wanted
			result, err = s.app.Shipping.Ship(ctx, cmd)
			return err
		},
		Done: func() {
			s.courier = result.Courier
			s.said(result)
		},
	})
}

// unitField names the field of a line; a waybill's faults name theirs.
func unitField(i int) string { return "units" + strings.Repeat("x", i) }

// partUnits are the wanted units by line. Errors: Invalid fault.ship.no_units,
// fault.ship.too_many under the line's field.
func partUnits(lines []*domain.Line, units []int64) (map[ids.LineID]int64, error) {
	wanted := map[ids.LineID]int64{}
	bad := fault.New(fault.Invalid, "fault.ship.part")
	for i, l := range lines {
		switch {
		case units[i] < 0 || units[i] > l.Open():
			_ = bad.Field(unitField(i), "fault.ship.too_many")
		case units[i] > 0:
			wanted[l.ID] = units[i]
		}
	}
	if len(wanted) == 0 && len(bad.Fields) == 0 {
		_ = bad.Field(unitField(0), "fault.ship.no_units")
	}
	if len(bad.Fields) > 0 {
		return nil, bad
	}
	return wanted, nil
}
