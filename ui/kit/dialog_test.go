package kit_test

import (
	"context"
	"image"
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/money"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

func conflict() kit.Question {
	return kit.Question{
		Title: "平台说已发货，这里还有 2 件没发", Record: "抖音 6928 4410 7731 2056 · 文件 1776908412_订单.csv 第 38 行",
		Options:  []kit.Option{{Title: "以平台为准", Text: "订单改为已发货，2 件释放占用"}, {Title: "以这里为准", Text: "保留待发，导出时提醒"}},
		Remember: "本次导入都这样处理",
	}
}

func TestChoose_DigitsArrowsRemember(t *testing.T) {
	for _, mode := range []theme.Mode{kittest.Light, kittest.Dark} {
		t.Run(string(mode), func(t *testing.T) {
			env := kittest.New(t, mode)
			env.Show(kit.NewSurface(), fyne.NewSize(800, 400))
			picked, remembered := -1, false
			kit.Choose(env.Env, conflict(), func(n int, remember bool) { picked, remembered = n, remember })
			env.Golden("choose-" + string(mode))

			env.Press("2", "1", "Right")
			env.Tap("choose.remember")
			env.Press("Enter")

			require.Equal(t, 1, picked)
			require.True(t, remembered)
			require.Nil(t, env.Window.Canvas().Overlays().Top())
		})
	}
}

func TestConfirm_EscDoesNothing_EnterDoes(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	grid := kit.NewGrid(env.Env, "g", orderHeads(), orderRows(3), true)
	env.Show(grid, kittest.Small)
	env.Focus(grid)
	done := 0
	ask := kit.Ask{Title: "删除 雨伞 长柄 藏青？", Text: "它的条码和对应关系一起删除，流水保留。", OK: "删除", Urgent: true}

	kit.Confirm(env.Env, ask, func() { done++ })
	env.Golden("confirm")
	env.Press("Esc")
	require.Zero(t, done)
	require.Equal(t, fyne.Focusable(grid), env.Window.Canvas().Focused(), "the focus comes back")
	kit.Confirm(env.Env, ask, func() { done++ })
	env.Press("Enter")
	kit.Confirm(env.Env, ask, func() { done++ })
	env.Tap("confirm.cancel")
	kit.Confirm(env.Env, ask, func() { done++ })
	env.Tap("confirm.ok")

	require.Equal(t, 2, done)
}

func TestConflict_OtherFaults_AreShownAsUsual(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewSurface(), kittest.Small)
	kit.Conflict(env.Env, fault.New(fault.Busy, "fault.busy"), conflict().Options, "", func(int, bool) { t.Error("asked") })
	require.Len(t, env.Notes, 1)
	picked := -1
	kit.Conflict(env.Env, fault.New(fault.Conflict, "fault.conflict"), conflict().Options, "", func(n int, _ bool) { picked = n })
	env.Tap("conflict.2")
	env.Tap("conflict.ok")
	require.Equal(t, 1, picked)
}

// staff is a command with a field of each kind.
type staff struct {
	Name   string
	Note   string
	Role   theme.Mode
	Limit  money.Fen
	Count  int64
	Since  when.Day
	Active bool
}

func staffForm(env *kittest.Env, cmd *staff, save func(context.Context) error, done func()) *kit.Form {
	return kit.OpenForm(env.Env, kit.FormSpec{
		ID: "staff", Title: "nav.staff",
		Build: func(f *kit.Form) {
			f.Text("name", "common.unknown", &cmd.Name)
			kit.FormChoice(f, "role", "common.theme", []kit.Item{{Value: "light", Word: "浅色"}, {Value: "dark", Word: "深色"}}, &cmd.Role)
			f.Money("limit", "common.amount", &cmd.Limit)
			f.Qty("count", "common.count", &cmd.Count)
			f.Day("since", "common.from", &cmd.Since)
			f.Area("note", "common.note", 2, &cmd.Note)
			f.Tick("active", "common.connected", &cmd.Active)
		},
		Save: save, Done: done,
	})
}

