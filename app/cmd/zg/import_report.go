package main

import (
	"io"
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/app/money"
	"zhanggui/reports"
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

// rejectedShown is how many refused rows the text names; --json has them all.
const rejectedShown = 20

// fileLines tells people about one file.
func (c *call) fileLines(r *fileReport) []string {
	head := c.tr.T("cli.import.head", "file", r.File, "layout", c.layoutName(r), "shop", r.shop, "encoding", r.Encoding, "row", r.HeaderRow)
	if r.Layout == "" {
		head = c.tr.T("cli.import.refused", "file", r.File)
	}
	lines := []string{head}
	if r.Layout != "" {
		lines = append(lines, "  "+c.tr.T("cli.import.counts", "new", i18n.Count(r.New), "changed", i18n.Count(r.Changed),
			"same", i18n.Count(r.Same), "conflicts", i18n.Count(r.Conflicts), "rejected", i18n.Count(int64(len(r.Rejected)))))
	}
	if r.Skipped {
		lines = append(lines, "  "+c.tr.T("cli.import.skipped", "id", r.Import))
	}
	for _, name := range r.order {
		t := r.Totals[name]
		key, declared := "cli.import.total", ""
		if t.Declared != nil {
			key, declared = "cli.import.total_declared", t.Declared.Grouped()
		}
		lines = append(lines, "  "+c.tr.T(key, "column", name, "sum", t.Sum.Grouped(), "accepted", t.Accepted.Grouped(), "declared", declared))
	}
	for i, e := range r.Rejected {
		if i == rejectedShown {
			lines = append(lines, "  "+c.tr.T("cli.import.more", "n", len(r.Rejected)-i))
			break
		}
		lines = append(lines, "  "+c.tr.T("cli.import.rejected", "row", e.Row, "column", plain(e.Column), "value", plain(cut(e.Value, 60)), "code", e.Code, "text", e.Message))
	}
	return lines
}

// layoutName is the word for a built-in layout, else the mapping's name.
func (c *call) layoutName(r *fileReport) string {
	if strings.Contains(r.Layout, " ") {
		return r.Layout
	}
	return c.tr.Word("layout", r.Layout)
}

// writeRejects writes the refused rows in the file's own layout.
func (c *call) writeRejects(f *ingest.File, path string) error {
	if path == "" || len(f.Rejected) == 0 {
		return nil
	}
	return reports.WriteFile(reports.OS, path, func(w io.Writer) error { return ingest.WriteRejected(w, f, c.tr) })
}
