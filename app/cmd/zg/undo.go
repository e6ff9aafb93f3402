package main

import (
	"context"
	"strings"

	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/inbox"
	"zhanggui/app/shipping"
	"zhanggui/app/stock"
)

// undoing says how each kind of work is taken back, by the word that names it.
func undoing() map[string]func(ctx context.Context, c *call, word string) error {
	return map[string]func(ctx context.Context, c *call, word string) error{
		"shipment": undoShipment, "import": undoImport,
		"receipt": undoStock("receipt"), "opening": undoStock("opening"), "adjust": undoStock("adjust"),
	}
}

func undoCommand() command {
	return command{
		name: "undo", usage: "shipment WAYBILL… | import ID… | receipt DOC… | opening DOC… | adjust DOC…",
		least: 2, most: unlimited, needs: person, writes: true,
		setup: noFlags(func(ctx context.Context, c *call) (reply, error) { return c.undo(ctx) }),
		check: func(c *call) error {
			if undoing()[c.args[0]] == nil {
				return usage("fault.cli.bad_word", "word", c.args[0])
			}
			return nil
		},
	}
}

// undo takes the named work back, one after the other; the first refusal ends
// it, and what was taken back before stays so.
func (c *call) undo(ctx context.Context) (reply, error) {
	doc := struct {
		What   string   `json:"what"`
		Undone []string `json:"undone"`
	}{c.args[0], []string{}}
	one := undoing()[c.args[0]]
	for _, word := range c.args[1:] {
		if err := one(ctx, c, word); err != nil {
			return reply{doc: doc, lines: c.undoneLines(doc.Undone)}, err
		}
		doc.Undone = append(doc.Undone, word)
	}
	return reply{doc: doc, lines: c.undoneLines(doc.Undone)}, nil
}

func (c *call) undoneLines(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return []string{c.tr.T("cli.undo.done", "what", strings.Join(list, ", "))}
}

func undoShipment(ctx context.Context, c *call, waybill string) error {
	p, _, err := c.parcel(ctx, waybill)
	if err != nil {
		return err
	}
	return c.app.Shipping.Undo(ctx, shipping.UndoCmd{Parcel: p.ID})
}

func undoImport(ctx context.Context, c *call, word string) error {
	id, err := ids.Parse[ids.ImportKind](word)
	if err != nil {
		return fault.New(fault.NotFound, "fault.cli.no_id", "word", word)
	}
	return c.app.Inbox.Undo(ctx, inbox.UndoCmd{Import: id}, c.bar.report)
}

func undoStock(kind string) func(ctx context.Context, c *call, word string) error {
	return func(ctx context.Context, c *call, word string) error {
		id, err := ids.Parse[ids.DocKind](word)
		if err != nil {
			return fault.New(fault.NotFound, "fault.cli.no_id", "word", word)
		}
		return c.app.Stock.Undo(ctx, stock.UndoCmd{Kind: kind, Doc: id})
	}
}
