package main

import (
	"flag"
	"io"
	"strings"

	"zhanggui/app/fault"
)

// codeUsage is the code of faults of the words themselves: exit code 2.
const codeUsage fault.Code = "usage"

// usage makes a fault of wrong usage.
func usage(key string, pairs ...any) error { return fault.New(codeUsage, key, pairs...) }

// options are the flags of every command.
type options struct {
	as, data, lang string
	json, help     bool
}

func (o *options) register(f *flag.FlagSet) {
	f.StringVar(&o.as, "as", o.as, "")
	f.StringVar(&o.data, "data", o.data, "")
	f.StringVar(&o.lang, "lang", o.lang, "")
	f.BoolVar(&o.json, "json", o.json, "")
	f.BoolVar(&o.help, "help", o.help, "")
	f.BoolVar(&o.help, "h", o.help, "")
}

func newFlags() *flag.FlagSet {
	f := flag.NewFlagSet("zg", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// parse sets the flags among words, which may stand anywhere, and gives the
// other words in order. first ends at the first of these and gives it with all
// that follows. Flags may be written -x, --x, --x=value or --x value; "--" ends
// them; -3 is a number, not a flag.
func parse(f *flag.FlagSet, words []string, first bool) ([]string, error) {
	var rest []string
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w == "--" {
			return append(rest, words[i+1:]...), nil
		}
		if !isFlag(w) {
			if first {
				return words[i:], nil
			}
			rest = append(rest, w)
			continue
		}
		name, value, has := strings.Cut(strings.TrimLeft(w, "-"), "=")
		known := f.Lookup(name)
		if known == nil {
			return nil, usage("fault.cli.unknown_flag", "word", w)
		}
		if b, ok := known.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
			if !has {
				value = "true"
			}
		} else if !has {
			if i++; i == len(words) {
				return nil, usage("fault.cli.no_value", "word", w)
			}
			value = words[i]
		}
		if f.Set(name, value) != nil {
			return nil, usage("fault.cli.bad_value", "word", "--"+name, "value", value)
		}
	}
	return rest, nil
}

func isFlag(w string) bool {
	if len(w) < 2 || w[0] != '-' {
		return false
	}
	return w[1] != '.' && (w[1] < '0' || w[1] > '9')
}

// many is a flag that may be given several times.
type many []string

// String joins the values; the flag package asks for it.
func (m *many) String() string { return strings.Join(*m, " ") }

// Set adds a value.
func (m *many) Set(v string) error {
	*m = append(*m, v)
	return nil
}
