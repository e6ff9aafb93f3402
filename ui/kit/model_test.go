package kit

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/theme"
)

func TestViewport_MillionRows_IsExact(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{0, 1, 24, 25, 26, 10_000, 600_000, 1_000_000} {
		v := viewport{row: 28}
		v.resize(rows, 25*28)

		for _, row := range []int{0, rows / 3, rows / 2, rows - 26, rows - 2, rows - 1} {
			if row < 0 || row >= rows {
				continue
			}
			v.reveal(row)
			require.GreaterOrEqual(t, v.top(row), 0, "rows %d row %d", rows, row)
			require.LessOrEqual(t, v.top(row)+28, 25*28, "rows %d row %d", rows, row)
			require.Equal(t, row, v.rowAt(v.top(row)))
			require.Equal(t, row, v.rowAt(v.top(row)+27))
		}
		v.scrollTo(v.content())
		require.Equal(t, rows, v.end())
		if rows > 25 {
			require.Equal(t, 25*28, v.top(rows-1)+28, "the last row ends at the bottom")
			require.Equal(t, rows-25, v.first())
		}
	}
}

func TestViewport_Thumb_ReachesBothEnds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := viewport{row: rapid.IntRange(20, 60).Draw(t, "row")}
		v.resize(rapid.IntRange(0, 1_000_000).Draw(t, "rows"), rapid.IntRange(0, 2000).Draw(t, "height"))
		track := rapid.IntRange(30, 2000).Draw(t, "track")

		_, length, shown := v.thumb(track)
		if !shown {
			require.LessOrEqual(t, v.content(), max(v.height, v.content()*0+v.height))
			return
		}
		v.drag(0, track)
		require.Equal(t, 0, v.offset)
		v.drag(track, track)
		if track > length {
			require.Equal(t, v.max(), v.offset)
		}
		at := rapid.IntRange(0, track).Draw(t, "at")
		v.drag(at, track)
		pos, _, _ := v.thumb(track)
		require.GreaterOrEqual(t, pos, 0)
		require.LessOrEqual(t, pos+length, track)
		if v.max() > track-length && track > length { // fine enough to come back to the same pixel
			require.InDelta(t, min(at, track-length), pos, 1)
		}
	})
}

func TestViewport_Page_MovesByWhatIsSeen(t *testing.T) {
	t.Parallel()
	v := viewport{row: 28}
	v.resize(100, 280)
	require.Equal(t, 9, v.page())
	require.Equal(t, -1, v.rowAt(-1))
	require.Equal(t, -1, v.rowAt(280))
	v.resize(3, 280)
	require.Equal(t, -1, v.rowAt(3*28), "below the last row is no row")
	require.Equal(t, 0, v.max())
}

func TestSelection_AllButSome_CountsExactly(t *testing.T) {
	t.Parallel()
	s := newSelection()
	require.Equal(t, Unchecked, s.state(214))

	s.set("a", true)
	s.toggle("b")
	require.Equal(t, 2, s.count(214))
	require.Equal(t, Partly, s.state(214))
	require.Equal(t, []string{"a", "b"}, s.list())

	s.selectAll()
	require.Equal(t, 214, s.count(214))
	require.Equal(t, Checked, s.state(214))
	s.toggle("a")
	require.False(t, s.has("a"))
	require.True(t, s.has("anything"))
	require.Equal(t, 213, s.count(214))
	require.Equal(t, []string{"a"}, s.list(), "the exceptions")
	s.set("a", true)
	require.Equal(t, Checked, s.state(214))

	s.clear()
	require.True(t, s.empty(214))
	require.False(t, s.has("b"))
}

func TestSelection_Copy_IsIndependent(t *testing.T) {
	t.Parallel()
	s := newSelection()
	s.set("a", true)

	c := s.copy()
	s.set("b", true)

	require.False(t, c.has("b"))
	require.True(t, c.has("a"))
}

func TestColumns_Layout(t *testing.T) {
	t.Parallel()
	heads := []Head{
		{Key: "due", Width: 150}, {Key: "goods", Width: 200, Min: 100, Flex: true}, {Key: "note", Width: 120, Muted: true}, {Key: "paid", Width: 80},
	}
	keys := func(spans []span) string {
		var s []string
		for _, sp := range spans {
			s = append(s, fmt.Sprint(heads[sp.col].Key, sp.w))
		}
		return strings.Join(s, " ")
	}
	tests := []struct {
		name   string
		width  int
		widths map[string]int
		want   string
		total  int
	}{
		{"room left goes to the flexible column", 1000, nil, "due150 goods612 note120 paid80", 1000},
		{"the flexible column shrinks first", 500, nil, "due150 goods112 note120 paid80", 500},
		{"then muted columns go", 400, nil, "due150 goods132 paid80", 400},
		{"then it scrolls sideways", 300, nil, "due150 goods100 paid80", 368},
		{"a dragged width stays", 1000, map[string]int{"due": 300}, "due300 goods462 note120 paid80", 1000},
		{"no column below its least width", 1000, map[string]int{"paid": 3}, "due150 goods656 note120 paid36", 1000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			spans, total := layoutColumns(heads, tt.widths, checkWidth, tt.width)
			require.Equal(t, tt.want, keys(spans))
			require.Equal(t, tt.total, total)
			require.Equal(t, checkWidth, spans[0].x)
		})
	}
}

