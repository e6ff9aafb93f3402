package kit

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseTSV(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       [][]string
	}{
		{"nothing", "", nil},
		{"one cell", "a", [][]string{{"a"}}},
		{"last break makes no row", "a\tb\r\nc\td\r\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"breaks of all systems", "a\nb\rc\r\nd", [][]string{{"a"}, {"b"}, {"c"}, {"d"}}},
		{"empty cells stay", "a\t\t\r\n\t\tb", [][]string{{"a", "", ""}, {"", "", "b"}}},
		{"an empty line is a row", "a\n\nb", [][]string{{"a"}, {""}, {"b"}}},
		{"only a break is one empty cell", "\r\n", [][]string{{""}}},
		{"rows of different lengths", "a\tb\nc", [][]string{{"a", "b"}, {"c"}}},
		{"break inside a quoted cell", "\"第一行\n第二行\"\t9", [][]string{{"第一行\n第二行", "9"}}},
		{"tab inside a quoted cell", "\"a\tb\"\tc", [][]string{{"a\tb", "c"}}},
		{"two marks are one, closed", "\"他说\"\"好\"\"\"\tx", [][]string{{`他说"好"`, "x"}}},
		{"inches are text", "24\" 显示器\tb", [][]string{{`24" 显示器`, "b"}}},
		{"a mark that never closes is text", "\"abc\tb\nc", [][]string{{`"abc`, "b"}, {"c"}}},
		{"text after the closing mark is text", "\"a\"b\tc", [][]string{{`"a"b`, "c"}}},
		{"an empty quoted cell", "\"\"\tb", [][]string{{"", "b"}}},
		{"mark of the byte order", "\ufeffa\tb", [][]string{{"a", "b"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, ParseTSV(c.text))
		})
	}
}

func TestFormatTSV_SpreadsheetReadsItBack(t *testing.T) {
	t.Parallel()
	block := [][]string{{"YSCB-01", "24\" 显示器", `"引号"开头`}, {"两\n行", "带\t制表", ""}}

	text := FormatTSV(block)

	require.Equal(t, "YSCB-01\t24\" 显示器\t\"\"\"引号\"\"开头\"\r\n\"两\n行\"\t\"带\t制表\"\t\r\n", text)
	require.Equal(t, block, ParseTSV(text))
}

// FuzzTSV: whatever is on the clipboard is read without a fault, and what was
// read is written and read back the same.
func FuzzTSV(f *testing.F) {
	for _, s := range []string{"", "a\tb\r\n", "\"a\n\"\"b\"\tc", "\"", "\t\n\t", "\ufeff\"\ufeff\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		block := ParseTSV(text)
		require.Equal(t, block, ParseTSV(FormatTSV(block)))
	})
}
