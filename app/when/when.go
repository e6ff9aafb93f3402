package when

import (
	"fmt"
	"time"
)

// Millis is an instant: milliseconds since 1970-01-01 UTC. Zero means "not set".
type Millis int64

// Day is a calendar day in the shop's zone, "2026-11-22". "" means "not set".
// Days compare as text in the order of time.
type Day string

// Handy spans in milliseconds.
const (
	Second  Millis = 1000
	Minute         = 60 * Second
	Hour           = 60 * Minute
	DaySpan        = 24 * Hour
)

// Zone is the shop's zone. China has had no daylight saving since 1991, so a
// fixed offset is exact and needs no zone file (Windows has none).
var Zone = time.FixedZone("CST", 8*3600)

// Of converts a time.Time; the zero time gives 0.
func Of(t time.Time) Millis {
	if t.IsZero() {
		return 0
	}
	return Millis(t.UnixMilli())
}

// At gives the instant of a wall-clock moment in the shop's zone.
func At(year int, month time.Month, day, hour, min, sec int) Millis {
	return Of(time.Date(year, month, day, hour, min, sec, 0, Zone))
}

// Time converts back, in the shop's zone.
func (m Millis) Time() time.Time { return time.UnixMilli(int64(m)).In(Zone) }

// Day is the shop's day that holds the instant; "" when not set.
func (m Millis) Day() Day {
	if m == 0 {
		return ""
	}
	return Day(m.Time().Format("2006-01-02"))
}

// String prints "2026-11-22 10:18:05" in the shop's zone, "" when not set.
func (m Millis) String() string {
	if m == 0 {
		return ""
	}
	return m.Time().Format("2006-01-02 15:04:05")
}

// Minute prints "2026-11-22 10:18" in the shop's zone, "" when not set.
func (m Millis) Minute() string {
	if m == 0 {
		return ""
	}
	return m.Time().Format("2006-01-02 15:04")
}

// ParseDay reads "2026-11-22". Errors: a plain error when it is not a date.
func ParseDay(s string) (Day, error) {
	t, err := time.ParseInLocation("2006-01-02", s, Zone)
	if err != nil {
		return "", fmt.Errorf("when: %q is not a day", s)
	}
	return Of(t).Day(), nil
}

// Start is the first instant of the day; 0 when the day is not set or no date.
func (d Day) Start() Millis {
	t, err := time.ParseInLocation("2006-01-02", string(d), Zone)
	if err != nil {
		return 0
	}
	return Of(t)
}

// End is the first instant after the day.
func (d Day) End() Millis { return d.Add(1).Start() }

// Add moves by whole days.
func (d Day) Add(days int) Day { return (d.Start() + Millis(days)*DaySpan).Day() }

// Month prints "2026-11".
func (d Day) Month() string {
	if len(d) < 7 {
		return ""
	}
	return string(d[:7])
}

// Clock tells the time.
type Clock interface{ Now() Millis }

// System is the computer's clock.
type System struct{}

// Now is the present instant.
func (System) Now() Millis { return Of(time.Now()) }

// Fixed is a clock for tests and demo data; Set and Advance move it.
type Fixed struct{ at Millis }

// NewFixed makes a clock that stands at m.
func NewFixed(m Millis) *Fixed { return &Fixed{at: m} }

// Now is the set instant.
func (f *Fixed) Now() Millis { return f.at }

// Set moves the clock to m.
func (f *Fixed) Set(m Millis) { f.at = m }

// Advance moves the clock by d milliseconds.
func (f *Fixed) Advance(d Millis) { f.at += d }

// Stopwatch measures a span for logs and benchmarks.
func Stopwatch() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}
