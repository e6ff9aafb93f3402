package value

import (
	"strings"
	"time"

	"zhanggui/app/when"
)

// scan reads dates and times piece by piece; every method leaves the place
// after what it read.
type scan struct {
	s string
	i int
}

func (sc *scan) rest() string { return strings.TrimSpace(sc.s[sc.i:]) }

func (sc *scan) blanks() {
	for sc.i < len(sc.s) && sc.s[sc.i] == ' ' {
		sc.i++
	}
}

// take moves over p when it stands here.
func (sc *scan) take(p string) bool {
	if strings.HasPrefix(sc.s[sc.i:], p) {
		sc.i += len(p)
		return true
	}
	return false
}

// number reads at most limit digits and tells how many there were.
func (sc *scan) number(limit int) (n, digits int) {
	for sc.i < len(sc.s) && digits < limit && sc.s[sc.i] >= '0' && sc.s[sc.i] <= '9' {
		n = n*10 + int(sc.s[sc.i]-'0')
		digits++
		sc.i++
	}
	return n, digits
}

// word reads letters.
func (sc *scan) word() string {
	start := sc.i
	for sc.i < len(sc.s) && (sc.s[sc.i]|0x20 >= 'a' && sc.s[sc.i]|0x20 <= 'z') {
		sc.i++
	}
	return sc.s[start:sc.i]
}

// date reads the day: 2026-05-01, 2020/2/21, 2026.5.1, 2026年05月01日,
// 20260501, 08/14/25 (month first, Etsy), Sep-27-26 (eBay), Jun 8, 2025
// (Amazon), 8 Jun 2025.
func (sc *scan) date() (date, bool) {
	if w := sc.word(); w != "" {
		return sc.monthName(w)
	}
	n, digits := sc.number(8)
	switch {
	case digits == 8:
		return date{n / 10000, n / 100 % 100, n % 100}, true
	case digits == 4:
		return sc.yearFirst(n)
	case digits == 1 || digits == 2:
		if sc.take("/") {
			return sc.monthFirst(n)
		}
		return sc.dayFirst(n)
	}
	return date{}, false
}

func (sc *scan) yearFirst(y int) (date, bool) {
	var end string
	switch {
	case sc.take("-"):
		end = "-"
	case sc.take("/"):
		end = "/"
	case sc.take("."):
		end = "."
	case sc.take("年"):
		end = "月"
	default:
		return date{}, false
	}
	sc.blanks()
	m, dm := sc.number(2)
	if !sc.take(end) {
		return date{}, false
	}
	sc.blanks()
	d, dd := sc.number(2)
	if end == "月" && !sc.take("日") {
		sc.take("号")
	}
	return date{y, m, d}, dm > 0 && dd > 0
}

// monthFirst goes on after "08/": Etsy's exports are American.
func (sc *scan) monthFirst(m int) (date, bool) {
	d, dd := sc.number(2)
	if dd == 0 || !sc.take("/") {
		return date{}, false
	}
	y, dy := sc.year()
	return date{y, m, d}, dy
}

func (sc *scan) year() (int, bool) {
	y, n := sc.number(4)
	if n == 2 {
		return 2000 + y, true
	}
	return y, n == 4
}

// monthName goes on after "Sep" of Sep-27-26 or "Jun" of Jun 8, 2025.
func (sc *scan) monthName(w string) (date, bool) {
	m := monthOf(w)
	if m == 0 {
		return date{}, false
	}
	sc.take(".")
	if !sc.take("-") && !sc.take(" ") {
		return date{}, false
	}
	d, dd := sc.number(2)
	if !sc.take("-") && !sc.take(", ") && !sc.take(",") && !sc.take(" ") {
		return date{}, false
	}
	y, dy := sc.year()
	return date{y, m, d}, dd > 0 && dy
}

// dayFirst goes on after "8" of 8 Jun 2025 and 8-Jun-2025.
func (sc *scan) dayFirst(d int) (date, bool) {
	if !sc.take(" ") && !sc.take("-") {
		return date{}, false
	}
	m := monthOf(sc.word())
	sc.take(".")
	if m == 0 || !sc.take(" ") && !sc.take("-") {
		return date{}, false
	}
	y, dy := sc.year()
	return date{y, m, d}, dy
}

func monthOf(w string) int {
	if len(w) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		name := m.String()
		if strings.EqualFold(w, name) || strings.EqualFold(w, name[:3]) || m == time.September && strings.EqualFold(w, "sept") {
			return int(m)
		}
	}
	return 0
}

