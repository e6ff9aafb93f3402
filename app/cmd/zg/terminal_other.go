//go:build !linux && !darwin && !windows

package main

import (
	"errors"
	"os"
)

// isTerminal: on other systems PINs come from the environment.
func isTerminal(*os.File) bool { return false }

func hideTyping(*os.File) (restore func(), err error) { return nil, errors.ErrUnsupported }
