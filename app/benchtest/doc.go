// Package benchtest holds the benchmarks of the whole program on a filled shop:
// what QUALITY calls B1 to B8, B10, B11, the same on PostgreSQL (B16), and
// how the figures grow with the shop (B15). It has no code of its own, only
// tests; they may reach everything below the window.
//
//	./dev bench                                       all of it, in minutes, on a shop of 20,000 orders
//	ZHANGGUI_BENCH_ORDERS=100000 ./dev bench          a bigger shop, made first
//	ZHANGGUI_BENCH_SHOP=l.zhanggui go test -run '^$' -bench 'B[456]_.*/sqlite' ./app/benchtest
//
// Every benchmark works on its own copy of the shop. Ours and its floor (the
// least SQL that does the same durable work through the same driver with
// prepared statements) or its peer run in turns, nine times unless
// ZHANGGUI_BENCH_ROUNDS says otherwise (the table tells); the figures are
// medians of user + system time, because only ratios of processor time travel
// from one busy machine to another. Waiting times are shown beside them.
// ZHANGGUI_BENCHMARKS names the file whose tables are rewritten with what was
// measured; rows of benchmarks that did not run stay.
package benchtest
