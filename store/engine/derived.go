package engine

// Space is a room for derived data: indexes, counters, the journal by revision.
// Derived data never travels: each replica makes its own from the records.
type Space string

// Derived reads derived data, in the same snapshot as a [Tx].
type Derived interface {
	// Load gives the value at a key of a space; nil where there is none.
	Load(s Space, key []byte) []byte
	// Seek gives a cursor over a space.
	Cursor(s Space) Cursor
}

// Cursor walks a space in key order. A nil key means the end; slices are valid
// until the transaction ends or the space is written.
type Cursor interface {
	First() (key, value []byte)
	Last() (key, value []byte)
	Seek(key []byte) (k, value []byte)
	Next() (key, value []byte)
	Prev() (key, value []byte)
}

// DerivedTx reads and writes derived data.
type DerivedTx interface {
	Derived
	Tx
	Store(s Space, key, value []byte) error
	Erase(s Space, key []byte) error
	// Clear empties a space.
	Clear(s Space) error
}

// SortedTx is a [DerivedTx] that can make use of knowing that the keys of a
// space come in ascending order.
type SortedTx interface {
	DerivedTx
	// Sorted says so of what is stored in a space from here on.
	Sorted(s Space)
}

// Applier derives everything else from a batch, in the transaction that applies
// it. Before gives a record as it stood before the batch; tx shows the records
// as they stand after. An error refuses the batch.
type Applier interface {
	Derive(tx DerivedTx, rev Rev, b *Batch, before func(key []byte) []byte) error
}

// Local is an engine that holds derived data beside the records.
type Local interface {
	Engine
	// Snapshot is View with the derived data.
	Snapshot(f func(Tx, Derived) error) error
	// Rework writes derived data outside a batch: for rebuilding it, and for
	// loading sorted runs.
	Rework(f func(DerivedTx) error) error
}
