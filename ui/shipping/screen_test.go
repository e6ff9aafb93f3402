package shipping

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"zhanggui/app/auth"
	"zhanggui/app/domain"
	"zhanggui/app/orders"
	"zhanggui/ui/kit"
	"zhanggui/ui/kit/kittest"
)

func warehouse(t *testing.T, s *shop) *desk {
	t.Helper()
	return sit(t, s.Fixture, auth.Warehouse, kittest.Light, false, kittest.Large)
}

func (d *desk) chip(key string) {
	d.T.Helper()
	d.Tap("shipping.list.chip." + key)
	d.settle()
}

func (d *desk) scan(code string) {
	d.Type(code)
	d.Press("Enter")
	d.settle()
}

func TestBoard_ListsPassedOrders_ByDeadline_WithCounts(t *testing.T) {
	s := fill(t, 8)
	s.Order() // no goods: service's work, not the warehouse's

	d := warehouse(t, s)

	require.Equal(t, 8, d.s.list.Total())
	first, ok := d.s.list.Current()
	require.True(t, ok)
	require.Equal(t, s.orders[0].ID, first.order.ID, "the oldest payment first")
	left, _ := d.s.list.FooterText()
	require.Equal(t, "共 8 单 19 件", left)
	d.chip(chipNear)
	require.Equal(t, 1, d.s.list.Total(), "49 hours old: past the limit")
	d.chip(chipNote)
	require.Equal(t, 2, d.s.list.Total())
	d.chip(chipToHand)
	require.Equal(t, 0, d.s.list.Total())
	require.NotNil(t, kit.Find("shipping.list.part"))
}

func TestCounter_ScansOneAfterAnother(t *testing.T) {
	s := fill(t, 4)
	d := warehouse(t, s)

	d.Press("F9")
	d.scan("7812 3456 9000 01")
	require.Equal(t, domain.StageShipped, s.stage(0), "%v", d.Notes)
	require.Equal(t, "zto", s.parcels(0)[0].Courier, "the number's shape chose the courier")
	require.Equal(t, domain.StageToShip, s.stage(1))
	d.scan("SF1234567890123")
	require.Equal(t, "sf", s.parcels(1)[0].Courier)
	d.Press("Alt+N")
	d.scan("JT12345678901")
	require.Equal(t, domain.StageToShip, s.stage(2), "skipped")
	require.Equal(t, domain.StageShipped, s.stage(3))

	require.Nil(t, d.Window.Canvas().Overlays().Top(), "the queue is through")
	require.Equal(t, "这一批发完了，共 3 单", d.s.list.HintText())
	require.Equal(t, 1, d.s.list.Total(), "the list followed by itself")
	s.CheckClean()
}

func TestCounter_UsedWaybill_BlocksUntilSeen(t *testing.T) {
	s := fill(t, 3)
	d := warehouse(t, s)
	d.Press("F9")
	d.scan("781234569000")
	scan := kit.Find("shipping.counter.scan").(*kit.Scan)

	d.scan("781234569000")
	require.True(t, scan.Blocked())
	require.Equal(t, domain.StageToShip, s.stage(1))
	d.scan("781234569001") // unseen: nobody read why
	require.Equal(t, domain.StageToShip, s.stage(1))
	d.scan("CMD-OK")
	require.False(t, scan.Blocked())
	d.scan("781234569001")
	require.Equal(t, domain.StageShipped, s.stage(1))
	d.Press("Esc")
	require.Nil(t, d.Window.Canvas().Overlays().Top())
}

func TestCounter_CourierByHand_Stays(t *testing.T) {
	s := fill(t, 2)
	d := warehouse(t, s)
	d.Press("F9")
	d.Type("SF123456")
	kit.Find("shipping.counter.courier").(*kit.Choice).Pick("other")
	d.scan("7890123")
	require.Equal(t, "other", s.parcels(0)[0].Courier)
	d.scan("SF1234567890124")
	require.Equal(t, "other", s.parcels(1)[0].Courier, "couriers without a shape fit every number")
}

func TestCounter_UndoLast_BringsTheOrderBack(t *testing.T) {
	s := fill(t, 3)
	d := warehouse(t, s)
	d.Press("F9")
	d.scan("781234569000")

	d.Press("Alt+U")
	d.settle()

	require.Equal(t, domain.StageToShip, s.stage(0))
	require.Equal(t, domain.ParcelVoided, s.parcels(0)[0].State)
	s.CheckClean()
}

