package names

import (
	"encoding/binary"
	"fmt"

	"pasvorm/model"
	"pasvorm/store/search/segment"
)

// kind names the files of this package among segments.
const kind = "names1"

// Sections of an index. Numbers are little-endian; n is how many names there
// are, w words, c customers, t towns.
//
//	size   u32 names, words, customers, towns
//	word   the words in the order of their sound keys, then by their letters
//	wordat u32 × (w+1), where each begins
//	wclass u8 × w, the class of each: see classOf
//	wsym wdepth wskip wfirst: the trie of their keys, see trie
//	names  u24 for each token: its word; names in the order of their folded text
//	nameat u32 × (n+1), the first token of each name
//	post   for each word: varint how many names, then the distances between them
//	postat u32 × (w+1)
//	member u32 for each customer, grouped by name: the customer's ordinal
//	membat u32 × (n+1)
//	id     16 bytes for each customer, ascending: the place is its ordinal
//	ofname u32 × c, the name of each customer
//	oftown u16 × c, in the order of member: the town; u32 × c where there are more
//	ofcode u32 × c, as oftown: the postcode, see packPostcode
//	codes  other postcodes, each ended by NUL; codeat u32
//	tpost, tpostat: for each town the names of those who live there, as post
//	town, townat, tsym tdepth tskip tfirst: the towns, as the words
const (
	secSize       = "size"
	secWord       = "word"
	secWordAt     = "wordat"
	secClass      = "wclass"
	secNames      = "names"
	secNameAt     = "nameat"
	secPost       = "post"
	secPostAt     = "postat"
	secMember     = "member"
	secMembAt     = "membat"
	secID         = "id"
	secOfName     = "ofname"
	secOfTown     = "oftown"
	secOfCode     = "ofcode"
	secCode       = "codes"
	secCodeAt     = "codeat"
	secTown       = "town"
	secTownAt     = "townat"
	secTownPost   = "tpost"
	secTownPostAt = "tpostat"
)

// texts is a list of texts in one piece.
type texts struct {
	data, at []byte
	n        int
}

func newTexts(data, at []byte) texts { return texts{data: data, at: at, n: max(len(at)/4-1, 0)} }

// get gives one text, "" where the index is damaged.
func (x *texts) get(i uint32) []byte {
	if int(i) >= x.n {
		return nil
	}
	from, to := u32(x.at, int(i)), u32(x.at, int(i)+1)
	if from > to || uint64(to) > uint64(len(x.data)) {
		return nil
	}
	return x.data[from:to]
}

// table reads an index. Every place it reads is checked against the section it
// lies in: a damaged file gives wrong answers, never a panic.
type table struct {
	file   *segment.File
	words  texts
	class  []byte // of each word: see classOf
	trie   trie
	towns  texts
	places trie
	codes  texts

	names, nameAt   []byte
	post, townPost  lists
	member, membAt  []byte
	ids             []byte
	ofName          []byte
	ofTown, ofCode  []byte
	nNames, nPeople int
	wide            bool // towns have four bytes
}

// newTable reads the sections of a file. Errors: segment.ErrDamaged.
func newTable(f *segment.File) (*table, error) {
	size := f.Section(secSize)
	if len(size) != 16 {
		return nil, fmt.Errorf("%w: sizes", segment.ErrDamaged)
	}
	n, w, c, t := int(u32(size, 0)), int(u32(size, 1)), int(u32(size, 2)), int(u32(size, 3))
	x := &table{
		file:     f,
		words:    newTexts(f.Section(secWord), f.Section(secWordAt)),
		towns:    newTexts(f.Section(secTown), f.Section(secTownAt)),
		class:    f.Section(secClass),
		codes:    newTexts(f.Section(secCode), f.Section(secCodeAt)),
		names:    f.Section(secNames),
		nameAt:   f.Section(secNameAt),
		post:     lists{f.Section(secPost), f.Section(secPostAt), w},
		townPost: lists{f.Section(secTownPost), f.Section(secTownPostAt), t},
		member:   f.Section(secMember),
		membAt:   f.Section(secMembAt),
		ids:      f.Section(secID),
		ofName:   f.Section(secOfName),
		ofTown:   f.Section(secOfTown),
		ofCode:   f.Section(secOfCode),
		nNames:   n, nPeople: c,
	}
	x.wide = len(x.ofTown) == 4*c && c > 0
	whole := len(x.nameAt) == 4*(n+1) && len(x.membAt) == 4*(n+1) && len(x.post.at) == 4*(w+1) && len(x.townPost.at) == 4*(t+1) && x.words.n == w && len(x.class) == w &&
		len(x.ids) == 16*c && len(x.ofName) == 4*c && len(x.ofCode) == 4*c && len(x.member) == 4*c &&
		(x.wide || len(x.ofTown) == 2*c) && x.towns.n == t && len(x.names)%3 == 0
	if !whole {
		return nil, fmt.Errorf("%w: a section has another size", segment.ErrDamaged)
	}
	x.trie = newTrie(f.Section("wsym"), f.Section("wdepth"), f.Section("wskip"), f.Section("wfirst"), w)
	x.places = newTrie(f.Section("tsym"), f.Section("tdepth"), f.Section("tskip"), f.Section("tfirst"), t)
	return x, nil
}

