package main

import (
	"bufio"
	"io"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/reports"
)

// listJSON streams one document, so that a million rows need no memory. What
// goes wrong on the way stands in it as "error".
func (c *call) listJSON(p *pager) (reply, error) {
	rows, err := p.next()
	if err != nil {
		return reply{}, err
	}
	out := bufio.NewWriterSize(c.env.out, 1<<16)
	var deaf error // nobody reads any more
	put := func(b []byte) {
		if _, err := out.Write(b); err != nil {
			deaf = fault.New(fault.Unavailable, "fault.cli.output").Because(err)
		}
	}
	put([]byte(`{"list":`))
	put(c.encode(p.list.name))
	put([]byte(`,"rows":[`))
	for first := true; len(rows) > 0 && deaf == nil; rows, err = p.next() {
		for _, r := range rows {
			if !first {
				put([]byte(","))
			}
			first = false
			put([]byte("\n"))
			put(p.list.object(c, r))
		}
	}
	if p.sums == nil {
		p.sums = map[string]int64{}
	}
	put([]byte("],\"total\":"))
	put(c.encode(p.total))
	put([]byte(`,"sums":`))
	put(c.encode(p.sums))
	if err != nil {
		put([]byte(`,"error":`))
		put(c.encode(c.wrong(err)))
	}
	put([]byte("}\n"))
	if wrong := out.Flush(); wrong != nil || deaf != nil {
		err = fault.New(fault.Unavailable, "fault.cli.output").Because(wrong)
	}
	return reply{told: true}, err
}

// listText prints the columns that people look for, page by page.
func (c *call) listText(p *pager) (reply, error) {
	columns := p.list.pick(c, p.list.shown)
	right := make([]bool, len(columns))
	head := make([]string, len(columns))
	for i, col := range columns {
		head[i], right[i] = col.title, numeric(col.typ)
	}
	for {
		rows, err := p.next()
		if err != nil {
			return reply{}, err
		}
		if len(rows) == 0 {
			break
		}
		table := [][]string{head}
		for _, r := range rows {
			line := make([]string, len(columns))
			for i, col := range columns {
				line[i] = col.brief(r)
			}
			table = append(table, line)
		}
		for _, l := range align(table, right) {
			if _, err := io.WriteString(c.env.out, l+"\n"); err != nil {
				return reply{told: true}, fault.New(fault.Unavailable, "fault.cli.output").Because(err)
			}
		}
	}
	if p.total >= 0 {
		c.note("cli.list.total", "n", i18n.Count(int64(p.shown)), "total", i18n.Count(int64(p.total)))
	}
	return reply{told: true}, nil
}

// listCSV writes every column to a file that Excel opens.
func (c *call) listCSV(p *pager, path string) (reply, error) {
	columns := p.list.pick(c, p.list.fields)
	t := reports.Table{}
	for _, col := range columns {
		t.Columns = append(t.Columns, reports.Column{Title: col.title, Type: col.typ})
	}
	t.Each = func(yield func([]reports.Cell) error) error {
		for {
			rows, err := p.next()
			if err != nil || len(rows) == 0 {
				return err
			}
			for _, r := range rows {
				cells := make([]reports.Cell, len(columns))
				for i, col := range columns {
					cells[i] = col.of(r).cell(col.typ)
				}
				if err := yield(cells); err != nil {
					return err
				}
			}
		}
	}
	if err := reports.WriteFile(reports.OS, path, func(w io.Writer) error { return t.CSV(w, reports.UTF8) }); err != nil {
		return reply{}, err
	}
	doc := struct {
		List string `json:"list"`
		File string `json:"file"`
		Rows int    `json:"rows"`
	}{p.list.name, path, p.shown}
	return reply{doc: doc, lines: []string{c.tr.T("cli.wrote_rows", "file", path, "n", p.shown)}}, nil
}