// clock reads the time of day, when there is one: 9:05, 00:42:32.123,
// T09:05:00, 上午9:05, 10:23:05 PM, 10时05分30秒, 090500 after eight digits.
func (sc *scan) clock() (clock, bool) {
	if sc.rest() == "" {
		return clock{}, true
	}
	if !sc.take("T") {
		sc.blanks()
	}
	half := sc.chineseHalf()
	h, dh := sc.number(6)
	if dh == 4 || dh == 6 {
		return packedClock(h, dh)
	}
	if dh == 0 || dh > 2 {
		return clock{}, false
	}
	c := clock{h: h, set: true}
	if !sc.minutes(&c) {
		return clock{}, false
	}
	sc.fraction(&c)
	if half == "" {
		half = sc.englishHalf()
	}
	return c, applyHalf(&c, half)
}

func packedClock(n, digits int) (clock, bool) {
	if digits == 4 {
		n *= 100
	}
	return clock{h: n / 10000, min: n / 100 % 100, s: n % 100, set: true}, true
}

// minutes reads ":05", ":05:30", "时05分", "时05分30秒".
func (sc *scan) minutes(c *clock) bool {
	chinese := sc.take("时") || sc.take("點") || sc.take("点")
	if !chinese && !sc.take(":") {
		return false
	}
	var n int
	c.min, n = sc.number(2)
	if chinese {
		if n == 0 {
			return true
		}
		if !sc.take("分") {
			return false
		}
		c.s, n = sc.number(2)
		return n == 0 || sc.take("秒")
	}
	if n != 2 {
		return false
	}
	if sc.take(":") {
		c.s, n = sc.number(2)
		return n > 0
	}
	return true
}

// fraction reads parts of a second; what is below a millisecond is dropped.
func (sc *scan) fraction(c *clock) {
	if sc.i+1 >= len(sc.s) || sc.s[sc.i] != '.' || sc.s[sc.i+1] < '0' || sc.s[sc.i+1] > '9' {
		return
	}
	sc.i++
	n, digits := sc.number(3)
	for ; digits < 3; digits++ {
		n *= 10
	}
	c.ms = n
	sc.number(9)
}

func (sc *scan) chineseHalf() string {
	switch {
	case sc.take("上午"), sc.take("凌晨"), sc.take("早上"):
		sc.blanks()
		return "AM"
	case sc.take("下午"), sc.take("晚上"):
		sc.blanks()
		return "PM"
	}
	return ""
}

func (sc *scan) englishHalf() string {
	start := sc.i
	sc.blanks()
	w := strings.ToUpper(sc.word())
	if w == "AM" || w == "PM" {
		return w
	}
	sc.i = start
	return ""
}

// applyHalf turns a twelve-hour time; 下午 15:04 is taken as 15:04.
func applyHalf(c *clock, half string) bool {
	switch {
	case half == "PM" && c.h < 12:
		c.h += 12
	case half == "AM" && c.h == 12:
		c.h = 0
	case half == "AM" && c.h > 12:
		return false
	}
	return true
}

// zones are the names that English exports use. CST is not among them: it is
// China's time to us and Chicago's to Amazon.
var zones = map[string]int{
	"Z": 0, "UTC": 0, "GMT": 0, "BST": 3600, "CET": 3600, "CEST": 7200, "JST": 9 * 3600,
	"EDT": -4 * 3600, "EST": -5 * 3600, "MDT": -6 * 3600, "MST": -7 * 3600, "PDT": -7 * 3600, "PST": -8 * 3600,
}

// zone reads +0200, +08:00, +08, Z, UTC, PDT, GMT+8; without one it is the shop's.
func (sc *scan) zone(allowed bool) (*time.Location, bool) {
	if sc.rest() == "" {
		return when.Zone, true
	}
	if !allowed {
		return nil, false
	}
	sc.blanks()
	base := 0
	if w := strings.ToUpper(sc.word()); w != "" {
		off, ok := zones[w]
		if !ok {
			return nil, false
		}
		base = off
	}
	off, ok := sc.offset()
	if !ok {
		return nil, false
	}
	return time.FixedZone("", base+off), true
}

// offset reads +0200, +02:00 or +2 in seconds; nothing is zero.
func (sc *scan) offset() (int, bool) {
	sign := 1
	switch {
	case sc.take("+"):
	case sc.take("-"):
		sign = -1
	default:
		return 0, true
	}
	h, n := sc.number(2)
	if n == 0 {
		return 0, false
	}
	sc.take(":")
	m, n := sc.number(2)
	if n == 1 || h > 14 || m > 59 {
		return 0, false
	}
	return sign * (h*3600 + m*60), true
}
