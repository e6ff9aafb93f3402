package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/settings"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// courier is one courier as the shop has it.
type courier struct {
	domain.Courier
	off, usual bool
}

// couriers is the page of the couriers: which are offered for a parcel, and which first.
type couriers struct {
	env  kit.Env // its hints go to the list
	app  *app.App
	list *kit.List[courier]
}

// NewCouriers makes the page of the couriers. It needs auth.SettingsView;
// changing one needs auth.SettingsEdit.
func NewCouriers(env kit.Env, a *app.App) kit.Screen {
	s := &couriers{env: env, app: a}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *couriers) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the couriers again.
func (s *couriers) Load() { s.list.Load() }

// Topics are what makes it stale.
func (s *couriers) Topics() []core.Topic { return []core.Topic{core.TopicSettings} }

// Shown takes the keys.
func (s *couriers) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *couriers) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *couriers) Close() { s.list.Close() }

func (s *couriers) spec() kit.ListSpec[courier] {
	tr := s.env.Tr
	return kit.ListSpec[courier]{
		ID: "settings.couriers", Fetch: s.fetch, RowID: func(c courier) string { return c.Code },
		Dim: func(c courier) bool { return c.off },
		Columns: []kit.Column[courier]{
			{Key: "name", Title: "field.courier", Width: 150, Text: func(c courier) string { return tr.Word("courier", c.Code) }},
			{Key: "code", Title: "field.code", Width: 110, Text: func(c courier) string { return c.Code }},
			{Key: "shape", Title: "setup.couriers.shape", Width: 420, Flex: true, Muted: true, Text: func(c courier) string { return tr.T("setup.couriers.shape." + c.Code) }},
			{Key: "state", Title: "field.status", Width: 220, Cell: func(c courier) kit.Cell {
				switch {
				case c.off:
					return kit.Pill(theme.Idle, tr.T("setup.couriers.off"))
				case c.usual:
					return kit.Pill(theme.OK, tr.T("setup.couriers.usual"))
				}
				return kit.Pill(theme.OK, tr.T("setup.couriers.on"))
			}},
		},
		Actions: []kit.Action[courier]{
			{ID: "off", Title: "setup.couriers.turn_off", Primary: true, Rows: true, Need: auth.SettingsEdit, Label: s.offWord, Do: func(p kit.Picked[courier]) {
				if c, ok := p.One(); ok {
					s.change(c, settings.CourierCmd{Code: c.Code, Off: !c.off}, "setup.couriers.turned")
				}
			}},
			{ID: "usual", Title: "setup.couriers.make_usual", Key: "Alt+U", Rows: true, Need: auth.SettingsEdit, Why: s.whyNotUsual, Do: func(p kit.Picked[courier]) {
				if c, ok := p.One(); ok {
					s.change(c, settings.CourierCmd{Code: c.Code, Usual: true}, "setup.couriers.made_usual")
				}
			}},
		},
		Footer: func(total int, _ map[string]int64) []string {
			facts := []string{tr.N("setup.couriers.foot", int64(total)), tr.T("setup.couriers.hint")}
			if !s.env.Allows(auth.SettingsEdit) {
				facts = append(facts, tr.T("setup.read_only"))
			}
			return facts
		},
	}
}

func (s *couriers) fetch(ctx context.Context, _ kit.Query) (core.Paged[courier], error) {
	set, err := s.app.Settings.Typed(ctx)
	list := make([]courier, len(domain.Couriers))
	for i, c := range domain.Couriers {
		list[i] = courier{c, set.CouriersOff[c.Code], set.Courier == c.Code}
	}
	return core.Paged[courier]{Rows: list, Total: len(list)}, err
}

func (s *couriers) offWord(p kit.Picked[courier]) string {
	if c, ok := p.One(); ok && c.off {
		return s.env.T("setup.couriers.turn_on")
	}
	return s.env.T("setup.couriers.turn_off")
}

func (s *couriers) whyNotUsual(p kit.Picked[courier]) string {
	if c, ok := p.One(); ok && c.usual {
		return s.env.T("setup.couriers.is_usual")
	}
	return ""
}

// change stores one courier and offers to put it back as it was.
func (s *couriers) change(was courier, cmd settings.CourierCmd, said string) {
	kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.app.Settings.SetCourier(ctx, cmd)
	}, func(struct{}) {
		text := s.env.T(said, "courier", s.env.Tr.Word("courier", cmd.Code), "state", s.env.T(stateWord(cmd)))
		s.list.Hint(theme.OK, text)
		back := settings.CourierCmd{Code: was.Code, Off: was.off, Usual: was.usual}
		s.env.Tell(kit.Note{Text: text, Undo: kit.TakeBack(s.env, func(ctx context.Context) error {
			return s.app.Settings.SetCourier(ctx, back)
		})})
	})
}

func stateWord(cmd settings.CourierCmd) string {
	if cmd.Off {
		return "setup.couriers.off"
	}
	return "setup.couriers.on"
}
