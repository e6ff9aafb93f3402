package main

import (
	"context"
	"flag"
	"sort"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/ids"
	"zhanggui/app/orders"
)

func auditCommand() command {
	return command{
		name: "audit", usage: "[--all] [ORDER…]", most: unlimited, needs: person, writes: true,
		setup: func(f *flag.FlagSet) action {
			all := f.Bool("all", false, "")
			return func(ctx context.Context, c *call) (reply, error) { return c.audit(ctx, *all) }
		},
	}
}

// audit passes the named orders, or all that wait; with --all also those among
// the exceptions whose cause is gone.
func (c *call) audit(ctx context.Context, all bool) (reply, error) {
	list, err := c.orders(ctx, c.args)
	if err != nil {
		return reply{}, err
	}
	var again orders.PassResult
	if all && len(list) == 0 {
		if again, err = c.tryAgain(ctx); err != nil {
			return reply{}, err
		}
	}
	done, err := c.app.Orders.Pass(ctx, orders.PassCmd{Orders: list}, c.bar.report)
	done.Passed += again.Passed
	done.Blocked = append(again.Blocked, done.Blocked...)
	if fault.Is(err, fault.Cancelled) {
		err = fault.New(fault.Cancelled, "fault.cli.audit_stopped", "n", done.Passed)
	}
	if done.Blocked == nil {
		done.Blocked = []orders.Blocked{}
	}
	return reply{doc: done, lines: c.passedLines(done)}, err
}

// tryAgain passes the exceptions whose cause is gone. It comes before the pass
// of those that wait, which counts what still needs a person in the end.
func (c *call) tryAgain(ctx context.Context) (orders.PassResult, error) {
	var list []ids.OrderID
	q := core.Query{Chip: string(domain.StageException), Page: core.Page{Limit: core.PageLimit}}
	for full := true; full; q.Page.Offset += core.PageLimit {
		page, err := c.app.Orders.List(ctx, q)
		if err != nil {
			return orders.PassResult{}, err
		}
		for _, r := range page.Rows {
			list = append(list, r.ID)
		}
		full = len(page.Rows) == core.PageLimit
	}
	if len(list) == 0 { // no list would mean "all that wait"
		return orders.PassResult{}, nil
	}
	return c.app.Orders.Pass(ctx, orders.PassCmd{Orders: list}, c.bar.report)
}

func (c *call) passedLines(r orders.PassResult) []string {
	lines := []string{c.tr.T("cli.audit.done", "passed", i18n.Count(int64(r.Passed)), "need", i18n.Count(int64(r.NeedYou)))}
	codes := make([]string, 0, len(r.Reasons))
	for code := range r.Reasons {
		codes = append(codes, string(code))
	}
	sort.Strings(codes)
	for _, code := range codes {
		n := i18n.Count(int64(r.Reasons[domain.CheckCode(code)]))
		lines = append(lines, "  "+c.tr.T("cli.audit.reason", "check", c.tr.Word("check", code), "n", n))
	}
	for _, b := range r.Blocked {
		lines = append(lines, "  "+c.tr.T("cli.audit.blocked", "order", b.Order, "check", c.tr.Word("check", string(b.Check))))
	}
	return lines
}
