package kit_test

import (
	"math/rand"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// TestList_Monkey presses, clicks, drags and scrolls at random while the data
// changes underneath: nothing panics, the cursor is a row, ticks are never more
// than rows, and the picture can always be drawn.
func TestList_Monkey(t *testing.T) {
	keys := []kit.Chord{
		"Up", "Down", "PgUp", "PgDn", "Home", "End", "Space", "Shift+Down", "Shift+Up", "Shift+End", "Ctrl+A", "Ctrl+C", "Enter", "Esc",
		"F3", "F4", "F5", "F6", "F9", "F12", "Ctrl+E", "Left", "Right", "1", "A", "Back",
	}
	for seed := range int64(4) {
		t.Run(strconv.FormatInt(seed, 10), func(t *testing.T) {
			r := rand.New(rand.NewSource(seed))
			s := &shop{total: 700}
			env, list := newShopList(t, s, kittest.Light, kittest.Small)
			for range 400 {
				monkey(r, env, list, s, keys)
				row := list.Grid().CursorRow()
				require.True(t, row >= -1 && row < max(list.Total(), 1), "cursor %d of %d", row, list.Total())
				require.LessOrEqual(t, list.Grid().TickedCount(), max(list.Total(), 1000))
				first, end := list.Grid().InSight()
				require.True(t, first >= 0 && end <= list.Total())
			}
			require.NotNil(t, env.Window.Canvas().Capture())
		})
	}
}

func monkey(r *rand.Rand, env *kittest.Env, list *kit.List[order], s *shop, keys []kit.Chord) {
	size := env.Window.Canvas().Size()
	at := fyne.NewPos(r.Float32()*size.Width, r.Float32()*size.Height)
	switch r.Intn(12) {
	case 0:
		env.Click(at, 0)
	case 1:
		drag(list.Grid(), at.X, at.Y, r.Float32()*size.Width, r.Float32()*size.Height)
	case 2:
		list.Grid().Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(float32(r.Intn(3)-1)*20, float32(r.Intn(200)-100))})
	case 3:
		s.total = []int{0, 1, 3, 199, 200, 201, 1_000_000}[r.Intn(7)]
		list.Load()
	case 4:
		env.Timers.Advance(time.Duration(r.Intn(400)) * time.Millisecond)
	case 5:
		list.Choose([]string{"all", "late", "none"}[r.Intn(3)])
	case 6:
		env.Window.Resize(fyne.NewSize(600+r.Float32()*900, 300+r.Float32()*600))
	case 7:
		list.Grid().MouseMoved(mouse(at.X, at.Y))
	default:
		env.Press(keys[r.Intn(len(keys))])
	}
}
