package app_test

import (
	"bytes"
	"context"
	"path/filepath"
	"reflect"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/app/job"
	"zhanggui/app/settings"
	"zhanggui/app/shipping"
	"zhanggui/app/users"
)

// door is what one method of a service asks of who calls it.
type door struct {
	need auth.Action // the right; open doors need none
	open bool        // needs nobody: says why
	why  string
	args func(f *apptest.Fixture) []any // after ctx; nil calls with zero values
}

func needs(a auth.Action) door { return door{need: a} }

func with1(a auth.Action, args func(f *apptest.Fixture) []any) door { return door{need: a, args: args} }

func opened(why string) door { return door{open: true, why: why} }

// doors lists every method that takes a context. A method that is not here
// fails TestRights_EveryMethod_HasADoor: deny by default.
var doors = map[string]door{
	"Users.SignIn":    opened("nobody is known before"),
	"Users.Init":      opened("works on empty data only"),
	"Users.Welcome":   opened("the sign-in screen"),
	"Users.Unlock":    opened("takes the lock off; tested below"),
	"Users.Me":        needs(auth.SelfManage),
	"Users.SavePrefs": needs(auth.SelfManage),
	"Users.SetPIN":    needs(auth.SelfManage),
	"Users.SetPIN of another": with1(auth.UsersManage, func(*apptest.Fixture) []any {
		return []any{users.SetPINCmd{ID: ids.StaffID{9}}}
	}),
	"Users.AuditLog": needs(auth.AuditView),
	"Users.List":     needs(auth.UsersManage),
	"Users.Add":      needs(auth.UsersManage),
	"Users.Change":   needs(auth.UsersManage),

	"Settings.All":   needs(auth.SettingsView),
	"Settings.Typed": needs(auth.SettingsView),
	"Settings.Set":   needs(auth.SettingsEdit),
	"Settings.SetCourier": with1(auth.SettingsEdit, func(*apptest.Fixture) []any {
		return []any{settings.CourierCmd{Code: "zto"}}
	}),
	"Settings.SetFees": with1(auth.SettingsEdit, func(*apptest.Fixture) []any {
		return []any{settings.FeesCmd{Channel: "tmall"}}
	}),

	"Catalog.List":        needs(auth.CatalogView),
	"Catalog.Get":         needs(auth.CatalogView),
	"Catalog.GetByCode":   needs(auth.CatalogView),
	"Catalog.FindByScan":  needs(auth.CatalogView),
	"Catalog.Shops":       needs(auth.CatalogView),
	"Catalog.SaveProduct": needs(auth.CatalogEdit),
	"Catalog.SaveSKU":     needs(auth.CatalogEdit),
	"Catalog.EditMany":    needs(auth.CatalogEdit),
	"Catalog.Picture":     needs(auth.CatalogView),
	"Catalog.SetPicture":  needs(auth.CatalogEdit),
	"Catalog.MapCode":     needs(auth.CatalogEdit),
	"Catalog.SaveShop":    needs(auth.CatalogEdit),

	"Orders.List":         needs(auth.OrdersView),
	"Orders.Lines":        needs(auth.OrdersView),
	"Orders.StageCounts":  needs(auth.OrdersView),
	"Orders.Get":          needs(auth.OrdersView),
	"Orders.Find":         needs(auth.OrdersView),
	"Orders.Customers":    needs(auth.CustomersView),
	"Orders.Pass":         needs(auth.OrdersAudit),
	"Orders.Hold":         needs(auth.OrdersAudit),
	"Orders.ReleaseHold":  needs(auth.OrdersAudit),
	"Orders.ReleaseCheck": needs(auth.OrdersAudit),
	"Orders.CODCall":      needs(auth.OrdersAudit),
	"Orders.FixAddress":   needs(auth.OrdersEdit),
	"Orders.MapSKU":       needs(auth.OrdersEdit),
	"Orders.Manual":       needs(auth.OrdersEdit),
	"Orders.Merge":        needs(auth.OrdersSplit),
	"Orders.Unmerge":      needs(auth.OrdersSplit),
	"Orders.Split":        needs(auth.OrdersSplit),
	"Orders.Unsplit":      needs(auth.OrdersSplit),
	"Orders.Cancel":       needs(auth.OrdersCancel),
	"Orders.Unpass":       needs(auth.OrdersAudit),
	"Orders.Uncancel":     needs(auth.OrdersCancel),
	"Orders.RestoreCheck": needs(auth.OrdersAudit),
	"Orders.HoldAgain":    needs(auth.OrdersAudit),
	"Orders.UndoCall":     needs(auth.OrdersAudit),
	"Orders.Settle":       needs(auth.OrdersAudit),

	"Stock.List":    needs(auth.StockView),
	"Stock.AsOf":    needs(auth.StockView),
	"Stock.Moves":   needs(auth.StockView),
	"Stock.Level":   needs(auth.StockView),
	"Stock.Receive": needs(auth.StockReceive),
	"Stock.Opening": needs(auth.StockOpening),
	"Stock.Adjust":  needs(auth.StockAdjust),
	"Stock.Undo":    needs(auth.StockAdjust),
	"Stock.Recost":  needs(auth.FinancePost),

	"Shipping.Parcels":  needs(auth.ShippingView),
	"Shipping.Events":   needs(auth.ShippingView),
	"Shipping.Sheet":    needs(auth.ShippingView),
	"Shipping.Couriers": needs(auth.ShippingView),
	"Shipping.Ship":     needs(auth.ShippingShip),
	"Shipping.HandOver": needs(auth.ShippingShip),
	"Shipping.Undo":     needs(auth.ShippingUndo),
	"Shipping.Return":   needs(auth.StockReceive),
	"Shipping.Unhand":   needs(auth.ShippingUndo),
	"Shipping.Unreturn": needs(auth.StockReceive),
	"Shipping.ShipList": with1(auth.ShippingShip, func(f *apptest.Fixture) []any {
		return []any{[]shipping.ListRow{{Order: "30012345678900", Courier: "sf", Waybill: "SF1234567890123"}}, job.Report(nil)}
	}),

	"Inbox.List":        needs(auth.ImportView),
	"Inbox.Rows":        needs(auth.ImportView),
	"Inbox.Unfinished":  needs(auth.ImportView),
	"Inbox.Conflicts":   needs(auth.ImportView),
	"Inbox.Mappings":    needs(auth.ImportView),
	"Inbox.SaveMapping": needs(auth.ImportOrders),
	"Inbox.Undo":        needs(auth.ImportUndo),
	"Inbox.Preview": with1(auth.ImportView, func(*apptest.Fixture) []any {
		text := []byte("a,b\n1,2\n")
		return []any{inbox.Source{Path: "x.csv", Data: bytes.NewReader(text), Size: int64(len(text))}, inbox.Target{}, job.Report(nil)}
	}),
	"Inbox.Commit of orders":   commit(auth.ImportOrders, ingest.KindOrders),
	"Inbox.Commit of products": commit(auth.ImportStock, ingest.KindProducts),
	"Inbox.Commit of stock":    commit(auth.StockOpening, ingest.KindOpening),

	"Finance.Sales":        needs(auth.FinanceView),
	"Finance.Overview":     needs(auth.FinanceView),
	"Finance.TrialBalance": needs(auth.FinanceViewCost),
	"Finance.Entries":      needs(auth.FinanceViewCost),
	"Finance.Entry":        needs(auth.FinanceViewCost),
	"Finance.EntriesOf":    needs(auth.FinanceViewCost),

	"Search.Find": needs(auth.SelfManage),

	"Reporting.SalesReport":   needs(auth.ReportsView),
	"Reporting.StockReport":   needs(auth.ReportsView),
	"Reporting.DailyReport":   needs(auth.ReportsView),
	"Reporting.TrendReport":   needs(auth.ReportsView),
	"Reporting.ChannelReport": needs(auth.ReportsView),
	"Reporting.HourReport":    needs(auth.ReportsView),
	"Reporting.OnTimeReport":  needs(auth.ReportsView),

	"Dash.Sales":    needs(auth.ReportsView),
	"Dash.Products": needs(auth.ReportsView),
	"Dash.Work":     needs(auth.DashView),
	"Dash.Wave":     needs(auth.ShippingView),

	"Backup.Info":        needs(auth.DashView),
	"Backup.Last":        needs(auth.DashView),
	"Backup.Seal":        needs(auth.BackupMake),
	"Backup.Daily":       needs(auth.BackupMake),
	"Backup.Check":       needs(auth.CheckRun),
	"Backup.Copies":      needs(auth.CheckRun),
	"Backup.Test":        needs(auth.CheckRun),
	"Backup.MayRestore":  needs(auth.BackupRestore),
	"Backup.NoteRestore": needs(auth.BackupRestore),
	"Backup.Make": with1(auth.BackupMake, func(f *apptest.Fixture) []any {
		return []any{filepath.Join(f.Folder, "copy.zgbackup"), job.Report(nil)}
	}),

	"Jobs.Wait":   opened("tells nothing but that a job ended"),
	"Jobs.Cancel": needs(auth.DashView),
	"Jobs.Start": with1(auth.CheckRun, func(*apptest.Fixture) []any {
		return []any{job.Spec{Kind: "x", Action: auth.CheckRun, Run: func(context.Context, job.Report) (any, error) { return nil, nil }}}
	}),
}

