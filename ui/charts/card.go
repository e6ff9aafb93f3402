package charts

import (
	"context"
	"image"
	"sync"

	"fyne.io/fyne/v2"

	"zhanggui/app/reporting"
	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/reports/cards"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// card is one picture of the page with what is known of it. draw and read run
// away from the UI goroutine.
type card struct {
	env     kit.Env
	kind    cards.Kind
	service cards.Source
	face    *kit.ChartCard

	mu     sync.Mutex
	period reporting.Period
	turn   int         // of period and of what the shop holds
	made   *cards.Card // for turn; nil when it must be read
	readAt when.Millis // when made was read
}

func newCard(env kit.Env, service cards.Source, k cards.Kind, p reporting.Period) *card {
	return &card{env: env, kind: k, service: service, period: p}
}

// reset forgets what was read and draws again for a period.
func (c *card) reset(p reporting.Period) {
	c.mu.Lock()
	c.period, c.made = p, nil
	c.turn++
	c.mu.Unlock()
	c.face.Chart().Reload()
}

// of is the period the card is of now.
func (c *card) of() reporting.Period {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.period
}

// peek is the card as it was read last, nil when it must be read.
func (c *card) peek() *cards.Card {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.made
}

// when is when the card was read.
func (c *card) when() when.Millis {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.readAt
}

// read gives the card, from memory when nothing has changed since.
func (c *card) read(ctx context.Context) (*cards.Card, error) {
	c.mu.Lock()
	p, turn, made := c.period, c.turn, c.made
	c.mu.Unlock()
	if made != nil {
		return made, nil
	}
	got, err := cards.Make(ctx, c.service, c.kind, cards.Look{Tr: c.env.Tr, Today: c.env.Clock.Now().Day()}, p)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turn == turn {
		c.made, c.readAt = &got, c.env.Clock.Now()
	}
	return &got, nil
}

// draw makes the picture for a size and appearance.
func (c *card) draw(ctx context.Context, size kit.ChartSize) (image.Image, error) {
	got, err := c.read(ctx)
	if err != nil {
		return nil, err
	}
	w, h, scale := size.Units(200, 160)
	return got.Chart.Image(ctx, reports.Look{W: w, H: h, Scale: scale, Dark: size.Dark, Tr: c.env.Tr})
}

// spans is how many of three columns a card takes.
var spans = map[cards.Kind]int{cards.Trend: 2, cards.Hours: 2}

// columns is how many cards stand side by side.
const columns = 3

// tall is the least height of a card.
const tall = 292

// wall lays cards out in rows of three columns; the last card of a row takes the
// room that is left. Higher windows get higher cards.
type wall struct {
	gap   float32
	spans []int
}

// rows cuts the cards into rows: the number of the first card of each.
func (w *wall) rows() []int {
	var starts []int
	used := columns
	for i, span := range w.spans {
		if span = max(span, 1); used+span > columns {
			starts, used = append(starts, i), 0
		}
		used += span
	}
	return starts
}

// Layout places the cards.
func (w *wall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	starts := w.rows()
	n := float32(max(len(starts), 1))
	unit := (size.Width - (columns-1)*w.gap) / columns
	high := float32(int((size.Height - (n-1)*w.gap) / n))
	for r, first := range starts {
		end := len(objects)
		if r+1 < len(starts) {
			end = starts[r+1]
		}
		x := float32(0)
		for i := first; i < end; i++ {
			span := float32(max(w.spans[i], 1))
			wide := float32(int(span*unit + (span-1)*w.gap))
			if i == end-1 {
				wide = size.Width - x
			}
			objects[i].Move(fyne.NewPos(x, float32(r)*(high+w.gap)))
			objects[i].Resize(fyne.NewSize(wide, high))
			x += wide + w.gap
		}
	}
}

// MinSize is the least that all cards can be read at.
func (w *wall) MinSize([]fyne.CanvasObject) fyne.Size {
	n := float32(len(w.rows()))
	return fyne.NewSize(600, n*tall*theme.Current().Metrics().Scale+max(n-1, 0)*w.gap)
}
