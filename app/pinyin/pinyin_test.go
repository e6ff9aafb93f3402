package pinyin_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/app/pinyin"
)

func TestKey_EveryReading_Found(t *testing.T) {
	t.Parallel()
	for text, typed := range map[string][]string{
		"长柄雨伞":          {"cbys", "zbys", "ys"},
		"重庆小面 6袋装":      {"cqxm", "zqxm", "6dz"},
		"银行卡包":          {"yhkb", "yxkb"},
		"iPhone 15 手机壳": {"sjk"},
		"ＡＢ款保温杯":        {"abkbwb", "bwb"},
		"加厚-防滑垫":        {"jh", "fhd"},
	} {
		key := " " + pinyin.Key(text) + " "
		for _, s := range typed {
			require.Contains(t, key, s, text)
		}
	}
	require.Empty(t, pinyin.Key("USB-C 2m 🎁"))
}

func TestKey_TitleAndSpec_BothIn(t *testing.T) {
	t.Parallel()
	key := pinyin.Key("保温杯 红色 500ml")
	require.Equal(t, "bwb byb hs gs", key) // 温 is wen or yun, 红 hong or gong
}

// Six characters in a row are found wherever they stand in a text of any
// length, and the key stays short enough to store.
func TestKey_LongTexts_WindowsOverlap(t *testing.T) {
	t.Parallel()
	chars := []rune("长重行乐单柄雨伞保温杯小面袋装红色加厚防滑垫银庆")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom(chars), 6, 80).Draw(t, "text")
		at := rapid.IntRange(0, len(text)-6).Draw(t, "at")

		key := pinyin.Key(string(text))
		usual := pinyin.Key(string(text[at : at+6]))

		require.Contains(t, key, strings.Fields(usual)[0])
		require.Less(t, len(key), 20_000)
	})
}

func TestBegins_EveryReadingFromTheBeginning(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, with string
		want       bool
	}{
		{"李明", "lm", true},
		{"李明", "l", true},
		{"李明", "m", false},
		{"李明", "lmx", false},
		{"长孙无忌", "cswj", true},
		{"长孙无忌", "zswj", true},
		{"欧阳 静", "oyj", true},
		{"A王", "aw", true},
		{"李明", "", false},
		{"", "l", false},
	} {
		require.Equal(t, c.want, pinyin.Begins(c.text, c.with), "%s by %s", c.text, c.with)
	}
}
