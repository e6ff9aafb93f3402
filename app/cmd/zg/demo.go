package main

import (
	"context"
	"flag"

	"zhanggui/app/boot"
	"zhanggui/app/demo"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
)

func demoCommand() command {
	return command{
		name: "demo", usage: "[--orders N] [--seed S] [--until 2026-04-23T10:18]",
		setup: func(f *flag.FlagSet) action {
			orders := f.Int("orders", 2000, "")
			seed := f.Uint64("seed", 1, "")
			until := f.String("until", "", "")
			return func(ctx context.Context, c *call) (reply, error) {
				at, err := moment("--until", *until)
				if err != nil {
					return reply{}, err
				}
				return c.demo(ctx, demo.Options{Orders: *orders, Seed: *seed, Until: at})
			}
		},
	}
}

// demo fills an empty shop with the example and names its people with their PINs.
func (c *call) demo(ctx context.Context, opt demo.Options) (reply, error) {
	a, end, err := boot.Open(ctx, c.env.boot(c.opt.data))
	if err != nil {
		return reply{}, err
	}
	defer c.close(end)
	welcome, err := a.Users.Welcome(ctx)
	if err != nil {
		return reply{}, err
	}
	if !welcome.Empty {
		return reply{}, fault.New(fault.Conflict, "fault.demo.not_empty")
	}
	if opt.Orders == 0 {
		return reply{}, fault.New(fault.Invalid, "fault.demo.orders", "n", 0, "limit", demoLimit)
	}
	opt.Hash = c.env.pins().Hash
	done, err := demo.Run(ctx, a.Engine.Store(), c.env.clock(), opt, c.bar.report)
	if err != nil {
		return reply{}, err
	}
	rows := make([][]string, 0, len(done.People))
	for _, p := range done.People {
		rows = append(rows, []string{"  " + p.Name, c.tr.Word("role", string(p.Role)), p.PIN})
	}
	lines := []string{c.tr.T("cli.demo.done", "orders", i18n.Count(int64(done.Orders)), "skus", done.SKUs, "from", done.From, "to", done.To)}
	return reply{doc: done, lines: append(lines, align(rows, nil)...)}, nil
}

// demoLimit is the most orders of the example shop; demo refuses more itself.
const demoLimit = 1_000_000
