package meter

import (
	"sync"
)

const (
	other     = "other" // stands for every label beyond the bounds
	labelLen  = 32
	labelMost = 32
)

// bounded keeps the values of a label few and dull: short words in lower case,
// and no more than a few dozen of them, so that nothing from outside can grow
// the figures or be read in them.
type bounded struct {
	mu    sync.RWMutex
	known map[string]struct{}
}

func (b *bounded) of(label string) string {
	b.mu.RLock()
	_, ok := b.known[label]
	b.mu.RUnlock()
	if ok {
		return label
	}
	if !word(label) {
		return other
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.known[label]; ok {
		return label
	}
	if len(b.known) >= labelMost {
		return other
	}
	if b.known == nil {
		b.known = map[string]struct{}{}
	}
	b.known[label] = struct{}{}
	return label
}

// word tells whether a label is a short word of the program: lower-case letters
// and hyphens.
func word(s string) bool {
	if s == "" || len(s) > labelLen {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
