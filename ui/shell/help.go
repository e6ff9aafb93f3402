package shell

import (
	"fyne.io/fyne/v2"

	"zhanggui/ui/kit"
)

// keyLines are the keys that work everywhere, by column of the F1 overlay
// (workflows 4.0). A list's own actions show theirs on their buttons.
var keyLines = [][]struct{ cap, text string }{
	{
		{"Ctrl+1 … 5", "hotkey.places"},
		{"Ctrl+0", "hotkey.home"},
		{"Ctrl+K", "jump.keys.find"},
		{"Ctrl+I", "hotkey.inbox"},
		{"Ctrl+,", "hotkey.settings"},
		{"Ctrl+PgUp PgDn", "hotkey.tabs"},
		{"Ctrl+L", "hotkey.lock"},
		{"F1", "hotkey.help"},
		{"Shift+F1", "hotkey.explain"},
		{"Esc", "hotkey.back"},
		{"Ctrl+Z", "hotkey.undo"},
		{"Ctrl+Shift+Z", "jump.undo.list"},
	},
	{
		{"↑ ↓ PgUp PgDn", "hotkey.move"},
		{"Space", "hotkey.mark"},
		{"Shift+↓", "hotkey.extend"},
		{"Ctrl+A", "hotkey.all"},
		{"Enter", "hotkey.open"},
		{"F9", "hotkey.main"},
		{"F2", "hotkey.edit"},
		{"F3  Ctrl+F", "hotkey.search"},
		{"F4", "hotkey.filter"},
		{"Shift+F4", "hotkey.top"},
		{"Ctrl+Shift+1 … 9", "hotkey.views"},
		{"F5", "hotkey.refresh"},
		{"F6", "hotkey.pane"},
		{"Ctrl+C", "hotkey.copy"},
		{"Ctrl+E", "hotkey.export"},
	},
}

// placeOf says which keys belong to a place that not everybody has.
var placeOf = map[string]string{"hotkey.inbox": placeImport, "hotkey.settings": placeSettings}

// help shows the keys.
func (s *Shell) help() {
	var columns []fyne.CanvasObject
	for i, lines := range keyLines {
		title := []string{"hotkey.window", "hotkey.list"}[i]
		column := kit.Down(scaled(4), kit.NewLabel(s.tr.T(title)).Bold())
		for _, l := range lines {
			if pl := placeOf[l.text]; pl != "" && (s.session == nil || len(under(s.session.list, pl)) == 0) {
				continue
			}
			column.Add(kit.Edges(nil, nil, kit.Fixed(scaled(118), 0, kit.NewLabel(l.cap).Small().Muted()), nil, kit.NewLabel(s.tr.T(l.text)).Narrow()))
		}
		columns = append(columns, column)
	}
	kit.OpenDialog(s.env(), kit.DialogSpec{
		ID: "keys", Title: s.tr.T("common.keys"), Body: kit.Columns(2, scaled(24), columns...),
		OK: s.tr.T("common.close"), Cancel: "-", Width: scaled(680),
	})
}
