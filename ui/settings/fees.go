package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/i18n"
	"zhanggui/app/money"
	"zhanggui/app/settings"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// channel is one channel with what it keeps of a sale.
type channel struct {
	code string
	fees domain.ChannelFees
}

// fees is the page of the channels' fees.
type fees struct {
	env  kit.Env // its hints go to the list
	app  *app.App
	list *kit.List[channel]
}

// NewFees makes the page of the channels' fees. It needs auth.SettingsView;
// changing one needs auth.SettingsEdit.
func NewFees(env kit.Env, a *app.App) kit.Screen {
	s := &fees{env: env, app: a}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *fees) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the fees again.
func (s *fees) Load() { s.list.Load() }

// Topics are what makes it stale.
func (s *fees) Topics() []core.Topic { return []core.Topic{core.TopicSettings} }

// Shown takes the keys.
func (s *fees) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *fees) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *fees) Close() { s.list.Close() }

func (s *fees) spec() kit.ListSpec[channel] {
	tr := s.env.Tr
	rate := func(bp money.BP) kit.Cell {
		if bp == 0 {
			return kit.Muted(i18n.Dash)
		}
		return kit.Text(i18n.Percent(bp, 2))
	}
	return kit.ListSpec[channel]{
		ID: "settings.fees", Fetch: s.fetch, RowID: func(c channel) string { return c.code },
		Columns: []kit.Column[channel]{
			{Key: "channel", Title: "field.channel", Width: 200, Cell: func(c channel) kit.Cell { return kit.ChannelDot(c.code, tr.Word("channel", c.code)) }},
			{Key: "platform", Title: "setup.fees.platform", Width: 180, Align: kit.Right, Cell: func(c channel) kit.Cell { return rate(c.fees.Platform) }},
			{Key: "payment", Title: "setup.fees.payment", Width: 180, Align: kit.Right, Cell: func(c channel) kit.Cell { return rate(c.fees.Payment) }},
			{Key: "all", Title: "setup.fees.both", Width: 180, Align: kit.Right, Cell: func(c channel) kit.Cell { return rate(c.fees.Platform + c.fees.Payment) }},
			{Key: "rest", Title: "setup.fees.example", Width: 220, Flex: true, Muted: true, Align: kit.Right, Text: func(c channel) string { return example(tr, c.fees) }},
		},
		Actions: []kit.Action[channel]{
			{ID: "edit", Title: "common.edit", Primary: true, Rows: true, Need: auth.SettingsEdit, Do: func(p kit.Picked[channel]) {
				if c, ok := p.One(); ok {
					s.edit(c)
				}
			}},
		},
		Open: s.edit,
		Footer: func(int, map[string]int64) []string {
			facts := []string{tr.T("setup.fees.hint")}
			if !s.env.Allows(auth.SettingsEdit) {
				facts = append(facts, tr.T("setup.read_only"))
			}
			return facts
		},
	}
}

// exampleFen is the sale that the page reckons with.
const exampleFen money.Fen = 100_00

// example is what is left of a sale of 100 after the fees.
func example(tr i18n.Tr, f domain.ChannelFees) string {
	e, err := domain.EstimateOf(&domain.Order{FreightFen: exampleFen}, f, 0, true)
	if err != nil {
		return i18n.Dash
	}
	return tr.Money(e.MarginFen())
}

func (s *fees) fetch(ctx context.Context, _ kit.Query) (core.Paged[channel], error) {
	set, err := s.app.Settings.Typed(ctx)
	list := make([]channel, len(domain.Channels))
	for i, code := range domain.Channels {
		list[i] = channel{code, set.Fees[code]}
	}
	return core.Paged[channel]{Rows: list, Total: len(list)}, err
}

// edit changes the fees of one channel, in per cent.
func (s *fees) edit(c channel) {
	if !s.env.Allows(auth.SettingsEdit) {
		return
	}
	platform, payment := rateText(strconv.FormatInt(int64(c.fees.Platform), 10)), rateText(strconv.FormatInt(int64(c.fees.Payment), 10))
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "settings.fees.edit", Title: "setup.fees.edit",
		Build: func(f *kit.Form) {
			f.Add(kit.NewLabel(s.env.Tr.Word("channel", c.code)).Bold())
			f.Text("fee.platform", "setup.fees.platform_percent", &platform)
			f.Text("fee.payment", "setup.fees.payment_percent", &payment)
			f.Add(kit.NewParagraph(s.env.T("setup.fees.text")).Small())
		},
		Save: func(ctx context.Context) error { return s.save(ctx, c.code, platform, payment) },
		Done: func() {
			text := s.env.T("setup.fees.saved", "channel", s.env.Tr.Word("channel", c.code))
			s.list.Hint(theme.OK, text)
			s.env.Tell(kit.Note{Text: text, Undo: kit.TakeBack(s.env, func(ctx context.Context) error {
				return s.app.Settings.SetFees(ctx, settings.FeesCmd{Channel: c.code, Fees: c.fees})
			})})
		},
	})
}

func (s *fees) save(ctx context.Context, code, platform, payment string) error {
	cmd := settings.FeesCmd{Channel: code}
	for _, f := range []struct {
		text, name string
		to         *money.BP
	}{{platform, "fee.platform", &cmd.Fees.Platform}, {payment, "fee.payment", &cmd.Fees.Payment}} {
		value, err := rate(f.text, f.name)
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return invalid(f.name, "fault.not_number")
		}
		*f.to = money.BP(n)
	}
	return inForm(s.app.Settings.SetFees(ctx, cmd), "fee.platform")
}
