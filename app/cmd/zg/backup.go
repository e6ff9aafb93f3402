package main

import (
	"context"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/boot"
	"zhanggui/app/core"
	"zhanggui/app/i18n"
)

func backupCommand() command {
	return command{
		name: "backup", usage: "FILE", least: 1, most: 1, needs: person,
		setup: noFlags(func(ctx context.Context, c *call) (reply, error) {
			info, err := c.app.Backup.Make(ctx, c.args[0], c.bar.report)
			if err != nil {
				return reply{}, err
			}
			line := c.tr.T("cli.backup.done", "file", info.Path, "orders", i18n.Count(info.Orders), "size", i18n.Count(info.SizeBytes), "sha256", info.SHA256)
			return reply{doc: info, lines: []string{line}}, nil
		}),
	}
}

// restoreCommand puts a backup in the place of the data, which is kept aside.
func restoreCommand() command {
	return command{
		name: "restore", usage: "FILE", least: 1, most: 1,
		setup: noFlags(func(ctx context.Context, c *call) (reply, error) {
			done, err := boot.Restore(ctx, c.env.boot(c.opt.data), c.args[0], func(a *app.App) (auth.Actor, error) {
				_, err := c.signIn(ctx, a)
				return c.actor, err
			}, c.bar.report)
			if err != nil {
				return reply{}, err
			}
			doc := struct {
				core.BackupInfo
				Aside string `json:"aside"` // the data that was replaced, "" when there was none
			}{done.Info, done.Aside}
			lines := []string{c.tr.T("cli.restore.done", "file", c.args[0], "orders", i18n.Count(done.Info.Orders), "at", done.Info.At.Minute())}
			if done.Aside != "" {
				lines = append(lines, c.tr.T("cli.restore.aside", "file", done.Aside))
			}
			return reply{doc: doc, lines: lines}, nil
		}),
	}
}
