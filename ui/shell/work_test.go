package shell_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/job"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/shell"
	"zhanggui/ui/theme"
)

func at(t *testing.T, role auth.Role, changes ...change) *ground {
	t.Helper()
	g := window(t, apptest.New(t), kittest.Small, changes...)
	g.signIn(role)
	return g
}

func TestRail_ShowsWhatTheRoleMayAndWhatIsThere(t *testing.T) {
	for role, want := range map[auth.Role]string{
		auth.Supervisor: "listing shipping stock finance settings ", auth.Service: "listing shipping stock ",
		auth.Warehouse: "listing shipping stock ", auth.Finance: "listing shipping stock finance ", auth.Promotion: "listing shipping stock ",
	} {
		g := at(t, role)
		got := ""
		for _, p := range []string{"today", "listing", "shipping", "stock", "finance", "charts", "settings"} {
			if g.seen("rail." + p) {
				got += p + " "
			}
		}
		require.Equal(t, want, got, role)
		require.True(t, g.seen("top.import"))
	}
}

func TestKeys_GoToPlacesAndTabs(t *testing.T) {
	g := at(t, auth.Supervisor)
	require.Equal(t, "goods", g.s.Screen())
	for _, c := range []struct {
		key  kit.Chord
		want string
	}{
		{"Ctrl+2", "desk"},
		{"Ctrl+PgDn", "board"},
		{"Ctrl+PgDn", "desk"},
		{"Ctrl+PgUp", "board"},
		{"Ctrl+3", "stock"},
		{"Ctrl+4", "sales"},
		{"Ctrl+I", "inbox"},
		{"Ctrl+,", "staff"},
		{"Ctrl+0", "goods"},
		{"Ctrl+1", "goods"},
		{"Ctrl+2", "board"}, // the tab that was in front there
	} {
		g.press(c.key)
		require.Equal(t, c.want, g.s.Screen(), "%s", c.key)
	}
}

func TestCharts_HaveAPlaceOfTheirOwn(t *testing.T) {
	g := at(t, auth.Supervisor, func(_ *ground, o *shell.Options) { o.Screens = nil }) // the real ones
	require.True(t, g.seen("rail.charts"))
	g.press("Ctrl+5")
	require.Equal(t, "charts", g.s.Screen())
	g.press("Ctrl+4")
	require.Equal(t, "finance", g.s.Screen())
	known := map[string]bool{}
	for _, e := range shell.Registry {
		known[e.ID] = true
	}
	require.True(t, known["finance.journal"] && known["stock"], "the rows of charts lead there")
}

func TestScreens_AreMadeOnceShownHiddenAndClosed(t *testing.T) {
	g := at(t, auth.Supervisor)
	g.press("Ctrl+2", "Ctrl+1", "Ctrl+2")
	desk := g.screen["desk"]
	require.Equal(t, []string{"build", "shown", "load", "hidden", "shown"}, desk.log)

	g.f.Engine.Bus().Publish([]core.Change{{Topic: core.TopicOrders}})
	g.later(time.Second)
	require.Equal(t, "load", desk.log[len(desk.log)-1], "the one in front reloads")
	n := len(g.screen["goods"].log)
	g.press("Ctrl+1")
	require.Len(t, g.screen["goods"].log, n+2, "the hidden one reloads when it is shown")

	g.tap("top.me")
	g.press("Down", "Enter")
	require.Equal(t, "signin", g.s.Page())
	require.Equal(t, "close", desk.log[len(desk.log)-1])
}

func TestRouter_OpensWithAnArgument(t *testing.T) {
	g := at(t, auth.Supervisor)
	g.screen["goods"].env.Open("board", "late")
	require.Equal(t, "board", g.s.Screen())
	require.Equal(t, "late", g.screen["board"].opened)
	g.screen["goods"].env.Open("finance", nil)
	require.Equal(t, "sales", g.s.Screen(), "a place opens its screen")
	g.screen["goods"].env.Open("nowhere", nil)
	require.Equal(t, "sales", g.s.Screen())
}

func TestStatus_LastActionAndItsUndo(t *testing.T) {
	g := at(t, auth.Supervisor)
	undone := 0
	g.screen["goods"].env.Notify(kit.Note{Text: "托盘 17 打包完成", Undo: func(ended func(bool)) { undone++; ended(true) }})
	require.Equal(t, "托盘 17 打包完成", g.text("status.last"))
	g.golden("frame-undo")

	g.press("Ctrl+Z")
	require.Equal(t, 1, undone)
	require.False(t, g.seen("status.undo"))
	g.press("Ctrl+Z")
	require.Equal(t, 1, undone)
}

func TestStatus_DataBackupOthersClock(t *testing.T) {
	g := at(t, auth.Supervisor)
	require.Equal(t, "04-23 周四 10:18", g.text("status.clock"))
	require.Contains(t, g.text("status.place"), "shop.zhanggui")
	require.Contains(t, g.text("status.place"), "还没有备份")
	_, err := g.f.Backup.Daily(g.f.As(auth.Supervisor), nil)
	require.NoError(t, err)
	g.later(time.Minute)
	require.Equal(t, "04-23 周四 10:19", g.text("status.clock"))
	require.Contains(t, g.text("status.place"), "备份 今天 10:18")
}

