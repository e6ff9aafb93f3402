package main

import (
	"context"
	"flag"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/reporting"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/reports/cards"
)

// reportFlags are the flags of report.
type reportFlags struct{ from, to, by, channel, out string }

func reportCommand() command {
	var o reportFlags
	return command{
		name: "report", usage: "sales|stock|daily|trend|channels|products|hours|ontime|profit|value [--from D] [--to D] [--by day|month|channel|shop|sku] [--channel CODE] [--out FILE.xlsx|.csv|.png]",
		least: 1, most: 1, needs: person,
		setup: func(f *flag.FlagSet) action {
			f.StringVar(&o.from, "from", "", "")
			f.StringVar(&o.to, "to", "", "")
			f.StringVar(&o.by, "by", "day", "")
			f.StringVar(&o.channel, "channel", "", "")
			f.StringVar(&o.out, "out", "", "")
			return func(ctx context.Context, c *call) (reply, error) { return c.report(ctx, o) }
		},
		check: func(c *call) error { return o.check(c.args[0]) },
	}
}

func (o *reportFlags) check(what string) error {
	switch {
	case !slices.Contains([]string{"sales", "stock", "daily"}, what) && !slices.Contains(cards.All, cards.Kind(what)):
		return usage("fault.cli.bad_word", "word", what)
	case o.channel != "" && slices.Contains([]cards.Kind{cards.Hours, cards.OnTime, cards.Value}, cards.Kind(what)): // counted for all channels together
		return usage("fault.cli.bad_value", "word", "--channel", "value", o.channel)
	case !slices.Contains([]core.SalesBy{core.ByDay, core.ByMonth, core.ByChannel, core.ByShop, core.BySKU}, core.SalesBy(o.by)):
		return usage("fault.cli.bad_value", "word", "--by", "value", o.by)
	case o.out != "" && !slices.Contains([]string{".xlsx", ".csv", ".png"}, ending(o.out)):
		return usage("fault.cli.bad_ending", "word", o.out)
	}
	return nil
}

func ending(path string) string { return strings.ToLower(filepath.Ext(path)) }

// made is a report ready to be printed, written or drawn.
type made struct {
	doc any // rows and total as JSON
	grid
	chart reports.Chart
}

// report makes the rows and writes them to --out, or prints them.
func (c *call) report(ctx context.Context, o reportFlags) (reply, error) {
	m, err := c.makeReport(ctx, o)
	if err != nil {
		return reply{}, err
	}
	if o.out == "" {
		return reply{doc: m.doc, lines: m.lines}, nil
	}
	if err := c.may(ctx, auth.ExportFile); err != nil {
		return reply{}, err
	}
	err = reports.WriteFile(reports.OS, o.out, func(w io.Writer) error {
		switch ending(o.out) {
		case ".csv":
			return m.table.CSV(w, reports.UTF8)
		case ".png":
			return m.chart.PNG(ctx, w, reports.Look{W: 960, H: 540, Scale: 2, Tr: c.tr})
		}
		return m.table.XLSX(w)
	})
	return reply{doc: m.doc, lines: []string{c.tr.T("cli.wrote_rows", "file", o.out, "n", len(m.table.Rows))}}, err
}

func (c *call) makeReport(ctx context.Context, o reportFlags) (made, error) {
	if c.args[0] == "stock" {
		to, err := day("--to", o.to)
		if err != nil {
			return made{}, err
		}
		return c.stockReport(ctx, to, o.out)
	}
	p, err := c.period(o.from, o.to, 30)
	if err != nil {
		return made{}, err
	}
	p.Channel = o.channel
	switch what := c.args[0]; what {
	case "sales":
	case "daily":
		return c.dailyReport(ctx, p, o.out)
	default:
		return c.cardReport(ctx, p, cards.Kind(what), o.out)
	}
	return c.salesReport(ctx, p, core.SalesBy(o.by), o.out)
}

// period reads --from and --to; without them it is the last days up to today.
func (c *call) period(from, to string, days int) (reporting.Period, error) {
	var p reporting.Period
	var err error
	if p.From, err = day("--from", from); err != nil {
		return p, err
	}
	if p.To, err = day("--to", to); err != nil {
		return p, err
	}
	if p.To == "" {
		p.To = max(c.app.Engine.Now().Day(), p.From)
	}
	if p.From == "" {
		p.From = p.To.Add(1 - days)
	}
	return p, nil
}

// document is the JSON of a report.
type document[R any] struct {
	Report string       `json:"report"`
	From   when.Day     `json:"from,omitempty"`
	To     when.Day     `json:"to,omitempty"`
	By     core.SalesBy `json:"by,omitempty"`
	Cost   bool         `json:"cost"` // false: cost, profit and value are left out (0)
	File   string       `json:"file"`
	Rows   []R          `json:"rows"`
	Total  R            `json:"total"`
}
