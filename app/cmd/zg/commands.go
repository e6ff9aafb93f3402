package main

import (
	"context"
	"flag"
)

// command is one word of zg.
type command struct {
	name  string
	usage string // what follows the name; the same in every language
	least int    // words that are no flags
	most  int    // -1: any number
	needs need
	// writes: an import that was interrupted is mentioned before it runs.
	writes bool
	// setup declares the flags and gives the action that reads them.
	setup func(f *flag.FlagSet) action
	// check looks at the words before anything is opened; may be nil.
	check func(c *call) error
}

// action runs a command. An error may come beside an answer that tells what was done.
type action func(ctx context.Context, c *call) (reply, error)

// need is what must stand before a command runs.
type need int

const (
	nothing need = iota // it opens what it needs by itself
	person              // a shop with somebody signed in
)

// any number of words.
const unlimited = -1

// commands is the table of contents of zg, in the order of its help.
func commands() []command {
	return []command{
		initCommand(), demoCommand(),
		importCommand(), templateCommand(),
		listCommand(), auditCommand(),
		receiveCommand(), openingCommand(), adjustCommand(),
		shipCommand(), handoverCommand(), returnCommand(), undoCommand(), waybillsCommand(),
		holdCommand(), releaseCommand(), cancelCommand(), mapCommand(), mergeCommand(), unmergeCommand(), splitCommand(),
		staffCommand(), settingCommand(),
		reportCommand(), checkCommand(), sealCommand(), backupCommand(), restoreCommand(),
		versionCommand(), helpCommand(),
	}
}

// find gives the command of that name, nil for none.
func find(name string) *command {
	for _, c := range commands() {
		if c.name == name {
			return &c
		}
	}
	return nil
}

// noFlags is the setup of a command without flags of its own.
func noFlags(act action) func(*flag.FlagSet) action {
	return func(*flag.FlagSet) action { return act }
}
