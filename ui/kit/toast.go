package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhanggui/ui/theme"
)

// toastFor is how long a toast stays: long enough to reach its Undo (UX, Undo).
const toastFor = 10 * time.Second

// Toasts is the place for short messages at the bottom of the window. The shell
// lays its Object over the page and shows every Note there; only the newest is
// seen. It takes no focus.
type Toasts struct {
	env    Env
	box    *fyne.Container
	object *fyne.Container
	stop   func()
	note   Note
	layer  *Layer
}

// NewToasts makes the place.
func NewToasts(env Env) *Toasts {
	t := &Toasts{env: env, box: container.NewStack(), stop: func() {}}
	t.box.Hide()
	t.object = container.New(&toastLayout{}, t.box)
	return t
}

// Object is to be laid over the page.
func (t *Toasts) Object() fyne.CanvasObject { return t.object }

// Show shows a note for 10 seconds. Its Undo works by Ctrl+Z meanwhile.
func (t *Toasts) Show(n Note) {
	t.Hide()
	t.note = n
	tone := theme.OK
	if n.Level != NoteQuiet {
		tone = theme.Warn
	}
	if n.Level == NoteBad {
		tone = theme.Urgent
	}
	row := []fyne.CanvasObject{NewLine(Part{Icon: string(tone), Token: tone.Token()}), NewLabel(n.Text)}
	if n.Undo != nil {
		row = append(row, ID(NewButton(t.env, t.env.T("common.undo"), "Ctrl+Z", t.undo).Small(), "toast.undo"))
		if t.env.Keys != nil {
			t.layer = t.env.Keys.Push("toast", false)
			t.layer.On("Ctrl+Z", t.undo)
		}
	}
	t.box.Objects = []fyne.CanvasObject{newDialogGround(), Pad(8, 14, Across(10, row...))}
	t.box.Show()
	t.object.Refresh()
	t.stop = t.env.after(toastFor, t.Hide)
}

// Text is the message in sight, "" for none.
func (t *Toasts) Text() string {
	if !t.box.Visible() {
		return ""
	}
	return t.note.Text
}

// Hide takes the message away.
func (t *Toasts) Hide() {
	t.stop()
	t.box.Hide()
	if t.layer != nil {
		t.layer.Close()
		t.layer = nil
	}
}

func (t *Toasts) undo() {
	undo := t.note.Undo
	t.Hide()
	if undo != nil {
		undo(func(bool) {})
	}
}

// toastLayout puts the box in the middle above the action bar.
type toastLayout struct{}

func (toastLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	want := o[0].MinSize()
	want.Width = min(want.Width, size.Width-24)
	o[0].Resize(want)
	o[0].Move(fyne.NewPos(float32(int((size.Width-want.Width)/2)), size.Height-want.Height-84))
}

func (toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }
