package main

import (
	"context"
	"reflect"

	"zhanggui/app/core"
	"zhanggui/app/fault"
)

// pager walks a list page by page. Each page is a snapshot of its own: on a
// desk where others work, a row that changes meanwhile may move across a page's
// edge.
type pager struct {
	ctx    context.Context
	c      *call
	list   *list
	query  core.Query
	offset int
	left   int // -1: all
	begun  bool
	total  int
	sums   map[string]int64
	shown  int

	from string // value of the list's walk field where the next page begins, "" at first
	ties int    // rows with that value that were shown already
}

// next gives the next rows, none at the end.
func (p *pager) next() ([]any, error) {
	if p.left == 0 && p.begun {
		return nil, nil
	}
	if err := p.ctx.Err(); err != nil {
		return nil, fault.From(err)
	}
	q := p.page()
	found, err := p.list.read(p.ctx, p.c.app, q)
	if err != nil {
		return nil, err
	}
	if !p.begun {
		p.begun, p.total, p.sums = true, found.Total, found.Sums
		if p.left == 0 {
			return nil, nil // --limit 0 asks for the totals alone
		}
	}
	p.moveOn(found.Rows)
	if len(found.Rows) < q.Page.Limit {
		p.left = 0
	}
	return found.Rows, nil
}

// page asks for the next rows. A walk in the list's own order begins where the
// last page ended instead of counting all rows before it, which would take
// ever longer.
func (p *pager) page() core.Query {
	q := p.query
	q.Totals = !p.begun
	q.Page.Offset, q.Page.Limit = p.offset, core.PageLimit
	if p.left >= 0 {
		q.Page.Limit = max(1, min(p.left, core.PageLimit))
	}
	if p.from != "" {
		q.Conds = append(q.Conds[:len(q.Conds):len(q.Conds)], core.Cond{Field: p.list.walk, Op: "<=", Value: p.from})
		q.Page.Offset = p.ties
	}
	return q
}

// moveOn counts rows as shown.
func (p *pager) moveOn(rows []any) {
	p.offset += len(rows)
	p.shown += len(rows)
	if p.left > 0 {
		p.left -= len(rows)
	}
	if p.list.walk == "" || p.query.Chip != "" || p.query.Page.Sort != "" {
		return
	}
	for _, r := range rows {
		v := textOf(reflect.ValueOf(r).Field(p.list.at(p.list.walk)))
		if v != p.from {
			p.from, p.ties = v, 0
		}
		p.ties++
	}
}
