package domain

// HasCode tells whether the line carries the code, folded by NormalCode.
func (l *Line) HasCode(normal string) bool {
	return NormalCode(l.Code) == normal || NormalCode(l.PlatformSKU) == normal
}

// Codes are the codes a mapping is looked up by, the shop's own first.
func (l *Line) Codes() []string {
	var list []string
	for _, c := range []string{l.Code, l.PlatformSKU} {
		if NormalCode(c) != "" {
			list = append(list, c)
		}
	}
	return list
}

// Map ties the line to a SKU; a kit's parts are frozen as they are now (§5.3.6).
func (l *Line) Map(sku *SKU, unitsPerCode int64) {
	l.SKU = sku.ID
	l.Parts = sku.LineParts(unitsPerCode)
}
