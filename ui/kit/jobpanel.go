package kit

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/i18n"
	"zhanggui/app/job"
	"zhanggui/ui/theme"
)

// JobPanel shows long work: its title, a bar, how far it is, and a button to stop
// it. Set may be called only on the UI goroutine; Report gives a job.Report that
// is safe from any.
type JobPanel struct {
	env    Env
	title  *Label
	note   *Label
	bar    *progressBar
	stop   *Button
	object fyne.CanvasObject
	latest chan job.Progress // holds the newest report until the window takes it
}

// NewJobPanel makes a panel with a translated title; cancel asks the work to stop,
// nil is for work that must be finished: then there is no such button.
func NewJobPanel(env Env, id, title string, cancel func()) *JobPanel {
	j := &JobPanel{
		env: env, title: NewLabel(title).Bold().Narrow(), note: NewLabel("").Small().Muted().Narrow(), bar: newProgressBar(),
		latest: make(chan job.Progress, 1),
	}
	j.stop = ID(NewButton(env, env.T("common.stop"), "", func() {
		j.stop.SetOff(true)
		cancel()
	}).Small(), id+".stop")
	if cancel == nil {
		j.stop.Hide()
	}
	j.object = container.NewStack(newCardGround(), Pad(12, 14, Down(6,
		Edges(nil, nil, nil, j.stop, j.title), j.bar, j.note)))
	return j
}

// Object is the panel to place in the window.
func (j *JobPanel) Object() fyne.CanvasObject { return j.object }

// Set shows how far the work is.
func (j *JobPanel) Set(p job.Progress) {
	j.bar.set(p)
	text := ""
	if p.Total > 0 {
		text = j.env.T("common.progress", "done", i18n.Count(int64(p.Done)), "total", i18n.Count(int64(p.Total)))
	} else if p.Done > 0 {
		text = i18n.Count(int64(p.Done))
	}
	step := ""
	if p.Note != "" {
		step = j.env.T(p.Note)
	}
	j.note.SetText(Join(step, text))
}

// Done shows the result in the place of the progress.
func (j *JobPanel) Done(tone theme.Status, text string) {
	j.bar.done(tone)
	j.stop.Hide()
	j.note.SetParts(Part{Icon: string(tone), Text: text, Token: tone.Token()})
	j.object.Refresh()
}

// Report is the job.Report to hand to the work; it may be called from any
// goroutine and as often as it likes: the window takes the newest when it comes to it.
func (j *JobPanel) Report() job.Report {
	return func(p job.Progress) {
		for {
			select {
			case j.latest <- p:
				fyne.Do(j.take)
				return
			default:
			}
			select {
			case <-j.latest: // an older one nobody took yet
			default:
			}
		}
	}
}

func (j *JobPanel) take() {
	select {
	case p := <-j.latest:
		j.Set(p)
	default:
	}
}

// progressBar is a bar of 6; without a total it only shows that something happens.
type progressBar struct {
	sketch
	part int // thousandths, -1: unknown
	tone theme.Status
}

func newProgressBar() *progressBar {
	b := &progressBar{part: -1}
	b.sketched(b, func(m theme.Metrics) fyne.Size { return fyne.NewSize(120, 6*m.Scale) }, func(p *brush, r image.Rectangle) {
		radius := float32(r.Dy()) / 2
		p.round(r, radius, p.pal.Track)
		fill := p.pal.Primary
		if b.tone != "" {
			fill = p.pal.Status(b.tone).Fill
		}
		switch {
		case b.part > 0:
			p.round(image.Rect(0, 0, max(r.Dy(), r.Dx()*b.part/1000), r.Dy()), radius, fill)
		case b.part < 0:
			p.round(image.Rect(r.Dx()/3, 0, 2*r.Dx()/3, r.Dy()), radius, fill)
		}
	})
	return b
}

func (b *progressBar) set(p job.Progress) {
	b.part = -1
	if p.Total > 0 {
		b.part = min(1000, max(0, int(int64(p.Done)*1000/int64(p.Total))))
	}
	b.Refresh()
}

func (b *progressBar) done(tone theme.Status) {
	b.part, b.tone = 1000, tone
	b.Refresh()
}

// Stop makes what the button of a panel presses: stopped ends with it.
func Stop() (stopped context.Context, stop func()) { return context.WithCancel(context.Background()) }

// Stoppable gives work a context that ends with ctx or with stopped, the context
// that a panel's button cancels. Work that was stopped before it began never
// starts: its context is over from the first line on.
func Stoppable(ctx, stopped context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	unwatch := context.AfterFunc(stopped, cancel)
	if stopped.Err() != nil {
		cancel() // AfterFunc cancels on a goroutine of its own, which may come late
	}
	return ctx, func() {
		unwatch()
		cancel()
	}
}
