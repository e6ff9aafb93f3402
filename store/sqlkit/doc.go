// Package sqlkit is the little that store needs around database/sql: reading
// rows into values, exact row counts, conditions with numbered placeholders,
// long lists in chunks, sorting and paging. It writes the same text for SQLite
// and PostgreSQL ($1, $2, …). It knows no table.
//
//	w := sqlkit.NewWhere()
//	w.Add("stage = ?", stage)
//	w.Add("number LIKE ? ESCAPE '\\'", sqlkit.Contains(text))
//	page, err := sqlkit.Sort{Columns: cols, Usual: "created_ms DESC", Key: "id"}.SQL(q.Page)
//	rows, err := sqlkit.Rows(ctx, q, scanOrder, selectOrders+w.SQL()+page, w.Args()...)
//
// Statements are prepared once per connection by the text, so texts must be few:
// In and InsertMany therefore round their lengths.
package sqlkit
