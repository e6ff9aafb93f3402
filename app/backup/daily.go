package backup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/flow"
	"zhanggui/app/job"
	"zhanggui/app/when"
)

// Files is how the store names, finds and clears its backups. place is
// core.Info.Place: what they are copies of.
type Files struct {
	Folder string // where daily copies go unless the settings name a folder
	Name   func(place string, at when.Millis) string
	Last   func(folder, place string) (core.BackupInfo, bool)
	// Keep removes all but the newest keep copies and tells which went.
	Keep func(folder, place string, keep int) ([]string, error)
	// List gives every copy of a place in a folder, newest first.
	List func(folder, place string) []core.Copy
	// Read proves a copy good by reading all of it.
	Read func(ctx context.Context, path string, report func(done, total int)) (core.CopyFacts, error)
}

// Daily is the outcome of a daily backup.
type Daily struct {
	Info core.BackupInfo // of today's copy
	Made bool            // false when it was there already
	Gone []string        // older copies that were taken away
}

// Daily makes the backup of today unless it is there, and then takes away the
// oldest ones above the number in the settings (backup.keep, backup.folder):
// only after the new one is good.
// Errors: Denied; Unavailable fault.backup.folder, .folder_closed; those of Make.
func (s *Service) Daily(ctx context.Context, report job.Report) (Daily, error) {
	set, err := s.settings(ctx)
	if err != nil {
		return Daily{}, err
	}
	info, err := s.e.Store().Info(ctx)
	if err != nil {
		return Daily{}, err
	}
	folder := s.folder(set)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Daily{}, folderFault(folder, err)
	}
	now := s.e.Now()
	if last, ok := s.files.Last(folder, info.Place); ok && last.At.Day() == now.Day() {
		return Daily{Info: last}, nil
	}
	made, err := s.Make(ctx, filepath.Join(folder, s.files.Name(info.Place, now)), report)
	if err != nil {
		return Daily{}, err
	}
	gone, err := s.files.Keep(folder, info.Place, set.BackupKeep)
	return Daily{Info: made, Made: true, Gone: gone}, err
}

// Last is the newest copy in the folder of the daily backups; ok is false when
// there is none. Every post may see when that was: the status bar shows it.
// Errors: Denied when signed out, disabled or locked; Unavailable.
func (s *Service) Last(ctx context.Context) (last core.BackupInfo, ok bool, err error) {
	set, err := core.Read(ctx, s.e, auth.DashView, func(r core.Reads) (domain.Settings, error) {
		return flow.SettingsOf(r.Settings())
	})
	if err != nil {
		return last, false, err
	}
	info, err := s.e.Store().Info(ctx)
	if err != nil {
		return last, false, err
	}
	last, ok = s.files.Last(s.folder(set), info.Place)
	return last, ok, nil
}

func (s *Service) settings(ctx context.Context) (domain.Settings, error) {
	return core.Read(ctx, s.e, auth.BackupMake, func(r core.Reads) (domain.Settings, error) {
		return flow.SettingsOf(r.Settings())
	})
}

func (s *Service) folder(set domain.Settings) string {
	if set.BackupFolder != "" {
		return set.BackupFolder
	}
	return s.files.Folder
}

// folderFault says what is wrong with the folder of the daily copies.
func folderFault(folder string, err error) error {
	key := "fault.backup.folder"
	if errors.Is(err, fs.ErrPermission) {
		key = "fault.backup.folder_closed"
	}
	return fault.New(fault.Unavailable, key, "folder", folder).Because(err)
}
