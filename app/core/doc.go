// Package core is the one door to the shop's data. A use case is a Command that
// a service hands to Do; Do checks the actor's right, validates, runs the
// function in one serializable transaction, insists on an audit line, commits
// and announces what changed. Reading goes through Read on one snapshot.
//
//	return core.Do(ctx, s.engine, cmd, func(u *core.Unit) (ids.ParcelID, error) {
//		o, err := u.Orders().Get(cmd.Order)
//		...
//		u.Audit("order", o.ID.String(), "audit.shipped", before, after)
//		u.Changed(core.TopicOrders, o.ID.String())
//		return parcel.ID, nil
//	})
//
// The function may run again after a serialization conflict: it must not touch
// windows, files or the network. The interfaces of persistence (Store, Tx,
// Reads and the repositories) live here in the words of the trade; package
// store implements them.
package core
