// Package kit holds the shared parts of the window (ARCHITECTURE §5): what every
// screen is made of, and the only place of the window with goroutines (Run, Act).
// It imports level 0 and 1 of the program, core's Change, Bus and Page, job's
// Progress, theme and Fyne (never Fyne's app package); no services and no SQL.
//
// A list screen is a ListSpec, a row type and a few actions:
//
//	type screen struct {
//		env  kit.Env
//		app  *app.App
//		list *kit.List[orders.Row]
//	}
//
//	func New(env kit.Env, a *app.App) kit.Screen {
//		s := &screen{env: env, app: a}
//		s.list = kit.NewList(env, kit.ListSpec[orders.Row]{
//			ID:    "orders.list",
//			RowID: func(r orders.Row) string { return r.ID.String() },
//			Fetch: func(ctx context.Context, q kit.Query) (core.Paged[orders.Row], error) {
//				return a.Orders.List(ctx, filterOf(q), q.Page) // q is a copy: any goroutine may read it
//			},
//			Columns: []kit.Column[orders.Row]{
//				{Key: "due", Title: "orders.due", Width: 164, Sort: "due", Cell: func(r orders.Row) kit.Cell { return kit.Due(dueOf(r)) }},
//				{Key: "goods", Title: "orders.goods", Width: 200, Flex: true, Cell: func(r orders.Row) kit.Cell { return kit.Text(r.Goods).With(r.More) }},
//				{Key: "qty", Title: "orders.qty", Width: 48, Align: kit.Right, Cell: func(r orders.Row) kit.Cell { return kit.Count(r.Qty) }},
//				{Key: "paid", Title: "orders.paid", Width: 84, Align: kit.Right, Sort: "paid", Cell: func(r orders.Row) kit.Cell { return kit.Amount(r.Paid) }},
//				{Key: "state", Title: "orders.state", Width: 96, Cell: func(r orders.Row) kit.Cell { return kit.Pill(toneOf(r), env.T(wordOf(r))) }},
//			},
//			Ticks: true, Minute: true, Sort: "due", Search: "orders.search",
//			Chips:  []kit.ChipSpec{{Key: "open", Title: "orders.open"}, {Key: "late", Title: "orders.late", Mark: kit.Mark{Icon: "urgent", Tone: theme.Urgent}}},
//			Counts: func(ctx context.Context, q kit.Query) (map[string]int, error) { return a.Orders.Counts(ctx) },
//			Actions: []kit.Action[orders.Row]{
//				{ID: "audit", Title: "action.audit", Primary: true, Rows: true, Need: auth.OrdersAudit, Do: s.audit}, // F9
//				{ID: "note", Title: "action.note", Key: "F12", Rows: true, Need: auth.OrdersEdit, Do: s.note},
//			},
//			Open: s.open, Detail: s.detail,
//		})
//		return s
//	}
//
//	func (s *screen) Build() fyne.CanvasObject { return s.list.Object() }
//	func (s *screen) Load()                    { s.list.Load() }
//	func (s *screen) Topics() []core.Topic     { return []core.Topic{core.TopicOrders} }
//	func (s *screen) Shown()                   { s.list.Shown() }
//	func (s *screen) Hidden()                  { s.list.Hidden() }
//	func (s *screen) Close()                   { s.list.Close() }
//
//	func (s *screen) audit(p kit.Picked[orders.Row]) {
//		kit.Act(s.list.Env(), s.list.Owner(), func(ctx context.Context) (orders.Result, error) {
//			return s.app.Orders.Audit(ctx, commandOf(p))
//		}, func(r orders.Result) { s.list.Hint(theme.Info, s.env.T("orders.passed", "n", r.Passed, "left", r.Left)) })
//	} // no reload here: the committed change comes back through the bus
package kit
