package store

// SetLoad makes the steps of a large import small, so that a test meets all of
// them with little.
func (b *Book) SetLoad(rows, keys, scan, small int) {
	b.load = loadSizes{rows: rows, keys: keys, scan: scan, small: small}
}
