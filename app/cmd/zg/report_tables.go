package main

import (
	"context"
	"slices"

	"zhanggui/app/core"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/reporting"
	"zhanggui/app/when"
	"zhanggui/reports"
)

func (c *call) salesReport(ctx context.Context, p reporting.Period, by core.SalesBy, out string) (made, error) {
	s, err := c.app.Reporting.SalesReport(ctx, p, by)
	if err != nil {
		return made{}, err
	}
	type row = reporting.SalesRow
	columns := []column[row]{
		{title: c.tr.T("cli.by." + string(by)), cell: func(r row) value { return text(c.groupName(by, r.Key)) }},
		{title: c.tr.T("field.parcels"), typ: reports.TypeQty, cell: func(r row) value { return number(r.Parcels) }},
		{title: c.tr.T("field.units"), typ: reports.TypeQty, cell: func(r row) value { return number(r.Units) }},
		{title: c.tr.T("field.sales"), typ: reports.TypeMoney, drawn: true, cell: func(r row) value { return number(r.SalesFen) }},
		{title: c.tr.T("field.cogs"), typ: reports.TypeMoney, cost: true, cell: func(r row) value { return number(r.CostFen) }},
		{title: c.tr.T("field.profit"), typ: reports.TypeMoney, cost: true, drawn: true, cell: func(r row) value { return number(r.ProfitFen) }},
		{title: c.tr.T("field.margin"), typ: reports.TypePercent, cost: true, cell: func(r row) value { return number(r.MarginBP) }},
	}
	if by == core.BySKU {
		name := column[row]{title: c.tr.T("field.title"), cell: func(r row) value { return text(r.Name) }}
		columns = append(columns[:1:1], append([]column[row]{name}, columns[1:]...)...)
	}
	chart := c.salesChart(s, c.span(p))
	return made{
		doc:   document[row]{Report: "sales", From: p.From, To: p.To, By: by, Cost: s.Cost, File: out, Rows: some(s.Rows), Total: s.Total},
		grid:  gridOf(chart.Kind, c.tr.T("cli.report.sales"), c.span(p), c.tr.T("common.total"), columns, s.Rows, s.Total, s.Cost),
		chart: chart,
	}, nil
}

func (c *call) dailyReport(ctx context.Context, p reporting.Period, out string) (made, error) {
	s, err := c.app.Reporting.DailyReport(ctx, p)
	if err != nil {
		return made{}, err
	}
	type row = reporting.DailyRow
	qty := func(title string, v func(row) int64) column[row] {
		return column[row]{title: c.tr.T(title), typ: reports.TypeQty, cell: func(r row) value { return number(v(r)) }}
	}
	columns := []column[row]{
		{title: c.tr.T("field.day"), typ: reports.TypeDay, cell: func(r row) value { return text(r.Day) }},
		qty("field.orders", func(r row) int64 { return r.Orders }),
		{title: c.tr.T("field.paid"), typ: reports.TypeMoney, cell: func(r row) value { return number(r.PaidFen) }},
		qty("field.parcels", func(r row) int64 { return r.Parcels }),
		qty("field.units", func(r row) int64 { return r.Units }),
		{title: c.tr.T("field.sales"), typ: reports.TypeMoney, drawn: true, cell: func(r row) value { return number(r.SalesFen) }},
		{title: c.tr.T("field.cogs"), typ: reports.TypeMoney, cost: true, cell: func(r row) value { return number(r.CostFen) }},
		{title: c.tr.T("field.profit"), typ: reports.TypeMoney, cost: true, drawn: true, cell: func(r row) value { return number(r.ProfitFen) }},
		{title: c.tr.T("field.margin"), typ: reports.TypePercent, cost: true, cell: func(r row) value { return number(r.MarginBP) }},
		qty("cli.col.due", func(r row) int64 { return r.Due }),
		qty("cli.col.on_time", func(r row) int64 { return r.OnTime }),
	}
	chart := c.dailyChart(s, c.span(p))
	return made{
		doc:   document[row]{Report: "daily", From: p.From, To: p.To, Cost: s.Cost, File: out, Rows: some(s.Rows), Total: s.Total},
		grid:  gridOf(chart.Kind, c.tr.T("cli.report.daily"), c.span(p), c.tr.T("common.total"), columns, s.Rows, s.Total, s.Cost),
		chart: chart,
	}, nil
}

func (c *call) stockReport(ctx context.Context, to when.Day, out string) (made, error) {
	s, err := c.app.Reporting.StockReport(ctx, to)
	if err != nil {
		return made{}, err
	}
	type row = core.StockRow
	qty := func(title string, v func(row) int64) column[row] {
		return column[row]{title: c.tr.T(title), typ: reports.TypeQty, cell: func(r row) value { return number(v(r)) }}
	}
	columns := []column[row]{
		{title: c.tr.T("field.sku"), typ: reports.TypeID, cell: func(r row) value { return text(r.SKU) }},
		{title: c.tr.T("field.title"), cell: func(r row) value { return text(r.Title) }},
		{title: c.tr.T("field.spec"), cell: func(r row) value { return text(r.Spec) }},
		qty("field.on_hand", func(r row) int64 { return r.OnHand }),
		qty("field.reserved", func(r row) int64 { return r.Reserved }),
		qty("field.unavailable", func(r row) int64 { return r.Unavailable }),
		qty("field.available", func(r row) int64 { return r.Available }),
		{title: c.tr.T("field.value"), typ: reports.TypeMoney, cost: true, drawn: true, cell: func(r row) value { return number(r.ValueFen) }},
	}
	var doc any = document[row]{Report: "stock", Cost: s.Cost, File: out, Rows: some(s.Rows), Total: s.Total}
	if s.Day != "" {
		columns = slices.Delete(columns, 4, 7)
		rows := make([]pastStock, len(s.Rows))
		for i := range s.Rows {
			rows[i] = pastOf(&s.Rows[i])
		}
		doc = document[pastStock]{Report: "stock", To: s.Day, Cost: s.Cost, File: out, Rows: rows, Total: pastOf(&s.Total)}
	}
	chart := c.stockChart(s)
	return made{
		doc:   doc,
		grid:  gridOf(chart.Kind, c.tr.T("cli.report.stock"), string(s.Day), c.tr.T("common.total"), columns, s.Rows, s.Total, s.Cost),
		chart: chart,
	}, nil
}

// pastStock is a row of the stock as of a past day: what was promised, unsaleable
// or on its way then is not kept, so it is not told.
type pastStock struct {
	SKUID     ids.SKUID `json:"sku_id"`
	SKU       string    `json:"sku"`
	Title     string    `json:"title"`
	Spec      string    `json:"spec"`
	Bin       string    `json:"bin"`
	Warehouse string    `json:"warehouse"`
	OnHand    int64     `json:"on_hand"`
	ValueFen  money.Fen `json:"value_fen"`
}

func pastOf(r *core.StockRow) pastStock {
	return pastStock{SKUID: r.SKUID, SKU: r.SKU, Title: r.Title, Spec: r.Spec, Bin: r.Bin, Warehouse: r.Warehouse, OnHand: r.OnHand, ValueFen: r.ValueFen}
}
