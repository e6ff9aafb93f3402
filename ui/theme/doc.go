// Package theme holds the look: colour tokens, sizes, fonts and icons of the
// window as LOOK §1–§3 and §12 give them, for Fyne's widgets (Theme) and for
// what kit draws itself (Palette, Metrics, Icon).
//
//	app.Settings().SetTheme(theme.New(theme.System, 1))
//	p := theme.Current().Palette()        // p.Surface, p.Status(theme.Warn).Ink
//	row := theme.Current().Metrics().Row  // 28, a whole number at any text scale
//
// It may import Fyne (never its app package), assets and level 0 of the program.
package theme
