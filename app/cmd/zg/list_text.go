package main

import (
	"reflect"
	"sort"
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/i18n"
)

// pairs prints a map as name=value, sorted.
func pairs(m reflect.Value) string {
	var list []string
	for _, k := range m.MapKeys() {
		v := m.MapIndex(k)
		text := v.String()
		if v.Kind() == reflect.Bool {
			text = strconv.FormatBool(v.Bool())
		}
		list = append(list, k.String()+"="+text)
	}
	sort.Strings(list)
	return strings.Join(list, " ")
}

// sentence says what an audit line or a task is about.
func sentence(tr i18n.Tr, row any) string {
	switch r := row.(type) {
	case core.AuditLine:
		if tr.Has(r.Key) {
			return tr.M(r.Key, r.Args)
		}
		return r.Key
	case taskRow:
		if key := "task." + r.Kind; tr.Has(key) {
			return tr.M(key, r.Args)
		}
		return r.Kind
	}
	return ""
}
