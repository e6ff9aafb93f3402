package value_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
	"zhanggui/app/when"
)

func TestTime_Forms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2017-07-08 00:42:32":           "2017-07-08 00:42:32",
		"2017-07-08 00:42:32\t":         "2017-07-08 00:42:32",
		"`2026-05-01 10:00:00":          "2026-05-01 10:00:00",
		"2020/2/21 0:00":                "2020-02-21 00:00:00",
		"2025/1/3 9:05":                 "2025-01-03 09:05:00", // rules.md §5.13.3
		"2025/1/3 9:05\t":               "2025-01-03 09:05:00",
		"2025-01-03T09:05:00+08:00":     "2025-01-03 09:05:00",
		"2025-01-03T09:05:00Z":          "2025-01-03 17:05:00",
		"2025-01-03T09:05:00.123+08:00": "2025-01-03 09:05:00",
		"2025-06-08T01:02:03+00:00":     "2025-06-08 09:02:03",
		"2026-08-24 13:18:58 +0200":     "2026-08-24 19:18:58",
		"2026-08-24 13:18:58 -0530":     "2026-08-25 02:48:58",
		"2026-08-24 13:18:58+08":        "2026-08-24 13:18:58",
		"2026年05月01日 00:00:00":          "2026-05-01 00:00:00",
		"2026年5月1日10:30":                "2026-05-01 10:30:00",
		"2026年5月1日 10时05分30秒":           "2026-05-01 10:05:30",
		"2026年5月1日 10点":                 "2026-05-01 10:00:00",
		"2024年5月12日":                    "2024-05-12 00:00:00",
		"2026.5.1":                      "2026-05-01 00:00:00",
		"2026-05-01":                    "2026-05-01 00:00:00",
		"２０２６－０５－０１　１０：００":              "2026-05-01 10:00:00",
		"20260723":                      "2026-07-23 00:00:00", // CASES B7.2
		"20260723101530":                "2026-07-23 10:15:30",
		"20260723 10:15:30":             "2026-07-23 10:15:30",
		"202607231015":                  "2026-07-23 10:15:00",
		"2025/1/3 下午 3:05":              "2025-01-03 15:05:00",
		"2025/1/3 上午9:05:06":            "2025-01-03 09:05:06",
		"2025/1/3 9:05:06 PM":           "2025-01-03 21:05:06",
		"2025/1/3 12:05 AM":             "2025-01-03 00:05:00",
		"09/03/26":                      "2026-09-03 00:00:00", // Etsy: month first
		"10/03/2026":                    "2026-10-03 00:00:00",
		"08/14/25":                      "2025-08-14 00:00:00",
		"Sep-27-26":                     "2026-09-27 00:00:00",
		"Jun 8, 2025 10:23:05 PM PDT":   "2025-06-09 13:23:05",
		"Jun 8, 2025":                   "2025-06-08 00:00:00",
		"8 Jun 2025 22:23:05 GMT+8":     "2025-06-08 22:23:05",
		"8 Jun 2025 22:23:05 UTC":       "2025-06-09 06:23:05",
		"27-Sept-2026":                  "2026-09-27 00:00:00",
		"2024-02-29":                    "2024-02-29 00:00:00",
		"46023":                         "2026-01-01 00:00:00",
		"46023.5":                       "2026-01-01 12:00:00",
		"1965-03-04":                    "1965-03-04 00:00:00",
	} {
		got, ok, err := value.Time(text(in), false)
		require.NoError(t, err, in)
		require.True(t, ok, in)
		require.Equal(t, want, got.String(), in)
	}
}

func TestTime_Fraction_Kept(t *testing.T) {
	t.Parallel()
	got, _, err := value.Time(text("2025-01-03 09:05:00.5"), false)
	require.NoError(t, err)
	require.Equal(t, when.At(2025, 1, 3, 9, 5, 0)+500, got)
}

func TestTime_Serial(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"46023":              "2026-01-01 00:00:00", // TECH C
		"46023.5":            "2026-01-01 12:00:00",
		"45660.378472222219": "2025-01-03 09:05:00",
		"45660.378472222":    "2025-01-03 09:05:00",
		"45657.999999999":    "2025-01-01 00:00:00",
		"4.6023E+4":          "2026-01-01 00:00:00",
		"20260723":           "2026-07-23 00:00:00",
		"25569":              "1970-01-01 00:00:00",
	} {
		got, ok, err := value.Time(num(in), false)
		require.NoError(t, err, in)
		require.True(t, ok)
		require.Equal(t, want, got.String(), in)
	}
	got, ok, err := value.Time(num("44561.5"), true)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "2026-01-01 12:00:00", got.String())
}

