package cards

import (
	"context"
	"fmt"

	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/reporting"
	"zhanggui/reports"
)

// weekdays are the keys of the weekdays' short names, Monday first.
var weekdays = []string{"cards.mon", "cards.tue", "cards.wed", "cards.thu", "cards.fri", "cards.sat", "cards.sun"}

func hours(ctx context.Context, s Source, l Look, p reporting.Period) (Card, error) {
	t, err := s.HourReport(ctx, p)
	if err != nil {
		return Card{}, err
	}
	tr := l.Tr
	c := Card{Rows: some(t.Rows), Total: t.Total, Chart: reports.Chart{Kind: reports.Heat, Unit: reports.UnitCount, Ordered: true, Status: "info", Sentence: tr.T("cards.says.no_orders")}}
	c.Table.Columns = []reports.Column{text(tr.T("cards.hour"))}
	c.Table.Chart = &reports.SheetChart{Kind: reports.Stacked}
	for i, key := range weekdays {
		c.Table.Columns = append(c.Table.Columns, qty(tr.T(key)))
		c.Table.Chart.Values = append(c.Table.Chart.Values, i+1)
		c.Chart.Series = append(c.Chart.Series, reports.Series{Name: tr.T(key), Values: make([]float64, len(t.Rows))})
	}
	c.Table.Columns = append(c.Table.Columns, qty(tr.T("common.total")))
	cells := func(name string, r reporting.HourRow) []reports.Cell {
		row := []reports.Cell{reports.Text(name)}
		for _, n := range r.Orders {
			row = append(row, reports.Qty(n))
		}
		return append(row, reports.Qty(r.Sum))
	}
	best, at, wd := int64(0), 0, 0
	for i, r := range t.Rows {
		c.Keys = append(c.Keys, fmt.Sprintf("%02d", r.Hour))
		c.Chart.Labels = append(c.Chart.Labels, fmt.Sprint(r.Hour))
		c.Table.Add(cells(fmt.Sprintf("%02d:00", r.Hour), r)...)
		for d, n := range r.Orders {
			c.Chart.Series[d].Values[i] = float64(n)
			if n > best {
				best, at, wd = n, i, d
			}
		}
	}
	c.Table.Totals = cells(tr.T("common.total"), t.Total)
	if best == 0 {
		c.Chart.Series = nil
		return c, nil
	}
	evening := int64(0)
	for _, r := range t.Rows[18:] {
		evening += r.Sum
	}
	c.Chart.Sentence = tr.T("cards.says.hours", "all", i18n.Count(t.Total.Sum), "day", tr.T(weekdays[wd]), "hour", fmt.Sprintf("%02d:00", at), "n", i18n.Count(best),
		"rate", i18n.Percent(money.Share(money.Fen(evening), money.Fen(t.Total.Sum)), 1))
	return c, nil
}

// The colours of both lines: the limit is the greener one, as in the look.
const (
	targetColour = 1
	limitColour  = 4
)

func onTime(ctx context.Context, s Source, l Look, p reporting.Period) (Card, error) {
	t, err := s.OnTimeReport(ctx, p)
	if err != nil {
		return Card{}, err
	}
	tr := l.Tr
	c := Card{Rows: some(t.Rows), Total: t.Total, Chart: reports.Chart{Kind: reports.Line, Unit: reports.UnitPercent, Ordered: true, Status: "info", Sentence: tr.T("cards.says.none_due")}}
	c.Table.Columns = []reports.Column{
		day(tr.T("field.day")), qty(tr.T("cards.due")), qty(tr.T("cards.in_target")), qty(tr.T("cards.in_limit")), rate(tr.T("cards.target_rate")), rate(tr.T("cards.limit_rate")),
	}
	c.Table.Chart = &reports.SheetChart{Kind: reports.Line, Values: []int{4, 5}}
	cells := func(first reports.Cell, r reporting.OnTimeRow) []reports.Cell {
		return []reports.Cell{first, reports.Qty(r.Due), reports.Qty(r.Target), reports.Qty(r.Limit), reports.Percent(r.TargetBP), reports.Percent(r.LimitBP)}
	}
	c.Table.Totals = cells(reports.Text(tr.T("common.total")), t.Total)
	if len(t.Rows) == 0 {
		return c, nil
	}
	var target, limit []float64
	worst := 0
	for i, r := range t.Rows {
		c.Keys, c.Chart.Labels = append(c.Keys, string(r.Day)), append(c.Chart.Labels, tr.Date(r.Day, l.Today))
		target, limit = append(target, percent(r.TargetBP)), append(limit, percent(r.LimitBP))
		c.Table.Add(cells(reports.Day(r.Day), r)...)
		if r.TargetBP < t.Rows[worst].TargetBP {
			worst = i
		}
	}
	if len(t.Rows) < 2 {
		c.Chart.Kind = reports.Grouped
	}
	c.Chart.Series = []reports.Series{
		{Name: tr.T("cards.target_rate"), Values: target, Colour: targetColour},
		{Name: tr.T("cards.limit_rate"), Values: limit, Colour: limitColour},
	}
	if low := t.Rows[worst]; low.TargetBP < t.Total.TargetBP {
		c.Chart.Marks = []reports.Mark{{At: worst, Text: tr.Date(low.Day, l.Today) + " " + i18n.Percent(low.TargetBP, 1)}}
	}
	c.Chart.Sentence = tr.T("cards.says.ontime", "n", i18n.Count(t.Total.Due), "target", i18n.Percent(t.Total.TargetBP, 1), "limit", i18n.Percent(t.Total.LimitBP, 1))
	c.Chart.Status = "ok"
	if late := t.Total.Due - t.Total.Limit; late > 0 {
		c.Chart.Status = "warn"
		c.Chart.Sentence = tr.T("cards.says.late", "text", c.Chart.Sentence, "n", i18n.Count(late))
	}
	return c, nil
}
