package app_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest/sample"
	"zhanggui/app/orders"
	"zhanggui/app/when"
	"zhanggui/reports"
)

// hostile are texts that break programs that build SQL, markup, formats, paths
// or formulas from what people type (QUALITY R22).
var hostile = []string{
	`'; DROP TABLE orders; --`, `" OR ""="`, `%s%n%d %!v(MISSING)`, `**粗** [点我](http://example.invalid) # 标题`,
	`../../../etc/passwd`, `=cmd|' /C calc'!A0`, `+1+1`, `@SUM(A1)`, `-2+3`, "行一\n行二", "㐀𠮷😀 Ω", `{order} {0} \u0000 $1`, `<b>&amp;</b>`,
}

func TestHostile_Orders_StoredVerbatimOnBoth(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		sku := f.SKU("A", 1000)
		f.Stock(sku, 100, 1000)
		for _, text := range hostile {
			id, err := f.Orders.Manual(f.As(auth.Service), orders.ManualCmd{
				Shop: f.Shop("offline"), BuyerNote: text, BuyerKey: text,
				Receiver: domain.Receiver{Name: text, Phone: text, City: text, Address: text},
				Lines:    []orders.ManualLine{{SKU: sku.ID, Qty: 1, UnitFen: 1000}},
			})
			require.NoError(t, err, text)
			require.NoError(t, f.Orders.ReleaseCheck(f.As(auth.Service), orders.ReleaseCheckCmd{Order: id, Check: domain.CheckBuyerNote, Reason: text}))

			d, err := f.Orders.Get(f.As(auth.Service), id)
			require.NoError(t, err)
			require.Equal(t, text, d.Order.BuyerNote)
			require.Equal(t, text, d.Order.Receiver.Address)
			page, err := f.Orders.List(f.As(auth.Service), core.Query{Conds: []core.Cond{{Field: "buyer", Op: "=", Value: text}}})
			require.NoError(t, err)
			require.Len(t, page.Rows, 1, text)
			_, err = f.Orders.List(f.As(auth.Service), core.Query{Search: text, Conds: []core.Cond{{Field: "goods", Op: "~", Value: text}}})
			require.NoError(t, err, text)
		}
		_, err := f.Orders.List(f.As(auth.Service), core.Query{Conds: []core.Cond{{Field: hostile[0], Op: "=", Value: "1"}}})
		require.Equal(t, "fault.list.unknown_field", fault.Key(err))
		_, err = f.Orders.List(f.As(auth.Service), core.Query{Page: core.Page{Sort: "number; DROP TABLE orders"}})
		require.True(t, fault.Is(err, fault.Invalid))
		f.CheckClean()
	})
}

func TestHostile_Products_FoundByTheirText(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	for i, text := range hostile {
		if strings.Contains(text, "\n") {
			continue // a title is one line
		}
		code := "SKU" + text
		p, err := f.Catalog.SaveProduct(f.As(auth.Supervisor), catalog.SaveProductCmd{Code: "P" + text, Title: text})
		require.NoError(t, err, text)
		_, err = f.Catalog.SaveSKU(f.As(auth.Supervisor), catalog.SaveSKUCmd{Product: p, Code: code, Spec: text})
		require.NoError(t, err, text)

		card, err := f.Catalog.GetByCode(f.As(auth.Supervisor), code)
		require.NoError(t, err, "%d %s", i, text)
		require.Equal(t, text, card.SKU.Spec)
	}
}

func TestHostile_ImportFile_VerbatimAndInert(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	var list []sample.Order
	for i, text := range hostile {
		list = append(list, sample.Order{
			Number: "69284410773120561" + string(rune('0'+i/10)) + string(rune('0'+i%10)), State: sample.Paid, Buyer: "b", Receiver: "沈佳", Phone: "13800004417",
			Address: "学府街 1 号", BuyerNote: text, CreatedAt: apptest.Start, PaidAt: apptest.Start + when.Minute,
			Lines: []sample.Line{{Code: "X", Title: text, Qty: 1, UnitFen: 100}},
		})
	}
	var b bytes.Buffer
	require.NoError(t, sample.Write("douyin_orders", list, &b))
	src := inbox.Source{Path: `=cmd|'../../x'.csv`, Data: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}
	p, err := f.Inbox.Preview(f.As(auth.Service), src, inbox.Target{}, nil)
	require.NoError(t, err)
	require.Empty(t, p.File.Rejected)

	_, err = f.Inbox.Commit(f.As(auth.Service), p, nil)

	require.NoError(t, err)
	for i, text := range hostile {
		id, err := f.Orders.Find(f.As(auth.Service), list[i].Number)
		require.NoError(t, err)
		o := f.Reload(&domain.Order{ID: id})
		require.Equal(t, strings.TrimSpace(text), o.BuyerNote)
	}
	f.CheckClean()
}

func TestHostile_Exports_NoFormulaGetsOut(t *testing.T) {
	t.Parallel()
	table := reports.Table{Title: "x", Columns: []reports.Column{{Title: "文字"}}}
	for _, text := range hostile {
		table.Add(reports.Text(text))
	}
	var plain, book bytes.Buffer
	require.NoError(t, table.CSV(&plain, reports.UTF8))
	require.NoError(t, table.XLSX(&book))

	for _, line := range strings.Split(plain.String(), "\n") {
		cell := strings.TrimLeft(strings.TrimPrefix(line, "\ufeff"), `"`)
		require.NotRegexp(t, `^[=+@\-\t]`, cell)
	}
	x, err := excelize.OpenReader(&book)
	require.NoError(t, err)
	sheet := x.GetSheetName(0)
	for row := 1; row <= len(hostile)+3; row++ {
		formula, err := x.GetCellFormula(sheet, "A"+strconv.Itoa(row))
		require.NoError(t, err)
		require.Empty(t, formula)
	}
}
