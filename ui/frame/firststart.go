package frame

import (
	"context"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/demo"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// firstStart asks for shop, owner and PIN, and offers the example shop.
func (f *Frame) firstStart() {
	var cmd users.InitCmd
	var again string
	cmd.Currency = "CNY"
	form := kit.NewForm(f.env(), "first", func(ctx context.Context) error {
		if again != cmd.PIN {
			return fault.New(fault.Invalid, "fault.shell.pins_differ").Field("again", "fault.shell.pins_differ")
		}
		actor, err := f.app.Users.Init(ctx, cmd)
		f.actor = actor
		return err
	}, func() { f.loadPrefs(""); f.work() })
	form.Text("shop", "first.shop", &cmd.Shop)
	form.Text("owner", "first.owner", &cmd.Owner)
	form.Text("pin", "first.pin", &cmd.PIN).Secret()
	form.Text("again", "first.again", &again).Secret()
	form.Text("currency", "first.currency", &cmd.Currency)
	f.keysFor("first", func(l *kit.Layer) { l.On("F9", form.Save); l.On("F2", f.makeDemo) })
	p := theme.Current().Palette()
	head := kit.Across(12, badge("掌", p.Primary, p.OnPrimary, 40),
		kit.Down(2, kit.NewLabel(f.tr.T("first.title")).Title(), kit.NewLabel(f.tr.T("first.sentence")).Small().Muted()))
	buttons := kit.Across(8,
		kit.ID(kit.NewButton(f.env(), f.tr.T("first.begin"), "F9", form.Save).Primary(), "first.begin"),
		kit.ID(kit.NewButton(f.env(), f.tr.T("first.demo"), "F2", f.makeDemo), "first.demo"))
	f.show(centred(card(520, kit.Down(18, head, form.Object(), buttons, kit.NewLabel(f.tr.T("first.demo_hint")).Small().Muted()))))
	form.Focus()
}

// makeDemo fills the empty data with the example shop, with progress and cancel.
func (f *Frame) makeDemo() {
	ctx, cancel := context.WithCancel(auth.With(context.Background(), auth.SystemActor))
	panel := kit.NewJobPanel(f.env(), "demo", f.tr.T("job.demo"), cancel)
	f.keysFor("demo", func(*kit.Layer) {})
	f.show(centred(kit.Fixed(520, 110, panel.Object())))
	report := panel.Report()
	f.owner.OnFail(func(err error) bool {
		cancel()
		f.owner.OnFail(nil)
		kit.Fail(f.env(), err)
		f.welcome()
		return true
	})
	kit.Act(f.env(), f.owner, func(context.Context) (demo.Result, error) {
		return demo.Run(ctx, f.app.Engine.Store(), f.opt.Clock, demo.Options{Hash: f.opt.Hash}, func(p job.Progress) { report(p) })
	}, func(r demo.Result) {
		cancel()
		f.owner.OnFail(nil)
		var people []string
		for _, p := range r.People {
			people = append(people, p.Name+" "+p.PIN)
		}
		f.people = f.tr.T("signin.demo", "people", strings.Join(people, " · "))
		f.welcome()
	})
}