func TestForm_Save_StoresEveryKindOfField(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewSurface(), kittest.Small)
	cmd := staff{Role: theme.LightMode, Limit: 1250, Count: 3, Since: "2026-01-01"}
	saved, done := 0, 0
	f := staffForm(env, &cmd, func(context.Context) error { saved++; return nil }, func() { done++ })
	require.False(t, f.Dirty())

	env.Type("周敏 ")
	kit.Find("staff.role").(*kit.Choice).Pick("dark")
	kit.Find("staff.limit").(*kit.Entry).SetText("12*3+5")
	kit.Find("staff.count").(*kit.Entry).SetText("4*6")
	kit.Find("staff.since").(*kit.Entry).SetText("+3")
	kit.Find("staff.note").(*kit.Entry).SetText("a\nb")
	env.Tap("staff.active")
	require.True(t, f.Dirty())
	env.Golden("form")
	env.Press("Enter")

	require.Equal(t, staff{Name: "周敏", Note: "a\nb", Role: "dark", Limit: 4100, Count: 24, Since: "2026-04-26", Active: true}, cmd)
	require.Equal(t, []int{1, 1}, []int{saved, done})
	require.Nil(t, env.Window.Canvas().Overlays().Top())
}

// A window delivers a key and then its letter: the letter of the key that opened
// a form is not for the form's first field, the next one is.
func TestForm_OpenedByALetter_ItIsNotTyped(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewSurface(), kittest.Small)
	var cmd staff
	layer := env.Keys.Push("screen", false)
	layer.On("5", func() { staffForm(env, &cmd, func(context.Context) error { return nil }, nil) })

	env.Press("5")
	name := kit.Find("staff.name").(*kit.Entry)
	name.TypedRune('5')
	require.Empty(t, name.Text)

	name.TypedKey(&fyne.KeyEvent{Name: "5"})
	name.TypedRune('5')
	require.Equal(t, "5", name.Text)
}

func TestForm_Faults_LandUnderTheirFields(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewSurface(), kittest.Small)
	cmd := staff{}
	var answer error
	f := staffForm(env, &cmd, func(context.Context) error { return answer }, nil)
	env.Type("周敏")

	kit.Find("staff.limit").(*kit.Entry).SetText("12*")
	f.Save()
	require.Contains(t, f.FaultOf("limit"), "12*3+5")
	require.True(t, kit.Find("staff.limit").(*kit.Entry).Bad())
	require.Equal(t, fyne.Focusable(kit.Find("staff.limit").(*kit.Entry)), env.Window.Canvas().Focused())
	env.Golden("form-fault")

	kit.Find("staff.limit").(*kit.Entry).SetText("12")
	answer = fault.New(fault.Invalid, "fault.invalid").Field("name", "fault.taken")
	f.Save()
	require.Empty(t, f.FaultOf("limit"))
	require.Equal(t, "已被使用，请换一个", f.FaultOf("name"))
	require.Empty(t, env.Notes, "it stands under its field, nowhere else")

	answer = fault.New(fault.Invalid, "fault.invalid").Field("elsewhere", "fault.taken")
	f.Save()
	require.Len(t, env.Notes, 1, "a fault without a field here is shown the usual way")
	answer = fault.New(fault.Busy, "fault.busy")
	f.Save()
	require.Len(t, env.Notes, 2)
	answer = nil
	f.Save()
	require.Nil(t, env.Window.Canvas().Overlays().Top())
}

func TestForm_SaveIsOffWhileRunning(t *testing.T) {
	env, q := queued(t)
	env.Show(kit.NewSurface(), kittest.Small)
	cmd := staff{}
	saved := 0
	f := staffForm(env, &cmd, func(context.Context) error { saved++; return nil }, nil)

	env.Press("Enter", "Enter")
	require.True(t, f.Busy())
	require.True(t, kit.Find("staff.ok").(*kit.Button).Off())
	require.Equal(t, 1, q.Len())
	q.RunAll()

	require.Equal(t, 1, saved)
}

