package store

// SetLoad makes the steps of a large import small, so that a test meets all of
// them with little.
func (b *Book) SetLoad(rows, keys, scan, small int) {
	b.load.rows, b.load.keys, b.load.scan, b.load.small = rows, keys, scan, small
}

// SetDoubles says how many candidates for doubles an import queues.
func (b *Book) SetDoubles(most int) { b.load.doubles = most }
