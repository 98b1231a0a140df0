package names

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

// TestSpeed measures every keystroke of every query, each typed letter by letter
// with the words before it, beside a bare bytes.Index over all folded names in
// the same run:
//
//	PASVORM_NAMES_DIR=../shared/names go test ./store/search/names -run Speed -v
//
// PASVORM_NAMES_STEP=20 takes every twentieth query. Without a directory it runs
// on a small world and reports alone.
func TestSpeed(t *testing.T) {
	entries, queries := smallWorld()
	queries = queries[:60]
	if dir := os.Getenv(namesDir); dir != "" {
		entries, queries = customers(t, dir), readQueries(t, filepath.Join(dir, "queries-dev.tsv"))
	}
	x := opened(t, entries)
	var folded []byte                     // every distinct name
	for name := range uint32(x.Names()) { // #nosec G115 -- a million
		folded = append(x.table.folded(folded, name), '\n')
	}
	s := NewLive(x).NewSession()
	var keys, bare []time.Duration
	worst := map[time.Duration]string{}
	step := 1
	if v := os.Getenv("PASVORM_NAMES_STEP"); v != "" {
		step = int(number(v))
	}
	for n, q := range queries {
		if n%step != 0 {
			continue
		}
		for i := range q.text {
			text := q.text[:i+1]
			started := time.Now()
			hits := s.Search(text, 10)
			took := time.Since(started)
			keys = append(keys, took)
			worst[took] = text
			if len(hits) > 10 {
				t.Fatalf("%d hits", len(hits))
			}
		}
		if n/step%5 == 0 {
			needle := []byte(q.text + "#") // is nowhere, so that all is read
			started := time.Now()
			bytes.Index(folded, needle)
			bare = append(bare, time.Since(started))
		}
	}
	runtime.KeepAlive(folded)
	slices.Sort(keys)
	slices.Sort(bare)
	at := func(p float64) float64 { return keys[int(p*float64(len(keys)-1))].Seconds() * 1000 }
	index := bare[len(bare)/2].Seconds() * 1000
	t.Logf("%d keystrokes p50=%.2f p95=%.2f p99=%.2f p99.9=%.2f max=%.2f ms; bytes.Index p50=%.2f ms; ratio %.3f",
		len(keys), at(.5), at(.95), at(.99), at(.999), at(1), index, at(.5)/index)
	var heap runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&heap)
	runtime.KeepAlive(s)
	t.Logf("heap in use by the session and this test %.1f MB", float64(heap.HeapInuse)/1e6)
	for i := range min(12, len(keys)/10) {
		d := keys[len(keys)-1-i*10]
		t.Logf("%8.2f ms %q", d.Seconds()*1000, worst[d])
	}
}
