package kit

import (
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"

	"zhanggui/ui/theme"
)

// Scan is the field a barcode scanner types into (LOOK §7). It keeps the focus
// while it is on, Enter submits, and scans that come while one is still being
// worked on wait in line: the same item twice is two. While blocked only CMD-OK
// gets through.
type Scan struct {
	Entry
	env     Env
	onCode  func(code string, done func())
	ghost   string
	on      bool
	working bool
	blocked string // what the field says while blocked, "" when it is not
	typed   []rune // what is typed while blocked, not shown
	queue   []string
	unblock func()
	flash   *canvas.Rectangle
	object  fyne.CanvasObject
}

// CommandOK is the command barcode that acknowledges a blocked scan (workflows 4.0).
const CommandOK = "CMD-OK"

// flashFor is how long an accepted scan lights up (LOOK §6).
const flashFor = 150 * time.Millisecond

// refocusAfter gives a click elsewhere time to do its work before the focus comes back.
const refocusAfter = 80 * time.Millisecond

// scanLimit is how many scans may wait; a scanner in a drawer must not fill the memory.
const scanLimit = 200

// NewScan makes a scan field; ghost is translated. onCode gets one cleaned code at
// a time and calls done when the next may come (at once, or when a Run is through).
func NewScan(env Env, ghost string, onCode func(code string, done func())) *Scan {
	s := &Scan{env: env, onCode: onCode, ghost: ghost, flash: canvas.NewRectangle(colour{})}
	s.keys = env.Keys
	s.PlaceHolder = ghost
	s.Wrapping, s.Scroll = fyne.TextWrapOff, fyne.ScrollHorizontalOnly
	s.ExtendBaseWidget(s)
	s.OnEnter = func(text string) {
		s.SetText("")
		s.Submit(text)
	}
	s.OnLeave = s.regain
	s.flash.CornerRadius = 4
	s.object = container.NewStack(container.NewThemeOverride(s, largeText{22, 15, 26}), s.flash)
	return s
}

// Object is the field to place in the window; it is 56 high.
func (s *Scan) Object() fyne.CanvasObject { return s.object }

// MinSize is the height of the one input of a pack station.
func (s *Scan) MinSize() fyne.Size { return fyne.NewSize(320, 56*theme.Current().Metrics().Scale) }

// Start takes the focus and keeps it; Stop lets it go.
func (s *Scan) Start() {
	s.on = true
	s.grab()
}

// Stop lets the focus go.
func (s *Scan) Stop() { s.on = false }

func (s *Scan) grab() {
	if c := s.env.Window.Canvas(); c.Overlays().Top() == nil {
		c.Focus(s)
	}
}

func (s *Scan) regain() {
	if s.on {
		s.env.after(refocusAfter, func() {
			if s.on && !s.focus {
				s.grab()
			}
		})
	}
}

// Submit takes a code as if it was scanned.
func (s *Scan) Submit(text string) {
	code := CleanCode(text)
	if code == "" {
		return
	}
	if s.blocked != "" {
		if code == CommandOK {
			s.Unblock()
		}
		return
	}
	if len(s.queue) < scanLimit {
		s.queue = append(s.queue, code)
	}
	s.next()
}

// Waiting is how many scans are not worked on yet.
func (s *Scan) Waiting() int { return len(s.queue) }

func (s *Scan) next() {
	for !s.working && s.blocked == "" && len(s.queue) > 0 {
		code := s.queue[0]
		s.queue = s.queue[1:]
		s.working = true
		s.onCode(code, func() {
			s.working = false
			s.next()
		})
	}
}

// Block stops scanning: a person must acknowledge first. text is what the field
// says meanwhile (按 Esc 或扫 CMD-OK); resumed is called by Unblock. Scans that
// waited are dropped: nobody saw what they belong to.
func (s *Scan) Block(text string, resumed func()) {
	s.blocked, s.unblock, s.queue, s.typed = text, resumed, nil, nil
	s.Icon = theme.IconIn("lock", theme.Current().Palette().Status(theme.Urgent).Ink)
	s.SetText("")
	s.SetPlaceHolder(text)
	s.SetBad(true)
}

// Blocked tells whether scanning is stopped.
func (s *Scan) Blocked() bool { return s.blocked != "" }

// Unblock goes on scanning.
func (s *Scan) Unblock() {
	if s.blocked == "" {
		return
	}
	resumed := s.unblock
	s.blocked, s.unblock, s.Icon = "", nil, nil
	s.SetPlaceHolder(s.ghost)
	s.SetBad(false)
	if resumed != nil {
		resumed()
	}
	s.next()
}

// Accept lights the field up for 150 ms: the scan counted.
func (s *Scan) Accept() {
	tint := theme.Current().Palette().Status(theme.OK).Ink
	tint.A = 0x50
	s.flash.FillColor = tint
	s.flash.Refresh()
	s.env.after(flashFor, func() {
		s.flash.FillColor = colour{}
		s.flash.Refresh()
	})
}

// TypedRune types; while blocked the letters are kept aside so that CMD-OK works unseen.
func (s *Scan) TypedRune(r rune) {
	if s.blocked != "" {
		s.typed = append(s.typed, r)
		return
	}
	s.Entry.TypedRune(r)
}

// TypedKey submits; while blocked Esc acknowledges.
func (s *Scan) TypedKey(ev *fyne.KeyEvent) {
	if s.blocked == "" {
		s.Entry.TypedKey(ev)
		return
	}
	switch MakeChord(ev.Name, s.keys.Mods()) {
	case "Esc":
		s.Unblock()
	case "Enter":
		text := string(s.typed)
		s.typed = nil
		s.Submit(text)
	}
}

// CleanCode is a code as the program knows it: full-width letters of a Chinese
// input mode become ASCII, blanks and control characters go, letters are upper case.
func CleanCode(text string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r <= ' ' || r == '　' || r == 0xFEFF || r == 0x7F:
			return -1
		}
		return r
	}, text))
}

// largeText is the theme of a large field: our own with a text size in
// units of the design, padding and icon.
type largeText struct{ text, padding, icon float32 }

// Color is the theme's.
func (largeText) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return theme.Current().Color(name, v)
}

// Font is the theme's.
func (largeText) Font(s fyne.TextStyle) fyne.Resource { return theme.Current().Font(s) }

// Icon is the theme's.
func (largeText) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.Current().Icon(name) }

// Size enlarges texts.
func (l largeText) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case base.SizeNameText:
		return l.text * theme.Current().Metrics().Scale
	case base.SizeNameInnerPadding:
		return l.padding
	case base.SizeNameInlineIcon:
		return l.icon
	}
	return theme.Current().Size(name)
}
