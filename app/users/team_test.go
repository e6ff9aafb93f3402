package users_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/app/users"
)

func change(f *apptest.Fixture, role auth.Role) users.ChangeCmd {
	p := row(f, name(f, role))
	return users.ChangeCmd{ID: p.ID, Version: p.Version, Name: p.Name, Role: p.Role, Disabled: p.Disabled, Grants: p.Grants}
}

func disable(f *apptest.Fixture, role auth.Role) {
	f.T.Helper()
	cmd := change(f, role)
	cmd.Disabled = true
	require.NoError(f.T, f.Users.Change(f.As(auth.Supervisor), cmd))
}

func TestInit_EmptyData_MakesOwnerAndShop(t *testing.T) {
	t.Parallel()
	f := apptest.Empty(t)
	w, err := f.Users.Welcome(nobody())
	require.NoError(t, err)
	require.True(t, w.Empty)

	owner, err := f.Users.Init(nobody(), users.InitCmd{Shop: " 一号店 ", Owner: "钱多", PIN: "604815", Currency: "GBP"})

	require.NoError(t, err)
	require.Equal(t, auth.Supervisor, owner.Role)
	w, err = f.Users.Welcome(nobody())
	require.NoError(t, err)
	require.Equal(t, users.Welcome{Shop: "一号店", Currency: "GBP", Faces: []users.Face{{Name: "钱多", Role: auth.Supervisor, PINLength: 6}}}, w)
	_, err = f.Users.SignIn(nobody(), "钱多", "604815")
	require.NoError(t, err)
	require.NotContains(t, row(f, "钱多").PINHash, "604815")
	f.CheckClean()
}

func TestInit_Faults(t *testing.T) {
	t.Parallel()
	good := users.InitCmd{Shop: "店", Owner: "人", PIN: "604815"}

	f := apptest.New(t)
	_, err := f.Users.Init(nobody(), good)
	require.Equal(t, "fault.users.not_empty", fault.Key(err))
	require.True(t, fault.Is(err, fault.Conflict))

	empty := apptest.Empty(t)
	for field, spoil := range map[string]func(c *users.InitCmd){
		"shop":     func(c *users.InitCmd) { c.Shop = " " },
		"owner":    func(c *users.InitCmd) { c.Owner = strings.Repeat("长", 41) },
		"pin":      func(c *users.InitCmd) { c.PIN = "8163" },
		"currency": func(c *users.InitCmd) { c.Currency = "eur" },
	} {
		cmd := good
		spoil(&cmd)
		_, err := empty.Users.Init(nobody(), cmd)
		require.True(t, fault.Is(err, fault.Invalid), field)
		require.Contains(t, fault.From(err).Fields, field)
	}
	w, err := empty.Users.Welcome(nobody())
	require.NoError(t, err)
	require.True(t, w.Empty)
}

func TestAdd_NewPerson_CanSignInWithGrants(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	var heard []core.Change
	f.Engine.Bus().Subscribe(func(c []core.Change) { heard = append(heard, c...) })

	id, err := f.Users.Add(f.As(auth.Supervisor), users.AddCmd{
		Name: "孙六", Role: auth.Warehouse, PIN: "7391", Grants: map[auth.Action]bool{auth.FinanceViewCost: true},
	})

	require.NoError(t, err)
	actor, err := f.Users.SignIn(nobody(), "孙六", "7391")
	require.NoError(t, err)
	require.Equal(t, id, actor.ID)
	require.True(t, auth.Allows(actor, auth.FinanceViewCost))
	line := f.Audit("audit.staff_added")[4]
	require.Contains(t, line.After, "finance.view_cost")
	require.NotContains(t, line.After, "argon2")
	require.Equal(t, core.Change{Topic: core.TopicStaff, IDs: []string{id.String()}}, heard[0])
	list, err := f.Users.List(f.As(auth.Supervisor))
	require.NoError(t, err)
	require.Len(t, list, 6)
	f.CheckClean()
}

