package home

import (
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/dash"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// The periods; their words are common.<period>.
const (
	periodToday     = "today"
	periodYesterday = "yesterday"
	periodWeek      = "last7"
)

var (
	periods    = []string{periodToday, periodYesterday, periodWeek}
	periodKeys = []kit.Chord{"Alt+1", "Alt+2", "Alt+3"}
)

// days are the days of a period. The week ends yesterday: a day that is not over
// compares with none.
func days(period string, today when.Day) (from, to when.Day) {
	switch period {
	case periodToday:
		return today, today
	case periodWeek:
		return today.Add(-7), today.Add(-1)
	}
	return today.Add(-1), today.Add(-1)
}

// span names the days the figures are of.
func span(tr i18n.Tr, from, to when.Day, now when.Millis) string {
	today := now.Day()
	switch {
	case from == today:
		return tr.T("home.until", "day", tr.DateWeek(today, today), "time", i18n.Clock(now))
	case from == to:
		return tr.DateWeek(to, today)
	}
	return tr.T("home.span", "from", tr.Date(from, today), "to", tr.Date(to, today))
}

// tile is a tile with its key and where it leads.
type tile struct {
	kit.TileSpec
	key  string
	ways []named
}

// sparkDays is how many days the small line of a tile shows.
const sparkDays = 14

// tiles are the figures on top, six at most. Figures of cost are left out for
// people who may not see them.
func tiles(tr i18n.Tr, role auth.Role, period string, v dash.Sales, now when.Millis) []tile {
	c := comparing{tr, period, v}
	spark := func(of func(dash.DayRow) int64) []int64 {
		var list []int64
		whole := over(v.Days, now.Day())
		for _, d := range whole[max(0, len(whole)-sparkDays):] {
			list = append(list, of(d))
		}
		return list
	}
	revenue := []named{
		{"nav.sales", sales(string(core.ByChannel), v.From, v.To)}, {"cards.trend", drawn("trend", v.From, v.To)}, {"explain.way.sales", posted(v.From, v.To)},
	}
	units := []named{{"nav.sales", sales(string(core.ByChannel), v.From, v.To)}, {"cards.products", drawn("products", v.From, v.To)}}
	gain := []named{{"nav.sales", sales(string(core.ByChannel), v.From, v.To)}, {"cards.profit", drawn("profit", v.From, v.To)}}
	taken := []named{{"field.order", placed("", v.From, v.To)}}
	list := []tile{
		{key: "sales", ways: revenue, TileSpec: kit.TileSpec{
			Title: tr.T("field.net_sales"), Value: tr.Tile(v.Now.SalesFen), Spark: spark(func(d dash.DayRow) int64 { return int64(d.SalesFen) }),
			Deltas: c.change(func(f dash.Figures) int64 { return int64(f.SalesFen) }),
		}},
		{key: "orders", ways: taken, TileSpec: kit.TileSpec{
			Title: tr.T("home.orders"), Value: i18n.Count(v.Now.Orders), Spark: spark(func(d dash.DayRow) int64 { return d.Orders }),
			Deltas: c.change(func(f dash.Figures) int64 { return f.Orders }),
		}},
		{key: "units", ways: units, TileSpec: kit.TileSpec{
			Title: tr.T("home.units"), Value: i18n.Count(v.Now.Units), Spark: spark(func(d dash.DayRow) int64 { return d.Units }),
			Deltas: c.change(func(f dash.Figures) int64 { return f.Units }),
		}},
		{key: "average", ways: taken, TileSpec: kit.TileSpec{
			Title: tr.T("home.average"), Value: averageValue(tr, v.Now), Deltas: c.change(func(f dash.Figures) int64 { return int64(f.AverageFen()) }),
		}},
	}
	profit := tile{key: "profit", ways: gain, TileSpec: kit.TileSpec{
		Title: tr.T("home.profit"), Value: tr.Tile(v.Now.ProfitFen), Band: tr.T("home.margin", "rate", rate(v.Now.MarginBP, v.Now.SalesFen != 0)),
		Deltas: c.change(func(f dash.Figures) int64 { return int64(f.ProfitFen) }),
	}}
	punctual := rate(v.Now.OnTimeBP(), v.Now.Due != 0)
	if period == periodToday { // some of today's limits are still to come
		punctual = i18n.Dash
	}
	onTime := tile{key: "on_time", ways: []named{{"explain.due", due("", v.From, v.To)}, {"explain.late", due("late", v.From, v.To)}}, TileSpec: kit.TileSpec{
		Title: tr.T("home.on_time"), Value: punctual, Band: tr.T("home.of_due", "good", v.Now.OnTime, "due", v.Now.Due),
		Deltas: c.points(dash.Figures.OnTimeBP, func(f dash.Figures) bool { return f.Due != 0 }),
	}}
	switch {
	case role == auth.Finance && v.Cost:
		first := when.Day(v.To.Month() + "-01")
		month := []named{{"nav.sales", sales(string(core.ByDay), first, v.To)}, {"cards.trend", drawn("trend", first, v.To)}}
		until := tr.T("home.month", "day", tr.Date(v.To, now.Day()))
		return []tile{
			list[0],
			{key: "cost", ways: gain[:1], TileSpec: kit.TileSpec{Title: tr.T("field.cogs"), Value: tr.Tile(v.Now.CostFen)}},
			profit, list[1],
			{key: "month_sales", ways: month, TileSpec: kit.TileSpec{Title: tr.T("home.month_sales"), Value: tr.Tile(v.Month.SalesFen), Band: until}},
			{key: "month_profit", ways: month[:1], TileSpec: kit.TileSpec{
				Title: tr.T("home.month_profit"), Value: tr.Tile(v.Month.ProfitFen), Band: tr.T("home.margin", "rate", rate(v.Month.MarginBP, v.Month.SalesFen != 0)),
			}},
		}
	case role == auth.Promotion:
		return list
	case v.Cost:
		list = append(list, profit)
	}
	return append(list, onTime)
}

func averageValue(tr i18n.Tr, f dash.Figures) string {
	if f.Orders == 0 {
		return i18n.Dash
	}
	return tr.Money(f.AverageFen())
}

func rate(bp money.BP, known bool) string {
	if !known {
		return i18n.Dash
	}
	return i18n.Percent(bp, 1)
}

// comparing puts figures beside those before. Today is not over: it is compared with nothing.
type comparing struct {
	tr     i18n.Tr
	period string
	v      dash.Sales
}

// past are the figures to compare with, by the word that names them.
func (c comparing) past() map[string]dash.Figures {
	switch c.period {
	case periodToday:
		return nil
	case periodWeek:
		return map[string]dash.Figures{"home.week_before": c.v.Before}
	}
	return map[string]dash.Figures{"home.day_before": c.v.Before, "home.week_ago": c.v.WeekAgo}
}

var pastOrder = []string{"home.day_before", "home.week_ago", "home.week_before"}

// label names a past period; the same day last week by its weekday.
func (c comparing) label(key string) string {
	if key != "home.week_ago" {
		return c.tr.T(key)
	}
	return c.tr.T(key, "weekday", c.tr.T("format.weekday."+weekday(c.v.From)))
}

// weekday is the day's number in the texts, "0" for Sunday.
func weekday(d when.Day) string { return i18n.Count(int64(d.Start().Time().Weekday())) }

func (c comparing) change(of func(dash.Figures) int64) []kit.Delta {
	var list []kit.Delta
	past := c.past()
	for _, key := range pastOrder {
		was, ok := past[key]
		last, now := of(was), of(c.v.Now)
		if !ok || last <= 0 || now == last {
			continue
		}
		bp, err := money.MulDiv(money.Fen(now-last), int64(money.Whole), last)
		if err != nil {
			continue
		}
		list = append(list, delta(c.label(key), percent(money.BP(bp)), now > last))
	}
	return list
}

func (c comparing) points(of func(dash.Figures) money.BP, known func(dash.Figures) bool) []kit.Delta {
	var list []kit.Delta
	past := c.past()
	for _, key := range pastOrder {
		was, ok := past[key]
		diff := of(c.v.Now) - of(was)
		if !ok || diff == 0 || !known(was) || !known(c.v.Now) {
			continue
		}
		list = append(list, delta(c.label(key), points(diff), diff > 0))
	}
	return list
}

// percent is a change with one digit; from ten per cent on it needs none, and
// two of them stand side by side in the narrowest tile.
func percent(bp money.BP) string {
	if bp >= 1000 || bp <= -1000 {
		return i18n.Percent(bp, 0)
	}
	return i18n.Percent(bp, 1)
}

// points is a change of a rate: 0.31pt, 8.3pt, 25pt.
func points(diff money.BP) string {
	if diff < 100 && diff > -100 {
		return i18n.Points(diff)
	}
	return strings.TrimSuffix(percent(diff), "%") + "pt"
}

// over are the days that are over.
func over(rows []dash.DayRow, today when.Day) []dash.DayRow {
	if n := len(rows); n > 0 && rows[n-1].Day >= today {
		return rows[:n-1]
	}
	return rows
}

// delta is a change of a figure of which more is better.
func delta(label, text string, up bool) kit.Delta {
	d := kit.Delta{Label: label, Text: strings.TrimPrefix(text, "−"), Up: up, Tone: theme.OK}
	if !up {
		d.Tone = theme.Urgent
	}
	return d
}

// stretch is the days of the picture and what they come to.
type stretch struct {
	from, to    when.Day
	sum, before money.Fen
}

// lastDays is what the picture of the whole days sums up.
func lastDays(rows []dash.DayRow, today when.Day) stretch {
	days := over(rows, today)
	if len(days) < 2*half {
		return stretch{from: today.Add(-half), to: today.Add(-1)}
	}
	last := days[len(days)-half:]
	s := stretch{from: last[0].Day, to: last[half-1].Day}
	for i, d := range days[len(days)-2*half:] {
		if i < half {
			s.before += d.SalesFen
		} else {
			s.sum += d.SalesFen
		}
	}
	return s
}

// half is how many days of the picture are each of the two periods.
const half = 30

// picture is sales per day of the last 30 days beside the 30 before.
func picture(tr i18n.Tr, v dash.Sales, today when.Day) reports.Chart {
	c := reports.Chart{Kind: reports.Line, Title: tr.T("home.chart"), Ordered: true}
	days := over(v.Days, today)
	if len(days) < 2*half {
		return c
	}
	was, now := days[len(days)-2*half:len(days)-half], days[len(days)-half:]
	sum := func(rows []dash.DayRow) (total money.Fen, values []float64) {
		for _, r := range rows {
			total += r.SalesFen
			values = append(values, float64(r.SalesFen)/100)
		}
		return total, values
	}
	last, before := sum(was)
	total, values := sum(now)
	if total == 0 && last == 0 {
		return c // nothing to draw; the picture says so
	}
	c.Sentence = tr.T("home.chart_says", "sum", tr.CompactMoney(total))
	if bp, err := money.MulDiv(total-last, int64(money.Whole), max(int64(last), 1)); err == nil && last > 0 {
		key := "home.chart_more"
		c.Status = string(theme.OK)
		if bp < 0 {
			key, c.Status = "home.chart_less", string(theme.Warn)
		}
		c.Sentence = tr.T(key, "text", c.Sentence, "rate", strings.TrimPrefix(i18n.Percent(money.BP(bp), 1), "−"))
	}
	for _, r := range now {
		c.Labels = append(c.Labels, tr.Date(r.Day, today))
	}
	c.Series = []reports.Series{{Name: tr.T("common.last30"), Values: values, Colour: reports.ColourMain}}
	if last > 0 {
		c.Series = append(c.Series, reports.Series{Name: tr.T("home.before30"), Values: before, Role: reports.Last})
	}
	return c
}
