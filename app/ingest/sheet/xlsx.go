package sheet

import (
	"context"
	"io"
	"path"
	"strings"
)

// xlsxSource is an xlsx or xlsm workbook. Macros, external links, pictures and
// formulas are never opened.
type xlsxSource struct {
	a      *archive
	sheets []string // part of each sheet
	shared string   // part of the shared strings, "" for none
	table  []string // the shared strings, loaded at the first use
	loaded bool
}

func (s *xlsxSource) close() error {
	s.table, s.loaded = nil, false
	return nil
}

// openXLSX reads the workbook's list of sheets into b.
func openXLSX(b *Book, r io.ReaderAt) error {
	a, err := openZip(b.Name, r, b.Size, b.lim)
	if err != nil {
		return err
	}
	book, err := a.workbook()
	if err != nil {
		return err
	}
	rels, err := a.relations(book)
	if err != nil {
		return err
	}
	src := &xlsxSource{a: a}
	if err := src.readWorkbook(b, book, rels); err != nil {
		return err
	}
	for _, rel := range rels {
		if strings.HasSuffix(rel.kind, "/sharedStrings") {
			src.shared = rel.target
		}
	}
	if len(src.sheets) == 0 {
		return broken("no_sheets", b.Name)
	}
	b.Format, b.source = XLSX, src
	return nil
}

// workbook finds the main part, or names what the zip is instead.
func (a *archive) workbook() (string, error) {
	if a.has("_rels/.rels") {
		rels, err := a.relations("")
		if err != nil {
			return "", err
		}
		for _, rel := range rels {
			target := strings.ToLower(rel.target)
			if strings.HasSuffix(rel.kind, "/officeDocument") && strings.HasSuffix(target, ".xml") &&
				!strings.HasPrefix(target, "word/") && !strings.HasPrefix(target, "ppt/") {
				return rel.target, nil
			}
		}
	}
	for _, known := range [][2]string{
		{"xl/workbook.bin", "XLSB"},
		{"word/document.xml", "DOCX"},
		{"ppt/presentation.xml", "PPTX"},
		{"index/document.iwa", "Numbers"},
		{"index.zip", "Numbers"},
		{"content.xml", "ODS"},
	} {
		if a.has(known[0]) {
			return "", unsupported(a.name, known[1])
		}
	}
	if a.has("xl/workbook.xml") {
		return "xl/workbook.xml", nil
	}
	return "", broken("archive", a.name)
}

// relation is one line of a .rels part.
type relation struct{ id, kind, target string }

// relations reads the relations of a part; none when it has no .rels.
func (a *archive) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	rels := path.Join(dir, "_rels", base+".rels")
	if !a.has(rels) {
		return nil, nil
	}
	p, err := a.open(rels)
	if err != nil {
		return nil, err
	}
	defer p.close()
	var out []relation
	x := newXMLScan(p)
	for {
		tok, err := x.next()
		if err != nil {
			return nil, p.explain(err)
		}
		if tok == tokEOF {
			return out, nil
		}
		if tok != tokStart || string(x.name) != "Relationship" {
			continue
		}
		if mode, _ := attr(x.attrs, "TargetMode"); strings.EqualFold(string(mode), "External") {
			continue
		}
		rel := relation{id: attrText(x.attrs, "Id"), kind: attrText(x.attrs, "Type")}
		target := strings.ReplaceAll(attrText(x.attrs, "Target"), `\`, "/")
		if strings.HasPrefix(target, "/") {
			rel.target = strings.TrimPrefix(path.Clean(target), "/")
		} else {
			rel.target = path.Join(dir, target)
		}
		if len(out) >= a.lim.Parts {
			return nil, over("too_many_parts", a.name, a.lim.Parts)
		}
		out = append(out, rel)
	}
}

// attrText is an attribute with its references resolved, "" for none.
func attrText(attrs []byte, name string) string {
	raw, _ := attr(attrs, name)
	text, err := unescape(nil, raw)
	if err != nil {
		text = raw
	}
	return strings.ToValidUTF8(string(text), "")
}

// readWorkbook lists the worksheets; chart and macro sheets hold no rows.
func (s *xlsxSource) readWorkbook(b *Book, part string, rels []relation) error {
	p, err := s.a.open(part)
	if err != nil {
		return err
	}
	defer p.close()
	x := newXMLScan(p)
	for {
		tok, err := x.next()
		if err != nil {
			return p.explain(err)
		}
		if tok == tokEOF {
			return p.drain()
		}
		if tok != tokStart {
			continue
		}
		switch string(x.name) {
		case "workbookPr":
			v := attrText(x.attrs, "date1904")
			b.Date1904 = v == "1" || v == "true"
		case "sheet":
			if err := s.addSheet(b, x.attrs, rels); err != nil {
				return err
			}
		}
	}
}

func (s *xlsxSource) addSheet(b *Book, attrs []byte, rels []relation) error {
	name := attrText(attrs, "name")
	if len(b.Sheets) >= b.lim.Sheets {
		return over("too_many_sheets", b.Name, b.lim.Sheets)
	}
	id := relationID(attrs)
	for _, rel := range rels {
		if rel.id != id {
			continue
		}
		if !strings.HasSuffix(rel.kind, "/worksheet") {
			return nil
		}
		if !s.a.has(rel.target) {
			return broken("part_missing", b.Name, "part", rel.target)
		}
		state := attrText(attrs, "state")
		b.Sheets = append(b.Sheets, Info{Name: name, Hidden: state == "hidden" || state == "veryHidden"})
		s.sheets = append(s.sheets, rel.target)
		return nil
	}
	return broken("part_missing", b.Name, "part", name)
}

// relationID is r:id; the local name id alone would also match sheetId's
// namespace twins, so the prefix is required.
func relationID(attrs []byte) string {
	for len(attrs) > 0 {
		before := attrs
		var key, val []byte
		key, val, attrs = nextAttr(attrs)
		if string(key) == "id" && strings.Contains(string(before[:len(before)-len(attrs)]), ":id") {
			return string(val)
		}
	}
	return ""
}

func (s *xlsxSource) rows(ctx context.Context, sheet int, fn func(Row) error) error {
	if err := s.loadShared(); err != nil {
		return err
	}
	p, err := s.a.open(s.sheets[sheet])
	if err != nil {
		return err
	}
	defer p.close()
	r := sheetReader{x: newXMLScan(p), p: p, shared: s.table, fn: fn, b: builder{name: s.a.name, lim: s.a.lim}}
	if err := r.read(ctx); err != nil {
		return err
	}
	return p.drain()
}
