package reports_test

import (
	"bytes"
	"context"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/reports"
)

var update = flag.Bool("update", false, "write the golden files anew")

func look() reports.Look {
	return reports.Look{W: 440, H: 350, Scale: 1, Tr: i18n.New(i18n.Chinese)}
}

func TestChart_EveryKind_AsGolden(t *testing.T) {
	t.Parallel()
	for name, c := range samples() {
		compare(t, name+"_light", c, look())
	}
	dark := look()
	dark.Dark = true
	for _, name := range []string{"this_last", "lines", "ranked", "heat", "share"} {
		compare(t, name+"_dark", samples()[name], dark)
	}
	sharp := look()
	sharp.Scale = 2
	compare(t, "lines_2x", samples()["lines"], sharp)
	grey := look()
	grey.Grey = true
	compare(t, "many_lines_grey", samples()["many_lines"], grey)
	english := look()
	english.Tr = i18n.New(i18n.English)
	compare(t, "stacked_en", samples()["stacked"], english)
}

// compare draws a chart and holds it against its golden picture: at most one
// pixel in a thousand may differ by more than a little.
func compare(t *testing.T, name string, c reports.Chart, l reports.Look) {
	t.Helper()
	img, err := c.Image(context.Background(), l)
	require.NoError(t, err, name)
	path := filepath.Join("testdata", "golden", name+".png")
	if *update {
		save(t, path, img)
		return
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err, "run the test with -update to make it")
	want, err := png.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	require.Equal(t, want.Bounds(), img.Bounds(), name)
	if far := differing(want, img); far > len(img.Pix)/4/1000 {
		save(t, filepath.Join("testdata", "failed", name+".png"), img)
		require.Failf(t, "picture differs", "%s: %d pixels; see testdata/failed", name, far)
	}
}

func save(t *testing.T, path string, img image.Image) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	var out bytes.Buffer
	require.NoError(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, img))
	require.NoError(t, os.WriteFile(path, out.Bytes(), 0o644))
}

// differing counts pixels that differ in a channel by more than 6 of 255.
func differing(a, b image.Image) int {
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			if max(apart(ar, br), apart(ag, bg), apart(ab, bb)) > 6 {
				n++
			}
		}
	}
	return n
}

func apart(a, b uint32) int { return int(math.Abs(float64(a>>8) - float64(b>>8))) }

var kinds = []reports.Kind{
	reports.Line, reports.Bars, reports.Grouped, reports.Stacked,
	reports.Ranked, reports.Share, reports.Pareto, reports.Heat,
}

// Everything a shop's data can hold must come out as a picture: the drawing
// library itself hangs, fails or draws nothing on these.
func TestChart_OddData_AlwaysAPicture(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]float64{
		"none": {}, "one": {5}, "two": {5, 7}, "one zero": {0}, "all zero": {0, 0, 0}, "all equal": {4, 4, 4},
		"NaN only": {nan, nan}, "NaN between": {1, nan, 3}, "NaN first": {nan, 2, 3}, "infinite": {1, math.Inf(1), math.Inf(-1), 2},
		"absurd": {1, 1e300, -1e300}, "tiny": {1e-300, 2e-300}, "close": {1e14, 1e14 + 1}, "large": {9e14, -9e14},
		"negative": {-1, -5, -3}, "mixed": {-4, 0, 9}, "300 bars": many(300), "10,000": many(10000), "10,000 equal": make([]float64, 10000),
	} {
		for _, kind := range kinds {
			c := reports.Chart{Kind: kind, Title: name, Labels: []string{"甲", "乙"}, Series: []reports.Series{{Name: "x", Values: values}}}
			for _, ordered := range []bool{false, true} {
				c.Ordered = ordered
				img, err := c.Image(context.Background(), look())
				require.NoError(t, err, "%s kind %d", name, kind)
				require.Greater(t, inked(img), 20, "%s kind %d", name, kind)
			}
		}
	}
}

func many(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i%97) - 20
	}
	return v
}

// inked counts pixels that are not surface.
func inked(img *image.RGBA) int {
	n := 0
	for y := 0; y < img.Bounds().Dy(); y++ {
		for x := 0; x < img.Bounds().Dx(); x++ {
			if img.RGBAAt(x, y) != (color.RGBA{255, 255, 255, 255}) {
				n++
			}
		}
	}
	return n
}

