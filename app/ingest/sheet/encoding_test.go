package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest/sheet"
)

func TestEncoding_Recognised(t *testing.T) {
	t.Parallel()
	const in = "订单号,商品\n1,红色龘𠮷😀\n"
	want := []line{{1, []string{"订单号", "商品"}}, {2, []string{"1", "红色龘𠮷😀"}}}
	for enc, data := range map[string][]byte{
		sheet.UTF8:    []byte(in),
		sheet.UTF8BOM: []byte("\uFEFF" + in),
		sheet.GB18030: gb(in), // 𠮷 and 😀 take four bytes
		sheet.UTF16LE: utf16le(in),
		sheet.UTF16BE: utf16be(in),
	} {
		b, rows := read(t, data)
		require.Equal(t, enc, b.Encoding)
		require.Equal(t, want, rows, enc)
	}
}

func TestEncoding_GBThatLooksLikeUTF8_StaysGB(t *testing.T) {
	t.Parallel()
	b, rows := read(t, gb("运营商,名称\n联通,中国\n联通,移动\n"))
	require.Equal(t, sheet.GB18030, b.Encoding)
	require.Equal(t, "联通", rows[2].Cells[0])
}

func TestEncoding_Faults(t *testing.T) {
	t.Parallel()
	utf, gbk := "订单号,商品\n1,红色连衣裙\n", gb("2,蓝色牛仔裤\n")
	for name, tc := range map[string]struct {
		in   []byte
		key  string
		line string
	}{
		"UTF-8 then GBK":           {append([]byte(utf), gbk...), "mixed_encoding", "3"},
		"GBK then UTF-8":           {append(bytes.Repeat(gbk, 3), utf...), "mixed_encoding", "4"},
		"one line mixed":           {append(append([]byte("红色连衣裙,"), gb("蓝色")...), '\n'), "mixed_encoding", "1"},
		"BOM then GBK":             {append([]byte("\uFEFFa,b\n"), gbk...), "mixed_encoding", "2"},
		"bad byte in UTF-8":        {[]byte(utf + "2,裙\xff子\n"), "bad_bytes", "3"},
		"bad byte in GBK":          {append(bytes.Clone(gbk), "3,\xff\xff\n"...), "bad_bytes", "2"},
		"Latin-1":                  {[]byte("name,city\nJos\xe9 ,x\n"), "bad_bytes", "2"},
		"UTF-8 cut in a character": {[]byte(utf[:len(utf)-2]), "cut_off", ""},
		"short UTF-8 cut":          {[]byte("名称\n商\xe5\x93"), "cut_off", ""},
		"GBK cut in a character":   {gbk[:len(gbk)-2], "cut_off", ""},
		"UTF-16 cut":               {utf16le(utf)[:21], "cut_off", ""},
		"UTF-16 half a character":  {append(utf16le("a,b\n1,"), 0x42, 0xD8, 'x', 0, '\n', 0), "bad_bytes", "2"},
		"NUL":                      {[]byte("a,b\n1,2\n3,\x004\n"), "nul", "3"},
		"NUL in UTF-16":            {utf16le("a,b\n\x00,2\n"), "nul", "2"},
		"unassigned GB18030":       {append(bytes.Clone(gbk), "3,\xfe\x39\xfe\x39\n"...), "bad_bytes", "2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := refused(t, tc.in)
			require.Equal(t, "fault.sheet."+tc.key, f.Key, f)
			require.Equal(t, tc.line, f.Args["line"])
		})
	}
}

func TestEncoding_BadByteFarIn_LineCounted(t *testing.T) {
	t.Parallel()
	in := append([]byte(strings.Repeat("单号,商品名称\r\n", 50_000)), "坏\xff\r\n"...)
	f := refused(t, in)
	require.Equal(t, "fault.sheet.bad_bytes", f.Key)
	require.Equal(t, "50001", f.Args["line"])
}
