package main

import (
	"context"
	"strings"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
)

// call is one run of a command.
type call struct {
	env   *environment
	opt   options
	tr    i18n.Tr
	cmd   *command
	args  []string
	app   *app.App   // nil where the command opens nothing
	actor auth.Actor // who is signed in
	pin   string     // the PIN that was given, for changing the own one
	bar   *progress
}

// run does what the words say and gives the exit code: 0 done, 1 refused or
// broken, 2 wrong usage.
func run(ctx context.Context, env *environment, words []string) int {
	c := &call{env: env}
	c.opt.json, c.opt.lang = peek(words)
	c.speak()
	c.bar = newProgress(env, c.tr)
	act, err := c.prepare(words)
	var answer reply
	if err == nil {
		answer, err = c.do(ctx, act)
	}
	c.bar.end()
	return c.print(answer, asUsage(err))
}

// peek looks for the flags that a complaint about the others already obeys.
func peek(words []string) (json bool, lang string) {
	for i, w := range words {
		name, value, has := strings.Cut(strings.TrimLeft(w, "-"), "=")
		switch {
		case w == "--":
			return json, lang
		case !isFlag(w):
		case name == "json" && value != "false":
			json = true
		case name == "lang" && has:
			lang = value
		case name == "lang" && i+1 < len(words):
			lang = words[i+1]
		}
	}
	return json, lang
}

// speak picks the language: --lang, else LANG, else Chinese.
func (c *call) speak() {
	lang, ok := i18n.ParseLang(c.opt.lang)
	if !ok {
		lang, _ = i18n.ParseLang(c.env.get(envLang))
	}
	c.tr = i18n.New(lang)
}

// prepare finds the command and sets its flags.
func (c *call) prepare(words []string) (action, error) {
	f := newFlags()
	c.opt.register(f)
	rest, err := parse(f, words, true)
	if err != nil {
		return nil, err
	}
	if len(rest) == 0 {
		if c.opt.help {
			rest = []string{"help"}
		} else {
			return nil, usage("fault.cli.no_command")
		}
	}
	if c.cmd = find(rest[0]); c.cmd == nil {
		return nil, usage("fault.cli.unknown_command", "word", rest[0])
	}
	f = newFlags()
	c.opt.register(f)
	act := c.cmd.setup(f)
	if c.args, err = parse(f, rest[1:], false); err != nil {
		return nil, err
	}
	if _, ok := i18n.ParseLang(c.opt.lang); !ok && c.opt.lang != "" {
		return nil, usage("fault.cli.bad_value", "word", "--lang", "value", c.opt.lang)
	}
	if c.opt.help && c.cmd.name != "help" {
		c.args, c.cmd = []string{c.cmd.name}, find("help")
		return c.cmd.setup(newFlags()), nil
	}
	switch n := len(c.args); {
	case n < c.cmd.least:
		return nil, usage("fault.cli.too_few", "n", c.cmd.least)
	case c.cmd.most >= 0 && n > c.cmd.most:
		return nil, usage("fault.cli.too_many", "word", c.args[c.cmd.most])
	}
	if c.cmd.check != nil {
		err = c.cmd.check(c)
	}
	return act, err
}

// asUsage tells wrong conditions of lists apart from refusals: they are words.
func asUsage(err error) error {
	f := fault.From(err)
	if f == nil || f.Code != fault.Invalid || !strings.HasPrefix(f.Key, "fault.list.") {
		return err
	}
	wrong := *f
	wrong.Code = codeUsage
	return &wrong
}
