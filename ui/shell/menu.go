package shell

import (
	"strconv"

	"fyne.io/fyne/v2"

	"zhanggui/app/i18n"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// scales are the text sizes on offer, in percent.
var scales = []int{90, 100, 115, 130, 150}

// menu is what a person may do with the window itself.
func (s *Shell) menu(under fyne.CanvasObject) {
	tr := s.tr
	items := []kit.Item{
		{Value: "lock", Word: tr.T("common.lock") + "  Ctrl+L"},
		{Value: "out", Word: tr.T("common.sign_out")},
		{Value: "pin", Word: tr.T("window.own_pin")},
		{Value: "undo", Word: tr.T("jump.undo.list") + "  Ctrl+Shift+Z"},
	}
	for _, l := range i18n.Langs {
		items = append(items, kit.Item{Value: "lang." + string(l), Word: kit.Join(tr.T("common.language"), tr.T(langKey(l))), Ticked: l == tr.Lang()})
	}
	for _, m := range []theme.Mode{theme.LightMode, theme.DarkMode, theme.System} {
		items = append(items, kit.Item{Value: "look." + string(m), Word: kit.Join(tr.T("common.theme"), tr.T(lookKey(m))), Ticked: m == s.look})
	}
	for _, n := range scales {
		items = append(items, kit.Item{Value: "size." + strconv.Itoa(n), Word: kit.Join(tr.T("common.text_size"), strconv.Itoa(n)+"%"), Ticked: s.scale*100 > float32(n)-5 && s.scale*100 < float32(n)+5})
	}
	kit.OpenMenu(s.env(), under, items, "lock", s.picked)
}

func lookKey(m theme.Mode) string {
	switch m {
	case theme.DarkMode:
		return "common.theme_dark"
	case theme.System:
		return "common.theme_system"
	}
	return "common.theme_light"
}

func langKey(l i18n.Lang) string {
	if l == i18n.English {
		return "gate.lang.en"
	}
	return "gate.lang.zh"
}

// picked does what was taken from the menu.
func (s *Shell) picked(value string) {
	again := func() { s.work(); s.saveSoon() }
	switch value {
	case "lock":
		s.lockNow()
		return
	case "out":
		s.ending(func() { s.signOut("") })
		return
	case "pin":
		s.ownPIN()
		return
	case "undo":
		s.undoList()
		return
	}
	for _, l := range i18n.Langs {
		if value == "lang."+string(l) && l != s.tr.Lang() {
			s.ending(func() { s.setLang(l, again) })
		}
	}
	for _, m := range []theme.Mode{theme.LightMode, theme.DarkMode, theme.System} {
		if value == "look."+string(m) && m != s.look {
			s.setLook(m, s.redress)
		}
	}
	for _, n := range scales {
		if value == "size."+strconv.Itoa(n) {
			s.ending(func() { s.setScale(float32(n)/100, again) })
		}
	}
}

// redress builds the frame anew around the screens as they are: another look
// changes colours only, and kit's parts follow those by themselves.
func (s *Shell) redress() {
	ses := s.session
	ses.frame = newFrame(s)
	s.fill(ses.frame.object)
	s.openScreen(ses.at, nil)
	ses.frame.status.look()
	ses.frame.jobs.look()
	ses.frame.showCounts()
	s.saveSoon()
}
