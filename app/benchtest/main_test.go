package benchtest

import (
	"fmt"
	"os"
	"testing"

	"zhanggui/store/pgtest"
)

// TestMain runs an import and nothing else when the benchmark of its memory has
// started this binary again; otherwise the tests and benchmarks.
func TestMain(m *testing.M) {
	if os.Getenv(envChild) != "" {
		os.Exit(importAlone())
	}
	code := m.Run()
	bases.remove()
	if err := pgtest.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}
