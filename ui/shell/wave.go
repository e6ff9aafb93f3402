package shell

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
	"zhanggui/app/dash"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/i18n"
	"zhanggui/app/when"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// waveClock says in the top bar which wave is closed next, how long that is and
// how many orders wait for it (LOOK §4). Time goes on by itself once a minute;
// the number is read again when orders change.
type waveClock struct {
	s      *Shell
	label  *kit.Label
	object *fyne.Container // label and the line behind it, hidden while there is nothing to say
	wave   dash.Wave
	known  bool
}

// The spans under which the clock changes its colour.
const (
	waveWarn   = 30 * when.Minute
	waveUrgent = 10 * when.Minute
)

func newWaveClock(s *Shell) *waveClock {
	c := &waveClock{s: s, label: kit.ID(kit.NewLine().Small(), "top.wave")}
	c.object = kit.Across(scaled(12), c.label, kit.Fixed(1, scaled(20), kit.NewRule()))
	c.object.Hide()
	return c
}

// may tells whether the person sees shipping at all.
func (c *waveClock) may() bool { return auth.Allows(c.s.session.actor, auth.ShippingView) }

// look reads the waves and what waits for the next.
func (c *waveClock) look() {
	s := c.s
	if s.app == nil || s.session == nil || s.session.actor.Locked || !c.may() {
		return
	}
	lane := s.owner.Lane("wave")
	lane.OnFail(func(err error) bool {
		return fault.Is(err, fault.Unavailable) || fault.Is(err, fault.Denied) // the status bar says what is away
	})
	kit.Run(s.env(), lane, func(ctx context.Context) (dash.Wave, error) { return s.app.Dash.Wave(ctx) }, func(w dash.Wave) {
		c.wave, c.known = w, true
		c.tick()
	})
}

// tick shows the time that is left.
func (c *waveClock) tick() {
	if !c.known {
		return
	}
	parts := waveParts(c.s.tr, c.wave, c.s.opt.Clock.Now())
	c.label.SetParts(parts...)
	if len(parts) > 0 {
		c.object.Show()
	} else {
		c.object.Hide()
	}
	c.s.session.frame.relayTop()
}

// waveParts are the words of the clock at an instant: nothing where the shop has no waves.
func waveParts(tr i18n.Tr, w dash.Wave, now when.Millis) []kit.Part {
	next, _ := domain.NextCuts(w.Waves, now)
	if next.At == 0 {
		return nil
	}
	left := next.At - now
	token := theme.TextToken
	icon := kit.Part{Icon: "clock", Token: theme.MutedToken}
	switch {
	case left < waveUrgent:
		token = theme.Urgent.Token()
		icon = kit.Part{Icon: string(theme.Urgent), Token: token}
	case left < waveWarn:
		token = theme.Warn.Token()
		icon = kit.Part{Icon: string(theme.Warn), Token: token}
	}
	key := "home.wave.cut"
	if next.At.Day() != now.Day() {
		key = "home.wave.tomorrow"
	}
	return []kit.Part{
		icon,
		{Text: tr.T(key, "wave", waveName(tr, next.No), "time", i18n.Clock(next.At)), Token: theme.MutedToken},
		{Text: tr.T("home.wave.left", "span", i18n.HM(left)), Token: token, Bold: true},
		{Text: tr.T("home.wave.pick", "n", i18n.Count(w.ToPick)), Token: theme.MutedToken},
	}
}

// waveName is the word of a wave; shops have two a day, campaigns a few more.
func waveName(tr i18n.Tr, no int) string {
	if key := "home.wave." + strconv.Itoa(no); tr.Has(key) {
		return tr.T(key)
	}
	return tr.T("home.wave.more", "no", no)
}

// waveEvery is how often the clock goes on.
const waveEvery = time.Minute