func TestCounter_TickedOrdersOnly(t *testing.T) {
	s := fill(t, 5)
	d := warehouse(t, s)
	d.Press("Down", "Space", "Down", "Down", "Space", "F9")
	d.scan("781234569001")
	d.scan("781234569003")

	require.Equal(t, []domain.Stage{domain.StageToShip, domain.StageShipped, domain.StageToShip, domain.StageShipped, domain.StageToShip},
		[]domain.Stage{s.stage(0), s.stage(1), s.stage(2), s.stage(3), s.stage(4)})
	require.Nil(t, d.Window.Canvas().Overlays().Top())
}

func TestCounter_SplitOrder_GoesParcelByParcel(t *testing.T) {
	s := fill(t, 1)
	l := lineID(s.orders[0], 1) // two towels
	first := lineID(s.orders[0], 0)
	require.NoError(t, s.Orders.Split(s.As(auth.Service), orders.SplitCmd{
		Order: s.orders[0].ID, Plan: domain.SplitPlan{{first: 1, l: 1}, {l: 1}},
	}))
	d := warehouse(t, s)
	d.Press("F9")

	d.scan("781234569001")
	require.Equal(t, domain.StagePart, s.stage(0))
	d.scan("781234569002")
	require.Equal(t, domain.StageShipped, s.stage(0))
	require.Len(t, s.parcels(0), 2)
	s.CheckClean()
}

func TestPart_ShipsUnitsOfLines_RestStays(t *testing.T) {
	s := fill(t, 1)
	d := warehouse(t, s)
	d.Press("Alt+P")
	d.Press("Enter")
	require.NotNil(t, d.Window.Canvas().Overlays().Top(), "nothing entered")
	kit.Find("shipping.part.unitsx").(*kit.Entry).SetText("1")
	kit.Find("shipping.part.waybill").(*kit.Entry).SetText("781234569001")

	d.Press("Enter")
	d.settle()

	require.Equal(t, domain.StagePart, s.stage(0))
	o := s.Reload(s.orders[0])
	require.Equal(t, []int64{0, 1}, []int64{o.Lines[0].ShippedQty, o.Lines[1].ShippedQty})
	d.chip(chipPart)
	require.Equal(t, 1, d.s.list.Total())
}

func TestWaybillList_ResultNamesEveryRow(t *testing.T) {
	s := fill(t, 3)
	d := warehouse(t, s)
	path := filepath.Join(t.TempDir(), "运单.csv")
	text := "订单号,快递,运单号\n" + s.orders[0].Number + ",中通,781234569001\n99,zto,781234569002\n" + s.orders[1].Number + ",,SF1234567890123\n"
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	d.Picker.Paths = []string{path}

	d.Press("Ctrl+V")
	d.Tap("shipping.waybills.file")
	d.Press("F9")
	d.settle()

	require.Equal(t, domain.StageShipped, s.stage(0))
	require.Equal(t, "sf", s.parcels(1)[0].Courier)
	grid := kit.Find("shipping.waybills.refused").(*kit.Grid)
	require.NotNil(t, grid.At(0))
	require.Nil(t, grid.At(1), "one row did not leave")
	d.Tap("shipping.waybills.copy")
	require.Equal(t, "99\tzto\t781234569002\n", fyne.CurrentApp().Clipboard().Content())
	d.Press("Enter")
	require.Nil(t, d.Window.Canvas().Overlays().Top())
	s.CheckClean()

	var said kit.Note
	for _, n := range d.Notes {
		if n.Undo != nil {
			said = n
		}
	}
	said.Undo(func(done bool) { require.True(t, done) })
	require.Equal(t, domain.StageToShip, s.stage(0), "the whole list is taken back")
	require.Equal(t, domain.StageToShip, s.stage(1))
	s.CheckClean()
}

