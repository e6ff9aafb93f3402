package kittest_test

import (
	"image"
	"image/color"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func TestDiffer_SeesWhatAPersonSees(t *testing.T) {
	t.Parallel()
	a, b := image.NewRGBA(image.Rect(0, 0, 10, 10)), image.NewNRGBA(image.Rect(5, 5, 15, 15))
	for y := range 10 {
		for x := range 10 {
			a.Set(x, y, color.NRGBA{R: 120, G: 130, B: 140, A: 255})
			b.Set(5+x, 5+y, color.NRGBA{R: 121, G: 130, B: 140, A: 255})
		}
	}
	bad, _ := kittest.Differ(a, b)
	require.Zero(t, bad, "the last bit is no difference")

	b.Set(7, 8, color.NRGBA{R: 140, G: 130, B: 140, A: 255})
	bad, marks := kittest.Differ(a, b)
	require.Equal(t, 1, bad)
	require.Equal(t, color.RGBA{R: 255, A: 255}, marks.RGBAAt(2, 3))
}

func TestTimers_GoOffInOrder_AlsoThoseSetMeanwhile(t *testing.T) {
	t.Parallel()
	timers := &kittest.Timers{}
	var got []string
	timers.After(30*time.Millisecond, func() { got = append(got, "c") })
	timers.After(10*time.Millisecond, func() {
		got = append(got, "a")
		timers.After(10*time.Millisecond, func() { got = append(got, "b") })
	})
	stop := timers.After(15*time.Millisecond, func() { got = append(got, "never") })
	stop()

	timers.Advance(29 * time.Millisecond)
	require.Equal(t, []string{"a", "b"}, got)
	timers.Advance(time.Millisecond)
	require.Equal(t, []string{"a", "b", "c"}, got)
}

func TestQueue_RunsInAnyOrder(t *testing.T) {
	t.Parallel()
	q := &kittest.Queue{}
	var got []int
	for i := range 3 {
		q.Exec(func() { got = append(got, i) })
	}
	q.Run(1)
	q.Exec(func() { q.Exec(func() { got = append(got, 9) }) })
	q.RunAll()
	require.Equal(t, []int{1, 0, 2, 9}, got)
	require.Zero(t, q.Len())
}

func TestEnv_TypeAndPress_ReachTheFocusedPart(t *testing.T) {
	env := kittest.New(t, kittest.Dark)
	e := kit.NewEntry(env.Env, "")
	env.Show(e, kittest.Small)
	env.Focus(e)
	env.Type("abc")
	env.Press("Home", "Del")
	require.Equal(t, "bc", e.Text)
}
