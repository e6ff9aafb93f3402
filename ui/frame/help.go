package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/kit"
)

// help lists the keys of the window; a list shows its own beside its buttons.
func (f *Frame) help() {
	rows := kit.Down(6)
	for _, p := range places {
		if len(under(f.list, p.id)) > 0 {
			rows.Add(kit.NewFact(string(p.key), kit.Part{Text: f.tr.T(p.title)}))
		}
	}
	for _, k := range []struct{ key, text string }{
		{"F9", "keys.main"}, {"F5", "keys.refresh"}, {"F3", "keys.search"}, {"F4", "keys.filter"}, {"F6", "keys.pane"},
		{"Space", "keys.mark"}, {"Ctrl+A", "keys.all"}, {"Enter", "keys.open"}, {"Ctrl+C", "keys.copy"}, {"Ctrl+E", "keys.export"},
		{"Ctrl+Z", "keys.undo"}, {"Ctrl+L", "keys.lock"}, {"Esc", "keys.back"},
	} {
		rows.Add(kit.NewFact(k.key, kit.Part{Text: f.tr.T(k.text)}))
	}
	var box fyne.CanvasObject = container.NewStack(rows)
	kit.OpenDialog(f.env(), kit.DialogSpec{Title: f.tr.T("shell.keys"), Body: box})
}
