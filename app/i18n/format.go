package i18n

import (
	"math"
	"strconv"
	"strings"

	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Dash stands for an empty amount, date or name (LOOK §2).
const Dash = "–"

// Separator stands between facts of one line (LOOK §10).
const Separator = " · "

// Join puts the facts that are not empty into one line.
func Join(facts ...string) string {
	kept := make([]string, 0, len(facts))
	for _, f := range facts {
		if f != "" {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, Separator)
}

// Amount is money in a table: "1,234.50"; the unit stands once in the title
// (MoneyUnit).
func Amount(f money.Fen) string { return f.Grouped() }

// signs of the book currencies that have a short one.
var signs = map[string]string{"": "¥", "CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$"}

func (t Tr) moneySign() string {
	if s, ok := signs[t.currency]; ok {
		return s
	}
	return t.currency + " "
}

// Money is money alone: "¥1,234.50", "−¥3.00".
func (t Tr) Money(f money.Fen) string {
	u := f.Grouped()
	if rest, neg := strings.CutPrefix(u, "−"); neg {
		return "−" + t.moneySign() + rest
	}
	return t.moneySign() + u
}

// Tile is money on a tile, whole units, half away from zero: "¥43,192".
func (t Tr) Tile(f money.Fen) string {
	whole := int64(f) / 100
	switch rest := int64(f) % 100; {
	case rest >= 50:
		whole++
	case rest <= -50:
		whole--
	}
	n := Count(whole)
	if rest, neg := strings.CutPrefix(n, "−"); neg {
		return "−" + t.moneySign() + rest
	}
	return t.moneySign() + n
}

// MoneyUnit names the currency for the title of a table: 金额单位：元, "(CNY)".
func (t Tr) MoneyUnit() string {
	code := t.currency
	if code == "" {
		code = "CNY"
	}
	return t.T("format.money_unit", "currency", t.Word("currency", code))
}

// unit is one step of the short numbers of charts.
type unit struct {
	from float64 // smallest number that takes it
	div  float64
	key  string
}

// units are the steps of a language, largest first (LOOK §9).
func (t Tr) units() []unit {
	if t.lang == English {
		return []unit{{1e9, 1e9, "format.unit.b"}, {1e6, 1e6, "format.unit.m"}, {1e4, 1e3, "format.unit.k"}}
	}
	return []unit{{1e8, 1e8, "format.unit.yi"}, {1e4, 1e4, "format.unit.wan"}}
}

// CompactMoney is an amount as a chart label: "9,876", "4.32万", "1.28亿",
// English "43.2k", "1.28M"; three significant digits from ten thousand up.
func (t Tr) CompactMoney(f money.Fen) string { return t.Compact(float64(f) / 100) }

// Compact is a number as a chart label, as CompactMoney. Below ten thousand up to two
// decimals are kept when the number has them and is below a hundred.
func (t Tr) Compact(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Dash
	}
	size := math.Abs(v)
	for _, u := range t.units() {
		if size >= u.from || threeDigits(size) >= u.from {
			return sign(v < 0) + significant(size/u.div) + t.T(u.key)
		}
	}
	text := plain(size)
	return sign(v < 0 && text != "0") + text
}

// threeDigits is size rounded to a whole number, so that 9,999.6 takes the
// unit of 10,000.
func threeDigits(size float64) float64 { return math.Round(size) }

// InUnit is v without its unit, in the unit that most has on an axis: 23.9
// where the axis says 万. Three significant digits.
func (t Tr) InUnit(v, most float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Dash
	}
	for _, u := range t.units() {
		if math.Abs(most) >= u.from {
			if v == 0 {
				return "0"
			}
			return sign(v < 0) + significant(math.Abs(v)/u.div)
		}
	}
	return t.Compact(v)
}

// plain prints a number below ten thousand: commas, decimals only when small.
func plain(size float64) string {
	decimals := 0
	if size < 100 && size != math.Trunc(size) {
		decimals = 2
		if size >= 10 {
			decimals = 1
		}
	}
	text := strconv.FormatFloat(size, 'f', decimals, 64)
	if decimals > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	whole, frac, has := strings.Cut(text, ".")
	if has {
		return group3(whole) + "." + frac
	}
	return group3(whole)
}

// significant prints three significant digits, four and more digits whole:
// 4.32, 43.2, 432, 4,321.
func significant(v float64) string {
	decimals := 2
	switch {
	case v >= 99.95:
		decimals = 0
	case v >= 9.995:
		decimals = 1
	}
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	whole, frac, has := strings.Cut(text, ".")
	if has {
		return group3(whole) + "." + frac
	}
	return group3(whole)
}

