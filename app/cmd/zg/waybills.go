package main

import (
	"context"
	"flag"
	"io"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/reports"
)

func waybillsCommand() command {
	var out string
	return command{
		name: "waybills", usage: "SHOP [--from D] [--to D] --out FILE.csv", least: 1, most: 1, needs: person,
		setup: func(f *flag.FlagSet) action {
			from := f.String("from", "", "")
			to := f.String("to", "", "")
			f.StringVar(&out, "out", "", "")
			return func(ctx context.Context, c *call) (reply, error) { return c.waybills(ctx, *from, *to, out) }
		},
		check: func(*call) error {
			if out == "" {
				return usage("fault.cli.flag_needed", "word", "--out")
			}
			return nil
		},
	}
}

// waybills writes the numbers that a platform wants back: the parcels that left
// on the days from to to, today without --from.
func (c *call) waybills(ctx context.Context, from, to, out string) (reply, error) {
	p, err := c.period(from, to, 1)
	if err != nil {
		return reply{}, err
	}
	if err := c.may(ctx, auth.ExportFile); err != nil {
		return reply{}, err
	}
	shop, err := c.shop(ctx, c.args[0])
	if err != nil {
		return reply{}, err
	}
	rows, err := c.app.Shipping.Sheet(ctx, shop.ID, p.From, p.To)
	if err != nil {
		return reply{}, err
	}
	t := reports.Table{Columns: []reports.Column{
		{Title: c.tr.T("field.number"), Type: reports.TypeID},
		{Title: c.tr.T("cli.col.sub_no"), Type: reports.TypeID},
		{Title: c.tr.T("field.courier")},
		{Title: c.tr.T("field.waybill"), Type: reports.TypeID},
		{Title: c.tr.T("field.shipped_at"), Type: reports.TypeTime},
	}}
	for _, r := range rows {
		t.Add(reports.Text(r.Number), reports.Text(r.SubNo), reports.Text(c.tr.Word("courier", r.Courier)), reports.Text(r.Waybill), reports.Time(r.Shipped))
	}
	err = reports.WriteFile(reports.OS, out, func(w io.Writer) error { return t.CSV(w, reports.UTF8) })
	doc := struct {
		Shop string `json:"shop"`
		From string `json:"from"`
		To   string `json:"to"`
		Rows int    `json:"rows"`
		File string `json:"file"`
	}{shop.Code, string(p.From), string(p.To), len(rows), out}
	return reply{doc: doc, lines: []string{c.tr.T("cli.wrote_rows", "file", out, "n", len(rows))}}, err
}

// shop finds a shop by its code.
func (c *call) shop(ctx context.Context, code string) (domain.Shop, error) {
	list, err := c.app.Catalog.Shops(ctx)
	for _, s := range list {
		if s.Code == code {
			return s, nil
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "fault.shop.unknown", "shop", code)
	}
	return domain.Shop{}, err
}
