package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// sheetBar is what stands around the table in grid mode: the strip at the top that
// says the mode and its keys, and the buttons at the bottom.
type sheetBar struct {
	strip, object fyne.CanvasObject
	save, undo    *Button
	fill, paste   *Button
	leave         *Button
	line          *Label // the mode and its keys, or what is wrong with the cell
	usual         []Part
	text          string // what is wrong with the cell, "" for nothing
}

// sheetDeeds is what the buttons of a sheetBar do.
type sheetDeeds interface {
	save()
	leave()
	key(c Chord) bool
}

func newSheetBar(env Env, id string, m sheetDeeds) *sheetBar {
	b := &sheetBar{}
	button := func(name, word string, key Chord, do func()) *Button {
		return ID(NewButton(env, env.T(word), key, do), id+".sheet."+name)
	}
	press := func(c Chord) func() { return func() { m.key(c) } }
	b.save = button("save", "common.save", mainKey, m.save)
	b.save.primary = true
	b.paste = button("paste", "common.paste", "Ctrl+V", press("Ctrl+V"))
	b.fill = button("fill", "kit.sheet.fill", "Ctrl+D", press("Ctrl+D"))
	b.undo = button("undo", "common.undo", "Ctrl+Z", press("Ctrl+Z"))
	b.leave = button("leave", "kit.sheet.leave", "Esc", m.leave)
	metrics := theme.Current().Metrics()
	row := Edges(nil, nil, nil, container.NewCenter(b.leave), container.New(&clipLayout{gap: 8}, b.save, b.paste, b.fill, b.undo))
	b.object = container.NewStack(NewSurface(), Edges(NewRule(), nil, nil, nil, Fixed(0, metrics.ActionBar-1, Pad(0, 12, row))))
	b.usual = []Part{
		{Icon: "cols", Text: env.T("kit.sheet.enter"), Bold: true, Token: theme.PrimaryToken},
		{Text: env.T("kit.sheet.keys"), Token: theme.MutedToken, Gap: 14},
	}
	b.line = NewLine(b.usual...).Small().Narrow()
	b.strip = container.NewStack(NewSurface(), Fixed(0, metrics.Chips, Pad(0, 12, b.line)))
	return b
}

// say shows what is wrong with the cell in the place of the keys: a line of its own
// would move the table under the hand. "" shows the keys again.
func (b *sheetBar) say(tone theme.Status, text string) {
	if b.text = text; text == "" {
		b.line.SetParts(b.usual...)
		return
	}
	b.line.SetParts(b.usual[0], Part{Icon: string(tone), Text: text, Token: tone.Token(), Gap: 14})
}

// key is a key of the table that came another way: by a button, or while nothing
// has the focus.
func (m *sheetMode[R]) key(c Chord) bool {
	if m.view.editing {
		return true // the field has it already
	}
	m.l.Focus()
	return m.view.press(c)
}

// bind gives grid mode its keys; those of the list rest meanwhile.
func (m *sheetMode[R]) bind(layer *Layer) {
	layer.On(mainKey, m.save)
	layer.On("Ctrl+S", m.save)
	layer.On("Esc", m.leave)
	layer.On("F5", m.reload)
	for _, c := range []Chord{
		"Up", "Down", "Left", "Right", "PgUp", "PgDn", "Home", "End", "Enter", "Tab", "F2", "Del",
		"Ctrl+A", "Ctrl+C", "Ctrl+Shift+C", "Ctrl+V", "Ctrl+D", "Ctrl+Z", "Ctrl+Y",
	} {
		layer.Try(c, func() bool {
			if !m.view.editing && m.l.env.Window.Canvas().Focused() == fyne.Focusable(m.l.grid) {
				return false // the table has had it and does not want it
			}
			return m.key(c)
		})
	}
	layer.Offer(m.commands)
}

func (m *sheetMode[R]) commands() []Command {
	b := m.bar
	var list []Command
	for _, x := range []struct {
		name   string
		button *Button
		key    Chord
	}{{"save", b.save, mainKey}, {"paste", b.paste, "Ctrl+V"}, {"fill", b.fill, "Ctrl+D"}, {"undo", b.undo, "Ctrl+Z"}, {"leave", b.leave, "Esc"}} {
		if !x.button.Off() {
			list = append(list, Command{ID: m.l.spec.ID + ".sheet." + x.name, Title: x.button.Label(), Key: x.key, Do: x.button.Press})
		}
	}
	return list
}

// refresh brings buttons, footer and hint line up to date with the cell under the cursor.
func (m *sheetMode[R]) refresh() {
	l, n := m.l, m.view.model.count()
	if l.sheet != m {
		return
	}
	word := l.env.T("common.save")
	if n.rows > 0 {
		word = l.env.Tr.N("kit.sheet.save", int64(n.rows))
	}
	m.bar.save.SetLabel(word)
	m.bar.save.SetOff(n.cells == 0)
	m.bar.undo.SetOff(len(m.view.model.past) == 0)
	m.bar.object.Refresh()
	m.reason()
	if n.cells > 0 {
		l.hint.Clear() // what it said was about the save before
	}
	l.foot.set(m.footLeft(n), m.footRight())
}

// reason says what is wrong with the cell under the cursor, or that it is only read.
func (m *sheetMode[R]) reason() {
	l, at := m.l, sheetCell{m.view.row, m.view.col}
	if at.row >= len(m.list) {
		return
	}
	title := m.view.model.cols[at.col].title
	e, _ := m.view.model.edit(at)
	switch why := e.reason(); {
	case why != "":
		m.bar.say(theme.Urgent, l.env.T("kit.sheet.cell", "row", m.name(at.row), "column", title, "why", firstLines(why)))
	case !m.view.model.cols[at.col].edits:
		m.bar.say(theme.Info, l.env.T("kit.sheet.locked", "column", title))
	default:
		m.bar.say("", "")
	}
}

func (m *sheetMode[R]) footLeft(n sheetCount) []Part {
	env := m.l.env
	parts := []Part{{Text: env.Tr.N("kit.foot.count", int64(len(m.list))), Bold: true}}
	if n.cells > 0 {
		parts = append(parts, Part{
			Icon: string(theme.Info), Token: theme.Info.Token(), Gap: 16,
			Text: env.T("kit.sheet.changed", "rows", Count(int64(n.rows)).text, "cells", Count(int64(n.cells)).text),
		})
	}
	if n.bad > 0 {
		parts = append(parts, Part{Icon: string(theme.Urgent), Text: env.Tr.N("kit.sheet.bad", int64(n.bad)), Token: theme.Urgent.Token(), Gap: 16})
	}
	return parts
}

func (m *sheetMode[R]) footRight() []Part {
	b := m.view.block()
	return []Part{{
		Text:  m.l.env.T("kit.sheet.chosen", "rows", Count(int64(b.rows())).text, "cols", Count(int64(b.cols())).text),
		Token: theme.MutedToken,
	}}
}
