package main

import (
	"path/filepath"
	"reflect"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/reports"
)

// listColumn is one column of a list as people see it.
type listColumn struct {
	name   string
	title  string
	typ    reports.Type
	widest int // places in the text
	tr     i18n.Tr
	index  int // in the row type; -1 for the sentence of an audit line
}

// widestText is how much of a long text a line of the terminal shows; ids stay whole.
const widestText = 32

// words says which keys hold the words for a field's codes; a field that means
// something else in one list is named with it.
var words = map[string]string{
	"channel": "channel.", "stage": "state.", "payment": "payment.", "audit": "auditstate.", "fulfil": "fulfilment.", "closing": "closing.",
	"courier": "courier.", "role": "role.", "reason": "cli.move.", "account": "account.", "ref_kind": "cli.ref.",
	"parcels/state": "cli.parcel.", "imports/state": "cli.import_state.", "entries/kind": "cli.entry.", "imports/kind": "cli.kind.",
	"layout": "layout.",
}

// pick gives the columns of those names that the person may see.
func (l *list) pick(c *call, names []string) []listColumn {
	tr := c.tr
	var columns []listColumn
	for _, n := range names {
		if c.hidden(n) {
			continue
		}
		col := listColumn{name: l.name + "/" + n, title: tr.T("cli.col." + n), typ: reports.TypeText, widest: widestText, tr: tr, index: l.at(n)}
		if col.index >= 0 {
			col.typ = typeOf(n, l.row.Field(col.index).Type)
		}
		if col.typ == reports.TypeID {
			col.widest = 64
		}
		columns = append(columns, col)
	}
	return columns
}

func typeOf(name string, t reflect.Type) reports.Type {
	switch {
	case t == reflect.TypeFor[money.Fen]():
		return reports.TypeMoney
	case t == reflect.TypeFor[when.Millis]():
		return reports.TypeTime
	case t == reflect.TypeFor[when.Day]():
		return reports.TypeDay
	case t.Kind() == reflect.Int64 || t.Kind() == reflect.Int:
		return reports.TypeQty
	case t.Kind() == reflect.Array || longNumbers[name]:
		return reports.TypeID
	}
	return reports.TypeText
}

// longNumbers are texts that a spreadsheet must not read as numbers.
var longNumbers = map[string]bool{
	"number": true, "order": true, "sub_no": true, "phone": true, "waybill": true, "code": true, "sku": true, "buyer": true,
	"ref_id": true, "entity_id": true, "sha256": true, "barcodes": true,
}

// of gives the column's value of a row.
func (c *listColumn) of(row any) value {
	if c.index < 0 {
		return value{text: sentence(c.tr, row)}
	}
	v := reflect.ValueOf(row).Field(c.index)
	switch {
	case v.CanInt():
		return value{n: v.Int()}
	case v.Kind() == reflect.Bool && v.Bool():
		return value{text: c.tr.T("common.yes")}
	case v.Kind() == reflect.Bool:
		return value{text: c.tr.T("common.no")}
	case v.Kind() == reflect.Map:
		return value{text: pairs(v)}
	}
	return value{text: c.word(textOf(v))}
}

// brief is the value as a line of the terminal shows it.
func (c *listColumn) brief(row any) string {
	v := c.of(row)
	if c.name == "imports/file" {
		v.text = filepath.Base(v.text)
	}
	return cut(v.show(c.typ), c.widest)
}

// word translates a code; checks are several with commas between.
func (c *listColumn) word(s string) string {
	_, field, _ := strings.Cut(c.name, "/")
	if field == "actor" && s == auth.SystemActor.Name {
		return c.tr.T("role.system")
	}
	if field == "checks" {
		codes := strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
		for i, code := range codes {
			codes[i] = c.tr.Word("check", code)
		}
		return strings.Join(codes, ", ")
	}
	prefix, ok := words[c.name]
	if !ok {
		prefix = words[field]
	}
	if key := prefix + s; prefix != "" && c.tr.Has(key) {
		return c.tr.T(key)
	}
	return s
}
