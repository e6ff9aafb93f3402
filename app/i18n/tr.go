package i18n

import (
	"sort"
	"strconv"
	"strings"

	"zhanggui/app/fault"
)

// Tr speaks one language. It is a value: copy it, hand it around. The zero Tr
// knows no text and marks every key.
type Tr struct {
	lang     Lang
	texts    map[string]string
	currency string // book currency, "" is CNY
}

// Lang is the language it speaks.
func (t Tr) Lang() Lang { return t.lang }

// Has tells whether there is a text for key.
func (t Tr) Has(key string) bool { _, ok := t.texts[key]; return ok }

// T gives the text of key with its arguments put in. Pairs are argument name
// and value as in fault.New; an argument the text does not name is dropped,
// one the text names but nobody gives stays as {name}.
func (t Tr) T(key string, pairs ...any) string { return t.M(key, fault.Args(pairs...)) }

// M is T with the arguments in a map, as faults and audit lines keep them.
func (t Tr) M(key string, args map[string]string) string {
	text, ok := t.texts[key]
	if !ok {
		return Missing(key)
	}
	return t.fill(text, args)
}

// Missing is what an unknown key looks like.
func Missing(key string) string { return "⟦" + key + "⟧" }

// N gives the text of key for a count: {n} is the count with thousands commas,
// and an English text of two forms "one|many" takes the form for n.
func (t Tr) N(key string, n int64, pairs ...any) string {
	text, ok := t.texts[key]
	if !ok {
		return Missing(key)
	}
	if one, many, two := strings.Cut(text, "|"); two {
		text = many
		if n == 1 || n == -1 {
			text = one
		}
	}
	args := fault.Args(pairs...)
	if args == nil {
		args = map[string]string{}
	}
	args["n"] = Count(n)
	return t.fill(text, args)
}

// fill puts the arguments in. {name} is the value; {name:area} the word of key
// area.value, or the value itself when there is no such word.
func (t Tr) fill(text string, args map[string]string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			break
		}
		b.WriteString(text[:open])
		b.WriteString(t.argument(text[open+1:open+end], args))
		text = text[open+end+1:]
	}
	b.WriteString(text)
	return b.String()
}

func (t Tr) argument(name string, args map[string]string) string {
	name, area, worded := strings.Cut(name, ":")
	value, ok := args[name]
	if !ok {
		return "{" + name + "}"
	}
	if worded {
		return t.Word(area, value)
	}
	return value
}

// Word gives the word for a code of the program, the key area.code: for
// Word("role", "service") 客服. A code without a word is given back as it is.
func (t Tr) Word(area, code string) string {
	if text, ok := t.texts[area+"."+code]; ok {
		return text
	}
	return code
}

// Invariant names a check of the data, whose own name is a stable English one
// ("I1 levels = sums of moves"); without a text the name itself.
func (t Tr) Invariant(name string) string {
	var key strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			key.WriteRune(r)
		case key.Len() > 0 && !strings.HasSuffix(key.String(), "_"):
			key.WriteByte('_')
		}
	}
	if text, ok := t.texts["invariant."+strings.TrimSuffix(key.String(), "_")]; ok {
		return text
	}
	return name
}

// Fault gives what a person reads about err: the text of its key with the
// arguments put in, then one line per wrong field ("数量：必须大于 0"). nil gives "".
func (t Tr) Fault(err error) string {
	if err == nil {
		return ""
	}
	f := fault.From(err)
	lines := []string{t.M(f.Key, f.Args)}
	fields := t.Fields(err)
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		lines = append(lines, t.T("format.field", "field", t.Word("field", name), "text", fields[name]))
	}
	return strings.Join(lines, "\n")
}

// Fields gives the text for each wrong field of err, by the field's name; forms
// show each under its field. nil or a fault without fields gives none.
func (t Tr) Fields(err error) map[string]string {
	if err == nil {
		return nil
	}
	f := fault.From(err)
	texts := make(map[string]string, len(f.Fields))
	for name, key := range f.Fields {
		texts[name] = t.M(key, f.Args)
	}
	return texts
}

// WithCurrency gives a translator whose money carries that currency's sign;
// "" is CNY.
func (t Tr) WithCurrency(code string) Tr {
	t.currency = code
	return t
}

// Count prints a whole number with thousands commas and the minus sign U+2212.
func Count(n int64) string {
	u := uint64(n)
	if n < 0 {
		u = -u
	}
	return sign(n < 0) + group3(strconv.FormatUint(u, 10))
}

func sign(negative bool) string {
	if negative {
		return "−"
	}
	return ""
}

// group3 puts a comma between groups of three digits.
func group3(digits string) string {
	head := len(digits) % 3
	if head == 0 {
		head = 3
	}
	if len(digits) <= 3 {
		return digits
	}
	var b strings.Builder
	b.WriteString(digits[:head])
	for i := head; i < len(digits); i += 3 {
		b.WriteByte(',')
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}
