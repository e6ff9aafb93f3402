package main

import (
	"io"
	"strings"

	"zhanggui/app/i18n"
	"zhanggui/app/ingest"
	"zhanggui/reports"
)

// rejectedShown is how many refused rows the text names; --json has them all.
const rejectedShown = 20

// fileLines tells people about one file.
func (c *call) fileLines(r *fileReport) []string {
	key := "cli.import.head"
	switch {
	case r.shop == "":
		key = "cli.import.head_own"
	case r.Encoding == "":
		key = "cli.import.head_book"
	}
	head := c.tr.T(key, "file", r.File, "layout", c.layoutName(r), "shop", r.shop, "encoding", r.Encoding, "row", r.HeaderRow)
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
