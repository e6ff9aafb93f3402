package stock

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/ids"
	"zhanggui/app/when"
)

// Service runs the use cases of stock.
type Service struct{ e *core.Engine }

// New makes the service on the engine.
func New(e *core.Engine) *Service { return &Service{e: e} }

// List lists stock as it is; value only for people who may see cost.
func (s *Service) List(ctx context.Context, q core.Query) (core.Paged[core.StockRow], error) {
	return core.Read(ctx, s.e, auth.StockView, func(r core.Reads) (core.Paged[core.StockRow], error) {
		if err := guard(ctx, r, q); err != nil {
			return core.Paged[core.StockRow]{}, err
		}
		page, err := r.Stock().List(q)
		return hideValue(ctx, r, page, err)
	})
}

// AsOf lists stock as it was at the end of a day.
func (s *Service) AsOf(ctx context.Context, day when.Day, q core.Query) (core.Paged[core.StockRow], error) {
	return core.Read(ctx, s.e, auth.StockView, func(r core.Reads) (core.Paged[core.StockRow], error) {
		if err := guard(ctx, r, q); err != nil {
			return core.Paged[core.StockRow]{}, err
		}
		page, err := r.Stock().AsOf(day, q)
		return hideValue(ctx, r, page, err)
	})
}

// guard refuses filters and sorting by value for people who may not see cost.
func guard(ctx context.Context, r core.Reads, q core.Query) error {
	actor, err := core.ActorOf(ctx, r)
	if err != nil {
		return err
	}
	return core.Guard(actor, q, auth.FinanceViewCost, "value_fen", "balance_fen")
}

func hideValue(ctx context.Context, r core.Reads, page core.Paged[core.StockRow], err error) (core.Paged[core.StockRow], error) {
	if err != nil {
		return page, err
	}
	actor, err := core.ActorOf(ctx, r)
	if err == nil && !auth.Allows(actor, auth.FinanceViewCost) {
		for i := range page.Rows {
			page.Rows[i].ValueFen = 0
		}
		delete(page.Sums, "value_fen")
	}
	return page, err
}

// Moves lists the ledger; value only for people who may see cost.
func (s *Service) Moves(ctx context.Context, q core.Query) (core.Paged[core.MoveRow], error) {
	return core.Read(ctx, s.e, auth.StockView, func(r core.Reads) (core.Paged[core.MoveRow], error) {
		if err := guard(ctx, r, q); err != nil {
			return core.Paged[core.MoveRow]{}, err
		}
		page, err := r.Stock().ListMoves(q)
		if err != nil {
			return page, err
		}
		actor, err := core.ActorOf(ctx, r)
		if err == nil && !auth.Allows(actor, auth.FinanceViewCost) {
			for i := range page.Rows {
				page.Rows[i].ValueFen, page.Rows[i].BalanceFen = 0, 0
			}
			delete(page.Sums, "value_fen")
		}
		return page, err
	})
}

// Level gives one SKU's figures, for a kit what its parts allow.
func (s *Service) Level(ctx context.Context, sku ids.SKUID) (domain.Level, error) {
	return core.Read(ctx, s.e, auth.StockView, func(r core.Reads) (domain.Level, error) {
		level, err := r.Stock().Level(domain.DefaultWarehouse, sku)
		if err != nil {
			return level, err
		}
		actor, err := core.ActorOf(ctx, r)
		if err == nil && !auth.Allows(actor, auth.FinanceViewCost) {
			level.ValueFen, level.LastFen, level.ProvFen = 0, 0, 0
		}
		return level, err
	})
}
