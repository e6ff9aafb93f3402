package orders

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhanggui/app/apptest"
	"zhanggui/app/domain"
	"zhanggui/ui/kit"
)

// back takes the last deed back that offers it, and wants it done.
func (d *desk) back() {
	d.T.Helper()
	done := false
	for i := len(d.Notes) - 1; i >= 0; i-- {
		if n := d.Notes[i]; n.Undo != nil {
			n.Undo(func(ok bool) { done = ok })
			break
		}
	}
	require.True(d.T, done)
	d.settle()
}

func TestBack_HoldAndItsEnd(t *testing.T) {
	s := open(t)
	a, b := s.good(), s.good()
	d := service(t, s)
	d.keys("Space", "Down", "Space", "5")
	d.fill("orders.hold.until", "+3")
	d.fill("orders.hold.reason", "周末才收")
	d.keys("Enter")
	require.Equal(t, domain.StageHold, s.stage(b))
	d.back()
	require.Equal(t, []domain.Stage{domain.StageToAudit, domain.StageToAudit}, []domain.Stage{s.stage(a), s.stage(b)})

	d.show(a)
	d.keys("5")
	d.fill("orders.hold.until", "+3")
	d.fill("orders.hold.reason", "周末才收")
	d.keys("Enter")
	d.chip(chipHold)
	d.keys("5")
	require.Equal(t, domain.StageToAudit, s.stage(a))
	d.back()
	require.Equal(t, domain.StageHold, s.stage(a))
	require.Equal(t, "周末才收", s.Reload(a).HoldReason)
	require.EqualValues(t, "2026-04-26", s.Reload(a).HoldUntil.Day())
	s.CheckClean()
}

func TestBack_MergeAndUnmerge(t *testing.T) {
	s := open(t)
	a, b := s.twins()
	d := service(t, s)
	d.show(a)
	d.keys("4", "Enter")
	require.False(t, s.Reload(a).MergeID.Zero())
	d.back()
	require.True(t, s.Reload(a).MergeID.Zero())
	require.True(t, s.Reload(b).MergeID.Zero())

	d.show(a)
	d.keys("4", "Enter")
	d.show(a)
	d.keys("4", "Enter")
	require.True(t, s.Reload(a).MergeID.Zero())
	d.back()
	require.False(t, s.Reload(a).MergeID.Zero())
	require.Equal(t, s.Reload(a).MergeID, s.Reload(b).MergeID)

	s.CheckClean()
}

func TestBack_EveryGroupMerged(t *testing.T) {
	s := open(t)
	_, b := s.twins()
	d := service(t, s)
	d.chip(chipMerge)
	d.keys("F9")
	require.False(t, s.Reload(b).MergeID.Zero())
	d.back()
	require.True(t, s.Reload(b).MergeID.Zero())
	s.CheckClean()
}

func TestBack_SplitAnewAndNotAtAll(t *testing.T) {
	s := open(t)
	o := s.place(s.item(0, 3), s.item(3, 2))
	d := service(t, s)
	d.keys("3", "Enter")
	first := plannedOf(s.detail(o).Parcels)
	require.Len(t, first, 2)

	d.keys("3", "1", "Enter")
	d.fill("orders.split.cell.0.0", "1")
	d.fill("orders.split.cell.0.1", "1")
	d.fill("orders.split.cell.0.2", "1")
	d.keys("Enter")
	require.Len(t, plannedOf(s.detail(o).Parcels), 3)
	d.back()
	require.Equal(t, first, plannedOf(s.detail(o).Parcels), "the plan before")

	d.keys("3", "2", "Enter")
	require.Empty(t, plannedOf(s.detail(o).Parcels))
	d.back()
	require.Equal(t, first, plannedOf(s.detail(o).Parcels))
	s.CheckClean()
}

func TestBack_Address_AndWhatLeftMeanwhileIsRefused(t *testing.T) {
	s := open(t)
	o := s.good()
	old := s.Reload(o).Receiver.Phone
	d := service(t, s)
	d.keys("1")
	d.fill("orders.address.phone", "13900001111")
	d.keys("Enter")
	require.Equal(t, "13900001111", s.Reload(o).Receiver.Phone)
	d.back()
	require.Equal(t, old, s.Reload(o).Receiver.Phone)

	d.keys("1")
	d.fill("orders.address.phone", "13900001111")
	d.keys("Enter")
	s.Pass(s.Reload(o))
	s.Ship(s.Reload(o))
	var last kit.Note
	for _, n := range d.Notes {
		if n.Undo != nil {
			last = n
		}
	}
	refused := false
	last.Undo(func(done bool) { refused = !done })
	require.True(t, refused)
	require.True(t, d.open(), "the refusal is shown")
	require.Equal(t, "13900001111", s.Reload(o).Receiver.Phone)
}

func TestBack_PassTogether_AndWhatLeftIsRefused(t *testing.T) {
	s := open(t)
	a, b := s.good(), s.good()
	d := service(t, s)
	d.keys("F9")
	require.Equal(t, []domain.Stage{domain.StageToShip, domain.StageToShip}, []domain.Stage{s.stage(a), s.stage(b)})
	d.back()
	require.Equal(t, []domain.Stage{domain.StageToAudit, domain.StageToAudit}, []domain.Stage{s.stage(a), s.stage(b)})

	d.keys("F9")
	s.Ship(s.Reload(b))
	done := true
	for i := len(d.Notes) - 1; i >= 0; i-- {
		if n := d.Notes[i]; n.Undo != nil {
			n.Undo(func(ok bool) { done = ok })
			break
		}
	}
	require.False(t, done)
	require.True(t, d.open(), "says which order has left")
	require.Equal(t, domain.StageToShip, s.stage(a), "and nothing changed")
	s.CheckClean()
}

func TestBack_CancelReleaseAndCall(t *testing.T) {
	s := open(t)
	o := s.good()
	d := service(t, s)
	d.keys("7")
	d.fill("orders.cancel.reason", "不要了")
	d.keys("Enter")
	require.Equal(t, domain.StageCancelled, s.stage(o))
	d.back()
	require.Equal(t, domain.StageToAudit, s.stage(o))

	noted := s.place(s.item(0, 1), apptest.Note("送人用"))
	d.show(noted)
	d.keys("6")
	d.fill("orders.release.reason", "看过")
	d.keys("Enter")
	require.Equal(t, domain.StageToAudit, s.stage(noted))
	d.back()
	require.Equal(t, domain.StageException, s.stage(noted))

	cod := s.place(s.item(0, 2), apptest.COD())
	d.show(cod)
	d.keys("8", "Enter")
	require.True(t, s.Reload(cod).CODCalled)
	d.back()
	require.False(t, s.Reload(cod).CODCalled)
	s.CheckClean()
}
