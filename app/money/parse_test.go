package money_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/fault"
	"zhanggui/app/money"
)

func TestParse_Amounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]money.Fen{
		"0":                       0,
		"12":                      1200,
		"0.5":                     50,
		".5":                      50,
		"5.":                      500,
		"-3":                      -300,
		"−3.00":                   -300, // U+2212, as we print it ourselves
		"+7.25":                   725,
		"1,234.50":                123_450,
		"-1,000.00":               -100_000,
		"1,234,567":               123_456_700,
		" 99.01 ":                 9901,
		"1.500":                   150,
		"0.30000000000000004":     30, // a spreadsheet's 0.1+0.2
		"19.989999999999998":      1999,
		"0.99999999":              100,
		"100000000000.00":         money.Max,
		"-100000000000":           -money.Max,
		"00000000000012.34":       1234,
		"1902487.15":              190_248_715,
		"2,995,760.6099999998":    299_576_061,
		"0.010000000000000000208": 1,
	} {
		got, err := money.Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestParse_NotAnAmount_Refused(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"":                         "fault.money.not_amount",
		"-":                        "fault.money.not_amount",
		".":                        "fault.money.not_amount",
		"abc":                      "fault.money.not_amount",
		"12,34":                    "fault.money.not_amount",
		",123":                     "fault.money.not_amount",
		"1234,567":                 "fault.money.not_amount",
		"1,23a":                    "fault.money.not_amount",
		"1.2.3":                    "fault.money.not_amount",
		"--3":                      "fault.money.not_amount",
		"1.2万":                     "fault.money.not_amount",
		"1.23457E+18":              "fault.money.not_amount",
		"NaN":                      "fault.money.not_amount",
		"Inf":                      "fault.money.not_amount",
		"１２３":                      "fault.money.not_amount",
		"1.005":                    "fault.money.decimals",
		"0.001":                    "fault.money.decimals",
		"12.3456":                  "fault.money.decimals",
		"100000000000.01":          "fault.money.too_large",
		"999999999999999":          "fault.money.too_large",
		strings.Repeat("9", 4_000): "fault.money.too_large",
	} {
		_, err := money.Parse(text)
		require.Equal(t, key, fault.Key(err), text)
	}
}

func TestParse_ReadsWhatIsPrinted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := money.Fen(rapid.Int64Range(-int64(money.Max), int64(money.Max)).Draw(t, "fen"))

		plain, err := money.Parse(fen.String())
		require.NoError(t, err)
		grouped, err := money.Parse(fen.Grouped())
		require.NoError(t, err)

		require.Equal(t, fen, plain)
		require.Equal(t, fen, grouped)
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1,234.50", "-0", "0.30000000000000004", "−3", "+.99999999", "9e9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fen, err := money.Parse(s)
		if err != nil {
			require.Contains(t, []fault.Code{fault.Invalid, fault.Limit}, fault.From(err).Code)
			return
		}
		again, err := money.Parse(fen.String())
		require.NoError(t, err)
		require.Equal(t, fen, again)
	})
}
