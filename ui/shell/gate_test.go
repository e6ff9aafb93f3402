package shell_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/shell"
)

func TestSignIn_ByKeys_OpensTheFirstScreenOfTheRole(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small)
	require.Equal(t, "signin", g.s.Page())

	g.press("Down", "Down", "Enter")
	g.pin(apptest.PIN(auth.Warehouse))

	require.Equal(t, "work", g.s.Page())
	require.True(t, g.seen("rail.shipping"))
	require.False(t, g.seen("rail.settings"), "staff is for the supervisor")
	require.False(t, g.seen("rail.finance"))
	require.Len(t, g.f.Audit("audit.signed_in"), 1)
}

func TestSignIn_ByMouse(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small)
	g.tap("signin.face.2")
	for _, d := range apptest.PIN(auth.Service) {
		g.tap("signin.pad." + string(d))
	}
	g.tap("signin.enter")
	require.Equal(t, "work", g.s.Page())
}

func TestSignIn_DigitsPickANameOnlyWhileNoneIsChosen(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small)
	g.press("3", "8", "1", "6")
	g.press("Back", "Back", "Back", "Esc", "2")
	g.pin(apptest.PIN(auth.Service))
	require.Equal(t, "work", g.s.Page())
	require.Len(t, g.f.Audit("audit.signed_in"), 1)
	require.Equal(t, g.f.Person(auth.Service).Name, g.f.Audit("audit.signed_in")[0].Args["name"])
}

func TestSignIn_WrongPIN_SaysSoAndBeginsAnew(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small)
	g.press("2")
	g.pin("0001")

	require.Equal(t, "signin", g.s.Page())
	require.Equal(t, "姓名或 PIN 码不对，请重新输入。", g.text("signin.say"))
	g.golden("signin-wrong")
	g.pin(apptest.PIN(auth.Service))
	require.Equal(t, "work", g.s.Page())
}

func TestSignIn_FiveWrong_CountsDownAndTakesNoPINMeanwhile(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small)
	g.press("2")
	for range 5 {
		g.pin("0001")
	}
	require.Equal(t, "输错次数太多，还要等 0:30", g.text("signin.say"))
	g.later(9 * time.Second)
	require.Equal(t, "输错次数太多，还要等 0:21", g.text("signin.say"))
	g.golden("signin-wait")
	g.pin(apptest.PIN(auth.Service))
	require.Equal(t, "signin", g.s.Page())

	g.later(21 * time.Second)
	require.Equal(t, "输入 4 位或更长的 PIN 码，按 Enter · Esc 换人", g.text("signin.say"))
	g.pin(apptest.PIN(auth.Service))
	require.Equal(t, "work", g.s.Page())
}

func TestSignIn_WaitSurvivesARestart(t *testing.T) {
	f := apptest.New(t)
	for range 5 {
		_, err := f.Users.SignIn(context.Background(), f.Person(auth.Service).Name, "0001")
		require.Error(t, err)
	}
	g := window(t, f, kittest.Small)
	g.press("2")
	require.Equal(t, "输错次数太多，还要等 0:30", g.text("signin.say"))
}

func TestSignIn_LanguageAndLook_SwitchAtOnce(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small)
	g.tap("switch.en")
	require.Equal(t, "Sign in", g.text("signin.enter"))
	g.tap("switch.dark")
	g.golden("signin-switched")
	g.signIn(auth.Service)
	require.Equal(t, "Listing", g.text("top.title"), "the screens speak it too")
}

func TestFirstStart_MakesTheShop(t *testing.T) {
	g := window(t, apptest.Empty(t), kittest.Small)
	require.Equal(t, "first", g.s.Page())
	for _, text := range []string{"长青百货", "赵明远", "860426", "860426"} {
		g.typed(text)
		g.press("Enter")
	}

	require.Equal(t, "work", g.s.Page())
	require.True(t, g.seen("rail.settings"))
	set := apptest.Look(g.f, func(r core.Reads) (map[string]string, error) { return r.Settings().All() })
	require.Equal(t, "长青百货", set["shop.name"])
	require.Equal(t, "CNY", set["shop.currency"])
	_, err := g.f.Users.SignIn(context.Background(), "赵明远", "860426")
	require.NoError(t, err)
}

func TestFirstStart_PINsDiffer_SaysSoUnderTheField(t *testing.T) {
	g := window(t, apptest.Empty(t), kittest.Small)
	for _, text := range []string{"长青百货", "赵明远", "860426", "860427"} {
		g.typed(text)
		g.press("Enter")
	}
	require.Equal(t, "first", g.s.Page())
	g.golden("first-pins-differ")
	w, err := g.f.Users.Welcome(context.Background())
	require.NoError(t, err)
	require.True(t, w.Empty)
}

