package inbox

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The language may have been changed since: the screen that imported is closed
// then, and its undo still works.
func TestUndo_AfterTheScreenWasClosed(t *testing.T) {
	f := shop(t)
	d := service(t, f)
	d.drop(d.sample("抖店.csv", "douyin_orders", batch(100_000_000_000_001, 4)))
	d.keys("F9")
	note := d.Notes[len(d.Notes)-1]
	d.s.Close()
	taken := false
	note.Undo(func(done bool) { taken = done })
	d.keys("Enter")
	require.True(t, taken)
	require.Zero(t, d.orders())
	f.CheckClean()
}
