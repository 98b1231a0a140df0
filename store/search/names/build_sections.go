package names

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"sync"

	"pasvorm/store/search/segment"
)

// ErrTwice tells that a customer was given twice to an index that is built.
var ErrTwice = errors.New("names: a customer given twice")

// build makes the sections of an index.
func build(ctx context.Context, entries Entries, progress func(int)) ([]segment.Section, error) {
	p, err := read(ctx, entries, progress)
	if err != nil {
		return nil, err
	}
	if err := p.sortByID(); err != nil {
		return nil, err
	}
	var b builder
	b.people = p
	b.groupNames()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.takeWords()
	b.takeTowns()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.rest()
	return b.sections, nil
}

// sortByID puts the customers in the order of their ids, which is mostly the
// order in which they come.
func (p *people) sortByID() error {
	sorted := true
	for i := 1; i < len(p.ids); i++ {
		c := bytes.Compare(p.ids[i-1][:], p.ids[i][:])
		if c == 0 {
			return ErrTwice
		}
		sorted = sorted && c < 0
	}
	if sorted {
		return nil
	}
	order := make([]uint32, len(p.ids))
	for i := range order {
		order[i] = uint32(i) // #nosec G115 -- at most the customers
	}
	slices.SortFunc(order, func(a, b uint32) int { return bytes.Compare(p.ids[a][:], p.ids[b][:]) })
	for i := 1; i < len(order); i++ {
		if p.ids[order[i-1]] == p.ids[order[i]] {
			return ErrTwice
		}
	}
	names, at := make([]byte, 0, len(p.names)), make([]uint32, 1, len(p.at))
	for _, i := range order {
		names = append(names, p.name(i)...)
		at = append(at, uint32(len(names))) // #nosec G115 -- as long as before
	}
	p.names, p.at = names, at
	p.ids = inOrder(p.ids, order)
	p.town = inOrder(p.town, order)
	p.code = inOrder(p.code, order)
	return nil
}

func inOrder[T any](list []T, order []uint32) []T {
	out := make([]T, len(list))
	for i, o := range order {
		out[i] = list[o]
	}
	return out
}

type builder struct {
	*people
	sections []segment.Section
	first    []uint32 // of each name: a customer who has it
	ofName   []uint32 // of each customer: the name
	order    []keyed  // the customers grouped by name
}

func (b *builder) add(name string, data []byte) {
	b.sections = append(b.sections, segment.Section{Name: name, Data: data})
}

// keyed is a customer with the beginning of the name as a number that sorts
// alike.
type keyed struct {
	begin uint64
	ord   uint32
}

// groupNames sorts the customers by folded name and numbers the names.
func (b *builder) groupNames() {
	n := len(b.ids)
	order := make([]keyed, n)
	for i := range order {
		var begin [8]byte
		copy(begin[:], b.name(uint32(i)))                                          // #nosec G115 -- at most the customers
		order[i] = keyed{begin: binary.BigEndian.Uint64(begin[:]), ord: uint32(i)} // #nosec G115 -- as above
	}
	order = b.sortNames(order)
	b.ofName = make([]uint32, n)
	member, membAt := make([]byte, 0, 4*n), make([]byte, 0, 4*n)
	le := binary.LittleEndian
	for i := range order {
		ord := order[i].ord
		if i == 0 || order[i].begin != order[i-1].begin || !bytes.Equal(b.name(ord), b.name(order[i-1].ord)) {
			b.first = append(b.first, ord)
			membAt = le.AppendUint32(membAt, uint32(i)) // #nosec G115 -- at most the customers
		}
		b.ofName[ord] = uint32(len(b.first) - 1) // #nosec G115 -- as above
		member = le.AppendUint32(member, ord)
	}
	b.order = order
	b.add(secMember, member)
	b.add(secMembAt, le.AppendUint32(membAt, uint32(n))) // #nosec G115 -- as above
}

func (b *builder) compare(x, y keyed) int {
	if x.begin != y.begin {
		return cmp.Compare(x.begin, y.begin)
	}
	if c := bytes.Compare(b.name(x.ord), b.name(y.ord)); c != 0 {
		return c
	}
	return cmp.Compare(x.ord, y.ord)
}

