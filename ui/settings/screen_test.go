package settings

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/settings"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
	"zhanggui/ui/theme"
)

// row puts the cursor on a row of a list by its id.
func row[R any](d *desk, list *kit.List[R], id string) {
	d.T.Helper()
	for i := range list.Total() {
		if r := list.Grid().At(i); r != nil && r.ID == id {
			list.Grid().SetCursor(i)
			d.settle()
			return
		}
	}
	require.Fail(d.T, "no row "+id)
}

func stored(t *testing.T, f *apptest.Fixture) domain.Settings {
	t.Helper()
	set, err := f.Settings.Typed(f.As(auth.Supervisor))
	require.NoError(t, err)
	return set
}

func TestShop_EveryKindOfSetting(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, New, auth.Supervisor)
	list := d.page.(*shop).list
	require.Equal(t, len(domain.SettingList)-4, list.Total(), "couriers and fees have pages of their own")
	for key, text := range map[string]string{
		"shop.name": "山海百货", "ship.waves": "10:30、15：00", "stock.adjust_limit": "100+20", "tax.vat": "6.5%", "backup.keep": "7",
	} {
		row(d, list, key)
		d.Press("F9")
		d.set("settings.edit."+key, text)
		d.Press("Enter")
		d.settle()
		require.False(t, d.open(), key)
	}
	set := stored(t, f)
	require.Equal(t, "山海百货", set.ShopName)
	require.Equal(t, []string{"10:30", "15:00"}, set.Waves)
	require.Equal(t, int64(12000), int64(set.AdjustLimit))
	require.Equal(t, int64(650), int64(set.VAT))
	require.Equal(t, 7, set.BackupKeep)

	row(d, list, "backup.keep")
	d.Press("Alt+R")
	d.settle()
	require.Equal(t, 14, stored(t, f).BackupKeep)
}

func TestShop_WrongValues_StayInTheForm(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, New, auth.Supervisor)
	list := d.page.(*shop).list
	for key, text := range map[string]string{
		"backup.keep": "0", "tax.vat": "viel", "ship.waves": "25:00", "ship.target_hours": "49",
	} {
		row(d, list, key)
		d.Press("Enter")
		d.set("settings.edit."+key, text)
		d.Press("Enter")
		require.True(t, d.open(), "%s %s", key, text)
		d.Press("Esc", "Enter") // and the question before discarding
		require.False(t, d.open(), key)
	}
	require.Equal(t, domain.ParseSettings(nil).Promise, stored(t, f).Promise)
}

func TestShop_WithoutTheRight_ReadOnly(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, New, auth.Warehouse)
	d.Press("F9", "Enter")
	require.False(t, d.open())
	left, _ := d.page.(*shop).list.FooterText()
	require.Contains(t, left, "只有运营主管能改")
}

func person(t *testing.T, f *apptest.Fixture, name string) users.Person {
	t.Helper()
	list, err := f.Users.List(f.As(auth.Supervisor))
	require.NoError(t, err)
	for _, p := range list {
		if p.Name == name {
			return p
		}
	}
	require.Fail(t, "nobody is called "+name)
	return users.Person{}
}

func TestStaff_AddChangePINDisable(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, NewStaff, auth.Supervisor)
	list := d.page.(*staff).list
	d.Press("F9")
	d.set("settings.add.name", "唐宁")
	d.set("settings.add.pin", "1234")
	d.Press("Enter")
	require.True(t, d.open(), "too easy to guess")
	d.set("settings.add.pin", "7391")
	d.Press("Enter")
	d.settle()
	require.False(t, d.open())
	p := person(t, f, "唐宁")
	require.Equal(t, auth.Service, p.Role)
	require.Equal(t, 6, list.Total())

	row(d, list, p.ID.String())
	d.Press("F2")
	kit.Find("settings.person.role").(*kit.Choice).Pick(string(auth.Finance))
	d.Press("Enter")
	require.True(t, d.open(), "finance wants a longer PIN")
	d.set("settings.person.pin", "739146")
	d.set("settings.person.name", "唐小宁")
	d.Press("Enter")
	d.settle()
	p = person(t, f, "唐小宁")
	require.Equal(t, auth.Finance, p.Role)

	d.Press("Alt+P")
	d.set("settings.pin.pin", "604815")
	d.set("settings.pin.again", "604816")
	d.Press("Enter")
	require.True(t, d.open(), "the two differ")
	d.set("settings.pin.again", "604815")
	d.Press("Enter")
	d.settle()
	_, err := f.Users.SignIn(t.Context(), "唐小宁", "604815")
	require.NoError(t, err)

	d.Press("Alt+D", "Enter")
	d.settle()
	require.True(t, person(t, f, "唐小宁").Disabled)
	d.Press("Alt+D")
	d.settle()
	require.False(t, person(t, f, "唐小宁").Disabled, "back to work needs no question")
}