func TestAdd_Faults(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	good := users.AddCmd{Name: "孙六", Role: auth.Warehouse, PIN: "7391"}
	for field, spoil := range map[string]func(c *users.AddCmd){
		"name":   func(c *users.AddCmd) { c.Name = "孙\u202e六" },
		"role":   func(c *users.AddCmd) { c.Role = auth.System },
		"pin":    func(c *users.AddCmd) { c.PIN = "1234" },
		"grants": func(c *users.AddCmd) { c.Grants = map[auth.Action]bool{"root": true} },
	} {
		cmd := good
		spoil(&cmd)
		_, err := f.Users.Add(f.As(auth.Supervisor), cmd)
		require.True(t, fault.Is(err, fault.Invalid), field)
		require.Contains(t, fault.From(err).Fields, field)
	}

	_, err := f.Users.Add(f.As(auth.Finance), users.AddCmd{})
	require.True(t, fault.Is(err, fault.Denied), "the right comes before the fields")
	good.Name = name(f, auth.Service)
	_, err = f.Users.Add(f.As(auth.Supervisor), good)
	require.Equal(t, "fault.staff.name_used", fault.Key(err))
}

func TestChange_RightsCountAtOnce(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	service := f.As(auth.Service) // as the desk still carries the person
	_, err := f.Catalog.List(service, core.Query{})
	require.NoError(t, err)

	cmd := change(f, auth.Service)
	cmd.Grants = map[auth.Action]bool{auth.CatalogView: false}
	require.NoError(t, f.Users.Change(f.As(auth.Supervisor), cmd))
	_, err = f.Catalog.List(service, core.Query{})
	require.True(t, fault.Is(err, fault.Denied))

	disable(f, auth.Warehouse)
	_, err = f.Catalog.List(f.As(auth.Warehouse), core.Query{})
	require.Equal(t, "fault.auth.disabled", fault.Key(err))
	line := f.Audit("audit.staff_changed")[0]
	require.NotContains(t, line.Before, "catalog.view")
	require.Contains(t, line.After, `"catalog.view":false`)
}

func TestChange_LongerPINForMoneyPosts(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	cmd := change(f, auth.Service)
	cmd.Role = auth.Finance

	err := f.Users.Change(boss, cmd)
	require.Equal(t, "fault.users.pin_needed", fault.Key(err))
	cmd.PIN = "8163"
	err = f.Users.Change(boss, cmd)
	require.Contains(t, fault.From(err).Fields, "pin")
	cmd.PIN = "816350"
	require.NoError(t, f.Users.Change(boss, cmd))

	_, err = f.Users.SignIn(nobody(), cmd.Name, "5820")
	require.True(t, fault.Is(err, fault.Denied))
	actor, err := f.Users.SignIn(nobody(), cmd.Name, "816350")
	require.NoError(t, err)
	require.Equal(t, auth.Finance, actor.Role)
}

func TestChange_LastSupervisor_Stays(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)
	for _, spoil := range []func(c *users.ChangeCmd){
		func(c *users.ChangeCmd) { c.Disabled = true },
		func(c *users.ChangeCmd) { c.Role = auth.Service },
	} {
		cmd := change(f, auth.Supervisor)
		spoil(&cmd)
		require.Equal(t, "fault.users.last_supervisor", fault.Key(f.Users.Change(boss, cmd)))
	}

	_, err := f.Users.Add(boss, users.AddCmd{Name: "副主管", Role: auth.Supervisor, PIN: "739402"})
	require.NoError(t, err)
	disable(f, auth.Supervisor)
	_, err = f.Users.List(boss)
	require.True(t, fault.Is(err, fault.Denied))
}

func TestChange_OldVersionUnknownPersonUsedName_Refused(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	boss := f.As(auth.Supervisor)

	stale := change(f, auth.Service)
	disable(f, auth.Service)
	require.Equal(t, "fault.conflict_version", fault.Key(f.Users.Change(boss, stale)))

	unknown := change(f, auth.Finance)
	unknown.ID = ids.StaffID{9}
	require.True(t, fault.Is(f.Users.Change(boss, unknown), fault.NotFound))

	named := change(f, auth.Finance)
	named.Name = name(f, auth.Warehouse)
	require.Equal(t, "fault.staff.name_used", fault.Key(f.Users.Change(boss, named)))

	empty := users.ChangeCmd{Role: "owner"}
	fields := fault.From(f.Users.Change(boss, empty)).Fields
	require.Contains(t, fields, "id")
	require.Contains(t, fields, "name")
	require.Contains(t, fields, "role")
}

