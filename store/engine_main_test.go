package store

import (
	"os"
	"testing"

	"zhanggui/store/pgtest"
)

// TestMain lets the binary play a second process of the shop: children started
// with a role in their environment do their part instead of running tests.
func TestMain(m *testing.M) {
	if role := os.Getenv("ZHANGGUI_TEST_ROLE"); role != "" {
		os.Exit(playRole(role))
	}
	os.Exit(pgtest.Main(m))
}