func TestStatus_DataLost_IsLoud(t *testing.T) {
	g := at(t, auth.Supervisor)
	require.NoError(t, g.f.Store.Close())
	g.later(21 * time.Second)
	require.Equal(t, "数据已经关闭。请重新打开程序。", g.text("status.place"))
	g.golden("frame-lost")
}

func TestJobs_PanelWithStopAndTheEndInTheStatusBar(t *testing.T) {
	g := at(t, auth.Supervisor)
	reported := make(chan struct{})
	_, err := g.f.Jobs.Start(g.f.As(auth.Supervisor), job.Spec{Kind: "copy", Title: "job.daily_backup", Action: auth.BackupMake, Run: func(ctx context.Context, report job.Report) (any, error) {
		report.Say(3, 10, "")
		close(reported)
		<-ctx.Done()
		return nil, fault.From(ctx.Err())
	}})
	require.NoError(t, err)
	<-reported
	g.later(time.Second)
	require.True(t, g.seen("job.copy.stop"))
	g.golden("frame-job")

	g.s.AskClose()
	require.True(t, g.seen("close.ok"), "closing asks first")
	g.press("Esc")
	g.tap("job.copy.stop")
	g.f.Jobs.Close() // waits until the job said its end
	g.later(time.Second)
	require.Equal(t, "每日备份 · 已停止", g.text("status.last"))
	require.False(t, g.seen("job.copy.stop"))
}

func TestIdle_LocksAfterTheSettingsMinutesAndComesBackAsItWas(t *testing.T) {
	g := at(t, auth.Warehouse)
	g.press("Ctrl+2")
	g.press("F1")
	require.True(t, g.seen("keys.ok"))
	g.later(9 * time.Minute)
	g.press("Shift+F5") // somebody is there
	g.later(9*time.Minute + 50*time.Second)
	require.Equal(t, "work", g.s.Page())

	g.later(15 * time.Second)

	require.Equal(t, "lock", g.s.Page())
	require.False(t, g.seen("keys.ok"), "nothing of the work is seen")
	require.False(t, g.seen("rail.shipping"))
	g.golden("lock")
	g.pin("0001")
	require.Equal(t, "lock", g.s.Page())
	g.pin(apptest.PIN(auth.Warehouse))
	require.Equal(t, "work", g.s.Page())
	require.True(t, g.seen("keys.ok"), "the open dialog is back")
	require.Len(t, g.f.Audit("audit.unlocked"), 1)
}

func TestLock_NothingIsAllowedMeanwhile(t *testing.T) {
	g := at(t, auth.Warehouse)
	env := g.screen["goods"].env
	g.press("Ctrl+L")
	require.False(t, env.Allows(auth.StockView))
	_, err := g.f.App.Stock.List(env.Context(), core.Query{})
	require.True(t, fault.Is(err, fault.Denied))
	g.press("Ctrl+3", "F1")
	require.Equal(t, "goods", g.s.Screen(), "keys of the window do not work")
	require.False(t, g.seen("keys.ok"))
}

func TestLock_SomebodyElse_GoesToTheNames(t *testing.T) {
	g := at(t, auth.Warehouse)
	g.press("Ctrl+L")
	g.tap("lock.other")
	require.Equal(t, "signin", g.s.Page())
	g.signIn(auth.Finance)
	require.True(t, g.seen("rail.finance"))
}

func TestLock_FiveWrong_Waits(t *testing.T) {
	g := at(t, auth.Warehouse)
	g.press("Ctrl+L")
	for range 5 {
		g.pin("0001")
	}
	require.Equal(t, "输错次数太多，还要等 0:30", g.text("lock.say"))
	g.later(30 * time.Second)
	g.pin(apptest.PIN(auth.Warehouse))
	require.Equal(t, "work", g.s.Page())
}

func TestRights_ChangedElsewhere_TheWindowFollows(t *testing.T) {
	g := at(t, auth.Service)
	require.False(t, g.seen("rail.finance"))
	g.f.Grant(auth.Service, map[auth.Action]bool{auth.FinanceView: true})
	g.later(time.Second)
	require.True(t, g.seen("rail.finance"))

	g.f.Disable(auth.Service)
	g.later(time.Second)
	require.Equal(t, "signin", g.s.Page())
	require.NotEmpty(t, g.text("signin.notice"))
}

