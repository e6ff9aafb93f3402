package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// staff is the page of the team.
type staff struct {
	env  kit.Env // its hints go to the list
	app  *app.App
	list *kit.List[users.Person]
}

// NewStaff makes the page of the team. It needs auth.UsersManage.
func NewStaff(env kit.Env, a *app.App) kit.Screen {
	s := &staff{env: env, app: a}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *staff) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the team again.
func (s *staff) Load() { s.list.Load() }

// Topics are what makes it stale.
func (s *staff) Topics() []core.Topic { return []core.Topic{core.TopicStaff} }

// Shown takes the keys.
func (s *staff) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *staff) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *staff) Close() { s.list.Close() }

func (s *staff) spec() kit.ListSpec[users.Person] {
	tr := s.env.Tr
	one := func(do func(users.Person)) func(kit.Picked[users.Person]) {
		return func(p kit.Picked[users.Person]) {
			if r, ok := p.One(); ok {
				do(r)
			}
		}
	}
	return kit.ListSpec[users.Person]{
		ID: "settings.staff", Fetch: s.fetch, RowID: func(p users.Person) string { return p.ID.String() },
		Dim: func(p users.Person) bool { return p.Disabled },
		Columns: []kit.Column[users.Person]{
			{Key: "name", Title: "field.name", Width: 160, Text: func(p users.Person) string { return p.Name }},
			{Key: "role", Title: "field.role", Width: 140, Text: func(p users.Person) string { return tr.Word("role", string(p.Role)) }},
			{Key: "state", Title: "field.status", Width: 150, Cell: func(p users.Person) kit.Cell {
				tone, word := personState(p, s.env.Clock.Now())
				return kit.Pill(tone, tr.T(word))
			}},
			{Key: "grants", Title: "field.grants", Width: 220, Text: func(p users.Person) string { return exceptions(tr, p) }},
			{Key: "locked", Title: "setup.staff.locked_until", Width: 150, Flex: true, Muted: true, Text: func(p users.Person) string {
				if p.LockedUntil <= s.env.Clock.Now() {
					return i18n.Dash
				}
				return tr.Moment(p.LockedUntil, s.env.Clock.Now())
			}},
		},
		Actions: []kit.Action[users.Person]{
			{ID: "add", Title: "setup.staff.add", Primary: true, Need: auth.UsersManage, Do: func(kit.Picked[users.Person]) { s.add() }},
			{ID: "edit", Title: "common.edit", Key: "F2", Rows: true, Need: auth.UsersManage, Do: one(s.edit)},
			{ID: "rights", Title: "setup.staff.rights", Key: "Alt+G", Rows: true, Need: auth.UsersManage, Why: s.whyNoRights, Do: one(s.rights)},
			{ID: "pin", Title: "setup.staff.pin", Key: "Alt+P", Rows: true, Need: auth.UsersManage, Do: one(s.pin)},
			{
				ID: "off", Title: "setup.staff.disable", Key: "Alt+D", Rows: true, Need: auth.UsersManage, Label: s.offWord, Confirm: s.offAsk, Do: one(s.turn),
			},
		},
		Open: s.edit,
		Footer: func(total int, _ map[string]int64) []string {
			return []string{tr.N("setup.staff.foot", int64(total))}
		},
	}
}

func (s *staff) fetch(ctx context.Context, _ kit.Query) (core.Paged[users.Person], error) {
	list, err := s.app.Users.List(ctx)
	return core.Paged[users.Person]{Rows: list, Total: len(list)}, err
}

func roleItems(tr i18n.Tr) []kit.Item {
	items := make([]kit.Item, len(auth.Roles))
	for i, r := range auth.Roles {
		items[i] = kit.Item{Value: string(r), Word: tr.Word("role", string(r))}
	}
	return items
}

func (s *staff) add() {
	cmd := users.AddCmd{Role: auth.Service}
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "settings.add", Title: "setup.staff.add", OK: "common.add",
		Build: func(f *kit.Form) {
			f.Text("name", "field.name", &cmd.Name)
			kit.FormChoice(f, "role", "field.role", roleItems(s.env.Tr), &cmd.Role)
			f.Text("pin", "field.pin", &cmd.PIN).Secret()
			f.Add(kit.NewParagraph(s.env.T("setup.staff.pin_hint")).Small())
		},
		Save: func(ctx context.Context) error {
			_, err := s.app.Users.Add(ctx, cmd)
			return inForm(err, "name")
		},
		Done: func() { s.list.Hint(theme.OK, s.env.T("setup.staff.added", "name", cmd.Name)) },
	})
}

