// Package settings is the settings area: the numbers and texts of the shop, the
// team with posts and personal rights, backups and the check of the data, and the
// audit log. What a person may not do is not offered; the engine refuses it anyway.
package settings

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/settings"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// shop is the page of the shop's settings.
type shop struct {
	env  kit.Env // its hints go to the list
	app  *app.App
	list *kit.List[settings.Value]
}

// New makes the page of the shop's settings. It needs auth.SettingsView; changing needs auth.SettingsEdit.
func New(env kit.Env, a *app.App) kit.Screen {
	s := &shop{env: env, app: a}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *shop) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the settings again.
func (s *shop) Load() { s.list.Load() }

// Topics are what makes it stale.
func (s *shop) Topics() []core.Topic { return []core.Topic{core.TopicSettings} }

// Shown takes the keys.
func (s *shop) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *shop) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *shop) Close() { s.list.Close() }

func (s *shop) spec() kit.ListSpec[settings.Value] {
	tr := s.env.Tr
	return kit.ListSpec[settings.Value]{
		ID: "settings.shop", Fetch: s.fetch, RowID: func(v settings.Value) string { return v.Key },
		Columns: []kit.Column[settings.Value]{
			{Key: "name", Title: "field.setting", Width: 260, Text: func(v settings.Value) string { return settingName(tr, v.Key) }},
			{Key: "value", Title: "setup.value", Width: 280, Cell: func(v settings.Value) kit.Cell {
				text := settingText(tr, v.Kind, v.Value)
				if v.Value != v.Default {
					return kit.Changed(text)
				}
				return kit.Text(text)
			}},
			{Key: "default", Title: "setup.default", Width: 200, Muted: true, Text: func(v settings.Value) string { return settingText(tr, v.Kind, v.Default) }},
			{Key: "range", Title: "setup.range", Width: 200, Flex: true, Muted: true, Text: func(v settings.Value) string { return settingRange(tr, v) }},
		},
		Actions: []kit.Action[settings.Value]{
			{ID: "edit", Title: "common.edit", Primary: true, Rows: true, Need: auth.SettingsEdit, Do: func(p kit.Picked[settings.Value]) {
				if v, ok := p.One(); ok {
					s.edit(v)
				}
			}},
			{ID: "reset", Title: "setup.reset", Key: "Alt+R", Rows: true, Need: auth.SettingsEdit, Why: s.whyNoReset, Do: s.reset},
		},
		Open: func(v settings.Value) {
			if s.env.Allows(auth.SettingsEdit) {
				s.edit(v)
			}
		},
		Footer: func(total int, _ map[string]int64) []string {
			facts := []string{tr.N("setup.foot", int64(total))}
			if !s.env.Allows(auth.SettingsEdit) {
				facts = append(facts, tr.T("setup.read_only"))
			}
			return facts
		},
	}
}

func (s *shop) fetch(ctx context.Context, _ kit.Query) (core.Paged[settings.Value], error) {
	all, err := s.app.Settings.All(ctx)
	var list []settings.Value
	for _, v := range all {
		if !v.Kind.OwnPage() { // couriers and fees have pages of their own
			list = append(list, v)
		}
	}
	return core.Paged[settings.Value]{Rows: list, Total: len(list)}, err
}

func (s *shop) whyNoReset(p kit.Picked[settings.Value]) string {
	if v, ok := p.One(); ok && v.Value == v.Default {
		return s.env.T("setup.is_default")
	}
	return ""
}

func (s *shop) reset(p kit.Picked[settings.Value]) {
	v, ok := p.One()
	if !ok {
		return
	}
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.app.Settings.Set(ctx, settings.SetCmd{Key: v.Key, Value: v.Default})
	}, func(struct{}) { s.saved(v, v.Default) })
}

func (s *shop) saved(v settings.Value, value string) {
	s.list.Hint(theme.OK, s.env.T("setup.saved", "name", settingName(s.env.Tr, v.Key), "value", settingText(s.env.Tr, v.Kind, value)))
}

// edit changes one setting, in the form of its kind.
func (s *shop) edit(v settings.Value) {
	var take func() (string, error)
	value := v.Value
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "settings.edit", Title: "setup.edit",
		Build: func(f *kit.Form) {
			f.Add(kit.NewLabel(settingName(s.env.Tr, v.Key)).Bold())
			take = s.field(f, v)
			if hint := s.hint(v); hint != "" {
				f.Add(kit.NewParagraph(hint).Small())
			}
		},
		Save: func(ctx context.Context) (err error) {
			if value, err = take(); err != nil {
				return err
			}
			return inForm(s.app.Settings.Set(ctx, settings.SetCmd{Key: v.Key, Value: value}), v.Key)
		},
		Done: func() { s.saved(v, value) },
	})
}

// field adds the input of a setting's kind and gives what reads it.
func (s *shop) field(f *kit.Form, v settings.Value) (take func() (string, error)) {
	n, _ := strconv.ParseInt(v.Value, 10, 64) // whole numbers and amounts only, stored as such
	switch v.Kind {
	case domain.SetFen:
		amount := money.Fen(n)
		f.Money(v.Key, "setup.value", &amount)
		return func() (string, error) { return strconv.FormatInt(int64(amount), 10), nil }
	case domain.SetWhole:
		f.Qty(v.Key, "setup.value", &n)
		return func() (string, error) { return strconv.FormatInt(n, 10), nil }
	case domain.SetBP:
		text := rateText(v.Value)
		f.Text(v.Key, "setup.value", &text)
		return func() (string, error) { return rate(text, v.Key) }
	}
	text := v.Value
	f.Text(v.Key, "setup.value", &text)
	return func() (string, error) {
		if v.Kind == domain.SetTimes {
			return times(text), nil
		}
		if v.Key == "shop.currency" {
			return strings.ToUpper(text), nil
		}
		return text, nil
	}
}

// hint says what may be typed.
func (s *shop) hint(v settings.Value) string {
	switch v.Kind {
	case domain.SetTimes:
		return s.env.T("setup.hint.times")
	case domain.SetBP:
		return s.env.T("setup.hint.rate", "range", settingRange(s.env.Tr, v))
	case domain.SetWhole, domain.SetFen:
		return s.env.T("setup.hint.range", "range", settingRange(s.env.Tr, v))
	}
	switch v.Key {
	case "shop.currency":
		return s.env.T("setup.hint.currency")
	case "backup.folder":
		return s.env.T("setup.hint.folder")
	}
	return ""
}

// times cleans times of day as people type them: full-width signs, blanks, 、 and ；.
func times(text string) string {
	clean := strings.NewReplacer("：", ":", "，", ",", "、", ",", "；", ",", ";", ",", " ", "").Replace(text)
	return strings.Trim(clean, ",")
}

// invalid is a fault under one field.
func invalid(field, key string) error {
	return fault.New(fault.Invalid, "fault.invalid").Field(field, key)
}
