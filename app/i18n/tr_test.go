package i18n

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

func TestT_ArgumentsAndUnknownKeys_FilledOrMarked(t *testing.T) {
	t.Parallel()
	zh, en := New(Chinese), New(English)
	require.Equal(t, "已导出 a.xlsx", zh.T("common.exported", "file", "a.xlsx"))
	require.Equal(t, "Exported a.xlsx", en.T("common.exported", "file", "a.xlsx"))
	require.Equal(t, "⟦no.such⟧", zh.T("no.such"))
	require.Equal(t, "⟦no.such⟧", zh.N("no.such", 3))
	require.Equal(t, "已导出 {file}", zh.T("common.exported"), "an argument nobody gives stays visible")
	require.Equal(t, "已导出 {x}", zh.T("common.exported", "file", "{x}"), "values are not filled again")
	require.Equal(t, "⟦common.ok⟧", Tr{}.T("common.ok"))
	require.Equal(t, Chinese, New("fr").Lang())
}

func TestN_OneAndMany_EnglishFormsOnly(t *testing.T) {
	t.Parallel()
	require.Equal(t, "1 order", New(English).N("format.orders", 1))
	require.Equal(t, "1,234 orders", New(English).N("format.orders", 1234))
	require.Equal(t, "0 orders", New(English).N("format.orders", 0))
	require.Equal(t, "1 单", New(Chinese).N("format.orders", 1))
	require.Equal(t, "214 单 · 391 件", New(Chinese).Units(214, 391))
	require.Equal(t, "214 orders · 1 unit", New(English).Units(214, 1))
}

func TestFault_KeyArgsFields_OneText(t *testing.T) {
	t.Parallel()
	zh := New(Chinese)
	require.Empty(t, zh.Fault(nil))
	require.Empty(t, zh.Fields(nil))
	require.Contains(t, zh.Fault(errors.New("boom")), "程序出错了")
	require.Equal(t, "超过了上限 500。", zh.Fault(fault.New(fault.Limit, "fault.limit", "limit", 500)))
	require.Equal(t, "没有“发货”的权限。请让运营主管授权。",
		zh.Fault(fault.New(fault.Denied, "fault.auth.denied", "right", "shipping.ship")), "the right is worded")

	err := fault.Wrap(fault.New(fault.Invalid, "fault.invalid").Field("qty", "fault.positive").Field("phone", "fault.required"), "place")
	require.Equal(t, "输入有误，请按提示修改。\n电话：必须填写\n数量：必须大于 0", zh.Fault(err))
	require.Equal(t, map[string]string{"qty": "必须大于 0", "phone": "必须填写"}, zh.Fields(err))
	require.Equal(t, "brandnew", zh.Word("channel", "brandnew"))
}

func TestMoney_TablesAloneTiles_AsLook(t *testing.T) {
	t.Parallel()
	zh := New(Chinese)
	require.Equal(t, "1,234.50", Amount(123450))
	require.Equal(t, "¥1,234.50", zh.Money(123450))
	require.Equal(t, "−¥0.05", zh.Money(-5))
	require.Equal(t, "¥43,192", zh.Tile(4319249))
	require.Equal(t, "¥43,193", zh.Tile(4319250))
	require.Equal(t, "−¥43,193", zh.Tile(-4319250))
	require.Equal(t, "¥0", zh.Tile(-49))
	require.Equal(t, "€1.00", zh.WithCurrency("EUR").Money(100))
	require.Equal(t, "SEK 1.00", zh.WithCurrency("SEK").Money(100))
	require.Equal(t, "金额单位：元", zh.MoneyUnit())
	require.Equal(t, "(GBP)", New(English).WithCurrency("GBP").MoneyUnit())
}

func TestCompact_ThreeDigits_AsLook(t *testing.T) {
	t.Parallel()
	zh, en := New(Chinese), New(English)
	for _, c := range []struct {
		v      float64
		zh, en string
	}{
		{0, "0", "0"},
		{9876, "9,876", "9,876"},
		{43200, "4.32万", "43.2k"},
		{43210, "4.32万", "43.2k"},
		{432100, "43.2万", "432k"},
		{4321000, "432万", "4.32M"},
		{43210000, "4,321万", "43.2M"},
		{128000000, "1.28亿", "128M"},
		{1.28e9, "12.8亿", "1.28B"},
		{-43200, "−4.32万", "−43.2k"},
		{9999.6, "1.00万", "10.0k"},
		{12.5, "12.5", "12.5"},
		{4.2, "4.2", "4.2"},
		{0.25, "0.25", "0.25"},
		{-0.001, "0", "0"},
	} {
		require.Equal(t, c.zh, zh.Compact(c.v), c.v)
		require.Equal(t, c.en, en.Compact(c.v), c.v)
	}
	require.Equal(t, "4.32万", zh.CompactMoney(4320000))
	require.Equal(t, "23.9", zh.InUnit(239000, 271000))
	require.Equal(t, "−0.61", zh.InUnit(-6100, 29800))
	require.Equal(t, "0", zh.InUnit(0, 29800))
	require.Equal(t, "950", en.InUnit(950, 1000))
}