func TestPrefs_LanguageLookSizeAndMemory_ArePersonal(t *testing.T) {
	g := at(t, auth.Service)
	g.s.Pick("lang.en")
	require.Equal(t, "Listing", g.text("top.title"))
	g.s.Pick("look.dark")
	g.s.Pick("size.115")
	require.InDelta(t, 1.15, theme.Current().Metrics().Scale, 0.001)
	g.golden("frame-large-text")
	g.screen["goods"].env.Memory.Set("col", "120")
	g.later(5 * time.Second)

	me, err := g.f.Users.Me(g.f.As(auth.Service))
	require.NoError(t, err)
	var kept map[string]any
	require.NoError(t, json.Unmarshal([]byte(me.Prefs), &kept))
	require.Equal(t, "en", kept["lang"])
	require.Equal(t, "dark", kept["look"])
	require.Equal(t, "120", kept["memory"].(map[string]any)["col"])

	again := window(t, g.f, kittest.Small)
	again.signIn(auth.Service)
	require.Equal(t, "Listing", again.text("top.title"))
	require.Equal(t, "120", again.screen["goods"].env.Memory.Get("col"))
	require.Equal(t, theme.DarkMode, theme.Current().Mode())
}

func TestLook_ChangesWithoutBuildingScreensAnew(t *testing.T) {
	g := at(t, auth.Service)
	n := len(g.screen["goods"].log)
	g.s.Pick("look.dark")
	require.Len(t, g.screen["goods"].log, n)
	g.golden("frame-relooked")
}

func TestMenu_ByKeys(t *testing.T) {
	g := at(t, auth.Service)
	g.tap("top.me")
	g.golden("frame-menu")
	g.press("Enter")
	require.Equal(t, "lock", g.s.Page())
}

func TestOwnPIN_Changes(t *testing.T) {
	g := at(t, auth.Service)
	g.s.Pick("pin")
	for _, text := range []string{apptest.PIN(auth.Service), "7391", "7391"} {
		g.typed(text)
		if text != "7391" || kit.Find("own_pin.again").(*kit.Entry).Text == "" {
			g.s.Window().Canvas().FocusNext()
		}
	}
	g.tap("own_pin.ok")
	require.Equal(t, "PIN 码已修改", g.text("status.last"))
	_, err := g.f.Users.SignIn(context.Background(), g.f.Person(auth.Service).Name, "7391")
	require.NoError(t, err)
}

func TestDrop_OpensTheInboxWithTheFiles(t *testing.T) {
	g := at(t, auth.Service)
	g.s.Drop([]fyne.URI{storage.NewFileURI("/a/订单.csv"), storage.NewFileURI("/b.xlsx")})
	require.Equal(t, "inbox", g.s.Screen())
	require.Equal(t, shell.Files{"/a/订单.csv", "/b.xlsx"}, g.screen["inbox"].opened)
}

func TestImport_FilesOfTheCommandLine_OpenAfterTheFirstSignIn(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small, func(_ *ground, o *shell.Options) { o.Import = shell.Files{"/a.csv"} })
	g.signIn(auth.Service)
	require.Equal(t, "inbox", g.s.Screen())
	require.Equal(t, shell.Files{"/a.csv"}, g.screen["inbox"].opened)
	g.press("Ctrl+L")
	g.tap("lock.other")
	g.signIn(auth.Finance)
	require.Equal(t, "goods", g.s.Screen(), "once only")
}

func TestUnfinished_OfferedAtTheStart(t *testing.T) {
	f := apptest.New(t)
	shop := f.Shop("jd")
	f.Do(func(u *core.Unit) error {
		u.Audit("import", "", "audit.demo", nil, nil, "step", "x", "n", 1)
		return u.Imports().Insert(&domain.Import{
			ID: ids.ImportID(u.IDs.NewID()), File: "/files/双十一.csv", SHA256: "aa", Kind: "orders", Layout: "jd", Channel: "jd",
			Shop: shop, State: domain.ImportRunning, At: u.Now, By: "沈小雨", New: 40,
		})
	})
	g := window(t, f, kittest.Small)
	g.signIn(auth.Service)
	require.True(t, g.seen("unfinished.ok"))
	g.golden("unfinished")
	g.press("Enter")
	require.Equal(t, shell.Files{"/files/双十一.csv"}, g.screen["inbox"].opened)
}

func TestHelp_ShowsTheKeys(t *testing.T) {
	g := at(t, auth.Supervisor)
	g.press("F1")
	g.golden("keys")
	g.press("Esc")
	require.False(t, g.seen("keys.ok"))
}

func TestQuit_SavesAndClosesTheData(t *testing.T) {
	g := at(t, auth.Service)
	g.screen["goods"].env.Memory.Set("col", "90")
	g.s.AskClose()
	require.Equal(t, 1, g.ended)
	me, err := g.f.Users.Me(g.f.As(auth.Service))
	require.NoError(t, err)
	require.Contains(t, me.Prefs, `"col":"90"`)
}

func TestNoScreens_SaysWhomToAsk(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small, func(_ *ground, o *shell.Options) { o.Screens = []shell.Entry{} })
	g.signIn(auth.Service)
	g.golden("frame-nothing")
	require.Equal(t, "", g.s.Screen())
}

func TestRegistry_EveryScreenOpensForTheSupervisor(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small, func(_ *ground, o *shell.Options) { o.Screens = nil })
	g.signIn(auth.Supervisor)
	for _, e := range shell.Registry {
		g.s.Open(e.ID)
		require.Equal(t, e.ID, g.s.Screen())
		require.NotContains(t, g.text("top.title"), "⟦")
	}
}
