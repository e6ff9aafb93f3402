package auth

import "zhanggui/app/when"

// Limits of guessing (QUALITY R20): with a wait of 15 minutes at most, whoever
// guesses day and night gets 104 tries in 24 hours, which is 10^-4 of all six-digit PINs.
const (
	freeTries = 5
	firstWait = 30 * when.Second
	maxWait   = 15 * when.Minute
)

// LockAfter is how long an account must wait after that many failures in a
// row: nothing up to the fourth, 30 s after the fifth, then the double each
// time up to 15 minutes. A right PIN sets the count back to 0.
func LockAfter(failures int) when.Millis {
	if failures < freeTries {
		return 0
	}
	wait := firstWait
	for i := freeTries; i < failures && wait < maxWait; i++ {
		wait *= 2
	}
	return min(wait, maxWait)
}

// LockedFor is what is left of the wait at now, 0 when the person may try.
// failures and last (the instant of the last failure) are kept in the
// database, so the wait survives a restart. A clock that was set back does not
// shorten the wait: it then counts from its beginning.
func LockedFor(failures int, last, now when.Millis) when.Millis {
	wait := LockAfter(failures)
	if now < last {
		return wait
	}
	return max(0, wait-(now-last))
}
