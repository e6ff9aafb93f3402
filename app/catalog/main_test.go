package catalog_test

import (
	"os"
	"testing"

	"zhanggui/store/pgtest"
)

// TestMain ends the server of the tests that ran on PostgreSQL.
func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
