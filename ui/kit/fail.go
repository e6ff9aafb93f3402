package kit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/app/fault"
	"zhanggui/ui/theme"
)

// FailLevel is how an error is shown (workflows 4.0).
type FailLevel int

// The three levels. A hint is a yellow line that stays until the next action, a
// block a box that wants Esc, a conflict asks which way to go.
const (
	FailHint FailLevel = iota
	FailBlock
	FailConflict
)

// LevelOf is the level an error is shown at.
func LevelOf(err error) FailLevel {
	switch fault.From(err).Code {
	case fault.Invalid, fault.NotFound, fault.Busy, fault.Limit, fault.Denied, fault.Cancelled:
		return FailHint
	case fault.Conflict:
		return FailConflict
	}
	return FailBlock
}

// Hinter shows a hint line; a List is one. The screen in front says with
// Env.WithHints where its hints go.
type Hinter interface {
	Hint(tone theme.Status, text string)
}

// Fail shows an error the one way. A Cancelled one is what the person asked for
// and is not shown. Nobody else opens a dialog with an error.
func Fail(env Env, err error) {
	if err == nil || fault.Is(err, fault.Cancelled) {
		return
	}
	text := env.Tr.Fault(err)
	if LevelOf(err) == FailHint {
		if env.Hints != nil {
			env.Hints.Hint(theme.Warn, firstLines(text))
			return
		}
		env.Tell(Note{Level: NoteBad, Text: firstLines(text)})
		return
	}
	failBox(env, err, text)
}

// firstLines makes one line of a text: a hint has no room for more.
func firstLines(text string) string { return strings.ReplaceAll(text, "\n", "  ") }

// failBox is the red box of a block, or of a conflict nobody offered ways out of.
func failBox(env Env, err error, text string) {
	f := fault.From(err)
	title := env.T("kit.fail." + string(f.Code))
	body := Down(8, NewParagraph(text))
	var left fyne.CanvasObject
	if number := f.Args["incident"]; number != "" {
		body.Add(NewLine(Part{Text: env.T("kit.fail.incident", "incident", number)}).Small().Muted())
		left = ID(NewButton(env, env.T("common.copy_details"), "", func() {
			fyne.CurrentApp().Clipboard().SetContent(fmt.Sprintf("%s\n%s\n%s", number, f.Key, text))
		}).Small(), "fail.copy")
	}
	OpenDialog(env, DialogSpec{
		ID: "fail", Title: title, Icon: theme.Urgent, Body: body, Left: left,
		OK: env.T("common.understood"), Cancel: "-",
	})
}

// Conflict asks which way to go after a Conflict fault; the options come from
// the screen that knows them. Any other error is shown the usual way.
func Conflict(env Env, err error, options []Option, remember string, picked func(option int, remember bool)) {
	if !fault.Is(err, fault.Conflict) {
		Fail(env, err)
		return
	}
	first, rest, _ := strings.Cut(env.Tr.Fault(err), "\n")
	Choose(env, Question{ID: "conflict", Title: first, Record: rest, Options: options, Remember: remember}, picked)
}
