// Command zg is the command line of Zhanggui: the same use cases, rights and
// audit as the window, for scripts, servers and people who type. docs/cli.md
// describes every command.
//
//	zg init --shop 山海家居 --owner 赵大川
//	zg import orders.csv --json
//
// main builds an environment and calls run; run finds the command in the table
// of commands.go, sets its flags, opens the data, signs the person in and prints
// the answer. One file per command. It builds without cgo and never imports ui.
package main
