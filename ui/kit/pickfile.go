package kit

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// FilePicker asks a person for files. The shell gives the system's own dialog
// where there is one; without it PickFile and SaveFile use Fyne's.
type FilePicker interface {
	// Open asks for existing files; chosen is called with their paths, not at all when cancelled.
	Open(w fyne.Window, f FileFilter, chosen func(paths []string))
	// Save asks where to write; name is the proposal.
	Save(w fyne.Window, name string, f FileFilter, chosen func(path string))
}

// FileFilter limits what is offered. Extensions have their dot: ".csv".
type FileFilter struct {
	Title      string // translated
	Extensions []string
	Many       bool // several files at once, where the dialog can
}

// BackupFiles are the endings of what a shop's data can be restored from: copies,
// copies made before a migration, and a data file itself.
var BackupFiles = []string{".zgbackup", ".bak", ".zhanggui"}

// PickFile asks for files to read.
func PickFile(env Env, f FileFilter, chosen func(paths []string)) {
	env.files().Open(env.Window, f, chosen)
}

// SaveFile asks where to write a file.
func SaveFile(env Env, name string, f FileFilter, chosen func(path string)) {
	env.files().Save(env.Window, name, f, chosen)
}

func (e Env) files() FilePicker {
	if e.Files != nil {
		return e.Files
	}
	return fyneFiles{env: e}
}

// fyneFiles is Fyne's dialog. It must be shown before it is resized: the other
// way round panics in 2.8.1 (TECH A9).
type fyneFiles struct{ env Env }

func (p fyneFiles) Open(w fyne.Window, f FileFilter, chosen func(paths []string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			Fail(p.env, err)
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		_ = r.Close() // only its name is wanted
		chosen([]string{filepath.FromSlash(path)})
	}, w)
	p.show(d, w, f)
}

func (p fyneFiles) Save(w fyne.Window, name string, f FileFilter, chosen func(path string)) {
	d := dialog.NewFileSave(func(wr fyne.URIWriteCloser, err error) {
		if err != nil {
			Fail(p.env, err)
			return
		}
		if wr == nil {
			return
		}
		path := wr.URI().Path()
		_ = wr.Close() // the caller writes it whole
		chosen(filepath.FromSlash(path))
	}, w)
	d.SetFileName(name)
	p.show(d, w, f)
}

func (p fyneFiles) show(d *dialog.FileDialog, w fyne.Window, f FileFilter) {
	if len(f.Extensions) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(f.Extensions))
	}
	if f.Title != "" {
		d.SetTitleText(f.Title)
	}
	d.Show()
	size := w.Canvas().Size()
	d.Resize(fyne.NewSize(min(size.Width-80, 960), min(size.Height-80, 640)))
}