func (s *staff) edit(p users.Person) {
	cmd := change(p)
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "settings.person", Title: "setup.staff.edit",
		Build: func(f *kit.Form) {
			f.Text("name", "field.name", &cmd.Name)
			kit.FormChoice(f, "role", "field.role", roleItems(s.env.Tr), &cmd.Role)
			f.Text("pin", "field.pin", &cmd.PIN).Secret()
			f.Add(kit.NewParagraph(s.env.T("setup.staff.pin_longer")).Small())
		},
		Save: func(ctx context.Context) error { return inForm(s.app.Users.Change(ctx, cmd), "name") },
		Done: func() { s.list.Hint(theme.OK, s.env.T("setup.staff.saved", "name", cmd.Name)) },
	})
}

func (s *staff) pin(p users.Person) {
	cmd := users.SetPINCmd{ID: p.ID}
	again := ""
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "settings.pin", Title: "setup.staff.pin",
		Build: func(f *kit.Form) {
			f.Add(kit.NewLabel(kit.Join(p.Name, s.env.Tr.Word("role", string(p.Role)), s.env.T("setup.staff.digits", "n", p.Role.PINLength()))).Narrow())
			f.Text("pin", "field.pin", &cmd.PIN).Secret()
			f.Text("again", "setup.staff.again", &again).Secret()
			f.Add(kit.NewParagraph(s.env.T("setup.staff.pin_text")).Small())
		},
		Save: func(ctx context.Context) error {
			if again != cmd.PIN {
				return invalid("again", "fault.setup.pins_differ")
			}
			return inForm(s.app.Users.SetPIN(ctx, cmd), "pin")
		},
		Done: func() { s.list.Hint(theme.OK, s.env.T("setup.staff.pin_set", "name", p.Name)) },
	})
}

func (s *staff) offWord(p kit.Picked[users.Person]) string {
	if r, ok := p.One(); ok && r.Disabled {
		return s.env.T("setup.staff.enable")
	}
	return s.env.T("setup.staff.disable")
}

// offAsk asks before a person is taken off work.
func (s *staff) offAsk(p kit.Picked[users.Person]) kit.Ask {
	r, ok := p.One()
	if !ok || r.Disabled {
		return kit.Ask{}
	}
	return kit.Ask{
		ID: "settings.off", Title: s.env.T("setup.staff.disable_ask", "name", r.Name), Text: s.env.T("setup.staff.disable_text"), OK: s.env.T("setup.staff.disable"),
	}
}

// turn takes a person off work, or back.
func (s *staff) turn(p users.Person) {
	cmd := change(p)
	cmd.Disabled = !p.Disabled
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.app.Users.Change(ctx, cmd)
	}, func(struct{}) {
		word := "setup.staff.enabled"
		if cmd.Disabled {
			word = "setup.staff.disabled"
		}
		s.list.Hint(theme.OK, s.env.T(word, "name", p.Name))
	})
}

func (s *staff) whyNoRights(p kit.Picked[users.Person]) string {
	if r, ok := p.One(); ok && r.Role == auth.Supervisor {
		return s.env.T("setup.staff.all_rights")
	}
	return ""
}

// rights gives or withdraws single rights beside those of the post.
func (s *staff) rights(p users.Person) {
	choices := map[auth.Action]string{}
	rows := kit.Down(4)
	post := users.Person{Role: p.Role}
	for _, a := range auth.Actions {
		choices[a] = choiceOf(p.Grants, a)
		word := s.env.T("setup.right.denied")
		if auth.Allows(auth.Actor{Role: post.Role}, a) {
			word = s.env.T("setup.right.allowed")
		}
		items := []kit.Item{
			{Value: rightOfPost, Word: s.env.T("setup.right.post", "word", word)},
			{Value: rightYes, Word: s.env.T("setup.right.yes")},
			{Value: rightNo, Word: s.env.T("setup.right.no")},
		}
		c := kit.NewChoice(s.env, items, choices[a], func(v string) { choices[a] = v }).Wide(190)
		rows.Add(kit.Edges(nil, nil, nil, kit.ID(c, "settings.right."+string(a)), kit.NewLabel(s.env.Tr.Word("right", string(a))).Narrow()))
	}
	head := kit.NewLabel(kit.Join(p.Name, s.env.Tr.Word("role", string(p.Role)))).Small().Muted()
	scroll := container.NewVScroll(kit.Pad(0, 8, rows))
	d := kit.OpenDialog(s.env, kit.DialogSpec{
		ID: "settings.rights", Title: s.env.T("setup.staff.rights"), Width: 620, OK: s.env.T("common.save"), NoEnter: true,
		Body: kit.Down(8, head, kit.Fixed(0, 400, scroll)),
		OnOK: func(d *kit.Dialog) { s.saveRights(d, p, grantsOf(choices)) },
	})
	d.Keys().On("F9", func() { s.saveRights(d, p, grantsOf(choices)) })
}

func (s *staff) saveRights(d *kit.Dialog, p users.Person, grants map[auth.Action]bool) {
	cmd := change(p)
	cmd.Grants = grants
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.app.Users.Change(ctx, cmd)
	}, func(struct{}) {
		d.Close()
		s.list.Hint(theme.OK, s.env.T("setup.staff.saved", "name", p.Name))
	})
}
