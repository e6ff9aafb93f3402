// Package fault is the one kind of error the program shows to people.
//
// A fault has a code (what kind of trouble), a translation key and its
// arguments (what happened, to which record, what to do next) and, for bad
// input, a key per field. Wrapping adds the place and keeps the code. Nobody
// but the window's kit.Fail and the command line prints one.
//
//	return fault.New(fault.Conflict, "fault.shipping.already_shipped", "order", no, "by", who)
//	if fault.Is(err, fault.NotFound) { ... }
package fault
