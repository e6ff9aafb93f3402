package main

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/fault"
)

// pager walks a list page by page. Each page is a snapshot of its own: on a
// desk where others work, a row that comes in meanwhile may move one across a
// page's edge.
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
}

// next gives the next rows, none at the end.
func (p *pager) next() ([]any, error) {
	if p.left == 0 && p.begun {
		return nil, nil
	}
	if err := p.ctx.Err(); err != nil {
		return nil, fault.From(err)
	}
	q := p.query
	q.Page.Offset, q.Page.Limit = p.offset, core.PageLimit
	if p.left >= 0 {
		q.Page.Limit = max(1, min(p.left, core.PageLimit))
	}
	q.Totals = !p.begun
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
	p.offset += len(found.Rows)
	p.shown += len(found.Rows)
	if p.left > 0 {
		p.left -= len(found.Rows)
	}
	if len(found.Rows) < q.Page.Limit {
		p.left = 0
	}
	return found.Rows, nil
}
