package kit

import (
	"context"

	"fyne.io/fyne/v2"

	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
)

// ChannelKey is the key that a filter field by channel has on every screen: the
// window carries its value from screen to screen.
const ChannelKey = "channel"

// Topped is a screen with filters in the window's top bar (LOOK §4): channel and
// period stand there in the same place on every screen that has them.
type Topped interface{ TopFilters() []TopFilter }

// TopFilter is one filter of the screen in front. Set takes a value as a person
// chooses it; Watch is told when the value changed in another way.
type TopFilter struct {
	Field FilterField
	Get   func() string
	Set   func(value string)
	Watch func(changed func())
}

// ChannelFilter is the filter by channel, on every screen the same.
func ChannelFilter(env Env) FilterField {
	return FilterField{
		Key: ChannelKey, Label: env.T("field.channel"), Kind: FilterChoice, Items: ChannelItems(env.Tr), Top: true, All: env.T("field.all_channels"),
	}
}

// ChannelItems are the channels to choose from, in their usual order.
func ChannelItems(tr i18n.Tr) []Item {
	items := make([]Item, len(domain.Channels))
	for i, code := range domain.Channels {
		items[i] = Item{Value: code, Word: tr.Word("channel", code)}
	}
	return items
}

// DaysFilter is the period of a screen, in the top bar; label is a translation
// key. usual is the preset that the screen means while nothing is chosen; with ""
// it means all days.
func DaysFilter(env Env, key, label, usual string) FilterField {
	return FilterField{Key: key, Label: env.T(label), Kind: FilterDays, Top: true, Usual: usual}
}

// Widths of the controls in the top bar (LOOK §4).
const (
	topChoiceWidth = 112
	topDaysWidth   = 158
)

// TopControl is the control of a filter in the top bar: a drop-down, for a period
// one of its presets or days of one's own.
func TopControl(env Env, f TopFilter) fyne.CanvasObject {
	id := "top." + f.Field.Key
	if f.Field.Kind == FilterDays {
		return ID(topDays(env, id, f), id)
	}
	items := append([]Item{{Word: f.Field.All}}, f.Field.Items...)
	c := NewChoice(env, items, "", f.Set).Fit(topChoiceWidth)
	show := func() {
		c.Set(f.Get())
		c.SetStrong(f.Get() != "")
	}
	show()
	f.Watch(show)
	return ID(c, id)
}

// daysNow is the item of the days chosen in the dialog.
const daysNow = "now"

func topDays(env Env, id string, f TopFilter) *Choice {
	var c *Choice
	today := func() when.Day { return env.Clock.Now().Day() }
	show := func() {
		from, to := NewValues(f.Field.Key, f.Get()).Days(f.Field.Key)
		name := presetOf(from, to, today())
		if name == "" {
			name = f.Field.Usual
		}
		items := periodItems(env, f.Field.Usual != "", today())
		if name == presetOwn {
			name = daysNow
			items = append([]Item{{Value: daysNow, Word: Span(env.Tr, from, to, today())}}, items...)
		}
		c.SetItems(items)
		c.Set(name)
		c.SetStrong(name != f.Field.Usual)
	}
	c = NewChoice(env, nil, "", func(name string) {
		switch name {
		case daysNow:
		case presetOwn:
			show() // what the dialog says counts, not that it was opened
			ownDays(env, id+".own", f)
		default:
			f.Set(packDays(presetDays(name, today())))
		}
	}).Wide(topDaysWidth).Icon("cal")
	show()
	f.Watch(show)
	return c
}

// periodItems are the presets with the days they mean today.
func periodItems(env Env, must bool, today when.Day) []Item {
	items := presetItems(env)
	for i, it := range items {
		from, _ := presetDays(it.Value, today)
		switch it.Value {
		case "":
			items[i].Word = env.T("kit.top.days")
		case "today", "yesterday":
			items[i].Word = it.Word + " " + env.Tr.DateWeek(from, today)
		case "this_month", "last_month":
			items[i].Word = it.Word + " " + string(from[:len("2006-01")])
		}
	}
	if must {
		return items[1:]
	}
	return items
}

// Span prints a period; an open end is left out: "04-01 – 04-15", "04-01 –".
func Span(tr i18n.Tr, from, to, today when.Day) string {
	text := func(d when.Day) string {
		if d == "" {
			return ""
		}
		return tr.Date(d, today)
	}
	if from == to {
		return text(from)
	}
	return text(from) + " – " + text(to)
}

// ownDays asks for the first and the last day.
func ownDays(env Env, id string, f TopFilter) {
	from, to := NewValues(f.Field.Key, f.Get()).Days(f.Field.Key)
	OpenForm(env, FormSpec{
		ID: id, Title: "kit.days.own", OK: "common.ok", Width: 380,
		Build: func(form *Form) {
			form.Day("from", "kit.days.from", &from)
			form.Day("to", "kit.days.to", &to)
		},
		Save: func(context.Context) error {
			if from != "" && to != "" && to < from {
				return fault.New(fault.Invalid, "fault.kit.days").Field("to", "fault.kit.days")
			}
			return nil
		},
		Done: func() { f.Set(packDays(from, to)) },
	})
}
