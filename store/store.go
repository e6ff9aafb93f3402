package store

import (
	"context"

	"zhanggui/app/core"
	"zhanggui/app/when"
	"zhanggui/store/sqlkit"
)

// Options is what opening a store needs to know. Clock is needed.
type Options struct {
	Process  string     // unique for this run; "" makes none of its changes known as its own
	Desk     string     // the computer's name
	User     string     // the system user
	PID      int        // the process number
	Clock    when.Clock // for heartbeats and seals
	ReadOnly bool       // open a file that cannot or must not be written
	NoSync   bool       // tests only: a power cut may lose the file
}

// tx is one transaction of either engine.
type tx struct {
	ctx context.Context
	q   sqlkit.Q
	eng string // "sqlite" or "postgres"
}

// Open opens a shop's data, makes it when there is none, and brings it to the
// program's schema. dsn is the path of a file, or a URL postgres://….
func Open(ctx context.Context, dsn string, opt Options) (core.Store, error) {
	return open(ctx, dsn, opt)
}
