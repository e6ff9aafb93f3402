package ingest

import (
	"context"
	"io"
	"slices"
	"sort"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
	"zhanggui/app/job"
	"zhanggui/app/when"
)

// Options say how a file is to be read. The zero value reads built-in layouts
// of any currency.
type Options struct {
	Mappings     []Mapping  // remembered by header set; they win over built-in layouts
	Forced       *Mapping   // zg import --map: read with this one, whatever the header
	ShopCurrency string     // the shop's book currency; "" leaves it unchecked
	Rate         Rate       // turns the file's currency into the shop's; zero: none given
	Report       job.Report // rows done; the total is not known before the end
	MaxRows      int        // 0 is DefaultMaxRows
	Limits       *sheet.Limits
}

// Read reads one file whole: it recognises it, finds the header, reads every
// row of every visible sheet that has that header and groups rows into whole
// orders. A row that cannot be read refuses its whole order (DECIDED 3); the
// file itself is refused only when it cannot be understood at all.
//
// r must stay readable until Read returns; rows are streamed and, when rows
// were refused, read a second time for their texts. The File is also given
// beside an error as far as it is known (name, size, hash, header).
// Errors: the faults of sheet.Open; Invalid fault.ingest.unknown_layout,
// .missing_columns, .no_rows, .currency, .mapping_columns; Limit
// fault.ingest.too_many_rows; Cancelled.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*File, error) {
	name = baseName(name)
	lim := sheet.DefaultLimits()
	if opt.Limits != nil {
		lim = *opt.Limits
	}
	file := &File{Name: name, Size: size, Kind: KindUnknown}
	book, err := sheet.Open(name, r, size, lim)
	if err != nil {
		return file, fault.Wrap(err, name)
	}
	defer func() { _ = book.Close() }() // a read path: nothing is lost
	file.SHA256, file.Encoding = book.SHA256, book.Encoding
	rec, err := recognise(ctx, book, opt.Mappings, opt.Forced)
	if err != nil {
		return file, fault.Wrap(err, name)
	}
	file.HeaderRow, file.Header, file.Sheet = rec.HeaderRow, rec.Header, rec.Sheet
	if rec.layout == nil {
		return file, unknownLayout(name, rec, opt.Forced)
	}
	file.Kind, file.Layout, file.Channel = rec.Kind, rec.Layout, rec.Channel
	rd := newReader(ctx, book, file, opt)
	for _, hit := range rec.hits {
		if err := rd.sheet(hit, rec.layout); err != nil {
			return file, fault.Wrap(err, name)
		}
	}
	rd.noteRecognition(rec)
	return file, fault.Wrap(rd.finish(), name)
}

func baseName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		return name[i+1:]
	}
	return name
}

// reader collects one file.
type reader struct {
	ctx     context.Context
	book    *sheet.Book
	file    *File
	opt     Options
	max     int
	p       *plan
	hit     hit
	row     row
	index   map[string]*build
	builds  []*build
	prev    *build // the order of the row above, for cells merged downwards
	totals  map[string]*Total
	order   []string // names of totals as they came
	strays  []Reject
	texts   shared
	ids     shared
	scratch []LineDraft
	arena   []fen          // where the sums of orders live
	skus    map[string]int // row of each SKU code, in product and stock files
	wait    []waiting
	skipped int // notes beyond MaxNotes
}

// waiting is a declared figure that is compared once everything is read.
type waiting struct {
	row   int
	count int64
}

func newReader(ctx context.Context, book *sheet.Book, file *File, opt Options) *reader {
	rd := &reader{
		ctx: ctx, book: book, file: file, opt: opt, max: opt.MaxRows,
		index: map[string]*build{}, totals: map[string]*Total{}, texts: shared{}, ids: shared{}, skus: map[string]int{},
	}
	if rd.max <= 0 {
		rd.max = DefaultMaxRows
	}
	rd.row.rd = rd
	return rd
}

// sheet reads the rows below one header.
func (rd *reader) sheet(h hit, lay *Layout) error {
	rd.hit, rd.prev = h, nil
	if rd.p == nil || !slices.Equal(rd.p.header, h.header) {
		rd.p = newPlan(lay, h.header)
		if m := h.mapping; m != nil {
			m.adjust(rd.p)
		}
	}
	if rd.file.Currency == "" {
		rd.file.Currency = rd.p.currency
	}
	rd.row.p = rd.p
	if rd.file.types == nil {
		rd.file.types = rd.p.types()
	}
	rd.row.amounts = make([]fen, len(rd.p.amounts))
	rd.totalColumns()
	return rd.book.Rows(rd.ctx, h.sheet, rd.take)
}

