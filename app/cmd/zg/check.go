package main

import (
	"context"
	"flag"

	"zhanggui/app/backup"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
)

func checkCommand() command {
	return command{
		name: "check", usage: "[--full]", needs: person,
		setup: func(f *flag.FlagSet) action {
			full := f.Bool("full", false, "")
			return func(ctx context.Context, c *call) (reply, error) { return c.check(ctx, *full) }
		},
	}
}

// checked is one invariant in the answer.
type checked struct {
	Name   string   `json:"name"`
	Count  int64    `json:"count"`
	Bad    int64    `json:"bad"`
	Broken []string `json:"broken"`
	Note   string   `json:"note,omitempty"`
}

// check verifies the invariants; a broken one makes the exit code 1.
func (c *call) check(ctx context.Context, full bool) (reply, error) {
	results, err := c.app.Backup.Check(ctx, full, c.bar.report)
	if err != nil {
		return reply{}, err
	}
	doc := struct {
		Full   bool      `json:"full"`
		Broken int64     `json:"broken"`
		Checks []checked `json:"checks"`
	}{Full: full, Broken: backup.Broken(results), Checks: []checked{}}
	var rows [][]string
	for _, r := range results {
		one := checked{Name: r.Name, Count: r.Count, Bad: r.Bad, Broken: r.Broken, Note: c.checkNote(r)}
		if one.Broken == nil {
			one.Broken = []string{}
		}
		doc.Checks = append(doc.Checks, one)
		rows = append(rows, c.checkRows(one)...)
	}
	lines := align(rows, []bool{false, true, true})
	if doc.Broken > 0 {
		return reply{doc: doc, lines: lines}, fault.New(fault.Conflict, "fault.backup.broken", "n", doc.Broken)
	}
	return reply{doc: doc, lines: append(lines, c.tr.T("cli.check.clean"))}, nil
}

func (c *call) checkNote(r core.CheckResult) string {
	if r.Note == "" {
		return ""
	}
	return c.tr.T(r.Note, "rows", r.Count)
}

func (c *call) checkRows(r checked) [][]string {
	state := c.tr.T("cli.check.good")
	if r.Bad > 0 {
		state = c.tr.T("cli.check.bad", "n", i18n.Count(r.Bad))
	}
	rows := [][]string{{c.tr.Invariant(r.Name), i18n.Count(r.Count), state, r.Note}}
	for _, b := range r.Broken {
		rows = append(rows, []string{"    " + plain(b)})
	}
	return rows
}

// sealCommand hashes what was written since the last seal.
func sealCommand() command {
	return command{name: "seal", needs: person, setup: noFlags(func(ctx context.Context, c *call) (reply, error) {
		if err := c.app.Backup.Seal(ctx); err != nil {
			return reply{}, err
		}
		return reply{doc: map[string]bool{"sealed": true}, lines: []string{c.tr.T("cli.seal.done")}}, nil
	})}
}
