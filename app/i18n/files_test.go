package i18n

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/golang/freetype/truetype"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/assets"
)

func embedded(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load(assets.I18n)
	require.NoError(t, err)
	return c
}

func TestFiles_EveryKey_InOneFileOnly(t *testing.T) {
	t.Parallel()
	require.Empty(t, embedded(t).twice, "keys that stand in two files")
}

func TestFiles_BothLanguages_SameKeysAndArguments(t *testing.T) {
	t.Parallel()
	c := embedded(t)
	zh, en := c.texts[Chinese], c.texts[English]
	var wrong []string
	for _, key := range c.Keys(Chinese) {
		other, ok := en[key]
		switch {
		case !ok:
			wrong = append(wrong, key+": no English text")
		case !slices.Equal(arguments(zh[key]), arguments(other)):
			wrong = append(wrong, key+": arguments differ: "+zh[key]+" / "+other)
		}
	}
	for _, key := range c.Keys(English) {
		if _, ok := zh[key]; !ok {
			wrong = append(wrong, key+": no Chinese text")
		}
	}
	require.Empty(t, wrong, strings.Join(wrong, "\n"))
}

var (
	argument = regexp.MustCompile(`\{([^{}]*)\}`)
	argName  = regexp.MustCompile(`^[a-z_0-9]+(:[a-z_]+)?$`)
	keyForm  = regexp.MustCompile(`^[a-z]+(\.[A-Za-z_0-9]+)+$`)
)

// arguments lists the names in a text, each once. The date forms are free: a
// language takes of y, m, d, day and month what it writes.
func arguments(text string) []string {
	seen := map[string]bool{}
	for _, m := range argument.FindAllStringSubmatch(text, -1) {
		name, _, _ := strings.Cut(m[1], ":")
		switch name {
		case "y", "m", "d", "day", "month":
			name = "(date)"
		}
		seen[name] = true
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func TestFiles_EveryText_WellFormed(t *testing.T) {
	t.Parallel()
	c := embedded(t)
	var wrong []string
	for _, lang := range Langs {
		for key, text := range c.texts[lang] {
			if !keyForm.MatchString(key) {
				wrong = append(wrong, key+": not of the form area.thing")
			}
			if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
				wrong = append(wrong, string(lang)+" "+key+": empty or with blanks around")
			}
			for _, m := range argument.FindAllStringSubmatch(text, -1) {
				if !argName.MatchString(m[1]) {
					wrong = append(wrong, string(lang)+" "+key+": argument {"+m[1]+"}")
				}
			}
			if strings.Count(text, "{") != strings.Count(text, "}") {
				wrong = append(wrong, string(lang)+" "+key+": braces")
			}
			if lang == Chinese && strings.Contains(text, "|") {
				wrong = append(wrong, key+": Chinese has one form for all numbers")
			}
		}
	}
	sort.Strings(wrong)
	require.Empty(t, wrong, strings.Join(wrong, "\n"))
}

func TestFiles_EveryCharacter_InBothFonts(t *testing.T) {
	t.Parallel()
	c := embedded(t)
	for name, data := range map[string][]byte{"Regular": assets.FontRegular, "Medium": assets.FontMedium} {
		f, err := truetype.Parse(data)
		require.NoError(t, err)
		missing := map[rune]string{}
		for _, lang := range Langs {
			for key, text := range c.texts[lang] {
				for _, r := range text {
					if r != '\n' && f.Index(r) == 0 {
						missing[r] = key
					}
				}
			}
		}
		require.Empty(t, missing, "%s lacks characters of these keys; add them in assets/fonts/charset.py", name)
	}
}

func TestFiles_RolesRightsAndStates_AllHaveWords(t *testing.T) {
	t.Parallel()
	for _, lang := range Langs {
		tr := New(lang)
		for _, a := range auth.Actions {
			require.True(t, tr.Has("right."+string(a)), "%s right.%s", lang, a)
		}
		for _, r := range append(slices.Clone(auth.Roles), auth.System) {
			require.True(t, tr.Has("role."+string(r)), "%s role.%s", lang, r)
		}
	}
}

func TestLoad_BrokenOrDoubled_NamedOrKept(t *testing.T) {
	t.Parallel()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

	_, err := Load(fstest.MapFS{"i18n/en/a.json": file(`{"a.b": 1}`)})
	require.ErrorContains(t, err, "i18n/en/a.json")

	c, err := Load(fstest.MapFS{"i18n/en/a.json": file(`{"a.b": "first"}`), "i18n/en/b.json": file(`{"a.b": "second"}`)})
	require.NoError(t, err)
	require.Equal(t, "first", c.Tr(English).T("a.b"))
	require.Len(t, c.twice, 1)
}

func TestParseLang_SystemSpellings_Known(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Lang{"en": English, "en_US.UTF-8": English, "zh-Hans-CN": Chinese, " ZH_cn": Chinese} {
		got, ok := ParseLang(s)
		require.True(t, ok, s)
		require.Equal(t, want, got, s)
	}
	_, ok := ParseLang("fr")
	require.False(t, ok)
}
