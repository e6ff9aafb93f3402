package settings

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/backup"
	"zhanggui/app/core"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// pages are the tabs of the area. The backup page is drawn without facts of
// this computer: path and size of the data differ from run to run.
var pages = []struct {
	name string
	make func(kit.Env, *app.App) kit.Screen
}{{"shop", New}, {"shops", NewShops}, {"staff", NewStaff}, {"audit", NewAudit}}

// terms are the tabs of couriers and fees, in a shop that has said something of both.
var terms = []struct {
	name string
	make func(kit.Env, *app.App) kit.Screen
}{{"couriers", NewCouriers}, {"fees", NewFees}}

func TestTerms_Golden(t *testing.T) {
	f := dealt(t, lived(t))
	for _, page := range terms {
		for _, look := range kittest.Looks {
			t.Run(page.name+" "+look.Name, func(t *testing.T) {
				d := sit(t, f, page.make, auth.Supervisor, look.Mode, look.English, look.Size)
				d.Press("Down")
				d.settle()
				d.Golden(page.name + "-" + look.Name)
			})
		}
	}
	d := sit(t, f, NewFees, auth.Supervisor, kittest.Light, false, kittest.Small)
	d.Press("Down", "F9")
	require.True(t, d.open())
	d.Golden("form-fees")
}

func TestPages_Golden(t *testing.T) {
	f := lived(t)
	for _, page := range pages {
		for _, look := range kittest.Looks {
			t.Run(page.name+" "+look.Name, func(t *testing.T) {
				d := sit(t, f, page.make, auth.Supervisor, look.Mode, look.English, look.Size)
				if page.name == "audit" {
					d.Press("Down", "Down")
					d.settle()
				}
				d.Golden(page.name + "-" + look.Name)
			})
		}
	}
}

// known is how the data stands in the pictures.
var known = standing{
	info: core.Info{Engine: "sqlite", Place: "/data/山海家居.zhanggui", SchemaVersion: 7, SizeBytes: 48_234_496, Others: []core.Neighbour{{Desk: "ZG-02"}}},
	last: core.BackupInfo{Path: "/backups/山海家居-20260423-030000.zgbackup", SizeBytes: 41_943_040, At: kittest.Now - 7*when.Hour}, has: true,
	kept: backup.Kept{Folder: "/backups", Usual: "/backups", Keep: 14, List: []core.Copy{
		copyAt("20260423-030000", 0, 41_943_040, 16_482, core.CopyWhole),
		copyAt("20260422-030000", 1, 41_680_896, 16_271, core.CopyWhole),
		copyAt("20260421-030000", 2, 12_582_912, 16_044, core.CopyCut),
		copyAt("20260420-030000", 3, 40_894_464, 0, core.CopyBare),
	}},
}

func copyAt(stamp string, days, bytes, orders int64, state core.CopyState) core.Copy {
	return core.Copy{State: state, BackupInfo: core.BackupInfo{
		Path: "/backups/山海家居-" + stamp + ".zgbackup", SizeBytes: bytes, Orders: orders, Moves: orders * 3,
		At: kittest.Now - 7*when.Hour - when.Millis(days)*when.DaySpan,
	}}
}

func TestBackup_Golden(t *testing.T) {
	f := lived(t)
	f.Person(auth.Supervisor)
	results := []core.CheckResult{
		{Name: "I1 levels = sums of moves", Count: 186},
		{Name: "I1 reserved = reservations", Count: 186},
		{Name: "I5 entries balanced", Count: 48213},
		{Name: "I7 rows not yet sealed", Count: 1204, Note: "store.note.unsealed"},
		{Name: "I3 lines shipped = parcels", Count: 16482, Bad: 2, Broken: []string{"6928441077312056", "6928441077320012"}},
	}
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, f, NewBackup, auth.Supervisor, look.Mode, look.English, look.Size)
			page := d.page.(*safety)
			page.show(known)
			page.copies.tests["/backups/山海家居-20260423-030000.zgbackup"] = tested{at: kittest.Now, good: true}
			page.copies.tests["/backups/山海家居-20260421-030000.zgbackup"] = tested{at: kittest.Now}
			page.show(known)
			d.Golden("copies-" + look.Name)
			page.checked(results)
			d.Golden("backup-" + look.Name)
		})
	}
}

// TestBackup_Dialogs_Golden are what the test of a copy says, what restoring one
// asks, and the page of a server's data, where nothing can be restored.
func TestBackup_Dialogs_Golden(t *testing.T) {
	f := lived(t)
	found := backup.Tested{
		CopyFacts: core.CopyFacts{
			BackupInfo: core.BackupInfo{Path: "/backups/山海家居-20260423-030000.zgbackup", SizeBytes: 41_943_040, Orders: 16_482, Moves: 48_213, SealHead: "9f2c61d07ab3e5", At: kittest.Now - 7*when.Hour},
			Noted:      true, Version: 8, Shop: "山海家居", Last: &core.AuditLine{Seq: 9, At: kittest.Now - 7*when.Hour},
		},
		Own: true, Orders: 16_530, LastAt: kittest.Now - 3*when.Minute, Changes: 212,
	}
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, f, NewBackup, auth.Supervisor, look.Mode, look.English, look.Size)
			page := d.page.(*safety)
			page.show(known)
			page.copies.told(found)
			d.Golden("form-tested-" + look.Name)
			d.Press("Enter")
			page.copies.sure(found)
			d.Golden("form-restore-" + look.Name)
		})
	}
	noRestore = true
	defer func() { noRestore = false }()
	d := sit(t, f, NewBackup, auth.Supervisor, kittest.Light, false, kittest.Small)
	server := known
	server.info.Engine, server.info.Place, server.kept.List = "postgres", "db.shop/shanhai", nil
	d.page.(*safety).show(server)
	d.Golden("copies-server")
}

func TestForms_Golden(t *testing.T) {
	f := lived(t)
	open := func(name string, make func(kit.Env, *app.App) kit.Screen, keys ...kit.Chord) {
		t.Run(name, func(t *testing.T) {
			d := sit(t, f, make, auth.Supervisor, kittest.Light, false, kittest.Small)
			d.Press(keys...)
			require.True(t, d.open())
			d.Golden("form-" + name)
		})
	}
	open("setting", New, "Down", "Down", "Down", "Down", "Down", "F9")
	open("add", NewStaff, "F9")
	open("person", NewStaff, "Down", "F2")
	open("pin", NewStaff, "Down", "Alt+P")
	open("rights", NewStaff, "Down", "Alt+G")
}

func TestStates_Golden(t *testing.T) {
	f := apptest.New(t)
	f.Person(auth.Supervisor)
	require.NoError(t, f.Store.Close())
	d := sit(t, f, NewStaff, auth.Supervisor, kittest.Dark, true, kittest.Small)
	d.Golden("staff-error")
}
