package ingest

import "strings"

// orderRow puts one row to its order, or to its orders where the cell holds
// several numbers.
func (rd *reader) orderRow(r *row) {
	r.readAmounts()
	if rd.p.lay.Group == GroupMany {
		rd.many(r)
		return
	}
	no := r.number()
	if no == "" && r.err == nil && rd.prev != nil && r.continues() {
		rd.into(rd.prev, r)
		return
	}
	if no == "" {
		r.fail(noOrder, rd.p.name(FOrder), "")
		rd.count(r, nil)
		rd.stray(r, "")
		rd.prev = nil
		return
	}
	rd.join(no, r)
}

// many puts a row to each order its cell names; a bad row is refused alone,
// since its orders stand in another file.
func (rd *reader) many(r *row) {
	list := r.numbers()
	if r.waybill() == "" {
		r.fail(valueMissing, rd.p.name(FWaybill), "")
	}
	r.time(FShippedAt)
	if r.err != nil {
		rd.stray(r, strings.Join(list, ","))
		return
	}
	for _, no := range list {
		rd.join(no, r)
	}
}

func (rd *reader) join(no string, r *row) {
	b := rd.index[no]
	if b == nil {
		b = &build{p: rd.p, sheet: rd.hit.name, sums: rd.newSums()}
		b.d.Number = strings.Clone(no)
		rd.index[b.d.Number] = b
		rd.builds = append(rd.builds, b)
	}
	rd.prev = b
	rd.into(b, r)
}

// newSums gives an order its amounts out of a common block.
func (rd *reader) newSums() []fen {
	n := len(rd.p.amounts)
	if len(rd.arena) < n {
		rd.arena = make([]fen, 1024*max(n, 1))
	}
	s := rd.arena[:n:n]
	rd.arena = rd.arena[n:]
	return s
}

// into adds a row to its order.
func (rd *reader) into(b *build, r *row) {
	hash := r.hash()
	if rd.repeated(b, r, hash) {
		if rd.p.lay.Group == GroupMany {
			return // 运单表 repeats its pairs per kind of exception
		}
		rd.note(r.n, "note.ingest.repeated_row", "order", b.d.Number, "row", r.n)
		return
	}
	if b.p != rd.p { // the same number on a sheet with another header
		r.fail(orderTwice, rd.p.name(FOrder), b.d.Number, "order", b.d.Number, "other", b.d.Rows[0])
		rd.count(r, nil)
		rd.stray(r, b.d.Number)
		return
	}
	first := len(b.d.Rows) == 0
	b.d.Rows = append(b.d.Rows, r.n)
	b.hashes = append(b.hashes, hash)
	rd.count(r, b)
	if !first && rd.p.lay.Group == GroupRow {
		r.fail(orderTwice, rd.p.name(FOrder), b.d.Number, "order", b.d.Number, "other", b.d.Rows[0])
	}
	b.order(r)
	l := b.facts(r)
	rd.lines(b, r, l, hash)
	if r.err != nil && b.bad == nil {
		b.bad = r.err
		b.bad.Order, b.bad.Args["order"] = b.d.Number, b.d.Number
	}
}

// repeated tells that the row stands in the file already and means the same
// thing: the same sub-order, or the same order in a file of one row per order.
// Without a sub-order number equal goods rows are two real events (Q12).
func (rd *reader) repeated(b *build, r *row, hash uint64) bool {
	if rd.p.lay.Group != GroupRow && rd.p.lay.Group != GroupMany {
		if _, ok := r.filled(FSub); !ok {
			return false
		}
	}
	for _, h := range b.hashes {
		if h == hash {
			return true
		}
	}
	return false
}

// lines adds the goods lines of the row.
func (rd *reader) lines(b *build, r *row, facts lineFacts, hash uint64) {
	if rd.p.lay.Group == GroupMany {
		return
	}
	read := rd.p.lay.rules.lines
	if read == nil {
		read = plainLines
	}
	rd.scratch = read(r, b, rd.scratch[:0])
	for _, l := range rd.scratch {
		l.Cancelled, l.Refunded, l.Shipped = facts.cancelled, facts.refunded, facts.shipped
		l.RefundAsked = facts.asked
		l.Rows = b.d.Rows[len(b.d.Rows)-1 : len(b.d.Rows) : len(b.d.Rows)]
		if l.SubNo != "" {
			if b.subs == nil {
				b.subs = map[string]uint64{}
			}
			if other, twice := b.subs[l.SubNo]; twice && other != hash {
				r.fail(subTwice, rd.p.name(FSub), l.SubNo, "order", b.d.Number)
			}
			b.subs[l.SubNo] = hash
		}
		b.d.Lines = append(b.d.Lines, l)
	}
	if len(b.d.Lines) > MaxLines {
		r.fail(tooManyLines, rd.p.name(FOrder), b.d.Number, "order", b.d.Number, "limit", MaxLines)
		b.d.Lines = b.d.Lines[:MaxLines]
	}
}

// stray refuses a row that belongs to no order.
func (rd *reader) stray(r *row, order string) {
	e := *r.err
	e.Order, e.Sheet = order, rd.hit.name
	rd.strays = append(rd.strays, e)
}
