// Package boot opens the program: where its files are, the log, the store, the
// engine, the services, and what runs beside them (news from other desks, seals,
// the daily backup, the check after an unclean end). Both mains call Open and
// nothing else of it before they work.
package boot
