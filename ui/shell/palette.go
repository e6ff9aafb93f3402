package shell

import (
	"context"
	"strings"

	"zhanggui/app/domain"
	"zhanggui/app/pinyin"
	"zhanggui/app/search"
	"zhanggui/ui/kit"
)

// Bounds of the command palette, per group.
const (
	hitsEach   = 5
	pagesMost  = 6 // screens for a text; without one all are shown
	recentMost = 8
)

// openPalette is Ctrl+K: everything by a few letters. Without letters it shows
// what was opened last, what can be done here, and the screens.
func (s *Shell) openPalette() {
	commands := append(s.keys.Commands(), s.ownCommands()...) // of the screen in front: the palette lies over it
	lane := s.owner.Lane("palette")
	kit.OpenPalette(s.env(), kit.PaletteSpec{
		Ghost:   s.tr.T("jump.ghost"),
		Nothing: kit.Empty{Icon: "search", Title: s.tr.T("jump.none"), Text: s.tr.T("jump.nothing")},
		Suggest: func(text string, show func([]kit.Suggestion)) {
			text = strings.TrimSpace(text)
			if text == "" {
				lane.Cancel()
				show(append(append(s.recentOnes(), actionsOf(s, commands, "")...), s.screensOf("")...))
				return
			}
			here := append(s.screensOf(text), actionsOf(s, commands, text)...)
			lane.OnFail(func(error) bool {
				show(here)
				return false
			})
			kit.Run(s.env(), lane, func(ctx context.Context) ([]search.Hit, error) { return s.app.Search.Find(ctx, text, hitsEach) }, func(hits []search.Hit) {
				list := here
				for _, h := range hits {
					if it, ok := s.suggest(h); ok {
						list = append(list, it)
					}
				}
				show(list)
			})
		},
	})
}

// ownCommands are the window's own.
func (s *Shell) ownCommands() []kit.Command {
	return []kit.Command{
		{ID: "own.undo", Title: s.tr.T("jump.undo.list"), Key: "Ctrl+Shift+Z", Do: s.undoList},
		{ID: "own.keys", Title: s.tr.T("hotkey.help"), Key: "F1", Do: s.help},
		{ID: "own.lock", Title: s.tr.T("hotkey.lock"), Key: "Ctrl+L", Do: s.lockNow},
	}
}

// named tells whether a word is meant by the text: it holds it, or its initials
// begin a part of it (fh is 发货).
func named(word, text string) bool {
	word, text = domain.NormalCode(word), domain.NormalCode(text)
	return strings.Contains(word, text) || strings.Contains(" "+pinyin.Key(word), " "+text)
}

// screensOf are the screens whose name or place is meant.
func (s *Shell) screensOf(text string) []kit.Suggestion {
	var list []kit.Suggestion
	for _, pl := range places {
		own := under(s.session.list, pl.id)
		for _, e := range own {
			title, area := s.tr.T(e.Title), s.tr.T(pl.title)
			if text != "" && (len(list) == pagesMost || !named(title, text) && !named(area, text)) {
				continue
			}
			it := kit.Suggestion{ID: "screen." + e.ID, Group: s.tr.T("jump.group.screens"), Icon: pl.icon, Title: title, Do: func() { s.jump(jumpTo{Screen: e.ID}) }}
			if area != title {
				it.Far = area
			}
			if len(own) == 1 && len(pl.keys) > 0 {
				it.Key = pl.keys[0]
			}
			list = append(list, it)
		}
	}
	return list
}

// actionsOf are the commands whose title or key is meant.
func actionsOf(s *Shell, commands []kit.Command, text string) []kit.Suggestion {
	var list []kit.Suggestion
	for _, c := range commands {
		if text != "" && (len(list) == hitsEach || !named(c.Title, text) && !strings.EqualFold(string(c.Key), text)) {
			continue
		}
		list = append(list, kit.Suggestion{ID: "action." + c.ID, Group: s.tr.T("jump.group.actions"), Icon: "bolt", Title: c.Title, Key: c.Key, Do: c.Do})
	}
	return list
}

// suggest makes a line of a hit; false when no screen the person has shows it.
func (s *Shell) suggest(h search.Hit) (kit.Suggestion, bool) {
	tr := s.tr
	it := kit.Suggestion{Group: tr.T("jump.group." + string(h.Kind)), Icon: hitIcons[h.Kind]}
	to := jumpTo{Kind: h.Kind, Find: h.Find}
	switch h.Kind {
	case search.Order:
		o := h.Order
		it.Title, it.Note, it.Far = kit.Group4(o.Number), kit.Join(o.Goods, o.Receiver, o.Province), tr.Word("state", string(o.Stage))
		to.Screen = s.firstOf("orders", "shipping")
	case search.Person:
		o := h.Order
		it.Title, it.Note, it.Far = o.Receiver, kit.Join(o.Phone, o.Province, o.City), tr.Word("channel", o.Channel)
		to.Screen = s.firstOf("orders")
	case search.Parcel:
		p := h.Parcel
		it.Title, it.Note, it.Far = p.Waybill, kit.Join(tr.Word("courier", p.Courier), p.Number), tr.Word("parcel", string(p.State))
		to.Screen, to.Chip = s.parcelPlace(p.State, p.ShippedAt.Day() == s.opt.Clock.Now().Day())
	case search.SKU:
		k := h.SKU
		it.Title, it.Note = kit.Join(k.Title, k.Spec), k.Code
		to.Screen = s.firstOf("stock", "products")
	case search.Product:
		it.Title, it.Note = h.SKU.Title, kit.Join(h.SKU.Brand, h.SKU.Category)
		to.Screen = s.firstOf("products")
	}
	to.Title = it.Title
	it.ID = string(h.Kind) + "." + h.Find
	it.Do = func() { s.jump(to) }
	return it, to.Screen != ""
}

// hitIcons are the icons before the hits.
var hitIcons = map[search.Kind]string{
	search.Order: "note", search.Person: "user", search.Parcel: "truck", search.SKU: "tag", search.Product: "tag",
}

// firstOf is the first of the screens that the person may see, "" for none.
func (s *Shell) firstOf(screens ...string) string {
	for _, id := range screens {
		if _, ok := s.entry(id); ok {
			return id
		}
	}
	return ""
}
