package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Chord is a key with its modifiers as it stands on a key cap: "F9", "Ctrl+E",
// "Shift+F9", "Enter", "Del", "R". Modifiers come in the order Ctrl, Alt, Shift.
type Chord string

// Keys knows who wants which key. Layers lie on each other: the shell's at the
// bottom, the screen's on it, a dialog's on top. The topmost layer that has the
// chord gets it; a modal layer lets nothing through.
//
// The focused part sees a key first; what it does not use it gives to Keys
// (DECIDED 17), and so do the canvas handlers when nothing is focused. So F9 and
// Ctrl+E work while a field has the focus.
type Keys struct {
	Touched func() // told of every key and click, for the idle lock; may be nil

	layers []*Layer
	canvas fyne.Canvas
	held   fyne.KeyModifier // as seen by the focused part; used where the driver cannot tell
	spent  rune             // the letter of the key that was just used, 0 for none
}

// Layer is one owner's set of chords.
type Layer struct {
	keys  *Keys
	name  string
	modal bool
	on    map[Chord]func() bool
	order []Chord
	offer func() []Command // what can be done now, for the command palette
}

// NewKeys makes a dispatcher and hooks it to the canvas; a nil canvas is for model tests.
func NewKeys(c fyne.Canvas) *Keys {
	k := &Keys{canvas: c}
	if c != nil {
		c.SetOnTypedKey(func(ev *fyne.KeyEvent) { k.Key(ev) })
	}
	return k
}

// Push puts a layer on top. A modal layer keeps what it does not use from the layers below.
func (k *Keys) Push(name string, modal bool) *Layer {
	l := &Layer{keys: k, name: name, modal: modal, on: map[Chord]func() bool{}}
	k.layers = append(k.layers, l)
	return l
}

// On gives the chord a meaning while the layer is up.
func (l *Layer) On(c Chord, fn func()) { l.Try(c, func() bool { fn(); return true }) }

// Try is On for a handler that may decline: false passes the key on to the layer below.
func (l *Layer) Try(c Chord, fn func() bool) {
	if _, known := l.on[c]; !known {
		l.order = append(l.order, c)
	}
	l.on[c] = fn
	l.keys.hook(c)
}

// Off takes the chord's meaning away.
func (l *Layer) Off(c Chord) { delete(l.on, c) }

// Chords lists the layer's chords in the order they were given, for the F1 overlay.
func (l *Layer) Chords() []Chord { return l.order }

// Close takes the layer away. Closing twice is harmless.
func (l *Layer) Close() {
	for i, other := range l.keys.layers {
		if other == l {
			l.keys.layers = append(l.keys.layers[:i:i], l.keys.layers[i+1:]...)
			return
		}
	}
}

// Press offers a chord to the layers from the top; it tells whether one took it.
func (k *Keys) Press(c Chord) bool {
	if k == nil {
		return false
	}
	k.Touch()
	k.spent = 0
	for i := len(k.layers) - 1; i >= 0; i-- {
		l := k.layers[i]
		if fn, ok := l.on[c]; ok && fn() {
			k.spent = letterOf(c)
			return true
		}
		if l.modal {
			return false
		}
	}
	return false
}

// letterOf is the letter that the window delivers after the key of a chord, 0 for none.
func letterOf(c Chord) rune {
	base := strings.TrimPrefix(string(c), "Shift+")
	if base == "Space" {
		return ' '
	}
	if r, n := utf8.DecodeRuneInString(base); n == len(base) && n > 0 {
		return unicode.ToLower(r)
	}
	return 0
}

// Spent tells whether a letter belongs to a key that was used already: a key that
// opens a form must not type into the form's first field.
func (k *Keys) Spent(r rune) bool {
	if k == nil {
		return false
	}
	was := k.spent
	k.spent = 0
	return was != 0 && was == unicode.ToLower(r)
}

// Key offers a typed key together with the modifiers held now.
func (k *Keys) Key(ev *fyne.KeyEvent) bool {
	return k.Press(MakeChord(ev.Name, k.Mods()))
}

// Shortcut offers a shortcut (Ctrl+C, Ctrl+F9).
func (k *Keys) Shortcut(s fyne.Shortcut) bool { return k.Press(ShortcutChord(s)) }

// Mods are the modifiers held now.
func (k *Keys) Mods() fyne.KeyModifier {
	if app := fyne.CurrentApp(); app != nil {
		if d, ok := app.Driver().(desktop.Driver); ok {
			return d.CurrentKeyModifiers()
		}
	}
	if k == nil {
		return 0
	}
	return k.held
}