// take reads one physical row.
func (rd *reader) take(sr sheet.Row) error {
	if sr.Number <= rd.hit.row || blankRow(sr.Cells) {
		return nil
	}
	r := &rd.row
	r.n, r.cells, r.err, r.refunded = sr.Number, sr.Cells, nil, 0
	if rd.headerAgain(r) || rd.trailer(r) {
		return nil
	}
	rd.file.RowCount++
	if rd.file.RowCount > rd.max {
		return fault.New(fault.Limit, "fault.ingest.too_many_rows", "file", rd.file.Name, "limit", rd.max)
	}
	if rd.file.RowCount%1000 == 0 {
		rd.opt.Report.Say(rd.file.RowCount, 0, "ingest.reading")
	}
	switch rd.p.lay.Kind {
	case KindProducts:
		rd.product(r)
	case KindOpening:
		rd.opening(r)
	default:
		rd.orderRow(r)
	}
	return rd.checkCurrency()
}

func blankRow(cells []sheet.Cell) bool {
	for i := range cells {
		if strings.TrimSpace(cells[i].Text) != "" || cells[i].NoValue {
			return false
		}
	}
	return true
}

// finish closes all orders, refuses the bad ones and adds everything up.
func (rd *reader) finish() error {
	rd.refuseRounded()
	rd.index, rd.prev = nil, nil
	rd.file.Orders = make([]OrderDraft, 0, len(rd.builds))
	for i, b := range rd.builds {
		rd.builds[i] = nil // its memory is free for the next ones
		if b.bad != nil {
			rd.refuse(b)
			continue
		}
		b.close(b.p)
		rd.accept(b)
	}
	rd.file.Rejected = append(rd.file.Rejected, rd.strays...)
	sort.SliceStable(rd.file.Rejected, func(i, k int) bool {
		a, b := &rd.file.Rejected[i], &rd.file.Rejected[k]
		if a.Sheet != b.Sheet {
			return a.Sheet < b.Sheet
		}
		return a.Row < b.Row
	})
	rd.sumUp()
	if rd.file.RowCount == 0 {
		return fault.New(fault.Invalid, "fault.ingest.no_rows", "file", rd.file.Name, "row", rd.file.HeaderRow)
	}
	if err := rd.convert(); err != nil {
		return err
	}
	return rd.fetchCells()
}

func (rd *reader) accept(b *build) {
	rd.file.Orders = append(rd.file.Orders, b.d)
	for _, n := range b.notes {
		if len(rd.file.Notes) >= MaxNotes {
			rd.skipped++
			continue
		}
		rd.file.Notes = append(rd.file.Notes, n)
	}
	for k, a := range b.p.amounts {
		if t := rd.totals[a.name]; t != nil {
			t.Accepted += b.sums[k]
		}
	}
	if t := rd.totals[b.p.computed]; t != nil && t.Computed {
		t.Accepted += b.goods
	}
	at := b.d.CreatedAt
	if at == 0 {
		at = b.d.PaidAt
	}
	rd.span(at)
}

func (rd *reader) span(at when.Millis) {
	if at == 0 {
		return
	}
	day := at.Day()
	if rd.file.FirstDay == "" || day < rd.file.FirstDay {
		rd.file.FirstDay = day
	}
	if day > rd.file.LastDay {
		rd.file.LastDay = day
	}
}

// refuse puts all rows of an order to the rejects: the bad row says why, the
// others name it (DECIDED 3).
func (rd *reader) refuse(b *build) {
	for _, n := range b.d.Rows {
		e := *b.bad
		if n != b.bad.Row {
			e = Reject{
				Row: n, Code: companion.code, Key: companion.key,
				Args: fault.Args("row", n, "other", b.bad.Row, "order", b.d.Number),
			}
		}
		e.Order, e.Sheet = b.d.Number, b.sheet
		rd.file.Rejected = append(rd.file.Rejected, e)
	}
}

// fetchCells reads the file again for the texts of the refused rows: keeping
// every row's text until its order is whole would cost far more memory.
func (rd *reader) fetchCells() error {
	if len(rd.file.Rejected) == 0 {
		return nil
	}
	want := map[string]map[int][]int{}
	for i := range rd.file.Rejected {
		e := &rd.file.Rejected[i]
		if want[e.Sheet] == nil {
			want[e.Sheet] = map[int][]int{}
		}
		want[e.Sheet][e.Row] = append(want[e.Sheet][e.Row], i)
	}
	for i, s := range rd.book.Sheets {
		rows := want[s.Name]
		if s.Hidden || len(rows) == 0 {
			continue
		}
		err := rd.book.Rows(rd.ctx, i, func(sr sheet.Row) error {
			for _, k := range rows[sr.Number] {
				rd.file.Rejected[k].Cells = rd.readable(sr.Cells)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// note keeps a remark for people, up to MaxNotes.
func (rd *reader) note(row int, key string, pairs ...any) {
	if len(rd.file.Notes) >= MaxNotes {
		rd.skipped++
		return
	}
	rd.file.Notes = append(rd.file.Notes, Note{Row: row, Key: key, Args: fault.Args(pairs...)})
}

// shared gives equal texts one memory and one reading: a month's file says the
// same titles, courier names and provinces thousands of times. The key is the
// cell as the file has it.
type shared map[string]string

func (m shared) remember(raw, s string) string {
	const most, longest = 20_000, 200
	c := strings.Clone(s)
	if len(m) < most && len(raw) <= longest {
		m[strings.Clone(raw)] = c
	}
	return c
}
