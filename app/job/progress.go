// Package job runs long work in the background with progress and cancel
// (ARCHITECTURE §3): two at once, one of a kind, a queue of twenty.
package job

// Progress is how far a job is. Total 0 means "not known yet".
type Progress struct {
	Done, Total int
	Note        string // a translation key of the present step, "" for none
}

// Report is how work says its progress; it may be nil.
type Report func(Progress)

// Say reports when somebody listens.
func (r Report) Say(done, total int, note string) {
	if r != nil {
		r(Progress{Done: done, Total: total, Note: note})
	}
}
