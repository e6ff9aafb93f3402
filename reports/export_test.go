package reports

import (
	"github.com/wcharczuk/go-chart/v2/drawing"

	"zhanggui/app/i18n"
)

// Folded gives a chart's labels and first values as they will be drawn.
func Folded(c Chart, tr i18n.Tr) ([]string, []float64) {
	c.guard(tr)
	return c.Labels, c.Series[0].Values
}

// SheetName is what a title becomes as the name of a sheet.
func SheetName(title string) string { return sheetName(title) }

// Steps are the steps of a bar axis and of a line axis.
func Steps(low, high float64) (bars, lines []float64) {
	return barScale(low, high).steps, lineScale(low, high, UnitMoney).steps
}

// PercentSteps are the steps of a line axis of rates.
func PercentSteps(low, high float64) []float64 { return lineScale(low, high, UnitPercent).steps }

// Change is how a change is written.
func Change(now, before float64) string { return change(now, before) }

// PaletteHex gives the colours that LOOK fixes, by name.
func PaletteHex(dark bool) map[string]string {
	p := &lightPalette
	if dark {
		p = &darkPalette
	}
	out := map[string]string{}
	for name, c := range map[string]drawing.Color{
		"surface": p.surface, "raised": p.raised, "text": p.text, "muted": p.muted, "grid": p.grid, "axis": p.axis,
		"ok": p.ok, "info": p.info, "warn": p.warn, "alert": p.alert, "urgent": p.urgent,
	} {
		out[name] = hex(c)
	}
	for i, c := range seriesColours {
		out[string(rune('1'+i))] = hex(c)
	}
	return out
}

// HeatContrast is the least contrast of a heat map's text with its cells.
func HeatContrast(dark bool) float64 {
	c, p := &Chart{}, &pen{pal: &lightPalette}
	if dark {
		p.pal = &darkPalette
	}
	least := 21.0
	for v := 0.0; v <= 100; v++ {
		fill, ink := c.heatOf(p, v, 0, 100)
		least = min(least, contrast(fill, ink))
	}
	return least
}
