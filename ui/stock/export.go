package stock

import (
	"context"
	"io"
	"strings"

	"zhanggui/app/core"
	"zhanggui/reports"
	"zhanggui/ui/kit"
	"zhanggui/ui/theme"
)

// export writes the list, with its filter and the columns in sight, to a workbook.
func (s *screen) export(q kit.Query, columns []string) {
	day := asOf(q)
	if day == "" {
		day = s.env.Clock.Now().Day()
	}
	name := s.env.T("inventory.file.name", "day", strings.ReplaceAll(string(day), "-", "")) + ".xlsx"
	kit.SaveFile(s.env, name, kit.FileFilter{Title: s.env.T("common.export_excel"), Extensions: []string{".xlsx"}}, func(path string) {
		kit.Act(s.env, s.list.Owner(), func(ctx context.Context) (int, error) {
			rows, err := s.all(ctx, q)
			if err != nil {
				return 0, err
			}
			t, err := table(s.env.Tr, rows, columns, day)
			if err != nil {
				return 0, err
			}
			return len(rows), reports.WriteFile(reports.OS, path, func(w io.Writer) error { return t.XLSX(w) })
		}, func(int) { s.list.Hint(theme.OK, s.env.T("common.exported", "file", path)) })
	})
}

// all reads every row of a query.
func (s *screen) all(ctx context.Context, q kit.Query) ([]core.StockRow, error) {
	var rows []core.StockRow
	for q.Page.Offset, q.Page.Limit = 0, core.PageLimit; ; q.Page.Offset += core.PageLimit {
		page, err := s.fetch(ctx, q)
		if err != nil {
			return nil, err
		}
		rows = append(rows, page.Rows...)
		if len(page.Rows) < core.PageLimit {
			return rows, nil
		}
	}
}
