package products

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// editor is a small list of rows in the form: each can be dropped, a button adds one.
type editor struct {
	s      *screen
	id     string
	rows   []*editorRow
	box    *fyne.Container
	add    *kit.Button
	none   string // what an empty list says, translated
	object fyne.CanvasObject
	more   func() // adds a row
	stored func(rows []*editorRow) error
}

// editorRow is one row: what it is and its fields.
type editorRow struct {
	object  fyne.CanvasObject
	entries []*kit.Entry
	choice  *kit.Choice
	part    part
	drop    *kit.Button
}

// editorHeight is the room for the rows: two and a half, the rest scrolls.
const editorHeight, editorWidth = 84, 330

func newEditor(s *screen, id, add, none string) *editor {
	e := &editor{s: s, id: "products.form." + id, none: s.env.T(none), box: kit.Down(4)}
	e.add = kit.ID(kit.NewButton(s.env, s.env.T(add), "", func() { e.more() }).Small(), e.id+".add")
	e.object = kit.Fixed(editorWidth, editorHeight+28, kit.Edges(nil, kit.Fixed(0, 26, kit.Across(8, e.add)), nil, nil, container.NewVScroll(e.box)))
	return e
}

// put adds a row made of parts.
func (e *editor) put(r *editorRow, parts ...fyne.CanvasObject) {
	r.drop = kit.NewButton(e.s.env, "", "", func() { e.remove(r) }).Plain().Icon("x")
	r.object = kit.Edges(nil, nil, nil, container.NewCenter(r.drop), kit.Across(6, parts...))
	e.rows = append(e.rows, r)
	e.show()
}

func (e *editor) remove(r *editorRow) {
	for i, x := range e.rows {
		if x == r {
			e.rows = append(e.rows[:i:i], e.rows[i+1:]...)
			break
		}
	}
	e.show()
}

// show lays the rows out and names their fields by their place.
func (e *editor) show() {
	e.box.Objects = nil
	for i, r := range e.rows {
		at := e.id + "." + strconv.Itoa(i)
		for n, x := range r.entries {
			kit.ID(x, at+"."+strconv.Itoa(n))
		}
		if r.choice != nil {
			kit.ID(r.choice, at+".channel")
		}
		kit.ID(r.drop, at+".drop")
		e.box.Objects = append(e.box.Objects, r.object)
	}
	if len(e.rows) == 0 {
		e.box.Objects = []fyne.CanvasObject{kit.Pad(6, 0, kit.NewLabel(e.none).Small().Muted().Narrow())}
	}
	e.object.Refresh()
}

// text tells one state of the list from another, for the question before discarding.
func (e *editor) text() string {
	var b strings.Builder
	for _, r := range e.rows {
		b.WriteString(r.part.code)
		if r.choice != nil {
			b.WriteString(r.choice.Value())
		}
		for _, x := range r.entries {
			b.WriteString("|" + x.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (e *editor) store() error { return e.stored(e.rows) }

// units reads the last field of a row, a count of at least 1.
func (r *editorRow) units() (int64, error) {
	field := r.entries[len(r.entries)-1]
	n, err := field.Qty()
	if err == nil && n < 1 {
		err = fault.New(fault.Invalid, "fault.positive")
	}
	field.SetBad(err != nil)
	return n, err
}

func (e *editor) qty(n int64) *kit.Entry {
	x := kit.NewQtyEntry(e.s.env).Wide(60)
	x.SetText(strconv.FormatInt(n, 10))
	return x
}

// newBarcodes edits the barcodes with the units one scan of each stands for.
func newBarcodes(s *screen, d *draft) *editor {
	e := newEditor(s, "barcodes", "item.add_barcode", "item.no_barcode")
	put := func(b domain.Barcode) *kit.Entry {
		code := kit.NewEntry(s.env, s.env.T("field.barcode")).Wide(188)
		code.SetText(b.Code)
		qty := e.qty(b.PackQty)
		e.put(&editorRow{entries: []*kit.Entry{code, qty}}, code, kit.NewLabel("×").Muted(), qty)
		return code
	}
	for _, b := range d.barcodes {
		put(b)
	}
	e.more = func() { s.env.Window.Canvas().Focus(put(domain.Barcode{PackQty: 1})) }
	e.stored = func(rows []*editorRow) error {
		var list []domain.Barcode
		for _, r := range rows {
			n, err := r.units()
			if err != nil {
				return err
			}
			if code := strings.TrimSpace(r.entries[0].Text); code != "" { // a row left empty is no barcode
				list = append(list, domain.Barcode{Code: code, PackQty: n})
			}
		}
		d.barcodes = list
		return nil
	}
	e.show()
	return e
}

// newParts edits the parts of a kit; without any it is a plain SKU.
func newParts(s *screen, d *draft) *editor {
	e := newEditor(s, "parts", "item.add_part", "item.no_parts")
	put := func(p part) {
		qty := e.qty(p.qty)
		label := kit.Fixed(200, 0, kit.NewLine(kit.Part{Text: p.name}, kit.Part{Text: p.code, Token: theme.MutedToken}).Small().Narrow())
		e.put(&editorRow{part: p, entries: []*kit.Entry{qty}}, label, kit.NewLabel("×").Muted(), qty)
	}
	for _, p := range d.parts {
		put(p)
	}
	e.more = func() {
		s.pick(func(r core.SKURow) { put(part{id: r.ID, code: r.Code, name: name(r.Title, r.Spec), qty: 1}) })
	}
	e.stored = func(rows []*editorRow) error {
		var list []part
		for _, r := range rows {
			n, err := r.units()
			if err != nil {
				return err
			}
			p := r.part
			p.qty = n
			list = append(list, p)
		}
		d.parts = list
		return nil
	}
	e.show()
	return e
}

// newCodes edits the codes by which channels mean this SKU.
func newCodes(s *screen, d *draft) *editor {
	e := newEditor(s, "codes", "item.add_code", "item.no_codes")
	channels := make([]kit.Item, len(domain.Channels))
	for i, c := range domain.Channels {
		channels[i] = kit.Item{Value: c, Word: s.env.Tr.Word("channel", c)}
	}
	put := func(m domain.CodeMap) *kit.Entry {
		channel := kit.NewChoice(s.env, channels, m.Channel, nil).Wide(96)
		code := kit.NewEntry(s.env, s.env.T("field.code")).Wide(114)
		code.SetText(m.Code)
		qty := e.qty(m.Qty)
		e.put(&editorRow{choice: channel, entries: []*kit.Entry{code, qty}}, channel, code, kit.NewLabel("×").Muted(), qty)
		return code
	}
	for _, m := range d.wanted {
		put(m)
	}
	e.more = func() { s.env.Window.Canvas().Focus(put(domain.CodeMap{Channel: domain.Channels[0], Qty: 1})) }
	e.stored = func(rows []*editorRow) error {
		var list []domain.CodeMap
		for _, r := range rows {
			n, err := r.units()
			if err != nil {
				return err
			}
			if code := strings.TrimSpace(r.entries[0].Text); code != "" {
				list = append(list, domain.CodeMap{Channel: r.choice.Value(), Code: code, Qty: n})
			}
		}
		d.wanted = list
		return nil
	}
	e.show()
	return e
}
