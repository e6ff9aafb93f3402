package settings

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/job"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// safety is the page of backups and the check of the data.
type safety struct {
	env     kit.Env
	app     *app.App
	owner   *kit.Owner
	hint    *kit.Hint
	facts   *fyne.Container
	work    *fyne.Container // progress while something runs
	results *fyne.Container // of the last check
	middle  *fyne.Container // the copies, and the results once there are some
	copies  *copies
	buttons []*kit.Button
	keys    map[kit.Chord]*kit.Button
	layer   *kit.Layer
	object  fyne.CanvasObject
	stop    func()
}

// NewBackup makes the page of backups and the check. It needs auth.CheckRun;
// making a backup needs auth.BackupMake.
func NewBackup(env kit.Env, a *app.App) kit.Screen {
	s := &safety{app: a, owner: kit.NewOwner(), hint: kit.NewHint(), facts: kit.Down(0), work: container.NewStack(), results: container.NewStack(), keys: map[kit.Chord]*kit.Button{}, stop: func() {}}
	s.env = env.WithHints(s)
	s.hint.Hide()
	s.object = s.build()
	return s
}

// Hint shows a line above the page until the next action.
func (s *safety) Hint(tone theme.Status, text string) {
	s.hint.Say(tone, text, "", "")
	s.object.Refresh()
}

// Build gives the page.
func (s *safety) Build() fyne.CanvasObject { return s.object }

func (s *safety) build() fyne.CanvasObject {
	m := theme.Current().Metrics()
	t := s.env.T
	row := kit.Across(8)
	add := func(text, id string, key kit.Chord, need auth.Action, do func()) {
		if s.env.Allows(need) {
			b := kit.NewButton(s.env, text, key, do)
			if key == "F9" {
				b.Primary()
			}
			s.buttons = append(s.buttons, b)
			s.keys[key] = b
			row.Add(kit.ID(b, id))
		}
	}
	add(t("setup.backup.now"), "settings.backup.now", "F9", auth.BackupMake, s.daily)
	add(t("setup.backup.to"), "settings.backup.to", "Alt+B", auth.BackupMake, s.copyTo)
	add(t("setup.check.quick"), "settings.check", "Alt+K", auth.CheckRun, func() { s.check(false) })
	add(t("setup.check.full"), "settings.check.full", "Alt+A", auth.CheckRun, func() { s.check(true) })
	s.copies = newCopies(s)
	add(t("setup.plan"), "settings.plan", "Alt+E", auth.SettingsEdit, s.copies.plan)
	bar := container.NewStack(kit.NewSurface(), kit.Edges(kit.NewRule(), nil, nil, nil, kit.Fixed(0, m.ActionBar-1, kit.Pad(0, 12, row))))
	top := kit.Down(m.CardGap, kit.NewCard(t("setup.backup.data"), "", nil, kit.Pad(0, 14, kit.Down(0, s.facts, kit.NewLabel("").Tiny()))), s.work)
	s.middle = container.New(&halves{gap: m.CardGap}, s.copies.object, s.results)
	s.results.Hide()
	page := container.NewStack(kit.NewBackground(), kit.Pad(m.CardGap, m.ScreenMargin, kit.Edges(top, nil, nil, nil, kit.Pad(m.CardGap, 0, s.middle))))
	return kit.Edges(s.hint, bar, nil, nil, page)
}

// standing is what the page knows of the data.
type standing struct {
	info core.Info
	last core.BackupInfo
	has  bool
	kept backup.Kept
}

// Load reads where the data lies and when it was copied last.
func (s *safety) Load() {
	kit.Run(s.env, s.owner.Lane("info"), func(ctx context.Context) (standing, error) {
		info, err := s.app.Backup.Info(ctx)
		if err != nil {
			return standing{}, err
		}
		last, has, err := s.app.Backup.Last(ctx)
		if err != nil {
			return standing{}, err
		}
		kept, err := s.app.Backup.Copies(ctx)
		return standing{info, last, has, kept}, err
	}, s.show)
}

