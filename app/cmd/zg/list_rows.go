package main

import (
	"context"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/users"
	"zhanggui/app/when"
)

// importRow is one import with the names of its fields.
type importRow struct {
	ID       ids.ImportID         `json:"id"`
	File     string               `json:"file"`
	SHA256   string               `json:"sha256"`
	Kind     string               `json:"kind"`
	Layout   string               `json:"layout"`
	Channel  string               `json:"channel"`
	Shop     ids.ShopID           `json:"shop_id"`
	Encoding string               `json:"encoding"`
	Header   int                  `json:"header_row"`
	State    domain.ImportState   `json:"state"`
	At       when.Millis          `json:"at_ms"`
	DoneAt   when.Millis          `json:"done_ms"`
	By       string               `json:"actor"`
	New      int64                `json:"new"`
	Changed  int64                `json:"changed"`
	Same     int64                `json:"same"`
	Conflict int64                `json:"conflict"`
	Rejected int64                `json:"rejected"`
	Chunks   int64                `json:"chunks"`
	Totals   []domain.ImportTotal `json:"totals"`
	Version  int64                `json:"version"`
}

func importRows(a *app.App) reader[importRow] {
	return func(ctx context.Context, q core.Query) (core.Paged[importRow], error) {
		page, err := a.Inbox.List(ctx, q)
		found := core.Paged[importRow]{Total: page.Total, Sums: page.Sums}
		for _, i := range page.Rows {
			found.Rows = append(found.Rows, importRow{
				ID: i.ID, File: i.File, SHA256: i.SHA256, Kind: i.Kind, Layout: i.Layout, Channel: i.Channel, Shop: i.Shop,
				Encoding: i.Encoding, Header: i.Header, State: i.State, At: i.At, DoneAt: i.DoneAt, By: i.By, New: i.New, Changed: i.Changed,
				Same: i.Same, Conflict: i.Conflict, Rejected: i.Rejected, Chunks: i.Chunks, Totals: some(i.Totals), Version: i.Version,
			})
		}
		return found, err
	}
}

// taskRow is one open task.
type taskRow struct {
	ID      ids.TaskID        `json:"id"`
	Kind    string            `json:"kind"`
	Number  string            `json:"number"`
	Role    auth.Role         `json:"role"`
	MadeAt  when.Millis       `json:"made_ms"`
	DueAt   when.Millis       `json:"due_ms"`
	RefKind string            `json:"ref_kind"`
	RefID   string            `json:"ref_id"`
	Args    map[string]string `json:"args"`
}

func taskRows(a *app.App) reader[taskRow] {
	return func(ctx context.Context, q core.Query) (core.Paged[taskRow], error) {
		tasks, err := openTasks(ctx, a.Engine)
		if err != nil {
			return core.Paged[taskRow]{}, err
		}
		rows := make([]taskRow, 0, len(tasks))
		for _, t := range tasks {
			rows = append(rows, taskRow{
				ID: t.ID, Kind: t.Kind, Number: t.Number, Role: t.Role, MadeAt: t.MadeAt, DueAt: t.DueAt, RefKind: t.RefKind, RefID: t.RefID, Args: t.Args,
			})
		}
		return choose(rows, q, func(r taskRow) string { return string(r.Role) })
	}
}

func staffRows(a *app.App) reader[users.Person] {
	return func(ctx context.Context, q core.Query) (core.Paged[users.Person], error) {
		people, err := a.Users.List(ctx)
		if err != nil {
			return core.Paged[users.Person]{}, err
		}
		return choose(people, q, func(p users.Person) string { return string(p.Role) })
	}
}
