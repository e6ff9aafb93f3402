package inbox

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/inbox"
	"zhanggui/app/ingest"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// mapColumns opens the editor of columns for the file in front: guessed for one
// that nobody knows, as it was made for one that a mapping reads.
func (s *screen) mapColumns() {
	f := s.at
	if f == nil || !f.mappable() {
		s.list.Hint(theme.Info, s.env.T("box.why.built_in"))
		return
	}
	type known struct {
		rec ingest.Recognition
		m   ingest.Mapping
	}
	kit.Run(s.env, s.owner.Lane("mapping"), func(ctx context.Context) (known, error) {
		if f.known != nil {
			return known{*f.known, suggestion(f)}, nil
		}
		k := known{}
		file, size, err := openFile(f.path)
		if err != nil {
			return k, err
		}
		defer func() { _ = file.Close() }() // only read
		if k.rec, err = recognise(ctx, f.path, file, size); err != nil {
			return k, err
		}
		list, err := s.app.Inbox.Mappings(ctx)
		for _, m := range list {
			if m.Name == f.plan.File.Layout {
				k.m = m
			}
		}
		return k, err
	}, func(k known) { s.openMapping(f, k.rec, k.m) })
}

// suggestion is the best guess for a file's columns.
func suggestion(f *file) ingest.Mapping {
	m := f.known.Suggested
	if len(m.Columns) == 0 {
		m = ingest.Suggest(f.known.Header)
	}
	m.Name = trimExt(f.name)
	return m
}

// mapper is the editor: which column of the file holds which field.
type mapper struct {
	s       *screen
	f       *file
	rec     ingest.Recognition
	m       ingest.Mapping
	dialog  *kit.Dialog
	name    *kit.Entry
	kind    *kit.Choice
	channel *kit.Choice
	payment *kit.Choice
	dates   *kit.Choice
	decimal *kit.Choice
	columns map[ingest.Field]*kit.Choice
	samples map[ingest.Field]*kit.Label
	list    *fyne.Container
	wrong   *kit.Label
}

// mapHeight is the room for the fields; the rest scrolls.
const mapHeight = 356

// kinds a person can map by hand.
var kinds = []ingest.Kind{ingest.KindOrders, ingest.KindLines, ingest.KindProducts, ingest.KindOpening}

func (s *screen) openMapping(f *file, rec ingest.Recognition, m ingest.Mapping) {
	e := &mapper{s: s, f: f, rec: rec, m: m, list: kit.Down(4), wrong: kit.NewLine().Small().Narrow()}
	t := s.env.T
	if e.m.Kind == "" {
		e.m.Kind = ingest.KindOrders
	}
	id := func(name string) string { return "import.map." + name }
	e.name = kit.ID(kit.NewEntry(s.env, t("box.map.name")).Wide(200), id("name"))
	e.name.SetText(m.Name)
	e.kind = kit.ID(kit.NewChoice(s.env, e.kindItems(), string(e.m.Kind), func(v string) { e.turn(ingest.Kind(v)) }).Wide(130), id("kind"))
	channels := []kit.Item{{Word: t("box.map.no_channel")}}
	for _, c := range domain.Channels {
		channels = append(channels, kit.Item{Value: c, Word: s.env.Tr.Word("channel", c)})
	}
	e.channel = kit.ID(kit.NewChoice(s.env, channels, m.Channel, nil).Wide(130), id("channel"))
	e.payment = kit.ID(kit.NewChoice(s.env, items(t, "box.map.pay.", "", "paid", "unpaid"), m.Payment, nil).Wide(172), id("payment"))
	e.dates = kit.ID(kit.NewChoice(s.env, items(t, "box.map.dates.", "ymd", "dmy", "mdy"), either(m.Dates, "ymd"), nil).Wide(156), id("dates"))
	e.decimal = kit.ID(kit.NewChoice(s.env, items(t, "box.map.decimal.", ".", ","), either(m.Decimal, "."), nil).Wide(120), id("decimal"))
	label := func(key string, o fyne.CanvasObject) fyne.CanvasObject {
		return kit.Down(2, kit.NewLabel(t(key)).Small().Muted(), o)
	}
	e.fields()
	body := kit.Down(10,
		kit.Across(10, label("box.map.name", e.name), label("field.kind", e.kind), label("field.channel", e.channel), label("box.map.payment", e.payment)),
		kit.Across(10, label("box.map.dates", e.dates), label("box.map.decimal", e.decimal),
			kit.NewLabel(s.env.T("box.map.hint", "file", f.name, "n", len(rec.Header))).Small().Muted()),
		kit.NewRule(),
		kit.Fixed(0, mapHeight, container.NewVScroll(e.list)),
		e.wrong)
	e.dialog = kit.OpenDialog(s.env, kit.DialogSpec{
		ID: "import.map", Title: t("box.map.title"), OK: t("box.map.save"), Body: body, Width: 820, OnOK: func(*kit.Dialog) { e.save() },
	})
	e.dialog.Focus(e.name)
}

