package settings

import (
	"strings"
)

// lines finds the line of each key and table of a text that is sound TOML. The
// library tells no lines for values it has decoded. Keys are looked for as they
// are written in such a file, one to a line, plain or dotted; what stands in an
// inline table has the line of that.
func lines(src string) map[string]int {
	out := map[string]int{}
	note := func(key string, n int) {
		if _, twice := out[key]; key != "" && !twice {
			out[key] = n
		}
	}
	table := ""
	n := 0
	for l := range strings.Lines(src) {
		n++
		l = strings.TrimSpace(l)
		if strings.HasPrefix(l, "[") {
			head, _, _ := strings.Cut(l, "#")
			table = plain(strings.Trim(strings.TrimSpace(head), "[]"))
			note(table, n)
			continue
		}
		key, _, is := strings.Cut(l, "=")
		if !is || strings.HasPrefix(l, "#") {
			continue
		}
		key = plain(key)
		if table != "" {
			key = table + "." + key
		}
		note(key, n)
	}
	return out
}

// plain takes blanks and quotes out of a key.
func plain(key string) string {
	parts := strings.Split(key, ".")
	for i, p := range parts {
		parts[i] = strings.Trim(strings.TrimSpace(p), `"'`)
	}
	return strings.Join(parts, ".")
}

// line is that of a key, or of the nearest table around it; 1 when nothing is
// known.
func (f *file) line(key string) int {
	for {
		if n, ok := f.lines[key]; ok {
			return n
		}
		i := strings.LastIndexByte(key, '.')
		if i < 0 {
			return 1
		}
		key = key[:i]
	}
}

// nearest is the setting that was meant by a key that is none: the same word in
// another table, or one a few letters off; "" when nothing is near.
func nearest(key string) string {
	word := key[strings.LastIndexByte(key, '.')+1:]
	best, fewest := "", 0
	for _, s := range table {
		sure := s.key[strings.LastIndexByte(s.key, '.')+1:]
		d := min(edits(key, s.key), edits(word, sure)+2)
		if d <= 1+len(sure)/3 && (best == "" || d < fewest) {
			best, fewest = s.key, d
		}
	}
	return best
}

// edits counts letters to change, add or drop between two words, hyphens being
// as good as underscores.
func edits(a, b string) int {
	const longest = 64
	a, b = strings.ReplaceAll(strings.ToLower(a), "-", "_"), strings.ReplaceAll(strings.ToLower(b), "-", "_")
	if len(a) > longest {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
