package sqlkit

import (
	"strconv"
	"strings"

	"zhanggui/app/core"
	"zhanggui/app/fault"
)

// Sort says how a list may be sorted: Columns are the columns or expressions
// of the sort names, Usual the order when none is asked for ("created_ms DESC, …"
// without the key), Key the column that makes every order definite.
type Sort struct {
	Columns map[string]string
	Usual   string
	Key     string
}

// SQL gives " ORDER BY … LIMIT n OFFSET m". Errors: Invalid fault.list.sort for
// an unknown sort name.
func (s Sort) SQL(p core.Page) (string, error) {
	p = p.Clamp()
	order, err := s.Order(p)
	if err != nil {
		return "", err
	}
	return order + " LIMIT " + strconv.Itoa(p.Limit) + " OFFSET " + strconv.Itoa(p.Offset), nil
}

// Order gives " ORDER BY …" alone. Errors as SQL.
func (s Sort) Order(p core.Page) (string, error) {
	if p.Sort == "" {
		parts := []string{}
		if s.Usual != "" {
			parts = append(parts, s.Usual)
		}
		return " ORDER BY " + strings.Join(append(parts, s.Key), ", "), nil
	}
	col, ok := s.Columns[p.Sort]
	if !ok {
		return "", fault.New(fault.Invalid, "fault.list.sort", "sort", p.Sort)
	}
	dir := ""
	if p.Desc {
		dir = " DESC"
	}
	return " ORDER BY " + col + dir + ", " + s.Key + dir, nil
}
