package apptest

import (
	"context"
	"fmt"
	"testing"
)

// builder stands in for a test while a template is made: a failure ends the
// making and becomes an error. Only what require and the fixture use is there;
// anything else would panic on the nil interface.
type builder struct {
	testing.TB
	said    string
	cleanup []func()
}

type failed struct{}

func (b *builder) Helper()                           {}
func (b *builder) Errorf(format string, args ...any) { b.said += fmt.Sprintf(format, args...) }
func (b *builder) FailNow()                          { panic(failed{}) }
func (b *builder) Cleanup(fn func())                 { b.cleanup = append(b.cleanup, fn) }
func (b *builder) Context() context.Context          { return context.Background() }

// finish runs the clean-up and turns a failure into an error.
func (b *builder) finish(err *error) {
	p := recover()
	for i := len(b.cleanup) - 1; i >= 0; i-- {
		b.cleanup[i]()
	}
	if p == nil {
		return
	}
	if _, ours := p.(failed); !ours {
		panic(p)
	}
	*err = fmt.Errorf("apptest: making the template: %s", b.said)
}
