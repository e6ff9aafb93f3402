package stock

import (
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/stock"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// The chips; "" is everything.
const (
	chipAll      = "all"
	chipShort    = "short"
	chipOversold = "oversold"
	chipReserved = "reserved"
	chipKit      = "kit"
)

// chipKeys lists them in order.
var chipKeys = []string{chipAll, chipShort, chipOversold, chipReserved, chipKit}

// asOfKey is where the list's filter keeps the past day looked at.
const asOfKey = "as_of"

// belowKey is the filter for SKUs below zero, whose cost is provisional: the home
// screen opens the list with it.
const belowKey = "below"

// asOf is the past day of a query, "" for now.
func asOf(q kit.Query) when.Day { return when.Day(q.Filter.Text(asOfKey)) }

// query asks for the stock of a chip. A past day knows no promises: its chips
// are 缺货 and 组合装 only.
func query(q kit.Query) core.Query {
	out := core.Query{Search: q.Search, Page: q.Page, Totals: true}
	if q.Chip != chipAll {
		out.Chip = q.Chip
	}
	if q.Filter.Text(belowKey) != "" && asOf(q) == "" {
		out.Conds = []core.Cond{{Field: "on_hand", Op: "<", Value: "0"}}
	}
	if asOf(q) != "" && (q.Chip == chipOversold || q.Chip == chipReserved) {
		out.Chip = ""
	}
	return out
}

// level is how well a SKU is supplied, by what is known without reorder points:
// nothing left to promise, more promised than there is, or enough. Of a past day
// only the units are known, and a kit has none of its own: "" then.
func level(r core.StockRow, past bool) (kit.StockLevel, string) {
	left := r.Available
	if past {
		left = r.OnHand
	}
	switch {
	case past && r.Kit:
		return kit.InStock, ""
	case left < 0:
		return kit.OutOfStock, "level.oversold"
	case left == 0:
		return kit.OutOfStock, "level.out"
	}
	return kit.InStock, "level.normal"
}

// own is a figure of the SKU itself; a kit is counted by its parts.
func own(r core.StockRow, n int64) kit.Cell {
	if r.Kit {
		return kit.Muted(i18n.Dash)
	}
	return kit.Count(n)
}

// rare is a figure that is usually nothing.
func rare(r core.StockRow, n int64) kit.Cell {
	if r.Kit {
		return kit.Muted(i18n.Dash)
	}
	return kit.CountOrDash(n)
}

// availableCell is what may still be sold; none of it is urgent.
func availableCell(r core.StockRow, past bool) kit.Cell {
	if past {
		return kit.Muted(i18n.Dash)
	}
	cell := kit.Count(r.Available)
	if r.Available <= 0 {
		cell = cell.In(theme.Urgent)
	}
	return cell
}

// name is title and variant of a SKU.
func name(r core.StockRow) string { return strings.TrimSpace(r.Title + " " + r.Spec) }

// unitCost is the moving average of one unit, 0 without stock.
func unitCost(value money.Fen, qty int64) money.Fen {
	if qty <= 0 {
		return 0
	}
	cost, err := money.MulDiv(value, 1, qty)
	if err != nil {
		return 0
	}
	return cost
}

// signed is a change of units: pluses in ok ink, minuses black (LOOK §6).
func signed(n int64) kit.Cell {
	switch {
	case n > 0:
		return kit.Toned(theme.OK, "+"+i18n.Count(n))
	case n == 0:
		return kit.Muted(i18n.Dash)
	}
	return kit.Text(i18n.Count(n))
}

// because is the document behind a move and who made it.
func because(tr i18n.Tr, m core.MoveRow) string {
	doc := m.Note
	if m.Reason == domain.MoveAdjust || m.RefKind == "adjust" {
		reason, rest, _ := strings.Cut(m.Note, " ")
		if reason != "" {
			reason = tr.Word("adjust", reason)
		}
		doc = strings.TrimSpace(reason + " " + rest)
	}
	if m.RefKind == "parcel" {
		doc = i18n.Short(m.Number)
	}
	return i18n.Join(doc, m.Actor)
}

// ledger are the rows of the pane's ledger, newest first.
func ledger(tr i18n.Tr, moves []core.MoveRow, now when.Millis) fixedRows {
	rows := make(fixedRows, len(moves))
	for i, m := range moves {
		rows[i] = &kit.Row{ID: i18n.Count(m.Seq), Cells: []kit.Cell{
			kit.Muted(tr.Moment(m.At, now)), kit.Text(tr.Word("reason", string(m.Reason))).With(because(tr, m)),
			signed(m.Qty), kit.Count(m.BalanceQty),
		}}
	}
	return rows
}

// fixedRows are rows of a grid that are all there.
type fixedRows []*kit.Row

// Len is their number.
func (f fixedRows) Len() int { return len(f) }

// Row gives one.
func (f fixedRows) Row(i int) (*kit.Row, bool) {
	if i < 0 || i >= len(f) {
		return nil, false
	}
	return f[i], true
}

// lastDoc is the document of a SKU's newest move when it can be taken back here:
// receipt, opening or correction. why is the key of the reason when it cannot.
func lastDoc(moves []core.MoveRow) (cmd stock.UndoCmd, why string) {
	if len(moves) == 0 {
		return cmd, "inventory.undo.none"
	}
	m := moves[0]
	switch {
	case m.Reason == domain.MoveUndo:
		return cmd, "inventory.undo.already"
	case m.RefKind != "receipt" && m.RefKind != "opening" && m.RefKind != "adjust":
		return cmd, "inventory.undo.elsewhere"
	}
	doc, err := ids.Parse[ids.DocKind](m.RefID)
	if err != nil {
		return cmd, "inventory.undo.none"
	}
	return stock.UndoCmd{Kind: m.RefKind, Doc: doc}, ""
}

// lastReceipt is the newest receipt of a SKU that was not taken back.
func lastReceipt(moves []core.MoveRow) (core.MoveRow, bool) {
	undone := map[string]bool{}
	for _, m := range moves {
		if m.Reason == domain.MoveUndo {
			undone[m.RefID] = true
		}
		if m.Reason == domain.MoveReceipt && !undone[m.RefID] {
			return m, true
		}
	}
	return core.MoveRow{}, false
}

// exported are the columns that a file may have, by the list's keys.
var exported = []struct {
	key, title string
	kind       reports.Type
	cell       func(r core.StockRow) reports.Cell
}{
	{"bin", "field.bin", reports.TypeID, func(r core.StockRow) reports.Cell { return reports.Text(r.Bin) }},
	{"sku", "field.sku", reports.TypeID, func(r core.StockRow) reports.Cell { return reports.Text(r.SKU) }},
	{"name", "field.goods", reports.TypeText, func(r core.StockRow) reports.Cell { return reports.Text(name(r)) }},
	{"on_hand", "field.on_hand", reports.TypeQty, func(r core.StockRow) reports.Cell { return ownCell(r, r.OnHand) }},
	{"reserved", "field.reserved", reports.TypeQty, func(r core.StockRow) reports.Cell { return ownCell(r, r.Reserved) }},
	{"unavailable", "field.unavailable", reports.TypeQty, func(r core.StockRow) reports.Cell { return ownCell(r, r.Unavailable) }},
	{"available", "field.available", reports.TypeQty, func(r core.StockRow) reports.Cell { return reports.Qty(r.Available) }},
	{"incoming", "field.incoming", reports.TypeQty, func(r core.StockRow) reports.Cell { return ownCell(r, r.Incoming) }},
	{"value", "field.value", reports.TypeMoney, func(r core.StockRow) reports.Cell {
		if r.Kit {
			return reports.Empty()
		}
		return reports.Money(r.ValueFen)
	}},
}

func ownCell(r core.StockRow, n int64) reports.Cell {
	if r.Kit {
		return reports.Empty()
	}
	return reports.Qty(n)
}

// table is the list as a file: the columns in sight, with their sums.
func table(tr i18n.Tr, rows []core.StockRow, keys []string, day when.Day) (*reports.Table, error) {
	t := &reports.Table{Title: tr.T("inventory.file.title"), Note: i18n.Join(string(day), tr.MoneyUnit())}
	seen := map[string]bool{}
	for _, k := range keys {
		seen[k] = true
	}
	for _, c := range exported {
		if seen[c.key] {
			t.Columns = append(t.Columns, reports.Column{Title: tr.T(c.title), Type: c.kind})
		}
	}
	for _, r := range rows {
		var cells []reports.Cell
		for _, c := range exported {
			if seen[c.key] {
				cells = append(cells, c.cell(r))
			}
		}
		t.Add(cells...)
	}
	return t, t.Sum(tr.T("common.total"))
}
