package main

import (
	"context"
	"io"
	"os"

	"zhanggui/app/auth"
	"zhanggui/app/boot"
	"zhanggui/app/when"
)

// The environment variables that zg reads.
const (
	envPIN    = "ZHANGGUI_PIN"     // of the person of --as; of the owner for init
	envNewPIN = "ZHANGGUI_NEW_PIN" // of staff add and staff pin
	envLang   = "LANG"
)

// environment is what a run has around it; tests give their own.
type environment struct {
	in     io.Reader
	out    io.Writer
	err    io.Writer
	get    func(string) string
	hidden func(ctx context.Context) (string, error) // reads a line without echo; nil without a terminal
	live   bool                                      // err is a terminal: progress may rewrite its line
	config boot.Config                               // zero in the real program
}

// system is the environment of the real program.
func system() *environment {
	env := &environment{in: os.Stdin, out: os.Stdout, err: os.Stderr, get: os.Getenv, live: isTerminal(os.Stderr)}
	if isTerminal(os.Stdin) {
		env.hidden = func(ctx context.Context) (string, error) { return readHidden(ctx, os.Stdin) }
	}
	return env
}

// boot says how to open the data of --data.
func (e *environment) boot(data string) boot.Config {
	cfg := e.config
	cfg.Data, cfg.Short, cfg.Version = data, true, version
	return cfg
}

func (e *environment) clock() when.Clock {
	if e.config.Clock != nil {
		return e.config.Clock
	}
	return when.System{}
}

func (e *environment) pins() auth.Params {
	if e.config.PINs != (auth.Params{}) {
		return e.config.PINs
	}
	return auth.Standard()
}