func TestWaybillList_UnreadableRow_SaysWhich(t *testing.T) {
	s := fill(t, 1)
	d := warehouse(t, s)
	d.Press("Ctrl+V")
	kit.Find("shipping.waybills.text").(*kit.Entry).SetText("2 zto 7\n")

	d.Press("F9")

	require.NotNil(t, d.Window.Canvas().Overlays().Top())
	require.Equal(t, domain.StageToShip, s.stage(0))
	kit.Find("shipping.waybills.text").(*kit.Entry).SetText(s.orders[0].Number + " zto 781234569001\n2 zto 7\n")
	d.Press("F9")
	require.Equal(t, domain.StageShipped, s.stage(0), "a row that cannot be read stops none of the others")
	d.Tap("shipping.waybills.copy")
	require.Equal(t, "2 zto 7\n", fyne.CurrentApp().Clipboard().Content())
}

func TestWaybillList_FileGone_SaysSo(t *testing.T) {
	_, err := readList(t.Context(), filepath.Join(t.TempDir(), "weg.csv"))
	require.ErrorContains(t, err, "fault.ship.file")
}

func TestHandOver_EndsUndo(t *testing.T) {
	s := fill(t, 3)
	for _, o := range s.orders {
		s.Ship(o)
	}
	d := warehouse(t, s)
	d.chip(chipToHand)
	require.Equal(t, 3, d.s.list.Total())

	d.Press("Ctrl+A", "F9", "Enter")
	d.settle()

	require.Equal(t, domain.ParcelHanded, s.parcels(0)[0].State)
	require.Equal(t, 0, d.s.list.Total())
	d.chip(chipSent)
	require.Equal(t, 3, d.s.list.Total())
	d.Press("Alt+U", "Enter")
	d.settle()
	require.Equal(t, domain.ParcelHanded, s.parcels(2)[0].State, "refused")
	require.NotNil(t, d.Window.Canvas().Overlays().Top(), "and it says why")
}

// last takes the last deed back that offers it and tells whether it was done.
func (d *desk) last() (done bool) {
	for i := len(d.Notes) - 1; i >= 0; i-- {
		if n := d.Notes[i]; n.Undo != nil {
			n.Undo(func(ok bool) { done = ok })
			break
		}
	}
	d.settle()
	return done
}

func TestHandOver_TakenBack(t *testing.T) {
	s := fill(t, 2)
	for _, o := range s.orders {
		s.Ship(o)
	}
	d := warehouse(t, s)
	d.chip(chipToHand)
	d.Press("Ctrl+A", "F9", "Enter")
	d.settle()
	require.Equal(t, domain.ParcelHanded, s.parcels(0)[0].State)
	require.True(t, d.last())
	require.Equal(t, domain.ParcelShipped, s.parcels(0)[0].State)
	require.Equal(t, domain.ParcelShipped, s.parcels(1)[0].State)
	require.Equal(t, 2, d.s.list.Total())
	s.CheckClean()
}

func TestUndo_PutsTheOrderBack(t *testing.T) {
	s := fill(t, 2)
	s.Ship(s.orders[0])
	d := warehouse(t, s)
	d.chip(chipToHand)

	d.Press("Alt+U", "Enter")
	d.settle()

	require.Equal(t, domain.StageToShip, s.stage(0))
	require.Equal(t, 0, d.s.list.Total())
	s.CheckClean()
}

func TestReturn_GoodAndDefective(t *testing.T) {
	s := fill(t, 1)
	s.Ship(s.orders[0])
	d := warehouse(t, s)
	d.chip(chipToHand)
	d.Press("Alt+R")
	d.Press("Enter")
	require.NotNil(t, d.Window.Canvas().Overlays().Top(), "nothing entered")
	kit.Find("shipping.return.line").(*kit.Choice).Pick(lineID(s.orders[0], 1).String())
	kit.Find("shipping.return.good").(*kit.Entry).SetText("1")
	kit.Find("shipping.return.defective").(*kit.Entry).SetText("1")

	d.Press("Enter")
	d.settle()

	level, err := s.Fixture.App.Stock.Level(s.As(auth.Supervisor), s.skus[3].ID)
	require.NoError(t, err)
	require.Equal(t, [2]int64{200, 1}, [2]int64{level.OnHand, level.Unavailable})
	s.CheckClean()

	require.True(t, d.last(), "and back")
	level, err = s.Fixture.App.Stock.Level(s.As(auth.Supervisor), s.skus[3].ID)
	require.NoError(t, err)
	require.Equal(t, [2]int64{198, 0}, [2]int64{level.OnHand, level.Unavailable})
	s.CheckClean()
}

