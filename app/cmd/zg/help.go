package main

import (
	"context"
	"flag"
	"runtime"
	"runtime/debug"
)

// version is the program's; the linker may set another (-X main.version=…).
var version = "0.1.0"

func versionCommand() command {
	return command{name: "version", setup: noFlags(func(_ context.Context, c *call) (reply, error) {
		v := struct {
			Version string `json:"version"`
			Commit  string `json:"commit"`
			Go      string `json:"go"`
			System  string `json:"system"`
		}{version, commit(), runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
		line := c.tr.T("cli.version", "version", v.Version, "commit", v.Commit, "go", v.Go, "system", v.System)
		return reply{doc: v, lines: []string{line}}, nil
	})}
}

// commit is the state of the source that was built, "" when not known.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}

// helped is one command in the document of help.
type helped struct {
	Name  string `json:"name"`
	Usage string `json:"usage"`
	About string `json:"about"`
}

func helpCommand() command {
	return command{name: "help", usage: "[COMMAND]", most: 1, setup: func(*flag.FlagSet) action {
		return func(_ context.Context, c *call) (reply, error) {
			if len(c.args) == 0 {
				return c.helpAll(), nil
			}
			cmd := find(c.args[0])
			if cmd == nil {
				return reply{}, usage("fault.cli.unknown_command", "word", c.args[0])
			}
			h := c.helped(cmd)
			return reply{doc: h, lines: []string{h.About, "", c.tr.T("cli.help.usage", "usage", h.Usage), "", c.tr.T("cli.help.options")}}, nil
		}
	}}
}

func (c *call) helped(cmd *command) helped {
	line := "zg " + cmd.name
	if cmd.usage != "" {
		line += " " + cmd.usage
	}
	return helped{Name: cmd.name, Usage: line, About: c.tr.T("cli.about." + cmd.name)}
}

func (c *call) helpAll() reply {
	var all []helped
	lines := []string{c.tr.T("cli.help.head"), ""}
	rows := [][]string{}
	for _, cmd := range commands() {
		h := c.helped(&cmd)
		all = append(all, h)
		rows = append(rows, []string{"  " + cmd.name, h.About})
	}
	lines = append(lines, align(rows, nil)...)
	lines = append(lines, "", c.tr.T("cli.help.options"), "", c.tr.T("cli.help.where"))
	return reply{doc: map[string]any{"commands": all}, lines: lines}
}
