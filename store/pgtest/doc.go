// Package pgtest gives tests a private PostgreSQL server: one per test binary,
// in a temporary folder, on a free loopback port, UTF-8, locale C.UTF-8,
// without fsync, run as user postgres where the tests run as root (DECIDED 25).
// It is for tests only and may import pgx.
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) } // stops the server before the binary ends
//	func TestStore(t *testing.T) { url := pgtest.New(t) }   // a fresh empty database
//
// The server never outlives the tests: a small shell script holds it and waits
// on a pipe whose other end is the test process, so that a panic, os.Exit or
// kill -9 stops it too. Main only makes that happen before the binary returns.
//
// ZHANGGUI_PG_DSN=postgres://user:password@host/db uses a running server
// instead; the role needs CREATEDB. Where neither is there the test fails:
// a skipped second engine would prove nothing.
package pgtest