// sortNames sorts two halves at once and merges them.
func (b *builder) sortNames(order []keyed) []keyed {
	if len(order) < 2*chunkSize {
		slices.SortFunc(order, b.compare)
		return order
	}
	left, right := order[:len(order)/2], order[len(order)/2:]
	var half sync.WaitGroup
	half.Go(func() { slices.SortFunc(left, b.compare) })
	slices.SortFunc(right, b.compare)
	half.Wait()
	out := make([]keyed, 0, len(order))
	for len(left) > 0 && len(right) > 0 {
		if b.compare(left[0], right[0]) < 0 {
			out, left = append(out, left[0]), left[1:]
		} else {
			out, right = append(out, right[0]), right[1:]
		}
	}
	return append(append(out, left...), right...)
}

// takeWords makes the dictionary, the names as words, and the names of each word.
func (b *builder) takeWords() {
	le := binary.LittleEndian
	known := map[string]uint32{}
	var list []string
	seq := make([]uint32, 0, 3*len(b.first))
	nameAt := make([]byte, 0, 4*len(b.first)+4)
	var buf []string
	for _, ord := range b.first {
		nameAt = le.AppendUint32(nameAt, uint32(len(seq))) // #nosec G115 -- at most the letters of all names
		buf = tokens(buf[:0], string(b.name(ord)))
		for _, t := range buf {
			w, ok := known[t]
			if !ok {
				w = uint32(len(list)) // #nosec G115 -- as above
				t = strings.Clone(t)
				known[t] = w
				list = append(list, t)
			}
			seq = append(seq, w)
		}
	}
	b.add(secNameAt, le.AppendUint32(nameAt, uint32(len(seq)))) // #nosec G115 -- as above
	place := b.dictionary(list, secWord, secWordAt, "w")
	class := make([]byte, len(list))
	for i, w := range list {
		class[place[i]] = classOf(w)
	}
	b.add(secClass, class)
	names := make([]byte, 0, 3*len(seq))
	for i, w := range seq {
		w = place[w]
		seq[i] = w
		names = append(names, byte(w), byte(w>>8), byte(w>>16))
	}
	b.add(secNames, names)
	b.postings(seq, nameAt, len(list))
}

// dictionary sorts words by sound key and adds them with their trie. It gives
// the place of each.
func (b *builder) dictionary(list []string, secText, secAt, prefix string) (place []uint32) {
	type word struct {
		key []byte
		i   uint32
	}
	order := make([]word, len(list))
	arena := make([]byte, 0, 8*len(list))
	unspaced := strings.NewReplacer(".", "", " ", "")
	for i, w := range list {
		from := len(arena)
		arena = soundKey(arena, unspaced.Replace(w))
		order[i] = word{key: arena[from:len(arena):len(arena)], i: uint32(i)} // #nosec G115 -- at most the words
	}
	slices.SortFunc(order, func(x, y word) int {
		if c := bytes.Compare(x.key, y.key); c != 0 {
			return c
		}
		return strings.Compare(list[x.i], list[y.i])
	})
	place = make([]uint32, len(list))
	var text, at []byte
	keys := make([][]byte, len(list))
	for i, o := range order {
		place[o.i] = uint32(i)                                       // #nosec G115 -- as above
		at = binary.LittleEndian.AppendUint32(at, uint32(len(text))) // #nosec G115 -- the letters of all words
		text = append(text, list[o.i]...)
		keys[i] = o.key
	}
	b.add(secText, text)
	b.add(secAt, binary.LittleEndian.AppendUint32(at, uint32(len(text)))) // #nosec G115 -- as above
	sym, depth, skip, first := buildTrie(keys)
	b.add(prefix+"sym", sym)
	b.add(prefix+"depth", depth)
	b.add(prefix+"skip", skip)
	b.add(prefix+"first", first)
	return place
}

