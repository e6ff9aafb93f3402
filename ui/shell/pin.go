package shell

import (
	"context"

	"zhanggui/app/fault"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
)

// ownPIN lets a person change the own PIN.
func (s *Shell) ownPIN() {
	var cmd users.SetPINCmd
	var again string
	kit.OpenForm(s.env(), kit.FormSpec{
		ID: "own_pin", Title: "window.own_pin",
		Build: func(f *kit.Form) {
			f.Text("old", "gate.pin_old", &cmd.Old).Secret()
			f.Text("pin", "gate.pin_new", &cmd.PIN).Secret()
			f.Text("again", "gate.pin_again", &again).Secret()
		},
		Save: func(ctx context.Context) error {
			if again != cmd.PIN {
				return pinsDiffer()
			}
			return s.app.Users.SetPIN(ctx, cmd)
		},
		Done: func() { s.notify(kit.Note{Text: s.tr.T("window.pin_changed")}) },
	})
}

// pinsDiffer says that the second typing of a new PIN was another one.
func pinsDiffer() error {
	return fault.New(fault.Invalid, "fault.gate.pins_differ").Field("again", "fault.gate.pins_differ")
}