func either(v, usual string) string {
	if v == "" {
		return usual
	}
	return v
}

// optionNames name the values that are no words themselves.
var optionNames = map[string]string{"": "none", ".": "point", ",": "comma"}

func items(t func(key string, pairs ...any) string, prefix string, values ...string) []kit.Item {
	list := make([]kit.Item, len(values))
	for i, v := range values {
		name := v
		if n, ok := optionNames[v]; ok {
			name = n
		}
		list[i] = kit.Item{Value: v, Word: t(prefix + name)}
	}
	return list
}

func (e *mapper) kindItems() []kit.Item {
	list := make([]kit.Item, len(kinds))
	for i, k := range kinds {
		list[i] = kit.Item{Value: string(k), Word: e.s.env.T("ingest.kind." + string(k))}
	}
	return list
}

// turn changes what the file brings: other fields, guessed anew.
func (e *mapper) turn(k ingest.Kind) {
	e.m.Kind = k
	e.m.Columns = suggestFor(k, e.rec.Header)
	e.fields()
	e.list.Refresh()
}

// suggestFor guesses the columns of a kind: orders by the names of all platforms,
// our own lists by their own names.
func suggestFor(k ingest.Kind, header []string) map[ingest.Field]string {
	if k == ingest.KindOrders || k == ingest.KindLines {
		return ingest.Suggest(header).Columns
	}
	columns := map[ingest.Field]string{}
	for _, lay := range ingest.Layouts() {
		if lay.Kind != k {
			continue
		}
		for _, c := range lay.Columns {
			for _, h := range header {
				for _, n := range c.Names {
					if strings.EqualFold(strings.TrimSpace(h), n) && columns[c.Field] == "" {
						columns[c.Field] = strings.TrimSpace(h)
					}
				}
			}
		}
	}
	return columns
}

// fields builds one line per field: mapped ones first, then the rest.
func (e *mapper) fields() {
	e.columns, e.samples = map[ingest.Field]*kit.Choice{}, map[ingest.Field]*kit.Label{}
	choices := []kit.Item{{Word: "–"}}
	for _, h := range e.rec.Header {
		if h = strings.TrimSpace(h); h != "" {
			choices = append(choices, kit.Item{Value: h, Word: h})
		}
	}
	must := required(e.m.Kind)
	e.list.Objects = nil
	for _, f := range ordered(ingest.MappableFields(e.m.Kind), e.m.Columns, must) {
		sample := kit.NewLabel("").Small().Muted().Narrow()
		e.samples[f] = sample
		choice := kit.NewChoice(e.s.env, choices, e.m.Columns[f], func(string) { e.sample(f) }).Wide(240)
		e.columns[f] = kit.ID(choice, "import.map.column."+string(f))
		word := kit.Part{Text: e.s.env.T(f.NameKey())}
		star := kit.Part{}
		if must[f] {
			star = kit.Part{Text: "*", Token: theme.Urgent.Token(), Gap: 3}
		}
		e.list.Add(container.New(&mapLayout{}, kit.NewLine(word, star).Narrow(), choice, sample))
		e.sample(f)
	}
}

// required are the fields without which a file of the kind cannot be read.
func required(k ingest.Kind) map[ingest.Field]bool {
	switch k {
	case ingest.KindOrders:
		return map[ingest.Field]bool{ingest.FOrder: true}
	case ingest.KindLines:
		return map[ingest.Field]bool{ingest.FOrder: true, ingest.FQty: true}
	case ingest.KindProducts:
		return map[ingest.Field]bool{ingest.FSKUCode: true, ingest.FTitle: true}
	case ingest.KindOpening:
		return map[ingest.Field]bool{ingest.FSKUCode: true, ingest.FQty: true}
	}
	return nil
}

