package kit

import (
	"strconv"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// ParseDay reads a day as it is typed, beside today (workflows 4.0, after grocy):
//
//	0517, 5-17, 5.17, 5/17   that day of this year
//	17                       that day of this month
//	20250517, 2025-05-17     any day
//	+3, -7                   days from today
//	m, m+1, m-1              the last day of this, the next, the previous month
//	.                        today
//
// "" is the unset day. Errors: Invalid fault.kit.day.
func ParseDay(s string, today when.Day) (when.Day, error) {
	t := strings.ToLower(narrow(s))
	switch {
	case t == "":
		return "", nil
	case t == "." || t == "0" || t == "t":
		return today, nil
	case t[0] == '+' || t[0] == '-':
		n, err := strconv.Atoi(t)
		if err != nil || n < -36600 || n > 36600 {
			return "", badDay(s)
		}
		return today.Add(n), nil
	case t[0] == 'm':
		n := 0
		if len(t) > 1 {
			var err error
			if n, err = strconv.Atoi(t[1:]); err != nil || n < -1200 || n > 1200 {
				return "", badDay(s)
			}
		}
		return monthEnd(today, n), nil
	}
	return calendarDay(s, t, today)
}

func calendarDay(s, t string, today when.Day) (when.Day, error) {
	parts := strings.FieldsFunc(t, func(r rune) bool { return r == '-' || r == '/' || r == '.' || r == '年' || r == '月' || r == '日' })
	if len(parts) == 1 {
		switch d := parts[0]; len(d) {
		case 1, 2:
			parts = []string{string(today[:4]), string(today[5:7]), d}
		case 4:
			parts = []string{string(today[:4]), d[:2], d[2:]}
		case 8:
			parts = []string{d[:4], d[4:6], d[6:]}
		}
	}
	if len(parts) == 2 {
		parts = append([]string{string(today[:4])}, parts...)
	}
	if len(parts) != 3 || len(parts[0]) != 4 || len(parts[1]) > 2 || len(parts[2]) > 2 {
		return "", badDay(s)
	}
	day, err := when.ParseDay(parts[0] + "-" + pad2(parts[1]) + "-" + pad2(parts[2]))
	if err != nil {
		return "", badDay(s)
	}
	return day, nil
}

// monthEnd is the last day of the month that is n months after d's.
func monthEnd(d when.Day, n int) when.Day {
	year, _ := strconv.Atoi(string(d[:4]))
	month, _ := strconv.Atoi(string(d[5:7]))
	months := year*12 + month - 1 + n + 1 // the month after the wanted one
	next := when.Day(strconv.Itoa(months/12) + "-" + pad2(strconv.Itoa(months%12+1)) + "-01")
	return next.Add(-1)
}

func monthStart(d when.Day) when.Day { return d[:8] + "01" }

func pad2(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func badDay(s string) error {
	return fault.New(fault.Invalid, "fault.kit.day", "value", s)
}
