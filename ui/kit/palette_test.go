package kit_test

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// answers holds back what a palette is told, as a slow search does.
type answers struct {
	asked []string
	show  []func([]kit.Suggestion)
	taken []string
}

func (a *answers) open(env *kittest.Env) *kit.Palette {
	return kit.OpenPalette(env.Env, kit.PaletteSpec{
		Ghost: "搜索", Nothing: kit.Empty{Title: "没有找到"},
		Suggest: func(text string, show func([]kit.Suggestion)) {
			a.asked, a.show = append(a.asked, text), append(a.show, show)
		},
	})
}

func (a *answers) lines(n int) []kit.Suggestion {
	list := make([]kit.Suggestion, n)
	for i := range list {
		id := strconv.Itoa(i)
		list[i] = kit.Suggestion{ID: id, Group: "g" + strconv.Itoa(i/20), Title: "行 " + id, Do: func() { a.taken = append(a.taken, id) }}
	}
	return list
}

func TestPalette_OutdatedAnswersAreDropped(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewBackground(), kittest.Small)
	a := &answers{}
	p := a.open(env)
	env.Type("ab")
	require.Equal(t, []string{"", "a", "ab"}, a.asked)
	a.show[2](a.lines(2))
	a.show[1](a.lines(7))
	require.Len(t, p.Shown(), 2, "the answer for a came late")
	p.Close()
	a.show[2](a.lines(9))
	require.Len(t, p.Shown(), 2)
}

func TestPalette_EnterBeforeTheAnswer_TakesTheFirstOfIt(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewBackground(), kittest.Small)
	a := &answers{}
	a.open(env)
	a.show[0](a.lines(3))
	env.Type("x")
	env.Press("Enter")
	require.Empty(t, a.taken, "what stands there is for another text")
	a.show[1](a.lines(2))
	require.Equal(t, []string{"0"}, a.taken)
	require.Nil(t, env.Window.Canvas().Overlays().Top())
}

func TestPalette_ArrowsPagesMouseEsc(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewBackground(), kittest.Small)
	a := &answers{}
	p := a.open(env)
	a.show[0](a.lines(50))
	env.Press("Up")
	require.Equal(t, 0, p.At())
	env.Press("Down", "Down", "PgDn")
	require.Equal(t, 14, p.At())
	for range 60 {
		env.Press("Down")
	}
	require.Equal(t, 49, p.At())
	at, size, ok := kit.FindRect("palette#48")
	require.True(t, ok, "the list moved along")
	_, _, ok = kit.FindRect("palette#3")
	require.False(t, ok)
	for range 60 {
		env.Press("Up")
	}
	_, _, ok = kit.FindRect("palette#0")
	require.True(t, ok)
	for range 60 {
		env.Press("Down")
	}
	test.TapCanvas(env.Window.Canvas(), at.Add(fyne.NewPos(size.Width/2, size.Height/2)))
	require.Equal(t, []string{"48"}, a.taken)

	p = a.open(env)
	env.Press("Esc")
	require.Nil(t, env.Window.Canvas().Overlays().Top())
	require.Equal(t, -1, p.At())
}