// Down and Up follow the modifiers where the driver cannot tell them (tests).
func (k *Keys) Down(ev *fyne.KeyEvent) {
	if k != nil {
		k.Touch()
		k.held |= modifierOf(ev.Name)
	}
}

// Touch says that somebody is at the desk.
func (k *Keys) Touch() {
	if k != nil && k.Touched != nil {
		k.Touched()
	}
}

// Up is the end of Down.
func (k *Keys) Up(ev *fyne.KeyEvent) {
	if k != nil {
		k.held &^= modifierOf(ev.Name)
	}
}

// hook lets the canvas deliver a chord with Ctrl or Alt when nothing is focused.
func (k *Keys) hook(c Chord) {
	if k.canvas == nil {
		return
	}
	s := ShortcutOf(c)
	if s == nil {
		return
	}
	k.canvas.AddShortcut(s, func(fyne.Shortcut) { k.Press(c) })
}

func modifierOf(name fyne.KeyName) fyne.KeyModifier {
	switch name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight:
		return fyne.KeyModifierShift
	case desktop.KeyControlLeft, desktop.KeyControlRight:
		return fyne.KeyModifierControl
	case desktop.KeyAltLeft, desktop.KeyAltRight:
		return fyne.KeyModifierAlt
	case desktop.KeySuperLeft, desktop.KeySuperRight:
		return fyne.KeyModifierSuper
	}
	return 0
}

// capNames are the key caps that differ from Fyne's names. Both Enter keys are one.
var capNames = map[fyne.KeyName]string{
	fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter", fyne.KeyEscape: "Esc", fyne.KeyDelete: "Del",
	fyne.KeyPageUp: "PgUp", fyne.KeyPageDown: "PgDn", fyne.KeyBackspace: "Back", fyne.KeyInsert: "Ins",
}

// MakeChord names a key with its modifiers. The Command key of a Mac counts as Ctrl.
func MakeChord(name fyne.KeyName, mods fyne.KeyModifier) Chord {
	var b strings.Builder
	if mods&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0 {
		b.WriteString("Ctrl+")
	}
	if mods&fyne.KeyModifierAlt != 0 {
		b.WriteString("Alt+")
	}
	if mods&fyne.KeyModifierShift != 0 {
		b.WriteString("Shift+")
	}
	if cap, ok := capNames[name]; ok {
		b.WriteString(cap)
	} else {
		b.WriteString(string(name))
	}
	return Chord(b.String())
}

// ShortcutChord names a shortcut as Fyne delivers it.
func ShortcutChord(s fyne.Shortcut) Chord {
	if ks, ok := s.(fyne.KeyboardShortcut); ok {
		return MakeChord(ks.Key(), ks.Mod())
	}
	return Chord(s.ShortcutName())
}

// ShortcutOf is the shortcut Fyne delivers for a chord, nil for one that comes as a typed key.
func ShortcutOf(c Chord) fyne.Shortcut {
	name, mods := splitChord(c)
	if mods&^fyne.KeyModifierShift == 0 {
		return nil
	}
	if mods == fyne.KeyModifierShortcutDefault {
		switch name {
		case fyne.KeyC:
			return &fyne.ShortcutCopy{}
		case fyne.KeyV:
			return &fyne.ShortcutPaste{}
		case fyne.KeyX:
			return &fyne.ShortcutCut{}
		case fyne.KeyA:
			return &fyne.ShortcutSelectAll{}
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		}
	}
	return &desktop.CustomShortcut{KeyName: name, Modifier: mods}
}

func splitChord(c Chord) (name fyne.KeyName, mods fyne.KeyModifier) {
	rest := string(c)
	for {
		switch {
		case strings.HasPrefix(rest, "Ctrl+"):
			mods |= fyne.KeyModifierShortcutDefault
			rest = rest[len("Ctrl+"):]
		case strings.HasPrefix(rest, "Alt+"):
			mods |= fyne.KeyModifierAlt
			rest = rest[len("Alt+"):]
		case strings.HasPrefix(rest, "Shift+"):
			mods |= fyne.KeyModifierShift
			rest = rest[len("Shift+"):]
		default:
			for key, cap := range capNames {
				if cap == rest && key != fyne.KeyEnter {
					return key, mods
				}
			}
			return fyne.KeyName(rest), mods
		}
	}
}

// KeyOf is the key of a chord without its modifiers.
func KeyOf(c Chord) fyne.KeyName {
	name, _ := splitChord(c)
	return name
}
