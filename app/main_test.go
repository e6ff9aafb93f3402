package app_test

import (
	"fmt"
	"os"
	"testing"

	"zhanggui/store/pgtest"
)

// TestMain also plays the victim of the kill test: the same binary, started
// with a scenario, works until it is killed.
func TestMain(m *testing.M) {
	if scenario := os.Getenv(victimEnv); scenario != "" {
		if err := beVictim(scenario, os.Getenv(victimFile)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(pgtest.Main(m))
}
