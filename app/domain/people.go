package domain

import (
	"zhanggui/app/auth"
	"zhanggui/app/ids"
	"zhanggui/app/money"
	"zhanggui/app/when"
)

// Staff is one person of the team. Failures and LockedUntil throttle PIN
// guessing and live in the data, so that a restart changes nothing (QUALITY R20).
type Staff struct {
	ID          ids.StaffID
	Name        string
	Role        auth.Role
	PINHash     string
	Disabled    bool
	Grants      map[auth.Action]bool
	Failures    int
	LockedUntil when.Millis
	FailedAt    when.Millis
	Prefs       string // language, theme, text size, columns: JSON the window owns
	Version     int64
}

// Customer is one person per (channel, buyer id); never joined by a masked phone (rules.md §5.10).
type Customer struct {
	ID       ids.CustomerID
	Channel  string
	BuyerKey string
	Name     string // last receiver's name
	Phone    string
	Province string
	City     string
	FirstDay when.Day
	LastDay  when.Day
	Orders   int64
	PaidFen  money.Fen
}

// Task is a piece of work handed from one role to another (DECIDED 7).
type Task struct {
	ID      ids.TaskID
	Kind    string // receipt_cost, shortage, …; its name is task.<kind>
	RefKind string
	RefID   string
	Number  string // what people look for
	Role    auth.Role
	DueAt   when.Millis
	MadeAt  when.Millis
	DoneAt  when.Millis
	Outcome string
	Args    map[string]string
	DoneBy  string
}
