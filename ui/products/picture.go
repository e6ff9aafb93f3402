package products

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"zhanggui/app/auth"
	"zhanggui/app/catalog"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// pictureEndings are the files offered for a picture.
var pictureEndings = []string{".png", ".jpg", ".jpeg"}

// shot is the picture of a card: as it is kept, and unpacked.
type shot struct {
	kept *domain.Picture // nil for none
	img  image.Image
}

// own is the SHA-256 of the SKU's own picture, "" when it has none.
func (p shot) own(c catalog.Card) string {
	if p.kept == nil || p.kept.SKU != c.SKU.ID {
		return ""
	}
	return p.kept.SHA256
}

// shot reads the picture to show for a SKU.
func (s *screen) shot(ctx context.Context, c catalog.Card) (shot, error) {
	kept, err := s.app.Catalog.Picture(ctx, c.SKU.ID)
	if err != nil || kept == nil {
		return shot{}, err
	}
	img, err := jpeg.Decode(bytes.NewReader(kept.JPEG))
	if err != nil {
		return shot{kept: kept}, nil // a damaged picture must not hide the card; it can be replaced
	}
	return shot{kept, img}, nil
}

// picture is the picture of the card, whose it is, and the ways to change it.
func (s *screen) picture(r core.SKURow, c catalog.Card, p shot) fyne.CanvasObject {
	t := s.env.T
	edits := s.env.Allows(auth.CatalogEdit)
	hint := ""
	if edits {
		hint = t("item.picture.how")
	}
	box := kit.Down(6, kit.NewPicture(p.img, t("item.picture.none"), hint))
	var line []fyne.CanvasObject
	if edits {
		word := t("item.picture.choose")
		if p.own(c) != "" {
			word = t("item.picture.other")
		}
		line = append(line, kit.ID(kit.NewButton(s.env, word, "Alt+P", func() { s.choosePicture(r, p.own(c)) }).Small(), "products.picture.choose"))
		if p.own(c) != "" {
			line = append(line, kit.ID(kit.NewButton(s.env, t("item.picture.remove"), "", func() { s.setPicture(r, nil, p.own(c)) }).Small(), "products.picture.remove"))
		}
	}
	if p.kept != nil && p.own(c) == "" {
		line = append(line, kit.NewLabel(t("item.picture.variant")).Small().Muted())
	}
	if len(line) > 0 {
		box.Add(kit.Across(8, line...))
	}
	return box
}

// askPicture is Alt+P: a file to choose; for a SKU with a picture of its own also
// the way to take it away.
func (s *screen) askPicture(r core.SKURow) {
	s.card(r.ID, func(c catalog.Card) {
		kit.Run(s.env, s.list.Owner().Lane("shot"), func(ctx context.Context) (shot, error) { return s.shot(ctx, c) }, func(p shot) {
			was := p.own(c)
			if was == "" {
				s.choosePicture(r, was)
				return
			}
			t := s.env.T
			kit.Choose(s.env, kit.Question{
				ID: "products.picture", Title: t("item.picture"), Record: r.Code + "  " + name(r.Title, r.Spec),
				Options: []kit.Option{
					{Title: t("item.picture.other"), Text: t("item.picture.other_text")},
					{Title: t("item.picture.remove"), Text: t("item.picture.remove_text")},
				},
			}, func(option int, _ bool) {
				if option == 0 {
					s.choosePicture(r, was)
					return
				}
				s.setPicture(r, nil, was)
			})
		})
	})
}

// choosePicture asks for a file; was is the SHA-256 of the picture in sight.
func (s *screen) choosePicture(r core.SKURow, was string) {
	filter := kit.FileFilter{Title: s.env.T("item.picture"), Extensions: pictureEndings}
	kit.PickFile(s.env, filter, func(paths []string) {
		if len(paths) > 0 {
			s.setPicture(r, reading(paths[0]), was)
		}
	})
}

// Dropped takes a picture that was dropped on the window for the SKU whose card is
// in sight; anything else goes on to the import inbox.
func (s *screen) Dropped(paths []string) bool {
	r, ok := s.list.Current()
	if !ok || len(paths) != 1 || !s.list.PaneShown() || s.shown.SKU.ID != r.ID || !s.env.Allows(auth.CatalogEdit) {
		return false
	}
	for _, end := range pictureEndings {
		if strings.EqualFold(filepath.Ext(paths[0]), end) {
			s.setPicture(r, reading(paths[0]), s.shownShot.own(s.shown))
			return true
		}
	}
	return false
}

// reading reads a file as far as a picture may be large.
func reading(path string) func() ([]byte, error) {
	return func() ([]byte, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, fault.New(fault.NotFound, "fault.item.file", "file", filepath.Base(path)).Because(err)
		}
		data, err := io.ReadAll(io.LimitReader(f, catalog.PictureFile+1))
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, fault.New(fault.NotFound, "fault.item.file", "file", filepath.Base(path)).Because(err)
		}
		if len(data) == 0 {
			return nil, fault.New(fault.Invalid, "fault.catalog.picture_form")
		}
		return data, nil
	}
}

// changed is the picture before and after a change.
type changed struct{ before, now *domain.Picture }

// setPicture keeps the file's picture for a SKU, without a file it takes the
// picture away; either can be taken back.
func (s *screen) setPicture(r core.SKURow, file func() ([]byte, error), was string) {
	kit.Act(s.env, s.list.Owner().Lane("picture"), func(ctx context.Context) (changed, error) {
		cmd := catalog.SetPictureCmd{SKU: r.ID, Was: was}
		if file != nil {
			var err error
			if cmd.File, err = file(); err != nil {
				return changed{}, err
			}
		}
		before, now, err := s.app.Catalog.SetPicture(ctx, cmd)
		return changed{before, now}, err
	}, func(c changed) {
		text := s.env.T("item.picture.removed", "sku", r.Code)
		back := catalog.SetPictureCmd{SKU: r.ID}
		if c.now != nil {
			text = s.env.T("item.picture.done", "sku", r.Code)
			back.Was = c.now.SHA256
		}
		if c.before != nil {
			back.File = c.before.JPEG
		}
		s.list.Hint(theme.OK, text)
		s.env.Tell(kit.Note{Text: text, Undo: kit.TakeBack(s.env, func(ctx context.Context) error {
			_, _, err := s.app.Catalog.SetPicture(ctx, back)
			return err
		})})
	})
}
