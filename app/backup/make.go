package backup

import (
	"context"
	"os"
	"path/filepath"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/fault"
	"zhanggui/app/job"
)

// RecordCmd notes a finished backup in the audit: with the hash of the last
// seal it is the proof outside the file (QUALITY I7).
type RecordCmd struct{ Info core.BackupInfo }

// Action is the right it needs.
func (RecordCmd) Action() auth.Action { return auth.BackupMake }

// Validate has nothing to check.
func (RecordCmd) Validate() error { return nil }

// Make writes a complete, verified copy of the data to path and audits it. An
// existing file is replaced only when the new one is finished and good.
// Errors: Denied; Invalid fault.backup.no_path, fault.backup.no_folder;
// Conflict fault.backup.own_file; Cancelled; Unavailable.
func (s *Service) Make(ctx context.Context, path string, report job.Report) (core.BackupInfo, error) {
	if err := s.allowed(ctx, auth.BackupMake); err != nil {
		return core.BackupInfo{}, err
	}
	path, err := s.checkPath(ctx, path)
	if err != nil {
		return core.BackupInfo{}, err
	}
	info, err := s.e.Store().Backup(ctx, path, func(done, total int) { report.Say(done, total, "job.copying") })
	if err != nil {
		return info, err
	}
	_, err = core.Do(ctx, s.e, RecordCmd{Info: info}, func(u *core.Unit) (bool, error) {
		u.Audit("backup", filepath.Base(path), "audit.backup_made", nil, info, "file", filepath.Base(path), "orders", info.Orders)
		u.Changed(core.TopicSettings, "backup")
		return true, nil
	})
	return info, err
}

// checkPath makes the path absolute and refuses to write over the data itself.
func (s *Service) checkPath(ctx context.Context, path string) (string, error) {
	if path == "" {
		return "", fault.New(fault.Invalid, "fault.backup.no_path").Field("path", "fault.required")
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return "", fault.New(fault.Invalid, "fault.backup.no_path").Field("path", "fault.required").Because(err)
	}
	folder := filepath.Dir(full)
	if st, err := os.Stat(folder); err != nil || !st.IsDir() {
		return "", fault.New(fault.Invalid, "fault.backup.no_folder", "folder", folder).Field("path", "fault.backup.no_folder").Because(err)
	}
	info, err := s.e.Store().Info(ctx)
	if err != nil {
		return "", err
	}
	if sameFile(full, info.Place) {
		return "", fault.New(fault.Conflict, "fault.backup.own_file", "file", full).Field("path", "fault.backup.own_file")
	}
	return full, nil
}

// sameFile also sees through links and other spellings of a path.
func sameFile(a, b string) bool {
	if a == b {
		return true
	}
	one, err1 := os.Stat(a)
	two, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(one, two)
}
