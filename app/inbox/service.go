package inbox

import (
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/ids"
	"zhanggui/app/ingest"
	"zhanggui/app/job"
)

// Service runs the use cases of the import inbox.
type Service struct{ e *core.Engine }

// New makes the service on the engine.
func New(e *core.Engine) *Service { return &Service{e: e} }

// Source is the file to read. Path is where a person can find it again, for
// continuing an import that was interrupted.
type Source struct {
	Path string
	Data io.ReaderAt
	Size int64
}

// Name is the file's base name, as people see it.
func (s Source) Name() string { return filepath.Base(s.Path) }

// Target says where the orders belong. All fields may be empty: then the file
// must tell (DECIDED 2).
type Target struct {
	Shop    string // code
	Channel string
	Mapping *ingest.Mapping
	Rate    ingest.Rate // turns the file's currency into the shop's (DECIDED 5)
}

// List lists the imports, newest first.
func (s *Service) List(ctx context.Context, q core.Query) (core.Paged[domain.Import], error) {
	return core.Read(ctx, s.e, auth.ImportView, func(r core.Reads) (core.Paged[domain.Import], error) {
		return r.Imports().List(q)
	})
}

// Rows lists the records of an import. What a record was before holds whole
// orders with their buyers: only people who may see persons get it.
func (s *Service) Rows(ctx context.Context, id ids.ImportID, q core.Query) (core.Paged[domain.ImportRow], error) {
	return core.Read(ctx, s.e, auth.ImportView, func(r core.Reads) (core.Paged[domain.ImportRow], error) {
		actor, err := core.ActorOf(ctx, r)
		if err != nil {
			return core.Paged[domain.ImportRow]{}, err
		}
		if err := core.Guard(actor, q, auth.OrdersPersons, "before", "after"); err != nil {
			return core.Paged[domain.ImportRow]{}, err
		}
		page, err := r.Imports().Rows(id, q)
		if err == nil && !auth.Allows(actor, auth.OrdersPersons) {
			for i := range page.Rows {
				page.Rows[i].Before, page.Rows[i].After = "", ""
			}
		}
		return page, err
	})
}

// Conflicts lists what the import said against what we know and nobody settled
// yet (orders.Settle settles one).
func (s *Service) Conflicts(ctx context.Context, id ids.ImportID) ([]core.OpenConflict, error) {
	return core.Read(ctx, s.e, auth.ImportView, func(r core.Reads) ([]core.OpenConflict, error) {
		return r.Orders().OpenConflicts(id)
	})
}

// Unfinished lists the imports that were interrupted: continue them with
// Commit of the same file, or undo them.
func (s *Service) Unfinished(ctx context.Context) ([]domain.Import, error) {
	return core.Read(ctx, s.e, auth.ImportView, func(r core.Reads) ([]domain.Import, error) {
		return r.Imports().Unfinished()
	})
}

// Mappings gives the column mappings made so far.
func (s *Service) Mappings(ctx context.Context) ([]ingest.Mapping, error) {
	return core.Read(ctx, s.e, auth.ImportView, mappingsOf)
}

// SaveMappingCmd remembers a column mapping by the file's header set.
type SaveMappingCmd struct{ Mapping ingest.Mapping }

// Action is the right it needs.
func (SaveMappingCmd) Action() auth.Action { return auth.ImportOrders }

// Validate checks the mapping itself.
func (c SaveMappingCmd) Validate() error { return c.Mapping.Validate() }

// SaveMapping remembers the mapping; one of the same name is replaced.
func (s *Service) SaveMapping(ctx context.Context, cmd SaveMappingCmd) error {
	_, err := core.Do(ctx, s.e, cmd, func(u *core.Unit) (struct{}, error) {
		body, err := json.Marshal(cmd.Mapping)
		if err != nil {
			return struct{}{}, err
		}
		u.Audit("mapping", cmd.Mapping.Name, "audit.mapping_saved", nil, cmd.Mapping, "name", cmd.Mapping.Name)
		u.Changed(core.TopicImports)
		return struct{}{}, u.Imports().SaveMapping(core.SavedMapping{
			Name: cmd.Mapping.Name, HeaderKey: cmd.Mapping.HeaderKey, Body: string(body),
		})
	})
	return err
}

// read reads a file with the shop's currency and remembered mappings.
func (s *Service) read(ctx context.Context, r core.Reads, src Source, t Target, report job.Report) (*ingest.File, error) {
	set, err := flow.SettingsOf(r.Settings())
	if err != nil {
		return nil, err
	}
	mappings, err := mappingsOf(r)
	if err != nil {
		return nil, err
	}
	return ingest.Read(ctx, src.Name(), src.Data, src.Size, ingest.Options{
		Mappings: mappings, Forced: t.Mapping, ShopCurrency: set.Currency, Rate: t.Rate, Report: report,
	})
}

func mappingsOf(r core.Reads) ([]ingest.Mapping, error) {
	saved, err := r.Imports().Mappings()
	if err != nil {
		return nil, err
	}
	list := make([]ingest.Mapping, 0, len(saved))
	for _, m := range saved {
		parsed, err := ingest.ReadMapping(strings.NewReader(m.Body))
		if err != nil {
			return nil, fault.Wrap(err, "mapping "+m.Name)
		}
		list = append(list, parsed)
	}
	return list, nil
}

// right is what committing a file of the kind needs. Opening stock is value:
// who may not open stock by hand may not do it by file either.
func right(kind ingest.Kind) auth.Action {
	switch kind {
	case ingest.KindProducts:
		return auth.ImportStock
	case ingest.KindOpening:
		return auth.StockOpening
	}
	return auth.ImportOrders
}
