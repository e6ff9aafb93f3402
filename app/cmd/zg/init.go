package main

import (
	"context"
	"flag"
	"strings"

	"zhanggui/app/boot"
	"zhanggui/app/fault"
	"zhanggui/app/users"
)

func initCommand() command {
	return command{
		name: "init", usage: "--shop NAME --owner NAME [--currency CNY]",
		setup: func(f *flag.FlagSet) action {
			var cmd users.InitCmd
			f.StringVar(&cmd.Shop, "shop", "", "")
			f.StringVar(&cmd.Owner, "owner", "", "")
			f.StringVar(&cmd.Currency, "currency", "CNY", "")
			return func(ctx context.Context, c *call) (reply, error) { return c.initShop(ctx, cmd) }
		},
	}
}

// initShop makes the shop. The words and the PIN are judged before the file is
// made, so that a wrong one leaves nothing behind.
func (c *call) initShop(ctx context.Context, cmd users.InitCmd) (reply, error) {
	for _, f := range []struct{ name, value string }{{"--shop", cmd.Shop}, {"--owner", cmd.Owner}} {
		if strings.TrimSpace(f.value) == "" {
			return reply{}, usage("fault.cli.flag_needed", "word", f.name)
		}
	}
	var err error
	if cmd.PIN, err = c.newPIN(ctx, envPIN, cmd.Owner); err != nil {
		return reply{}, err
	}
	if err := cmd.Validate(); err != nil {
		return reply{}, err
	}
	a, end, err := boot.Open(ctx, c.env.boot(c.opt.data))
	if err != nil {
		return reply{}, err
	}
	defer c.close(end)
	owner, err := a.Users.Init(ctx, cmd)
	if err != nil {
		return reply{}, err
	}
	info, err := a.Backup.Info(withActor(ctx, owner))
	if err != nil {
		return reply{}, err
	}
	for _, key := range info.Notes {
		c.note(key) // e.g. the folder is one that a cloud program copies
	}
	doc := struct {
		Shop     string `json:"shop"`
		Owner    string `json:"owner"`
		Currency string `json:"currency"`
		Engine   string `json:"engine"`
		Data     string `json:"data"`
	}{strings.TrimSpace(cmd.Shop), owner.Name, cmd.Currency, info.Engine, info.Place}
	return reply{doc: doc, lines: []string{
		c.tr.T("cli.init.done", "shop", doc.Shop, "data", doc.Data), c.tr.T("cli.init.next", "name", owner.Name),
	}}, nil
}

// newPIN takes a new PIN from the environment, or twice from the terminal.
func (c *call) newPIN(ctx context.Context, env, name string) (string, error) {
	first, err := c.askPIN(ctx, env, "cli.ask.new_pin", name)
	if err != nil || c.env.get(env) != "" {
		return first, err
	}
	again, err := c.askPIN(ctx, env, "cli.ask.again", name)
	if err == nil && again != first {
		err = fault.New(fault.Invalid, "fault.cli.pins_differ")
	}
	return first, err
}
