package main

import (
	"zhanggui/app/domain"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/app/money"
)

// fileReport is what import answers for one file.
type fileReport struct {
	File      string                 `json:"file"`
	Kind      ingest.Kind            `json:"kind"`
	Layout    string                 `json:"layout"`
	Encoding  string                 `json:"encoding"`
	HeaderRow int                    `json:"header_row"`
	New       int64                  `json:"new"`
	Changed   int64                  `json:"changed"`
	Same      int64                  `json:"same"`
	Conflicts int64                  `json:"conflicts"`
	Rejected  []rejected             `json:"rejected"`
	Totals    map[string]totalReport `json:"totals"`
	Import    string                 `json:"import"`  // id, "" when nothing was written
	Skipped   bool                   `json:"skipped"` // the same bytes were imported before
	Error     *wrong                 `json:"error,omitempty"`

	shop  string
	order []string // of the totals in the file
}

// rejected is one refused row.
type rejected struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Value   string `json:"value"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// totalReport is one control total in fen of the file's currency; Declared is
// null where the file says nothing itself.
type totalReport struct {
	Sum      money.Fen  `json:"sum"`
	Accepted money.Fen  `json:"accepted"`
	Declared *money.Fen `json:"declared"`
}

func newFileReport(path string) fileReport {
	return fileReport{File: path, Kind: ingest.KindUnknown, Rejected: []rejected{}, Totals: map[string]totalReport{}}
}

// fail keeps what refused the file.
func (r *fileReport) fail(c *call, err error) {
	if err != nil {
		r.Error = c.wrong(err)
	}
}

// planned fills in what the preview found.
func (r *fileReport) planned(c *call, p *inbox.Plan) {
	f := p.File
	if f == nil {
		return
	}
	r.Kind, r.Layout, r.Encoding, r.HeaderRow, r.shop = f.Kind, f.Layout, f.Encoding, f.HeaderRow, p.Shop.Code
	r.New, r.Changed = int64(p.Counts[domain.RowNew]), int64(p.Counts[domain.RowChanged])
	r.Same, r.Conflicts = int64(p.Counts[domain.RowSame]), int64(p.Counts[domain.RowConflict])
	for _, e := range f.Rejected {
		r.Rejected = append(r.Rejected, rejected{Row: e.Row, Column: e.Column, Value: e.Value, Code: e.Code, Message: c.tr.M(e.Key, e.Args)})
	}
	for _, t := range f.Totals {
		total := totalReport{Sum: t.Sum, Accepted: t.Accepted}
		if t.HasDecl {
			declared := t.Declared
			total.Declared = &declared
		}
		r.Totals[t.Column] = total
		r.order = append(r.order, t.Column)
	}
	for _, n := range f.Notes {
		c.say(c.tr.T("cli.import.note", "file", f.Name, "row", n.Row, "text", c.tr.M(n.Key, n.Args)))
	}
}

// committed replaces the preview's counts by what was written.
func (r *fileReport) committed(res inbox.Result) {
	r.Import, r.Skipped = res.Import.ID.String(), res.Skipped
	if res.Skipped { // nothing was compared with later changes: nothing was written
		r.Same += r.New + r.Changed + r.Conflicts
		r.New, r.Changed, r.Conflicts = 0, 0, 0
		return
	}
	r.New, r.Changed, r.Same, r.Conflicts = res.Import.New, res.Import.Changed, res.Import.Same, res.Import.Conflict
}
