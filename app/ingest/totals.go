package ingest

import (
	"strconv"
	"strings"

	"zhanggui/app/ingest/sheet"
	"zhanggui/app/ingest/value"
	"zhanggui/app/money"
)

type fen = money.Fen

// totalColumns opens a control total for every amount column. Unit prices are
// left out: their sum says nothing.
func (rd *reader) totalColumns() {
	named := false
	for _, a := range rd.p.amounts {
		switch a.field {
		case FUnit, FPrice, FCost, FUnitCost:
			continue
		}
		named = true
		rd.total(a.name)
	}
	if !named && rd.p.has(FQty) && rd.p.has(FUnit) {
		rd.total(rd.p.computed).Computed = true
	}
}

func (rd *reader) total(name string) *Total {
	t := rd.totals[name]
	if t == nil {
		t = &Total{Column: name}
		rd.totals[name] = t
		rd.order = append(rd.order, name)
	}
	return t
}

// count adds a row to the control totals, whatever becomes of it. b is nil for
// a row without an order.
func (rd *reader) count(r *row, b *build) {
	for k, a := range rd.p.amounts {
		t := rd.totals[a.name]
		if t != nil && (b == nil || !a.once || b.sums[k] == 0) {
			t.Sum += r.amounts[k]
		}
	}
	if t := rd.totals[rd.p.computed]; t != nil && t.Computed {
		if q, ok := r.qty(FQty); ok {
			if v, err := money.Mul(r.sum(FUnit), q); err == nil {
				t.Sum += v
			}
		}
	}
	if b != nil {
		b.add(r)
	}
}

// sumUp hands the totals over and compares them with what the file says itself.
func (rd *reader) sumUp() {
	for _, name := range rd.order {
		t := rd.totals[name]
		if t.HasDecl && t.Declared != t.Sum {
			rd.note(0, "note.ingest.total_differs", "column", t.Column, "declared", t.Declared, "sum", t.Sum,
				"difference", t.Declared-t.Sum)
		}
		rd.file.Totals = append(rd.file.Totals, *t)
	}
	for _, w := range rd.wait {
		if w.count != int64(rd.file.RowCount) {
			rd.note(w.row, "note.ingest.count_differs", "row", w.row, "declared", w.count, "count", rd.file.RowCount)
		}
	}
	if rd.skipped > 0 {
		n := rd.skipped
		rd.file.Notes = append(rd.file.Notes[:len(rd.file.Notes):len(rd.file.Notes)], Note{
			Key: "note.ingest.more_notes", Args: map[string]string{"count": strconv.Itoa(n)},
		})
	}
}

// trailer recognises rows that are no data: "#…" lines, totals, counts, dashes
// (FORMATS §0 Q4). They are compared with the sums, never counted.
func (rd *reader) trailer(r *row) bool {
	at := -1
	if c := rd.p.cols[idField(rd.p.lay.Kind)]; len(c) > 0 {
		at = c[0]
	}
	id := strings.TrimSpace(r.cell(at).Text)
	first := firstText(r.cells)
	if rd.lonely(r, id) {
		rd.note(r.n, "note.ingest.remark_row", "row", r.n, "text", clip(strings.TrimLeft(first, "# ")))
		return true
	}
	if id != "" && !rd.isTrailer(id) || !rd.isTrailer(first) {
		return false
	}
	if n, ok := declaredCount(first); ok {
		rd.wait = append(rd.wait, waiting{row: r.n, count: n})
		return true
	}
	if !isTotalWord(first) {
		if strings.HasPrefix(first, "#") {
			rd.note(r.n, "note.ingest.remark_row", "row", r.n, "text", clip(strings.TrimLeft(first, "# ")))
		}
		return true
	}
	for _, a := range rd.p.amounts {
		t := rd.totals[a.name]
		if t == nil {
			continue
		}
		if sum, err := value.Amount(r.cell(a.at)); err == nil && sum.Present {
			t.Declared += sum.Fen
			t.HasDecl = true
		}
	}
	return true
}

// lonely tells a remark below the rows: a single cell is filled, and it is no
// order number.
func (rd *reader) lonely(r *row, id string) bool {
	if len(rd.p.header) < 4 || strings.ContainsAny(id, "0123456789") {
		return false
	}
	filled := 0
	for i := range r.cells {
		if strings.TrimSpace(r.cells[i].Text) != "" || r.cells[i].NoValue {
			filled++
		}
	}
	text := firstText(r.cells)
	_, counted := declaredCount(text)
	return filled == 1 && !counted && !isTotalWord(text)
}

func idField(k Kind) Field {
	if k == KindProducts || k == KindOpening {
		return FSKUCode
	}
	return FOrder
}

// isTrailer judges the first text of a row, or the text where the order number
// belongs.
func (rd *reader) isTrailer(s string) bool {
	if strings.HasPrefix(s, "#") {
		return !rd.p.lay.hashNo
	}
	if strings.Trim(s, "-—=*_ ") == "" && s != "" {
		return true
	}
	_, counted := declaredCount(s)
	return counted || isTotalWord(s)
}

// isTotalWord tells the words that open a total row.
func isTotalWord(s string) bool {
	t := strings.ToLower(strings.TrimRight(strings.TrimSpace(s), ":： "))
	switch t {
	case "总计", "合计", "小计", "总数", "汇总", "总和", "全部", "本页合计", "本页小计", "total", "totals", "grand total", "sum", "subtotal":
		return true
	}
	for _, w := range []string{"总计:", "总计：", "合计:", "合计：", "总交易单数", "导出时间", "日期=全部"} {
		if strings.HasPrefix(t, w) {
			return true
		}
	}
	return false
}

// declaredCount reads "共 3 笔记录" and its like.
func declaredCount(s string) (int64, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(s), "共")
	if !ok {
		return 0, false
	}
	rest = strings.TrimLeft(rest, " :：计")
	digits := rest
	for i, c := range rest {
		if c < '0' || c > '9' {
			digits, rest = rest[:i], strings.TrimLeft(rest[i:], " ")
			break
		}
	}
	for _, unit := range []string{"笔", "条", "单", "件", "行", "个订单"} {
		if strings.HasPrefix(rest, unit) {
			n, err := strconv.ParseInt(digits, 10, 32)
			return n, err == nil
		}
	}
	return 0, false
}

func firstText(cells []sheet.Cell) string {
	for i := range cells {
		if t := strings.TrimSpace(cells[i].Text); t != "" {
			return t
		}
	}
	return ""
}

// headerAgain recognises the header standing in the middle of the rows: files
// that people put together from several exports.
func (rd *reader) headerAgain(r *row) bool {
	same, other := 0, 0
	for _, i := range rd.p.mapped {
		t := strings.TrimSpace(r.cell(i).Text)
		if t == "" {
			continue
		}
		if t == strings.TrimSpace(rd.p.header[i]) || value.HeaderKey(t) == rd.p.keys[i] {
			same++
			continue
		}
		other++
		if other > same {
			return false
		}
	}
	return same > 1 && same > other
}
