package settings

import (
	"context"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/job"
	"zhanggui/app/settings"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// copies is the part of the backup page that shows which copies are kept, tests
// one and restores one.
type copies struct {
	page   *safety
	kept   backup.Kept
	tests  map[string]tested // by path, of this showing of the page
	rows   fixedRows
	grid   *kit.Grid
	none   fyne.CanvasObject // says that there is none yet
	object fyne.CanvasObject
}

// tested is how the test of a copy ended.
type tested struct {
	at   when.Millis
	good bool
}

func newCopies(s *safety) *copies {
	tr := s.env.Tr
	c := &copies{page: s, tests: map[string]tested{}, none: kit.Pad(8, 14, kit.NewLabel(tr.T("setup.copies.none")).Muted())}
	c.grid = kit.NewGrid(s.env, "settings.copies", []kit.Head{
		{Key: "at", Title: tr.T("field.time"), Width: 116},
		{Key: "file", Title: tr.T("setup.copies.file"), Width: 280, Flex: true, Min: 140},
		{Key: "size", Title: tr.T("setup.copies.size"), Width: 96, Align: kit.Right},
		{Key: "orders", Title: tr.T("setup.copies.orders"), Width: 96, Align: kit.Right},
		{Key: "moves", Title: tr.T("setup.copies.moves"), Width: 110, Align: kit.Right},
		{Key: "state", Title: tr.T("field.status"), Width: 120},
		{Key: "tested", Title: tr.T("setup.copies.tested"), Width: 170},
	}, &c.rows, false)
	c.grid.OnOpen = func(int) { c.test() }
	buttons := kit.Across(8)
	add := func(text, id string, key kit.Chord, need auth.Action, do func()) {
		if s.env.Allows(need) {
			b := kit.NewButton(s.env, text, key, do).Small()
			s.buttons = append(s.buttons, b)
			s.keys[key] = b
			buttons.Add(kit.ID(b, id))
		}
	}
	add(tr.T("setup.copies.test"), "settings.copies.test", "Alt+T", auth.CheckRun, c.test)
	if s.env.Restore != nil {
		add(tr.T("setup.copies.restore"), "settings.copies.restore", "Alt+R", auth.BackupRestore, c.restore)
		add(tr.T("setup.copies.restore_file"), "settings.copies.file", "Alt+O", auth.BackupRestore, c.restoreFile)
	}
	c.object = kit.NewCard(tr.T("setup.copies"), "", buttons, kit.Edges(c.none, nil, nil, nil, c.grid))
	c.show(backup.Kept{})
	return c
}

// show puts the copies into the table.
func (c *copies) show(k backup.Kept) {
	c.kept = k
	tr, now := c.page.env.Tr, c.page.env.Clock.Now()
	c.rows = c.rows[:0]
	for _, b := range k.List {
		tone, word := theme.OK, "setup.copies.whole"
		switch b.State {
		case core.CopyCut:
			tone, word = theme.Urgent, "setup.copies.cut"
		case core.CopyBare:
			tone, word = theme.Warn, "setup.copies.bare"
		}
		result := kit.Muted(i18n.Dash)
		if t, ok := c.tests[b.Path]; ok && t.good {
			result = kit.Toned(theme.OK, tr.T("setup.copies.good", "time", tr.Moment(t.at, now)))
		} else if ok {
			result = kit.Toned(theme.Urgent, tr.T("setup.copies.bad"))
		}
		orders, moves := kit.Count(b.Orders), kit.Count(b.Moves)
		if b.State == core.CopyBare {
			orders, moves = kit.Muted(i18n.Dash), kit.Muted(i18n.Dash)
		}
		c.rows = append(c.rows, &kit.Row{ID: b.Path, Cells: []kit.Cell{
			kit.Text(tr.Moment(b.At, now)), kit.Text(filepath.Base(b.Path)).Copying(b.Path), kit.Text(size(b.SizeBytes)),
			orders, moves, kit.Pill(tone, tr.T(word)), result,
		}})
	}
	if len(k.List) > 0 {
		c.none.Hide()
	} else {
		c.none.Show()
	}
	c.grid.Update()
	if c.object != nil {
		c.object.Refresh()
	}
	if c.grid.CursorRow() < 0 && len(c.rows) > 0 {
		c.grid.SetCursor(0)
	}
}

// current is the copy under the cursor, "" for none.
func (c *copies) current() string {
	if row := c.grid.At(c.grid.CursorRow()); row != nil {
		return row.ID
	}
	c.page.Hint(theme.Info, c.page.env.T("setup.copies.pick"))
	return ""
}

// read tests a copy with progress and a button to stop, and hands on what it found.
func (c *copies) read(path string, found func(backup.Tested)) {
	s := c.page
	work := func(ctx context.Context, report job.Report) (backup.Tested, error) {
		return s.app.Backup.Test(ctx, path, report)
	}
	runOr(s, "settings.copies", "setup.copies.testing", work, func(t backup.Tested) {
		c.tests[path] = tested{at: s.env.Clock.Now(), good: true}
		c.show(c.kept)
		found(t)
	}, func(err error) {
		if fault.Key(err) == "fault.store.backup_bad" {
			c.tests[path] = tested{at: s.env.Clock.Now()}
			c.show(c.kept)
		}
	})
}

// test reads the copy under the cursor whole and says what it found.
func (c *copies) test() {
	path := c.current()
	if path == "" {
		return
	}
	c.read(path, c.told)
}

// told says what the test of a good copy found.
func (c *copies) told(t backup.Tested) {
	env := c.page.env
	kit.OpenDialog(env, kit.DialogSpec{
		ID: "settings.tested", Title: env.T("setup.tested.title", "file", filepath.Base(t.Path)), Icon: theme.OK, Cancel: "-",
		Body: kit.Down(0, testFacts(env.Tr, t, env.Clock.Now())...),
	})
}

func (c *copies) restore() {
	if path := c.current(); path != "" {
		c.ask(path)
	}
}

func (c *copies) restoreFile() {
	env := c.page.env
	kit.PickFile(env, kit.FileFilter{Title: env.T("setup.copies.restore_file"), Extensions: kit.BackupFiles}, func(paths []string) {
		if len(paths) > 0 {
			c.ask(paths[0])
		}
	})
}

// ask proves the copy good first and then says what would be replaced and lost.
func (c *copies) ask(path string) {
	c.read(path, func(t backup.Tested) {
		env := c.page.env
		if len(t.Others) > 0 {
			c.page.Hint(theme.Urgent, env.T("setup.restore.others", "desk", t.Others[0].Desk))
			return
		}
		c.sure(t)
	})
}

// sure asks whether the data is to be replaced.
func (c *copies) sure(t backup.Tested) {
	env := c.page.env
	kit.OpenDialog(env, kit.DialogSpec{
		ID: "settings.restore", Title: env.T("setup.restore.title", "file", filepath.Base(t.Path)), Icon: theme.Urgent, OK: env.T("setup.restore.ok"), Width: 620,
		Body: kit.Down(10, kit.Down(0, restoreFacts(env.Tr, t, env.Clock.Now())...), kit.NewParagraph(env.T("setup.restore.text")).Small()),
		OnOK: func(d *kit.Dialog) {
			d.Close()
			c.page.mayRestore(t.Path)
		},
	})
}

// mayRestore asks the engine for the right, whose refusal is audited, and hands over to the shell.
func (s *safety) mayRestore(path string) {
	kit.Act(s.env, s.owner, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.app.Backup.MayRestore(ctx)
	}, func(struct{}) { s.env.Restore(path) })
}

