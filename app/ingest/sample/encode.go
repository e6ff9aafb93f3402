package sample

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// form is one layout: its header, the rows of an order by column name and how
// the platform writes the file.
type form struct {
	header []string
	rows   func(o *Order) []map[string]string
	write  func(w io.Writer, rows [][]string) error
}

func columns(list string) []string { return strings.Split(list, ",") }

// plainCSV writes comma separated text with CRLF.
func plainCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// bomCSV is plainCSV with the mark that Excel wants.
func bomCSV(w io.Writer, rows [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	return plainCSV(w, rows)
}

// gbkCSV writes GB18030 with every text in quotes, as Taobao does; a cell that
// is a guarded number (="…") stays bare.
func gbkCSV(w io.Writer, rows [][]string) error {
	var b bytes.Buffer
	for _, r := range rows {
		for i, c := range r {
			if i > 0 {
				b.WriteByte(',')
			}
			if strings.HasPrefix(c, `="`) {
				b.WriteString(c)
				continue
			}
			b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	text, err := simplifiedchinese.GB18030.NewEncoder().Bytes(b.Bytes())
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// commaCSV is GB18030 with a comma behind the last column, as JD writes it.
func commaCSV(w io.Writer, rows [][]string) error {
	longer := make([][]string, len(rows))
	for i, r := range rows {
		longer[i] = append(append([]string(nil), r...), "")
	}
	return gbkCSV(w, longer)
}

// workbook writes xlsx with one sheet of text cells.
func workbook(sheet string) func(io.Writer, [][]string) error {
	return func(w io.Writer, rows [][]string) error {
		book := excelize.NewFile()
		defer func() { _ = book.Close() }() // only memory
		if err := book.SetSheetName("Sheet1", sheet); err != nil {
			return err
		}
		out, err := book.NewStreamWriter(sheet)
		if err != nil {
			return err
		}
		for i, r := range rows {
			cells := make([]any, len(r))
			for k, c := range r {
				if c != "" {
					cells[k] = c
				}
			}
			name, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				return err
			}
			if err := out.SetRow(name, cells); err != nil {
				return err
			}
		}
		if err := out.Flush(); err != nil {
			return err
		}
		return book.Write(w)
	}
}

// guard protects a long number from Excel as Taobao does; blank stays ="".
func guard(s string) string { return `="` + s + `"` }

// tab protects it as Douyin and Pinduoduo do.
func tab(s string) string {
	if s == "" {
		return ""
	}
	return "\t" + s
}
