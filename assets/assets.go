// Package assets embeds what the program brings along: the two fonts, the icon
// templates and the language files. It imports nothing of the program and does
// nothing but hand out bytes.
//
// Fonts are subsets of Noto Sans SC (SIL OFL 1.1, fonts/OFL.txt), made by
// fonts/make.sh: GB2312, the Table of General Standard Chinese Characters and
// the signs of the window. Icons are 16×16 SVG outlines whose colour is
// "currentColor" (LOOK §12, made by icons/make from the line drawings in
// icons/stroke); ui/theme puts the colours in.
package assets

import "embed"

// FontRegular is Noto Sans SC Regular as TrueType (Fyne, charts and PDF read it).
//
//go:embed fonts/NotoSansSC-Regular.ttf
var FontRegular []byte

// FontMedium is Noto Sans SC Medium; it stands in the bold slot (LOOK §2).
//
//go:embed fonts/NotoSansSC-Medium.ttf
var FontMedium []byte

// AppIcon is the program's icon, a PNG of 512×512.
//
//go:embed icons/app.png
var AppIcon []byte

// I18n holds the language files i18n/<language>/<area>.json.
//
//go:embed i18n
var I18n embed.FS

//go:embed icons/*.svg
var icons embed.FS

// Icon gives the SVG template of an icon by its name in LOOK §12 ("ok", "truck"),
// nil when there is none of that name.
func Icon(name string) []byte {
	data, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil
	}
	return data
}

// Icons lists the names of all icons, sorted.
func Icons() []string {
	entries, err := icons.ReadDir("icons")
	if err != nil {
		return nil
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name()[:len(e.Name())-len(".svg")])
	}
	return names
}
