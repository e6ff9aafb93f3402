package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"zhanggui/app/i18n"
	"zhanggui/app/money"
)

// Figures are those of the list: the row under the cursor, where the spec
// explains rows, and what all rows come to. A screen puts its own before them.
func (l *List[R]) Figures() *Figures { return l.figures }

func (l *List[R]) buildFigures() {
	l.figures = NewFigures(l.env)
	l.grid.Explains(l.figures)
	l.figures.After(func() []Figure {
		if l.sheet != nil { // cells are being edited
			return nil
		}
		var list []Figure
		if r, ok := l.Current(); ok && l.spec.Explain != nil {
			list = append(list, Figure{l.grid.RowFigure(), func() Explanation {
				e := l.spec.Explain(r)
				if e.At == "" {
					e.At = l.readAt()
				}
				return e
			}})
		}
		if l.rows.loaded {
			list = append(list, Figure{l.wholeFigure(), l.whole})
		}
		return list
	})
}

// wholeFigure is the part that shows what all rows come to: the total row, or the footer.
func (l *List[R]) wholeFigure() string {
	if l.spec.Totals && l.rows.Len() > 0 {
		return l.grid.TotalFigure()
	}
	return l.spec.ID + ".foot"
}

// whole explains what the rows come to: which rows they are and that all of them count.
func (l *List[R]) whole() Explanation {
	t := l.env.T
	e := Explanation{Title: t("explain.list"), Formula: t("explain.list.formula"), At: l.readAt(), Notes: []string{t("explain.list.notes")}}
	for i, part := range l.footLeft() {
		if i == 0 {
			e.Value = part.Text
		}
	}
	for _, c := range l.spec.Chips {
		if c.Key == l.query.Chip {
			e.Inputs = append(e.Inputs, Input{Label: t("explain.list.chip"), Value: t(c.Title)})
		}
	}
	if l.query.Search != "" {
		e.Inputs = append(e.Inputs, Input{Label: t("common.search"), Value: l.query.Search})
	}
	for _, f := range l.spec.Filters {
		if text := f.says(l.env, l.query.Filter); text != "" {
			e.Inputs = append(e.Inputs, Input{Label: f.Label, Value: text})
		}
	}
	if l.spec.Totals && l.rows.Len() > 0 {
		for i, cell := range l.totalRow().Cells {
			title, text := l.cols[i].title(l.env), cell.plain(l.env.Tr, l.env.Clock.Now())
			if l.cols[i].Align == Right && title != "" && text != "" {
				e.Inputs = append(e.Inputs, Input{Label: title, Value: text})
			}
		}
	}
	e.Ways = []Way{{Word: t("explain.list.rows"), Open: l.Focus}}
	if l.spec.Whole != nil {
		e = l.spec.Whole(e)
	}
	return e
}

// readAt is when the rows were read.
func (l *List[R]) readAt() string {
	if l.read == 0 {
		return ""
	}
	return l.env.Tr.Moment(l.read, l.env.Clock.Now())
}

// says is the field's value in words, "" when it is not set.
func (f FilterField) says(env Env, v Values) string {
	text := v.Text(f.Key)
	switch f.Kind {
	case FilterChoice, FilterChoices:
		var words []string
		for _, it := range f.Items {
			for _, value := range v.List(f.Key) {
				if it.Value == value {
					words = append(words, it.Word)
				}
			}
		}
		return strings.Join(words, ", ")
	case FilterDays:
		from, to := v.Days(f.Key)
		if text == "" {
			return ""
		}
		return Span(env.Tr, from, to, env.Clock.Now().Day())
	case FilterMoney:
		from, to, low, high := v.Amounts(f.Key)
		return i18n.Join(amountWord(low, "≥ ", from), amountWord(high, "≤ ", to))
	}
	return text
}

func amountWord(set bool, sign string, f money.Fen) string {
	if !set {
		return ""
	}
	return sign + i18n.Amount(f)
}

// pad lies over something that takes no clicks itself and gives right clicks on.
type pad struct {
	widget.BaseWidget
	press func()
}

func newPad(press func()) *pad {
	p := &pad{press: press}
	p.ExtendBaseWidget(p)
	return p
}

// TappedSecondary is a right click.
func (p *pad) TappedSecondary(*fyne.PointEvent) { p.press() }

// CreateRenderer draws nothing.
func (p *pad) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