func TestForm_Esc_AsksBeforeDiscarding(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewSurface(), kittest.Small)
	cmd := staff{}
	staffForm(env, &cmd, func(context.Context) error { return nil }, nil)
	env.Press("Esc")
	require.Nil(t, env.Window.Canvas().Overlays().Top(), "nothing typed: gone")

	staffForm(env, &cmd, func(context.Context) error { return nil }, nil)
	env.Type("x")
	env.Press("Esc")
	require.Len(t, env.Window.Canvas().Overlays().List(), 2, "asks")
	env.Press("Esc")
	require.Len(t, env.Window.Canvas().Overlays().List(), 1, "stays")
	env.Press("Esc", "Enter")
	require.Empty(t, env.Window.Canvas().Overlays().List())
}

func TestScan_QueuesAndCleansEveryCode(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	var got []string
	var release func()
	s := kit.NewScan(env.Env, "扫描运单号", func(code string, done func()) { got, release = append(got, code), done })
	env.Show(kit.Pad(20, 20, kit.Across(0, s.Object())), fyne.NewSize(600, 100))
	s.Start()

	for range 3 {
		env.Type("ｓｆ１２３")
		env.Press("Enter")
	}
	env.Press("Enter")
	require.Equal(t, []string{"SF123"}, got)
	require.Equal(t, 2, s.Waiting(), "the same item twice is two")
	release()
	release()
	require.Equal(t, []string{"SF123", "SF123", "SF123"}, got)
	require.Zero(t, s.Waiting())
	require.Empty(t, s.Text)
}

func TestScan_KeepsTheFocus(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	s := kit.NewScan(env.Env, "扫描", func(_ string, done func()) { done() })
	other := kit.NewEntry(env.Env, "")
	env.Show(kit.Down(0, s.Object(), other), fyne.NewSize(600, 200))
	s.Start()
	require.True(t, s.Focused())
	env.Focus(other)
	env.Timers.Advance(100 * time.Millisecond)
	require.True(t, s.Focused(), "nothing else may have it")

	kit.Confirm(env.Env, kit.Ask{Title: "?"}, func() {})
	env.Timers.Advance(time.Second)
	require.NotNil(t, env.Window.Canvas().Overlays().Top())
	env.Press("Esc")
	require.True(t, s.Focused(), "back after a dialog")
	s.Stop()
	env.Focus(other)
	env.Timers.Advance(time.Second)
	require.False(t, s.Focused())
}

func TestScan_Blocked_OnlyCommandOKOrEsc(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	var got []string
	s := kit.NewScan(env.Env, "扫描运单号", func(code string, done func()) { got = append(got, code); done() })
	env.Show(kit.Pad(20, 20, s.Object()), fyne.NewSize(640, 96))
	s.Start()
	env.Golden("scan")
	resumed := 0

	s.Block("扫描已暂停，按 Esc 或扫 CMD-OK", func() { resumed++ })
	env.Golden("scan-blocked")
	env.Type("SF1")
	env.Press("Enter")
	require.Empty(t, got)
	require.Empty(t, s.Text, "nothing is shown while blocked")
	env.Type("CMD-OK")
	env.Press("Enter")
	require.False(t, s.Blocked())
	s.Block("x", func() { resumed++ })
	env.Press("F9", "Esc")
	require.Equal(t, 2, resumed)
	env.Type("SF2")
	env.Press("Enter")
	require.Equal(t, []string{"SF2"}, got)

	s.Accept()
	before := env.Window.Canvas().Capture()
	env.Timers.Advance(150 * time.Millisecond)
	bad, _ := kittest.Differ(before, env.Window.Canvas().Capture())
	require.Positive(t, bad, "the flash ends")
}