// testFacts are what the test of a copy found.
func testFacts(tr i18n.Tr, t backup.Tested, now when.Millis) []fyne.CanvasObject {
	fact := func(key, value string, token theme.Token) fyne.CanvasObject {
		return kit.NewFact(tr.T(key), kit.Part{Text: value, Token: token})
	}
	proof := "setup.tested.bare"
	if t.Noted {
		proof = "setup.tested.noted"
	}
	seal := tr.T("setup.tested.no_seal")
	if len(t.SealHead) > 12 {
		seal = t.SealHead[:12]
	}
	return append([]fyne.CanvasObject{
		fact("setup.tested.until", until(tr, t, now), theme.TextToken),
		fact("setup.tested.holds", kit.Join(tr.T("setup.tested.orders", "n", i18n.Count(t.CopyFacts.Orders)), size(t.SizeBytes)), theme.TextToken),
		fact("setup.tested.checked", kit.Join(tr.T(proof), tr.T("setup.tested.read", "moves", i18n.Count(t.Moves))), theme.TextToken),
		fact("setup.tested.seal", seal, theme.TextToken),
	}, newer(tr, t, "setup.tested.newer"))
}

// restoreFacts are what a person must know before the data is replaced.
func restoreFacts(tr i18n.Tr, t backup.Tested, now when.Millis) []fyne.CanvasObject {
	orders := func(n int64) string { return tr.T("setup.tested.orders", "n", i18n.Count(n)) }
	return []fyne.CanvasObject{
		kit.NewFact(tr.T("setup.restore.now"), kit.Part{Text: kit.Join(tr.Moment(t.LastAt, now), orders(t.Orders))}),
		kit.NewFact(tr.T("setup.restore.copy"), kit.Part{Text: kit.Join(until(tr, t, now), orders(t.CopyFacts.Orders))}),
		newer(tr, t, "setup.restore.gone"),
	}
}

