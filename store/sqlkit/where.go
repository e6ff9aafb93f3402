package sqlkit

import (
	"strconv"
	"strings"
)

// Where collects conditions that must all hold and numbers their placeholders.
type Where struct {
	conds []string
	args  []any
}

// NewWhere starts with arguments that the statement uses already as $1, $2, ….
func NewWhere(args ...any) *Where { return &Where{args: args} }

// Arg adds an argument and gives its placeholder.
func (w *Where) Arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

// Add adds a condition; each ? in it stands for one of the arguments.
func (w *Where) Add(cond string, args ...any) *Where {
	w.conds = append(w.conds, w.number(cond, args))
	return w
}

// Any adds "a OR b OR …", each part a condition; args are for all parts in order.
func (w *Where) Any(conds []string, args ...any) *Where {
	return w.Add("("+strings.Join(conds, " OR ")+")", args...)
}

// In adds "col IN (…)"; an empty list is a condition that never holds.
// The list may hold at most Chunk values: longer ones belong to In.
func (w *Where) In(col string, values ...any) *Where {
	if len(values) == 0 {
		return w.Add("1 = 0")
	}
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = w.Arg(v)
	}
	w.conds = append(w.conds, col+" IN ("+strings.Join(marks, ", ")+")")
	return w
}

// number replaces every ? outside quotes by the next placeholder. A wrong
// number of arguments is a programmer's error and panics.
func (w *Where) number(cond string, args []any) string {
	var b strings.Builder
	used, quoted := 0, false
	for _, r := range cond {
		switch {
		case r == '\'':
			quoted = !quoted
			b.WriteRune(r)
		case r == '?' && !quoted:
			if used == len(args) {
				panic("sqlkit: too few arguments for " + cond)
			}
			b.WriteString(w.Arg(args[used]))
			used++
		default:
			b.WriteRune(r)
		}
	}
	if used != len(args) {
		panic("sqlkit: too many arguments for " + cond)
	}
	return b.String()
}

// Empty tells that there is no condition.
func (w *Where) Empty() bool { return len(w.conds) == 0 }

// SQL gives " WHERE a AND b", or "" without conditions.
func (w *Where) SQL() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// And gives " AND a AND b" for a statement that has a WHERE already.
func (w *Where) And() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " AND " + strings.Join(w.conds, " AND ")
}

// Args gives the arguments in the order of their numbers.
func (w *Where) Args() []any { return w.args }

// Contains makes a LIKE pattern "anywhere in the text"; use it with ESCAPE '\'.
func Contains(text string) string { return "%" + escape(text) + "%" }

// Begins makes a LIKE pattern "at the start of the text"; use it with ESCAPE '\'.
func Begins(text string) string { return escape(text) + "%" }

// Ends makes a LIKE pattern "at the end of the text"; use it with ESCAPE '\'.
func Ends(text string) string { return "%" + escape(text) }

func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}
