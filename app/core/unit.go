package core

import (
	"encoding/json"
	"reflect"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// Unit is one run of a command: the transaction, the actor, one fixed time and
// what is to be logged and announced.
type Unit struct {
	Tx
	Actor auth.Actor
	Now   when.Millis
	IDs   ids.Source

	action  auth.Action
	lines   []AuditLine
	changes map[Topic]map[string]bool
}

// Today is the shop's day of Now.
func (u *Unit) Today() when.Day { return u.Now.Day() }

// Allows tells whether the actor may also do another action inside this use
// case (for example an adjustment above the limit).
func (u *Unit) Allows(a auth.Action) bool { return auth.Allows(u.Actor, a) }

// Audit adds an audit line. before and after are structs or maps with the
// changed fields, nil for "nothing"; pairs are the arguments of the sentence key.
func (u *Unit) Audit(entity, id, key string, before, after any, pairs ...any) {
	u.lines = append(u.lines, AuditLine{
		Entity: entity, EntityID: id, Key: key, Args: fault.Args(pairs...),
		Before: asJSON(before), After: asJSON(after),
	})
}

// Changed announces that records of a topic changed; no ids means "many".
func (u *Unit) Changed(topic Topic, ids ...string) {
	if u.changes == nil {
		u.changes = map[Topic]map[string]bool{}
	}
	if u.changes[topic] == nil {
		u.changes[topic] = map[string]bool{}
	}
	for _, id := range ids {
		u.changes[topic][id] = true
	}
}

// changesLimit is the number of ids above which a change just says "many".
const changesLimit = 200

func (u *Unit) changeList() []Change {
	var list []Change
	for topic, set := range u.changes {
		c := Change{Topic: topic}
		if len(set) <= changesLimit {
			for id := range set {
				c.IDs = append(c.IDs, id)
			}
		}
		list = append(list, c)
	}
	return list
}

// asJSON prints a value for the audit; it panics on a value that JSON cannot
// hold, which is a programmer's error.
func asJSON(v any) string {
	if v == nil || (reflect.ValueOf(v).Kind() == reflect.Pointer && reflect.ValueOf(v).IsNil()) {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic("core: audit value: " + err.Error())
	}
	return string(b)
}
