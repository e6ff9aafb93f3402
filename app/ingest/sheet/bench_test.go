package sheet_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhanggui/app/ingest/sheet"
)

// The benchmarks read 100,000 rows of 12 columns, the size of a month of a busy
// shop, with our readers and beside them with the general ones.
const benchRows = 100_000

func benchRecord(i int) []any {
	return []any{
		fmt.Sprintf("4012345678%09d", i), "tb" + fmt.Sprint(i%5000), "卖家已发货，等待买家确认", 201.12 + float64(i%1000)/4, i%5 + 1, 46143.4 + float64(i)/1e5,
		"红色 XL 连衣裙", "广东省 广州市 越秀区 某街道某路1号", "138****0000", 0, "圆通速递", fmt.Sprintf("YT88%011d", i),
	}
}

func benchCSV() []byte {
	var b bytes.Buffer
	b.WriteString("订单编号,买家,状态,金额,数量,时间,标题,地址,手机,退款,快递,单号\n")
	for i := range benchRows {
		for j, v := range benchRecord(i) {
			if j > 0 {
				b.WriteByte(',')
			}
			if s, ok := v.(string); ok {
				b.WriteString(`"` + s + `"`)
			} else {
				fmt.Fprint(&b, v)
			}
		}
		b.WriteString("\r\n")
	}
	return b.Bytes()
}

// benchXLSX has the form of Excel's own files: shared strings and raw numbers.
func benchXLSX(b *testing.B) []byte {
	index, table := map[string]int{}, []string{}
	var rows strings.Builder
	for i := range benchRows {
		fmt.Fprintf(&rows, `<row r="%d" spans="1:12">`, i+1)
		for j, v := range benchRecord(i) {
			ref := fmt.Sprintf("%c%d", 'A'+j, i+1)
			if s, ok := v.(string); ok {
				n, known := index[s]
				if !known {
					n = len(table)
					index[s], table = n, append(table, "<t>"+s+"</t>")
				}
				fmt.Fprintf(&rows, `<c r="%s" s="1" t="s"><v>%d</v></c>`, ref, n)
			} else {
				fmt.Fprintf(&rows, `<c r="%s"><v>%v</v></c>`, ref, v)
			}
		}
		rows.WriteString(`</row>`)
	}
	const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`
	parts := bookParts(sheetOf(rows.String()), `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>`+strings.Join(table, "</si><si>")+`</si></sst>`)
	for i := range parts { // the general reader wants the namespaces
		parts[i].text = strings.Replace(parts[i].text, "<worksheet>", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`, 1)
		parts[i].text = strings.Replace(parts[i].text, "<Relationships>", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`, 1)
	}
	data := zipOf(append(parts, part{"[Content_Types].xml", types})...)
	b.Logf("xlsx of %d bytes", len(data))
	return data
}

func benchRead(b *testing.B, data []byte) {
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		book, err := sheet.Open("a", bytes.NewReader(data), int64(len(data)), sheet.DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		err = book.Rows(context.Background(), 0, func(sheet.Row) error { n++; return nil })
		if err != nil || n < benchRows {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkCSV(b *testing.B) {
	data := benchCSV()
	b.Run("ours utf-8", func(b *testing.B) { benchRead(b, data) })
	b.Run("ours gb18030", func(b *testing.B) { benchRead(b, gb(string(data))) })
	b.Run("encoding/csv", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			r := csv.NewReader(bytes.NewReader(data))
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkXLSX(b *testing.B) {
	data := benchXLSX(b)
	b.Run("ours", func(b *testing.B) { benchRead(b, data) })
	b.Run("excelize raw", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipXMLSizeLimit: 1 << 30})
			if err != nil {
				b.Fatal(err)
			}
			rows, err := f.Rows("订单")
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for rows.Next() {
				if _, err := rows.Columns(); err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != benchRows {
				b.Fatal(n)
			}
			_ = f.Close()
		}
	})
}
