package backup

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
)

// MayRestore asks for the right to restore before the data is closed for it
// (boot.Restore does the rest). Errors: Denied.
func (s *Service) MayRestore(ctx context.Context) error { return s.allowed(ctx, auth.BackupRestore) }

// RestoredCmd notes in the data that was put back where it came from.
type RestoredCmd struct{ Info core.BackupInfo }

// Action is the right it needs.
func (RestoredCmd) Action() auth.Action { return auth.BackupRestore }

// Validate has nothing to check.
func (RestoredCmd) Validate() error { return nil }

// NoteRestore audits a restore; by is the person who did it, "" when the data
// before could not be opened to ask.
func (s *Service) NoteRestore(ctx context.Context, file string, info core.BackupInfo, by string) error {
	_, err := core.Do(ctx, s.e, RestoredCmd{Info: info}, func(u *core.Unit) (bool, error) {
		u.Audit("backup", file, "audit.restored", nil, info, "file", file, "at", info.At.Minute(), "name", by)
		u.Changed(core.TopicSettings, "backup")
		return true, nil
	})
	return err
}
