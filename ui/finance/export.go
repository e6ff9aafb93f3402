package finance

import (
	"context"
	"io"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/finance"
	"zhanggui/app/i18n"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// save asks for a file and writes what make gives into it, in the background.
func save(env kit.Env, owner *kit.Owner, name, ending, title string, write func(ctx context.Context, w io.Writer) error, done func(path string)) {
	kit.SaveFile(env, name+ending, kit.FileFilter{Title: title, Extensions: []string{ending}}, func(path string) {
		kit.Act(env, owner, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, reports.WriteFile(reports.OS, path, func(w io.Writer) error { return write(ctx, w) })
		}, func(struct{}) { done(path) })
	})
}

// stamp is a period in a file's name: 20260401-20260423.
func stamp(from, to string) string {
	return strings.ReplaceAll(from, "-", "") + "-" + strings.ReplaceAll(to, "-", "")
}

// export writes the table as it stands to a workbook, with its native chart.
func (o *overview) export() {
	q := o.list.Query()
	ask := o.asked(q)
	name := o.env.T("books.file.sales", "period", stamp(string(ask.From), string(ask.To)))
	cost := o.env.Allows(auth.FinanceViewCost)
	save(o.env, o.list.Owner(), name, ".xlsx", o.env.T("common.export_excel"), func(ctx context.Context, w io.Writer) error {
		t, err := o.app.Finance.Sales(ctx, ask)
		if err != nil {
			return err
		}
		sortRows(t.Rows, core.SalesBy(q.Chip), q.Page.Sort, q.Page.Desc)
		table := salesTable(o.env.Tr, t, core.SalesBy(q.Chip), cost)
		table.Note = i18n.Join(string(ask.From)+" – "+string(ask.To), channelNote(o.env.Tr, ask.Channel), o.env.Tr.MoneyUnit())
		return table.XLSX(w)
	}, o.written)
}

func (o *overview) written(path string) {
	o.list.Hint(theme.OK, o.env.T("common.exported", "file", path))
}

// channelNote names the one channel of a file, "" for all.
func channelNote(tr i18n.Tr, channel string) string {
	if channel == "" {
		return ""
	}
	return tr.Word("channel", channel)
}

// salesTable is the table as a file.
func salesTable(tr i18n.Tr, t finance.SalesTable, by core.SalesBy, cost bool) *reports.Table {
	key := reports.Column{Title: tr.T("books.group"), Type: reports.TypeID, Width: 18}
	if by == core.ByDay {
		key.Type = reports.TypeDay
	}
	table := &reports.Table{Title: tr.T("books.file.title"), Columns: []reports.Column{key}}
	if by == core.BySKU {
		table.Columns = append(table.Columns, reports.Column{Title: tr.T("field.goods"), Width: 30})
	}
	first := len(table.Columns)
	table.Columns = append(table.Columns,
		reports.Column{Title: tr.T("books.parcels"), Type: reports.TypeQty}, reports.Column{Title: tr.T("field.units"), Type: reports.TypeQty},
		reports.Column{Title: tr.T("field.sales"), Type: reports.TypeMoney})
	if cost {
		table.Columns = append(table.Columns, reports.Column{Title: tr.T("field.cogs"), Type: reports.TypeMoney},
			reports.Column{Title: tr.T("field.profit"), Type: reports.TypeMoney}, reports.Column{Title: tr.T("field.margin"), Type: reports.TypePercent})
	}
	row := func(head []reports.Cell, r finance.SalesRow) []reports.Cell {
		cells := append(head, reports.Qty(r.Orders), reports.Qty(r.Units), reports.Money(r.RevenueFen))
		if cost {
			cells = append(cells, reports.Money(r.CostFen), reports.Money(r.ProfitFen), reports.Percent(r.MarginBP))
		}
		return cells
	}
	for _, r := range t.Rows {
		head := []reports.Cell{keyText(tr, by, r)}
		if by == core.BySKU {
			head = append(head, reports.Text(r.Name))
		}
		table.Rows = append(table.Rows, row(head, r))
	}
	head := []reports.Cell{reports.Text(tr.T("common.total"))}
	for len(head) < first {
		head = append(head, reports.Empty())
	}
	table.Totals = row(head, t.Total)
	table.Chart = &reports.SheetChart{Title: tr.T("books.chart"), Kind: reports.Line, Labels: 0, Values: []int{first + 2}}
	if by != core.ByDay {
		table.Chart.Kind = reports.Ranked
	}
	if cost {
		table.Chart.Values = append(table.Chart.Values, first+4)
	}
	return table
}

// The picture of a file is twice the size of the screen's, on white.
const (
	pictureWide  = 960
	pictureTall  = 540
	pictureScale = 2
)

// savePicture writes the picture as PNG.
func (o *overview) savePicture() {
	c := o.drawn.Load()
	if c == nil {
		o.list.Hint(theme.Info, o.env.T("report.no_data"))
		return
	}
	ask := o.asked(o.list.Query())
	name := o.env.T("books.file.picture", "period", stamp(string(ask.From), string(ask.To)))
	save(o.env, o.list.Owner(), name, ".png", o.env.T("books.save_picture"), func(ctx context.Context, w io.Writer) error {
		return c.PNG(ctx, w, reports.Look{W: pictureWide, H: pictureTall, Scale: pictureScale, Tr: o.env.Tr})
	}, o.written)
}
