package frame

import (
	"context"
	"encoding/json"
	"strconv"

	"zhanggui/app/i18n"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// memory is what the window remembers for a person: column widths, an open pane.
type memory map[string]string

// Get gives "" for what was never set.
func (m memory) Get(key string) string { return m[key] }

// Set remembers until the person signs out, then in the data.
func (m memory) Set(key, value string) { m[key] = value }

// prefs is how the person's row keeps it.
type prefs struct {
	Lang   string            `json:"lang,omitempty"`
	Look   string            `json:"look,omitempty"`
	Scale  string            `json:"scale,omitempty"`
	Memory map[string]string `json:"memory,omitempty"`
}

// loadPrefs takes over a person's choices; what cannot be read counts as none.
func (f *Frame) loadPrefs(text string) {
	var p prefs
	if json.Unmarshal([]byte(text), &p) != nil {
		p = prefs{}
	}
	clear(f.memory)
	for k, v := range p.Memory {
		f.memory[k] = v
	}
	if lang, ok := i18n.ParseLang(p.Lang); ok && p.Lang != "" {
		f.tr = i18n.New(lang)
	}
	if p.Look != "" {
		f.look = theme.Mode(p.Look)
	}
	if s, err := strconv.ParseFloat(p.Scale, 32); err == nil && s > 0 {
		f.scale = float32(s)
	}
	f.fy.Settings().SetTheme(theme.New(f.look, f.scale))
}

// savePrefs writes the choices into the person's row, in the background.
func (f *Frame) savePrefs() {
	if f.actor.ID.Zero() || f.actor.Locked {
		return
	}
	body, err := json.Marshal(prefs{
		Lang: string(f.tr.Lang()), Look: string(f.look), Scale: strconv.FormatFloat(float64(f.scale), 'f', 2, 32), Memory: f.memory,
	})
	if err != nil {
		return
	}
	f.fy.Preferences().SetString("lang", string(f.tr.Lang()))
	f.fy.Preferences().SetString("look", string(f.look))
	kit.Act(f.env(), f.owner.Lane("prefs"), func(ctx context.Context) (bool, error) {
		return true, f.app.Users.SavePrefs(ctx, users.PrefsCmd{Prefs: string(body)})
	}, func(bool) {})
}

// setLang, setLook and setScale change the window without a restart: it is built anew.
func (f *Frame) setLang(lang i18n.Lang) {
	f.tr = i18n.New(lang)
	f.win.SetTitle(f.tr.T("app.name"))
	f.rebuild()
}

func (f *Frame) setLook(mode theme.Mode) {
	f.look = mode
	f.rebuild()
}

func (f *Frame) setScale(scale float32) {
	f.scale = min(max(scale, theme.ScaleMin), theme.ScaleMax)
	f.rebuild()
}

func (f *Frame) rebuild() {
	f.fy.Settings().SetTheme(theme.New(f.look, f.scale))
	at := f.at
	f.closePages()
	f.work()
	f.open(at, nil)
	f.savePrefs()
}
