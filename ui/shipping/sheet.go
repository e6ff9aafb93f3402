package shipping

import (
	"context"
	"io"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// sheetForm is what a waybill sheet is made of.
type sheetForm struct {
	shop     string
	from, to when.Day
	format   string
}

// The forms of a sheet: a workbook, or the text that older upload pages want.
const (
	formatXLSX = "xlsx"
	formatCSV  = "csv"
	formatGB   = "csv_gb"
)

// sheet writes the numbers that a shop's platform wants back to a file.
func (s *screen) sheet() {
	kit.Run(s.env, s.list.Owner().Lane("form"), s.app.Catalog.Shops, func(shops []domain.Shop) {
		if len(shops) == 0 {
			s.list.Hint(theme.Info, s.env.T("board.sheet.no_shop"))
			return
		}
		s.openSheet(shops)
	})
}

func (s *screen) openSheet(shops []domain.Shop) {
	items := make([]kit.Item, 0, len(shops))
	for _, shop := range shops {
		if !shop.Disabled {
			items = append(items, kit.Item{Value: shop.ID.String(), Word: kit.Join(shop.Name, s.env.Tr.Word("channel", shop.Channel))})
		}
	}
	channel := s.list.Query().Filter.Text("channel")
	if r, ok := s.list.Current(); ok && channel == "" {
		channel = r.channel()
	}
	form := sheetForm{shop: firstShop(shops, channel), from: s.today(), to: s.today(), format: formatXLSX}
	formats := []kit.Item{
		{Value: formatXLSX, Word: s.env.T("board.sheet.xlsx")},
		{Value: formatCSV, Word: s.env.T("board.sheet.csv")},
		{Value: formatGB, Word: s.env.T("board.sheet.csv_gb")},
	}
	var table *reports.Table
	var from *kit.Entry
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "shipping.sheet", Title: "board.sheet.title", OK: "common.next",
		Build: func(f *kit.Form) {
			kit.FormChoice(f, "shop", "field.shop", items, &form.shop).Wide(260)
			from = f.Day("from", "field.from", &form.from)
			f.Day("to", "field.to", &form.to)
			kit.FormChoice(f, "format", "board.sheet.format", formats, &form.format).Wide(260)
		},
		Save: func(ctx context.Context) (err error) {
			table, err = s.sheetTable(ctx, form)
			return err
		},
		Done: func() { s.saveSheet(form, table) },
	})
	s.env.Window.Canvas().Focus(from) // Enter on the choice would open it
}

// firstShop is the shop proposed: one of the channel looked at, else the first.
func firstShop(shops []domain.Shop, channel string) string {
	for _, shop := range shops {
		if !shop.Disabled && (channel == "" || shop.Channel == channel) {
			return shop.ID.String()
		}
	}
	return shops[0].ID.String()
}

// sheetTable reads the rows. Errors: Invalid under the days; NotFound
// fault.ship.sheet_empty under the first day when nothing left then.
func (s *screen) sheetTable(ctx context.Context, form sheetForm) (*reports.Table, error) {
	switch bad := fault.New(fault.Invalid, "fault.invalid"); {
	case form.from == "":
		return nil, bad.Field("from", "fault.required")
	case form.to < form.from:
		return nil, bad.Field("to", "fault.finance.period_order")
	}
	shop, err := ids.Parse[ids.ShopKind](form.shop)
	if err != nil {
		return nil, fault.Wrap(err, "shop")
	}
	rows, err := s.app.Shipping.Sheet(ctx, shop, form.from, form.to)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Invalid, "fault.ship.sheet_empty").Field("from", "fault.ship.sheet_empty")
	}
	return waybillTable(s.env.Tr, rows), nil
}

// waybillTable is the sheet: one line per order line that left, under its courier and number.
func waybillTable(tr i18n.Tr, rows []core.WaybillRow) *reports.Table {
	t := &reports.Table{Columns: []reports.Column{
		{Title: tr.T("field.number"), Type: reports.TypeID, Width: 24},
		{Title: tr.T("board.sheet.sub_no"), Type: reports.TypeID, Width: 24},
		{Title: tr.T("field.courier"), Width: 12},
		{Title: tr.T("field.waybill"), Type: reports.TypeID, Width: 24},
		{Title: tr.T("field.shipped_at"), Type: reports.TypeTime},
	}}
	for _, r := range rows {
		t.Add(reports.Text(r.Number), reports.Text(r.SubNo), reports.Text(tr.Word("courier", r.Courier)), reports.Text(r.Waybill), reports.Time(r.Shipped))
	}
	return t
}

// saveSheet asks where to, and writes.
func (s *screen) saveSheet(form sheetForm, table *reports.Table) {
	ending := ".csv"
	if form.format == formatXLSX {
		ending = ".xlsx"
	}
	name := s.env.T("board.sheet.file", "day", strings.ReplaceAll(string(form.to), "-", "")) + ending
	kit.SaveFile(s.env, name, kit.FileFilter{Title: s.env.T("board.sheet.title"), Extensions: []string{ending}}, func(path string) {
		kit.Act(s.env, s.list.Owner(), func(context.Context) (struct{}, error) {
			return struct{}{}, reports.WriteFile(reports.OS, path, func(w io.Writer) error { return writeSheet(w, table, form.format) })
		}, func(struct{}) {
			s.list.Hint(theme.OK, s.env.T("board.sheet.done", "file", path, "n", len(table.Rows)))
		})
	})
}

func writeSheet(w io.Writer, table *reports.Table, format string) error {
	switch format {
	case formatCSV:
		return table.CSV(w, reports.UTF8)
	case formatGB:
		return table.CSV(w, reports.GB18030)
	}
	return table.XLSX(w)
}