func TestStaff_NameTaken_UnderTheName(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, NewStaff, auth.Supervisor)
	d.Press("F9")
	d.set("settings.add.name", "王铁柱")
	d.set("settings.add.pin", "7391")
	d.Press("Enter")
	require.True(t, d.open())
	require.True(t, kit.Find("settings.add.name").(*kit.Entry).Bad())
}

func TestStaff_Rights_GiveAndWithdraw(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, NewStaff, auth.Supervisor)
	list := d.page.(*staff).list
	row(d, list, f.Person(auth.Warehouse).ID.String())
	d.Press("Alt+G")
	kit.Find("settings.right.finance.view_cost").(*kit.Choice).Pick(rightYes)
	kit.Find("settings.right.shipping.undo").(*kit.Choice).Pick(rightNo)
	d.Press("F9")
	d.settle()
	require.False(t, d.open())
	require.Equal(t, map[auth.Action]bool{auth.FinanceViewCost: true, auth.ShippingUndo: false}, person(t, f, "王铁柱").Grants)

	row(d, list, f.Person(auth.Supervisor).ID.String())
	d.Press("Alt+G")
	require.False(t, d.open(), "a supervisor has every right")
	d.Press("Alt+D", "Enter")
	d.settle()
	require.True(t, d.open(), "the last supervisor cannot go, and it says so")
	require.False(t, person(t, f, "赵大川").Disabled)
}

func TestBackup_DailyCopyAndCheck(t *testing.T) {
	f := apptest.New(t)
	f.Stock(f.SKU("A", 1000), 3, 900)
	d := at(t, f, NewBackup, auth.Supervisor)
	page := d.page.(*safety)
	require.Len(t, page.buttons, 8)

	d.Press("F9")
	d.settle()
	require.Contains(t, page.hint.Text(), "已备份")
	d.Press("F9")
	d.settle()
	require.Contains(t, page.hint.Text(), "今天已经备份过")

	d.Picker.Path = filepath.Join(t.TempDir(), "另存.zgbackup")
	d.Press("Alt+B")
	d.settle()
	st, err := os.Stat(d.Picker.Path)
	require.NoError(t, err)
	require.Positive(t, st.Size())
	require.Equal(t, "备份-20260423-1018.zgbackup", d.Picker.Named[0])

	d.Press("Alt+A")
	grid := kit.Find("settings.check.results").(*kit.Grid)
	require.NotNil(t, grid.At(0))
	require.False(t, page.owner.Acting())
	require.Empty(t, page.work.Objects, "the progress is gone")
}

func TestBackup_ButtonsFollowTheRights(t *testing.T) {
	f := apptest.New(t)
	d := at(t, f, NewBackup, auth.Warehouse)
	require.Len(t, d.page.(*safety).buttons, 3, "checking and testing, no copies, no restoring")
	d.Press("F9", "Alt+B")
	require.Empty(t, d.Picker.Named)
	d.Press("Alt+K")
	require.NotEmpty(t, d.page.(*safety).results.Objects)
}

func TestBackup_Stop_IsNoError(t *testing.T) {
	f := apptest.New(t)
	env := kittest.New(t, kittest.Light)
	env.Actor, env.Bus = f.Person(auth.Supervisor), f.Engine.Bus()
	q := &kittest.Queue{}
	env.Exec = q.Exec
	page := NewBackup(env.Env, f.App).(*safety)
	env.Show(kittest.Frame(page.Build(), kittest.TopAndTabs), kittest.Small)
	page.Shown()
	env.Press("Alt+A")
	require.True(t, page.buttons[0].Off(), "one work at a time")
	env.Tap("settings.check.stop")
	q.RunAll()
	require.Equal(t, "已停止", page.hint.Text())
	require.False(t, page.buttons[0].Off())
	page.Close()
}

func TestAudit_EveryChangeWithItsSentence(t *testing.T) {
	f := lived(t)
	d := at(t, f, NewAudit, auth.Supervisor)
	list := d.page.(*audit).list
	all := list.Total()
	require.Greater(t, all, 10)
	d.Tap("settings.audit.chip.denied")
	d.settle()
	require.Equal(t, 1, list.Total())
	l, ok := list.Current()
	require.True(t, ok)
	require.Equal(t, "越权被拒：调整库存", auditText(d.Tr, l))
	d.Tap("settings.audit.chip.setting")
	d.settle()
	require.Equal(t, 3, list.Total())
	d.Tap("settings.audit.chip.all")
	kit.Find("settings.audit.filter.role").(*kit.Choice).Pick(string(auth.Warehouse))
	d.settle()
	require.Equal(t, 2, list.Total(), "shipped and corrected")

	require.NoError(t, f.Settings.Set(f.As(auth.Supervisor), settings.SetCmd{Key: "backup.keep", Value: "9"}))
	d.Press("Esc", "Esc", "Esc")
	d.settle()
	require.Equal(t, all+1, list.Total())
}

