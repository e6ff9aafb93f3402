package main

import (
	"context"
	"os"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/shipping"
)

// shippedList is what ship --list answers.
type shippedList struct {
	Shipped []shipping.ShipResult `json:"shipped"`
	Refused []refusedRow          `json:"refused"`
	Already int                   `json:"already"` // rows whose order had left under that very number
}

type refusedRow struct {
	Row     int    `json:"row"`
	Order   string `json:"order"`
	Courier string `json:"courier"`
	Waybill string `json:"waybill"`
	Error   *wrong `json:"error"`
}

// shipList ships the rows of a file one by one; a row that cannot be shipped
// stops nothing and makes the exit code 1.
func (c *call) shipList(ctx context.Context, path string) (reply, error) {
	text, err := listText(ctx, path)
	if err != nil {
		return reply{}, err
	}
	rows, err := shipping.ParseList(text)
	if err != nil {
		return reply{}, err
	}
	res, err := c.app.Shipping.ShipList(ctx, rows, c.bar.report)
	doc := shippedList{Shipped: res.Shipped, Refused: []refusedRow{}, Already: res.Already}
	if doc.Shipped == nil {
		doc.Shipped = []shipping.ShipResult{}
	}
	lines := []string{c.tr.T("cli.ship.list", "shipped", len(res.Shipped), "refused", len(res.Refused))}
	if res.Already > 0 {
		lines = append(lines, "  "+c.tr.T("cli.ship.already", "n", res.Already))
	}
	for _, r := range res.Refused {
		doc.Refused = append(doc.Refused, refusedRow{Row: r.Row, Order: r.Order, Courier: r.Courier, Waybill: r.Waybill, Error: c.wrong(r.Err)})
		lines = append(lines, "  "+c.tr.T("cli.ship.refused", "row", r.Row, "order", r.Order, "text", c.tr.Fault(r.Err)))
	}
	switch {
	case fault.Is(err, fault.Cancelled):
		err = fault.New(fault.Cancelled, "fault.cli.ship_stopped", "n", len(res.Shipped))
	case err == nil && len(res.Refused) > 0:
		err = fault.New(fault.Conflict, "fault.cli.rows_refused", "n", len(res.Refused), "total", len(rows))
	}
	return reply{doc: doc, lines: lines}, err
}

// listText reads a list of waybills as text of rows with tabs between the
// cells, from any file that the inbox can read.
func listText(ctx context.Context, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fileFault(path, err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return "", fileFault(path, err)
	}
	book, err := sheet.Open(path, f, st.Size(), sheet.DefaultLimits())
	if err != nil {
		return "", err
	}
	defer func() { _ = book.Close() }() // only read
	var b strings.Builder
	next := 1
	err = book.Rows(ctx, 0, func(r sheet.Row) error {
		for ; next < r.Number; next++ {
			b.WriteString("\n") // rows keep their numbers
		}
		for _, cell := range r.Cells {
			b.WriteString(cell.Text + "\t")
		}
		return nil
	})
	return b.String(), err
}
