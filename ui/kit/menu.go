package kit

import "fyne.io/fyne/v2"

// OpenMenu shows a menu under (or over) an object and calls pick for the item
// taken; value is the item it opens at. Arrows and letters choose, Enter takes,
// Esc closes it.
func OpenMenu(env Env, under fyne.CanvasObject, items []Item, value string, pick func(value string)) {
	openMenu(env, under, items, value, pick, nil)
}