func commit(need auth.Action, kind ingest.Kind) door {
	return with1(need, func(f *apptest.Fixture) []any {
		plan := &inbox.Plan{
			File: &ingest.File{Kind: kind, Name: "x.csv", SHA256: string(kind)},
			Shop: domain.Shop{ID: f.Shop("tmall")}, Counts: map[domain.RowResult]int{},
		}
		return []any{plan, job.Report(nil)}
	})
}

// methods gives every exported method of every service that takes a context.
func methods(f *apptest.Fixture) map[string]reflect.Value {
	found := map[string]reflect.Value{}
	app := reflect.ValueOf(f.App).Elem()
	for i := range app.NumField() {
		field := app.Type().Field(i)
		if field.Name == "Engine" {
			continue
		}
		service := app.Field(i)
		for m := range service.NumMethod() {
			method := service.Method(m)
			if t := method.Type(); t.NumIn() > 0 && t.In(0) == reflect.TypeFor[context.Context]() {
				found[field.Name+"."+service.Type().Method(m).Name] = method
			}
		}
	}
	return found
}

func TestRights_EveryMethod_HasADoor(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	known := map[string]bool{}
	for name := range doors {
		known[methodOf(name)] = true
	}
	found := methods(f)
	for name := range found {
		require.True(t, known[name], "%s has no line in doors of rights_test.go: say which right it needs", name)
	}
	for name := range known {
		require.Contains(t, found, name, "no such method any more")
	}
}

