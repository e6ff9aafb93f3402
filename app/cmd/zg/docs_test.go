package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDocs_EveryCommandAndField_Described holds docs/cli.md to the table of
// commands: a heading and the exact usage of each, an example, and the fields of
// every list.
func TestDocs_EveryCommandAndField_Described(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../docs/cli.md")
	require.NoError(t, err)
	parts := map[string]string{}
	var headings []string
	for _, part := range strings.Split(string(data), "\n## ")[1:] {
		name, body, _ := strings.Cut(part, "\n")
		parts[name] = body
		headings = append(headings, name)
	}
	for _, c := range commands() {
		body := parts["zg "+c.name]
		require.NotEmpty(t, body, "no heading for %s in %v", c.name, headings)
		require.Contains(t, body, strings.TrimSpace("zg "+c.name+" "+c.usage), c.name)
		require.Regexp(t, `(?s)`+"```.*zg .*```", body, c.name)
	}
	fields := regexp.MustCompile("`([a-z_0-9]+)`")
	for _, l := range lists() {
		row := regexp.MustCompile(`(?m)^\| ` + l.name + ` \|(.*)$`).FindString(parts["zg list"])
		require.NotEmpty(t, row, l.name)
		var named []string
		for _, m := range fields.FindAllStringSubmatch(row, -1) {
			named = append(named, m[1])
		}
		require.ElementsMatch(t, l.fields, named, l.name)
	}
}

// TestDocs_Chips_AllKnown runs every chip that the document names.
func TestDocs_Chips_AllKnown(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../docs/cli.md")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(data), "| list | chips")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "\n\n")
	d := newDesk(t).founded()
	chips := regexp.MustCompile("`([a-z_]+)`")
	n := 0
	for _, row := range strings.Split(table, "\n")[2:] {
		lists, words, _ := strings.Cut(strings.Trim(row, "| "), " | ")
		for _, list := range strings.Split(lists, ", ") {
			for _, chip := range chips.FindAllStringSubmatch(words, -1) {
				d.ok("list", list, "--chip", chip[1])
				n++
			}
		}
	}
	require.Greater(t, n, 20)
	d.fails(2, "list", "orders", "--chip", "kit")
}
