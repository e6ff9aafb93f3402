package inbox

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/ui/kit"
)

// shopChoice is the drop-down over the preview where several shops of the channel
// could own the file; nil where there is nothing to choose.
func (s *screen) shopChoice() fyne.CanvasObject {
	f := s.at
	if f == nil || f.plan == nil || f.state == done || f.plan.Shop.Channel == "" {
		return nil
	}
	var items []kit.Item
	for _, shop := range s.shops {
		if shop.Channel == f.plan.Shop.Channel && !shop.Disabled {
			items = append(items, kit.Item{Value: shop.Code, Word: shop.Name})
		}
	}
	if len(items) < 2 {
		name := f.plan.Shop.Name
		if f.plan.Shop.ID.Zero() {
			name = s.env.T("box.new_shop")
		}
		if name == "" {
			name = f.plan.Shop.Code
		}
		return kit.Down(1, kit.NewLabel(s.env.T("field.shop")).Small().Muted(), kit.NewLabel(name))
	}
	choice := kit.ID(kit.NewChoice(s.env, items, f.plan.Shop.Code, func(code string) { s.retarget(f, inbox.Target{Shop: code}) }).Wide(150), "import.shop")
	return kit.Across(8, kit.NewLabel(s.env.T("field.shop")).Small().Muted(), container.NewCenter(choice))
}

// retarget says where a file belongs and reads it again; mapping and rate stay.
func (s *screen) retarget(f *file, t inbox.Target) {
	t.Rate, t.Mapping = f.target.Rate, f.target.Mapping
	f.target, f.state = t, waiting
	s.pump()
}

// shopPrefix and channelPrefix tell the two kinds of answers apart.
const (
	shopPrefix    = "shop:"
	channelPrefix = "channel:"
)

// askShop asks to which shop the file in front belongs.
func (s *screen) askShop() {
	f := s.at
	if f == nil {
		return
	}
	items := s.shopItems(wantedShops(f))
	if len(items) == 0 {
		return
	}
	answer := items[0].Value
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "import.which", Title: "box.which_shop", OK: "common.ok",
		Build: func(form *kit.Form) {
			form.Add(kit.NewLabel(f.name).Small().Muted().Narrow())
			kit.FormChoice(form, "shop", "field.shop", items, &answer).Wide(280)
		},
		Save: func(context.Context) error { return nil },
		Done: func() {
			if code, ok := strings.CutPrefix(answer, shopPrefix); ok {
				s.retarget(f, inbox.Target{Shop: code})
				return
			}
			s.retarget(f, inbox.Target{Channel: strings.TrimPrefix(answer, channelPrefix)})
		},
	})
}

// wantedShops are the codes that the question names, none for any shop.
func wantedShops(f *file) []string {
	list := fault.From(f.err).Args["shops"]
	if list == "" {
		return nil
	}
	return strings.Split(list, ", ")
}

// shopItems are the answers: the shops named, or all shops and the channels that
// have none yet.
func (s *screen) shopItems(named []string) []kit.Item {
	want := map[string]bool{}
	for _, code := range named {
		want[code] = true
	}
	var items []kit.Item
	has := map[string]bool{}
	for _, shop := range s.shops {
		has[shop.Channel] = true
		if !shop.Disabled && (len(want) == 0 || want[shop.Code]) {
			items = append(items, kit.Item{Value: shopPrefix + shop.Code, Word: kit.Join(s.env.Tr.Word("channel", shop.Channel), shop.Name)})
		}
	}
	if len(want) > 0 {
		return items
	}
	for _, ch := range domain.Channels {
		if !has[ch] {
			items = append(items, kit.Item{Value: channelPrefix + ch, Word: kit.Join(s.env.Tr.Word("channel", ch), s.env.T("box.new_shop"))})
		}
	}
	return items
}

// askRate asks for the fixed rate of a file in another currency (DECIDED 5).
func (s *screen) askRate() {
	f := s.at
	if f == nil {
		return
	}
	args := fault.From(f.err).Args
	var text string
	var rate ingest.Rate
	kit.OpenForm(s.env, kit.FormSpec{
		ID: "import.rate", Title: "box.rate.title", OK: "common.ok",
		Build: func(form *kit.Form) {
			form.Add(kit.NewLabel(f.name).Small().Muted().Narrow())
			form.Add(kit.NewLabel(s.env.T("box.rate.text", "currency", args["currency"], "shop", args["shop"])).Narrow())
			form.Text("rate", "box.rate", &text)
		},
		Save: func(context.Context) (err error) {
			if rate, err = ingest.ParseRate(text); err != nil {
				return fault.New(fault.Invalid, fault.Key(err), "value", text).Field("rate", fault.Key(err))
			}
			return nil
		},
		Done: func() {
			f.target.Rate, f.state = rate, waiting
			s.pump()
		},
	})
}