func TestFirstStart_OtherLanguage_KeepsWhatWasTyped(t *testing.T) {
	g := window(t, apptest.Empty(t), kittest.Small)
	g.typed("长青百货")
	g.tap("switch.en")
	require.Equal(t, "Begin", g.text("first.begin"))
	require.Equal(t, "长青百货", kit.Find("first.shop").(*kit.Entry).Text)
}

// TestExample_OpensItsOwnFile fills a second, empty shop; the own one stays empty.
func TestExample_OpensItsOwnFile(t *testing.T) {
	g := window(t, apptest.Empty(t), kittest.Small)
	place := filepath.Join(g.f.Folder, "example.zhanggui")
	other := apptest.Empty(t)
	g.more[place] = other

	g.press("F2")

	require.Equal(t, "signin", g.s.Page())
	require.Equal(t, place, g.opened[len(g.opened)-1].Place)
	require.Equal(t, 1, g.ended, "the own data is closed")
	w, err := g.f.Users.Welcome(context.Background())
	require.NoError(t, err)
	require.True(t, w.Empty, "the own shop is untouched")
	require.Equal(t, "PIN 5120", g.text("signin.pin_of.2"))
	g.golden("signin-example")

	g.tap("signin.own")
	require.Equal(t, "first", g.s.Page())
	require.Equal(t, g.f.DSN, g.opened[len(g.opened)-1].Place)
}

func TestExample_Stopped_LeavesNothing(t *testing.T) {
	var discarded []string
	g := window(t, apptest.Empty(t), kittest.Small, func(g *ground, o *shell.Options) {
		o.Discard = func(place string) error { discarded = append(discarded, place); return nil }
		o.Hash = func(pin string) (string, error) {
			g.tap("example.stop")
			return auth.Cheap().Hash(pin)
		}
	})
	place := filepath.Join(g.f.Folder, "example.zhanggui")
	g.more[place] = apptest.Empty(t)

	g.press("F2")

	require.Equal(t, []string{place}, discarded)
	require.Equal(t, "first", g.s.Page())
	require.Equal(t, g.f.DSN, g.opened[0].Place)
}

func TestExample_ThereAlready_IsOnlyOpened(t *testing.T) {
	g := window(t, apptest.Empty(t), kittest.Small)
	g.more[filepath.Join(g.f.Folder, "example.zhanggui")] = exampleFixture(t)
	g.press("F2")
	require.Equal(t, "PIN 860426", g.text("signin.pin_of.1"))
}

func TestSignIn_OrdinaryShop_ShowsNoPINs(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small)
	require.False(t, g.seen("signin.pin_of.1"))
	require.False(t, g.seen("signin.own"))
}

func TestTrouble_EveryWayOut(t *testing.T) {
	for key, want := range map[string][]string{
		"fault.store.damaged":      {"restore", "read_only", "file"},
		"fault.store.newer":        {"file"},
		"fault.store.read_only":    {"read_only", "again", "file"},
		"fault.store.network":      {"file"},
		"fault.store.offline":      {"again", "file"},
		"fault.store.not_database": {"restore", "file"},
	} {
		t.Run(key, func(t *testing.T) {
			f := apptest.New(t)
			g := window(t, f, kittest.Small, failing(fault.New(fault.Unavailable, key, "file", f.DSN, "place", "db", "have", 9, "know", 3, "kind", "nfs", "at", "2026-04-22", "backup", "b.zhanggui")))
			require.Equal(t, "trouble", g.s.Page())
			for _, id := range []string{"again", "read_only", "restore", "file"} {
				wanted := false
				for _, w := range want {
					wanted = wanted || w == id
				}
				require.Equal(t, wanted, g.seen("trouble."+id), id)
			}
			require.True(t, g.seen("trouble.quit"))
			require.NotContains(t, g.text("trouble.text"), "⟦")
		})
	}
}

func failing(err error) change {
	return func(g *ground, o *shell.Options) {
		g.fails[o.Data] = err
		o.Restore = func(context.Context, string, string, auth.Actor, job.Report) (string, error) { return "", nil }
	}
}

func TestTrouble_Again_OpensWhenItCan(t *testing.T) {
	f := apptest.New(t)
	place := filepath.FromSlash("/shops/shop.zhanggui")
	g := window(t, f, kittest.Small, func(_ *ground, o *shell.Options) { o.Data = place },
		failing(fault.New(fault.Unavailable, "fault.store.damaged", "file", place, "at", "2026-04-22 03:00", "backup", "shop-20260422.zhanggui")))
	g.golden("trouble")
	g.fails[place] = fault.New(fault.Unavailable, "fault.store.offline", "place", "db")
	g.tap("trouble.read_only")
	require.Equal(t, "trouble", g.s.Page())
	delete(g.fails, place)
	g.press("Enter")
	require.Equal(t, "signin", g.s.Page())
}

