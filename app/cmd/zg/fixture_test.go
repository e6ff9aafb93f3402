package main

import (
	"bytes"
	"os"
	"strconv"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/ingest/sample"
	"zhanggui/app/when"
)

// goods are the SKUs of the test shops.
var goods = []struct {
	code, title, price string
	opening            int
	value              string
}{
	{"CUP-1", "Porcelain cup", "33.50", 200, "2000.00"},
	{"TEA-1", "Black tea", "59.00", 200, "4200.00"},
}

// fill puts rows into a template, by the names in its first row.
func (d *desk) fill(file string, rows ...map[string]string) {
	d.t.Helper()
	book, err := excelize.OpenFile(file)
	require.NoError(d.t, err)
	defer func() { require.NoError(d.t, book.Close()) }()
	sheet := book.GetSheetName(0)
	have, err := book.GetRows(sheet)
	require.NoError(d.t, err)
	for i, row := range rows {
		found := 0
		for at, name := range have[0] {
			if v, ok := row[name]; ok {
				cell, err := excelize.CoordinatesToCellName(at+1, len(have)+1+i)
				require.NoError(d.t, err)
				require.NoError(d.t, book.SetCellValue(sheet, cell, v))
				found++
			}
		}
		require.Equal(d.t, len(row), found, "columns of %v", have[0])
	}
	require.NoError(d.t, book.Save())
}

// stocked imports the goods and their opening stock through the templates.
func (d *desk) stocked() *desk {
	d.t.Helper()
	products, opening := d.path("products.xlsx"), d.path("opening.xlsx")
	d.ok("template", "products", products, "--lang", "en")
	d.ok("template", "opening", opening, "--lang", "en")
	for _, g := range goods {
		d.fill(products, map[string]string{"SKU code": g.code, "Product name": g.title, "Product code": "P-" + g.code, "Variant": "plain", "Price": g.price})
		d.fill(opening, map[string]string{"SKU code": g.code, "Opening quantity": strconv.Itoa(g.opening), "Opening value (total)": g.value})
	}
	d.ok("import", products, opening)
	return d
}

// placed describes paid orders: two cups and one tea each.
func placed(numbers ...string) []sample.Order {
	at := when.At(2026, 4, 22, 20, 0, 0)
	var list []sample.Order
	for i, n := range numbers {
		at := at + when.Millis(i)*when.Minute
		list = append(list, sample.Order{
			Number: n, State: sample.Paid, Shop: "hill", Buyer: "buyer" + n, Receiver: "Lin Man", Phone: "1380000" + strconv.Itoa(1000+i),
			Province: "广东省", City: "广州市", District: "越秀区", Address: "Plum Road 1-" + strconv.Itoa(i), Postcode: "510180", Country: "CN",
			CreatedAt: at, PaidAt: at + when.Minute, FreightFen: 600,
			Lines: []sample.Line{
				{Code: "CUP-1", PlatformSKU: "77001", Title: "Porcelain cup", Spec: "plain", Qty: 2, UnitFen: 3350},
				{Code: "TEA-1", PlatformSKU: "77002", Title: "Black tea", Spec: "plain", Qty: 1, UnitFen: 5900},
			},
		})
	}
	return list
}

// orderFile writes orders in a layout and gives the file.
func (d *desk) orderFile(layout, name string, list []sample.Order) string {
	d.t.Helper()
	var b bytes.Buffer
	require.NoError(d.t, sample.Write(layout, list, &b))
	path := d.path(name)
	require.NoError(d.t, os.WriteFile(path, b.Bytes(), 0o600))
	return path
}