func TestTime_None(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "-", "--", "——", "\t", "/", "0000-00-00 00:00:00", "1970-01-01 08:00:00", "0001-01-01 00:00:00"} {
		got, ok, err := value.Time(text(in), false)
		require.NoError(t, err, in)
		require.False(t, ok, in)
		require.Zero(t, got)
	}
}

func TestTime_Refused(t *testing.T) {
	t.Parallel()
	for want, cells := range map[string][]sheet.Cell{
		"no_such_day": {
			text("2024-02-30"), text("2023-02-29 10:00"), text("2026-13-04"), text("2026-00-10"), text("2026-04-31"), text("2026-05-01 25:00"),
			text("2026-05-01 24:00:00"), text("2026-05-01 10:60"), text("20260230"), text("13/04/2026"), text("1826-05-01"), text("2999-01-01"),
			num("20261301"),
		},
		"not_time": {
			text("昨天"), text("12"), text("1.5"), text("2026"), text("2026-05"), text("2026-05-01 at ten"), text("2026-05-01 10"),
			text("2026-05-01 10:5"), text("2026/05-01"), text("Foo 8, 2025"), text("Jun 8 10:23"), text("2025-06-08 10:00:00 CST"),
			text("2025-06-08 +0800"), text("35153131470000001"), text("1767225600000"), text("2025/1/3 上午 15:05"), text("20260701~20260731"),
			num("598"), num("9999"), num("1E+9"), num("NaN"), num("-46023"), text("99999"), text("2025-01-03 09:05:00+99:00"),
		},
	} {
		for _, c := range cells {
			got, ok, err := value.Time(c, false)
			require.Equal(t, "fault.value."+want, fault.Key(err), c.Text)
			require.False(t, ok)
			require.Zero(t, got)
		}
	}
}

func TestDay_NearMidnight_ShopsZone(t *testing.T) {
	t.Parallel()
	d, ok, err := value.Day(text("2026-06-30T16:30:00Z"), false)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, when.Day("2026-07-01"), d)
}

func TestDays(t *testing.T) {
	t.Parallel()
	july := value.Range{From: "2026-07-01", To: "2026-07-31"}
	for in, want := range map[string]value.Range{
		"20260723":                                {From: "2026-07-23", To: "2026-07-23"}, // CASES B7.2
		"2026-07-23":                              {From: "2026-07-23", To: "2026-07-23"},
		"20260701~20260731":                       july,
		"20260701至20260731":                       july,
		"20260701～20260731":                       july,
		"20260701-20260731":                       july,
		"2026-07-01 ~ 2026-07-31":                 july,
		"2026-07-01 - 2026-07-31":                 july,
		"2026-07-01-2026-07-31":                   july,
		"2026-07-01 至 2026-07-31":                 july,
		"2026-07-01--2026-07-31":                  july,
		"2026/7/1-2026/7/31":                      july,
		"2026.07.01-2026.07.31":                   july,
		"2026年7月1日至2026年7月31日":                    july,
		"2026-07-01 00:00:00~2026-07-31 23:59:59": july,
		"2026-07":                                 july,
		"2026/7":                                  july,
		"2026年7月":                                 july,
		"2026-12":                                 {From: "2026-12-01", To: "2026-12-31"},
		"2024年2月":                                 {From: "2024-02-01", To: "2024-02-29"},
		"2026-06-20 11:00 - 2026-06-20 12:00":     {From: "2026-06-20", To: "2026-06-20"},
	} {
		got, ok, err := value.Days(text(in), false)
		require.NoError(t, err, in)
		require.True(t, ok, in)
		require.Equal(t, want, got, in)
	}

	got, ok, err := value.Days(num("20260723"), false)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, value.Range{From: "2026-07-23", To: "2026-07-23"}, got)

	_, ok, err = value.Days(text("-"), false)
	require.NoError(t, err)
	require.False(t, ok)
	for in, want := range map[string]string{
		"20260731~20260701": "range_order",
		"20260701~":         "not_time",
		"~20260701":         "not_time",
		"20260701~20260732": "no_such_day",
		"20260732~20260701": "no_such_day",
		"全部":                "not_time",
		"2026-13":           "not_time",
	} {
		_, ok, err := value.Days(text(in), false)
		require.Equal(t, "fault.value."+want, fault.Key(err), in)
		require.False(t, ok)
	}
}