func TestColumns_Widths_AreRemembered(t *testing.T) {
	t.Parallel()
	heads := []Head{{Key: "due"}, {Key: "goods"}}
	packed := packWidths(heads, map[string]int{"goods": 210, "due": 96, "gone": 5})
	require.Equal(t, "due=96 goods=210", packed)
	require.Equal(t, map[string]int{"due": 96, "goods": 210}, unpackWidths(packed))
	require.Empty(t, unpackWidths("due=x goods =5 =3 due=-4 huge=99999"))
}

func TestEvalMoney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want money.Fen
	}{
		{"12*3+5", 4100},
		{"1,234.50", 123450},
		{"¥9.9", 990},
		{"-5", -500},
		{"(9.9+2)*3", 3570},
		{"100-20%", 8000},
		{"200*5%", 1000},
		{"10/3", 333},
		{"10/3*3", 1000},
		{"20/3", 667},
		{"-10/3", -333},
		{"10/-4", -250},
		{"1.005*100", 10050},
		{"１２×３＋５", 4100},
		{"2*(3+4)-1", 1300},
		{"--5+1", 600},
		{"99999999", 9999999900},
		{"0.5+.5", 100},
		{" 7 + 1 ", 800},
		{"3−1", 200},
		{"1000000000", 100000000000},
	}
	for _, tt := range tests {
		got, err := evalMoney(tt.in)
		require.NoError(t, err, tt.in)
		require.Equal(t, tt.want, got, tt.in)
	}
	for _, in := range []string{"", "12*", "abc", "1/0", "(1", "1)", "1..2", "+", "1++", "2*3.1234567", "12 34 *", "5%", strings.Repeat("(", 30) + "1" + strings.Repeat(")", 30) + "+1"} {
		_, err := evalMoney(in)
		require.Error(t, err, in)
	}
	for _, in := range []string{"99999999999*2", "99999999*99999999", "9999999999999999999+1"} {
		_, err := evalMoney(in)
		require.True(t, fault.Is(err, fault.Limit), "%s: %v", in, err)
	}
}

func TestEvalMoney_AnyText_NeverPanics(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("0123456789.+-*/()%, ，。×")), 0, 20, -1).Draw(t, "s")
		v, err := evalMoney(s)
		if err == nil {
			require.LessOrEqual(t, v, money.Max)
		}
	})
}

