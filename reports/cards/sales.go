package cards

import (
	"cmp"
	"context"
	"slices"

	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/reporting"
	"zhanggui/reports"
)

// yearColour is the colour of the year before, beside this period in colour 1
// and the one before in grey.
const yearColour = 5

func trend(ctx context.Context, s Source, l Look, p reporting.Period) (Card, error) {
	t, err := s.TrendReport(ctx, p)
	if err != nil {
		return Card{}, err
	}
	tr, year := l.Tr, t.Total.YearFen != 0
	c := Card{Rows: some(t.Rows), Total: t.Total, Chart: reports.Chart{Kind: reports.Line, Ordered: true, Status: against(t.Total.SalesFen, t.Total.BeforeFen)}}
	c.Table.Columns = []reports.Column{day(tr.T("field.day")), amount(tr.T("field.sales")), day(tr.T("cards.before_day")), amount(tr.T("cards.before_sales"))}
	c.Table.Totals = []reports.Cell{reports.Text(tr.T("common.total")), reports.Money(t.Total.SalesFen), reports.Empty(), reports.Money(t.Total.BeforeFen)}
	c.Table.Chart = &reports.SheetChart{Kind: reports.Line, Values: []int{1, 3}}
	if year {
		c.Table.Columns = append(c.Table.Columns, day(tr.T("cards.year_day")), amount(tr.T("cards.year_sales")))
		c.Table.Totals = append(c.Table.Totals, reports.Empty(), reports.Money(t.Total.YearFen))
		c.Table.Chart.Values = append(c.Table.Chart.Values, 5)
	}
	var now, before, far []float64
	for _, r := range t.Rows {
		c.Keys, c.Chart.Labels = append(c.Keys, string(r.Day)), append(c.Chart.Labels, tr.Date(r.Day, l.Today))
		now, before, far = append(now, yuan(r.SalesFen)), append(before, yuan(r.BeforeFen)), append(far, yuan(r.YearFen))
		row := []reports.Cell{reports.Day(r.Day), reports.Money(r.SalesFen), reports.Day(r.BeforeDay), reports.Money(r.BeforeFen)}
		if year {
			row = append(row, reports.Day(r.YearDay), reports.Money(r.YearFen))
		}
		c.Table.Add(row...)
	}
	if t.Total == (reporting.TrendRow{}) { // nothing was sold in any of them: the picture says so
		c.Chart.Sentence, c.Chart.Status = tr.T("cards.says.nothing"), "info"
		return c, nil
	}
	if last := len(t.Rows) - 1; t.Rows[last].Day == l.Today { // a line that falls at its end would mislead
		c.Chart.Marks = []reports.Mark{{At: last, Text: tr.T("cards.unfinished")}}
	}
	if len(t.Rows) < 2 {
		c.Chart.Kind = reports.Bars
	}
	c.Chart.Series = []reports.Series{{Name: tr.T("cards.now"), Values: now, Colour: reports.ColourMain}, {Name: tr.T("cards.before"), Values: before, Role: reports.Last}}
	if year {
		c.Chart.Series = append(c.Chart.Series, reports.Series{Name: tr.T("cards.year"), Values: far, Role: reports.Last, Colour: yearColour})
	}
	c.Chart.Sentence = tr.T("cards.says.sum", "sum", tr.CompactMoney(t.Total.SalesFen))
	if how := rise(t.Total.SalesFen, t.Total.BeforeFen); how != "" {
		c.Chart.Sentence = tr.T("cards.says.before", "text", c.Chart.Sentence, "rate", how)
	}
	if how := rise(t.Total.SalesFen, t.Total.YearFen); how != "" {
		c.Chart.Sentence = tr.T("cards.says.year", "text", c.Chart.Sentence, "rate", how)
	}
	return c, nil
}

func channels(ctx context.Context, s Source, l Look, p reporting.Period) (Card, error) {
	t, err := s.ChannelReport(ctx, p)
	if err != nil {
		return Card{}, err
	}
	tr := l.Tr
	t.Rows = slices.DeleteFunc(t.Rows, func(r reporting.ChannelRow) bool { return r.SalesFen == 0 && r.BeforeFen == 0 && r.Parcels == 0 })
	slices.SortStableFunc(t.Rows, func(a, b reporting.ChannelRow) int { return cmp.Compare(b.SalesFen, a.SalesFen) })
	c := Card{Rows: some(t.Rows), Cost: t.Cost, Total: t.Total, Chart: reports.Chart{Kind: reports.Share, Status: "info", Sentence: tr.T("cards.says.nothing")}}
	c.Table.Columns = []reports.Column{
		text(tr.T("field.channel")), qty(tr.T("field.parcels")), amount(tr.T("field.sales")), rate(tr.T("cards.share")), amount(tr.T("cards.before_sales")),
	}
	c.Table.Chart = &reports.SheetChart{Kind: reports.Share, Values: []int{2}}
	cells := func(name string, r reporting.ChannelRow) []reports.Cell {
		return []reports.Cell{reports.Text(name), reports.Qty(r.Parcels), reports.Money(r.SalesFen), reports.Percent(r.ShareBP), reports.Money(r.BeforeFen)}
	}
	var sales []float64
	for _, r := range t.Rows {
		name := channelName(tr, r.Channel)
		c.Keys, c.Chart.Labels = append(c.Keys, r.Channel), append(c.Chart.Labels, name)
		c.Chart.Colours = append(c.Chart.Colours, reports.ChannelColour(r.Channel))
		sales = append(sales, yuan(r.SalesFen))
		c.Table.Add(cells(name, r)...)
	}
	c.Table.Totals = cells(tr.T("common.total"), t.Total)
	c.Chart.Series = []reports.Series{{Name: tr.T("field.sales"), Values: sales}}
	if len(t.Rows) > 0 && t.Rows[0].SalesFen > 0 {
		top := t.Rows[0]
		c.Chart.Sentence = tr.T("cards.says.channel", "name", c.Chart.Labels[0], "rate", i18n.Percent(top.ShareBP, 1))
		if t.Total.BeforeFen > 0 {
			c.Chart.Sentence = tr.T("cards.says.channel_before", "text", c.Chart.Sentence, "rate", i18n.Percent(money.Share(top.BeforeFen, t.Total.BeforeFen), 1))
		}
	}
	return c, nil
}

