// Package users looks after the team: the first start, signing in with a PIN,
// who may do what, own PIN and own preferences (DECIDED 11, 12; QUALITY R19–R21).
// It may import levels 0 to 3.
//
//	actor, err := app.Users.SignIn(ctx, "王五", pin)
//	ctx = auth.With(ctx, actor) // every later call is made for this person
//
// Guessing is throttled in the person's own row, so that neither a restart nor
// another desk gives a fresh count.
package users
