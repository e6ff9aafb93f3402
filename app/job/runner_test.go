package job_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"regexp"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/job"
)

// gate is work that says when it began and ends when it is let go.
type gate struct {
	began chan string
	free  chan struct{}
}

func newGate() *gate { return &gate{began: make(chan string, 100), free: make(chan struct{})} }

func (g *gate) spec(kind string) job.Spec {
	return job.Spec{Kind: kind, Title: "job.copying", Action: auth.ImportOrders, Run: func(ctx context.Context, report job.Report) (any, error) {
		report.Say(1, 4, "")
		g.began <- kind
		select {
		case <-g.free:
			return kind + " done", nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
}

func start(t *testing.T, f *apptest.Fixture, role auth.Role, spec job.Spec) job.ID {
	t.Helper()
	id, err := f.Jobs.Start(f.As(role), spec)
	require.NoError(t, err)
	return id
}

func wait(t *testing.T, f *apptest.Fixture, id job.ID) job.Status {
	t.Helper()
	s, err := f.Jobs.Wait(t.Context(), id)
	require.NoError(t, err)
	return s
}

func TestRunner_TwoAtOnceOneOfAKind(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	g := newGate()
	a1 := start(t, f, auth.Service, g.spec("a"))
	a2 := start(t, f, auth.Service, g.spec("a"))
	b := start(t, f, auth.Finance, g.spec("b"))
	c := start(t, f, auth.Finance, g.spec("c"))
	require.ElementsMatch(t, []string{"a", "b"}, []string{<-g.began, <-g.began})
	state := func(id job.ID) job.State { s, _ := f.Jobs.Get(id); return s.State }
	require.Equal(t, []job.State{job.Running, job.Queued, job.Running, job.Queued}, []job.State{state(a1), state(a2), state(b), state(c)})
	require.True(t, f.Jobs.Busy())

	close(g.free)

	for _, id := range []job.ID{a1, a2, b, c} {
		s := wait(t, f, id)
		require.Equal(t, job.Done, s.State)
		require.Equal(t, s.Kind+" done", s.Result)
		require.Equal(t, job.Progress{Done: 1, Total: 4}, s.Progress)
	}
	require.False(t, f.Jobs.Busy())
	list := f.Jobs.List()
	require.Equal(t, c, list[0].ID)
	require.Equal(t, f.Person(auth.Service).Name, list[3].By)
}

func TestRunner_QueueOfTwenty_ThenRefused(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	g := newGate()
	for range 21 {
		start(t, f, auth.Service, g.spec("a"))
	}
	_, err := f.Jobs.Start(f.As(auth.Service), g.spec("a"))
	require.Equal(t, "fault.job.queue_full", fault.Key(err))
	require.True(t, fault.Is(err, fault.Limit))
}

func TestRunner_Cancel_WaitingAndRunning(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	g := newGate()
	running := start(t, f, auth.Service, g.spec("a"))
	waiting := start(t, f, auth.Service, g.spec("a"))
	<-g.began

	err := f.Jobs.Cancel(f.As(auth.Finance), running)
	require.Equal(t, "fault.job.not_yours", fault.Key(err))
	require.NoError(t, f.Jobs.Cancel(f.As(auth.Service), waiting))
	require.Equal(t, job.Cancelled, wait(t, f, waiting).State)
	require.NoError(t, f.Jobs.Cancel(f.As(auth.Supervisor), running))
	s := wait(t, f, running)
	require.Equal(t, job.Cancelled, s.State)
	require.Equal(t, fault.Cancelled, s.Fault.Code)
	require.NoError(t, f.Jobs.Cancel(f.As(auth.Service), running), "an ended job stays as it is")
	require.Equal(t, job.Cancelled, wait(t, f, running).State)
	require.Empty(t, g.began, "the waiting one never began")

	require.True(t, fault.Is(f.Jobs.Cancel(f.As(auth.Service), 99), fault.NotFound))
	_, err = f.Jobs.Wait(t.Context(), 99)
	require.True(t, fault.Is(err, fault.NotFound))
}

func TestRunner_Panic_FailsWithIncidentAndGoesOn(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	var text bytes.Buffer
	runner := job.NewRunner(f.Engine, slog.New(slog.NewJSONHandler(&text, nil)))
	run := func(work func() error) job.Status {
		id, err := runner.Start(f.As(auth.Service), job.Spec{Kind: "x", Action: auth.ImportOrders, Run: func(context.Context, job.Report) (any, error) { return nil, work() }})
		require.NoError(t, err)
		s, err := runner.Wait(t.Context(), id)
		require.NoError(t, err)
		return s
	}

	panicked := run(func() error { panic("boom") })
	broken := run(func() error { return errors.New("plain") })
	refused := run(func() error { return fault.New(fault.Conflict, "fault.conflict") })
	fine := run(func() error { return nil })
	runner.Close()

	require.Equal(t, job.Failed, panicked.State)
	require.Equal(t, fault.Internal, panicked.Fault.Code)
	require.Regexp(t, regexp.MustCompile(`^[A-Z]{8}$`), panicked.Fault.Args["incident"])
	require.Contains(t, text.String(), panicked.Fault.Args["incident"])
	require.Contains(t, text.String(), "runner_test.go", "the log says where")
	require.NotEqual(t, panicked.Fault.Args["incident"], broken.Fault.Args["incident"])
	require.Equal(t, "fault.conflict", refused.Fault.Key)
	require.Equal(t, job.Done, fine.State)
}

func TestRunner_Announces_EveryStateAndWholePercents(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	var mu sync.Mutex
	heard := 0
	f.Engine.Bus().Subscribe(func(changes []core.Change) {
		mu.Lock()
		defer mu.Unlock()
		for _, c := range changes {
			if c.Topic == core.TopicJobs && c.IDs[0] == "1" {
				heard++
			}
		}
	})

	id := start(t, f, auth.Service, job.Spec{Kind: "x", Action: auth.ImportOrders, Run: func(_ context.Context, report job.Report) (any, error) {
		for i := range 100_000 {
			report.Say(i, 100_000, "job.copying")
		}
		return nil, nil
	}})
	wait(t, f, id)
	f.Jobs.Close() // the last announcement comes after the state

	mu.Lock()
	defer mu.Unlock()
	require.Equal(t, 3+100, heard, "queued, running, ended, and each percent once")
}

func TestRunner_Start_DeniedAndAudited(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	g := newGate()
	_, err := f.Jobs.Start(f.As(auth.Warehouse), g.spec("a"))
	require.True(t, fault.Is(err, fault.Denied))
	require.Len(t, f.Audit("audit.denied"), 1)
	require.Empty(t, f.Jobs.List())
}

func TestRunner_StartedByAClosedScreen_GoesOn(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	g := newGate()
	ctx, leave := context.WithCancel(f.As(auth.Service))
	id, err := f.Jobs.Start(ctx, g.spec("a"))
	require.NoError(t, err)
	<-g.began

	leave()
	close(g.free)

	require.Equal(t, job.Done, wait(t, f, id).State)
	gone, stop := context.WithCancel(t.Context())
	stop()
	other := newGate()
	slow := start(t, f, auth.Service, other.spec("b"))
	_, err = f.Jobs.Wait(gone, slow)
	require.True(t, fault.Is(err, fault.Cancelled), "who waits may give up; the job goes on")
}

func TestRunner_Close_StopsAllAndRefusesMore(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	g := newGate()
	running := start(t, f, auth.Service, g.spec("a"))
	waiting := start(t, f, auth.Service, g.spec("a"))
	<-g.began

	f.Jobs.Close()

	for _, id := range []job.ID{running, waiting} {
		s, ok := f.Jobs.Get(id)
		require.True(t, ok)
		require.Equal(t, job.Cancelled, s.State)
		require.True(t, s.State.Ended())
	}
	_, err := f.Jobs.Start(f.As(auth.Service), g.spec("b"))
	require.Equal(t, "fault.job.closed", fault.Key(err))
}

func TestRunner_RemembersFiftyEnded(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	spec := job.Spec{Kind: "x", Action: auth.ImportOrders, Run: func(context.Context, job.Report) (any, error) { return nil, nil }}
	for range 60 {
		wait(t, f, start(t, f, auth.Service, spec))
	}
	start(t, f, auth.Service, newGate().spec("y"))
	require.Len(t, f.Jobs.List(), 51)
	_, ok := f.Jobs.Get(1)
	require.False(t, ok)
}
