package inbox

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/ui/kit/kittest"
)

// contradicted is a shop whose last import said something else of three orders:
// twice of the payment, once of what was shipped.
func contradicted(t testing.TB, f *apptest.Fixture) (imp domain.Import, list []*domain.Order) {
	t.Helper()
	d := service(t, f)
	d.drop(d.sample("抖店.csv", "douyin_orders", batch(100_000_000_000_001, 3)))
	d.keys("F9")
	page, err := f.Inbox.List(f.As(auth.Service), core.Query{})
	require.NoError(t, err)
	imp = page.Rows[0]
	for i, o := range batch(100_000_000_000_001, 3) {
		found, err := f.Orders.Find(f.As(auth.Service), o.Number)
		require.NoError(t, err)
		order := apptest.Look(f, func(r core.Reads) (*domain.Order, error) { return r.Orders().Get(found) })
		list = append(list, order)
		c := core.Contradiction{Order: found, Import: imp.ID, At: f.Clock.Now(), Fact: "payment", Ours: "paid", Theirs: "unpaid"}
		if i == 2 {
			c.Fact, c.Ours, c.Theirs = "shipped", "true", "false"
		}
		f.Do(func(u *core.Unit) error {
			saved, err := u.Imports().Get(imp.ID)
			if err != nil {
				return err
			}
			saved.Conflict = 3
			if err := u.Imports().Save(saved); err != nil {
				return err
			}
			return u.Orders().AddConflicts([]core.Contradiction{c})
		})
	}
	return imp, list
}

func open(f *apptest.Fixture, imp ids.ImportID) int {
	list, err := f.Inbox.Conflicts(f.As(auth.Service), imp)
	if err != nil {
		return -1
	}
	return len(list)
}

func TestSettle_ByKeys_RememberedForThisImport(t *testing.T) {
	f := shop(t)
	imp, list := contradicted(t, f)
	d := service(t, f)
	d.s.tabs.Turn(tabHistory)
	d.settle()
	d.keys("Alt+M")
	require.True(t, d.open())
	d.Tap("import.settle.remember")
	d.keys("2", "Enter")
	for _, o := range list[:2] {
		require.Equal(t, domain.PayUnpaid, f.Reload(o).Payment, "both of the kind at once")
	}
	require.Equal(t, 1, open(f, imp.ID))
	require.True(t, d.open(), "the other kind is asked by itself")
	d.keys("1", "Enter")
	require.False(t, d.open())
	require.Zero(t, open(f, imp.ID))
	d.keys("Alt+M")
	require.False(t, d.open(), "nothing is left to ask")
	f.CheckClean()
}

func TestSettle_EscLeavesTheRest_OursIsTakenBack(t *testing.T) {
	f := shop(t)
	imp, _ := contradicted(t, f)
	d := service(t, f)
	d.s.tabs.Turn(tabHistory)
	d.settle()
	d.keys("Alt+M", "Esc")
	require.Equal(t, 3, open(f, imp.ID), "nothing was decided")
	d.keys("Alt+M", "Enter", "Enter", "Enter")
	require.Zero(t, open(f, imp.ID))
	done := false
	for i := len(d.Notes) - 1; i >= 0; i-- {
		if n := d.Notes[i]; n.Undo != nil {
			n.Undo(func(ok bool) { done = ok })
			break
		}
	}
	require.True(t, done)
	require.Equal(t, 3, open(f, imp.ID))
	f.CheckClean()
}

func TestSettle_Golden(t *testing.T) {
	f := shop(t)
	contradicted(t, f)
	for _, look := range kittest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			d := sit(t, f, auth.Service, look.Mode, look.English, look.Size)
			d.s.tabs.Turn(tabHistory)
			d.settle()
			d.keys("Alt+M")
			d.Golden("settle-" + look.Name)
		})
	}
}