func TestTrouble_ReadOnly_SaysSo(t *testing.T) {
	f := apptest.New(t)
	g := window(t, f, kittest.Small, failing(fault.New(fault.Unavailable, "fault.store.read_only", "file", f.DSN)))
	delete(g.fails, f.DSN)
	g.press("Enter")
	require.Equal(t, shell.Data{Place: f.DSN, ReadOnly: true}, g.opened[len(g.opened)-1])
	g.signIn(auth.Service)
	require.Contains(t, g.text("status.place"), "只读")
}

func TestTrouble_OtherFile_AndRestore(t *testing.T) {
	f, other := apptest.New(t), apptest.New(t)
	var restored []string
	g := window(t, f, kittest.Small, failing(fault.New(fault.Unavailable, "fault.store.damaged", "file", f.DSN, "at", "x", "backup", "y")), func(g *ground, o *shell.Options) {
		g.more[other.DSN] = other
		o.Restore = func(_ context.Context, place, backup string, by auth.Actor, _ job.Report) (string, error) {
			require.True(t, by.ID.Zero(), "nobody is signed in here")
			if len(restored) == 0 {
				restored = append(restored, place, backup)
				return "", fault.New(fault.Unavailable, "fault.store.backup_bad", "file", backup)
			}
			delete(g.fails, place)
			return "", nil
		}
	})
	g.picker.Paths = []string{"b.zhanggui"}
	g.tap("trouble.restore")
	g.press("Enter")
	require.Equal(t, []string{f.DSN, "b.zhanggui"}, restored)
	require.Equal(t, "trouble", g.s.Page())
	require.Contains(t, g.text("trouble.text"), "b.zhanggui")

	g.fails[f.DSN] = fault.New(fault.Unavailable, "fault.store.damaged", "file", f.DSN, "at", "x", "backup", "y")
	g.tap("trouble.again")
	g.tap("trouble.restore")
	g.press("Enter")
	require.Equal(t, "signin", g.s.Page(), "the second backup was good")

	g.picker.Paths = []string{other.DSN}
	g2 := window(t, f, kittest.Small, failing(fault.New(fault.Unavailable, "fault.store.newer", "file", f.DSN, "have", 9, "know", 3)), func(g *ground, _ *shell.Options) {
		g.more[other.DSN] = other
	})
	g2.picker.Paths = []string{other.DSN}
	g2.tap("trouble.file")
	require.Equal(t, "signin", g2.s.Page())
	require.Equal(t, other.DSN, g2.opened[len(g2.opened)-1].Place)
}

func TestTrouble_FileOfLastTimeIsGone_IsNoFirstStart(t *testing.T) {
	f := apptest.Empty(t)
	gone := fault.New(fault.Unavailable, "fault.store.missing", "file", f.DSN)
	g := window(t, f, kittest.Small, func(g *ground, o *shell.Options) {
		g.fy.Preferences().SetString("data", f.DSN)
		o.Data = ""
		g.fails[f.DSN] = gone
	})
	require.Equal(t, shell.Data{Place: f.DSN, Known: true}, g.opened[0])
	require.Equal(t, "trouble", g.s.Page())
	delete(g.fails, f.DSN)
	g.tap("trouble.new")
	require.Equal(t, shell.Data{Place: f.DSN}, g.opened[1])
	require.Equal(t, "first", g.s.Page())
}

func TestData_FileIsRememberedAServersAddressIsNot(t *testing.T) {
	f := apptest.New(t)
	g := window(t, f, kittest.Small)
	require.Equal(t, f.DSN, g.fy.Preferences().String("data"))
	g = window(t, f, kittest.Small, func(_ *ground, o *shell.Options) { o.Data = "postgres://shop:secret@host/shop" })
	require.Empty(t, g.fy.Preferences().String("data"))
}

func TestTrouble_PlainError_HasAnIncidentAndNoDetails(t *testing.T) {
	f := apptest.New(t)
	g := window(t, f, kittest.Small, failing(errors.New("secret detail")))
	require.Equal(t, "trouble", g.s.Page())
	require.NotContains(t, g.text("trouble.text"), "secret detail")
}

func TestCrash_IsSaidOnce(t *testing.T) {
	g := window(t, apptest.New(t), kittest.Small, func(_ *ground, o *shell.Options) { o.Crash = "/logs/crash-last.txt" })
	require.True(t, g.seen("crash.ok"))
	g.golden("crash")
	g.press("Enter")
	g.signIn(auth.Service)
	g.press("Ctrl+L")
	g.tap("lock.other")
	require.False(t, g.seen("crash.ok"))
}
