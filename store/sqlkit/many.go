package sqlkit

import (
	"context"
	"strconv"
	"strings"
)

// Chunk is the most values of one IN list.
const Chunk = 500

// maxParams is SQLite's limit of parameters in one statement (32,766).
const maxParams = 32_766

// In calls fn with chunks of at most Chunk keys: marks are their placeholders
// "$3, $4" counted from first, args the keys themselves. Lengths are rounded up
// by repeating the last key, so that few texts have to be prepared.
func In[K any](keys []K, first int, fn func(marks string, args []any) error) error {
	for len(keys) > 0 {
		n := min(len(keys), Chunk)
		size := roundUp(n)
		args := make([]any, size)
		for i := range args {
			args[i] = keys[min(i, n-1)]
		}
		if err := fn(Marks(first, size), args); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

func roundUp(n int) int {
	for _, size := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256} {
		if n <= size {
			return size
		}
	}
	return Chunk
}

// Marks gives n placeholders from number first: "$3, $4, $5".
func Marks(first, n int) string {
	b := make([]byte, 0, 6*n)
	for i := range n {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, '$')
		b = strconv.AppendInt(b, int64(first+i), 10)
	}
	return string(b)
}

// InsertMany adds rows with few statements: "INSERT INTO table (cols) VALUES
// (…), (…)". suffix may hold an ON CONFLICT part, else "". Every row has one
// value per column. It tells how many rows were added or changed.
func InsertMany(ctx context.Context, q Q, table string, cols []string, suffix string, rows [][]any) (int64, error) {
	var total int64
	head := "INSERT INTO " + table + " (" + strings.Join(cols, ", ") + ") VALUES "
	for len(rows) > 0 {
		n := batch(len(rows), len(cols))
		args := make([]any, 0, n*len(cols))
		for _, row := range rows[:n] {
			if len(row) != len(cols) {
				panic("sqlkit: a row of " + table + " has " + strconv.Itoa(len(row)) + " values for " + strconv.Itoa(len(cols)) + " columns")
			}
			args = append(args, row...)
		}
		changed, err := q.Exec(ctx, head+groups(n, len(cols))+suffix, args...)
		if err != nil {
			return total, err
		}
		total += changed
		rows = rows[n:]
	}
	return total, nil
}

// batch picks how many rows the next statement takes: one of a few sizes.
func batch(left, cols int) int {
	for _, size := range []int{128, 32, 8, 4, 2} {
		if left >= size && size*cols <= maxParams {
			return size
		}
	}
	return 1
}

func groups(rows, cols int) string {
	var b strings.Builder
	for i := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + Marks(i*cols+1, cols) + ")")
	}
	return b.String()
}
