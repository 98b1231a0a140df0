package store

import (
	"bytes"
	"hash/maphash"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// wordSum adds up what the words of all texts come to, in any order and in no
// memory: of each word of each text the digest of its key. The same sum over the
// index, where each digest counts as often as the index says, is the same
// number; a sum that differs is looked into word by word.
type wordSum struct {
	seed maphash.Seed
	sum  uint64
	key  []byte
	list []string
}

// of is the digest of a key; it is odd, so that no wrong count cancels out.
func (s *wordSum) of(key []byte) uint64 { return maphash.Bytes(s.seed, key) | 1 }

func (s *wordSum) add(rec model.Record) {
	for _, text := range textsOf(rec) {
		s.list = addWords(s.list[:0], text)
		for _, w := range s.list {
			s.key = wordKey(s.key[:0], w, rec.Key().Customer())
			s.sum += s.of(s.key)
		}
	}
}

// words holds the words of texts against the records, of which the sum is known
// by now.
func (c *checkup) words() error {
	var sum uint64
	var before []byte
	n, sound := 0, true
	walk(c.der, spaceWords, nil, func(k, v []byte) bool {
		count, ok := wordCount(v)
		if !ok || n > 0 && bytes.Compare(before, k) >= 0 {
			sound = false
			return false
		}
		before = append(before[:0], k...)
		sum += c.said.of(k) * uint64(count) //nolint:gosec // above 0
		n++
		return n%4096 != 0 || c.ctx.Err() == nil
	})
	if sound && sum == c.said.sum || c.ctx.Err() != nil {
		c.want[spaceWords] = n
		return c.ctx.Err()
	}
	return c.eachWord()
}

// eachWord looks up every word of every customer, one customer after the other.
func (c *checkup) eachWord() error {
	var list []string
	counts := map[string]int{}
	from := []byte{byte(model.TableCustomer)}
	n := 0
	c.tx.Scan(from, engine.PrefixEnd(from), 0, func(k, _ []byte, _ engine.Rev) bool {
		id := model.Key(k).Customer()
		c.eachText(id, func(text string) {
			list = addWords(list[:0], text)
			for _, w := range list {
				counts[w]++
			}
		})
		for w, count := range counts {
			c.key(spaceWords, model.Key(k).String(), wordKey(nil, w, id), sealCount(count), false)
		}
		clear(counts)
		n++
		return n%1024 != 0 || c.ctx.Err() == nil
	})
	return c.ctx.Err()
}

// eachText calls f for every text about a customer beside the card.
func (c *checkup) eachText(id model.ID, f func(text string)) {
	for _, t := range textTables {
		prefix := []byte(model.TableKey(t, id))
		c.tx.Scan(prefix, engine.PrefixEnd(prefix), 0, func(k, v []byte, _ engine.Rev) bool {
			if rec, err := decode(k, v); err == nil { // a bad one was reported with the records
				for _, text := range textsOf(rec) {
					f(text)
				}
			}
			return true
		})
	}
}

// card looks up the words of a card.
func (c *checkup) card(r *model.Customer, optional bool) {
	for _, w := range cardWords(nil, r) {
		c.key(spaceCard, r.Key().String(), wordKey(nil, w, r.ID), nothing, optional)
	}
}
