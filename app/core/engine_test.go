package core_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
)

// note is the smallest command: it writes a setting.
type note struct {
	action auth.Action
	bad    bool
}

func (n note) Action() auth.Action { return n.action }

func (n note) Validate() error {
	if n.bad {
		return fault.New(fault.Invalid, "fault.required").Field("text", "fault.required")
	}
	return nil
}

func write(key string) func(u *core.Unit) (bool, error) {
	return func(u *core.Unit) (bool, error) {
		u.Audit("setting", key, "audit.setting", nil, map[string]string{key: "1"})
		u.Changed(core.TopicSettings, key)
		return true, u.Settings().Set(key, "1")
	}
}

func stored(f *apptest.Fixture, key string) string {
	return apptest.Look(f, func(r core.Reads) (map[string]string, error) { return r.Settings().All() })[key]
}

func TestDo_Commits_AuditsAndAnnounces(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		var heard []core.Change
		stop := f.Engine.Bus().Subscribe(func(c []core.Change) { heard = append(heard, c...) })
		defer stop()

		_, err := core.Do(f.As(auth.Supervisor), f.Engine, note{action: auth.SettingsEdit}, write("x.y"))

		require.NoError(t, err)
		require.Equal(t, "1", stored(f, "x.y"))
		require.Equal(t, []core.Change{{Topic: core.TopicSettings, IDs: []string{"x.y"}}}, heard)
		lines := f.Audit("audit.setting")
		require.Equal(t, f.Person(auth.Supervisor).Name, lines[len(lines)-1].Actor)
		require.Equal(t, apptest.Start, lines[len(lines)-1].At)
	})
}

func TestDo_WithoutAuditLine_NothingIsWritten(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)

	_, err := core.Do(f.As(auth.Supervisor), f.Engine, note{action: auth.SettingsEdit}, func(u *core.Unit) (bool, error) {
		return true, u.Settings().Set("x.y", "1")
	})

	require.Equal(t, "fault.core.no_audit", fault.Key(err))
	require.Empty(t, stored(f, "x.y"))
}

func TestDo_FailsHalfWay_NothingIsWrittenOrAnnounced(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	heard := 0
	f.Engine.Bus().Subscribe(func([]core.Change) { heard++ })
	broken := errors.New("broken")

	_, err := core.Do(f.As(auth.Supervisor), f.Engine, note{action: auth.SettingsEdit}, func(u *core.Unit) (bool, error) {
		if _, err := write("x.y")(u); err != nil {
			return false, err
		}
		return false, broken
	})

	require.ErrorIs(t, err, broken)
	require.Empty(t, stored(f, "x.y"))
	require.Zero(t, heard)
}

func TestDo_Refusals_InOrder(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	ran := false
	run := func(ctx context.Context, cmd note) error {
		_, err := core.Do(ctx, f.Engine, cmd, func(*core.Unit) (bool, error) { ran = true; return true, nil })
		return err
	}

	require.Equal(t, "fault.auth.signed_out", fault.Key(run(context.Background(), note{action: auth.SettingsEdit})))
	require.True(t, fault.Is(run(f.As(auth.Warehouse), note{action: auth.SettingsEdit, bad: true}), fault.Denied))
	require.True(t, fault.Is(run(f.As(auth.Supervisor), note{action: auth.SettingsEdit, bad: true}), fault.Invalid))

	require.False(t, ran)
	require.Len(t, f.Audit("audit.denied"), 2)
}

func TestDo_ManyAtOnce_NoneLost(t *testing.T) {
	t.Parallel()
	apptest.Both(t, func(t *testing.T, f *apptest.Fixture) {
		const writers = 8
		var wait sync.WaitGroup
		failed := make(chan error, writers)
		for range writers {
			wait.Go(func() {
				_, err := core.Do(f.As(auth.Supervisor), f.Engine, note{action: auth.SettingsEdit}, func(u *core.Unit) (bool, error) {
					all, err := u.Settings().All()
					if err != nil {
						return false, err
					}
					u.Audit("setting", "n", "audit.setting", nil, nil)
					return true, u.Settings().Set("n", all["n"]+"x")
				})
				failed <- err
			})
		}
		wait.Wait()
		close(failed)
		for err := range failed {
			require.NoError(t, err)
		}
		require.Equal(t, "xxxxxxxx", stored(f, "n"))
	})
}

func TestRead_DeniedIsAudited(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)

	_, err := core.Read(f.As(auth.Promotion), f.Engine, auth.AuditView, func(core.Reads) (bool, error) { return true, nil })

	require.True(t, fault.Is(err, fault.Denied))
	require.Len(t, f.Audit("audit.denied"), 1)
}

func TestBus_StopEndsIt(t *testing.T) {
	t.Parallel()
	bus := core.NewBus()
	heard := 0
	stop := bus.Subscribe(func([]core.Change) { heard++ })

	bus.Publish([]core.Change{{Topic: core.TopicJobs}})
	bus.Publish(nil)
	stop()
	bus.Publish([]core.Change{{Topic: core.TopicJobs}})

	require.Equal(t, 1, heard)
}

func TestPage_Clamp(t *testing.T) {
	t.Parallel()
	require.Equal(t, core.Page{Limit: 200}, core.Page{Offset: -4}.Clamp())
	require.Equal(t, core.Page{Limit: core.PageLimit}, core.Page{Limit: 10_000}.Clamp())
}

func TestNewEngine_MissingPart_Panics(t *testing.T) {
	t.Parallel()
	require.Panics(t, func() { core.NewEngine(core.Deps{}) })
}
