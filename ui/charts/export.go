package charts

import (
	"context"
	"io"
	"strings"

	"zhanggui/app/when"
	"zhanggui/reports"
	"zhanggui/reports/cards"
	"zhanggui/ui/kit"
)

// save asks for a file and writes what write gives into it, in the background.
func (s *screen) save(ending, title string, write func(ctx context.Context, c *cards.Card, w io.Writer) error) {
	c := s.cards[s.chosen]
	p := c.of()
	name := s.env.T("cards.file", "name", s.env.T("cards."+string(c.kind)), "period", stamp(p.From)+"-"+stamp(p.To))
	kit.SaveFile(s.env, name+ending, kit.FileFilter{Title: title, Extensions: []string{ending}}, func(path string) {
		kit.Act(s.env, s.owner, func(ctx context.Context) (struct{}, error) {
			made, err := c.read(ctx)
			if err != nil {
				return struct{}{}, err
			}
			return struct{}{}, reports.WriteFile(reports.OS, path, func(w io.Writer) error { return write(ctx, made, w) })
		}, func(struct{}) { s.env.Say(s.env.T("common.exported", "file", path)) })
	})
}

// stamp is a day in a file's name: 20260423.
func stamp(d when.Day) string { return strings.ReplaceAll(string(d), "-", "") }

// export writes the rows of the chosen card to a workbook with a chart of its own.
func (s *screen) export() {
	s.save(".xlsx", s.env.T("common.export_excel"), func(_ context.Context, c *cards.Card, w io.Writer) error { return c.Table.XLSX(w) })
}

// The picture of a file is twice the size of a large card, on white.
const (
	pictureWide  = 960
	pictureTall  = 540
	pictureScale = 2
)

// savePicture writes the chosen card as PNG.
func (s *screen) savePicture() {
	s.save(".png", s.env.T("cards.save_picture"), func(ctx context.Context, c *cards.Card, w io.Writer) error {
		return c.Chart.PNG(ctx, w, reports.Look{W: pictureWide, H: pictureTall, Scale: pictureScale, Tr: s.env.Tr})
	})
}
