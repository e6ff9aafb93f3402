package value_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
	"zhanggui/app/money"
)

func TestAmount_Forms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]value.Sum{
		"201.12":              {Fen: 20112},
		"¥1,234.50":           {Fen: 123450, Currency: "CNY"}, // rules.md §5.13.3
		"￥1,234.50":           {Fen: 123450, Currency: "CNY"},
		"¥ 35.00":             {Fen: 3500, Currency: "CNY"},
		"¥12.90":              {Fen: 1290, Currency: "CNY"},
		"598.00元":             {Fen: 59800, Currency: "CNY"},
		"0元":                  {Currency: "CNY"},
		"-12.5元":              {Fen: -1250, Currency: "CNY"},
		"-¥12.00":             {Fen: -1200, Currency: "CNY"},
		"¥-12.00":             {Fen: -1200, Currency: "CNY"},
		"−12.00":              {Fen: -1200},
		"－12.00":              {Fen: -1200},
		"+12":                 {Fen: 1200},
		"(12.00)":             {Fen: -1200},
		"（12.00）":             {Fen: -1200},
		"(¥1,234.50)":         {Fen: -123450, Currency: "CNY"},
		"131.77(已退款89.84)":    {Fen: 13177, Refunded: 8984},
		"117.20（已退款80.00）":    {Fen: 11720, Refunded: 8000},
		"¥117.20(已退款¥80)":     {Fen: 11720, Refunded: 8000, Currency: "CNY"},
		"61.90(已全额退款)":        {Fen: 6190, Refunded: 6190},
		"468.32(已全额退款)":       {Fen: 46832, Refunded: 46832},
		"１２３．４５":              {Fen: 12345},
		"１，２３４．５０":            {Fen: 123450},
		"1.2万":                {Fen: 1200000},
		"1.2345万元":            {Fen: 1234500, Currency: "CNY"},
		"1,000万":              {Fen: 1000000000},
		"0.5亿":                {Fen: 5000000000},
		"无退款申请":               {},
		"`1299.02":            {Fen: 129902},
		"`7.79000":            {Fen: 779},
		"'12.00":              {Fen: 1200},
		`="12.00"`:            {Fen: 1200},
		"\t49.74 ":            {Fen: 4974},
		"0.1":                 {Fen: 10},
		".5":                  {Fen: 50},
		"0.30000000000000004": {Fen: 30},
		"-1,000.00":           {Fen: -100000}, // CASES B9.6
		"$35.00":              {Fen: 3500, Currency: "USD"},
		"€9.90":               {Fen: 990, Currency: "EUR"},
		"100000000000.00":     {Fen: money.Max},
	} {
		want.Present = true
		got, err := value.Amount(text(in))
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
}

