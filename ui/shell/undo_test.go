package shell_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/ui/kit"
)

// did is a deed whose undo works.
func did(text string, undone *[]string) kit.Note {
	return kit.Note{Text: text, Undo: func(ended func(bool)) {
		*undone = append(*undone, text)
		ended(true)
	}}
}

func TestUndo_TheLastFifty_NewestFirst(t *testing.T) {
	g := at(t, auth.Supervisor)
	env := g.screen["goods"].env
	var undone []string
	for i := range 60 {
		env.Notify(did(strconv.Itoa(i), &undone))
	}
	env.Notify(kit.Note{Text: "已复制 3 行"})
	require.Equal(t, "撤销：59", g.text("status.undo"), "the bar speaks of something else: the button says what it takes back")
	for range 55 {
		g.press("Ctrl+Z")
	}
	require.Len(t, undone, 50)
	require.Equal(t, "59", undone[0])
	require.Equal(t, "10", undone[49])
	require.Equal(t, "已撤销：10", g.text("status.last"))
	require.False(t, g.seen("status.undo"))
}

func TestUndo_Refused_StaysAndIsShown(t *testing.T) {
	g := at(t, auth.Supervisor)
	env := g.screen["goods"].env
	later := true
	env.Notify(kit.Note{Text: "收货 24 件", Undo: kit.TakeBack(env, func(context.Context) error {
		if later {
			return fault.New(fault.Conflict, "fault.order.ambiguous", "order", "3317", "shops", "tm1, jd1")
		}
		return nil
	})})
	g.press("Ctrl+Z")
	require.True(t, g.found(), "the refusal is shown")
	require.True(t, g.seen("status.undo"), "and the deed can be taken back later")
	g.press("Esc")
	later = false
	g.press("Ctrl+Z")
	require.Equal(t, "已撤销：收货 24 件", g.text("status.last"))
	require.False(t, g.seen("status.undo"))
}

func TestUndo_TheListTakesAnyOfThem(t *testing.T) {
	g := at(t, auth.Supervisor)
	env := g.screen["goods"].env
	var undone []string
	env.Notify(did("审核 12 单", &undone))
	g.later(time.Minute)
	env.Notify(did("收货 24 件", &undone))
	g.press("Ctrl+Shift+Z")
	g.golden("undo-list")
	g.press("Down", "Enter")
	require.Equal(t, []string{"审核 12 单"}, undone)
	g.press("Ctrl+Z")
	require.Equal(t, []string{"审核 12 单", "收货 24 件"}, undone)
	g.press("Ctrl+Shift+Z")
	require.Equal(t, "没有可以撤销的操作", g.text("status.last"))
}

func TestUndo_SettledAnotherWay_IsOfferedNoMore(t *testing.T) {
	g := at(t, auth.Supervisor)
	env := g.screen["goods"].env
	var undone []string
	note := did("已发 3317", &undone)
	note.Of = "parcel:1"
	env.Notify(note)
	env.Notify(kit.Note{Text: "已撤销发货", Settles: []string{"parcel:1"}})
	require.False(t, g.seen("status.undo"))
	g.press("Ctrl+Z")
	require.Empty(t, undone)
}

func TestUndo_EndsWithTheSession(t *testing.T) {
	g := at(t, auth.Supervisor)
	var undone []string
	g.screen["goods"].env.Notify(did("审核 12 单", &undone))
	g.s.Pick("out")
	g.signIn(auth.Service)
	g.press("Ctrl+Z")
	require.Empty(t, undone, "nobody takes back what another did")
}
