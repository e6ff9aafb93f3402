package inbox

import (
	"encoding/json"

	"zhanggui/app/core"
	"zhanggui/app/ingest"
)

// saveMapping keeps a mapping by the header set of the file it was used on.
func saveMapping(u *core.Unit, m ingest.Mapping, header []string) error {
	m.HeaderKey = ingest.HeaderSet(header)
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	u.Audit("mapping", m.Name, "audit.mapping_saved", nil, m, "name", m.Name)
	return u.Imports().SaveMapping(core.SavedMapping{Name: m.Name, HeaderKey: m.HeaderKey, Body: string(body)})
}