// postings lists for each word the names that have it.
func (b *builder) postings(seq []uint32, nameAt []byte, words int) {
	le := binary.LittleEndian
	start := make([]uint32, words+1)
	for _, w := range seq {
		start[w+1]++
	}
	for w := range words {
		start[w+1] += start[w]
	}
	fill := slices.Clone(start[:words])
	lists := make([]uint32, len(seq))
	for name := range len(nameAt) / 4 {
		to := uint32(len(seq)) // #nosec G115 -- as in takeWords
		if name+1 < len(nameAt)/4 {
			to = u32(nameAt, name+1)
		}
		for _, w := range seq[u32(nameAt, name):to] {
			if f := fill[w]; f > start[w] && lists[f-1] == uint32(name) { // #nosec G115 -- at most the customers
				continue // a word twice in one name
			}
			lists[fill[w]] = uint32(name) // #nosec G115 -- as above
			fill[w]++
		}
	}
	post, postAt := make([]byte, 0, 2*len(seq)), make([]byte, 0, 4*words+4)
	for w := range words {
		postAt = le.AppendUint32(postAt, uint32(len(post))) // #nosec G115 -- a few bytes for each token
		post = appendList(post, lists[start[w]:fill[w]])
	}
	b.add(secPost, post)
	b.add(secPostAt, le.AppendUint32(postAt, uint32(len(post)))) // #nosec G115 -- as above
}

// takeTowns makes the list of towns, glued so that Den Haag and denhaag are one;
// the town of each customer.
func (b *builder) takeTowns() {
	le := binary.LittleEndian
	place := b.dictionary(b.list, secTown, secTownAt, "t")
	wide := len(b.list) > 1<<16
	town := make([]byte, 0, 4*len(b.town))
	for _, o := range b.order {
		t := place[b.town[o.ord]]
		if wide {
			town = le.AppendUint32(town, t)
		} else {
			town = le.AppendUint16(town, uint16(t)) // #nosec G115 -- checked above
		}
	}
	b.add(secOfTown, town)
	b.townNames(place)
}

// townNames lists for each town the names of those who live there.
func (b *builder) townNames(place []uint32) {
	le := binary.LittleEndian
	towns := len(b.list)
	start := make([]uint32, towns+1)
	for _, t := range b.town {
		start[place[t]+1]++
	}
	for t := range towns {
		start[t+1] += start[t]
	}
	fill, lists := slices.Clone(start[:towns]), make([]uint32, len(b.town))
	for _, o := range b.order {
		t, name := place[b.town[o.ord]], b.ofName[o.ord]
		if f := fill[t]; f > start[t] && lists[f-1] == name {
			continue
		}
		lists[fill[t]] = name
		fill[t]++
	}
	var post, postAt []byte
	for t := range towns {
		postAt = le.AppendUint32(postAt, uint32(len(post))) // #nosec G115 -- a few bytes for each customer
		post = appendList(post, lists[start[t]:fill[t]])
	}
	b.add(secTownPost, post)
	b.add(secTownPostAt, le.AppendUint32(postAt, uint32(len(post)))) // #nosec G115 -- as above
}

// appendList appends ascending numbers: how many, then the distances.
func appendList(dst []byte, list []uint32) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(list)))
	last := uint32(0)
	for _, v := range list {
		dst = binary.AppendUvarint(dst, uint64(v-last))
		last = v
	}
	return dst
}

// rest adds what is kept of each customer as it is.
func (b *builder) rest() {
	le := binary.LittleEndian
	ids, names, codes := make([]byte, 0, 16*len(b.ids)), make([]byte, 0, 4*len(b.ids)), make([]byte, 0, 4*len(b.ids))
	for i := range b.ids {
		ids = append(ids, b.ids[i][:]...)
		names = le.AppendUint32(names, b.ofName[i])
		codes = le.AppendUint32(codes, b.code[b.order[i].ord])
	}
	b.add(secID, ids)
	b.add(secOfName, names)
	b.add(secOfCode, codes)
	var text, at []byte
	for _, c := range b.other {
		at = le.AppendUint32(at, uint32(len(text))) // #nosec G115 -- a few of them
		text = append(text, c...)
	}
	b.add(secCode, text)
	b.add(secCodeAt, le.AppendUint32(at, uint32(len(text)))) // #nosec G115 -- as above
	size := le.AppendUint32(nil, uint32(len(b.first)))       // #nosec G115 -- at most the customers
	size = le.AppendUint32(size, uint32(u32Count(b.sections, secWordAt)))
	size = le.AppendUint32(size, uint32(len(b.ids)))  // #nosec G115 -- below four billion
	size = le.AppendUint32(size, uint32(len(b.list))) // #nosec G115 -- at most the customers
	b.add(secSize, size)
}

// u32Count is how many texts a section of their beginnings is for.
func u32Count(sections []segment.Section, name string) int {
	for _, s := range sections {
		if s.Name == name {
			return len(s.Data)/4 - 1
		}
	}
	return 0
}