func TestEvalQty(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{"12": 12, "3*12": 36, "100/4": 25, "７": 7, "1,200": 1200, "-3": -3} {
		got, err := evalQty(in)
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
	_, err := evalQty("10/4")
	require.Equal(t, "fault.kit.not_whole", fault.Key(err))
	_, err = evalQty("ab")
	require.Equal(t, "fault.kit.expression", fault.Key(err))
}

func TestParseDay(t *testing.T) {
	t.Parallel()
	const today when.Day = "2026-04-23"
	tests := map[string]when.Day{
		"": "", ".": today, "t": today, "0517": "2026-05-17", "5-17": "2026-05-17", "5/17": "2026-05-17", "5.17": "2026-05-17", "5月17日": "2026-05-17",
		"17": "2026-04-17", "20250517": "2025-05-17", "2025-05-17": "2025-05-17", "2025/5/7": "2025-05-07", "+3": "2026-04-26", "-7": "2026-04-16",
		"m": "2026-04-30", "m+1": "2026-05-31", "m-2": "2026-02-28", "m-12": "2025-04-30", "m+22": "2028-02-29", "＋３": "2026-04-26", "M": "2026-04-30", "+0": today,
	}
	for in, want := range tests {
		got, err := ParseDay(in, today)
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
	for _, in := range []string{"1345", "2026-13-04", "2026-02-30", "0230", "x", "32", "+x", "+99999999", "m+", "mm", "5-17-26", "123", "12345"} {
		_, err := ParseDay(in, today)
		require.Equal(t, "fault.kit.day", fault.Key(err), in)
	}
}

func TestPresets_GiveRanges_AndAreFoundAgain(t *testing.T) {
	t.Parallel()
	const today when.Day = "2026-03-31"
	want := map[string]string{
		"": "", "today": "2026-03-31..2026-03-31", "yesterday": "2026-03-30..2026-03-30", "last7": "2026-03-25..2026-03-31",
		"last30": "2026-03-02..2026-03-31", "last90": "2026-01-01..2026-03-31", "this_month": "2026-03-01..2026-03-31", "last_month": "2026-02-01..2026-02-28",
	}
	for _, name := range presets {
		from, to := presetDays(name, today)
		require.Equal(t, want[name], packDays(from, to), name)
		require.Equal(t, name, presetOf(from, to, today), name)
	}
	require.Equal(t, presetOwn, presetOf("2026-01-01", "", today))
}

func TestValues_AreCopies(t *testing.T) {
	t.Parallel()
	v := NewValues("buyer", "沈", "channel", "jd,pdd", "paid", "2026-04-01..", "sum", "10.00..99.5")
	w := v.With("buyer", "").With("x", "1")
	require.Equal(t, "沈", v.Text("buyer"))
	require.Equal(t, "", w.Text("buyer"))
	require.Equal(t, []string{"jd", "pdd"}, v.List("channel"))
	require.Nil(t, v.List("none"))
	from, to := v.Days("paid")
	require.Equal(t, when.Day("2026-04-01"), from)
	require.Equal(t, when.Day(""), to)
	a, z, hasA, hasZ := v.Amounts("sum")
	require.Equal(t, []any{money.Fen(1000), money.Fen(9950), true, true}, []any{a, z, hasA, hasZ})
	_, _, hasA, hasZ = v.Amounts("none")
	require.False(t, hasA || hasZ)
	require.Equal(t, []string{"buyer", "channel", "paid", "sum"}, v.Keys())
	require.True(t, Values{}.Empty())
	require.False(t, v.Empty())
}

func TestDeadline_TonesAtTheLimits(t *testing.T) {
	t.Parallel()
	from := when.At(2026, 4, 21, 12, 0, 0)
	d := Deadline{From: from, Target: from + 24*when.Hour, Limit: from + 48*when.Hour}
	tr := i18n.New(i18n.Chinese)
	tests := []struct {
		after when.Millis
		tone  theme.Status
		text  string
		part  int
	}{
		{0, theme.Idle, "24h 剩 24:00", 0},
		{17*when.Hour + 59*when.Minute, theme.Idle, "24h 剩 6:01", 374},
		{18 * when.Hour, theme.Warn, "24h 剩 6:00", 375},
		{24*when.Hour - 1, theme.Warn, "24h 剩 0:00", 499},
		{24 * when.Hour, theme.Alert, "48h 剩 24:00", 500},
		{44*when.Hour - 1, theme.Alert, "48h 剩 4:00", 916},
		{44 * when.Hour, theme.Urgent, "48h 剩 4:00", 916},
		{48*when.Hour - 1, theme.Urgent, "48h 剩 0:00", 999},
		{48 * when.Hour, theme.Blocked, "48h 剩 0:00", 1000},
		{48*when.Hour + 20*when.Minute, theme.Blocked, "48h 超 0:20", 1000},
	}
	for _, tt := range tests {
		s := d.at(from + tt.after)
		require.Equal(t, tt.tone, s.tone, "after %d", tt.after)
		require.Equal(t, tt.part, s.part, "after %d", tt.after)
		require.Equal(t, 500, s.tick)
		require.Equal(t, tt.text, Due(d).plain(tr, from+tt.after))
	}
	d.WarnBefore, d.UrgentBefore = when.Hour, 2*when.Hour
	require.Equal(t, theme.Idle, d.at(from+22*when.Hour).tone)
	require.Equal(t, theme.Alert, d.at(from+45*when.Hour).tone)
	require.Equal(t, Cell{}, Due(Deadline{}))
}

func TestCells_TextAndCopy(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	plain := func(c Cell) string { return c.text + "|" + c.plain(tr, 0) }
	require.Equal(t, "6928…2056|6928441077312056", plain(OrderNo("6928441077312056")))
	require.Equal(t, "12345|12345", plain(OrderNo("12345")))
	require.Equal(t, "6928 4410 7731 2056|6928441077312056", plain(Long("6928441077312056")))
	require.Equal(t, "SF1234567890|SF1234567890", plain(Long("SF1234567890")))
	require.Equal(t, "保温杯|保温杯 +1 种", plain(Text("保温杯").With("+1 种")))
	require.Equal(t, "1,234.50|1,234.50", plain(Amount(123450)))
	require.Equal(t, "−0.05|−0.05", plain(Amount(-5)))
	require.True(t, Amount(0).muted)
	require.Equal(t, "–", AmountOrDash(0).text)
	require.Equal(t, "–", CountOrDash(0).text)
	require.Equal(t, "16,438", CountOrDash(16438).text)
	require.Equal(t, theme.Urgent, OutOfStock.Tone())
	require.Equal(t, []theme.Status{theme.Alert, theme.Warn, theme.OK}, []theme.Status{Critical.Tone(), Low.Tone(), InStock.Tone()})
}

func TestChord_NamesAndBack(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name fyne.KeyName
		mods fyne.KeyModifier
		want Chord
	}{
		{fyne.KeyF9, 0, "F9"},
		{fyne.KeyF9, fyne.KeyModifierShift, "Shift+F9"},
		{fyne.KeyReturn, 0, "Enter"},
		{fyne.KeyEnter, 0, "Enter"},
		{fyne.KeyEscape, 0, "Esc"},
		{fyne.KeyE, fyne.KeyModifierControl, "Ctrl+E"},
		{fyne.Key1, fyne.KeyModifierControl | fyne.KeyModifierShift, "Ctrl+Shift+1"},
		{fyne.KeyPageDown, 0, "PgDn"},
		{fyne.KeyDelete, 0, "Del"},
		{fyne.KeyR, 0, "R"},
		{fyne.KeyE, fyne.KeyModifierSuper, "Ctrl+E"},
		{fyne.KeySpace, 0, "Space"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, MakeChord(tt.name, tt.mods))
		name, _ := splitChord(tt.want)
		if tt.name != fyne.KeyEnter {
			require.Equal(t, tt.name, name, string(tt.want))
		}
	}
	for _, c := range []Chord{"Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A", "Ctrl+Z", "Ctrl+Y", "Ctrl+E", "Ctrl+Shift+1", "Alt+F4"} {
		require.Equal(t, c, ShortcutChord(ShortcutOf(c)))
	}
	require.Nil(t, ShortcutOf("F9"))
	require.Nil(t, ShortcutOf("Shift+F9"), "Shift+key arrives as a typed key")
}

func TestKeys_TopLayerFirst_ModalStops(t *testing.T) {
	t.Parallel()
	k := NewKeys(nil)
	var got []string
	say := func(s string) func() { return func() { got = append(got, s) } }
	shell := k.Push("shell", false)
	shell.On("F1", say("help"))
	shell.On("F9", say("shell"))
	screen := k.Push("screen", false)
	screen.On("F9", say("screen"))
	screen.Try("Esc", func() bool { return false })
	shell.On("Esc", say("shell esc"))

	require.True(t, k.Press("F9"))
	require.True(t, k.Press("F1"))
	require.True(t, k.Press("Esc"), "a declined key goes on to the layer below")
	require.False(t, k.Press("F2"))
	dialog := k.Push("dialog", true)
	dialog.On("Enter", say("ok"))
	require.False(t, k.Press("F9"), "a dialog lets nothing through")
	require.True(t, k.Press("Enter"))
	dialog.Close()
	dialog.Close()
	screen.Off("F9")
	require.True(t, k.Press("F9"))

	require.Equal(t, []string{"screen", "help", "shell esc", "ok", "shell"}, got)
	require.Equal(t, []Chord{"F1", "F9", "Esc"}, shell.Chords())
}

func TestKeys_Modifiers_FollowTheFocusedPart(t *testing.T) {
	t.Parallel()
	k := NewKeys(nil)
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftRight}
	k.Down(shift)
	require.Equal(t, fyne.KeyModifierShift, k.held)
	k.Down(&fyne.KeyEvent{Name: desktop.KeyControlLeft})
	k.Up(shift)
	require.Equal(t, fyne.KeyModifierControl, k.held)
	var none *Keys
	none.Down(shift)
	none.Up(shift)
	require.False(t, none.Press("F9"))
}

func TestCleanCode(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"SF1234567890\r": "SF1234567890", "ｓｆ１２３": "SF123", " cmd-ok ": "CMD-OK", "　": "", "69\t01": "6901", "\ufeff12": "12", "ＣＭＤ－ＯＫ": "CMD-OK",
	} {
		require.Equal(t, want, CleanCode(in), "%q", in)
	}
}

func TestIncident_IsEightReadableLetters(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 50 {
		n := incident()
		require.Regexp(t, "^[ABCDEFGHJKMNPQRSTUVWXYZ]{8}$", n)
		seen[n] = true
	}
	require.Greater(t, len(seen), 45)
}
