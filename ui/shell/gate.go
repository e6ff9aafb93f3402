package shell

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/demo"
	"zhanggui/app/i18n"
	"zhanggui/app/users"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// gate goes to the sign-in, or to the first start where nobody is in the data
// yet. say is shown there: why one is here again.
func (s *Shell) gate(say string) {
	s.session = nil
	s.owner.OnFail(func(err error) bool { s.trouble(s.data, err); return true })
	kit.Run(s.env(), s.owner, func(ctx context.Context) (users.Welcome, error) { return s.app.Users.Welcome(ctx) }, func(w users.Welcome) {
		s.info = known{shop: w.Shop, currency: w.Currency, example: pinsOfExample(w)}
		s.speak(s.tr.Lang())
		if w.Empty {
			s.firstStart()
			return
		}
		s.signIn(w, say)
	})
}

// pinsOfExample gives the people of the example shop with their PINs when w is
// that shop: its name and all its people are the example's.
func pinsOfExample(w users.Welcome) map[string]string {
	people, err := demo.People()
	if err != nil || len(people) != len(w.Faces) {
		return nil
	}
	pins := map[string]string{}
	for i, p := range people {
		if w.Faces[i].Name != p.Name || w.Faces[i].Role != p.Role {
			return nil
		}
		pins[p.Name] = p.PIN
	}
	return pins
}

// gatePage lays a card into the window over a foot with the data's place and the
// switches of language and look; again builds the page anew, nil is without switches.
func (s *Shell) gatePage(card fyne.CanvasObject, again func()) fyne.CanvasObject {
	env := s.env()
	lang := func(l i18n.Lang, text string) fyne.CanvasObject {
		return kit.ID(word(env, text, s.tr.Lang() == l, func() { s.setLang(l, again) }), "switch."+string(l))
	}
	look := func(m theme.Mode, key string) fyne.CanvasObject {
		return kit.ID(word(env, s.tr.T(key), s.look == m, func() { s.setLook(m, again) }), "switch."+string(m))
	}
	place := kit.NewLine().Small().Narrow()
	s.placeLine(place)
	m := theme.Current().Metrics()
	if again == nil {
		return kit.Edges(nil, gateFoot(m, place, nil), nil, nil, container.New(inWindow{}, card))
	}
	right := kit.Across(2,
		lang(i18n.Chinese, s.tr.T("gate.lang.zh")), lang(i18n.English, s.tr.T("gate.lang.en")),
		kit.Pad(0, 6, kit.Fixed(1, scaled(12), kit.NewRule())),
		look(theme.LightMode, "common.theme_light"), look(theme.DarkMode, "common.theme_dark"))
	return kit.Edges(nil, gateFoot(m, place, right), nil, nil, container.New(inWindow{}, card))
}

func gateFoot(m theme.Metrics, left, right fyne.CanvasObject) fyne.CanvasObject {
	line := kit.Pad(0, 16, kit.Edges(nil, nil, nil, right, left))
	return kit.Edges(kit.NewRule(), nil, nil, nil, kit.Fixed(0, m.StatusBar+4, line))
}

// placeLine says where the data is. Nobody is signed in yet, so it asks as the system.
func (s *Shell) placeLine(l *kit.Label) {
	if s.app == nil {
		return
	}
	a := s.app
	kit.Run(s.env(), s.owner.Lane("place"), func(context.Context) (core.Info, error) {
		return a.Backup.Info(auth.With(context.Background(), auth.SystemActor))
	}, func(i core.Info) {
		l.SetParts(s.placeParts(i)...)
	})
}

func (s *Shell) placeParts(i core.Info) []kit.Part {
	parts := []kit.Part{{Icon: string(theme.OK), Token: theme.OK.Token(), Text: ""}, {Text: s.tr.T("window.data", "place", shortPlace(i)), Token: theme.MutedToken}}
	if s.data.ReadOnly {
		parts = append(parts, kit.Part{Icon: "lock", Text: s.tr.T("window.read_only"), Token: theme.Warn.Token(), Gap: 14})
	}
	return parts
}

// shortPlace is the name of a file, or host/database of a server.
func shortPlace(i core.Info) string {
	if i.Engine == "sqlite" {
		return filepath.Base(i.Place)
	}
	return i.Place
}

// entered is everything read when somebody signs in.
type entered struct {
	actor auth.Actor
	me    users.Me
}

// enter tries a PIN and begins the work of the person.
func (s *Shell) enter(name, pin string, failed func(err error)) bool {
	s.owner.OnFail(func(err error) bool { failed(err); return true })
	return kit.Act(s.env(), s.owner, func(ctx context.Context) (entered, error) {
		actor, err := s.app.Users.SignIn(ctx, name, pin)
		if err != nil {
			return entered{}, err
		}
		me, err := s.app.Users.Me(auth.With(ctx, actor))
		return entered{actor, me}, err
	}, func(e entered) { s.begin(e.me) })
}

// tick is how often waits and clocks are shown anew.
const tick = time.Second
