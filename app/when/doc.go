// Package when holds instants as UTC milliseconds and days in the shop's zone.
//
// It is the only place of the program that asks the system for the time
// (app/arch_test.go sees to it), through a Clock that tests replace by Fixed.
// Day borders are those of Asia/Shanghai, always +08:00 (rules.md, conventions).
package when
