package benchtest

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// scope is a TB that ends before its benchmark does: copies of a big shop must
// not pile up.
type scope struct {
	testing.TB
	ends []func()
}

// within runs fn with a TB of its own and cleans up after it.
func within(b testing.TB, fn func(tb testing.TB)) {
	s := &scope{TB: b}
	defer s.end()
	fn(s)
}

// Cleanup keeps what to do at the end.
func (s *scope) Cleanup(fn func()) { s.ends = append(s.ends, fn) }

// TempDir makes a folder that goes at the end.
func (s *scope) TempDir() string {
	folder, err := os.MkdirTemp("", "zhanggui-bench-")
	require.NoError(s, err)
	s.Cleanup(func() { require.NoError(s, os.RemoveAll(folder)) })
	return folder
}

func (s *scope) end() {
	for i := len(s.ends) - 1; i >= 0; i-- {
		s.ends[i]()
	}
	s.ends = nil
}

// alone is a TB where no test runs: a failure ends the process.
type alone struct{ scope }

// Helper does nothing.
func (*alone) Helper() {}

// Logf says something.
func (*alone) Logf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// Errorf says what failed.
func (*alone) Errorf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// FailNow ends the process.
func (*alone) FailNow() { os.Exit(1) }
