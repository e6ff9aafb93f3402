package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/ui/kit/kittest"
)

// looks are the four ways every page is drawn, spread over both sizes.
var looks = []struct {
	name    string
	size    fyne.Size
	changes []change
}{
	{"zh-light-1440", kittest.Large, []change{lang("zh-CN")}},
	{"zh-dark-1280", kittest.Small, []change{lang("zh-CN"), dark}},
	{"en-light-1280", kittest.Small, []change{lang("en")}},
	{"en-dark-1440", kittest.Large, []change{lang("en"), dark}},
}

func TestGolden_SignIn(t *testing.T) {
	for _, l := range looks {
		t.Run(l.name, func(t *testing.T) {
			g := window(t, apptest.New(t), l.size, l.changes...)
			g.press("1", "6", "0")
			g.golden("signin-" + l.name)
		})
	}
}

func TestGolden_FirstStart(t *testing.T) {
	for _, l := range looks {
		t.Run(l.name, func(t *testing.T) {
			g := window(t, apptest.Empty(t), l.size, l.changes...)
			g.golden("first-" + l.name)
		})
	}
}

func TestGolden_Frame(t *testing.T) {
	for _, l := range looks {
		t.Run(l.name, func(t *testing.T) {
			g := window(t, apptest.New(t), l.size, l.changes...)
			g.signIn(auth.Supervisor)
			g.press("Ctrl+2")
			g.golden("frame-" + l.name)
		})
	}
}
