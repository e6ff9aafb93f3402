package main

import (
	"os"
	"path/filepath"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
)

// importing is what the flags of import say.
type importing struct {
	target  inbox.Target
	mapping string
	rate    string
	dry     bool
	rejects string
}

// read reads the mapping and the rate.
func (o *importing) read() error {
	if o.rate != "" {
		var err error
		if o.target.Rate, err = ingest.ParseRate(o.rate); err != nil {
			return usage("fault.cli.bad_value", "word", "--rate", "value", o.rate)
		}
	}
	if o.mapping == "" {
		return nil
	}
	f, err := os.Open(o.mapping)
	if err != nil {
		return fileFault(o.mapping, err)
	}
	defer f.Close()
	m, err := ingest.ReadMapping(f)
	o.target.Mapping = &m
	return fault.Wrap(err, o.mapping)
}

// expand replaces patterns by the files they mean: shells do that, but not those
// of Windows.
func expand(words []string) []string {
	var files []string
	for _, w := range words {
		if _, err := os.Stat(w); err != nil && strings.ContainsAny(w, "*?[") {
			if found, err := filepath.Glob(w); err == nil && len(found) > 0 {
				files = append(files, found...)
				continue
			}
		}
		files = append(files, w)
	}
	return files
}
