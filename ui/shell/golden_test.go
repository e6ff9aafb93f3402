package shell_test

import (
	"testing"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/ui/kit/kittest"
)

// as opens the window the way a look is drawn.
func as(l kittest.Look, more ...change) []change {
	name := "zh-CN"
	if l.English {
		name = "en"
	}
	list := append([]change{lang(name)}, more...)
	if l.Mode == kittest.Dark {
		list = append(list, dark)
	}
	return list
}

func TestGolden_SignIn(t *testing.T) {
	for _, l := range kittest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			g := window(t, apptest.New(t), l.Size, as(l)...)
			g.press("1", "6", "0")
			g.golden("signin-" + l.Name)
		})
	}
}

func TestGolden_FirstStart(t *testing.T) {
	for _, l := range kittest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			g := window(t, apptest.Empty(t), l.Size, as(l)...)
			g.golden("first-" + l.Name)
		})
	}
}

func TestGolden_Frame(t *testing.T) {
	for _, l := range kittest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			g := window(t, apptest.New(t), l.Size, as(l)...)
			g.signIn(auth.Supervisor)
			g.press("Ctrl+2")
			g.golden("frame-" + l.Name)
		})
	}
}
