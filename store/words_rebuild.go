package store

import (
	"bytes"
	"context"
	"encoding/binary"

	"pasvorm/store/engine"
)

// wordRuns are the words of a rebuild on their way. Words come by record and
// stand by letter, so they wait in sorted runs as the cells do, see [cellRuns].
type wordRuns struct {
	keys *sorter
	n    uint32 // keeps equal keys apart
	buf  []byte
}

// add takes over what a step counts.
func (r *wordRuns) add(counts map[string]int) error {
	for k, n := range counts {
		r.n++
		r.buf = binary.BigEndian.AppendUint32(append(r.buf[:0], k...), r.n)
		r.buf = binary.AppendVarint(r.buf, int64(n))
		if err := r.keys.add(r.buf); err != nil {
			return err
		}
	}
	return nil
}

// splitWord takes apart what add put together.
func splitWord(b []byte) (key []byte, n int, ok bool) {
	end := bytes.IndexByte(b, 0) + 1 + 16
	if end < 1+16+1 || len(b) < end+4 {
		return nil, 0, false
	}
	by, size := binary.Varint(b[end+4:])
	return b[:end], int(by), size > 0
}

// writeWords writes the words in key order, in bounded transactions.
func (b *Book) writeWords(ctx context.Context, runs *wordRuns, heard func()) error {
	var block []engine.KV // keys with their space before them
	write := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := b.eng.Rework(func(tx engine.DerivedTx) error { return storeWords(tx, block) })
		block = block[:0]
		heard()
		return err
	}
	var key []byte
	sum := 0
	whole := func() {
		if sum <= 0 {
			return
		}
		kv := engine.KV{Key: bytes.Clone(key), Value: nothing}
		if key[0] == inTexts {
			kv.Value = sealCount(sum)
		}
		block = append(block, kv)
	}
	err := runs.keys.merge(func(entry []byte) error {
		k, n, ok := splitWord(entry)
		if !ok {
			return corrupt(string(spaceWords), "word")
		}
		if bytes.Equal(k, key) {
			sum += n
			return nil
		}
		whole()
		key, sum = append(key[:0], k...), n
		if len(block) >= b.load.keys {
			return write()
		}
		return nil
	})
	if err != nil {
		return err
	}
	whole()
	return write()
}

func storeWords(tx engine.DerivedTx, block []engine.KV) error {
	if s, ok := tx.(engine.SortedTx); ok {
		s.Sorted(spaceCard)
		s.Sorted(spaceWords)
	}
	for _, kv := range block {
		space := spaceWords
		if kv.Key[0] == inCard {
			space = spaceCard
		}
		if err := tx.Store(space, kv.Key[1:], kv.Value); err != nil {
			return err
		}
	}
	return nil
}
