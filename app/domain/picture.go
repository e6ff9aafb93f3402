package domain

import (
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// The bounds of a kept picture: enough to know the goods by, and small enough
// that a thousand of them do not make a backup slow.
const (
	PictureSide  = 480       // longest side in pixels
	PictureBytes = 60 * 1024 // size of the JPEG
)

// Picture is what a SKU looks like, as a small JPEG.
type Picture struct {
	SKU    ids.SKUID
	JPEG   []byte
	Width  int64 // pixels
	Height int64
	SHA256 string // of JPEG, in hex: tells one picture from another
	At     when.Millis
}
