package names

// maxKey is the most symbols of a sound key; what follows does not count for
// finding a word, only for weighing it.
const maxKey = 24

// soundKey appends the sound key of a word: a coarse spelling in which letters
// that Dutch, Frisian, Turkish, Moroccan and Polish names write for one sound
// are one symbol. Words of one key need not be alike; they are weighed letter by
// letter once found. A word that is not empty has a key that is not empty.
func soundKey(dst []byte, w string) []byte {
	first := len(dst)
	w = stem(w)
	for i := 0; i < len(w) && len(dst)-first < maxKey; {
		sym, n := soundAt(w, i)
		i += n
		if sym != 0 && (len(dst) == first || dst[len(dst)-1] != sym || isDigit(sym)) {
			dst = append(dst, sym)
		}
		if w[i-1] == 'x' && sym == 'k' && len(dst)-first < maxKey {
			dst = append(dst, 's')
		}
	}
	if len(dst) == first && w != "" {
		dst = append(dst, w[0])
	}
	return dst
}

// stem takes off the endings that one family name has or lacks: Jansen,
// Janssen, Janssens and Jans end alike.
func stem(w string) string {
	for _, end := range [...]string{"sens", "sen", "zen", "son", "sch", "zn", "z"} {
		if n := len(w) - len(end); n >= 3 && w[n:] == end {
			for n > 3 && w[n-1] == 's' {
				n--
			}
			return w[:n] + "s"
		}
	}
	return w
}

// soundAt gives the symbol of the letters at a place, 0 for a silent one, and
// how many letters it takes.
func soundAt(w string, i int) (sym byte, n int) {
	c := w[i]
	var next, after byte
	if i+1 < len(w) {
		next = w[i+1]
	}
	if i+2 < len(w) {
		after = w[i+2]
	}
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'j':
		return vowelAt(c, next, after)
	case 'b':
		return 'p', 1
	case 'p':
		if next == 'h' {
			return 'f', 2
		}
		return 'p', 1
	case 'd', 't':
		if next == 'h' {
			return 't', 2
		}
		return 't', 1
	case 'f', 'v', 'w':
		return 'f', 1
	case 'g':
		if next == 'h' {
			return 'g', 2
		}
		return 'g', 1
	case 'h':
		if i == 0 || next != 0 && isVowel(next) && isVowel(w[i-1]) {
			return 'g', 1
		}
		return 0, 1
	case 'c':
		return cAt(next)
	case 'k':
		if next == 'h' {
			return 'g', 2
		}
		return 'k', 1
	case 'q', 'x':
		return 'k', 1
	case 's', 'z':
		return sAt(next, after)
	case '.', ' ':
		return 0, 1
	}
	return c, 1
}

func vowelAt(c, next, after byte) (sym byte, n int) {
	switch c {
	case 'a':
		switch next {
		case 'u':
			return 'u', 2
		case 'e':
			return 'a', 2
		}
		return 'a', 1
	case 'e':
		switch next {
		case 'i', 'y', 'j':
			return 'i', 2
		case 'u':
			return 'u', 2
		}
		return 'e', 1
	case 'i':
		if next == 'e' && after != 'u' {
			return 'i', 2
		}
		return 'i', 1
	case 'o':
		switch next {
		case 'e', 'u', 'w':
			return 'u', 2
		}
		return 'o', 1
	case 'u':
		if next == 'e' {
			return 'u', 2
		}
		return 'u', 1
	}
	return 'i', 1 // y, j
}

func cAt(next byte) (sym byte, n int) {
	switch next {
	case 'h':
		return 'g', 2
	case 'e', 'i', 'y':
		return 's', 1
	case 'z':
		return 's', 2
	}
	return 'k', 1
}

// sAt reads s and z with what makes them sch, sg, skh, sj, sh, sz.
func sAt(next, after byte) (sym byte, n int) {
	switch next {
	case 'c', 'k':
		if after == 'h' {
			return 's', 3
		}
	case 'g', 'h', 'j', 'z', 's':
		return 's', 2
	}
	return 's', 1
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'j':
		return true
	}
	return false
}