// topProducts is how many products have a bar: more names cannot be read in a card.
const topProducts = 10

func products(ctx context.Context, s Source, l Look, p reporting.Period) (Card, error) {
	t, err := s.SalesReport(ctx, p, core.BySKU)
	if err != nil {
		return Card{}, err
	}
	tr := l.Tr
	rows := slices.DeleteFunc(t.Rows, func(r reporting.SalesRow) bool { return r.Key == "" }) // freight is no product
	slices.SortStableFunc(rows, func(a, b reporting.SalesRow) int {
		return cmp.Or(cmp.Compare(b.SalesFen, a.SalesFen), cmp.Compare(a.Key, b.Key))
	})
	total := reporting.SalesRow{}
	for _, r := range rows {
		total.Units += r.Units
		total.SalesFen += r.SalesFen
		total.CostFen += r.CostFen
		total.ProfitFen += r.ProfitFen
	}
	total.MarginBP = money.Share(total.ProfitFen, total.SalesFen)
	c := Card{Rows: some(rows), Cost: t.Cost, Total: total, Chart: reports.Chart{Kind: reports.Pareto, Status: "info", Sentence: tr.T("cards.says.nothing")}}
	c.Table.Columns = []reports.Column{
		{Title: tr.T("field.sku"), Type: reports.TypeID}, {Title: tr.T("field.goods"), Width: 30}, qty(tr.T("field.units")), amount(tr.T("field.sales")), rate(tr.T("cards.running")),
	}
	if t.Cost {
		c.Table.Columns = append(c.Table.Columns, amount(tr.T("field.profit")))
	}
	c.Table.Chart = &reports.SheetChart{Kind: reports.Pareto, Labels: 1, Values: []int{3, 4}, Most: 2 * topProducts}
	var sales []float64
	var sum, top money.Fen
	most, needed := min(topProducts, len(rows)), 0
	for i, r := range rows {
		if share := money.Share(sum, total.SalesFen); share < paretoShare {
			needed = i + 1
		}
		sum += max(r.SalesFen, 0)
		if i < most {
			c.Chart.Labels, sales = append(c.Chart.Labels, productName(rows[:most], r)), append(sales, yuan(r.SalesFen))
			top = sum
		}
		c.Keys = append(c.Keys, r.Key)
		row := []reports.Cell{reports.Text(r.Key), reports.Text(r.Name), reports.Qty(r.Units), reports.Money(r.SalesFen), reports.Percent(money.Share(sum, total.SalesFen))}
		if t.Cost {
			row = append(row, reports.Money(r.ProfitFen))
		}
		c.Table.Add(row...)
	}
	c.Table.Totals = []reports.Cell{reports.Text(tr.T("common.total")), reports.Empty(), reports.Qty(total.Units), reports.Money(total.SalesFen), reports.Empty()}
	if t.Cost {
		c.Table.Totals = append(c.Table.Totals, reports.Money(total.ProfitFen))
	}
	c.Chart.Series = []reports.Series{{Name: tr.T("field.sales"), Values: sales}}
	c.Chart.Rest = yuan(sum - top)
	if top > 0 {
		c.Chart.Sentence = tr.T("cards.says.few", "all", i18n.Count(int64(len(rows))), "few", i18n.Count(int64(needed)))
		if most < len(rows) {
			c.Chart.Sentence = tr.T("cards.says.first", "n", most, "rate", i18n.Percent(money.Share(top, sum), 1), "text", c.Chart.Sentence)
		}
	}
	return c, nil
}

// productName is a product's title, or its code where several bars would have the same name.
func productName(shown []reporting.SalesRow, r reporting.SalesRow) string {
	n := 0
	for _, o := range shown {
		if o.Name == r.Name {
			n++
		}
	}
	if n > 1 || r.Name == "" {
		return r.Key
	}
	return r.Name
}

// paretoShare is the share that the few large ones make.
const paretoShare money.BP = 8000