func TestChart_OddForms_AlwaysAPicture(t *testing.T) {
	t.Parallel()
	long := ""
	for range 60 {
		long += "很长的名字"
	}
	for name, c := range map[string]reports.Chart{
		"nothing at all":   {},
		"no series":        {Kind: reports.Heat, Labels: []string{"a"}},
		"target only":      {Kind: reports.Line, Series: []reports.Series{{Role: reports.Target, Values: []float64{1, 2}}}},
		"forecast only":    {Kind: reports.Bars, Series: []reports.Series{{Role: reports.Forecast, Values: []float64{1, 2}}}},
		"last only":        {Kind: reports.Ranked, Series: []reports.Series{{Role: reports.Last, Values: []float64{1, 2}}}},
		"ragged":           {Kind: reports.Stacked, Series: []reports.Series{{Values: []float64{1}}, {Values: []float64{1, 2, 3}}}},
		"long words":       {Kind: reports.Ranked, Title: long, Sentence: long, Status: "ok", Labels: []string{long, long}, Series: []reports.Series{{Name: long, Values: []float64{1, 2}}, {Name: long, Role: reports.Last, Values: []float64{3, 4}}}},
		"marks outside":    {Kind: reports.Line, Series: []reports.Series{{Values: []float64{1, 2}}}, Marks: []reports.Mark{{Series: 9, At: 9}, {At: -1}, {At: 0, Text: long}, {At: 1, Text: long}}},
		"colours too few":  {Kind: reports.Bars, Colours: []int{99, -1}, Series: []reports.Series{{Colour: 77, Values: []float64{1, 2, 3}}}},
		"share with minus": {Kind: reports.Share, Labels: []string{"a", "b"}, Series: []reports.Series{{Values: []float64{3, -1}}}},
	} {
		_, err := c.Image(context.Background(), look())
		require.NoError(t, err, name)
		small := reports.Look{W: 120, H: 120, Tr: i18n.New(i18n.Chinese)}
		_, err = c.Image(context.Background(), small)
		require.NoError(t, err, name)
	}
}

func TestChart_TooManyBars_RestBecomesOther(t *testing.T) {
	t.Parallel()
	few := reports.Chart{Kind: reports.Ranked, Labels: []string{"a"}, Series: []reports.Series{{Values: []float64{1}}}}
	lots := reports.Chart{Kind: reports.Ranked}
	values := make([]float64, 400)
	for i := range values {
		values[i] = 1
		lots.Labels = append(lots.Labels, strconv.Itoa(i))
	}
	lots.Series = []reports.Series{{Values: values}}

	names, sums := reports.Folded(lots, i18n.New(i18n.Chinese))

	require.Len(t, names, 21)
	require.Equal(t, "其他", names[20])
	require.Equal(t, 380.0, sums[20])
	names, _ = reports.Folded(few, i18n.New(i18n.Chinese))
	require.Equal(t, []string{"a"}, names)
	require.Len(t, values, 400)
	require.Equal(t, "0", lots.Labels[0], "the caller's chart stays as it was")
}

func TestChart_ImpossibleSize_Invalid(t *testing.T) {
	t.Parallel()
	for _, l := range []reports.Look{{}, {W: 100, H: 400}, {W: 400, H: 400, Scale: 100}, {W: 400, H: 400, Scale: math.NaN()}, {W: 400, H: 400, Scale: -1}, {W: 400, H: 400, Scale: math.Inf(1)}} {
		l.Tr = i18n.New(i18n.Chinese)
		_, err := bars().Image(context.Background(), l)
		require.True(t, fault.Is(err, fault.Invalid), "%v", l)
		require.Equal(t, "fault.report.size", fault.Key(err))
	}
}

func TestChart_ContextEnded_Cancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, c := range samples() {
		_, err := c.Image(ctx, look())
		require.True(t, fault.Is(err, fault.Cancelled), name)
	}
}

func TestPNG_Bytes_SameEachTime(t *testing.T) {
	t.Parallel()
	var a, b bytes.Buffer
	require.NoError(t, lines().PNG(context.Background(), &a, look()))
	require.NoError(t, lines().PNG(context.Background(), &b, look()))
	require.Equal(t, a.Bytes(), b.Bytes())
	cfg, err := png.DecodeConfig(&a)
	require.NoError(t, err)
	require.Equal(t, 440, cfg.Width)
	require.Equal(t, 350, cfg.Height)
}

func BenchmarkChart(b *testing.B) {
	for name, c := range samples() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := c.Image(context.Background(), look()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
