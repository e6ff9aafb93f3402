package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/app"
	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// audit is the page of the audit log: who changed what, when, from where.
type audit struct {
	env  kit.Env
	app  *app.App
	list *kit.List[core.AuditLine]
}

// The chips of the log; each but the last two is the entity of its lines.
const (
	chipEverything = "all"
	chipDenied     = "denied"
)

// chipEntities are the entities behind the chips.
var chipEntities = map[string]string{"order": "order", "receipt": "receipt", "adjust": "adjust", "staff": "staff", "setting": "setting"}

// NewAudit makes the page of the audit log. It needs auth.AuditView.
func NewAudit(env kit.Env, a *app.App) kit.Screen {
	s := &audit{env: env, app: a}
	s.list = kit.NewList(env, s.spec())
	s.env = s.list.Env()
	return s
}

// Build gives the list to place in the window.
func (s *audit) Build() fyne.CanvasObject { return s.list.Object() }

// Load reads the log again.
func (s *audit) Load() { s.list.Load() }

// TopFilters are the list's in the top bar.
func (s *audit) TopFilters() []kit.TopFilter { return s.list.TopFilters() }

// Topics are what makes it stale: every change leaves a line.
func (s *audit) Topics() []core.Topic {
	return []core.Topic{
		core.TopicOrders, core.TopicStock, core.TopicParcels, core.TopicCatalog, core.TopicImports, core.TopicFinance, core.TopicStaff, core.TopicSettings,
	}
}

// Shown takes the keys.
func (s *audit) Shown() { s.list.Shown() }

// Hidden gives the keys back.
func (s *audit) Hidden() { s.list.Hidden() }

// Close drops what is being read.
func (s *audit) Close() { s.list.Close() }

func (s *audit) spec() kit.ListSpec[core.AuditLine] {
	tr := s.env.Tr
	actions := make([]kit.Item, len(auth.Actions))
	for i, a := range auth.Actions {
		actions[i] = kit.Item{Value: string(a), Word: tr.Word("right", string(a))}
	}
	return kit.ListSpec[core.AuditLine]{
		ID: "settings.audit", Fetch: func(ctx context.Context, q kit.Query) (core.Paged[core.AuditLine], error) {
			return s.app.Users.AuditLog(ctx, auditQuery(q))
		},
		RowID: func(l core.AuditLine) string { return strconv.FormatInt(l.Seq, 10) }, Search: "setup.audit.search",
		Columns: []kit.Column[core.AuditLine]{
			{Key: "at", Title: "field.time", Width: 116, Sort: "at", Cell: func(l core.AuditLine) kit.Cell { return kit.Muted(tr.Moment(l.At, s.env.Clock.Now())) }},
			{Key: "who", Title: "field.actor", Width: 170, Sort: "actor", Cell: func(l core.AuditLine) kit.Cell {
				return kit.Text(l.Actor).With(tr.Word("role", string(l.Role)))
			}},
			{Key: "what", Title: "field.action", Width: 320, Flex: true, Min: 160, Cell: func(l core.AuditLine) kit.Cell {
				cell := kit.Text(auditText(tr, l))
				if l.Key == "audit.denied" {
					cell = cell.In(theme.Urgent)
				}
				return cell
			}},
			{Key: "desk", Title: "field.desktop", Width: 120, Muted: true, Text: func(l core.AuditLine) string { return l.Desk }},
		},
		Chips: []kit.ChipSpec{
			{Key: chipEverything, Title: "common.all"},
			{Key: "order", Title: "field.order", Line: true},
			{Key: "receipt", Title: "entry.receipt"},
			{Key: "adjust", Title: "entry.adjust"},
			{Key: "staff", Title: "nav.staff"},
			{Key: "setting", Title: "nav.settings"},
			{Key: chipDenied, Title: "setup.audit.denied", Mark: kit.Mark{Icon: "urgent", Tone: theme.Urgent}, Line: true},
		},
		Filters: []kit.FilterField{
			kit.DaysFilter(s.env, "period", "field.period", ""),
			{Key: "role", Label: tr.T("field.role"), Kind: kit.FilterChoice, Items: roleItems(tr)},
			{Key: "action", Label: tr.T("field.action"), Kind: kit.FilterChoice, Items: actions, Wide: 200},
		},
		Detail: s.detail, Open: func(core.AuditLine) {
			if !s.list.PaneShown() {
				s.list.TogglePane()
			}
		},
		Footer: func(total int, _ map[string]int64) []string { return []string{tr.N("setup.audit.foot", int64(total))} },
	}
}

// detail is one line whole: the sentence, who and where, before and after.
func (s *audit) detail(l core.AuditLine) fyne.CanvasObject {
	tr, now := s.env.Tr, s.env.Clock.Now()
	box := kit.Down(0,
		kit.Pad(14, 14, kit.Down(8, kit.NewParagraph(auditText(tr, l)),
			kit.Down(0,
				kit.NewFact(tr.T("field.time"), kit.Part{Text: tr.Moment(l.At, now)}),
				kit.NewFact(tr.T("field.actor"), kit.Part{Text: kit.Join(l.Actor, tr.Word("role", string(l.Role)))}),
				kit.NewFact(tr.T("setup.audit.right"), kit.Part{Text: tr.Word("right", string(l.Action))}),
				kit.NewFact(tr.T("field.desktop"), kit.Part{Text: kit.Join(l.Desk, l.Version)}),
				kit.NewFact(tr.T("setup.audit.no"), kit.Part{Text: strconv.FormatInt(l.Seq, 10)})))),
		kit.NewRule())
	for _, part := range []struct{ key, text string }{{"field.before", pretty(l.Before)}, {"field.after", pretty(l.After)}} {
		if part.text == "" {
			continue
		}
		box.Add(kit.Pad(10, 14, kit.Down(4, kit.NewLabel(tr.T(part.key)).Small().Bold(), kit.NewParagraph(part.text).Small())))
	}
	return container.NewVScroll(box)
}
