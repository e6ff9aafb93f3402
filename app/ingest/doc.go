// Package ingest turns the files that platforms export into drafts: orders,
// products and opening stock, with every refused row and the control totals.
// It is pure: it reads bytes and gives values, it never touches the database.
//
// The layers below it: app/ingest/sheet gives raw rows of any file kind,
// app/ingest/value gives the typed value of one cell. Here a file is recognised
// by its columns (never by its name), its header found, its rows mapped by
// column name and grouped into whole orders (FORMATS §0 and §1).
//
// What becomes of a draft (new, changed, same, conflict) is decided by
// app/inbox, which sees the database.
package ingest
