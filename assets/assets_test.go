package assets_test

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"strings"
	"testing"

	"github.com/golang/freetype/truetype"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/math/fixed"

	"zhanggui/assets"
)

// go-chart and PDF writers read TrueType outlines only.
func TestFonts_TrueType_WithRareNamesAndSigns(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"regular": assets.FontRegular, "medium": assets.FontMedium} {
		f, err := truetype.Parse(data)
		require.NoError(t, err, name)
		require.Less(t, len(data), 3_600_000, name)
		for _, r := range "掌柜啊座鼗甪淼昇堃婳翀赟㑇·…—–−×÷±≤≥≠≈¥￥€£°％①⑳㎏℃№→←↑↓▲▼■□●○◆◇★☆✓あンー「」【】《》“”‘’，。：；？！（）" {
			require.NotZero(t, f.Index(r), "%s lacks %c", name, r)
		}
	}
}

// Columns of numbers line up only when all digits are equally wide (LOOK §2).
func TestFonts_Digits_Tabular(t *testing.T) {
	t.Parallel()
	for want, data := range map[fixed.Int26_6][]byte{555: assets.FontRegular, 570: assets.FontMedium} {
		f, err := truetype.Parse(data)
		require.NoError(t, err)
		for _, r := range "0123456789" {
			require.Equal(t, want, f.HMetric(1000, f.Index(r)).AdvanceWidth, "%c", r)
		}
	}
}

func TestIcons_EveryName_TemplateWithCurrentColor(t *testing.T) {
	t.Parallel()
	names := assets.Icons()
	require.Len(t, names, 37)
	for _, name := range names {
		data := assets.Icon(name)
		require.Equal(t, 1, strings.Count(string(data), "currentColor"), name)
		require.NotContains(t, string(data), "stroke", "%s: Fyne does not scale strokes", name)
		require.NoError(t, xml.Unmarshal(data, new(struct{})), name)
	}
	require.Nil(t, assets.Icon("no_such_icon"))
}

func TestAppIcon_Picture_512Square(t *testing.T) {
	t.Parallel()
	img, err := png.Decode(bytes.NewReader(assets.AppIcon))
	require.NoError(t, err)
	require.Equal(t, 512, img.Bounds().Dx())
	require.Equal(t, 512, img.Bounds().Dy())
}
