package store

import (
	"context"
	"path/filepath"

	"pasvorm/store/engine"
	"pasvorm/store/search/segment"
)

// SetFinder sets the borders between ways of keeping the search indexes up.
func (b *Book) SetFinder(memory, wait, since int) {
	b.finder.sizes = finderSizes{memory: memory, wait: wait, since: since}
}

// ForgetSearch takes the search indexes away, files and all.
func (b *Book) ForgetSearch() error { return b.finder.forget() }

// SearchFiles names the files of the search indexes.
func (b *Book) SearchFiles() []string {
	return []string{filepath.Clean(b.finder.namesPath()), filepath.Clean(b.finder.columnsPath())}
}

// SearchMade counts the indexes that were taken into use.
func (b *Book) SearchMade() uint64 { return b.finder.gen }

// SearchStamp names the state from which the indexes in use were made.
func (b *Book) SearchStamp() (s segment.Stamp) {
	if b.finder.names != nil {
		s = b.finder.names.Base().Stamp()
	}
	return s
}

// Carries reports whether a stamp names a state that the book was in.
func (b *Book) Carries(s segment.Stamp) (bool, error) { return b.carries(s) }

// SearchReady brings the indexes up to date, waiting for them.
func (b *Book) SearchReady() error {
	_, err := b.finder.ready(context.Background(), true, nil)
	return err
}

// Rev is the revision of the book.
func (b *Book) Rev() (rev engine.Rev) {
	_ = b.eng.View(func(tx engine.Tx) error { rev = tx.Rev(); return nil })
	return rev
}

// Remembers tells whether a session holds on to what words found.
func (s *Session) Remembers() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ranked != nil || s.names != nil
}
