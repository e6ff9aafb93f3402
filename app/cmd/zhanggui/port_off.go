//go:build !e2e

package main

import "zhanggui/ui/shell"

// serve does nothing in the program that people get: the test port is only in
// the build with the tag e2e.
func serve(*shell.Shell) {}
