package ingest

import (
	"context"
	"io"

	"zhanggui/app/fault"
	"zhanggui/app/ingest/sheet"
)

// FetchCells reads the file again for the texts of refused rows that have none
// yet: whoever compares the drafts with the data refuses some of them too, and
// those must stand in the file of refused rows like the others.
// Errors: those of sheet.Open; Cancelled.
func FetchCells(ctx context.Context, r io.ReaderAt, f *File, limits *sheet.Limits) error {
	missing := false
	for i := range f.Rejected {
		missing = missing || f.Rejected[i].Cells == nil
	}
	if !missing {
		return nil
	}
	lim := sheet.DefaultLimits()
	if limits != nil {
		lim = *limits
	}
	book, err := sheet.Open(f.Name, r, f.Size, lim)
	if err != nil {
		return fault.Wrap(err, f.Name)
	}
	defer func() { _ = book.Close() }() // a read path: nothing is lost
	rd := &reader{ctx: ctx, book: book, file: f}
	return fault.Wrap(rd.fetchCells(), f.Name)
}
