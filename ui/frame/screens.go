package frame

import (
	"zhanggui/app/auth"
	"zhanggui/ui/shipping"
)

// Screens is every screen of the window, one line each, in the order of the
// rail and its tabs.
func Screens() []Entry {
	return []Entry{
		{ID: "shipping", Place: "shipping", Title: "nav.board", Need: auth.ShippingView, New: shipping.New},
	}
}
