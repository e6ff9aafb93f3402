package main

import (
	"os"
	"strings"
	"time"
	"unicode"

	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// gap stands between two columns of a table.
const gap = "  "

// align makes lines of rows whose columns stand under each other; right tells
// which columns end at the same place (numbers).
func align(rows [][]string, right []bool) []string {
	var widths []int
	for _, r := range rows {
		for i, cell := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(cell))
		}
	}
	lines := make([]string, 0, len(rows))
	for _, r := range rows {
		var b strings.Builder
		for i, cell := range r {
			blank := strings.Repeat(" ", widths[i]-width(cell))
			if i < len(right) && right[i] {
				b.WriteString(blank + cell)
			} else {
				b.WriteString(cell + blank)
			}
			b.WriteString(gap)
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return lines
}

// width is how many places a text takes on a terminal: characters of the East
// Asian scripts take two, marks none.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
			r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 ||
			r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd):
			n += 2
		default:
			n++
		}
	}
	return n
}

// plain keeps a text on its line: what a file says may hold line ends and
// signs that move the terminal's cursor.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// cut shortens a text to n places.
func cut(s string, n int) string {
	if width(s) <= n {
		return s
	}
	for r := []rune(s); len(r) > 0; r = r[:len(r)-1] {
		if t := string(r) + "…"; width(t) <= n {
			return t
		}
	}
	return ""
}

// fileFault says what is wrong with a file that a person named.
func fileFault(path string, err error) error {
	key := "fault.cli.file"
	switch {
	case err == nil:
		return nil
	case os.IsNotExist(err):
		key = "fault.cli.file_missing"
	case os.IsPermission(err):
		key = "fault.cli.file_closed"
	}
	return fault.New(fault.Unavailable, key, "file", path).Because(err)
}

// day reads a day that a flag gives; "" stays "".
func day(flag, s string) (when.Day, error) {
	d, err := when.ParseDay(s)
	if s != "" && err != nil {
		return "", usage("fault.cli.bad_day", "word", flag, "value", s)
	}
	return d, nil
}

// moment reads "2026-04-23", "2026-04-23T10:18" or with a blank and seconds, in
// the shop's zone; "" gives 0.
func moment(flag, s string) (when.Millis, error) {
	if s == "" {
		return 0, nil
	}
	for _, form := range []string{"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err := time.ParseInLocation(form, s, when.Zone); err == nil {
			return when.Of(t), nil
		}
	}
	return 0, usage("fault.cli.bad_moment", "word", flag, "value", s)
}