func TestToasts_ShowUndoHide(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	toasts := kit.NewToasts(env.Env)
	env.Show(toasts.Object(), kittest.Small)
	undone := 0

	toasts.Show(kit.Note{Text: "已发货 3 件", Undo: func(func(bool)) { undone++ }})
	require.Equal(t, "已发货 3 件", toasts.Text())
	env.Press("Ctrl+Z", "Ctrl+Z")
	require.Equal(t, 1, undone)
	require.Empty(t, toasts.Text())
	toasts.Show(kit.Note{Level: kit.NoteBad, Text: "a"})
	toasts.Show(kit.Note{Level: kit.NoteWarn, Text: "b"})
	require.Equal(t, "b", toasts.Text())
	env.Timers.Advance(10 * time.Second)
	require.Empty(t, toasts.Text())
}

func TestChart_DrawsAtItsPixels_AgainAfterAChange(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	var sizes []kit.ChartSize
	fail := false
	c := kit.NewChart(env.Env, func(_ context.Context, s kit.ChartSize) (image.Image, error) {
		sizes = append(sizes, s)
		if fail {
			return nil, fault.New(fault.Busy, "fault.busy")
		}
		img := image.NewRGBA(image.Rect(0, 0, s.W, s.H))
		for i := range img.Pix {
			img.Pix[i] = 255
		}
		img.Set(0, 0, color.Black)
		return img, nil
	})
	env.Show(c, fyne.NewSize(300, 200))
	env.Window.Canvas().Capture()
	require.Empty(t, sizes, "waits for the size to stand")
	env.Timers.Advance(50 * time.Millisecond)
	env.Window.Canvas().Capture()
	env.Timers.Advance(50 * time.Millisecond)
	require.Equal(t, []kit.ChartSize{{W: 300, H: 200, Scale: 1}}, sizes)

	env.Window.Resize(fyne.NewSize(400, 200))
	env.Window.Canvas().Capture()
	env.Timers.Advance(50 * time.Millisecond)
	require.Equal(t, kit.ChartSize{W: 400, H: 200, Scale: 1}, sizes[1])
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.DarkMode, 1))
	env.Window.Canvas().Capture()
	env.Timers.Advance(50 * time.Millisecond)
	require.True(t, sizes[2].Dark)
	fail = true
	c.Reload()
	env.Window.Canvas().Capture()
	env.Timers.Advance(50 * time.Millisecond)
	require.Len(t, sizes, 4)
	c.Close()
}

func TestPickFile_AsksThePicker(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Picker.Paths, env.Picker.Path = []string{"订单.xlsx"}, "导出.xlsx"
	var got []string
	kit.PickFile(env.Env, kit.FileFilter{Title: "选文件", Extensions: []string{".xlsx"}}, func(p []string) { got = append(got, p...) })
	kit.SaveFile(env.Env, "库存.xlsx", kit.FileFilter{}, func(p string) { got = append(got, p) })
	require.Equal(t, []string{"订单.xlsx", "导出.xlsx"}, got)
	require.Equal(t, []string{"库存.xlsx"}, env.Picker.Named)
	env.Picker.Paths, env.Picker.Path = nil, ""
	kit.PickFile(env.Env, kit.FileFilter{}, func([]string) { t.Error("cancelled") })
}

func TestPickFile_WithoutPicker_OpensFynesDialog(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewSurface(), kittest.Small)
	env.Files = nil
	kit.PickFile(env.Env, kit.FileFilter{Title: "选文件", Extensions: []string{".csv"}}, func([]string) {})
	require.NotNil(t, env.Window.Canvas().Overlays().Top(), "shown before it is resized: no panic")
	env.Window.Canvas().Overlays().Remove(env.Window.Canvas().Overlays().Top())
	kit.SaveFile(env.Env, "a.csv", kit.FileFilter{}, func(string) {})
	require.NotNil(t, env.Window.Canvas().Overlays().Top())
}
