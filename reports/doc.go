// Package reports turns typed rows into files and pictures: xlsx, csv, and
// charts as PNG. It decides nothing: who may see what was settled by the service
// that gave the rows.
//
//	t := reports.Table{Title: ..., Columns: []reports.Column{
//		{Title: tr.T("field.day"), Type: reports.TypeDay},
//		{Title: tr.T("field.sales"), Type: reports.TypeMoney},
//	}}
//	t.Add(reports.Day("2026-04-22"), reports.Money(123450))
//	err := reports.WriteFile(reports.OS, path, func(w io.Writer) error { return t.XLSX(w) })
//
//	c := reports.Chart{Kind: reports.Bars, Title: ..., Labels: days, Series: ...}
//	err = c.PNG(ctx, w, reports.Look{W: 440, H: 350, Scale: 2, Tr: tr})
//
// It is the only place where an amount becomes a float: a number cell of a
// workbook and the height of a bar are floats. It may import app/reporting,
// domain, money, when, i18n, assets, excelize and go-chart (ARCHITECTURE §1).
package reports
