package reports_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhanggui/reports"
)

func TestSteps_UsualValues_EasyToRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ low, high, step, top float64 }{
		{0, 162000, 50000, 200000}, {0, 32100, 10000, 40000}, {0, 4.2, 1, 5}, {-8200, 14200, 5000, 15000}, {0, 420, 100, 500},
	} {
		steps, _ := reports.Steps(c.low, c.high)
		require.InDelta(t, c.step, steps[1]-steps[0], 1e-9, "%v", c)
		require.InDelta(t, c.top, steps[len(steps)-1], 1e-9, "%v", c)
	}
	zero, _ := reports.Steps(0, 0)
	require.Equal(t, []float64{0}, zero)
	rates := reports.PercentSteps(94.6, 99.97)
	require.Equal(t, 100.0, rates[len(rates)-1], "no rate above 100 %")
}

func TestSteps_AnyRange_FewCoveringEven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Float64Range(-1e14, 1e14).Draw(t, "a")
		b := rapid.Float64Range(-1e14, 1e14).Draw(t, "b")
		low, high := min(a, b), max(a, b)

		bars, lines := reports.Steps(low, high)

		for _, steps := range [][]float64{bars, lines} {
			require.NotEmpty(t, steps)
			require.LessOrEqual(t, len(steps), 6)
			for i := 2; i < len(steps); i++ {
				require.InEpsilon(t, steps[1]-steps[0], steps[i]-steps[i-1], 1e-3)
			}
		}
		if len(lines) > 1 {
			room := 1e-6 * max(math.Abs(low), math.Abs(high), 1)
			require.LessOrEqual(t, lines[0], low+room)
			require.GreaterOrEqual(t, lines[len(lines)-1], high-room)
		}
	})
}

func TestChange_Signs_Typographic(t *testing.T) {
	t.Parallel()
	require.Equal(t, "+3.6%", reports.Change(103.6, 100))
	require.Equal(t, "−7.2%", reports.Change(92.8, 100))
	require.Equal(t, "0.0%", reports.Change(100, 100))
	require.Equal(t, "+50.0%", reports.Change(-5, -10), "a smaller loss is a rise")
	require.Empty(t, reports.Change(5, 0))
	require.Empty(t, reports.Change(nan, 5))
	require.Empty(t, reports.Change(5e6, 1))
}

func TestPalette_Colours_ThoseOfLook(t *testing.T) {
	t.Parallel()
	series := map[string]string{
		"1": "2878B5", "2": "B88513", "3": "A182E9", "4": "57A26D", "5": "A35400", "6": "885886", "7": "407B51", "8": "7B8794",
	}
	want := []map[string]string{{
		"surface": "FFFFFF", "raised": "F5F7F8", "text": "1A2127", "muted": "54606B", "grid": "E3E7EA", "axis": "A9B3BC",
		"ok": "1F7040", "info": "2260A0", "warn": "7A5200", "alert": "A34408", "urgent": "B5271D",
	}, {
		"surface": "191E23", "raised": "21272E", "text": "E3E7EB", "muted": "9DA9B4", "grid": "2B333A", "axis": "5A6670",
		"ok": "74C98F", "info": "86B6EE", "warn": "E9BC52", "alert": "F49A63", "urgent": "FF8E84",
	}}
	for i, dark := range []bool{false, true} {
		for name, c := range series {
			want[i][name] = c
		}
		require.Equal(t, want[i], reports.PaletteHex(dark))
		require.GreaterOrEqual(t, reports.HeatContrast(dark), 4.2)
	}
	require.Equal(t, 5, reports.ChannelColour("tmall"))
	require.Equal(t, 1, reports.ChannelColour("jd"))
	require.Equal(t, reports.ColourOther, reports.ChannelColour("weidian"))
}
