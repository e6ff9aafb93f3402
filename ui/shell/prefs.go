package shell

import (
	"context"
	"encoding/json"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/app/i18n"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// saveAfter is how long choices are gathered before they are saved: dragging a
// column tells its width many times.
const saveAfter = 3 * time.Second

// memory is what the window remembers for a person: column widths, an open pane.
type memory struct {
	facts   map[string]string
	changed func()
}

// Get gives "" for what was never set.
func (m *memory) Get(key string) string { return m.facts[key] }

// Set remembers; it is saved a little later.
func (m *memory) Set(key, value string) {
	if m.facts[key] == value {
		return
	}
	m.facts[key] = value
	if m.changed != nil {
		m.changed()
	}
}

// prefs is how the person's row keeps it.
type prefs struct {
	Lang   i18n.Lang         `json:"lang,omitempty"`
	Look   theme.Mode        `json:"look,omitempty"`
	Scale  float32           `json:"scale,omitempty"`
	Width  float32           `json:"width,omitempty"`
	Height float32           `json:"height,omitempty"`
	Memory map[string]string `json:"memory,omitempty"`
}

// takePrefs makes the window as the person left it; what cannot be read counts as none.
func (s *Shell) takePrefs(text string) *memory {
	var p prefs
	if json.Unmarshal([]byte(text), &p) != nil {
		p = prefs{}
	}
	m := &memory{facts: p.Memory, changed: s.saveSoon}
	if m.facts == nil {
		m.facts = map[string]string{}
	}
	if lang, ok := i18n.ParseLang(string(p.Lang)); ok {
		s.speak(lang)
	}
	if p.Look != "" {
		s.look = p.Look
	}
	if p.Scale > 0 {
		s.scale = p.Scale
	}
	s.fy.Settings().SetTheme(theme.New(s.look, s.scale))
	if p.Width >= leastWidth && p.Height >= leastHeight && s.opt.Screens != nil {
		s.win.Resize(fyne.NewSize(p.Width, p.Height))
	}
	return m
}

// saveSoon saves the choices once things are quiet.
func (s *Shell) saveSoon() {
	if s.session == nil || s.session.saving != nil {
		return
	}
	s.session.saving = s.opt.After(saveAfter, func() {
		if s.session != nil {
			s.session.saving = nil
			s.savePrefs()
		}
	})
}

// prefsNow is what is to be saved of the choices; ok is false when nothing is. A
// file that is open for reading only keeps none.
func (s *Shell) prefsNow() (cmd users.PrefsCmd, ok bool) {
	if s.session == nil || s.session.actor.Locked || s.data.ReadOnly || s.app == nil {
		return cmd, false
	}
	size := s.win.Canvas().Size()
	body, err := json.Marshal(prefs{
		Lang: s.tr.Lang(), Look: s.look, Scale: s.scale, Width: size.Width, Height: size.Height, Memory: s.session.memory.facts,
	})
	if err != nil || string(body) == s.session.saved {
		return cmd, false
	}
	s.session.saved = string(body)
	return users.PrefsCmd{Prefs: string(body)}, true
}

// savePrefs writes the choices into the person's row when they changed.
func (s *Shell) savePrefs() {
	cmd, ok := s.prefsNow()
	if !ok {
		return
	}
	a := s.app
	owner := kit.NewOwner()                        // outlives the page: signing out saves too
	owner.OnFail(func(error) bool { return true }) // a choice that was not kept is no trouble worth a message
	kit.Act(s.env(), owner, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, a.Users.SavePrefs(ctx, cmd)
	}, func(struct{}) {})
}

// speak changes the language of what is built from now on.
func (s *Shell) speak(lang i18n.Lang) {
	s.tr = i18n.New(lang).WithCurrency(s.info.currency)
	s.win.SetTitle(s.title())
	speakFyne(lang)
}

func (s *Shell) title() string {
	if s.info.shop == "" {
		return s.tr.T("common.app")
	}
	return s.info.shop + " – " + s.tr.T("common.app")
}

// setLang, setLook and setScale change the window without a restart: again builds
// the present page anew.
func (s *Shell) setLang(lang i18n.Lang, again func()) {
	s.speak(lang)
	again()
}

func (s *Shell) setLook(mode theme.Mode, again func()) {
	s.look = mode
	s.fy.Settings().SetTheme(theme.New(s.look, s.scale))
	again()
}

func (s *Shell) setScale(scale float32, again func()) {
	s.scale = min(max(scale, theme.ScaleMin), theme.ScaleMax)
	s.fy.Settings().SetTheme(theme.New(s.look, s.scale))
	again()
}
