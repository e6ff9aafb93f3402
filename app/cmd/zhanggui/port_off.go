//go:build !e2e

package main

import "fyne.io/fyne/v2"

// serve does nothing in the program that people get: the test port is only in
// the build with the tag e2e.
func serve(fyne.Window) {}