func TestSheet_WritesWhatThePlatformWants(t *testing.T) {
	s := fill(t, 2)
	s.Ship(s.orders[0])
	d := warehouse(t, s)
	d.chip(chipToHand) // the shop of the row under the cursor is proposed
	d.Picker.Path = filepath.Join(t.TempDir(), "面单.xlsx")

	d.Press("Ctrl+E", "Enter")
	d.settle()

	require.Equal(t, []string{"面单表-20260423.xlsx"}, d.Picker.Named)
	book, err := excelize.OpenFile(d.Picker.Path)
	require.NoError(t, err)
	rows, err := book.GetRows(book.GetSheetName(0))
	require.NoError(t, err)
	require.NoError(t, book.Close())
	require.Equal(t, s.orders[0].Number, rows[1][0])
	require.True(t, strings.HasPrefix(rows[1][3], "SF"))
	require.Contains(t, d.s.list.HintText(), "1 行")
}

func TestSheet_NothingLeft_SaysSoUnderTheDay(t *testing.T) {
	s := fill(t, 1)
	d := warehouse(t, s)
	d.Press("Ctrl+E", "Enter")
	require.NotNil(t, d.Window.Canvas().Overlays().Top())
	require.Empty(t, d.Picker.Named)
	kit.Find("shipping.sheet.to").(*kit.Entry).SetText("2026-04-01")
	d.Press("Enter")
	require.Empty(t, d.Picker.Named, "the end lies before the beginning")
}

func TestRights_ButtonsAndNamesFollowThePost(t *testing.T) {
	s := fill(t, 2)
	d := sit(t, s.Fixture, auth.Promotion, kittest.Light, false, kittest.Large)

	_, _, shown := kit.FindRect("shipping.list#row:" + s.orders[0].ID.String())
	require.True(t, shown)
	r, ok := d.s.list.Current()
	require.True(t, ok)
	require.Equal(t, "沈**", r.order.Receiver)
	d.Press("F9", "Enter")
	require.Nil(t, d.Window.Canvas().Overlays().Top(), "no right to ship")
	require.Equal(t, domain.StageToShip, s.stage(0))
}

func TestPane_GoodsBinsAndTimeline(t *testing.T) {
	s := fill(t, 1)
	d := warehouse(t, s)
	got, err := d.s.loadDetail(s.As(auth.Warehouse), s.orders[0].ID)
	require.NoError(t, err)
	events := timeline(d.Tr, got, d.Env.Clock.Now())
	require.Equal(t, "付款", events[1].Text)
	last := events[len(events)-2]
	require.Equal(t, kit.EventNow, last.State)
	require.Equal(t, "限 今天 09:18", last.Time)

	s.Ship(s.orders[0])
	d.settle()
	got, err = d.s.loadDetail(s.As(auth.Warehouse), s.orders[0].ID)
	require.NoError(t, err)
	events = timeline(d.Tr, got, d.Env.Clock.Now())
	require.Equal(t, "等待交接快递", events[len(events)-1].Text)
}

func TestTopics_ChangesElsewhere_ReloadTheBoard(t *testing.T) {
	s := fill(t, 2)
	d := warehouse(t, s)
	require.Equal(t, 2, d.s.list.Total())
	s.Ship(s.orders[1])
	d.settle()
	require.Equal(t, 1, d.s.list.Total())

	d.s.Open(chipSent)
	d.settle()
	require.Equal(t, 1, d.s.list.Total())
	d.s.Open(s.orders[0].Number)
	d.settle()
	require.Equal(t, 1, d.s.list.Total())
}

func TestUndoNote_FromTheStatusBar(t *testing.T) {
	s := fill(t, 2)
	d := warehouse(t, s)
	d.Press("F9")
	d.scan("78123456900101")
	d.Press("Esc")
	require.NotEmpty(t, d.Notes)
	note := d.Notes[len(d.Notes)-1]
	require.Contains(t, note.Text, "中通")

	note.Undo(func(done bool) { require.True(t, done) })
	d.settle()

	require.Equal(t, domain.StageToShip, s.stage(0))
}
