package value_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// known tells that an error is one of this package's, never the program's.
func known(t *testing.T, err error) {
	t.Helper()
	require.True(t, strings.HasPrefix(fault.Key(err), "fault.value."), "%v", err)
	require.Contains(t, []fault.Code{fault.Invalid, fault.Limit}, fault.From(err).Code)
}

func FuzzAmount(f *testing.F) {
	for _, s := range []string{"¥1,234.50", "598.00元", "(12.00)", "131.77(已退款89.84)", "61.90(已全额退款)", "１２３", "1.2万", "无退款申请", "-", "0.30000000000000004", "9.2e18", "NaN", "-¥1亿", "1E+2"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, num bool) {
		got, err := value.Amount(sheet.Cell{Text: s, Num: num})
		if err != nil {
			known(t, err)
			require.Equal(t, value.Sum{}, got)
			return
		}
		require.LessOrEqual(t, got.Fen, money.Max)
		require.GreaterOrEqual(t, got.Fen, -money.Max)
		if got.Refunded != 0 && got.Fen > 0 {
			require.LessOrEqual(t, got.Refunded, got.Fen)
		}
		if !got.Present {
			require.Zero(t, got)
			return
		}
		back, err := value.Amount(sheet.Cell{Text: got.Fen.String()})
		require.NoError(t, err)
		require.Equal(t, got.Fen, back.Fen, "what is printed reads the same")
	})
}

func FuzzTime(f *testing.F) {
	for _, s := range []string{
		"2017-07-08 00:42:32", "2020/2/21 0:00", "2026年05月01日 00:00:00", "20260601", "46023.5", "2026-08-24 13:18:58 +0200", "09/03/26", "Sep-27-26",
		"2025-06-08T01:02:03+00:00", "Jun 8, 2025 10:23:05 PM PDT", "2024-02-30", "上午", "20260601~20260630", "2026-07", "2026-07-01 - 2026-07-31",
	} {
		f.Add(s, false, false)
		f.Add(s, true, true)
	}
	f.Fuzz(func(t *testing.T, s string, num, date1904 bool) {
		c := sheet.Cell{Text: s, Num: num}
		at, ok, err := value.Time(c, date1904)
		if err != nil {
			known(t, err)
			require.False(t, ok)
		} else if ok {
			require.Greater(t, at, when.At(1899, 12, 31, 0, 0, 0))
			require.Less(t, at, when.At(2101, 1, 2, 0, 0, 0))
			again, _, err := value.Time(sheet.Cell{Text: at.String()}, false)
			require.NoError(t, err)
			require.Equal(t, at-(at%1000+1000)%1000, again, "what is printed reads the same")
		}
		span, ok, err := value.Days(c, date1904)
		if err != nil {
			known(t, err)
		} else if ok {
			require.NotEmpty(t, span.From)
			require.LessOrEqual(t, span.From, span.To)
		}
	})
}

func FuzzID(f *testing.F) {
	for _, s := range []string{`="3515"`, "'139", "\t9001", "`331", "1.01E+13", "512.0", "4012345678901234688.0", "A\u200bB", "ＡＢ", "#N/A", "a,b;c", "138-0000-0000转12"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, num bool) {
		if !utf8.ValidString(s) {
			return // the reader gives valid text only
		}
		c := sheet.Cell{Text: s, Num: num}
		id, err := value.ID(c)
		if err != nil {
			known(t, err)
			require.Empty(t, id)
		} else {
			again, err := value.ID(sheet.Cell{Text: id})
			require.NoError(t, err)
			require.Equal(t, id, again, "a clean identifier stays as it is")
		}
		for _, read := range []func() error{
			func() error { _, err := value.IDs(c); return err },
			func() error { _, err := value.Phone(c); return err },
			func() error { _, _, err := value.Quantity(c); return err },
			func() error { _, _, err := value.Percent(c); return err },
		} {
			if err := read(); err != nil {
				known(t, err)
			}
		}
		text := value.Text(c)
		require.Equal(t, text, value.Text(sheet.Cell{Text: text}), "clean words stay as they are")
		key := value.HeaderKey(s)
		require.Equal(t, key, value.HeaderKey(key))
	})
}
