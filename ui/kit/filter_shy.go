package kit

import "fyne.io/fyne/v2"

// hideShy shows the shy fields that are set and hides the others.
func (b *FilterBar) hideShy() {
	for _, look := range b.shy {
		look()
	}
	if len(b.shy) > 0 {
		b.row.Refresh()
	}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
