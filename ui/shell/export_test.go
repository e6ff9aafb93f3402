package shell

import (
	"fyne.io/fyne/v2"

	"zhanggui/ui/kit"
)

// What tests do in the place of a person or the system.

// Keys is who gets a key press.
func (s *Shell) Keys() *kit.Keys { return s.keys }

// Pick takes an item of the person's menu.
func (s *Shell) Pick(value string) { s.picked(value) }

// Drop lets files fall on the window.
func (s *Shell) Drop(uris []fyne.URI) { s.dropped(uris) }

// AskClose is a click on the window's cross.
func (s *Shell) AskClose() { s.close() }

// Open opens a screen.
func (s *Shell) Open(id string) { s.openScreen(id, nil) }

// Route opens a screen the way a link does.
func (s *Shell) Route(id string, arg any) { s.route(id, arg) }