// until is where the data of a copy stands.
func until(tr i18n.Tr, t backup.Tested, now when.Millis) string {
	switch {
	case t.Last != nil:
		return tr.Moment(t.Last.At, now)
	case t.At > 0:
		return tr.Moment(t.At, now)
	}
	return tr.T("setup.tested.unknown")
}

// newer is what the open data has and the copy has not, or that it is no copy of this data.
func newer(tr i18n.Tr, t backup.Tested, label string) fyne.CanvasObject {
	if t.Last != nil && !t.Own {
		return kit.NewFact(tr.T("setup.tested.whose"), kit.Part{Text: tr.T("setup.tested.foreign", "shop", orDash(t.Shop)), Token: theme.Urgent.Token()})
	}
	if t.Newer() == 0 && t.Changes == 0 {
		return kit.NewFact(tr.T(label), kit.Part{Text: tr.T("setup.tested.same")})
	}
	text := tr.T("setup.tested.loss", "orders", i18n.Count(t.Newer()), "changes", i18n.Count(t.Changes))
	return kit.NewFact(tr.T(label), kit.Part{Text: text, Token: theme.Warn.Token()})
}

func orDash(s string) string {
	if s == "" {
		return i18n.Dash
	}
	return s
}

// plan changes how many daily copies stay and where they go.
func (c *copies) plan() {
	s := c.page
	keep, folder := int64(c.kept.Keep), c.kept.Chosen
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "settings.plan", Title: "setup.plan",
		Build: func(f *kit.Form) {
			f.Qty("backup.keep", "setup.plan.keep", &keep)
			f.Text("backup.folder", "setup.plan.folder", &folder)
			f.Add(kit.NewParagraph(s.env.T("setup.plan.hint", "folder", c.kept.Usual)).Small())
		},
		Save: func(ctx context.Context) error {
			for _, set := range []settings.SetCmd{{Key: "backup.keep", Value: strconv.FormatInt(keep, 10)}, {Key: "backup.folder", Value: folder}} {
				if set.Key == "backup.folder" && folder == c.kept.Chosen || set.Key == "backup.keep" && keep == int64(c.kept.Keep) {
					continue // an unchanged setting leaves no line in the audit
				}
				if err := s.app.Settings.Set(ctx, set); err != nil {
					return inForm(err, set.Key)
				}
			}
			return nil
		},
		Done: func() {
			s.Load()
			s.Hint(theme.OK, s.env.T("setup.plan.saved", "n", keep))
		},
	})
}
