package stock

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/money"
)

// AdjustReason is why a count is corrected; its name is adjust.<reason>.
type AdjustReason string

// The reasons.
const (
	AdjustCount  AdjustReason = "count"  // counted more or fewer
	AdjustDamage AdjustReason = "damage" // broken, expired
	AdjustLost   AdjustReason = "lost"
	AdjustSample AdjustReason = "sample" // given away or used
	AdjustFound  AdjustReason = "found"
	AdjustScrap  AdjustReason = "scrap" // thrown away from the defective ones that were set aside
)

// accounts says where a correction's value goes.
var accounts = map[AdjustReason]domain.Account{
	AdjustCount: domain.AccOtherLoss, AdjustDamage: domain.AccOtherLoss, AdjustLost: domain.AccOtherLoss, AdjustScrap: domain.AccOtherLoss,
	AdjustSample: domain.AccSelling, AdjustFound: domain.AccOtherIncome,
}

// AdjustReasons lists them for forms.
var AdjustReasons = []AdjustReason{AdjustCount, AdjustDamage, AdjustLost, AdjustScrap, AdjustSample, AdjustFound}

// AdjustCmd corrects the units on hand by a signed number, never "to" a number
// (rules.md §5.3.8).
type AdjustCmd struct {
	SKU    ids.SKUID
	Delta  int64
	Reason AdjustReason
	Note   string
}

// Action is the right it needs; above the limit of the settings stock.adjust_big too.
func (AdjustCmd) Action() auth.Action { return auth.StockAdjust }

// Validate wants a SKU, a delta and a known reason.
func (c AdjustCmd) Validate() error {
	e := fault.New(fault.Invalid, "fault.stock.adjust")
	if c.SKU.Zero() {
		_ = e.Field("sku", "fault.required")
	}
	if c.Delta == 0 || c.Delta > 100_000_000 || c.Delta < -100_000_000 {
		_ = e.Field("qty", "fault.stock.qty")
	}
	if _, ok := accounts[c.Reason]; !ok {
		_ = e.Field("reason", "fault.required")
	}
	if c.Reason == AdjustScrap && c.Delta > 0 {
		_ = e.Field("qty", "fault.stock.qty")
	}
	if len(c.Note) > 2000 {
		_ = e.Field("note", "fault.text_too_long")
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// AdjustResult says what the correction did.
type AdjustResult struct {
	Doc    ids.DocID `json:"doc"`
	OnHand int64     `json:"on_hand"`
	Freed  []string  `json:"freed"` // orders that lost their goods (DECIDED 10)
	Woken  int       `json:"woken"`
}

// Adjust corrects the count and posts its value. A loss below what is promised
// releases the orders with the latest deadlines. Errors: Denied above the limit.
func (s *Service) Adjust(ctx context.Context, cmd AdjustCmd) (AdjustResult, error) {
	return core.Do(ctx, s.e, cmd, func(u *core.Unit) (AdjustResult, error) {
		var res AdjustResult
		sku, err := countable(u, cmd.SKU)
		if err != nil {
			return res, err
		}
		level, err := u.Stock().Level(domain.DefaultWarehouse, sku.ID)
		if err != nil {
			return res, err
		}
		level.Warehouse, level.SKU = domain.DefaultWarehouse, sku.ID
		before := level.OnHand
		if cmd.Reason == AdjustScrap && level.Unavailable < -cmd.Delta {
			return res, fault.New(fault.Conflict, "fault.stock.scrap", "sku", sku.Code, "unavailable", level.Unavailable, "qty", -cmd.Delta)
		}
		value, err := level.Adjust(cmd.Delta)
		if err != nil {
			return res, err
		}
		set, err := flow.Settings(u)
		if err != nil {
			return res, err
		}
		if abs(value) > set.AdjustLimit && !u.Allows(auth.StockAdjustBig) {
			return res, fault.New(fault.Denied, "fault.stock.adjust_limit", "sku", sku.Code, "limit", set.AdjustLimit)
		}
		res.Doc, res.OnHand = ids.New[ids.DocKind](u.IDs), level.OnHand
		ref := flow.Ref{Kind: "adjust", ID: res.Doc.String(), Number: sku.Code, Note: string(cmd.Reason) + " " + cmd.Note}
		m := domain.Move{Reason: domain.MoveAdjust, Qty: cmd.Delta, ValueFen: value, Unsaleable: level.Beyond()}
		if cmd.Reason == AdjustScrap {
			m.Unsaleable = cmd.Delta
		}
		if _, err := flow.Move(u, &level, m, ref, 0); err != nil {
			return res, err
		}
		if err := postAdjust(u, sku, cmd, value, ref); err != nil {
			return res, err
		}
		if res.Freed, err = flow.FreeOversold(u, domain.DefaultWarehouse, sku.ID, set); err != nil {
			return res, err
		}
		if res.Woken, err = flow.Reallocate(u, domain.DefaultWarehouse, sku.ID, set); err != nil {
			return res, err
		}
		u.Audit("adjust", res.Doc.String(), "audit.adjusted", map[string]int64{"on_hand": before},
			map[string]any{"on_hand": level.OnHand, "freed": res.Freed},
			"sku", sku.Code, "delta", cmd.Delta, "reason", cmd.Reason, "note", cmd.Note)
		u.Changed(core.TopicStock, sku.ID.String())
		u.Changed(core.TopicFinance)
		return res, nil
	})
}

func postAdjust(u *core.Unit, sku *domain.SKU, cmd AdjustCmd, value money.Fen, ref flow.Ref) error {
	against := accounts[cmd.Reason]
	if cmd.Delta > 0 {
		against = domain.AccOtherIncome
	}
	e, err := domain.StockEntry("adjust", sku.Code, sku.ID, cmd.Delta, value, 0, against)
	if err != nil {
		return err
	}
	_, err = flow.Entry(u, e, ref)
	return err
}

func abs(f money.Fen) money.Fen {
	if f < 0 {
		return -f
	}
	return f
}
