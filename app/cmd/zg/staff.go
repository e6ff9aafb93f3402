package main

import (
	"context"
	"flag"
	"slices"

	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/users"
)

// staffFlags are the flags of staff.
type staffFlags struct {
	role                string
	withdraw, byDefault bool
}

func staffCommand() command {
	var o staffFlags
	return command{
		name: "staff", usage: "add NAME --role ROLE | disable NAME | enable NAME | grant NAME RIGHT… [--withdraw|--default] | pin NAME",
		least: 2, most: unlimited, needs: person,
		setup: func(f *flag.FlagSet) action {
			f.StringVar(&o.role, "role", "", "")
			f.BoolVar(&o.withdraw, "withdraw", false, "")
			f.BoolVar(&o.byDefault, "default", false, "")
			return func(ctx context.Context, c *call) (reply, error) { return c.staff(ctx, o) }
		},
		check: func(c *call) error { return o.check(c.args) },
	}
}

func (o *staffFlags) check(args []string) error {
	verb, rest := args[0], args[2:]
	switch {
	case !slices.Contains([]string{"add", "disable", "enable", "grant", "pin"}, verb):
		return usage("fault.cli.bad_word", "word", verb)
	case verb == "grant" && len(rest) == 0:
		return usage("fault.cli.too_few", "n", 3)
	case verb != "grant" && len(rest) > 0:
		return usage("fault.cli.too_many", "word", rest[0])
	case verb == "add" && !auth.Role(o.role).Valid():
		return usage("fault.cli.bad_value", "word", "--role", "value", o.role)
	}
	for _, right := range rest {
		if !slices.Contains(auth.Actions, auth.Action(right)) {
			return usage("fault.cli.bad_word", "word", right)
		}
	}
	return nil
}

func (c *call) staff(ctx context.Context, o staffFlags) (reply, error) {
	verb, name := c.args[0], c.args[1]
	var err error
	switch verb {
	case "add":
		err = c.hire(ctx, name, auth.Role(o.role))
	case "pin":
		err = c.changePIN(ctx, name)
	case "grant":
		err = c.changePerson(ctx, name, func(cmd *users.ChangeCmd) { o.grant(cmd, c.args[2:]) })
	default:
		err = c.changePerson(ctx, name, func(cmd *users.ChangeCmd) { cmd.Disabled = verb == "disable" })
	}
	doc := map[string]string{"done": verb, "name": name}
	return reply{doc: doc, lines: []string{c.tr.T("cli.staff.done", "name", name)}}, err
}

// grant gives single rights, takes them away, or goes back to the post's own.
func (o *staffFlags) grant(cmd *users.ChangeCmd, rights []string) {
	grants := map[auth.Action]bool{}
	for a, yes := range cmd.Grants {
		grants[a] = yes
	}
	for _, r := range rights {
		if o.byDefault {
			delete(grants, auth.Action(r))
			continue
		}
		grants[auth.Action(r)] = !o.withdraw
	}
	cmd.Grants = grants
}

func (c *call) hire(ctx context.Context, name string, role auth.Role) error {
	pin, err := c.newPIN(ctx, envNewPIN, name)
	if err != nil {
		return err
	}
	_, err = c.app.Users.Add(ctx, users.AddCmd{Name: name, Role: role, PIN: pin})
	return err
}

// changePIN sets the own PIN, or as supervisor that of somebody else.
func (c *call) changePIN(ctx context.Context, name string) error {
	var id ids.StaffID
	if name != c.actor.Name {
		p, err := c.colleague(ctx, name)
		if err != nil {
			return err
		}
		id = p.ID
	}
	pin, err := c.newPIN(ctx, envNewPIN, name)
	if err != nil {
		return err
	}
	return c.app.Users.SetPIN(ctx, users.SetPINCmd{ID: id, Old: c.pin, PIN: pin})
}

func (c *call) changePerson(ctx context.Context, name string, change func(*users.ChangeCmd)) error {
	p, err := c.colleague(ctx, name)
	if err != nil {
		return err
	}
	cmd := users.ChangeCmd{ID: p.ID, Version: p.Version, Name: p.Name, Role: p.Role, Disabled: p.Disabled, Grants: p.Grants}
	change(&cmd)
	return c.app.Users.Change(ctx, cmd)
}

func (c *call) colleague(ctx context.Context, name string) (users.Person, error) {
	list, err := c.app.Users.List(ctx)
	for _, p := range list {
		if p.Name == name {
			return p, nil
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "fault.staff.unknown", "name", name)
	}
	return users.Person{}, err
}
