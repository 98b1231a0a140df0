package store

// Stats gives figures of the book by name, for those who watch over a server:
// how large the file is, what was read and written since it was opened, and how
// the search indexes stand. Those that only grow end in _total. Nil when the book
// gives no answer, as when it is closed. It is cheap, makes nothing and may be
// called from any goroutine.
func (b *Book) Stats() map[string]float64 {
	e, ok := b.eng.(interface{ Stats() map[string]float64 })
	if !ok {
		return nil
	}
	out := e.Stats()
	if out == nil {
		return nil
	}
	b.finder.stats(out)
	b.mu.Lock()
	out["watchers"] = float64(len(b.watchers))
	b.mu.Unlock()
	return out
}

// stats adds how the search indexes stand. It never waits for one that is being
// made or brought up to date.
func (f *finder) stats(out map[string]float64) {
	out["index_revision"] = float64(f.rev.Load())
	f.mu.RLock()
	defer f.mu.RUnlock()
	out["index_made_total"] = float64(f.gen)
	out["index_ready"] = 0
	if f.names != nil {
		out["index_ready"] = 1
		out["index_changed"] = float64(max(f.names.Changed(), f.cols.Len()))
	}
}
