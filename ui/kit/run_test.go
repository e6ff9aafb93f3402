package kit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/job"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// queued is an Env whose work waits for the test.
func queued(t *testing.T) (*kittest.Env, *kittest.Queue) {
	env := kittest.New(t, kittest.Light)
	q := &kittest.Queue{}
	env.Exec = q.Exec
	return env, q
}

func answer(v string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return v, nil }
}

func TestRun_LaterRun_DropsEarlier(t *testing.T) {
	env, q := queued(t)
	owner := kit.NewOwner()
	var got []string
	var first context.Context
	kit.Run(env.Env, owner, func(ctx context.Context) (string, error) { first = ctx; return "old", nil }, func(s string) { got = append(got, s) })
	kit.Run(env.Env, owner, answer("new"), func(s string) { got = append(got, s) })

	q.Run(1)
	q.Run(0)

	require.Equal(t, []string{"new"}, got)
	require.Error(t, first.Err(), "the earlier read was cancelled")
}

func TestRun_ClosedOwner_DropsResult(t *testing.T) {
	env, q := queued(t)
	owner := kit.NewOwner()
	var ctx context.Context
	kit.Run(env.Env, owner.Lane("a"), func(c context.Context) (string, error) { ctx = c; return "", errors.New("late") }, func(string) { t.Error("called") })

	owner.Close()
	q.RunAll()
	kit.Run(env.Env, owner, answer("x"), func(string) { t.Error("called") })

	require.Error(t, ctx.Err())
	require.True(t, owner.Closed() && owner.Lane("b").Closed())
	require.Zero(t, q.Len(), "a closed owner starts nothing")
	require.Empty(t, env.Notes)
}

func TestRun_CarriesTheActor(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Actor.Name = "林小满"
	var who auth.Actor
	kit.Run(env.Env, kit.NewOwner(), func(ctx context.Context) (int, error) { who, _ = auth.From(ctx); return 1, nil }, func(int) {})
	require.Equal(t, "林小满", who.Name)
}

func TestRun_Busy_After200msOnly(t *testing.T) {
	env, q := queued(t)
	owner := kit.NewOwner()
	var marks []bool
	owner.OnBusy(func(b bool) { marks = append(marks, b) })

	kit.Run(env.Env, owner, answer("quick"), func(string) {})
	env.Timers.Advance(199 * time.Millisecond)
	q.RunAll()
	env.Timers.Advance(time.Second)
	require.Empty(t, marks, "quick work does not flicker")

	kit.Run(env.Env, owner.Lane("rows"), answer("slow"), func(string) {})
	env.Timers.Advance(200 * time.Millisecond)
	require.True(t, owner.Busy(), "a lane makes its owner busy")
	q.RunAll()
	require.Equal(t, []bool{true, false}, marks)
}

func TestRun_Panic_BecomesInternalWithIncident(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	env.Show(kit.NewSurface(), kittest.Small)

	kit.Run(env.Env, kit.NewOwner(), func(context.Context) (int, error) { panic("boom") }, func(int) { t.Error("called") })

	require.Len(t, env.Logged, 1)
	require.Regexp(t, `^[A-Z]{8} .*boom`, env.Logged[0])
	require.NotNil(t, kit.Find("fail.ok"), "the box is open")
	env.Tap("fail.copy")
	require.Contains(t, fyne.CurrentApp().Clipboard().Content(), env.Logged[0][:8])
	env.Press("Esc")
	require.Nil(t, env.Window.Canvas().Overlays().Top())
}

func TestFail_ByLevel(t *testing.T) {
	tests := []struct {
		code  fault.Code
		level kit.FailLevel
		boxed bool
		noted bool
	}{
		{fault.Invalid, kit.FailHint, false, true},
		{fault.NotFound, kit.FailHint, false, true},
		{fault.Busy, kit.FailHint, false, true},
		{fault.Limit, kit.FailHint, false, true},
		{fault.Denied, kit.FailHint, false, true},
		{fault.Conflict, kit.FailConflict, true, false},
		{fault.Unavailable, kit.FailBlock, true, false},
		{fault.Internal, kit.FailBlock, true, false},
		{fault.Cancelled, kit.FailHint, false, false},
	}
	for _, tt := range tests {
		t.Run(string(tt.code), func(t *testing.T) {
			env := kittest.New(t, kittest.Light)
			env.Show(kit.NewSurface(), kittest.Small)
			err := fault.New(tt.code, "fault.busy")

			kit.Fail(env.Env, err)

			require.Equal(t, tt.level, kit.LevelOf(err))
			require.Equal(t, tt.boxed, env.Window.Canvas().Overlays().Top() != nil)
			require.Equal(t, tt.noted, len(env.Notes) == 1)
		})
	}
}

func TestAct_SecondPress_IsRefused(t *testing.T) {
	env, q := queued(t)
	owner := kit.NewOwner()
	done := 0
	first := kit.Act(env.Env, owner, answer("a"), func(string) { done++ })
	second := kit.Act(env.Env, owner, answer("b"), func(string) { done++ })
	require.True(t, first)
	require.False(t, second)
	require.True(t, owner.Acting())

	q.RunAll()

	require.Equal(t, 1, done)
	require.False(t, owner.Acting())
	require.True(t, kit.Act(env.Env, owner, answer("c"), func(string) { done++ }))
}