// methodOf cuts "Users.SetPIN of another" down to the method.
func methodOf(name string) string {
	for i := range name {
		if name[i] == ' ' {
			return name[:i]
		}
	}
	return name
}

// call calls a method with its door's arguments, or zero values, and gives its error.
func call(f *apptest.Fixture, ctx context.Context, name string, d door) error {
	method := methods(f)[methodOf(name)]
	in := []reflect.Value{reflect.ValueOf(ctx)}
	if d.args != nil {
		for i, arg := range d.args(f) {
			v := reflect.New(method.Type().In(i + 1)).Elem()
			v.Set(reflect.ValueOf(arg))
			in = append(in, v)
		}
	} else {
		for i := 1; i < method.Type().NumIn(); i++ {
			in = append(in, reflect.Zero(method.Type().In(i)))
		}
	}
	out := method.Call(in)
	err, _ := out[len(out)-1].Interface().(error)
	return err
}

// refused tells whether the engine turned the caller away for who he is.
func refused(err error) bool {
	switch fault.Key(err) {
	case "fault.auth.denied", "fault.auth.signed_out", "fault.auth.disabled", "fault.auth.unknown_actor":
		return true
	}
	return false
}

func doorNames() []string {
	names := make([]string, 0, len(doors))
	for name := range doors {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// TestRights_EveryMethodEveryRole_AsTheMatrixSays calls every method of every
// service as every post (QUALITY R19). What comes after the door does not
// matter here: with empty arguments it is mostly Invalid or NotFound.
func TestRights_EveryMethodEveryRole_AsTheMatrixSays(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	f.Shop("tmall")
	denials := 0
	for _, name := range doorNames() {
		d := doors[name]
		for _, role := range auth.Roles {
			may := d.open || auth.Allows(f.Person(role), d.need)

			err := call(f, f.As(role), name, d)

			require.Equal(t, may, !refused(err), "%s as %s: %v", name, role, err)
			if !may {
				denials++
				require.True(t, fault.Is(err, fault.Denied))
			}
		}
	}
	require.Len(t, f.Audit("audit.denied"), denials, "each refused try is audited once")
}

// TestRights_SignedOutDisabledLocked_NothingIsOpen calls every method as every
// post, signed out, off work, and with the desk locked.
func TestRights_SignedOutDisabledLocked_NothingIsOpen(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	f.Shop("tmall")
	_, err := f.Users.Add(f.As(auth.Supervisor), users.AddCmd{Name: "另一位主管", Role: auth.Supervisor, PIN: "730581"})
	require.NoError(t, err)
	callers := map[string]context.Context{"signed out": context.Background()}
	for _, role := range auth.Roles {
		locked := f.Person(role)
		locked.Locked = true
		callers["locked "+string(role)] = auth.With(context.Background(), locked)
		callers["disabled "+string(role)] = f.As(role)
	}
	for _, role := range []auth.Role{auth.Service, auth.Warehouse, auth.Finance, auth.Promotion, auth.Supervisor} {
		f.Disable(role)
	}
	gone := auth.Actor{ID: ids.StaffID{1}, Name: "走了的人", Role: auth.Supervisor}
	callers["removed"] = auth.With(context.Background(), gone)
	for who, ctx := range callers {
		for _, name := range doorNames() {
			d := doors[name]
			if d.open {
				continue
			}
			err := call(f, ctx, name, d)
			require.True(t, refused(err), "%s, %s: %v", name, who, err)
		}
	}
}

// TestRights_OpenDoors_GiveNothingAway calls what needs nobody, signed out.
func TestRights_OpenDoors_GiveNothingAway(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	for name, want := range map[string]string{
		"Users.SignIn":  "fault.users.sign_in",
		"Users.Init":    "fault.users.init",
		"Users.Welcome": "",
		"Users.Unlock":  "fault.auth.signed_out",
		"Jobs.Wait":     "fault.job.unknown",
	} {
		require.True(t, doors[name].open)
		require.Equal(t, want, fault.Key(call(f, context.Background(), name, doors[name])), name)
	}
	open := 0
	for _, d := range doors {
		if d.open {
			open++
			require.NotEmpty(t, d.why)
		}
	}
	require.Equal(t, 5, open, "a new open door needs a line above")
}

// TestRights_Personal_GrantedAndWithdrawn flips each right of a person and
// calls what needs it (DECIDED 11).
func TestRights_Personal_GrantedAndWithdrawn(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	f.Shop("tmall")
	for _, name := range doorNames() {
		d := doors[name]
		if d.open {
			continue
		}
		has := auth.Allows(auth.Actor{Role: auth.Service}, d.need)
		f.Grant(auth.Service, map[auth.Action]bool{d.need: !has})

		err := call(f, f.As(auth.Service), name, d)

		require.Equal(t, has, refused(err), "%s with %s=%v: %v", name, d.need, !has, err)
	}
}
