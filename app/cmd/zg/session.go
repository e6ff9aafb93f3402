package main

import (
	"context"
	"os"
	"strings"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/boot"
	"zhanggui/app/fault"
	"zhanggui/app/users"
)

// do opens what the command needs, runs it and closes in order.
func (c *call) do(ctx context.Context, act action) (reply, error) {
	if c.cmd.needs != person {
		return act(ctx, c)
	}
	end, err := c.open(ctx)
	if err != nil {
		return reply{}, err
	}
	defer c.close(end)
	if ctx, err = c.signIn(ctx, c.app); err != nil {
		return reply{}, err
	}
	c.mentionUnfinished(ctx)
	return act(ctx, c)
}

// open opens the shop's data; it never makes a new file.
func (c *call) open(ctx context.Context) (func() error, error) {
	cfg := c.env.boot(c.opt.data)
	if place := dataFile(cfg); place != "" {
		if _, err := os.Stat(place); os.IsNotExist(err) {
			return nil, fault.New(fault.NotFound, "fault.cli.no_data", "file", place)
		}
	}
	a, end, err := boot.Open(ctx, cfg)
	c.app = a
	return end, err
}

// dataFile is the file that will be opened; "" for a server.
func dataFile(cfg boot.Config) string {
	switch {
	case strings.HasPrefix(cfg.Data, "postgres://"), strings.HasPrefix(cfg.Data, "postgresql://"):
		return ""
	case cfg.Data != "":
		return cfg.Data
	}
	places := cfg.Places
	if places == (boot.Places{}) {
		places = boot.HerePlaces()
	}
	return places.Data + string(os.PathSeparator) + boot.DataFile
}

// close ends the program in order. What was done stands: a seal that had to
// wait is said and comes with the next run.
func (c *call) close(end func() error) {
	if err := end(); err != nil {
		c.note("cli.note.closing", "text", c.tr.Fault(err))
	}
}

// signIn puts the person into the context: --as, or the only supervisor.
func (c *call) signIn(ctx context.Context, a *app.App) (context.Context, error) {
	w, err := a.Users.Welcome(ctx)
	if err != nil {
		return ctx, err
	}
	if w.Empty {
		return ctx, fault.New(fault.NotFound, "fault.cli.empty")
	}
	c.tr = c.tr.WithCurrency(w.Currency)
	name, err := c.who(w)
	if err != nil {
		return ctx, err
	}
	if c.pin, err = c.askPIN(ctx, envPIN, "cli.ask.pin", name); err != nil {
		return ctx, err
	}
	c.actor, err = a.Users.SignIn(ctx, name, c.pin)
	return auth.With(ctx, c.actor), err
}

func (c *call) who(w users.Welcome) (string, error) {
	if c.opt.as != "" {
		return c.opt.as, nil
	}
	var chiefs []string
	for _, f := range w.Faces {
		if f.Role == auth.Supervisor {
			chiefs = append(chiefs, f.Name)
		}
	}
	if len(chiefs) != 1 {
		return "", usage("fault.cli.who")
	}
	return chiefs[0], nil
}

// askPIN takes a PIN from the environment, else from the terminal.
func (c *call) askPIN(ctx context.Context, env, question, name string) (string, error) {
	if pin := c.env.get(env); pin != "" {
		return pin, nil
	}
	if c.env.hidden == nil {
		return "", fault.New(fault.Denied, "fault.cli.no_pin", "name", name, "variable", env)
	}
	c.ask(question, "name", name)
	pin, err := c.env.hidden(ctx)
	c.say("")
	return strings.TrimSpace(pin), err
}

// mentionUnfinished tells a person who writes about imports that were interrupted.
func (c *call) mentionUnfinished(ctx context.Context) {
	if !c.cmd.writes || !auth.Allows(c.actor, auth.ImportView) {
		return
	}
	list, err := c.app.Inbox.Unfinished(ctx)
	if err != nil {
		return // the command itself will meet what is wrong
	}
	for _, i := range list {
		c.note("cli.note.unfinished", "file", i.File, "id", i.ID, "new", i.New)
	}
}

// may refuses, and audits, what the person has no right to.
func (c *call) may(ctx context.Context, need auth.Action) error {
	return allowed(ctx, c.app.Engine, need)
}
