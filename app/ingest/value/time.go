package value

import (
	"math"
	"strings"
	"time"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/when"
)

// The serial dates that are believed: 1927 to 2100. A smaller number in a date
// column is an amount, a larger one a date written as 20260723 or nonsense.
const (
	minSerial = 10000
	maxSerial = 73415
)

// days1904 is the distance between the two calendars of Excel.
const days1904 = 1462

// Time reads an instant in every form of FORMATS Q7. A text without a zone is
// the shop's wall clock (Asia/Shanghai); a day without a time is its first
// instant. date1904 is Book.Date1904. present is false for blank, "-" and the
// zero dates of databases (0000-00-00, 1970-01-01 08:00:00).
// Errors: Invalid fault.value.not_time (no known form), fault.value.no_such_day
// (2024-02-30, 25:00), fault.value.no_value, fault.value.excel_error.
func Time(c sheet.Cell, date1904 bool) (at when.Millis, present bool, err error) {
	s, err := plain(c)
	if err != nil {
		return 0, false, err
	}
	if c.Num {
		return storedTime(s, date1904)
	}
	if isNone(s) || isZeroDate(s) {
		return 0, false, nil
	}
	if looksSerial(s) {
		return storedTime(s, date1904)
	}
	at, err = timeText(s)
	if err != nil {
		return 0, false, err
	}
	return at, at != 0, nil
}

// Day reads a date as Time does and gives its day in the shop's zone.
// Errors: as Time.
func Day(c sheet.Cell, date1904 bool) (when.Day, bool, error) {
	at, ok, err := Time(c, date1904)
	return at.Day(), ok, err
}

// storedTime is a date that the file stores as a number: a serial, or eight
// digits such as 20260723.
func storedTime(s string, date1904 bool) (when.Millis, bool, error) {
	v, ok := stored(s)
	if !ok {
		return 0, false, refuse(fault.Invalid, "not_time", s)
	}
	if v == math.Trunc(v) && v >= 19000101 && v < 21010000 {
		at, err := timeText(shownByExcel(v))
		return at, err == nil, err
	}
	if date1904 {
		v += days1904
	}
	if v < minSerial || v >= maxSerial {
		return 0, false, refuse(fault.Invalid, "not_time", s)
	}
	day := math.Floor(v)
	secs := math.Round((v - day) * 86400) // platforms write seconds; a float's rest is noise
	return when.At(1899, time.December, 30+int(day), 0, 0, int(secs)), true, nil
}

// looksSerial tells a serial that a text file carries: 46023 or 46023.5.
func looksSerial(s string) bool {
	whole, frac, dot := strings.Cut(s, ".")
	return len(whole) == 5 && allDigits(whole) && (!dot || allDigits(frac))
}

func isZeroDate(s string) bool {
	for _, p := range []string{"0000-00-00", "0000/00/00", "0001-01-01", "0001/1/1", "1970-01-01 08:00:00", "1970-01-01 00:00:00"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// timeText reads one written instant.
func timeText(s string) (when.Millis, error) {
	sc := scan{s: s}
	d, ok := sc.date()
	if !ok {
		return 0, refuse(fault.Invalid, "not_time", s)
	}
	c, ok := sc.clock()
	if !ok {
		return 0, refuse(fault.Invalid, "not_time", s)
	}
	zone, ok := sc.zone(c.set)
	if !ok || sc.rest() != "" {
		return 0, refuse(fault.Invalid, "not_time", s)
	}
	if !d.exists() || !c.exists() {
		return 0, refuse(fault.Invalid, "no_such_day", s)
	}
	t := time.Date(d.y, time.Month(d.m), d.d, c.h, c.min, c.s, c.ms*int(time.Millisecond), zone)
	return when.Of(t), nil
}

// date is a day as written; it may not exist.
type date struct{ y, m, d int }

func (d date) exists() bool {
	if d.y < 1900 || d.y > 2100 || d.m < 1 || d.m > 12 || d.d < 1 {
		return false
	}
	return d.d <= time.Date(d.y, time.Month(d.m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// clock is a time of day as written.
type clock struct {
	h, min, s, ms int
	set           bool
}

func (c clock) exists() bool { return c.h < 24 && c.min < 60 && c.s < 60 }
