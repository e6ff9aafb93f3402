package fault

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Code is the kind of trouble; the window decides by it how to show a fault.
type Code string

// The codes, one for each way the window and the command line react.
const (
	Invalid     Code = "invalid"     // the input is wrong; Fields say where
	NotFound    Code = "not_found"   // no such record
	Conflict    Code = "conflict"    // the record's state does not allow it
	Denied      Code = "denied"      // the role lacks the right
	Limit       Code = "limit"       // over a named limit
	Busy        Code = "busy"        // another writer; try again
	Unavailable Code = "unavailable" // database or disk cannot be used
	Cancelled   Code = "cancelled"   // the person stopped it
	Internal    Code = "internal"    // a mistake of the program
)

// Error is a fault. Key and Fields are translation keys; Args name the facts
// that the text mentions.
type Error struct {
	Code   Code
	Key    string
	Args   map[string]string
	Fields map[string]string // field name -> translation key
	place  string
	Cause  error
}

// New makes a fault from a code, a translation key and pairs of argument name
// and value. Values are printed with fmt.Sprint. An odd number of pair values is a
// programmer's error and panics.
func New(code Code, key string, pairs ...any) *Error {
	return &Error{Code: code, Key: key, Args: Args(pairs...)}
}

// Args turns pairs of name and value into a map of texts.
func Args(pairs ...any) map[string]string {
	if len(pairs)%2 != 0 {
		panic("fault: odd number of arguments")
	}
	if len(pairs) == 0 {
		return nil
	}
	m := make(map[string]string, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = fmt.Sprint(pairs[i+1])
	}
	return m
}

// Because keeps the technical cause for the log; it is not shown.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// Field adds a field's fault and returns e, so that Validate reads as a list.
func (e *Error) Field(name, key string) *Error {
	if e.Fields == nil {
		e.Fields = map[string]string{}
	}
	e.Fields[name] = key
	return e
}

// Error prints code, key and arguments in English for the log.
func (e *Error) Error() string {
	var b strings.Builder
	if e.place != "" {
		b.WriteString(e.place + ": ")
	}
	b.WriteString(string(e.Code) + " " + e.Key)
	for _, k := range sortedKeys(e.Args) {
		fmt.Fprintf(&b, " %s=%q", k, e.Args[k])
	}
	for _, k := range sortedKeys(e.Fields) {
		fmt.Fprintf(&b, " %s:%s", k, e.Fields[k])
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the technical cause.
func (e *Error) Unwrap() error { return e.Cause }

// Place is where the fault happened, outermost first, or "".
func (e *Error) Place() string { return e.place }

// Wrap adds the place ("settlement 12 row 5") and keeps the code. A plain
// error becomes Internal, a cancelled context becomes Cancelled; nil stays nil.
func Wrap(err error, place string) error {
	if err == nil {
		return nil
	}
	e := From(err)
	c := *e
	c.place = place
	if e.place != "" {
		c.place = place + ": " + e.place
	}
	return &c
}

// From returns the fault inside err, or makes one: Cancelled for a cancelled
// context, Internal for anything else. nil gives nil.
func From(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &Error{Code: Cancelled, Key: "fault.cancelled", Cause: err}
	}
	return &Error{Code: Internal, Key: "fault.internal", Cause: err}
}

// Is tells whether err is a fault of that code.
func Is(err error, code Code) bool { return err != nil && From(err).Code == code }

// Key returns the translation key of err's fault, "" for nil.
func Key(err error) string {
	if err == nil {
		return ""
	}
	return From(err).Key
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
