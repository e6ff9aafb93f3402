package cards

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/reporting"
	"zhanggui/reports"
)

func profit(ctx context.Context, s Source, l Look, p reporting.Period) (Card, error) {
	t, err := s.ChannelReport(ctx, p)
	if err == nil {
		err = costly(t.Cost)
	}
	if err != nil {
		return Card{}, err
	}
	tr := l.Tr
	slices.SortStableFunc(t.Rows, func(a, b reporting.ChannelRow) int { return cmp.Compare(b.ProfitFen, a.ProfitFen) })
	c := Card{Rows: some(t.Rows), Cost: true, Total: t.Total, Chart: reports.Chart{Kind: reports.Ranked, Status: against(t.Total.ProfitFen, t.Total.BeforeProfitFen)}}
	c.Table.Columns = []reports.Column{
		text(tr.T("field.channel")), amount(tr.T("field.sales")), amount(tr.T("field.profit")), rate(tr.T("field.margin")), amount(tr.T("cards.before_profit")),
	}
	c.Table.Chart = &reports.SheetChart{Kind: reports.Ranked, Values: []int{2, 4}}
	cells := func(name string, r reporting.ChannelRow) []reports.Cell {
		return []reports.Cell{reports.Text(name), reports.Money(r.SalesFen), reports.Money(r.ProfitFen), reports.Percent(r.MarginBP), reports.Money(r.BeforeProfitFen)}
	}
	var now, before []float64
	for _, r := range t.Rows {
		name := channelName(tr, r.Channel)
		c.Keys, c.Chart.Labels = append(c.Keys, r.Channel), append(c.Chart.Labels, name)
		now, before = append(now, yuan(r.ProfitFen)), append(before, yuan(r.BeforeProfitFen))
		c.Table.Add(cells(name, r)...)
	}
	c.Table.Totals = cells(tr.T("common.total"), t.Total)
	if len(t.Rows) == 0 {
		c.Chart.Sentence, c.Chart.Status = tr.T("cards.says.nothing"), "info"
		return c, nil
	}
	c.Chart.Series = []reports.Series{{Name: tr.T("cards.now"), Values: now, Colour: reports.ColourMain}, {Name: tr.T("cards.before"), Values: before, Role: reports.Last}}
	c.Chart.Sentence = tr.T("cards.says.profit", "sum", tr.CompactMoney(t.Total.ProfitFen), "rate", i18n.Percent(t.Total.MarginBP, 1))
	if how := rise(t.Total.ProfitFen, t.Total.BeforeProfitFen); how != "" {
		c.Chart.Sentence = tr.T("cards.says.before", "text", c.Chart.Sentence, "rate", how)
	}
	return c, nil
}

// topValues is how many SKUs have a bar.
const topValues = 10

func value(ctx context.Context, s Source, l Look, _ reporting.Period) (Card, error) {
	t, err := s.StockReport(ctx, "")
	if err == nil {
		err = costly(t.Cost)
	}
	if err != nil {
		return Card{}, err
	}
	tr := l.Tr
	slices.SortStableFunc(t.Rows, func(a, b core.StockRow) int {
		return cmp.Or(cmp.Compare(b.ValueFen, a.ValueFen), cmp.Compare(a.SKU, b.SKU))
	})
	c := Card{Rows: some(t.Rows), Cost: true, Total: t.Total, Chart: reports.Chart{Kind: reports.Ranked, Status: "info", Sentence: tr.T("cards.says.no_stock")}}
	c.Table.Note = i18n.Join(string(l.Today), tr.MoneyUnit())
	c.Table.Columns = []reports.Column{
		{Title: tr.T("field.sku"), Type: reports.TypeID},
		{Title: tr.T("field.goods"), Width: 30},
		qty(tr.T("field.on_hand")), qty(tr.T("field.available")),
		amount(tr.T("field.value")), rate(tr.T("cards.share")),
	}
	c.Table.Chart = &reports.SheetChart{Kind: reports.Ranked, Labels: 1, Values: []int{4}, Most: 2 * topValues}
	var values []float64
	var top money.Fen
	for i, r := range t.Rows {
		name := strings.TrimSpace(r.Title + " " + r.Spec)
		share := money.Share(r.ValueFen, t.Total.ValueFen)
		if i < topValues {
			c.Chart.Labels, values = append(c.Chart.Labels, name), append(values, yuan(r.ValueFen))
			top += r.ValueFen
		}
		c.Keys = append(c.Keys, r.SKU)
		c.Table.Add(reports.Text(r.SKU), reports.Text(name), reports.Qty(r.OnHand), reports.Qty(r.Available), reports.Money(r.ValueFen), reports.Percent(share))
	}
	c.Table.Totals = []reports.Cell{
		reports.Text(tr.T("common.total")), reports.Empty(), reports.Qty(t.Total.OnHand), reports.Qty(t.Total.Available), reports.Money(t.Total.ValueFen), reports.Empty(),
	}
	if len(t.Rows) == 0 {
		return c, nil
	}
	c.Chart.Series = []reports.Series{{Name: tr.T("field.value"), Values: values, Colour: reports.ColourMain}}
	c.Chart.Sentence = tr.T("cards.says.value", "sum", tr.CompactMoney(t.Total.ValueFen), "skus", i18n.Count(int64(len(t.Rows))))
	if len(t.Rows) > topValues {
		c.Chart.Sentence = tr.T("cards.says.top", "text", c.Chart.Sentence, "n", topValues, "rate", i18n.Percent(money.Share(top, t.Total.ValueFen), 1))
	}
	return c, nil
}
