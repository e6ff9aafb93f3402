// Package frame is the window around the screens: first start, sign-in, the
// rail and top bar by role, the status bar with the last action, idle lock,
// language, look and text size without a restart. It knows the screens by one
// line each (registry.go) and nothing of their insides; a screen knows the frame
// only as kit.Env.
package frame