func TestAct_OwnerClosed_ErrorIsStillShown(t *testing.T) {
	env, q := queued(t)
	owner := kit.NewOwner()
	var during error
	kit.Act(env.Env, owner, func(ctx context.Context) (int, error) {
		during = ctx.Err()
		return 0, fault.New(fault.Busy, "fault.busy")
	}, func(int) { t.Error("called") })

	owner.Close()
	q.RunAll()

	require.NoError(t, during, "a command is not cancelled half way")
	require.Len(t, env.Notes, 1)
	require.Equal(t, kit.NoteBad, env.Notes[0].Level)
}

func TestOwner_OnFail_TakesTheErrorOver(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	owner := kit.NewOwner()
	var got error
	owner.OnFail(func(err error) bool { got = err; return true })

	kit.Run(env.Env, owner, func(context.Context) (int, error) { return 0, fault.New(fault.Busy, "fault.busy") }, func(int) {})

	require.True(t, fault.Is(got, fault.Busy))
	require.Empty(t, env.Notes)
}

// page is a screen that counts its loads.
type page struct{ loads int }

func (p *page) Build() fyne.CanvasObject { return kit.NewSurface() }
func (p *page) Load()                    { p.loads++ }
func (p *page) Topics() []core.Topic     { return []core.Topic{core.TopicOrders} }

func TestWatcher_GathersChanges_ReloadsWhenVisible(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	p := &page{}
	w := kit.Watch(env.Env, p)
	require.Equal(t, 0, p.loads)
	w.Show()
	require.Equal(t, 1, p.loads, "a new screen is stale")

	for range 5 {
		env.Bus.Publish([]core.Change{{Topic: core.TopicOrders}})
	}
	env.Bus.Publish([]core.Change{{Topic: core.TopicStock}})
	env.Timers.Advance(149 * time.Millisecond)
	require.Equal(t, 1, p.loads)
	env.Timers.Advance(time.Millisecond)
	require.Equal(t, 2, p.loads, "five changes, one reload")

	w.Hide()
	env.Bus.Publish([]core.Change{{Topic: core.TopicOrders}})
	env.Timers.Advance(time.Second)
	require.Equal(t, 2, p.loads)
	require.True(t, w.Stale())
	w.Show()
	require.Equal(t, 3, p.loads)

	w.Settle(2 * time.Second)
	env.Bus.Publish([]core.Change{{Topic: core.TopicOrders}})
	env.Timers.Advance(time.Second)
	require.Equal(t, 3, p.loads)
	w.Close()
	env.Timers.Advance(2 * time.Second)
	require.Equal(t, 3, p.loads, "closed meanwhile")
}

func TestIDs_FindTheNewestControl(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	kit.ID(kit.NewLabel("old"), "test.label")
	label := kit.ID(kit.NewLabel("new"), "test.label")
	env.Show(kit.Pad(10, 20, label), kittest.Small)

	at, size, ok := kit.FindRect("test.label")

	require.True(t, ok)
	require.Equal(t, fyne.NewPos(20, 10), at)
	require.Equal(t, label.Size(), size)
	require.Contains(t, kit.IDs(), "test.label")
	_, _, ok = kit.FindRect("test.label#part")
	require.False(t, ok, "a label has no parts")
	label.Hide()
	_, _, ok = kit.FindRect("test.label")
	require.False(t, ok, "hidden")
	require.Nil(t, kit.Find("test.unknown"))
}

func TestJobPanel_ShowsTheNewestProgress(t *testing.T) {
	env := kittest.New(t, kittest.Light)
	stopped := 0
	p := kit.NewJobPanel(env.Env, "job", "导入", func() { stopped++ })
	env.Show(kit.Pad(20, 20, p.Object()), kittest.Small)
	report := p.Report()

	report.Say(200, 1000, "common.loading")
	env.Tap("job.stop")
	env.Tap("job.stop")
	report(job.Progress{Done: 400, Total: 1000})

	require.Equal(t, 1, stopped, "stop is asked once")
	require.True(t, kit.Find("job.stop").(*kit.Button).Off())
}

func TestStoppable_StoppedBeforeItBegan_IsOverAtOnce(t *testing.T) {
	t.Parallel()
	stopped, stop := context.WithCancel(t.Context())
	ctx, done := kit.Stoppable(t.Context(), stopped)
	require.NoError(t, ctx.Err())
	stop()
	<-ctx.Done() // a stop meanwhile reaches the work
	done()
	late, done := kit.Stoppable(t.Context(), stopped)
	defer done()
	require.ErrorIs(t, late.Err(), context.Canceled)
	free, done := kit.Stoppable(t.Context(), t.Context())
	done()
	require.ErrorIs(t, free.Err(), context.Canceled, "ending it leaves nothing behind")
}
