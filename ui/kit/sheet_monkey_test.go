package kit_test

import (
	"math/rand"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"zhanggui/ui/kit"
)

// TestGridMode_Monkey types, pastes, drags, saves and leaves at random while
// another desk changes and removes wares: nothing panics, the wares of
// a product keep one title, and the picture can always be drawn.
func TestGridMode_Monkey(t *testing.T) {
	keys := []kit.Chord{
		"Up", "Down", "Left", "Right", "PgUp", "PgDn", "Home", "End", "Ctrl+Home", "Ctrl+End", "Shift+Down", "Shift+Right", "Shift+End",
		"Enter", "Shift+Enter", "Tab", "Shift+Tab", "F2", "Esc", "Del", "Back", "Ctrl+A", "Ctrl+C", "Ctrl+Shift+C", "Ctrl+V", "Ctrl+D",
		"Ctrl+Z", "Ctrl+Y", "F9", "Ctrl+S", "F5", "F3", "F6", "Space", "1", "A",
	}
	blocks := []string{"", "x", "1\t2\r\n3\t4\r\n", "\"a\nb\"\t9.99", "SP-001\t雨伞\t12.30\tA-1", "编码\t商品\r\nSP-002\t杯"}
	for seed := range int64(4) {
		t.Run(strconv.FormatInt(seed, 10), func(t *testing.T) {
			r := rand.New(rand.NewSource(seed))
			s := newShelf(30)
			env, list := gridMode(t, s)
			for range 500 {
				switch at := fyne.NewPos(r.Float32()*1280, r.Float32()*720); r.Intn(14) {
				case 0:
					env.Click(at, []fyne.KeyModifier{0, fyne.KeyModifierShift}[r.Intn(2)])
				case 1:
					drag(list.Grid(), at.X, at.Y, r.Float32()*1280, r.Float32()*720)
				case 2:
					list.Grid().Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(float32(r.Intn(3)-1)*20, float32(r.Intn(200)-100))})
				case 3:
					clip(blocks[r.Intn(len(blocks))])
				case 4:
					if env.Window.Canvas().Focused() != nil {
						env.Type([]string{"7", "雨", "12.5", " "}[r.Intn(4)])
					}
				case 5:
					s.wares[r.Intn(len(s.wares))].bin = "Z-" + strconv.Itoa(r.Intn(9))
					list.Load()
				case 6:
					if len(s.wares) > 3 {
						s.wares = s.wares[:len(s.wares)-1]
						list.Load()
					}
				case 7:
					env.Timers.Advance(time.Second)
				case 8:
					list.Grid().DoubleTapped(&fyne.PointEvent{Position: at})
				default:
					env.Press(keys[r.Intn(len(keys))])
				}
				for i, w := range s.wares {
					require.Equal(t, s.wares[i/2*2].title, w.title, "two of a product have one title")
				}
				row := list.Grid().CursorRow()
				require.True(t, row >= -1 && row < 30, "cursor %d", row)
			}
			require.NotNil(t, env.Window.Canvas().Capture())
		})
	}
}
