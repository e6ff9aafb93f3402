package main

import (
	"io"
	"strconv"
	"sync"

	"zhanggui/app/i18n"
	"zhanggui/app/job"
)

// progress prints how far long work is, on the error stream: one line that is
// rewritten on a terminal, else a line every tenth of the way.
type progress struct {
	out  io.Writer
	live bool
	tr   i18n.Tr

	mu   sync.Mutex // guards note, step and open
	note string
	step int
	open bool // a line on the terminal is not ended yet
}

// quietBelow is the least work that is worth a line; stride is the step of work
// whose end is not known.
const (
	quietBelow = 500
	stride     = 10_000
)

func newProgress(env *environment, tr i18n.Tr) *progress {
	return &progress{out: env.err, live: env.live, tr: tr}
}

// report is the job.Report of a run.
func (p *progress) report(s job.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.Note != p.note {
		p.note, p.step = s.Note, -1
	}
	step := s.Done / stride
	if s.Total > 0 {
		step = s.Done * 10 / s.Total
	}
	if !p.live && (step == p.step || max(s.Total, s.Done) < quietBelow) {
		return
	}
	p.step = step
	line := p.line(s)
	if p.live {
		p.open = true
		_, _ = io.WriteString(p.out, "\r\x1b[K"+line) // progress that nobody sees harms nothing
		return
	}
	_, _ = io.WriteString(p.out, line+"\n") // as above
}

func (p *progress) line(s job.Progress) string {
	what := p.tr.T("common.working")
	if p.tr.Has(s.Note) {
		what = p.tr.M(s.Note, map[string]string{"done": i18n.Count(int64(s.Done)), "total": i18n.Count(int64(s.Total))})
	}
	if s.Total == 0 {
		return what + " " + i18n.Count(int64(s.Done))
	}
	return what + " " + i18n.Count(int64(s.Done)) + " / " + i18n.Count(int64(s.Total)) + " (" + strconv.Itoa(s.Done*100/s.Total) + "%)"
}

// end closes the line on the terminal, so that other text begins on its own.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open {
		p.open = false
		_, _ = io.WriteString(p.out, "\r\x1b[K") // as above
	}
}
