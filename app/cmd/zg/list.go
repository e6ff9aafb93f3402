package main

import (
	"context"
	"flag"
	"slices"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
)

// listFlags are the flags of list.
type listFlags struct {
	where         many
	query         core.Query
	offset, limit int
	csv           string
}

func listCommand() command {
	var o listFlags
	return command{
		name:  "list",
		usage: strings.Join(listNames(), "|") + " [--where 'FIELD OP VALUE']… [--chip C] [--search T] [--sort F] [--desc] [--limit N] [--offset N] [--csv FILE]",
		least: 1, most: 1, needs: person,
		setup: func(f *flag.FlagSet) action {
			f.Var(&o.where, "where", "")
			f.StringVar(&o.query.Chip, "chip", "", "")
			f.StringVar(&o.query.Search, "search", "", "")
			f.StringVar(&o.query.Page.Sort, "sort", "", "")
			f.BoolVar(&o.query.Page.Desc, "desc", false, "")
			f.IntVar(&o.limit, "limit", -1, "")
			f.IntVar(&o.offset, "offset", 0, "")
			f.StringVar(&o.csv, "csv", "", "")
			return func(ctx context.Context, c *call) (reply, error) { return c.list(ctx, o) }
		},
		check: func(c *call) error { return o.check(c.args[0]) },
	}
}

// check looks at the list's name and the fields that are named.
func (o *listFlags) check(name string) error {
	l := findList(name)
	if l == nil {
		return usage("fault.cli.bad_word", "word", name)
	}
	if o.limit < -1 || o.offset < 0 {
		return usage("fault.cli.bad_value", "word", "--limit / --offset", "value", min(o.limit, o.offset))
	}
	fields := l.conditions()
	known := func(field string) error {
		if slices.Contains(fields, field) {
			return nil
		}
		return usage("fault.cli.unknown_field", "word", field, "list", name, "known", strings.Join(fields, ", "))
	}
	o.query.Conds = nil
	for _, w := range o.where {
		cond, err := parseWhere(w)
		if err != nil {
			return err
		}
		if err := known(cond.Field); err != nil {
			return err
		}
		o.query.Conds = append(o.query.Conds, cond)
	}
	if o.query.Page.Sort != "" {
		return known(o.query.Page.Sort)
	}
	return nil
}

// operators in an order in which the longer ones are found first (DECIDED 21).
var operators = []string{"!=", "<=", ">=", "=", "<", ">", "~"}

// parseWhere reads "FIELD OP VALUE"; blanks around OP may be left out, quotes
// around VALUE are taken off.
func parseWhere(s string) (core.Cond, error) {
	at := strings.IndexAny(s, "!<>=~")
	if at < 1 {
		return core.Cond{}, usage("fault.cli.bad_where", "word", s)
	}
	for _, op := range operators {
		if rest, ok := strings.CutPrefix(s[at:], op); ok {
			return core.Cond{Field: strings.TrimSpace(s[:at]), Op: op, Value: unquote(strings.TrimSpace(rest))}, nil
		}
	}
	return core.Cond{}, usage("fault.cli.bad_where", "word", s)
}

func unquote(s string) string {
	if n := len(s); n >= 2 && s[0] == s[n-1] && (s[0] == '\'' || s[0] == '"') {
		return s[1 : n-1]
	}
	return s
}

// list prints the rows or writes them to a file.
func (c *call) list(ctx context.Context, o listFlags) (reply, error) {
	l := findList(c.args[0])
	pages := &pager{ctx: ctx, c: c, list: l, query: o.query, offset: o.offset, left: o.limit}
	if o.csv != "" {
		if err := c.may(ctx, auth.ExportFile); err != nil {
			return reply{}, err
		}
		return c.listCSV(pages, o.csv)
	}
	if c.opt.json {
		return c.listJSON(pages)
	}
	return c.listText(pages)
}
