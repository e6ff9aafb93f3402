package main

import (
	"context"
	"io"

	"zhanggui/app/ingest"
	"zhanggui/reports"
)

// templateCommand writes an empty list to be filled in and imported. It needs no shop.
func templateCommand() command {
	return command{
		name: "template", usage: "products|opening FILE.xlsx", least: 2, most: 2,
		setup: noFlags(func(_ context.Context, c *call) (reply, error) {
			write := ingest.WriteProductTemplate
			if c.args[0] == "opening" {
				write = ingest.WriteOpeningTemplate
			}
			err := reports.WriteFile(reports.OS, c.args[1], func(w io.Writer) error { return write(w, c.tr) })
			doc := map[string]string{"kind": c.args[0], "file": c.args[1]}
			return reply{doc: doc, lines: []string{c.tr.T("cli.wrote", "file", c.args[1])}}, err
		}),
		check: func(c *call) error {
			if c.args[0] != "products" && c.args[0] != "opening" {
				return usage("fault.cli.bad_word", "word", c.args[0])
			}
			return nil
		},
	}
}
