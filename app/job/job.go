package job

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/when"
)

// Limits of the runner: two jobs keep a two-core desk usable, one of a kind
// keeps two imports from racing, and twenty waiting are more than a person
// queues on purpose.
const (
	atOnce     = 2
	queueLimit = 20
	keepEnded  = 50 // ended jobs that are remembered
)

// ID numbers the jobs of one run of the program, from 1.
type ID int64

// State is where a job is.
type State string

// The states of a job.
const (
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Ended tells that nothing more will happen to the job.
func (s State) Ended() bool { return s == Done || s == Failed || s == Cancelled }

// Spec is work to be run in the background.
type Spec struct {
	Kind   string            // jobs of one kind run one after the other
	Title  string            // translation key
	Args   map[string]string // arguments of the title
	Action auth.Action       // the right it needs; checked at Start, and by every use case it calls
	// Run does the work in chunks and returns between two of them when ctx is
	// cancelled. What it returns is the job's result.
	Run func(ctx context.Context, report Report) (any, error)
}

// Status is a job as it stands.
type Status struct {
	ID       ID
	Kind     string
	Title    string
	Args     map[string]string
	By       string // name of who started it
	State    State
	Progress Progress
	Result   any          // of a done job
	Fault    *fault.Error // why it failed or where it was stopped
	QueuedAt when.Millis
	StartAt  when.Millis
	EndAt    when.Millis
}

// job is one job of the runner; all fields but spec, ctx, cancel and ended are
// guarded by the runner's mutex.
type job struct {
	Status
	spec   Spec
	ctx    context.Context
	cancel context.CancelFunc
	ended  chan struct{} // closed when the state has Ended
}
