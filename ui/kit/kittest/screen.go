package kittest

import (
	"fyne.io/fyne/v2"

	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// Look is one way in which a page is drawn.
type Look struct {
	Name    string
	English bool
	Mode    theme.Mode
	Size    fyne.Size
}

// Looks are the pictures of every page: both languages, appearances and sizes.
var Looks = []Look{
	{"zh-light-1280", false, Light, Small},
	{"zh-light-1440", false, Light, Large},
	{"zh-dark-1280", false, Dark, Small},
	{"zh-dark-1440", false, Dark, Large},
	{"en-light-1280", true, Light, Small},
	{"en-light-1440", true, Light, Large},
	{"en-dark-1280", true, Dark, Small},
	{"en-dark-1440", true, Dark, Large},
}

// How high the shell is above a page: the top bar alone, or with tabs under it.
const (
	TopBar     = 48
	TopAndTabs = 84
)

// Frame stands for the shell around a page: rail, top bar, status bar.
func Frame(page fyne.CanvasObject, top float32) fyne.CanvasObject {
	bar := func(w, h float32) fyne.CanvasObject { return kit.Fixed(w, h, kit.NewBackground()) }
	return kit.Edges(bar(0, top), bar(0, 24), bar(64, 0), nil, page)
}

// Sit puts a screen in front the way the shell does and closes it with the test.
func (e *Env) Sit(s kit.Screen, top float32, size fyne.Size) *kit.Watcher {
	e.T.Helper()
	e.Show(Frame(s.Build(), top), size)
	watch := kit.Watch(e.Env, s)
	e.T.Cleanup(func() {
		watch.Close()
		s.(kit.Closer).Close()
	})
	s.(kit.Shower).Shown()
	watch.Show()
	return watch
}