func TestSetPIN_Own_NeedsTheOldOne(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	me := f.As(auth.Warehouse)

	err := f.Users.SetPIN(me, users.SetPINCmd{Old: "0000", PIN: "7304"})
	require.Equal(t, "fault.users.sign_in", fault.Key(err))
	require.Equal(t, 1, row(f, name(f, auth.Warehouse)).Failures, "guessing the old PIN counts as guessing")

	err = f.Users.SetPIN(me, users.SetPINCmd{Old: "8163", PIN: "1111"})
	require.Equal(t, "fault.auth.pin_weak", fault.From(err).Fields["pin"])

	require.NoError(t, f.Users.SetPIN(me, users.SetPINCmd{ID: f.Person(auth.Warehouse).ID, Old: "8163", PIN: "7304"}))
	_, err = f.Users.SignIn(nobody(), name(f, auth.Warehouse), "7304")
	require.NoError(t, err)
	line := f.Audit("audit.pin_set")[0]
	require.Equal(t, name(f, auth.Warehouse), line.Actor)
	require.Empty(t, line.Before+line.After)
	f.CheckClean()
}

func TestSetPIN_OfAnother_SupervisorOnly_EndsTheLockOut(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	id := f.Person(auth.Finance).ID
	for range 6 {
		_, err := f.Users.SignIn(nobody(), name(f, auth.Finance), "111333")
		require.Error(t, err)
	}

	err := f.Users.SetPIN(f.As(auth.Service), users.SetPINCmd{ID: id, PIN: "905172"})
	require.True(t, fault.Is(err, fault.Denied))
	err = f.Users.SetPIN(f.As(auth.Supervisor), users.SetPINCmd{ID: id, PIN: "9051"})
	require.Equal(t, "fault.auth.pin_short", fault.Key(err), "the person's post decides the length")
	err = f.Users.SetPIN(f.As(auth.Supervisor), users.SetPINCmd{ID: ids.StaffID{7}, PIN: "905172"})
	require.True(t, fault.Is(err, fault.NotFound))

	require.NoError(t, f.Users.SetPIN(f.As(auth.Supervisor), users.SetPINCmd{ID: id, PIN: "905172"}))
	_, err = f.Users.SignIn(nobody(), name(f, auth.Finance), "905172")
	require.NoError(t, err)
}

func TestSavePrefs_OwnOnly(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	require.NoError(t, f.Users.SavePrefs(f.As(auth.Service), users.PrefsCmd{Prefs: `{"theme":"dark"}`}))

	me, err := f.Users.Me(f.As(auth.Service))
	require.NoError(t, err)
	require.JSONEq(t, `{"theme":"dark"}`, me.Prefs)
	other, err := f.Users.Me(f.As(auth.Finance))
	require.NoError(t, err)
	require.Empty(t, other.Prefs)

	require.True(t, fault.Is(f.Users.SavePrefs(f.As(auth.Service), users.PrefsCmd{Prefs: `{`}), fault.Invalid))
	require.True(t, fault.Is(f.Users.SavePrefs(f.As(auth.Service), users.PrefsCmd{Prefs: `"` + strings.Repeat("x", 70_000) + `"`}), fault.Limit))
	require.True(t, fault.Is(f.Users.SavePrefs(f.As(auth.System), users.PrefsCmd{Prefs: `{}`}), fault.NotFound))
	system, err := f.Users.Me(f.As(auth.System))
	require.NoError(t, err)
	require.Equal(t, auth.SystemActor, system.Actor)
}

func TestWelcome_OrderOfPosts_DisabledLeftOut(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	disable(f, auth.Service)

	w, err := f.Users.Welcome(nobody())

	require.NoError(t, err)
	require.Equal(t, apptest.Shop, w.Shop)
	require.Equal(t, "CNY", w.Currency)
	var roles []auth.Role
	for _, face := range w.Faces {
		roles = append(roles, face.Role)
	}
	require.Equal(t, []auth.Role{auth.Supervisor, auth.Warehouse, auth.Finance, auth.Promotion}, roles)
}

func TestAuditLog_NewestFirst_SupervisorOnly(t *testing.T) {
	t.Parallel()
	f := apptest.New(t)
	disable(f, auth.Service)

	log, err := f.Users.AuditLog(f.As(auth.Supervisor), core.Query{})

	require.NoError(t, err)
	require.Equal(t, "audit.staff_changed", log.Rows[0].Key)
	require.Equal(t, name(f, auth.Supervisor), log.Rows[0].Actor)
	require.Equal(t, "desk-1", log.Rows[0].Desk)
	require.Equal(t, "audit.shop_made", log.Rows[len(log.Rows)-1].Key)
	_, err = f.Users.AuditLog(f.As(auth.Finance), core.Query{})
	require.True(t, fault.Is(err, fault.Denied))
}
