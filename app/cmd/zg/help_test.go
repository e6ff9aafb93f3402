package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHelp_EveryCommand_SaidInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "zh-CN"} {
		d := newDesk(t)
		all := d.ok("help", "--lang", lang).out
		for _, c := range commands() {
			require.Contains(t, all, "  "+c.name)
			one := d.ok("help", c.name, "--lang", lang).out
			require.Contains(t, one, "zg "+c.name)
			require.Contains(t, one, c.usage)
			if c.name != "help" { // zg help --help shows all commands
				require.Equal(t, one, d.ok(c.name, "--help", "--lang", lang).out)
			}
			require.Contains(t, d.ok("-h", c.name, "--lang", lang).out, "zg "+c.name)
		}
		require.Equal(t, all, d.ok("--help", "--lang", lang).out)
	}
}

// TestLanguage_FlagThenLANGThenChinese is the order in which it is chosen.
func TestLanguage_FlagThenLANGThenChinese(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for lang, english := range map[string]bool{"en_GB.UTF-8": true, "zh_CN.UTF-8": false, "C": false, "": false, "fr_FR": false} {
		d.lang = lang
		require.Equal(t, english, d.ok("help").out == d.ok("help", "--lang", "en").out, lang)
		require.Equal(t, d.ok("help", "--lang", "zh-CN").out, d.ok("--lang=zh-CN", "help").out)
	}
}

// TestVersion_AsThePackageSays: FyneApp.toml is what packages are named after.
func TestVersion_AsThePackageSays(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../FyneApp.toml")
	require.NoError(t, err)
	require.Contains(t, string(data), `Version = "`+version+`"`)
	require.Contains(t, newDesk(t).ok("version").out, version)
}

func TestTable_Columns_StandUnderEachOther(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"茶杯  12  x", "tea    1  y"}, align([][]string{{"茶杯", "12", "x"}, {"tea", "1", "y"}}, []bool{false, true}))
	require.Equal(t, "茶…", cut("茶杯茶杯", 4))
	require.Equal(t, "", cut("茶", 1))
	require.Equal(t, 3, width("a茶\u200b"))
	require.Equal(t, "a b", plain("a\nb"))
}
