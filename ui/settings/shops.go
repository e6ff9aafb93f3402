package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// shops is the page of the shops: one account on one channel each.
type shops struct {
	env  kit.Env // its hints go to the list
	app  *app.App
	list *kit.List[domain.Shop]
}

// NewShops makes the page of the shops. It needs auth.CatalogView; changing one
// needs auth.CatalogEdit.
func NewShops(env kit.Env, a *app.App) kit.Screen {
	s := &shops{env: env, app: a}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *shops) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the shops again.
func (s *shops) Load() { s.list.Load() }

// Topics are what makes it stale.
func (s *shops) Topics() []core.Topic { return []core.Topic{core.TopicCatalog} }

// Shown takes the keys.
func (s *shops) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *shops) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *shops) Close() { s.list.Close() }

func (s *shops) spec() kit.ListSpec[domain.Shop] {
	tr := s.env.Tr
	one := func(do func(domain.Shop)) func(kit.Picked[domain.Shop]) {
		return func(p kit.Picked[domain.Shop]) {
			if r, ok := p.One(); ok {
				do(r)
			}
		}
	}
	return kit.ListSpec[domain.Shop]{
		ID: "settings.shops", Fetch: s.fetch, RowID: func(r domain.Shop) string { return r.ID.String() },
		Dim: func(r domain.Shop) bool { return r.Disabled },
		Columns: []kit.Column[domain.Shop]{
			{Key: "channel", Title: "field.channel", Width: 150, Cell: func(r domain.Shop) kit.Cell { return kit.ChannelDot(r.Channel, tr.Word("channel", r.Channel)) }},
			{Key: "name", Title: "setup.shops.name", Width: 260, Text: func(r domain.Shop) string { return r.Name }},
			{Key: "code", Title: "field.code", Width: 160, Text: func(r domain.Shop) string { return r.Code }},
			{Key: "state", Title: "field.status", Width: 150, Flex: true, Cell: func(r domain.Shop) kit.Cell {
				if r.Disabled {
					return kit.Pill(theme.Idle, tr.T("setup.shops.off"))
				}
				return kit.Pill(theme.OK, tr.T("setup.shops.on"))
			}},
		},
		Actions: []kit.Action[domain.Shop]{
			{ID: "add", Title: "setup.shops.add", Primary: true, Need: auth.CatalogEdit, Do: func(kit.Picked[domain.Shop]) { s.form(domain.Shop{Channel: domain.Channels[0]}) }},
			{ID: "edit", Title: "common.edit", Key: "F2", Rows: true, Need: auth.CatalogEdit, Do: one(s.form)},
			{ID: "off", Title: "setup.shops.disable", Key: "Alt+D", Rows: true, Need: auth.CatalogEdit, Label: s.offWord, Do: one(s.turn)},
		},
		Open:   s.form,
		Footer: func(total int, _ map[string]int64) []string { return []string{tr.N("setup.shops.foot", int64(total))} },
	}
}

func (s *shops) fetch(ctx context.Context, _ kit.Query) (core.Paged[domain.Shop], error) {
	list, err := s.app.Catalog.Shops(ctx)
	return core.Paged[domain.Shop]{Rows: list, Total: len(list)}, err
}

func saveOf(r domain.Shop) catalog.SaveShopCmd {
	return catalog.SaveShopCmd{ID: r.ID, Channel: r.Channel, Code: r.Code, Name: r.Name, Disabled: r.Disabled}
}

// form adds a shop or changes one, whose channel stays.
func (s *shops) form(r domain.Shop) {
	if !s.env.Allows(auth.CatalogEdit) {
		return
	}
	cmd := saveOf(r)
	title := "setup.shops.edit"
	if r.ID.Zero() {
		title = "setup.shops.add"
	}
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "settings.shop", Title: title,
		Build: func(f *kit.Form) {
			if !r.ID.Zero() {
				f.Add(kit.NewLabel(s.env.Tr.Word("channel", r.Channel)).Narrow())
			}
			f.Text("name", "setup.shops.name", &cmd.Name)
			if r.ID.Zero() {
				kit.FormChoice(f, "channel", "field.channel", kit.ChannelItems(s.env.Tr), &cmd.Channel)
			}
			f.Text("code", "field.code", &cmd.Code)
			f.Add(kit.NewParagraph(s.env.T("setup.shops.code_hint")).Small())
		},
		Save: func(ctx context.Context) error {
			_, err := s.app.Catalog.SaveShop(ctx, cmd)
			return inForm(err, "code")
		},
		Done: func() { s.list.Hint(theme.OK, s.env.T("setup.shops.saved", "name", cmd.Name)) },
	})
}

func (s *shops) offWord(p kit.Picked[domain.Shop]) string {
	if r, ok := p.One(); ok && r.Disabled {
		return s.env.T("setup.shops.enable")
	}
	return s.env.T("setup.shops.disable")
}

// turn closes a shop for new orders, or opens it again. Nothing of it is lost,
// and the same key takes it back, so nobody is asked.
func (s *shops) turn(r domain.Shop) {
	cmd := saveOf(r)
	cmd.Disabled = !r.Disabled
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (struct{}, error) {
		_, err := s.app.Catalog.SaveShop(ctx, cmd)
		return struct{}{}, err
	}, func(struct{}) {
		word := "setup.shops.enabled"
		if cmd.Disabled {
			word = "setup.shops.disabled"
		}
		s.list.Hint(theme.OK, s.env.T(word, "name", r.Name))
	})
}
