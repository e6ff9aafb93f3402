package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/i18n"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// currencies are the book currencies on offer; zg init takes any.
var currencies = []string{"CNY", "HKD", "USD", "EUR", "GBP", "JPY"}

// firstStart asks for shop, owner and PIN, and offers the example shop.
func (s *Shell) firstStart() { s.firstWith(&users.InitCmd{Currency: "CNY"}) }

// firstWith is firstStart with what was typed before the language was changed.
func (s *Shell) firstWith(cmd *users.InitCmd) {
	layer := s.turn("first")
	env := s.env()
	var again string
	var me users.Me
	form := kit.NewForm(env, "first", func(ctx context.Context) error {
		if again != cmd.PIN {
			return pinsDiffer()
		}
		actor, err := s.app.Users.Init(ctx, *cmd)
		if err != nil {
			return err
		}
		me, err = s.app.Users.Me(auth.With(ctx, actor))
		return err
	}, func() { s.info.shop = cmd.Shop; s.begin(me) })
	entries := []*kit.Entry{form.Text("shop", "gate.shop", &cmd.Shop), form.Text("owner", "gate.owner", &cmd.Owner)}
	entries = append(entries, form.Text("pin", "gate.pin_6", &cmd.PIN).Secret(), form.Text("again", "gate.pin_again", &again).Secret())
	items := make([]kit.Item, 0, len(currencies))
	for _, c := range currencies {
		word := s.tr.Word("currency", c)
		if word != c {
			word = kit.Join(c, word)
		}
		items = append(items, kit.Item{Value: c, Word: word})
	}
	kit.FormChoice(form, "currency", "gate.currency", items, &cmd.Currency)
	for i, e := range entries {
		e.OnEnter = func(string) {
			if i+1 < len(entries) {
				s.win.Canvas().Focus(entries[i+1])
				return
			}
			form.Save()
		}
	}
	go_ := kit.ID(kit.NewButton(env, s.tr.T("gate.begin"), "F9", form.Save).Primary(), "first.begin")
	layer.On("F9", form.Save)
	layer.On("F2", s.example)
	body := kit.Down(scaled(16), kit.NewLabel(s.tr.T("gate.your_shop")).Title(), kit.NewParagraph(s.tr.T("gate.your_shop_text")).Small(),
		form.Object(), kit.Across(8, go_))
	right := kit.Pad(0, scaled(32), container.New(middle{}, body))
	form.OnGrow(func() { relayout(right) })
	s.fill(s.gatePage(twoPanes(s.keys, s.firstLeft(), right), func() {
		kept := *cmd
		kept.Shop, kept.Owner = entries[0].Text, entries[1].Text
		s.firstWith(&kept)
	}))
	form.Focus()
	s.sayCrash()
}

// firstLeft is the grey side: what the program is, language, the example shop.
func (s *Shell) firstLeft() fyne.CanvasObject {
	env := s.env()
	head := kit.Across(scaled(12), logo(s.tr, 44), kit.Down(scaled(1),
		kit.NewLabel(s.tr.T("common.app")).Px(20).Bold(), kit.NewLabel(s.tr.T("gate.first")).Small().Muted()))
	langs := kit.Across(scaled(8))
	for _, l := range i18n.Langs {
		button := kit.NewButton(env, s.tr.T(langKey(l)), "", func() {
			if l != s.tr.Lang() {
				s.setLang(l, s.firstStart)
			}
		})
		if l == s.tr.Lang() {
			button.Icon("check")
		}
		langs.Add(kit.ID(button, "first.lang."+string(l)))
	}
	rows := kit.Down(scaled(18), head, kit.Down(scaled(6), kit.NewLabel(s.tr.T("common.language")).Small().Muted(), langs))
	if s.canExample() {
		rows.Add(s.exampleCard())
	}
	rows.Add(kit.Down(scaled(6), kit.NewLabel(s.tr.T("gate.other_data")).Small().Muted(),
		kit.Across(scaled(8), kit.ID(kit.NewButton(env, s.tr.T("gate.open_file"), "", s.chooseFile), "first.open"))))
	return kit.Pad(scaled(26), scaled(30), rows)
}

// exampleCard offers the example shop.
func (s *Shell) exampleCard() fyne.CanvasObject {
	button := kit.ID(kit.NewButton(s.env(), s.tr.T("gate.load_example"), "F2", s.example), "first.demo")
	body := kit.Down(scaled(8), kit.NewLabel(s.tr.T("gate.example_title")).Bold(),
		kit.NewParagraph(s.tr.T("gate.example_text")).Small(), kit.Across(0, button))
	return newBox(s.keys, theme.Current().Metrics().RadiusCard, kit.Pad(scaled(14), scaled(16), body), nil, surface)
}
