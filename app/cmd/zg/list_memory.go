package main

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// choose filters, sorts and pages rows that were read whole, as the store does
// with the long lists. A row's chip is its role.
func choose[T any](rows []T, q core.Query, chip func(T) string) (core.Paged[T], error) {
	var found []T
	for _, r := range rows {
		ok, err := meets(r, q)
		if err != nil {
			return core.Paged[T]{}, err
		}
		if ok && (q.Chip == "" || chip(r) == q.Chip) {
			found = append(found, r)
		}
	}
	if field := q.Page.Sort; field != "" {
		slices.SortStableFunc(found, func(a, b T) int {
			n := compare(fieldOf(a, field), fieldOf(b, field))
			if q.Page.Desc {
				return -n
			}
			return n
		})
	}
	total := len(found)
	page := q.Page.Clamp()
	from := min(page.Offset, total)
	return core.Paged[T]{Rows: found[from:min(from+page.Limit, total)], Total: total}, nil
}

func meets[T any](row T, q core.Query) (bool, error) {
	for _, c := range q.Conds {
		ok, err := holds(fieldOf(row, c.Field), c)
		if !ok || err != nil {
			return false, err
		}
	}
	for _, word := range strings.Fields(strings.ToLower(q.Search)) {
		if text, err := json.Marshal(row); err != nil || !strings.Contains(strings.ToLower(string(text)), word) {
			return false, err
		}
	}
	return true, nil
}

// fieldOf gives the value of the field with that json name.
func fieldOf(row any, name string) reflect.Value {
	v := reflect.ValueOf(row)
	for i := range v.NumField() {
		if jsonName(v.Type().Field(i)) == name {
			return v.Field(i)
		}
	}
	panic("zg: no field " + name) // check refused it
}

// holds judges one condition. Errors: Invalid fault.list.bad_value, .bad_op.
func holds(v reflect.Value, c core.Cond) (bool, error) {
	if v.CanInt() {
		want, err := wholeOrDay(c.Value)
		if err != nil {
			return false, fault.New(fault.Invalid, "fault.list.value", "field", c.Field, "value", c.Value)
		}
		return ordered(cmp.Compare(v.Int(), want), c)
	}
	text := textOf(v)
	if c.Op == "~" {
		return strings.Contains(strings.ToLower(text), strings.ToLower(c.Value)), nil
	}
	return ordered(cmp.Compare(text, c.Value), c)
}

func wholeOrDay(s string) (int64, error) {
	if d, err := when.ParseDay(s); err == nil {
		return int64(d.Start()), nil
	}
	return strconv.ParseInt(s, 10, 64)
}

func ordered(n int, c core.Cond) (bool, error) {
	switch c.Op {
	case "=":
		return n == 0, nil
	case "!=":
		return n != 0, nil
	case "<":
		return n < 0, nil
	case "<=":
		return n <= 0, nil
	case ">":
		return n > 0, nil
	case ">=":
		return n >= 0, nil
	}
	return false, fault.New(fault.Invalid, "fault.list.op", "field", c.Field, "op", c.Op)
}

func compare(a, b reflect.Value) int {
	if a.CanInt() {
		return cmp.Compare(a.Int(), b.Int())
	}
	return cmp.Compare(textOf(a), textOf(b))
}

// textOf prints a value as its JSON does, without the quotes of texts.
func textOf(v reflect.Value) string {
	data, err := json.Marshal(v.Interface())
	if err != nil {
		panic("zg: row: " + err.Error())
	}
	var s string
	if json.Unmarshal(data, &s) == nil {
		return s
	}
	return string(data)
}
