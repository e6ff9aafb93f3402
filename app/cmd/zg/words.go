package main

import (
	"context"
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/orders"
)

// count reads a whole number that a person typed as a word.
func count(s string) (int64, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(s, "+"), 10, 64)
	if err != nil {
		return 0, usage("fault.cli.not_whole", "word", s)
	}
	return n, nil
}

// amount is a flag that holds whole fen.
type amount struct {
	fen money.Fen
	set bool
}

// String prints the fen; the flag package asks for it.
func (a *amount) String() string { return strconv.FormatInt(int64(a.fen), 10) }

// Set reads the fen.
func (a *amount) Set(s string) error {
	n, err := strconv.ParseInt(s, 10, 64)
	a.fen, a.set = money.Fen(n), true
	return err
}

// sku finds a SKU by its code.
func (c *call) sku(ctx context.Context, code string) (domain.SKU, error) {
	card, err := c.app.Catalog.GetByCode(ctx, code)
	return card.SKU, err
}

// order finds an order by its number or SHOP:NUMBER.
func (c *call) order(ctx context.Context, name string) (ids.OrderID, error) {
	return c.app.Orders.Find(ctx, name)
}

// orders finds several.
func (c *call) orders(ctx context.Context, names []string) ([]ids.OrderID, error) {
	list := make([]ids.OrderID, 0, len(names))
	for _, n := range names {
		id, err := c.order(ctx, n)
		if err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, nil
}

// lineOf finds a goods line of an order by its place from 1, or by its code
// where only one line has it.
func lineOf(o *domain.Order, word string) (*domain.Line, error) {
	unknown := fault.New(fault.NotFound, "fault.cli.no_line", "order", o.Number, "line", word, "n", len(o.Lines))
	if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(o.Lines) {
		return &o.Lines[n-1], nil
	}
	var found *domain.Line
	for i := range o.Lines {
		if domain.NormalCode(o.Lines[i].Code) == domain.NormalCode(word) && word != "" {
			if found != nil {
				return nil, unknown
			}
			found = &o.Lines[i]
		}
	}
	if found == nil {
		return nil, unknown
	}
	return found, nil
}

// units reads "N:QTY" words into units by line.
func units(o *domain.Order, words []string) (map[ids.LineID]int64, error) {
	if len(words) == 0 {
		return nil, nil
	}
	m := map[ids.LineID]int64{}
	for _, w := range words {
		at := strings.LastIndexByte(w, ':')
		if at < 1 {
			return nil, usage("fault.cli.bad_line", "word", w)
		}
		qty, err := strconv.ParseInt(w[at+1:], 10, 64)
		if err != nil || qty < 1 {
			return nil, usage("fault.cli.bad_line", "word", w)
		}
		l, err := lineOf(o, w[:at])
		if err != nil {
			return nil, err
		}
		m[l.ID] += qty
	}
	return m, nil
}

// parcel finds the parcel in use with a waybill, whole, with its orders' detail.
func (c *call) parcel(ctx context.Context, waybill string) (*domain.Parcel, orders.Detail, error) {
	number, err := domain.NormalWaybill(waybill)
	if err != nil {
		return nil, orders.Detail{}, err
	}
	page, err := c.app.Shipping.Parcels(ctx, core.Query{Conds: []core.Cond{
		{Field: "waybill", Op: "=", Value: number}, {Field: "state", Op: "!=", Value: string(domain.ParcelVoided)},
	}, Page: core.Page{Limit: 1}})
	if err != nil {
		return nil, orders.Detail{}, err
	}
	unknown := fault.New(fault.NotFound, "fault.cli.no_waybill", "waybill", number)
	if len(page.Rows) == 0 {
		return nil, orders.Detail{}, unknown
	}
	detail, err := c.app.Orders.Get(ctx, page.Rows[0].Order)
	if err != nil {
		return nil, detail, err
	}
	for _, p := range detail.Parcels {
		if p.ID == page.Rows[0].ID {
			return p, detail, nil
		}
	}
	return nil, detail, unknown
}
