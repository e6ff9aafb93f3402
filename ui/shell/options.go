package shell

import (
	"context"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/job"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
)

// Data says which data to open.
type Data struct {
	Place    string // a file or postgres://…; "" is the file of this computer
	ReadOnly bool
	Known    bool // it was open here before: when it is gone that is trouble, not a first start
}

// Options are what main hands to the window. Open, Clock, Exec and After must be there.
type Options struct {
	Data    string  // what to open; "" is what was open last
	Lang    string  // "" is that of the last start, then Chinese
	Demo    bool    // open the example shop
	Import  Files   // opened in the inbox after the first sign-in
	Orders  int     // of the example shop; 0 is its usual number
	Screens []Entry // nil is Registry

	// Open opens data, or makes it where there is none. end closes it in order.
	Open func(ctx context.Context, d Data) (a *app.App, end func() error, err error)
	// Restore puts a backup in the place of data that nobody has open and says where the
	// file before it is. by is who does it; nobody (the zero Actor) may only replace data
	// that cannot be opened. nil hides that way out.
	Restore func(ctx context.Context, place, backup string, by auth.Actor, report job.Report) (aside string, err error)
	// Discard deletes the data of an example shop that was not finished.
	Discard func(place string) error

	Hash  func(pin string) (string, error) // of the example shop's PINs
	Crash string                           // report that the last run left when it crashed, "" for none
	Clock when.Clock
	Exec  kit.Exec
	After kit.Timer
	Files kit.FilePicker              // nil: Fyne's own dialog
	Log   func(incident, text string) // receives the chain of an Internal fault
}
