package value_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
)

func text(s string) sheet.Cell { return sheet.Cell{Text: s} }
func num(s string) sheet.Cell  { return sheet.Cell{Text: s, Num: true} }

func TestID_GuardsComeOff(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"35153131470000001":            "35153131470000001",
		`="35153131470000001"`:         "35153131470000001",
		`=""`:                          "",
		"'1112397625990474":            "1112397625990474", // CASES B2.10
		"`3310761902812009459 ":        "3310761902812009459",
		"\t9001":                       "9001",
		"4200001234202605011234567\t":  "4200001234202605011234567",
		"\t'6920000000001\t":           "6920000000001",
		"`\t\"8801\"":                  "8801",
		"10160070484512.0":             "10160070484512", // CASES B2.8
		"512.000":                      "512",
		"260517-607198974342268":       "260517-607198974342268",
		"P800347296683184211":          "P800347296683184211",
		"１２３４５":                        "12345",
		"ＡＢ－１２":                        "AB-12",
		"SKU\u200b-1\u202e":            "SKU-1",
		"\ufeffSKU-1":                  "SKU-1",
		"RED  XL":                      "RED XL",
		"12E5":                         "12E5",
		"1E10":                         "1E10",
		"V1.0":                         "V1.0",
		"1.5":                          "1.5",
		"①":                            "①",
		"Ame\u0301lie":                 "Amélie",
		"":                             "",
		" - ":                          "",
		"--":                           "",
		"——":                           "",
		"/":                            "",
		"0":                            "0",
		"007":                          "007",
		"𠮷野家-1":                        "𠮷野家-1",
		"4012345678901234567":          "4012345678901234567",
		"00000000000000000000000001.0": "00000000000000000000000001",
	} {
		got, err := value.ID(text(in))
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
}

func TestID_Stored_DigitsOfTheNumber(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"10160070484512":        "10160070484512",
		"10160070484512.0":      "10160070484512",
		"1.01E+13":              "10100000000000", // a stored number below 10^15 is exact
		"999999999999999":       "999999999999999",
		"13800000000":           "13800000000",
		"0.10000000000000001":   "0.1",
		"-5":                    "-5",
		"1.380013800000000E+10": "13800138000",
	} {
		got, err := value.ID(num(in))
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
}

func TestID_LostDigits_Refused(t *testing.T) {
	t.Parallel()
	cells := []sheet.Cell{
		text("1.01E+13"), text("4.01235E+18"), text("4.012345678901235e+18"), text("1E+15"), text("1,01E+13"),
		text("4012345678901234688.0"), text("1000000000000000.0"), text(`="1.23457E+18"`), text("'1.23457E+18"),
		num("1E+15"), num("4012345678901234567"), num("4.01234567890123E+18"), num("1000000000000000"), num("-4.01234567890123E+18"),
	}
	for _, c := range cells {
		got, err := value.ID(c)
		require.Equal(t, "fault.value.precision_lost", fault.Key(err), c.Text)
		require.True(t, fault.Is(err, fault.Invalid))
		require.Empty(t, got)
		require.NotEmpty(t, fault.From(err).Args["value"])
	}
}

func TestCell_WithoutValue_Refused(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]sheet.Cell{
		"fault.value.no_value":    {NoValue: true},
		"fault.value.excel_error": {Text: "#REF!"},
	} {
		_, err := value.ID(c)
		require.Equal(t, want, fault.Key(err))
		_, err = value.IDs(c)
		require.Equal(t, want, fault.Key(err))
		_, err = value.Amount(c)
		require.Equal(t, want, fault.Key(err))
		_, _, err = value.Quantity(c)
		require.Equal(t, want, fault.Key(err))
		_, _, err = value.Percent(c)
		require.Equal(t, want, fault.Key(err))
		_, _, err = value.Time(c, false)
		require.Equal(t, want, fault.Key(err))
		_, _, err = value.Days(c, false)
		require.Equal(t, want, fault.Key(err))
		_, err = value.Phone(c)
		require.Equal(t, want, fault.Key(err))
	}
}

func TestFault_LongText_Shortened(t *testing.T) {
	t.Parallel()
	_, err := value.Amount(text(strings.Repeat("货", 5000)))
	require.Equal(t, "fault.value.not_amount", fault.Key(err))
	require.Equal(t, strings.Repeat("货", 60)+"…", fault.From(err).Args["value"])
}

func TestIDs_SeveralInOneCell(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"\t6920000000000000001,\t6920000000000000002": {"6920000000000000001", "6920000000000000002"},
		"SF1000000000001，SF1000000000002":             {"SF1000000000001", "SF1000000000002"},
		`@="7300 0000 0000 01"`:                       {"73000000000001"},
		"A1;B2|C3、D4\nE5":                             {"A1", "B2", "C3", "D4", "E5"},
		"75800000000001.0":                            {"75800000000001"},
		"":                                            nil,
		" - ":                                         nil,
	} {
		got, err := value.IDs(text(in))
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}

	got, err := value.IDs(num("75800000000001"))
	require.NoError(t, err)
	require.Equal(t, []string{"75800000000001"}, got)

	_, err = value.IDs(text("A1,7.58E+13"))
	require.Equal(t, "fault.value.precision_lost", fault.Key(err))
}

func TestRounded(t *testing.T) {
	t.Parallel()
	require.True(t, value.Rounded("4012345678901230000"))
	require.True(t, value.Rounded("35153131470000000"))
	require.False(t, value.Rounded("4012345678901234567"))
	require.False(t, value.Rounded("1234567890123400"), "sixteen digits end in one zero too often")
	require.False(t, value.Rounded("P800347296683180000"))
}

func TestPhone(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"'13800000000":        "13800000000",
		"138 0000 0000":       "13800000000",
		"138-0000-0000":       "13800000000",
		"+86 13800000000":     "13800000000",
		"+86-138-0000-0000":   "13800000000",
		"8613800000000":       "13800000000",
		"86-13800000000":      "13800000000",
		"008613800000000":     "13800000000",
		"１３８００００００００":         "13800000000",
		"138****0000":         "138****0000",
		"186******05":         "186******05",
		"18412345678-1234":    "18412345678-1234",
		"18412345678转1234":    "18412345678-1234",
		"184-1234-5678-1234":  "18412345678-1234",
		"021-12345678":        "021-12345678",
		"(021)12345678":       "021-12345678",
		"010-12345678转801":    "010-12345678-801",
		"4008000000":          "4008000000",
		"\t13800000000\u202c": "13800000000",
		"":                    "",
		"-":                   "",
		"+12125550100":        "+12125550100",
	} {
		got, err := value.Phone(text(in))
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}

	got, err := value.Phone(num("1.38E+10"))
	require.NoError(t, err)
	require.Equal(t, "13800000000", got)

	for _, in := range []string{"有事打电话", "123", "138000000001380000000013800000000"} {
		_, err := value.Phone(text(in))
		require.Equal(t, "fault.value.not_phone", fault.Key(err), in)
	}
}
