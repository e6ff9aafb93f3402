package benchtest

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/reports"
)

// exported is how many rows are exported.
const exported = 100_000

// exportRows gives as many orders, the shop's again and again until there are enough.
func (s *shop) exportRows() []core.OrderRow {
	rows := make([]core.OrderRow, 0, exported)
	for len(rows) < exported {
		list, err := s.Orders.List(s.as(auth.Service), core.Query{Page: core.Page{Offset: len(rows) % (s.of.orders / 2), Limit: core.PageLimit}})
		require.NoError(s.b, err)
		require.NotEmpty(s.b, list.Rows)
		rows = append(rows, list.Rows[:min(len(list.Rows), exported-len(rows))]...)
	}
	return rows
}

// exportTable is the order list as a table: ten columns of every type.
func exportTable(rows []core.OrderRow) *reports.Table {
	t := &reports.Table{}
	for _, typ := range []reports.Type{
		reports.TypeID, reports.TypeText, reports.TypeText, reports.TypeDay, reports.TypeTime,
		reports.TypeQty, reports.TypeMoney, reports.TypeMoney, reports.TypeMoney, reports.TypeText,
	} {
		t.Columns = append(t.Columns, reports.Column{Title: "列", Type: typ})
	}
	for _, o := range rows {
		t.Add(reports.Text(o.Number), reports.Text(o.Goods), reports.Text(o.Receiver), reports.Day(o.Day), reports.Time(o.PaidAt),
			reports.Qty(o.Units), reports.Money(o.TotalFen), reports.Money(o.PaidFen), reports.Money(o.NetFen), reports.Text(o.Province))
	}
	return t
}

// streamed writes the same cells with excelize's stream writer.
func streamed(rows []core.OrderRow) error {
	f := excelize.NewFile()
	var styles [3]int
	for i, format := range []string{"#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"} {
		var err error
		if styles[i], err = f.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return err
		}
	}
	out, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	amount := func(v money.Fen) excelize.Cell { return excelize.Cell{StyleID: styles[0], Value: float64(v) / 100} }
	for i, o := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		err = out.SetRow(at, []any{
			o.Number, o.Goods, o.Receiver,
			excelize.Cell{StyleID: styles[1], Value: serial(o.Day.Start())},
			excelize.Cell{StyleID: styles[2], Value: serial(o.PaidAt)},
			o.Units, amount(o.TotalFen), amount(o.PaidFen), amount(o.NetFen), o.Province,
		})
		if err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return errors.Join(f.Write(io.Discard), f.Close())
}

// serial is an instant as workbooks count it: days since 1899-12-30.
func serial(m when.Millis) float64 { return float64(m+8*when.Hour)/float64(when.DaySpan) + 25569 }

// written writes the same cells with the standard library's csv writer.
func written(rows []core.OrderRow) error {
	out := csv.NewWriter(io.Discard)
	out.UseCRLF = true
	for _, o := range rows {
		err := out.Write([]string{
			o.Number, o.Goods, o.Receiver, string(o.Day), o.PaidAt.String(), strconv.FormatInt(o.Units, 10),
			o.TotalFen.String(), o.PaidFen.String(), o.NetFen.String(), o.Province,
		})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// BenchmarkB10_Export writes 100,000 rows of ten columns beside the library's
// own stream writer and the standard library's csv writer on the same cells.
func BenchmarkB10_Export(b *testing.B) {
	once(b, func(b *testing.B, s *shop) {
		list := s.exportRows()
		t := exportTable(list)
		for _, form := range []struct {
			name  string
			ours  func() error
			floor func() error
		}{
			{"xlsx", func() error { return t.XLSX(io.Discard) }, func() error { return streamed(list) }},
			{"csv", func() error { return t.CSV(io.Discard, reports.UTF8) }, func() error { return written(list) }},
		} {
			settle()
			a, z := turns(rounds, nil, func(int) { require.NoError(b, form.ours()) }, func(int) { require.NoError(b, form.floor()) })
			o, f := median(cpus(a)), median(cpus(z))
			figures.add(b, s.of, row{
				id: "B10", work: "export 100,000 rows of 10 columns, " + form.name + "; CPU", ours: ms(o) + ", " + ms(median(walls(a))) + " wall",
				floor: ms(f), ratio: times(ratio(o, f)), goal: "≤ 1.3 × the library's writer",
			}.judged(ratio(o, f), 1.3))
		}
	})
}