func (s *safety) show(st standing) {
	tr, now := s.env.Tr, s.env.Clock.Now()
	fact := func(key, value string, token theme.Token) {
		s.facts.Add(kit.NewFact(tr.T(key), kit.Part{Text: value, Token: token}))
	}
	s.facts.Objects = nil
	fact("setup.backup.place", filepath.Base(st.info.Place), theme.TextToken)
	fact("setup.backup.kind", kit.Join(tr.T("setup.backup."+st.info.Engine), tr.T("setup.backup.version", "n", st.info.SchemaVersion), size(st.info.SizeBytes)), theme.TextToken)
	if st.has {
		fact("setup.backup.last", kit.Join(tr.Moment(st.last.At, now), filepath.Base(st.last.Path), size(st.last.SizeBytes)), theme.TextToken)
	} else {
		fact("setup.backup.last", tr.T("setup.backup.never"), theme.Warn.Token())
	}
	fact("setup.plan.daily", kit.Join(tr.T("setup.plan.newest", "n", st.kept.Keep), st.kept.Folder), theme.TextToken)
	if n := len(st.info.Others); n > 0 {
		fact("setup.backup.others", tr.N("setup.backup.desks", int64(n)), theme.TextToken)
	}
	for _, note := range st.info.Notes {
		fact("setup.backup.note", tr.T(note), theme.Warn.Token())
	}
	if st.info.Engine == "postgres" && s.env.Allows(auth.BackupRestore) {
		s.facts.Add(kit.NewParagraph(tr.T("setup.restore.server")).Small())
	}
	s.facts.Refresh()
	s.copies.show(st.kept)
	s.object.Refresh()
}

// Topics are what makes it stale.
func (s *safety) Topics() []core.Topic { return []core.Topic{core.TopicSettings} }

// Shown takes the keys.
func (s *safety) Shown() {
	if s.layer != nil || s.env.Keys == nil {
		return
	}
	s.layer = s.env.Keys.Push("settings.backup", false)
	s.layer.On("F5", s.Load)
	for key, b := range s.keys {
		s.layer.On(key, b.Press)
	}
	if s.env.Window != nil {
		s.env.Window.Canvas().Focus(s.copies.grid)
	}
}

// Hidden gives the keys back.
func (s *safety) Hidden() {
	if s.layer != nil {
		s.layer.Close()
		s.layer = nil
	}
}

// Close stops what runs.
func (s *safety) Close() {
	s.Hidden()
	s.stop()
	s.owner.Close()
}

// run does long work with progress and a button to stop it.
func run[T any](s *safety, id, title string, work func(ctx context.Context, report job.Report) (T, error), done func(T)) {
	runOr(s, id, title, work, done, func(error) {})
}

// runOr also tells failed why it did not end well, before the error is shown.
func runOr[T any](s *safety, id, title string, work func(ctx context.Context, report job.Report) (T, error), done func(T), failed func(error)) {
	if s.owner.Acting() {
		return
	}
	s.hint.Clear()
	stopped, stop := kit.Stop()
	s.stop = stop
	panel := kit.NewJobPanel(s.env, id, s.env.T(title), stop)
	report := panel.Report()
	s.busy(panel.Object())
	s.owner.OnFail(func(err error) bool {
		s.idle()
		failed(err)
		kit.Fail(s.env, err)
		return true
	})
	kit.Act(s.env, s.owner, func(ctx context.Context) (result[T], error) {
		ctx, cancel := kit.Stoppable(ctx, stopped)
		defer cancel()
		v, err := work(ctx, report)
		if fault.Is(err, fault.Cancelled) {
			return result[T]{stopped: true}, nil
		}
		return result[T]{value: v}, err
	}, func(r result[T]) {
		s.idle()
		if r.stopped {
			s.Hint(theme.Info, s.env.T("common.cancelled"))
			return
		}
		done(r.value)
	})
}

// result is what work gave, or that it was stopped.
type result[T any] struct {
	value   T
	stopped bool
}