// Axis prints the steps of one chart axis in one unit, chosen by the largest
// step: 0, 8万, 16万, 24万, 32万.
func (t Tr) Axis(steps []float64) []string {
	most, least := 0.0, math.Inf(1)
	for i, s := range steps {
		most = max(most, math.Abs(s))
		if i > 0 {
			least = min(least, math.Abs(s-steps[i-1]))
		}
	}
	div, suffix := 1.0, ""
	for _, u := range t.units() {
		if most >= u.from {
			div, suffix = u.div, t.T(u.key)
			break
		}
	}
	decimals := 0
	for step := least / div; decimals < 4 && !whole(step*math.Pow10(decimals)); {
		decimals++
	}
	texts := make([]string, len(steps))
	for i, s := range steps {
		text := strconv.FormatFloat(math.Abs(s)/div, 'f', decimals, 64)
		head, frac, has := strings.Cut(text, ".")
		head = group3(head)
		if has {
			head += "." + frac
		}
		if s == 0 {
			texts[i] = "0"
			continue
		}
		texts[i] = sign(s < 0) + head + suffix
	}
	return texts
}

func whole(v float64) bool { return math.IsInf(v, 0) || math.Abs(v-math.Round(v)) < 1e-6 }

// Percent prints a rate: 318 is "3.18%"; digits decimals, half away from zero.
func Percent(rate money.BP, digits int) string {
	return sign(rate < 0) + fixed(int64(rate), digits) + "%"
}

// Points prints a difference of rates in percentage points: 31 is "0.31pt".
func Points(rate money.BP) string { return sign(rate < 0) + fixed(int64(rate), 2) + "pt" }

// fixed prints |v|/100 with 0 to 2 decimals, half away from zero.
func fixed(v int64, digits int) string {
	if v < 0 {
		v = -v
	}
	switch digits {
	case 0:
		return group3(strconv.FormatInt((v+50)/100, 10))
	case 1:
		v = (v + 5) / 10
		return group3(strconv.FormatInt(v/10, 10)) + "." + strconv.FormatInt(v%10, 10)
	}
	frac := strconv.FormatInt(v%100, 10)
	if len(frac) < 2 {
		frac = "0" + frac
	}
	return group3(strconv.FormatInt(v/100, 10)) + "." + frac
}

// Weight prints whole grams: "1,108 g".
func Weight(grams int64) string { return Count(grams) + " g" }

// Units prints how many orders and how many units: "214 单 · 391 件".
func (t Tr) Units(orders, units int64) string {
	return t.N("format.orders", orders) + Separator + t.N("format.pieces", units)
}

// Date prints a day beside today: "04-22", in another year "2025-04-22";
// English "22 Apr", "22 Apr 2025". An unset day gives Dash.
func (t Tr) Date(d, today when.Day) string {
	y, m, day, ok := parts(d)
	if !ok {
		return Dash
	}
	key := "format.date"
	if ty, _, _, known := parts(today); !known || ty != y {
		key = "format.date_year"
	}
	return t.T(key, "y", y, "m", m, "d", day, "day", strings.TrimPrefix(day, "0"), "month", t.T("format.month."+strings.TrimPrefix(m, "0")))
}

// DateWeek is Date with the day of the week: "04-22 周三", "Wed 22 Apr".
func (t Tr) DateWeek(d, today when.Day) string {
	if _, _, _, ok := parts(d); !ok {
		return Dash
	}
	n := strconv.Itoa(int(d.Start().Time().Weekday()))
	return t.T("format.date_week", "date", t.Date(d, today), "week", t.T("format.weekday."+n))
}

// Month prints the month of a chart axis: "4月", "Apr".
func (t Tr) Month(d when.Day) string {
	_, m, _, ok := parts(d)
	if !ok {
		return Dash
	}
	return t.T("format.month." + strings.TrimPrefix(m, "0"))
}

// parts cuts a valid day into year, month and day.
func parts(d when.Day) (y, m, day string, ok bool) {
	if d.Start() == 0 || len(d) != len("2006-01-02") {
		return "", "", "", false
	}
	return string(d[:4]), string(d[5:7]), string(d[8:]), true
}

// Clock prints the time of day: "10:18"; Dash when not set.
func Clock(m when.Millis) string {
	if m == 0 {
		return Dash
	}
	return m.Time().Format("15:04")
}

// Moment prints an instant beside now: 今天 09:41, 昨天 17:30, else "04-20 17:30".
func (t Tr) Moment(m, now when.Millis) string {
	if m == 0 {
		return Dash
	}
	today := now.Day()
	switch m.Day() {
	case today:
		return t.T("format.today", "time", Clock(m))
	case today.Add(-1):
		return t.T("format.yesterday", "time", Clock(m))
	}
	return t.Date(m.Day(), today) + " " + Clock(m)
}

// Left prints the span to a limit: 剩 2:05, or 超 0:20 when it is past.
func (t Tr) Left(span when.Millis) string {
	if span < 0 {
		return t.T("format.over", "span", HM(-span))
	}
	return t.T("format.left", "span", HM(span))
}

// HM prints a span in hours and minutes, whole minutes begun: "2:05".
func HM(span when.Millis) string {
	text := ""
	if span < 0 {
		span, text = -span, "−"
	}
	mins := int64(span / when.Minute)
	pad := ""
	if mins%60 < 10 {
		pad = "0"
	}
	return text + strconv.FormatInt(mins/60, 10) + ":" + pad + strconv.FormatInt(mins%60, 10)
}

// Days prints a number of days: "25 天", "25 d".
func (t Tr) Days(n int64) string { return t.N("format.days", n) }
