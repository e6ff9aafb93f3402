// Package sample writes order files as the platforms export them, from a plain
// description of orders: every built-in layout with its header, encoding,
// guards and status words (FORMATS §1). The end-to-end tests and the demo feed
// the inbox with it; nothing in it is taken from a real file.
//
//	err := sample.Write("douyin_orders", orders, w)
//
// It may import app/ingest and below.
package sample
