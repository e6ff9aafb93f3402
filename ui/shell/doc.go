// Package shell is the window around the screens: opening the data and the ways
// out when that fails, the first start with the example shop, sign-in, rail and
// top bar by role, tabs, status bar, background jobs, idle lock, language, look
// and text size without a restart.
//
// It knows the screens by one line each (registry.go) and nothing of their
// insides; a screen knows the shell only as kit.Env. It may import everything
// below the mains except app/boot and store: what opens data comes in Options.
//
//	w := shell.New(fyneApp, shell.Options{Open: open, Restore: restore, ...})
//	w.Run()
package shell