func TestAmount_None(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", " ", "\t", "-", "--", "——", "—", "/", "`-", "　"} {
		got, err := value.Amount(text(in))
		require.NoError(t, err, in)
		require.Equal(t, value.Sum{}, got, "%q", in)
	}
}

func TestAmount_Stored_FloatArtefactsRounded(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]money.Fen{
		"0.30000000000000004":    30,
		"1234567890.1199999":     123456789012, // how Excel writes 1234567890.12
		"19.989999999999998":     1999,
		"-13.800000000000001":    -1380,
		"1.1E-1":                 11,
		"1E+2":                   10000,
		"598":                    59800,
		"0":                      0,
		"33.49":                  3349,
		"1.4210854715202004E-14": 0, // what is left of 0.1+0.2−0.3
	} {
		got, err := value.Amount(num(in))
		require.NoError(t, err, in)
		require.Equal(t, want, got.Fen, in)
		require.True(t, got.Present)
	}
}

func TestAmount_Refused(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"abc":                  "not_amount",
		"4.2%":                 "not_amount",
		"1.234,50":             "not_amount",
		"12,50":                "not_amount",
		"1,23,456":             "not_amount",
		"NaN":                  "not_amount",
		"Inf":                  "not_amount",
		"-Infinity":            "not_amount",
		"--5":                  "not_amount",
		"(-5)":                 "not_amount",
		"¥":                    "not_amount",
		"元":                    "not_amount",
		"万":                    "not_amount",
		"1.2.3万":               "not_amount",
		"1,2万":                 "not_amount",
		"12 34":                "not_amount",
		"12.00(含运费)":           "not_amount",
		"12.00(已退款)":           "not_amount",
		"=1+1":                 "not_amount",
		"2026-05-01":           "not_amount",
		"12.345":               "decimals",
		"0.001元":               "decimals",
		"1.2345678万":           "decimals",
		"10.00(已退款1.234)":      "decimals",
		"9.2e18":               "not_amount",
		"9.2E+18":              "precision_lost",
		"9200000000000000000":  "too_large",
		"92000000000000000000": "too_large",
		"100000000000.01":      "too_large",
		"99999亿":               "too_large",
		"10.00(已退款10.01)":      "refund_over",
		"10.00(已退款-1)":         "refund_over",
	} {
		got, err := value.Amount(text(in))
		require.Equal(t, "fault.value."+want, fault.Key(err), in)
		require.Equal(t, value.Sum{}, got, in)
	}
	for in, want := range map[string]string{
		"9.2E+18": "too_large", "1E+14": "too_large", "12.345": "decimals", "1E-3": "decimals",
		"NaN": "not_amount", "Inf": "not_amount", "1E+999": "not_amount", "": "not_amount",
	} {
		_, err := value.Amount(num(in))
		require.Equal(t, "fault.value."+want, fault.Key(err), in)
	}
}

func TestSum_Net(t *testing.T) {
	t.Parallel()
	got, err := value.Amount(text("131.77(已退款89.84)"))
	require.NoError(t, err)
	require.Equal(t, money.Fen(4193), got.Net())
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]money.BP{"4.2%": 420, "100%": 10000, "-3.25%": -325, "0.00%": 0, "12": 1200, "６％": 600, "1,234.5%": 123450} {
		got, ok, err := value.Percent(text(in))
		require.NoError(t, err, in)
		require.True(t, ok)
		require.Equal(t, want, got, in)
	}
	got, ok, err := value.Percent(num("4.2000000000000003E-2"))
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, money.BP(420), got)

	_, ok, err = value.Percent(text("-"))
	require.NoError(t, err)
	require.False(t, ok)
	for _, c := range []sheet.Cell{text("x%"), text("4.222%"), text("9999999%"), num("NaN"), num("1E9")} {
		_, _, err := value.Percent(c)
		require.Equal(t, "fault.value.not_percent", fault.Key(err), c.Text)
	}
}

func TestQuantity(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{
		"2": 2, "2.0": 2, "2.": 2, "0": 0, "-1": -1, "1,200": 1200, "２": 2, "3件": 3, "\t5\t": 5, "`7": 7, "+4": 4,
		"999999999": 999999999, "000000000012": 12,
	} {
		got, ok, err := value.Quantity(text(in))
		require.NoError(t, err, in)
		require.True(t, ok, in)
		require.Equal(t, want, got, in)
	}
	for in, want := range map[string]int64{"2": 2, "2.0": 2, "1E+3": 1000, "-1": -1, "2.0000000000000004": 2} {
		got, ok, err := value.Quantity(num(in))
		require.NoError(t, err, in)
		require.True(t, ok, in)
		require.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "-", "——"} {
		_, ok, err := value.Quantity(text(in))
		require.NoError(t, err)
		require.False(t, ok)
	}
}

func TestQuantity_Refused(t *testing.T) {
	t.Parallel()
	for want, cells := range map[string][]sheet.Cell{
		"not_quantity": {text("two"), text("1e3"), text("2箱"), text("1,20"), text("NaN"), num("NaN"), num("Inf"), text("--2"), text(".5.")},
		"not_whole":    {text("1.5"), text("0.001"), num("1.5"), num("-0.25")},
		"too_many":     {text("1000000000"), num("1E+9"), text("6920000000001"), num("6.9E+12"), text("99999999999999999999999")},
	} {
		for _, c := range cells {
			_, _, err := value.Quantity(c)
			require.Equal(t, "fault.value."+want, fault.Key(err), c.Text)
		}
	}
}