func TestAxis_Steps_OneUnitForAll(t *testing.T) {
	t.Parallel()
	zh, en := New(Chinese), New(English)
	require.Equal(t, []string{"0", "8万", "16万", "24万", "32万"}, zh.Axis([]float64{0, 80000, 160000, 240000, 320000}))
	require.Equal(t, []string{"0", "5k", "10k", "15k"}, en.Axis([]float64{0, 5000, 10000, 15000}))
	require.Equal(t, []string{"−0.5万", "0", "0.5万", "1.0万"}, zh.Axis([]float64{-5000, 0, 5000, 10000}))
	require.Equal(t, []string{"0", "2,000", "4,000"}, zh.Axis([]float64{0, 2000, 4000}))
	require.Equal(t, []string{"0", "0.25", "0.50"}, zh.Axis([]float64{0, 0.25, 0.5}))
	require.Equal(t, []string{"7"}, zh.Axis([]float64{7}))
}

func TestRates_PercentAndPoints_Rounded(t *testing.T) {
	t.Parallel()
	require.Equal(t, "3.2%", Percent(318, 1))
	require.Equal(t, "3.18%", Percent(318, 2))
	require.Equal(t, "−3%", Percent(-318, 0))
	require.Equal(t, "100%", Percent(money.Whole, 0))
	require.Equal(t, "0.31pt", Points(31))
	require.Equal(t, "−1,234", Count(-1234))
	require.Equal(t, "−9,223,372,036,854,775,808", Count(-1<<63))
	require.Equal(t, "1,108 g", Weight(1108))
}

func TestDates_BesideToday_AsLook(t *testing.T) {
	t.Parallel()
	zh, en := New(Chinese), New(English)
	const today = when.Day("2026-04-22")
	require.Equal(t, "04-22", zh.Date(today, today))
	require.Equal(t, "22 Apr", en.Date(today, today))
	require.Equal(t, "2025-04-02", zh.Date("2025-04-02", today))
	require.Equal(t, "2 Apr 2025", en.Date("2025-04-02", today))
	require.Equal(t, "04-22 周三", zh.DateWeek(today, today))
	require.Equal(t, "Wed 22 Apr", en.DateWeek(today, today))
	require.Equal(t, Dash, zh.Date("", today))
	require.Equal(t, Dash, zh.DateWeek("", today))
	require.Equal(t, "4月", zh.Month(today))

	now := when.At(2026, 4, 22, 10, 18, 0)
	require.Equal(t, "10:18", Clock(now))
	require.Equal(t, Dash, Clock(0))
	require.Equal(t, "今天 09:41", zh.Moment(when.At(2026, 4, 22, 9, 41, 0), now))
	require.Equal(t, "昨天 17:30", zh.Moment(when.At(2026, 4, 21, 17, 30, 0), now))
	require.Equal(t, "04-20 17:30", zh.Moment(when.At(2026, 4, 20, 17, 30, 0), now))
	require.Equal(t, Dash, zh.Moment(0, now))
}

func TestSpans_LeftAndOver_HoursAndMinutes(t *testing.T) {
	t.Parallel()
	zh, en := New(Chinese), New(English)
	require.Equal(t, "剩 2:05", zh.Left(125*when.Minute))
	require.Equal(t, "2:05 left", en.Left(125*when.Minute))
	require.Equal(t, "超 0:20", zh.Left(-20*when.Minute))
	require.Equal(t, "25 天", zh.Days(25))
	require.Equal(t, "25 d", en.Days(25))
	require.Equal(t, "−1:00", HM(-when.Hour))
}

func TestMask_People_AsLook(t *testing.T) {
	t.Parallel()
	require.Equal(t, "沈**", MaskName("沈小云"))
	require.Equal(t, "张*", MaskName("张三"))
	require.Equal(t, "张*", MaskName("张*"))
	require.Equal(t, "欧**", MaskName("欧阳小小云"))
	require.Empty(t, MaskName(" "))
	require.Equal(t, "138****4417", MaskPhone("13812344417"))
	require.Equal(t, "138****4417", MaskPhone("138****4417"))
	require.Equal(t, "184****1111-2345", MaskPhone("18400001111-2345"))
	require.Equal(t, "****67", MaskPhone("88234567"))
	require.Equal(t, "****", MaskPhone("110"))
	require.Empty(t, MaskPhone(""))
	require.Equal(t, "浙江 杭州 ****", MaskAddress("浙江省", "杭州市"))
	require.Equal(t, "上海 ****", MaskAddress("上海市", "上海市"))
	require.Equal(t, "广西 南宁 ****", MaskAddress("广西壮族自治区", "南宁市"))
	require.Equal(t, "****", MaskAddress("", ""))
}

func TestNumbers_GroupedAndShortened_AsLook(t *testing.T) {
	t.Parallel()
	require.Equal(t, "3317 2204 5581 9560", Group4("3317220455819560"))
	require.Equal(t, "3317 2204 5581 9560 12", Group4("331722045581956012"))
	require.Equal(t, "SF1234567890123", Group4("SF1234567890123"))
	require.Equal(t, "12345678", Group4("12345678"))
	require.Equal(t, "3317…8842", Short("3317220455818842"))
	require.Equal(t, "A-1", Short("A-1"))
	require.Equal(t, "a · b", Join("a", "", "b"))
}
