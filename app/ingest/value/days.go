package value

import (
	"strings"
	"time"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/when"
)

// Range is a span of days, both included; a single day has From equal to To.
type Range struct{ From, To when.Day }

// Days reads a day or a span of days: 20260723, 20260701~20260731,
// 20260701至20260731, 2026-07-01 - 2026-07-31, 2026-07-01 至 2026-07-31,
// 2026-07, 2026年7月. present is false for none.
// Errors: Invalid fault.value.not_time, fault.value.no_such_day,
// fault.value.range_order (the end lies before the start) and as Time.
func Days(c sheet.Cell, date1904 bool) (span Range, present bool, err error) {
	s, err := plain(c)
	if err != nil {
		return Range{}, false, err
	}
	if c.Num {
		d, ok, err := Day(c, date1904)
		return Range{d, d}, ok, err
	}
	if m, ok := month(s); ok {
		return m, true, nil
	}
	if from, to, ok := cutRange(s); ok {
		return days(from, to, s, date1904)
	}
	d, ok, err := Day(sheet.Cell{Text: s}, date1904)
	return Range{d, d}, ok, err
}

func days(from, to, whole string, date1904 bool) (Range, bool, error) {
	a, aok, err := Day(sheet.Cell{Text: from}, date1904)
	if err != nil {
		return Range{}, false, err
	}
	b, bok, err := Day(sheet.Cell{Text: to}, date1904)
	switch {
	case err != nil:
		return Range{}, false, err
	case !aok || !bok:
		return Range{}, false, refuse(fault.Invalid, "not_time", whole)
	case b < a:
		return Range{}, false, refuse(fault.Invalid, "range_order", whole)
	}
	return Range{a, b}, true, nil
}

// cutRange splits a span. A hyphen only splits where both halves are dates.
func cutRange(s string) (from, to string, ok bool) {
	for _, sign := range []string{"~", "至", "到", "—", "–", " - ", " to "} {
		if a, b, found := strings.Cut(s, sign); found {
			return strings.TrimSpace(a), strings.TrimLeft(strings.TrimSpace(b), "~—– "), true
		}
	}
	for i := 1; i < len(s)-1; i++ {
		if s[i] != '-' {
			continue
		}
		if _, err := timeText(s[:i]); err != nil {
			continue
		}
		end := strings.TrimLeft(s[i:], "-")
		if _, err := timeText(end); err == nil {
			return s[:i], end, true
		}
	}
	return "", "", false
}

// month reads 2026-07, 2026/7 and 2026年7月 as the whole month.
func month(s string) (Range, bool) {
	sc := scan{s: s}
	y, n := sc.number(4)
	if n != 4 || y < 1900 || y > 2100 {
		return Range{}, false
	}
	chinese := sc.take("年")
	if !chinese && !sc.take("-") && !sc.take("/") {
		return Range{}, false
	}
	m, n := sc.number(2)
	if n == 0 || m < 1 || m > 12 || chinese && !sc.take("月") || sc.rest() != "" {
		return Range{}, false
	}
	first := date{y, m, 1}
	return Range{first.day(), first.lastOfMonth()}, true
}

func (d date) day() when.Day {
	return when.At(d.y, time.Month(d.m), d.d, 0, 0, 0).Day()
}

func (d date) lastOfMonth() when.Day {
	return when.At(d.y, time.Month(d.m+1), 0, 0, 0, 0).Day()
}
