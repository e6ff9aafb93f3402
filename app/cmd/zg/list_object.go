package main

import (
	"reflect"

	"zhanggui/app/auth"
)

// costs are the fields that only people with finance.view_cost see. The
// services answer 0 there; a 0 that is no fact is better left out.
var costs = map[string]bool{"value_fen": true, "balance_fen": true}

// hidden tells that the person may not see the field.
func (c *call) hidden(field string) bool {
	return costs[field] && !auth.Allows(c.actor, auth.FinanceViewCost)
}

// object gives a row as JSON, with all fields that the person may see.
func (l *list) object(c *call, row any) []byte {
	v := reflect.ValueOf(row)
	out := []byte("{")
	for i, name := range l.fields {
		if c.hidden(name) {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, c.encode(name)...), ':'), c.encode(v.Field(i).Interface())...)
	}
	return append(out, '}')
}
