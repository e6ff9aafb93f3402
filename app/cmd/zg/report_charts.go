package main

import (
	"cmp"
	"slices"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/money"
	"zhanggui/app/reporting"
	"zhanggui/reports"
)

// barsShown is how many bars of a ranking can be read.
const barsShown = 20

// yuan is the height of a bar: charts draw in whole currency units.
func yuan(f money.Fen) float64 { return float64(f) / 100 }

// groupName is how people call a group of a sales report.
func (c *call) groupName(by core.SalesBy, key string) string {
	if by == core.ByChannel {
		return c.tr.Word("channel", key)
	}
	return key
}

func (c *call) span(p reporting.Period) string {
	return c.tr.T("cli.report.span", "from", p.From, "to", p.To)
}

// salesChart shows sales, and profit for people who may see it: over time as
// lines, else ranked.
func (c *call) salesChart(s reporting.SalesTable, span string) reports.Chart {
	chart := reports.Chart{Kind: reports.Line, Title: c.tr.T("cli.report.sales") + gap + span, Unit: reports.UnitMoney, Ordered: true}
	if s.By != core.ByDay && s.By != core.ByMonth {
		chart.Kind, chart.Ordered = reports.Ranked, false
	}
	sold := reports.Series{Name: c.tr.T("field.sales")}
	profit := reports.Series{Name: c.tr.T("field.profit")}
	for i, r := range s.Rows {
		if !chart.Ordered && i == barsShown {
			break
		}
		chart.Labels = append(chart.Labels, c.groupName(s.By, r.Key))
		sold.Values = append(sold.Values, yuan(r.SalesFen))
		profit.Values = append(profit.Values, yuan(r.ProfitFen))
	}
	chart.Series = []reports.Series{sold}
	if s.Cost && chart.Ordered {
		chart.Series = append(chart.Series, profit)
	}
	return chart
}

// dailyChart shows orders placed and parcels sent, day by day.
func (c *call) dailyChart(s reporting.DailyTable, span string) reports.Chart {
	placed := reports.Series{Name: c.tr.T("field.orders")}
	sent := reports.Series{Name: c.tr.T("field.parcels")}
	chart := reports.Chart{Kind: reports.Line, Title: c.tr.T("cli.report.daily") + gap + span, Unit: reports.UnitCount, Ordered: true}
	for _, r := range s.Rows {
		chart.Labels = append(chart.Labels, string(r.Day))
		placed.Values = append(placed.Values, float64(r.Orders))
		sent.Values = append(sent.Values, float64(r.Parcels))
	}
	chart.Series = []reports.Series{placed, sent}
	return chart
}

// stockChart ranks the SKUs by value, or by units for people who may not see it.
func (c *call) stockChart(s reporting.StockTable) reports.Chart {
	chart := reports.Chart{Kind: reports.Ranked, Title: strings.TrimSpace(c.tr.T("cli.report.stock") + gap + string(s.Day)), Unit: reports.UnitMoney}
	series := reports.Series{Name: c.tr.T("field.value")}
	value := func(r core.StockRow) float64 { return yuan(r.ValueFen) }
	if !s.Cost {
		series.Name, chart.Unit = c.tr.T("field.on_hand"), reports.UnitCount
		value = func(r core.StockRow) float64 { return float64(r.OnHand) }
	}
	for _, r := range largest(s.Rows, value) {
		chart.Labels = append(chart.Labels, r.SKU)
		series.Values = append(series.Values, value(r))
	}
	chart.Series = []reports.Series{series}
	return chart
}

// largest gives the rows with the largest values, the largest first.
func largest(rows []core.StockRow, value func(core.StockRow) float64) []core.StockRow {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b core.StockRow) int { return cmp.Compare(value(b), value(a)) })
	return sorted[:min(barsShown, len(sorted))]
}