func (s *safety) busy(panel fyne.CanvasObject) {
	for _, b := range s.buttons {
		b.SetOff(true)
	}
	s.work.Objects = []fyne.CanvasObject{panel}
	s.object.Refresh()
}

func (s *safety) idle() {
	for _, b := range s.buttons {
		b.SetOff(false)
	}
	s.work.Objects = nil
	s.object.Refresh()
}

// daily makes today's copy in the folder of the settings, unless it is there.
func (s *safety) daily() {
	run(s, "settings.backup", "setup.backup.running", s.app.Backup.Daily, func(d backup.Daily) {
		key := "setup.backup.there"
		if d.Made {
			key = "setup.backup.made"
		}
		s.Hint(theme.OK, s.env.T(key, "file", filepath.Base(d.Info.Path), "size", size(d.Info.SizeBytes), "orders", i18n.Count(d.Info.Orders)))
	})
}

// copyTo writes a copy to a file that the person chooses (a stick, another disk).
func (s *safety) copyTo() {
	stamp := strings.NewReplacer("-", "", ":", "", " ", "-").Replace(s.env.Clock.Now().Minute())
	name := s.env.T("setup.backup.file", "time", stamp) + ".zgbackup"
	kit.SaveFile(s.env, name, kit.FileFilter{Title: s.env.T("setup.backup.to"), Extensions: []string{".zgbackup"}}, func(path string) {
		run(s, "settings.backup", "setup.backup.running", func(ctx context.Context, report job.Report) (core.BackupInfo, error) {
			return s.app.Backup.Make(ctx, path, report)
		}, func(info core.BackupInfo) {
			s.Hint(theme.OK, s.env.T("setup.backup.made", "file", info.Path, "size", size(info.SizeBytes), "orders", i18n.Count(info.Orders)))
		})
	})
}

// check verifies the data and lists every invariant with its count.
func (s *safety) check(full bool) {
	title := "setup.check.running"
	if full {
		title = "setup.check.running_full"
	}
	run(s, "settings.check", title, func(ctx context.Context, report job.Report) ([]core.CheckResult, error) {
		return s.app.Backup.Check(ctx, full, report)
	}, s.checked)
}

func (s *safety) checked(list []core.CheckResult) {
	tr := s.env.Tr
	heads := []kit.Head{
		{Key: "state", Title: tr.T("field.status"), Width: 110},
		{Key: "name", Title: tr.T("setup.check.rule"), Width: 340},
		{Key: "count", Title: tr.T("setup.check.count"), Width: 96, Align: kit.Right},
		{Key: "bad", Title: tr.T("setup.check.bad"), Width: 80, Align: kit.Right},
		{Key: "what", Title: tr.T("setup.check.what"), Width: 300, Flex: true, Min: 120},
	}
	grid := kit.NewGrid(s.env, "settings.check.results", heads, checkRows(tr, list), false)
	sentence := kit.Part{Icon: string(theme.OK), Text: tr.N("setup.check.clean", int64(len(list))), Token: theme.OK.Token()}
	if bad := backup.Broken(list); bad > 0 {
		sentence = kit.Part{Icon: string(theme.Urgent), Text: tr.T("fault.backup.broken", "n", bad), Token: theme.Urgent.Token()}
	}
	s.results.Objects = []fyne.CanvasObject{kit.NewCard("", "", nil, kit.Edges(kit.Pad(10, 14, kit.NewLine(sentence).Narrow()), nil, nil, nil, grid))}
	s.results.Show()
	s.middle.Refresh()
}

// halves lays what is shown of its objects one under the other, equally high.
type halves struct{ gap float32 }

// Layout gives each its part.
func (h *halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var shown []fyne.CanvasObject
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	n := float32(len(shown))
	each := (size.Height - h.gap*(n-1)) / max(n, 1)
	for i, o := range shown {
		o.Move(fyne.NewPos(0, float32(i)*(each+h.gap)))
		o.Resize(fyne.NewSize(size.Width, each))
	}
}

// MinSize asks for little: tables scroll.
func (h *halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 100) }
