package backup

import (
	"context"
	"path/filepath"
	"strconv"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/job"
	"zhanggui/app/when"
)

// Kept is where the daily copies go, how many stay, and which are there.
type Kept struct {
	Folder string      `json:"folder"`
	Chosen string      `json:"chosen"` // the folder of the settings, "" for the usual one
	Usual  string      `json:"usual"`  // the folder where the settings name none
	Keep   int         `json:"keep"`
	List   []core.Copy `json:"list"` // newest first
}

// Copies lists the copies in the folder of the daily backups. Errors: Denied; Unavailable.
func (s *Service) Copies(ctx context.Context) (Kept, error) {
	set, err := core.Read(ctx, s.e, auth.CheckRun, func(r core.Reads) (domain.Settings, error) {
		return flow.SettingsOf(r.Settings())
	})
	if err != nil {
		return Kept{}, err
	}
	info, err := s.e.Store().Info(ctx)
	if err != nil {
		return Kept{}, err
	}
	folder := s.folder(set)
	return Kept{Folder: folder, Chosen: set.BackupFolder, Usual: s.files.Folder, Keep: set.BackupKeep, List: s.files.List(folder, info.Place)}, nil
}

// Tested is what the test of a copy found, beside the data that is open.
type Tested struct {
	core.CopyFacts
	Own     bool             `json:"own"`     // an earlier state of the open data: its newest audit line is one of ours
	Orders  int64            `json:"present"` // orders in the open data
	LastAt  when.Millis      `json:"last_at"` // newest change of the open data
	Changes int64            `json:"changes"` // audit lines written since the copy; 0 unless Own
	Others  []core.Neighbour `json:"others"`  // who else has the open data open
}

// Newer is how many orders the open data has and the copy has not, at least 0.
func (t Tested) Newer() int64 { return max(0, t.Orders-t.CopyFacts.Orders) }

// Test reads a copy whole without changing anything: every page, the counts, the
// hash against its note, the head of its seals; and it tells what is newer in the
// open data, which is what restoring the copy would lose. The copy itself is
// opened for reading only.
// Errors: Denied; Invalid fault.backup.no_path; Conflict fault.backup.own_file;
// Unavailable fault.store.backup_bad, .newer, .missing, .pg_restore; Cancelled.
func (s *Service) Test(ctx context.Context, path string, report job.Report) (Tested, error) {
	present, err := core.Read(ctx, s.e, auth.CheckRun, s.present)
	if err != nil {
		return Tested{}, err
	}
	info, err := s.e.Store().Info(ctx)
	if err != nil {
		return Tested{}, err
	}
	if path == "" {
		return Tested{}, fault.New(fault.Invalid, "fault.backup.no_path").Field("path", "fault.required")
	}
	if path, err = filepath.Abs(path); err != nil {
		return Tested{}, fault.New(fault.Invalid, "fault.backup.no_path").Because(err)
	}
	if sameFile(path, info.Place) {
		return Tested{}, fault.New(fault.Conflict, "fault.backup.own_data", "file", path)
	}
	facts, err := s.files.Read(ctx, path, func(done, total int) { report.Say(done, total, "job.checking") })
	if err != nil {
		return Tested{}, err
	}
	present.CopyFacts, present.Others = facts, info.Others
	return present, s.compare(ctx, &present)
}

// present is how the open data stands.
func (s *Service) present(r core.Reads) (Tested, error) {
	var t Tested
	counts, err := r.Orders().StageCounts()
	if err != nil {
		return t, err
	}
	for _, c := range counts {
		t.Orders += c.N
	}
	last, err := r.Log().ListAudit(core.Query{Page: core.Page{Limit: 1}})
	if err == nil && len(last.Rows) > 0 {
		t.LastAt = last.Rows[0].At
	}
	return t, err
}

// compare tells whether the copy is an earlier state of the open data, and how
// much was changed since.
func (s *Service) compare(ctx context.Context, t *Tested) error {
	if t.Last == nil {
		return nil
	}
	return s.e.Store().Read(ctx, func(r core.Reads) error {
		seq := strconv.FormatInt(t.Last.Seq, 10)
		found, err := r.Log().ListAudit(core.Query{Conds: []core.Cond{{Field: "seq", Op: "=", Value: seq}}, Page: core.Page{Limit: 1}})
		if err != nil || len(found.Rows) == 0 {
			return err
		}
		ours := found.Rows[0]
		t.Own = ours.At == t.Last.At && ours.EntityID == t.Last.EntityID && ours.Key == t.Last.Key && ours.ActorID == t.Last.ActorID
		if !t.Own {
			return nil
		}
		newer, err := r.Log().ListAudit(core.Query{Conds: []core.Cond{{Field: "seq", Op: ">", Value: seq}}, Page: core.Page{Limit: 1}, Totals: true})
		t.Changes = int64(newer.Total)
		return err
	})
}
