package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
)

func TestUnsaved_EndingTheScreens_AsksFirst(t *testing.T) {
	for name, end := range map[string]func(g *ground){
		"close":    func(g *ground) { g.s.AskClose() },
		"sign out": func(g *ground) { g.s.Pick("out") },
		"language": func(g *ground) { g.s.Pick("lang.en") },
		"size":     func(g *ground) { g.s.Pick("size.115") },
	} {
		g := at(t, auth.Supervisor)
		goods := g.screen["goods"]
		goods.unsaved = 3
		g.press("Ctrl+2")
		end(g)
		require.True(t, g.seen("unsaved.ok"), name)
		require.NotContains(t, goods.log, "close", name)
		g.press("Esc")
		require.NotContains(t, goods.log, "close", name)

		end(g)
		g.tap("unsaved.ok")
		require.Contains(t, goods.log, "close", name)
	}
}

func TestUnsaved_Nothing_AsksNothing(t *testing.T) {
	g := at(t, auth.Supervisor)
	g.s.Pick("out")
	require.Equal(t, "signin", g.s.Page())
}

func TestDrop_TheScreenInFrontMayTakeTheFiles(t *testing.T) {
	g := at(t, auth.Promotion)
	g.screen["goods"].takes = true
	g.s.Drop([]fyne.URI{storage.NewFileURI("/a/雨伞.png")})
	require.Equal(t, []string{"/a/雨伞.png"}, g.screen["goods"].dropped)
	require.Equal(t, "goods", g.s.Screen())

	g.screen["goods"].takes = false
	g.s.Drop([]fyne.URI{storage.NewFileURI("/a/订单.csv")})
	require.Equal(t, "inbox", g.s.Screen())
}
