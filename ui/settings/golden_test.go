package settings

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app"
	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

// pages are the tabs of the area. The backup page is drawn without facts of
// this computer: path and size of the data differ from run to run.
var pages = []struct {
	name string
	make func(kit.Env, *app.App) kit.Screen
}{{"shop", New}, {"shops", NewShops}, {"staff", NewStaff}, {"audit", NewAudit}}

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

func TestBackup_Golden(t *testing.T) {
	f := lived(t)
	f.Person(auth.Supervisor)
	known := standing{
		info: core.Info{Engine: "sqlite", Place: "/data/山海家居.zhanggui", SchemaVersion: 7, SizeBytes: 48_234_496, Others: []core.Neighbour{{Desk: "ZG-02"}}},
		last: core.BackupInfo{Path: "/backups/山海家居-20260423-030000.zgbackup", SizeBytes: 41_943_040, At: kittest.Now - 7*3_600_000}, has: true,
	}
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
			page.checked(results)
			d.Golden("backup-" + look.Name)
		})
	}
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