func TestView_ValuesAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	for _, c := range []struct {
		kind        domain.SettingKind
		value, want string
	}{
		{domain.SetFen, "5000", "¥50.00"},
		{domain.SetBP, "650", "6.50%"},
		{domain.SetWhole, "1440", "1,440"},
		{domain.SetTimes, "11:00,16:30", "11:00, 16:30"},
		{domain.SetText, "", "–"},
		{domain.SetText, "2026", "2026"},
	} {
		require.Equal(t, c.want, settingText(tr, c.kind, c.value))
	}
	require.Equal(t, "库存调整限额", settingName(tr, "stock.adjust_limit"))
	require.Empty(t, settingRange(tr, settings.Value{Kind: domain.SetText}))
	require.Equal(t, "0.00% – 20.00%", settingRange(tr, settings.Value{Kind: domain.SetBP, Max: 2000}))
}

func TestView_Rate_PerCentBothWays(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"6": "600", "6.5%": "650", " 13 ％": "1300", "0": "0"} {
		got, err := rate(typed, "x")
		require.NoError(t, err, typed)
		require.Equal(t, want, got, typed)
	}
	_, err := rate("six", "x")
	require.Equal(t, "fault.not_number", fault.From(err).Fields["x"])
	require.Equal(t, "6.5", rateText("650"))
	require.Equal(t, "13", rateText("1300"))
	require.Equal(t, "0", rateText("0"))
	require.Equal(t, "11:00,16:30", times("11：00、 16:30，"))
}

func TestView_PersonAndRights(t *testing.T) {
	t.Parallel()
	tr := i18n.New(i18n.Chinese)
	tone, word := personState(users.Person{}, 5)
	require.Equal(t, theme.OK, tone)
	require.Equal(t, "setup.staff.on", word)
	tone, _ = personState(users.Person{LockedUntil: 9}, 5)
	require.Equal(t, theme.Warn, tone)
	tone, _ = personState(users.Person{Disabled: true, LockedUntil: 9}, 5)
	require.Equal(t, theme.Idle, tone)
	p := users.Person{Grants: map[auth.Action]bool{auth.StockAdjust: true, auth.OrdersCancel: false}}
	require.Equal(t, "多给 1 项 · 收回 1 项", exceptions(tr, p))
	choices := map[auth.Action]string{}
	for _, a := range auth.Actions {
		choices[a] = choiceOf(p.Grants, a)
	}
	require.Equal(t, p.Grants, grantsOf(choices))
}

func TestView_CheckRows_BrokenFirst(t *testing.T) {
	t.Parallel()
	rows := checkRows(i18n.New(i18n.English), []core.CheckResult{
		{Name: "a", Count: 3}, {Name: "b", Count: 9, Bad: 1, Broken: []string{"x"}}, {Name: "c", Note: "store.note.unsealed"},
	})
	require.Equal(t, []string{"b", "a", "c"}, []string{rows[0].ID, rows[1].ID, rows[2].ID})
	require.Equal(t, kit.Pill(theme.Urgent, "Broken"), rows[0].Cells[0])
	_, ok := rows.Row(3)
	require.False(t, ok)
	require.Equal(t, "46.0 MB", size(48_234_496))
	require.Equal(t, "12 KB", size(12_500))
	require.Equal(t, "{\n  \"a\": 1\n}", pretty(`{"a":1}`))
	require.Equal(t, "plain", pretty("plain"))
}

func TestView_InForm_ShowsWhereItBelongs(t *testing.T) {
	t.Parallel()
	require.NoError(t, inForm(nil, "x"))
	taken := fault.From(inForm(fault.New(fault.Conflict, "fault.staff.name_used"), "name"))
	require.Equal(t, fault.Invalid, taken.Code)
	require.Equal(t, "fault.staff.name_used", taken.Fields["name"])
	span := fault.From(inForm(fault.New(fault.Conflict, "fault.setting.span").Field("ship.limit_hours", "fault.setting.span_field"), "x"))
	require.Equal(t, map[string]string{"ship.limit_hours": "fault.setting.span_field"}, span.Fields)
	broken := fault.New(fault.Unavailable, "fault.unavailable")
	require.Equal(t, error(broken), inForm(broken, "x"))
}

func TestView_AuditQuery_DaysAreWhole(t *testing.T) {
	t.Parallel()
	q := auditQuery(kit.Query{Chip: chipDenied, Filter: kit.NewValues("period", "2026-04-01..2026-04-02", "role", "finance", "action", "stock.adjust")})
	require.Equal(t, []core.Cond{
		{Field: "at", Op: ">=", Value: "2026-04-01"},
		{Field: "at", Op: "<", Value: "2026-04-03"},
		{Field: "role", Op: "=", Value: "finance"},
		{Field: "action", Op: "=", Value: "stock.adjust"},
		{Field: "key", Op: "=", Value: "audit.denied"},
	}, q.Conds)
	require.Equal(t, "order", auditQuery(kit.Query{Chip: "order"}).Chip)
}
