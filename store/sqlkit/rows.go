package sqlkit

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"reflect"

	"zhanggui/app/fault"
)

// Q runs statements inside one transaction. Its errors are faults already.
type Q interface {
	// Exec runs a statement and tells how many rows it changed.
	Exec(ctx context.Context, query string, args ...any) (int64, error)
	// Insert adds one row to a table that the database numbers and gives its seq;
	// the statement is a plain INSERT without RETURNING.
	Insert(ctx context.Context, query string, args ...any) (seq int64, err error)
	// Query runs a statement that gives rows; the caller closes them.
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// Fault turns an error met while reading rows into a fault; nil stays nil.
	Fault(err error) error
}

// Scanner is what a scan function reads one row from.
type Scanner interface{ Scan(dest ...any) error }

// ErrNone says that a query for one row gave none.
var ErrNone = sql.ErrNoRows

// Rows reads a whole result. All rows are read before it returns, so that the
// next statement of the transaction may run.
func Rows[T any](ctx context.Context, q Q, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	err := Each(ctx, q, func(s Scanner) error {
		v, err := scan(s)
		list = append(list, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Each calls fn for every row of a result. fn must not run another statement
// of the same transaction.
func Each(ctx context.Context, q Q, fn func(Scanner) error, query string, args ...any) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := fn(rows); err != nil {
			return q.Fault(errors.Join(err, rows.Close()))
		}
	}
	return q.Fault(errors.Join(rows.Err(), rows.Close()))
}

// One reads the first row. Errors: ErrNone (errors.Is) when there is none; OneOr
// gives a fault instead.
func One[T any](ctx context.Context, q Q, scan func(Scanner) (T, error), query string, args ...any) (T, error) {
	var v T
	found := false
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return v, err
	}
	if rows.Next() {
		found = true
		v, err = scan(rows)
	}
	err = errors.Join(err, rows.Err(), rows.Close())
	if err == nil && !found {
		return v, ErrNone
	}
	return v, q.Fault(err)
}

// OneOr is One with a fault of the caller's for "no such row".
func OneOr[T any](ctx context.Context, q Q, missing error, scan func(Scanner) (T, error), query string, args ...any) (T, error) {
	v, err := One(ctx, q, scan, query, args...)
	if errors.Is(err, ErrNone) {
		return v, missing
	}
	return v, err
}

// Value scans a result of one column.
func Value[T any](s Scanner) (T, error) {
	var v T
	err := s.Scan(&v)
	return v, err
}

// Exec runs a statement and tells how many rows it changed.
func Exec(ctx context.Context, q Q, query string, args ...any) (int64, error) {
	return q.Exec(ctx, query, args...)
}

// ExecOne runs a statement that must change exactly one row; changed is the
// fault when it does not (a version that moved on, a guard that did not hold).
func ExecOne(ctx context.Context, q Q, changed error, query string, args ...any) error {
	n, err := q.Exec(ctx, query, args...)
	if err != nil {
		return err
	}
	if n != 1 {
		return changed
	}
	return nil
}

// ErrChanged is the usual fault for ExecOne: somebody saved the record meanwhile.
func ErrChanged() error { return fault.New(fault.Conflict, "fault.conflict_version") }

// Plain turns arguments into the few types that both drivers take alike: named
// strings and numbers become plain ones, Valuers (ids) their values.
func Plain(args []any) ([]any, error) {
	for i, a := range args {
		v, err := plain(a)
		if err != nil {
			return nil, err
		}
		args[i] = v
	}
	return args, nil
}

func plain(a any) (any, error) {
	switch v := a.(type) {
	case nil, string, int64, []byte, bool:
		return a, nil
	case int:
		return int64(v), nil
	case driver.Valuer:
		return v.Value()
	}
	switch v := reflect.ValueOf(a); v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Int64, reflect.Int, reflect.Int32, reflect.Int16, reflect.Int8:
		return v.Int(), nil
	case reflect.Bool:
		return v.Bool(), nil
	}
	return nil, fault.New(fault.Internal, "fault.internal").Because(errors.New("sqlkit: argument of type " + reflect.TypeOf(a).String()))
}
