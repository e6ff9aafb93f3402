// Package sheet turns any table file into raw rows: CSV and TSV in every
// encoding that shops meet, xlsx, old xls, HTML tables and XML-2003 workbooks
// that carry the name .xls.
//
// It looks at the content, never at the file's name, and it is pure: it reads
// bytes through an io.ReaderAt, writes nothing and opens nothing. Everything is
// bounded by Limits; a file that breaks one, or is damaged, is refused with a
// fault that says where (fault.sheet.*). Nothing is guessed silently: bytes
// that the encoding does not allow are a fault, not a replacement character.
//
// It may import level 0 (fault) only. What a cell means is the business of
// app/ingest/value.
//
//	book, err := sheet.Open(name, file, size, sheet.DefaultLimits())
//	if err != nil { return err }
//	defer book.Close()
//	err = book.Rows(ctx, 0, func(r sheet.Row) error { ...; return nil })
package sheet
