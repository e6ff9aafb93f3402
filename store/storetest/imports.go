package storetest

import (
	"strconv"

	"github.com/stretchr/testify/require"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

var importTests = map[string]func(h *House){
	"Insert_EveryField_ReadBack":           importEveryField,
	"Save_StaleVersion_Conflict":           importStale,
	"BySHA_DoneOnesNewestFirst":            importBySHA,
	"Unfinished_RunningAndPartial":         importUnfinished,
	"Rows_EveryField_InFileOrder":          importRows,
	"LaterRows_NamesTheLaterFile":          importLater,
	"Mappings_Remembered_AndReplaced":      mappings,
	"List_NewestFirst_StatesSearchAndSums": importsListed,
}

func (h *House) imp(file string, at when.Millis) *domain.Import {
	return &domain.Import{
		ID: ids.New[ids.ImportKind](h.IDs), File: file, SHA256: "ab" + file, Kind: "orders", Layout: "taobao.orders", Channel: "tmall",
		Shop: h.Shop.ID, Encoding: "gb18030", Header: 3, State: domain.ImportDone, At: at, DoneAt: at + 1, By: "李四",
		New: 5, Changed: 4, Same: 3, Conflict: 2, Rejected: 1, Chunks: 1,
		Totals: []domain.ImportTotal{{Column: "总金额", Sum: 300, Accepted: 200, Declared: 300, HasDecl: true}},
	}
}

func (h *House) insertImport(list ...*domain.Import) {
	h.T.Helper()
	h.Write(func(tx core.Tx) {
		for _, i := range list {
			h.OK(tx.Imports().Insert(i))
		}
	})
}

func (h *House) getImport(id ids.ImportID) *domain.Import {
	h.T.Helper()
	var i *domain.Import
	h.Read(func(r core.Reads) {
		var err error
		i, err = r.Imports().Get(id)
		h.OK(err)
	})
	return i
}

func importEveryField(h *House) {
	i := h.imp("订单 11月.csv", Now)
	h.insertImport(i)
	h.noZero(*i)
	h.noZero(i.Totals[0])
	require.Equal(h.T, i, h.getImport(i.ID))

	i.State, i.DoneAt, i.New, i.Changed, i.Same, i.Conflict, i.Rejected, i.Chunks = domain.ImportPartial, Now+9, 10, 11, 12, 13, 14, 15
	i.Totals = nil
	h.Write(func(tx core.Tx) { h.OK(tx.Imports().Save(i)) })
	require.Equal(h.T, i, h.getImport(i.ID))

	h.Read(func(r core.Reads) {
		_, err := r.Imports().Get(ids.ImportID{5})
		h.Fault(err, fault.NotFound, "fault.import.unknown")
	})
}

func importStale(h *House) {
	i := h.imp("a.csv", Now)
	h.insertImport(i)
	stale := *i
	h.Write(func(tx core.Tx) { h.OK(tx.Imports().Save(i)) })

	err := h.Try(func(tx core.Tx) error { return tx.Imports().Save(&stale) })

	h.Fault(err, fault.Conflict, "fault.conflict_version")
}

func importBySHA(h *House) {
	old, newer, other, undone := h.imp("a.csv", Now), h.imp("a.csv", Now+1), h.imp("b.csv", Now+2), h.imp("a.csv", Now+3)
	undone.State = domain.ImportUndone
	h.insertImport(old, newer, other, undone)

	h.Read(func(r core.Reads) {
		got, err := r.Imports().BySHA("aba.csv")
		h.OK(err)
		require.Equal(h.T, []domain.Import{*newer, *old}, got)
	})
}

func importUnfinished(h *House) {
	done, running, partial := h.imp("a.csv", Now), h.imp("b.csv", Now+2), h.imp("c.csv", Now+1)
	running.State, partial.State = domain.ImportRunning, domain.ImportPartial
	h.insertImport(done, running, partial)

	h.Read(func(r core.Reads) {
		got, err := r.Imports().Unfinished()
		h.OK(err)
		require.Equal(h.T, []domain.Import{*partial, *running}, got)
	})
}

func importRows(h *House) {
	i := h.imp("a.csv", Now)
	h.insertImport(i)
	rows := []domain.ImportRow{
		{
			Import: i.ID, Rows: "12,13", Result: domain.RowRejected, RefKind: "order", RefID: "x", Number: "4012", Column: "数量", Value: "两个", Code: "qty",
			Key: "fault.stock.qty", Args: map[string]string{"value": "两个"}, Before: `{"a":1}`, After: `{"a":2}`,
		},
		{Import: i.ID, Rows: "14", Result: domain.RowNew, Number: "4013"},
	}
	for n := range 700 {
		rows = append(rows, domain.ImportRow{Import: i.ID, Rows: strconv.Itoa(15 + n), Result: domain.RowSame, Number: "S" + strconv.Itoa(n)})
	}
	h.Write(func(tx core.Tx) { h.OK(tx.Imports().AddRows(rows)) })

	h.Read(func(r core.Reads) {
		var got []domain.ImportRow
		for offset := 0; ; offset += 500 {
			page, err := r.Imports().Rows(i.ID, core.Query{Totals: true, Page: core.Page{Offset: offset, Limit: 500}})
			h.OK(err)
			require.Equal(h.T, len(rows), page.Total)
			got = append(got, page.Rows...)
			if len(page.Rows) < 500 {
				break
			}
		}
		require.Len(h.T, got, len(rows))
		h.noZero(got[0])
		for n := range got {
			require.NotZero(h.T, got[n].Seq)
			rows[n].Seq = got[n].Seq
		}
		require.Equal(h.T, rows, got)
		page, err := r.Imports().Rows(i.ID, core.Query{Chip: "rejected", Search: "两"})
		h.OK(err)
		require.Equal(h.T, rows[:1], page.Rows)
		page, err = r.Imports().Rows(ids.ImportID{1}, core.Query{})
		h.OK(err)
		require.Empty(h.T, page.Rows)
	})
}

func importLater(h *House) {
	first, second, undone := h.imp("first.csv", Now), h.imp("second.csv", Now+1), h.imp("undone.csv", Now+2)
	undone.State = domain.ImportUndone
	h.insertImport(first, second, undone)
	row := func(i *domain.Import, ref string, result domain.RowResult) domain.ImportRow {
		return domain.ImportRow{Import: i.ID, Result: result, RefKind: "order", RefID: ref}
	}
	h.Write(func(tx core.Tx) {
		h.OK(tx.Imports().AddRows([]domain.ImportRow{
			row(first, "o1", domain.RowNew), row(first, "o2", domain.RowNew), row(first, "o3", domain.RowChanged),
			row(first, "o4", domain.RowSame), row(first, "", domain.RowRejected),
		}))
		h.OK(tx.Imports().AddRows([]domain.ImportRow{
			row(second, "o1", domain.RowChanged), row(second, "o2", domain.RowSame), row(second, "o4", domain.RowChanged),
			row(second, "", domain.RowRejected),
		}))
		h.OK(tx.Imports().AddRows([]domain.ImportRow{row(undone, "o3", domain.RowChanged)}))
	})

	h.Read(func(r core.Reads) {
		later, err := r.Imports().LaterRows(first.ID)
		h.OK(err)
		require.Equal(h.T, map[string]string{"o1": "second.csv"}, later)
		later, err = r.Imports().LaterRows(second.ID)
		h.OK(err)
		require.Empty(h.T, later)
	})
}

func mappings(h *House) {
	a, b := core.SavedMapping{Name: "苏宁", HeaderKey: "k1", Body: `{"x":1}`}, core.SavedMapping{Name: "offline", HeaderKey: "k2", Body: "{}"}
	h.Write(func(tx core.Tx) {
		h.OK(tx.Imports().SaveMapping(a))
		h.OK(tx.Imports().SaveMapping(b))
		a.Body, a.HeaderKey = `{"x":2}`, "k3"
		h.OK(tx.Imports().SaveMapping(a))
	})

	h.Read(func(r core.Reads) {
		got, err := r.Imports().Mappings()
		h.OK(err)
		require.ElementsMatch(h.T, []core.SavedMapping{a, b}, got)
	})
}

func importsListed(h *House) {
	a, b := h.imp("订单.csv", Now), h.imp("货品.xlsx", Now+1)
	b.State, b.Totals = domain.ImportRunning, nil
	h.insertImport(a, b)

	h.Read(func(r core.Reads) {
		page, err := r.Imports().List(core.Query{Totals: true})
		h.OK(err)
		require.Equal(h.T, []domain.Import{*b, *a}, page.Rows)
		require.Equal(h.T, int64(10), page.Sums["new"])
		page, err = r.Imports().List(core.Query{Chip: "running"})
		h.OK(err)
		require.Equal(h.T, []domain.Import{*b}, page.Rows)
		page, err = r.Imports().List(core.Query{Search: "订单"})
		h.OK(err)
		require.Equal(h.T, []domain.Import{*a}, page.Rows)
	})
}
