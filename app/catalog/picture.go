package catalog

import (
	"context"

	"zhanggui/app/auth"
	"zhanggui/app/core"
	"zhanggui/app/domain"
	"zhanggui/app/fault"
	"zhanggui/app/ids"
)

// SetPictureCmd gives a SKU a picture made of a PNG or JPEG file; no file takes
// the picture away. Was is the SHA-256 of the picture that the person saw, "" for
// none: one that somebody else changed meanwhile is not overwritten.
type SetPictureCmd struct {
	SKU  ids.SKUID
	File []byte
	Was  string

	made *domain.Picture // of File, by Validate
}

// Action is the right it needs.
func (SetPictureCmd) Action() auth.Action { return auth.CatalogEdit }

// Validate makes the thumbnail. Errors: Invalid; Limit; see Thumbnail.
func (c SetPictureCmd) Validate() error {
	if c.SKU.Zero() {
		return fault.New(fault.Invalid, "fault.catalog.sku", "code", "").Field("sku", "fault.required")
	}
	if len(c.File) == 0 {
		return nil
	}
	made, err := Thumbnail(c.File)
	if err == nil && c.made != nil {
		*c.made = made
	}
	return err
}

// SetPicture keeps, replaces or takes away a SKU's picture and gives the one
// before and the one now, nil for none. Setting the one before with Was of the
// one now takes it back.
// Errors: Denied; Invalid; Limit; NotFound; Conflict fault.catalog.picture_later.
func (s *Service) SetPicture(ctx context.Context, cmd SetPictureCmd) (before, now *domain.Picture, err error) {
	cmd.made = &domain.Picture{}
	_, err = core.Do(ctx, s.e, cmd, func(u *core.Unit) (bool, error) {
		now = nil
		sku, err := u.Catalog().SKU(cmd.SKU)
		if err != nil {
			return false, err
		}
		if before, err = u.Catalog().Picture(cmd.SKU); err != nil {
			return false, err
		}
		if shaOf(before) != cmd.Was {
			return false, pictureLater(u, sku)
		}
		key := "audit.picture_removed"
		if len(cmd.File) > 0 {
			key = "audit.picture_set"
			p := *cmd.made
			p.SKU, p.At = cmd.SKU, u.Now
			now, err = &p, u.Catalog().SavePicture(&p)
		} else {
			err = u.Catalog().DeletePicture(cmd.SKU)
		}
		if err != nil {
			return false, err
		}
		u.Audit("sku", cmd.SKU.String(), key, pictureFacts(before), pictureFacts(now), "sku", sku.Code, "title", sku.Title)
		u.Changed(core.TopicCatalog, cmd.SKU.String())
		return true, nil
	})
	if err != nil {
		return nil, nil, err
	}
	return before, now, nil
}

// Picture is the picture to show for a SKU: its own, else that of another SKU of
// its product, whose id it then has; nil for none. Errors: Denied; NotFound.
func (s *Service) Picture(ctx context.Context, id ids.SKUID) (*domain.Picture, error) {
	return core.Read(ctx, s.e, auth.CatalogView, func(r core.Reads) (*domain.Picture, error) {
		own, err := r.Catalog().Picture(id)
		if own != nil || err != nil {
			return own, err
		}
		sku, err := r.Catalog().SKU(id)
		if err != nil {
			return nil, err
		}
		return r.Catalog().PictureOfProduct(sku.Product)
	})
}

func shaOf(p *domain.Picture) string {
	if p == nil {
		return ""
	}
	return p.SHA256
}

// pictureFacts are what the audit keeps of a picture: enough to tell which one it was.
func pictureFacts(p *domain.Picture) any {
	if p == nil {
		return nil
	}
	return map[string]any{"sha256": p.SHA256, "width": p.Width, "height": p.Height, "bytes": len(p.JPEG)}
}

// pictureLater says who changed the picture last.
func pictureLater(u *core.Unit, sku *domain.SKU) error {
	lines, err := u.Log().ListAudit(core.Query{
		Conds: []core.Cond{{Field: "entity", Op: "=", Value: "sku"}, {Field: "entity_id", Op: "=", Value: sku.ID.String()}},
		Page:  core.Page{Limit: laterLines},
	})
	if err != nil {
		return err
	}
	name, at := "–", "–"
	for _, l := range lines.Rows {
		if l.Key == "audit.picture_set" || l.Key == "audit.picture_removed" {
			name, at = l.Actor, l.At.Minute()
			break
		}
	}
	return fault.New(fault.Conflict, "fault.catalog.picture_later", "sku", sku.Code, "name", name, "at", at)
}
