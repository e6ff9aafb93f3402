package main

import (
	"context"

	"zhanggui/app/reporting"
	"zhanggui/reports/cards"
)

// cardReport is a chart of the charts page with its rows.
func (c *call) cardReport(ctx context.Context, p reporting.Period, kind cards.Kind, out string) (made, error) {
	today := c.app.Engine.Now().Day()
	card, err := cards.Make(ctx, c.app.Reporting, kind, cards.Look{Tr: c.tr, Today: today}, p)
	if err != nil {
		return made{}, err
	}
	doc := cardDocument{document: document[any]{Report: string(kind), From: p.From, To: p.To, Cost: card.Cost, File: out}, Says: card.Chart.Sentence, Rows: card.Rows, Total: card.Total}
	t := card.Table
	lines := [][]string{{}}
	var right []bool
	for _, col := range t.Columns {
		lines[0], right = append(lines[0], col.Title), append(right, col.Right())
	}
	for _, row := range append(t.Rows[:len(t.Rows):len(t.Rows)], t.Totals) {
		var texts []string
		for i, cell := range row {
			texts = append(texts, t.Columns[i].Show(cell, c.tr, today))
		}
		lines = append(lines, texts)
	}
	head := []string{t.Title + gap + t.Note, card.Chart.Sentence}
	return made{doc: doc, grid: grid{table: t, lines: append(head, align(lines, right)...)}, chart: card.Chart}, nil
}

// cardDocument is the JSON of a chart.
type cardDocument struct {
	document[any]
	Says  string `json:"says"` // the sentence of the chart
	Rows  any    `json:"rows"`
	Total any    `json:"total"`
}
