package sheet_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/ingest/sheet"
)

// office.xls was written by LibreOffice: shared strings over several CONTINUE
// records, a hidden and an empty sheet, formulas, dates.
func TestXLS_OfficeFile(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/office.xls")
	require.NoError(t, err)
	b, rows := read(t, data)

	require.Equal(t, sheet.XLS, b.Format)
	require.Equal(t, []sheet.Info{{Name: "订单"}, {Name: "隐藏", Hidden: true}, {Name: "空"}}, b.Sheets)
	require.False(t, b.Date1904)
	require.Equal(t, line{1, []string{"订单编号", "数量", "金额", "下单时间", "已付款", "备注"}}, rows[0])
	for i := range 40 {
		r := rows[i+1]
		require.Equal(t, i+3, r.N)
		require.Equal(t, fmt.Sprintf("4012345678901234%03d", i), r.Cells[0])
		require.Equal(t, fmt.Sprintf("#%d", i+1), r.Cells[1])
		amount, err := strconv.ParseFloat(strings.TrimPrefix(r.Cells[2], "#"), 64)
		require.NoError(t, err)
		require.InDelta(t, float64(i)*1.1+0.05, amount, 1e-9)
		require.Regexp(t, `^#46143\.4\d+$`, r.Cells[3])
		require.Equal(t, map[bool]string{true: "TRUE", false: "FALSE"}[i%2 == 0], r.Cells[4])
		require.Equal(t, fmt.Sprintf("第%d单 红色 XL 请尽快发货谢谢，门卫代收，易碎品轻放，发票随货😀𠮷 ascii only tail padding %d; the quick brown fox jumps over the lazy dog and keeps running until the record is full", i, i), r.Cells[5])
	}
	last := map[int]string{}
	for _, r := range rows[41:] {
		if len(r.Cells) == 8 {
			last[r.N] = r.Cells[7]
		}
	}
	require.Equal(t, map[int]string{50: "#0.1", 51: "#123456789012345680", 52: "#DIV/0!", 53: "文本", 54: "#2.1500000000000004", 55: "TRUE", 56: "#N/A"}, last)
	require.Equal(t, line{60, []string{"合并"}}, rows[len(rows)-2])
	require.Equal(t, line{62, []string{"", "#-7"}}, rows[len(rows)-1])

	hidden, err := rowsOf(b, 1)
	require.NoError(t, err)
	require.Equal(t, []line{{2, []string{"", "secret"}}}, hidden)
	empty, err := rowsOf(b, 2)
	require.NoError(t, err)
	require.Empty(t, empty)
	require.NoError(t, b.Close())
}

func TestXLS_Date1904(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/date1904.xls")
	require.NoError(t, err)
	b, rows := read(t, data)
	require.True(t, b.Date1904)
	require.Equal(t, []line{{1, []string{"#44561.5", "x"}}}, rows)
}

func TestXLS_Records(t *testing.T) {
	t.Parallel()
	latin := func(s string) []byte { return append([]byte{0}, s...) }
	for name, tc := range map[string]struct {
		cells func(*biff)
		want  []line
	}{
		"NUMBER": {func(b *biff) {
			b.rec(0x0203, at(0, 0), f64(1.5)).rec(0x0203, at(0, 1), f64(4.012345678901234567e18)).rec(0x0203, at(0, 2), f64(1e300)).rec(0x0203, at(0, 3), f64(math.NaN()))
		}, []line{{1, []string{"#1.5", "#4012345678901234700", "#1E+300", "#NUM!"}}}},
		"RK": {func(b *biff) {
			b.rec(0x027E, at(1, 0), u32(7<<2|2)).rec(0x027E, at(1, 1), u32(12345<<2|3)).rec(0x027E, at(1, 2), u32(-5<<2|2)).rec(0x027E, at(1, 3), u32(0x3FF80000))
		}, []line{{2, []string{"#7", "#123.45", "#-5", "#1.5"}}}},
		"MULRK": {func(b *biff) {
			b.rec(0x00BD, u16(0), u16(1), u16(0), u32(1<<2|2), u16(0), u32(2<<2|2), u16(2))
		}, []line{{1, []string{"", "#1", "#2"}}}},
		"LABEL": {func(b *biff) {
			b.rec(0x0204, at(0, 0), u16(2), wide("红色")).rec(0x0204, at(0, 1), u16(3), latin("abc")).rec(0x0204, at(0, 2), u16(0))
		}, []line{{1, []string{"红色", "abc"}}}},
		"BOOLERR": {func(b *biff) {
			for i, v := range []byte{0, 1} {
				b.rec(0x0205, at(0, i), []byte{v, 0})
			}
			for i, v := range []byte{0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A} {
				b.rec(0x0205, at(0, i+2), []byte{v, 1})
			}
		}, []line{{1, []string{"FALSE", "TRUE", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}}}},
		"FORMULA": {func(b *biff) {
			tail := make([]byte, 8)
			b.rec(0x0006, at(0, 0), f64(2.5), tail)
			b.rec(0x0006, at(0, 1), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, tail).rec(0x04BC, []byte{1}).rec(0x0207, u16(2), wide("文本"))
			b.rec(0x0006, at(0, 2), []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}, tail)
			b.rec(0x0006, at(0, 3), []byte{2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF}, tail)
			b.rec(0x0006, at(0, 4), []byte{3, 0, 0, 0, 0, 0, 0xFF, 0xFF}, tail)
			b.rec(0x0006, at(0, 5), f64(1), tail)
			b.rec(0x0207, u16(1), latin("x")) // belongs to nothing
		}, []line{{1, []string{"#2.5", "文本", "TRUE", "#N/A", "", "#1"}}}},
		"any order, the later one counts": {func(b *biff) {
			b.rec(0x0203, at(2, 1), f64(4)).rec(0x0203, at(0, 1), f64(2)).rec(0x0203, at(0, 0), f64(1)).rec(0x0203, at(2, 1), f64(5)).rec(0x0201, at(1, 0))
		}, []line{{1, []string{"#1", "#2"}}, {3, []string{"", "#5"}}}},
		"embedded chart": {func(b *biff) {
			b.rec(0x0809, bof(0x20)).rec(0x0203, at(0, 0), f64(9)).rec(0x000A).rec(0x0203, at(0, 0), f64(1))
		}, []line{{1, []string{"#1"}}}},
		"text over CONTINUE": {func(b *biff) {
			b.rec(0x0204, at(0, 0), u16(6), latin("abc")).rec(0x003C, wide("红色裙"))
		}, []line{{1, []string{"abc红色裙"}}}},
		"no cells": {func(*biff) {}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, rows := read(t, xls(xlsBook(nil, tc.cells)))
			require.Equal(t, []sheet.Info{{Name: "订单"}}, b.Sheets)
			require.Equal(t, tc.want, rows)
		})
	}
}

