package shipping

import (
	"bufio"
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/job"
)

// ListRow is one row of a pasted or imported waybill list.
type ListRow struct {
	Row     int // line of the list, from 1
	Order   string
	Courier string
	Waybill string
	Text    string // the row as it was written
	Bad     error  // why the row cannot be understood, nil when it can
}

// RefusedRow is a row that was not shipped, with its fault.
type RefusedRow struct {
	ListRow
	Err error
}

// ListResult is what became of a waybill list.
type ListResult struct {
	Shipped []ShipResult
	Refused []RefusedRow
	Already int // rows whose order had left under that very number: a list read twice, or the others of a merged parcel
}

// listLimit is the most rows a list may hold (CONVENTIONS 18).
const listLimit = 20_000

// ParseList reads pasted rows "order courier waybill" or "order waybill" with
// tabs, commas or blanks between; a heading row is left out. Without a courier
// the number's shape must fit exactly one. A row that cannot be understood
// carries its fault and stops none of the others.
// Errors: Invalid fault.shipping.list_row when no row can be understood; Limit.
func ParseList(text string) ([]ListRow, error) {
	var rows []ListRow
	good := 0
	sc := bufio.NewScanner(strings.NewReader(text))
	for n := 1; sc.Scan(); n++ {
		fields := strings.FieldsFunc(sc.Text(), func(r rune) bool { return r == '\t' || r == ',' || r == '，' || r == ' ' })
		if len(fields) == 0 {
			continue
		}
		row, err := parseRow(n, fields)
		if err != nil {
			if n == 1 && !strings.ContainsAny(sc.Text(), "0123456789０１２３４５６７８９") { // a heading names no number
				continue
			}
			row.Bad = err
		} else {
			good++
		}
		row.Text = strings.TrimSpace(sc.Text())
		rows = append(rows, row)
		if len(rows) > listLimit {
			return nil, fault.New(fault.Limit, "fault.shipping.list_long", "limit", listLimit)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fault.New(fault.Invalid, "fault.shipping.list_row", "row", len(rows)+1, "text", "").Because(err)
	}
	if good == 0 && len(rows) > 0 {
		return nil, rows[0].Bad
	}
	return rows, nil
}

func parseRow(n int, fields []string) (ListRow, error) {
	bad := fault.New(fault.Invalid, "fault.shipping.list_row", "row", n, "text", strings.Join(fields, " "))
	row := ListRow{Row: n, Order: fields[0]}
	switch len(fields) {
	case 2:
		row.Waybill = fields[1]
	case 3:
		row.Courier, row.Waybill = fields[1], fields[2]
		if _, ok := domain.FindCourier(row.Courier); !ok { // the two may stand the other way round
			row.Courier, row.Waybill = fields[2], fields[1]
		}
	default:
		return row, bad
	}
	waybill, err := domain.NormalWaybill(row.Waybill)
	if err != nil {
		return row, bad
	}
	row.Waybill = waybill
	if row.Courier == "" {
		if fits := domain.SuggestCouriers(waybill); len(fits) == 1 {
			row.Courier = fits[0]
		}
	}
	if _, ok := domain.FindCourier(row.Courier); !ok {
		return row, bad
	}
	return row, nil
}

// ShipList ships row by row, each its own transaction, so that one bad row
// stops nothing. Cancelling stops after the present row.
func (s *Service) ShipList(ctx context.Context, rows []ListRow, report job.Report) (ListResult, error) {
	var res ListResult
	for i, row := range rows {
		if err := ctx.Err(); err != nil {
			return res, fault.From(err)
		}
		var id ids.OrderID
		err := row.Bad
		if err == nil {
			id, err = s.find(ctx, row.Order)
		}
		if err == nil {
			var done ShipResult
			if done, err = s.Ship(ctx, ShipCmd{Order: id, Courier: row.Courier, Waybill: row.Waybill}); err == nil {
				res.Shipped = append(res.Shipped, done)
			}
		}
		if fault.Key(err) == "fault.shipping.waybill_used" {
			gone, lookErr := s.goesWith(ctx, id, row.Waybill)
			if lookErr != nil {
				return res, lookErr
			}
			if gone {
				res.Already, err = res.Already+1, nil
			}
		}
		if fault.Is(err, fault.Denied) || fault.Is(err, fault.Cancelled) || fault.Is(err, fault.Unavailable) {
			return res, err
		}
		if err != nil {
			res.Refused = append(res.Refused, RefusedRow{ListRow: row, Err: err})
		}
		report.Say(i+1, len(rows), "job.ship_list")
	}
	return res, nil
}

// goesWith tells whether the order already left under that number: the list
// was read before, or names every order of a merged parcel.
func (s *Service) goesWith(ctx context.Context, id ids.OrderID, waybill string) (bool, error) {
	return core.Read(ctx, s.e, auth.ShippingShip, func(r core.Reads) (bool, error) {
		number, err := domain.NormalWaybill(waybill)
		if err != nil {
			return false, err
		}
		used, err := r.Parcels().ByWaybill(number)
		if err != nil || used.Zero() {
			return false, err
		}
		p, err := r.Parcels().Get(used)
		if err != nil {
			return false, err
		}
		for _, l := range p.Lines {
			if l.Order == id {
				return true, nil
			}
		}
		return false, nil
	})
}

func (s *Service) find(ctx context.Context, number string) (ids.OrderID, error) {
	return core.Read(ctx, s.e, auth.ShippingShip, func(r core.Reads) (ids.OrderID, error) {
		return flow.FindOrder(r, number)
	})
}
