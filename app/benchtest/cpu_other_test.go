//go:build !unix

package benchtest

import (
	"time"

	"zhanggui/app/when"
)

var sinceStart = when.Stopwatch()

// processCPU is the time that has passed: the best there is without getrusage.
func processCPU() time.Duration { return sinceStart() }
