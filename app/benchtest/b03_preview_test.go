package benchtest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// BenchmarkB3_Preview previews the files of B2 without writing anything. The
// peer only splits the same bytes into cells: the standard library's csv reader
// behind a GB18030 decoder, excelize's row reader on raw values.
func BenchmarkB3_Preview(b *testing.B) {
	once(b, func(b *testing.B, s *shop) {
		lines := s.lines()
		files := s.uploads(lines)
		peers := map[string]func([]byte) (int, error){"csv": splitCSV, "xlsx": splitXLSX}
		goals := map[string]time.Duration{"csv": 300 * time.Millisecond, "xlsx": time.Second}
		for _, kind := range []string{"csv", "xlsx"} {
			settle()
			a, z := turns(rounds, nil, func(int) {
				plan := s.preview(files[kind].source())
				require.Equal(b, lines, plan.File.RowCount)
			}, func(int) {
				n, err := peers[kind](files[kind].data)
				require.NoError(b, err)
				require.Equal(b, lines+1, n)
			})
			per := time.Duration(lines / 10_000)
			o, f := median(cpus(a))/per, median(cpus(z))/per
			figures.add(b, s.of, row{
				id: "B3", work: "preview, per 10,000 rows, " + kind + "; CPU", ours: ms(o) + ", " + ms(median(walls(a))/per) + " wall",
				floor: ms(f) + " only to split into cells", ratio: times(ratio(o, f)), goal: "≤ " + ms(goals[kind]),
			}.within(o, goals[kind]))
		}
	})
}

func splitCSV(data []byte) (rows int, err error) {
	r := csv.NewReader(simplifiedchinese.GB18030.NewDecoder().Reader(bytes.NewReader(data)))
	r.ReuseRecord, r.LazyQuotes, r.FieldsPerRecord = true, true, -1
	for {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return rows, err
		}
		rows++
	}
}

func splitXLSX(data []byte) (n int, err error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipXMLSizeLimit: 1 << 30, UnzipSizeLimit: 4 << 30})
	if err != nil {
		return 0, err
	}
	defer book.Close()
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Close()
}
