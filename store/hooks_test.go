package store

import (
	"testing"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// What tests of package store_test reach into.

// HolderPath names the file that tells who holds a book.
var HolderPath = holderPath

// Spaces are the spaces of derived data.
func Spaces() []engine.Space { return append([]engine.Space(nil), spaces...) }

// SpaceMeta and SpaceRev are spaces that a rebuild leaves.
const (
	SpaceMeta = spaceMeta
	SpaceRev  = spaceRev
)

// Engine gives the engine under a book.
func (b *Book) Engine() engine.Local { return b.eng }

// Seal seals a record as the book does, so that only its content is off.
func Seal(r model.Record) []byte { return must(encode(r)) }

// DecodeRecord reads a record as it stands on disk.
func DecodeRecord(key, value []byte) (model.Record, error) { return decode(key, value) }

// HistoryOf gives the revisions that touched a record, newest first.
func HistoryOf(t testing.TB, b *Book, k model.Key) (out []model.Rev) {
	err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		return journalOf{tx: tx, der: der}.History(k, func(e *model.Entry) bool {
			out = append(out, e.Rev)
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
