package store

import (
	"encoding/json"

	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
	"zhanggui/store/sqlkit"
)

const importSelect = `SELECT id, file, sha256, kind, layout, channel, shop_id, encoding, header_row, state, at_ms, done_ms, actor,
	n_new, n_changed, n_same, n_conflict, n_rejected, chunks, totals, version FROM imports`

func scanImport(s sqlkit.Scanner) (domain.Import, error) {
	var i domain.Import
	var totals string
	err := s.Scan(&i.ID, &i.File, &i.SHA256, &i.Kind, &i.Layout, &i.Channel, &i.Shop, &i.Encoding, &i.Header, &i.State, &i.At, &i.DoneAt, &i.By,
		&i.New, &i.Changed, &i.Same, &i.Conflict, &i.Rejected, &i.Chunks, &totals, &i.Version)
	if err == nil && totals != "" {
		err = json.Unmarshal([]byte(totals), &i.Totals)
	}
	return i, err
}

func totalsText(totals []domain.ImportTotal) (string, error) {
	if len(totals) == 0 {
		return "", nil
	}
	b, err := json.Marshal(totals)
	return string(b), err
}

// Get loads an import. Errors: NotFound fault.import.unknown.
func (r importRepo) Get(id ids.ImportID) (*domain.Import, error) {
	i, err := sqlkit.OneOr(r.t.ctx, r.t.q, fault.New(fault.NotFound, "fault.import.unknown", "import", id),
		scanImport, importSelect+` WHERE id = $1`, id)
	return &i, err
}

// BySHA finds done imports of the same bytes, newest first (index imports_sha).
func (r importRepo) BySHA(sha string) ([]domain.Import, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, scanImport, importSelect+` WHERE sha256 = $1 AND state = 'done' ORDER BY at_ms DESC, id DESC`, sha)
}

// Unfinished lists imports that were interrupted, oldest first; a shop has
// hundreds of imports, so a scan will do.
func (r importRepo) Unfinished() ([]domain.Import, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, scanImport, importSelect+` WHERE state IN ('running', 'partial') ORDER BY at_ms, id`)
}

// Insert adds an import and sets its version to 1.
func (r importRepo) Insert(i *domain.Import) error {
	totals, err := totalsText(i.Totals)
	if err != nil {
		return err
	}
	_, err = sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO imports (id, file, sha256, kind, layout, channel, shop_id, encoding, header_row, state, at_ms, done_ms,
		actor, n_new, n_changed, n_same, n_conflict, n_rejected, chunks, totals, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1)`,
		i.ID, i.File, i.SHA256, i.Kind, i.Layout, i.Channel, i.Shop, i.Encoding, i.Header, i.State, i.At, i.DoneAt,
		i.By, i.New, i.Changed, i.Same, i.Conflict, i.Rejected, i.Chunks, totals)
	if err == nil {
		i.Version = 1
	}
	return err
}

// Save writes how far an import is; the version is checked and counted up.
// What it was made of (file, layout, shop) never changes. Errors: Conflict fault.conflict_version.
func (r importRepo) Save(i *domain.Import) error {
	totals, err := totalsText(i.Totals)
	if err != nil {
		return err
	}
	err = sqlkit.ExecOne(r.t.ctx, r.t.q, sqlkit.ErrChanged(), `UPDATE imports SET state = $3, done_ms = $4, n_new = $5, n_changed = $6, n_same = $7,
		n_conflict = $8, n_rejected = $9, chunks = $10, totals = $11, version = version + 1 WHERE id = $1 AND version = $2`,
		i.ID, i.Version, i.State, i.DoneAt, i.New, i.Changed, i.Same, i.Conflict, i.Rejected, i.Chunks, totals)
	if err == nil {
		i.Version++
	}
	return err
}

// AddRows appends records of imports.
func (r importRepo) AddRows(list []domain.ImportRow) error {
	rows := make([][]any, 0, len(list))
	for _, row := range list {
		args, err := argsText(row.Args)
		if err != nil {
			return err
		}
		rows = append(rows, []any{
			row.Import, row.Rows, row.Result, row.RefKind, row.RefID, row.Number, row.Column, row.Value,
			row.Code, row.Key, args, row.Before, row.After,
		})
	}
	_, err := sqlkit.InsertMany(r.t.ctx, r.t.q, "import_rows", []string{
		"import_id", "file_rows", "result", "ref_kind", "ref_id", "number", "col", "value",
		"code", "msg", "args", "before_json", "after_json",
	}, "", rows)
	return err
}

// LaterRows tells which records the import made or changed were changed again
// by a later import that still stands: reference -> its file (index import_rows_ref).
func (r importRepo) LaterRows(id ids.ImportID) (map[string]string, error) {
	rows, err := sqlkit.Rows(r.t.ctx, r.t.q, scanPair[string, string], `SELECT a.ref_id, i.file
		FROM import_rows a JOIN import_rows b ON b.ref_id = a.ref_id JOIN imports i ON i.id = b.import_id
		WHERE a.import_id = $1 AND a.ref_id <> '' AND a.result IN ('new', 'changed')
		AND b.ref_kind = a.ref_kind AND b.seq > a.seq AND b.import_id <> a.import_id AND b.result IN ('new', 'changed')
		AND i.state <> 'undone' ORDER BY b.seq`, id)
	later := make(map[string]string, len(rows))
	for _, p := range rows {
		later[p.a] = p.b
	}
	return later, err
}

// Mappings lists the remembered column mappings by name.
func (r importRepo) Mappings() ([]core.SavedMapping, error) {
	return sqlkit.Rows(r.t.ctx, r.t.q, func(s sqlkit.Scanner) (core.SavedMapping, error) {
		var m core.SavedMapping
		err := s.Scan(&m.Name, &m.HeaderKey, &m.Body)
		return m, err
	}, `SELECT name, header_key, body FROM mappings ORDER BY name`)
}

// SaveMapping remembers a column mapping under its name.
func (r importRepo) SaveMapping(m core.SavedMapping) error {
	_, err := sqlkit.Exec(r.t.ctx, r.t.q, `INSERT INTO mappings (name, header_key, body) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET header_key = excluded.header_key, body = excluded.body`, m.Name, m.HeaderKey, m.Body)
	return err
}
