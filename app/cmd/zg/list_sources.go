package main

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"zhanggui/app"
	"zhanggui/app/core"
	"zhanggui/store"
)

// list is one list of zg list.
type list struct {
	name   string
	fields []string // all, in the order of the JSON
	shown  []string // what the text shows
	row    reflect.Type
	memory bool   // conditions are judged here: people and tasks are few
	walk   string // the field that its usual order goes down by, "" where conditions cannot name it
	read   func(ctx context.Context, a *app.App, q core.Query) (core.Paged[any], error)
}

// lists is the table of all lists.
func lists() []list {
	return []list{
		source("orders", "number channel stage day goods units net_fen receiver province courier waybill checks",
			func(a *app.App) reader[core.OrderRow] { return a.Orders.List }),
		source("lines", "order channel stage code sku title spec qty shipped_qty net_fen",
			func(a *app.App) reader[core.LineRow] { return a.Orders.Lines }),
		source("parcels", "waybill courier state order channel no units orders shipped_ms province",
			func(a *app.App) reader[core.ParcelRow] { return a.Shipping.Parcels }),
		source("skus", "code title spec category price_fen bin kit on_hand available",
			func(a *app.App) reader[core.SKURow] { return a.Catalog.List }),
		source("stock", "sku title spec bin on_hand reserved unavailable available incoming value_fen",
			func(a *app.App) reader[core.StockRow] { return a.Stock.List }),
		source("moves", "seq at_ms sku reason qty value_fen balance_qty number ref_id actor",
			func(a *app.App) reader[core.MoveRow] { return a.Stock.Moves }),
		source("entries", "seq day kind number account channel sku qty debit_fen credit_fen actor",
			func(a *app.App) reader[core.EntryRow] { return a.Finance.Entries }),
		source("customers", "channel buyer name phone province city orders paid_fen last_day",
			func(a *app.App) reader[core.CustomerRow] { return a.Orders.Customers }),
		source("imports", "id at_ms file layout state new changed same conflict rejected actor", importRows),
		source("audit", "seq at actor role text entity desk",
			func(a *app.App) reader[core.AuditLine] { return a.Users.AuditLog }),
		inMemory(source("tasks", "text number role made_ms due_ms ref_id", taskRows)),
		inMemory(source("staff", "name role disabled grants failures locked_until_ms", staffRows)),
	}
}

// walks are the fields by which the lists go down from the newest.
var walks = map[string]string{
	"orders": "created_ms", "parcels": "shipped_ms", "moves": "seq", "entries": "seq", "customers": "last_day", "imports": "at_ms", "audit": "seq",
}

// reader is a service's list.
type reader[T any] func(ctx context.Context, q core.Query) (core.Paged[T], error)

// source makes a list of a row type whose json names are the fields.
func source[T any](name, shown string, get func(a *app.App) reader[T]) list {
	l := list{name: name, shown: strings.Fields(shown), row: reflect.TypeFor[T](), walk: walks[name]}
	for i := range l.row.NumField() {
		l.fields = append(l.fields, jsonName(l.row.Field(i)))
	}
	l.read = func(ctx context.Context, a *app.App, q core.Query) (core.Paged[any], error) {
		page, err := get(a)(ctx, q)
		found := core.Paged[any]{Total: page.Total, Sums: page.Sums}
		for i := range page.Rows {
			found.Rows = append(found.Rows, page.Rows[i])
		}
		return found, err
	}
	return l
}

// at is the place of a field in the row type.
func (l *list) at(field string) int { return slices.Index(l.fields, field) }

func inMemory(l list) list {
	l.memory = true
	return l
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// auditConditions are the fields of the audit log that conditions may name: its
// texts are made when they are read.
var auditConditions = []string{"action", "actor", "at", "desk", "entity", "entity_id", "key", "role", "seq", "version"}

// conditions lists the fields that --where and --sort may name.
func (l *list) conditions() []string {
	switch {
	case l.name == "audit":
		return auditConditions
	case l.memory:
		return l.fields
	}
	return store.ListFields(l.name)
}

func listNames() []string {
	var names []string
	for _, l := range lists() {
		names = append(names, l.name)
	}
	return names
}

func findList(name string) *list {
	for _, l := range lists() {
		if l.name == name {
			return &l
		}
	}
	return nil
}
