//go:build !linux

package benchtest

// forget cannot be asked for here.
func forget(string) bool { return false }
