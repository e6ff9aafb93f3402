package ingest_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhanggui/app/i18n"
	"zhanggui/app/ingest"
)

// table is a header and rows that name only some columns.
type table struct {
	header []string
	rows   [][]string
}

func headed(list string) *table { return &table{header: strings.Split(list, ",")} }

// add appends a row from pairs of column name and value.
func (x *table) add(pairs ...string) *table {
	row := make([]string, len(x.header))
	for i := 0; i < len(pairs); i += 2 {
		at := -1
		for k, h := range x.header {
			if h == pairs[i] {
				at = k
				break
			}
		}
		if at < 0 {
			panic("no column " + pairs[i])
		}
		row[at] = pairs[i+1]
	}
	x.rows = append(x.rows, row)
	return x
}

// raw appends a row as it is.
func (x *table) raw(cells ...string) *table {
	x.rows = append(x.rows, cells)
	return x
}

func (x *table) csv() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(x.header) // a buffer never fails
	_ = w.WriteAll(x.rows)
	return b.Bytes()
}

func gbk(t *testing.T, text string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	require.NoError(t, err)
	return b
}

// book makes an xlsx; numbers among the cells are stored as numbers, a sheet
// called 隐藏 is hidden.
func book(t *testing.T, sheets map[string][][]any, order ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, name := range order {
		if i == 0 {
			require.NoError(t, f.SetSheetName("Sheet1", name))
		} else {
			_, err := f.NewSheet(name)
			require.NoError(t, err)
		}
		for r, cells := range sheets[name] {
			at, err := excelize.CoordinatesToCellName(1, r+1)
			require.NoError(t, err)
			require.NoError(t, f.SetSheetRow(name, at, &cells))
		}
	}
	if _, ok := sheets["隐藏"]; ok {
		require.NoError(t, f.SetSheetVisible("隐藏", false))
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

// texts makes cells of strings.
func cells(list ...string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		if s != "" {
			out[i] = s
		}
	}
	return out
}

func (x *table) xlsx(t *testing.T) []byte {
	t.Helper()
	rows := [][]any{cells(x.header...)}
	for _, r := range x.rows {
		rows = append(rows, cells(r...))
	}
	return book(t, map[string][][]any{"Sheet1": rows}, "Sheet1")
}

// codes lists row and code of every refused row.
func codes(f *ingest.File) map[int]string {
	m := map[int]string{}
	for _, e := range f.Rejected {
		m[e.Row] = e.Code
	}
	return m
}

func noteKeys(f *ingest.File) []string {
	var out []string
	for _, n := range f.Notes {
		out = append(out, n.Key)
	}
	return out
}

func total(t *testing.T, f *ingest.File, column string) ingest.Total {
	t.Helper()
	for _, x := range f.Totals {
		if x.Column == column {
			return x
		}
	}
	require.Fail(t, "no total", column)
	return ingest.Total{}
}

func tr(t *testing.T, l i18n.Lang) i18n.Tr {
	t.Helper()
	return i18n.New(l)
}
