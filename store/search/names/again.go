package names

import (
	"cmp"
	"slices"
)

// Bounds of the further readings of a text that finds nothing close.
const (
	poor        = 11 // the least weight of a best name with which they are tried
	maxReadings = 4  // further readings of one text
	costGlue    = 2  // of words joined or parted
)

// alternative is another way to take the words typed.
type alternative struct {
	words []typed
	extra int
	fresh uint16 // the words that are new in it
}

// again tries other readings of the words where what was found is poor: words
// that were glued are parted, words that were parted are glued, and at last each
// is given an edit more. Only words that the best name does not explain are taken
// otherwise.
func (s *Session) again() {
	if s.unclear(poor) == 0 {
		return
	}
	var list []alternative
	for i := range s.words {
		for _, c := range s.cuts(&s.words[i]) {
			list = append(list, alternative{s.replaced(i, i+1, c.words), c.extra, (1<<len(c.words) - 1) << i})
		}
	}
	list = s.joinedUp(list)
	slices.SortStableFunc(list, func(a, b alternative) int { return cmp.Compare(a.extra, b.extra) })
	for i := range min(len(list), maxReadings) {
		s.pass(list[i].words, list[i].extra, list[i].fresh, &furtherBounds)
		if s.unclear(poor) == 0 {
			return
		}
	}
	bad := s.unclear(poor + 2)
	if last := &s.words[len(s.words)-1]; bad == 0 || last.prefix && len(last.glued) <= 2 {
		return
	}
	wide, fresh := slices.Clone(s.words), uint16(0)
	for i := range wide {
		if bad>>i&1 != 0 && wide[i].class == 0 && len(wide[i].glued) > 3 {
			wide[i].wide = 1
			fresh |= 1 << i
		}
	}
	if fresh != 0 {
		s.pass(wide, 1, fresh, &furtherBounds)
	}
}

// unclear gives the typed words that the best name does not explain well, none
// where the name weighs less than a bound. A last word of a few letters is not
// unclear: it is being typed.
func (s *Session) unclear(bound int) (bad uint16) {
	best := -1
	for i := range s.found {
		c := &s.found[i]
		if best >= 0 && c.cost > s.found[best].cost || s.view.parts[c.part].count(c.name) == 0 {
			continue
		}
		if best < 0 || c.cost < s.found[best].cost || s.folded(c) < s.folded(&s.found[best]) {
			best = i
		}
	}
	n := len(s.words)
	if best < 0 {
		bad = 1<<n - 1
	} else {
		c := &s.found[best]
		if c.cost < bound {
			return 0
		}
		bad = ^c.clear & (1<<n - 1)
	}
	if last := &s.words[n-1]; last.prefix && len(last.glued) <= 3 {
		bad &^= 1 << (n - 1)
	}
	return bad
}

// folded gives the folded name of a candidate.
func (s *Session) folded(c *candidate) string {
	if c.text == "" {
		s.text = s.view.parts[c.part].table.folded(s.text[:0], c.name)
		c.text = string(s.text)
	}
	return c.text
}

// replaced gives the words with some of them replaced.
func (s *Session) replaced(from, to int, by []typed) []typed {
	out := make([]typed, 0, len(s.words)+len(by))
	out = append(append(append(out, s.words[:from]...), by...), s.words[to:]...)
	return out[:min(len(out), maxTyped)]
}

// joinedUp adds readings with two or three words as one, where there are words
// that sound so.
func (s *Session) joinedUp(list []alternative) []alternative {
	for n := 2; n <= 3; n++ {
		for i := 0; i+n <= len(s.words); i++ {
			text := glue(s.words[i : i+n])
			if len(text) < 4 || len(text) > maxWord {
				continue
			}
			q := typedWord(text, s.words[i+n-1].prefix)
			best := uint8(farther)
			s.key = soundKey(s.key[:0], text)
			for _, p := range s.view.parts {
				from, to := p.table.trie.exact(s.key)
				for w := from; w < to; w++ {
					if c := s.weigh.whole(text, str(p.table.words.get(w)), 8); c < best && p.has(w) {
						best = c
					}
				}
			}
			if best <= 8 {
				list = append(list, alternative{s.replaced(i, i+n, []typed{q}), costGlue + int(best)/4, 1 << i})
			}
		}
	}
	return list
}

// has tells whether someone who counts has a word in the name.
func (p *part) has(word uint32) bool {
	if len(p.dead) == 0 {
		return true
	}
	n, list := p.table.postings(word)
	found := false
	each(list, n, p.table.nNames, func(name uint32) bool {
		found = p.count(name) > 0
		return !found
	})
	return found
}