// ordered puts what must be mapped first, then what is mapped, each in the usual order.
func ordered(fields []ingest.Field, columns map[ingest.Field]string, must map[ingest.Field]bool) []ingest.Field {
	var a, b, c []ingest.Field
	for _, f := range fields {
		switch {
		case must[f]:
			a = append(a, f)
		case columns[f] != "":
			b = append(b, f)
		default:
			c = append(c, f)
		}
	}
	return append(append(a, b...), c...)
}

// sample shows the first values of the column that a field takes.
func (e *mapper) sample(f ingest.Field) {
	column := e.columns[f].Value()
	at := -1
	for i, h := range e.rec.Header {
		if column != "" && strings.TrimSpace(h) == column {
			at = i
			break
		}
	}
	var values []string
	for _, row := range e.rec.Sample {
		if at >= 0 && at < len(row) && strings.TrimSpace(row[at]) != "" && len(values) < 3 {
			values = append(values, strings.TrimSpace(row[at]))
		}
	}
	e.samples[f].SetText(strings.Join(values, "   "))
}

// mapping is what the editor says.
func (e *mapper) mapping() ingest.Mapping {
	m := ingest.Mapping{
		Name: strings.TrimSpace(e.name.Text), HeaderKey: ingest.HeaderSet(e.rec.Header), Channel: e.channel.Value(), Kind: e.m.Kind,
		Columns: map[ingest.Field]string{}, Payment: e.payment.Value(), Dates: e.dates.Value(), Decimal: e.decimal.Value(),
		CancelPrefix: e.m.CancelPrefix, Currency: e.m.Currency, Status: e.m.Status,
	}
	for f, c := range e.columns {
		if c.Value() != "" {
			m.Columns[f] = c.Value()
		}
	}
	for _, f := range e.m.Once {
		if m.Columns[f] != "" {
			m.Once = append(m.Once, f)
		}
	}
	return m
}

// save remembers the mapping and reads the file with it.
func (e *mapper) save() {
	m := e.mapping()
	e.mark(nil)
	if err := m.Validate(); err != nil {
		e.mark(err)
		return
	}
	e.dialog.Owner().OnFail(func(err error) bool {
		if fault.Is(err, fault.Invalid) {
			e.mark(err)
			return true
		}
		return false
	})
	kit.Act(e.s.env, e.dialog.Owner(), func(ctx context.Context) (bool, error) {
		return true, e.s.app.Inbox.SaveMapping(ctx, inbox.SaveMappingCmd{Mapping: m})
	}, func(bool) {
		e.dialog.Close()
		e.f.state = waiting
		e.s.pump()
		e.s.list.Hint(theme.OK, e.s.env.T("box.map.saved", "name", m.Name))
	})
}

// mark shows the faults of a mapping: each wrong field has an urgent border, the
// first of them is named under the list.
func (e *mapper) mark(err error) {
	texts := e.s.env.Tr.Fields(err)
	e.name.SetBad(texts["name"] != "")
	e.payment.SetBad(texts["payment"] != "")
	e.kind.SetBad(texts["kind"] != "")
	firstBad := ""
	say := func(label, text string) {
		if text != "" && firstBad == "" {
			firstBad = e.s.env.T("format.field", "field", label, "text", text)
		}
	}
	say(e.s.env.T("box.map.name"), texts["name"])
	say(e.s.env.T("box.map.payment"), texts["payment"])
	for _, f := range ingest.MappableFields(e.m.Kind) {
		text := texts["columns."+string(f)]
		e.columns[f].SetBad(text != "")
		say(e.s.env.T(f.NameKey()), text)
	}
	if err != nil && firstBad == "" {
		firstBad = strings.ReplaceAll(e.s.env.Tr.Fault(err), "\n", " ")
	}
	if firstBad == "" {
		e.wrong.SetParts()
		return
	}
	e.wrong.SetParts(kit.Part{Icon: string(theme.Urgent), Text: firstBad, Token: theme.Urgent.Token()})
}

// mapLayout is a line of the editor: field, column, sample.
type mapLayout struct{}

func (mapLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const label, choice = 136, 240
	put := func(o fyne.CanvasObject, x, w float32) {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, float32(int((size.Height-h)/2))))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	put(o[0], 0, label-8)
	put(o[1], label, choice)
	put(o[2], label+choice+12, size.Width-label-choice-24)
}

func (mapLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 32) }