// tokens gives the stretch of the section of names that a name has.
func (x *table) tokens(name uint32) []byte {
	if int(name) >= x.nNames {
		return nil
	}
	from, to := 3*uint64(u32(x.nameAt, int(name))), 3*uint64(u32(x.nameAt, int(name)+1))
	if from > to || to > uint64(len(x.names)) {
		return nil
	}
	return x.names[from:to]
}

// token gives the word of a token.
func token(b []byte, i int) uint32 {
	b = b[3*i : 3*i+3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
}

// folded appends the folded text of a name.
func (x *table) folded(dst []byte, name uint32) []byte {
	toks := x.tokens(name)
	for i := range len(toks) / 3 {
		if i > 0 {
			dst = append(dst, ' ')
		}
		at := len(dst)
		dst = append(dst, x.words.get(token(toks, i))...)
		for ; at < len(dst); at++ {
			if dst[at] == '.' {
				dst[at] = ' '
			}
		}
	}
	return dst
}

// lists are lists of names, each of how many there are and the distances between
// them.
type lists struct {
	data, at []byte
	n        int
}

// get gives how many names a list has, and the bytes that list them.
func (x *lists) get(i uint32) (n int, list []byte) {
	if int(i) >= x.n {
		return 0, nil
	}
	from, to := u32(x.at, int(i)), u32(x.at, int(i)+1)
	if from >= to || uint64(to) > uint64(len(x.data)) {
		return 0, nil
	}
	list = x.data[from:to]
	v, size := binary.Uvarint(list)
	if size <= 0 || v > uint64(len(list)) {
		return 0, nil
	}
	return int(v), list[size:]
}

// postings gives the names that have a word.
func (x *table) postings(word uint32) (n int, list []byte) { return x.post.get(word) }

// members gives the stretch of customers grouped by name that has a name.
func (x *table) members(name uint32) (from, to uint32) {
	if int(name) >= x.nNames {
		return 0, 0
	}
	from, to = u32(x.membAt, int(name)), u32(x.membAt, int(name)+1)
	if from > to || int(to) > x.nPeople {
		return 0, 0
	}
	return from, to
}

// ordinalAt gives the ordinal of a customer by the place among those grouped by
// name, which must be one that members gave.
func (x *table) ordinalAt(place uint32) uint32 { return u32(x.member, int(place)) }

// id gives the customer of an ordinal.
func (x *table) id(ord uint32) (id model.ID) {
	if int(ord) < x.nPeople {
		copy(id[:], x.ids[16*int(ord):])
	}
	return id
}

// ordinal finds a customer.
func (x *table) ordinal(id model.ID) (uint32, bool) {
	lo, hi := 0, x.nPeople
	for lo < hi {
		mid := (lo + hi) / 2
		if string(x.ids[16*mid:16*mid+16]) < string(id[:]) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint32(lo), lo < x.nPeople && string(x.ids[16*lo:16*lo+16]) == string(id[:]) // #nosec G115 -- below nPeople
}

// town gives the town of a customer by the place among those grouped by name.
func (x *table) town(place uint32) uint32 {
	switch {
	case int(place) >= x.nPeople:
		return 0
	case x.wide:
		return u32(x.ofTown, int(place))
	}
	return uint32(binary.LittleEndian.Uint16(x.ofTown[2*place:]))
}

// code gives the packed postcode of a customer as town does the town.
func (x *table) code(place uint32) uint32 {
	if int(place) >= x.nPeople {
		return 0
	}
	return u32(x.ofCode, int(place))
}

// place finds a customer among those grouped by name.
func (x *table) place(ord uint32) uint32 {
	from, to := x.members(x.name(ord))
	for from < to && x.ordinalAt(from) != ord {
		from++
	}
	return from
}

// name gives the name of a customer.
func (x *table) name(ord uint32) uint32 {
	if int(ord) >= x.nPeople {
		return 0
	}
	return u32(x.ofName, int(ord))
}

// beginning gives the stretch of names that begin with a letter.
func (x *table) beginning(letter byte) (from, to uint32) {
	return x.firstFrom(letter), x.firstFrom(letter + 1)
}

// firstFrom gives the first name that does not sort below a letter.
func (x *table) firstFrom(letter byte) uint32 {
	lo, hi := 0, x.nNames
	for lo < hi {
		mid := (lo + hi) / 2
		toks := x.tokens(uint32(mid)) // #nosec G115 -- below nNames
		var first byte
		if len(toks) >= 3 {
			if w := x.words.get(token(toks, 0)); len(w) > 0 {
				first = w[0]
			}
		}
		if first < letter {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint32(lo) // #nosec G115 -- at most nNames
}
