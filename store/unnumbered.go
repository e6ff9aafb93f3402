package store

import (
	"strconv"
	"strings"
)

// unnumbered turns $1, $2, … into ? where each number stands once and in order.
// SQLite finds a named parameter by walking a list, so that a statement with n of
// them binds in n² steps: a multi-row INSERT took seven times its own time.
func unnumbered(query string) string {
	var b strings.Builder
	next := 1
	rest := query
	for {
		at := strings.IndexByte(rest, '$')
		if at < 0 {
			b.WriteString(rest)
			return b.String()
		}
		end := at + 1
		for end < len(rest) && rest[end] >= '0' && rest[end] <= '9' {
			end++
		}
		if n, err := strconv.Atoi(rest[at+1 : end]); err != nil || n != next {
			return query // used twice or out of order: the numbers matter
		}
		b.WriteString(rest[:at] + "?")
		rest = rest[end:]
		next++
	}
}
