package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/job"
	"zhanggui/ui/kit"
)

// jobs is the panel of background work at the lower right: a bar and a button to
// stop for each job that is running or waiting; how one ended is said in the
// status bar.
type jobs struct {
	s      *Shell
	object *fyne.Container
	list   *fyne.Container
	panels map[job.ID]*kit.JobPanel
}

func newJobs(s *Shell) *jobs {
	j := &jobs{s: s, list: kit.Down(scaled(8)), panels: map[job.ID]*kit.JobPanel{}}
	j.object = container.New(corner{}, j.list)
	return j
}

// corner puts one object at the lower right, above the status bar and the action bar.
type corner struct{}

func (corner) Layout(o []fyne.CanvasObject, size fyne.Size) {
	want := o[0].MinSize()
	w := min(scaled(320), size.Width-24)
	o[0].Resize(fyne.NewSize(w, want.Height))
	o[0].Move(fyne.NewPos(size.Width-w-12, size.Height-want.Height-scaled(84)))
}

func (corner) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

// look shows the jobs as they stand.
func (j *jobs) look() {
	if j.s.app == nil {
		return
	}
	live := map[job.ID]bool{}
	for _, st := range j.s.app.Jobs.List() {
		if st.State.Ended() {
			j.ended(st)
			continue
		}
		live[st.ID] = true
		panel := j.panels[st.ID]
		if panel == nil {
			panel = j.add(st)
		}
		panel.Set(st.Progress)
	}
	for id, panel := range j.panels {
		if !live[id] {
			j.list.Remove(panel.Object())
			delete(j.panels, id)
		}
	}
	j.object.Refresh()
	corner{}.Layout(j.object.Objects, j.object.Size())
}

func (j *jobs) add(st job.Status) *kit.JobPanel {
	s := j.s
	panel := kit.NewJobPanel(s.env(), "job."+st.Kind, s.tr.M(st.Title, st.Args), func() {
		kit.Act(s.env(), kit.NewOwner(), func(ctx context.Context) (struct{}, error) {
			return struct{}{}, s.app.Jobs.Cancel(ctx, st.ID)
		}, func(struct{}) {})
	})
	j.panels[st.ID] = panel
	j.list.Add(panel.Object())
	return panel
}

// ended says once how a job ended that was seen running. A failed job of the
// program itself (a backup that could not be written) is said to everybody.
func (j *jobs) ended(st job.Status) {
	s := j.s
	if j.panels[st.ID] == nil && (st.State != job.Failed || s.session.told[st.ID]) {
		return
	}
	if s.session.told[st.ID] {
		return
	}
	s.session.told[st.ID] = true
	title := s.tr.M(st.Title, st.Args)
	switch st.State {
	case job.Failed:
		s.notify(kit.Note{Level: kit.NoteBad, Text: kit.Join(title, oneLine(s.tr.Fault(st.Fault)))})
	case job.Cancelled:
		s.notify(kit.Note{Level: kit.NoteWarn, Text: kit.Join(title, s.tr.T("common.cancelled"))})
	default:
		if st.By != auth.SystemActor.Name {
			s.notify(kit.Note{Text: kit.Join(title, s.tr.T("common.done"))})
		}
	}
}