// A shared string may be cut inside its characters, inside its formatting and
// between any two strings.
func TestXLS_SharedStrings_CutEverywhere(t *testing.T) {
	t.Parallel()
	rich := bytes.Join([][]byte{u16(2), {0x0D}, u16(2), u32(5), wide("红色")[1:], make([]byte, 8+5)}, nil)
	plain := append(u16(4), append([]byte{0}, "abcd"...)...)
	all := bytes.Join([][]byte{rich, plain, rich}, nil)
	charFrom := [][2]int{{9, 13}, {26 + 3, 26 + 7}, {33 + 9, 33 + 13}} // where characters stand in all
	for cut := 1; cut < len(all); cut++ {
		var flag []byte
		half := false // a character of two bytes is never cut
		for i, c := range charFrom {
			if cut < c[0] || cut >= c[1] {
				continue
			}
			flag = []byte{1}
			if i == 1 {
				flag = []byte{0}
			} else {
				half = (cut-c[0])%2 == 1
			}
		}
		if half {
			continue
		}
		globals := func(b *biff) {
			b.rec(0x00FC, u32(3), u32(3), all[:cut]).rec(0x003C, flag, all[cut:])
		}
		data := xls(xlsBook(globals, func(b *biff) {
			for i := range 3 {
				b.rec(0x00FD, at(0, i), u32(i))
			}
		}))
		_, rows := read(t, data)
		require.Equal(t, []line{{1, []string{"红色", "abcd", "红色"}}}, rows, "cut at %d", cut)
	}
}

func TestXLS_Refused(t *testing.T) {
	t.Parallel()
	good := xlsBook(nil, func(b *biff) { b.rec(0x0203, at(0, 0), f64(1)) })
	for name, tc := range map[string]struct {
		data []byte
		key  string
	}{
		"password":          {xls(xlsBook(func(b *biff) { b.rec(0x002F, make([]byte, 54)) }, func(*biff) {})), "encrypted"},
		"Excel 95":          {cfb("Book", good), "unsupported"},
		"BIFF5 in Workbook": {xls(bytes.Replace(good, u16(0x0600), u16(0x0500), 1)), "unsupported"},
		"Word":              {cfb("WordDocument", good), "unsupported"},
		"other OLE":         {cfb("Contents", good), "unsupported"},
		"no BOF":            {xls(good[4:]), "xls_broken"},
		"no sheets":         {xls((&biff{}).rec(0x0809, bof(5)).rec(0x000A).Bytes()), "no_sheets"},
		"record cut":        {xls(xlsBook(nil, func(b *biff) { b.rec(0x0203, at(0, 0), []byte{1}) })), "xls_broken"},
		"index beyond":      {xls(xlsBook(nil, func(b *biff) { b.rec(0x00FD, at(0, 0), u32(5)) })), "xls_broken"},
		"half a character":  {xls(xlsBook(nil, func(b *biff) { b.rec(0x0204, at(0, 0), u16(1), []byte{1, 0x42, 0xD8}) })), "xls_broken"},
		"text cut":          {xls(xlsBook(nil, func(b *biff) { b.rec(0x0204, at(0, 0), u16(99), []byte{1, 0x42, 0x58}) })), "xls_broken"},
		"SST bomb":          {xls(xlsBook(func(b *biff) { b.rec(0x00FC, u32(1), u32(0x7FFFFFFF)) }, func(*biff) {})), "shared_too_big"},
		"container cut":     {xls(good)[:1000], "xls_broken"},
		"header only":       {xls(good)[:512], "xls_broken"},
		"long cell": {xls(xlsBook(nil, func(b *biff) {
			long := strings.Repeat("长", 4000)
			b.rec(0x0204, at(0, 0), u16(24000), wide(long))
			for range 5 {
				b.rec(0x003C, wide(long))
			}
		})), "text_too_big"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := refused(t, tc.data)
			require.Equal(t, "fault.sheet."+tc.key, f.Key, f)
		})
	}
}
