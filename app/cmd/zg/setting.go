package main

import (
	"context"

	"zhanggui/app/domain"
	"zhanggui/app/settings"
)

func settingCommand() command {
	return command{
		name: "setting", usage: "[KEY [VALUE]]", most: 2, needs: person,
		setup: noFlags(func(ctx context.Context, c *call) (reply, error) {
			if len(c.args) == 2 {
				if err := c.app.Settings.Set(ctx, settings.SetCmd{Key: c.args[0], Value: c.args[1]}); err != nil {
					return reply{}, err
				}
			}
			return c.settings(ctx)
		}),
		check: func(c *call) error {
			if len(c.args) > 0 {
				if _, known := domain.FindSetting(c.args[0]); !known {
					return usage("fault.cli.bad_word", "word", c.args[0])
				}
			}
			return nil
		},
	}
}

// settings answers with all of them, or with the one that was named.
func (c *call) settings(ctx context.Context) (reply, error) {
	all, err := c.app.Settings.All(ctx)
	if err != nil {
		return reply{}, err
	}
	rows := make([][]string, 0, len(all))
	for _, v := range all {
		if len(c.args) > 0 && v.Key == c.args[0] {
			return reply{doc: v, lines: []string{v.Value}}, nil
		}
		rows = append(rows, []string{v.Key, v.Value})
	}
	return reply{doc: map[string]any{"settings": all}, lines: align(rows, nil)}, nil
}
