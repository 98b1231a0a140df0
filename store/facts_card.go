package store

import (
	"encoding/binary"

	"pasvorm/model"
)

// readCard reads the part of a customer's record that facts come from. A walk
// over a whole book would spend most of its time decoding, so records are read
// here by their first bytes; whatever is not written as we write it is left to
// the decoder.
func readCard(key string, value []byte, c *card) error {
	if readCardPlain(key, value, c) {
		return nil
	}
	*c = card{}
	return unsealBy(cborPart, key, value, c)
}

func readCardPlain(key string, value []byte, c *card) bool {
	if len(value) < 6 || value[0] != formatVersion {
		return false
	}
	body := value[:len(value)-4]
	if checksum(key, body) != binary.BigEndian.Uint32(value[len(value)-4:]) {
		return false
	}
	p := plain(body[1:])
	kind, n := p.head()
	if kind != cborMap {
		return false
	}
	for range n {
		kind, field := p.head()
		if kind != cborUint || !p.card(field, c) {
			return false
		}
	}
	return len(p) == 0
}

// card reads the value of one field.
func (p *plain) card(field uint64, c *card) bool {
	switch field { // as in card
	case 2:
		return p.text(&c.Number)
	case 3:
		return p.text(&c.Name)
	case 4:
		return p.text((*string)(&c.Kind))
	case 5:
		return p.text((*string)(&c.Relation))
	case 6:
		return p.yes(&c.Duty)
	case 7:
		return p.id(&c.Owner)
	case 15:
		return p.text(&c.Postcode)
	case 16:
		return p.text(&c.Town)
	case 18:
		return p.text(&c.Theirs)
	case 42:
		return p.yes(&c.Key)
	case 51:
		kind, n := p.head()
		c.Added = model.Stamp(n) //nolint:gosec // compared below
		return kind == cborUint && c.Added >= 0
	case 52:
		return p.text(&c.Formerly)
	}
	return p.skip(8)
}

// plain is CBOR (RFC 8949) of definite lengths.
type plain []byte

// Major types, and what is none.
const (
	cborUint   = 0
	cborNegint = 1
	cborBytes  = 2
	cborText   = 3
	cborArray  = 4
	cborMap    = 5
	cborSimple = 7
	cborBad    = 255

	cborFalse = 20
	cborTrue  = 21
)

// head reads the type of an item and its number: a value, or a length.
func (p *plain) head() (kind byte, n uint64) {
	b := *p
	if len(b) == 0 {
		return cborBad, 0
	}
	kind, n = b[0]>>5, uint64(b[0]&31)
	size := 0
	switch {
	case n < 24:
	case n < 28:
		size = 1 << (n - 24)
		if len(b) < 1+size {
			return cborBad, 0
		}
		n = 0
		for _, x := range b[1 : 1+size] {
			n = n<<8 | uint64(x)
		}
	default:
		return cborBad, 0
	}
	*p = b[1+size:]
	return kind, n
}

// take gives the next bytes; false for fewer.
func (p *plain) take(n uint64) ([]byte, bool) {
	if n > uint64(len(*p)) {
		return nil, false
	}
	b := (*p)[:n]
	*p = (*p)[n:]
	return b, true
}

func (p *plain) text(into *string) bool {
	kind, n := p.head()
	b, ok := p.take(n)
	if !ok || kind != cborText {
		return false
	}
	*into = string(b)
	return true
}

func (p *plain) id(into *model.ID) bool {
	kind, n := p.head()
	b, ok := p.take(n)
	if !ok || kind != cborBytes || len(b) != len(into) {
		return false
	}
	copy(into[:], b)
	return true
}

func (p *plain) yes(into *bool) bool {
	kind, n := p.head()
	*into = n == cborTrue
	return kind == cborSimple && (n == cborTrue || n == cborFalse)
}

// skip passes over an item, so deep at most.
func (p *plain) skip(deep int) bool {
	kind, n := p.head()
	switch kind {
	case cborUint, cborNegint, cborSimple:
		return true
	case cborBytes, cborText:
		_, ok := p.take(n)
		return ok
	case cborMap:
		if n *= 2; n > uint64(len(*p)) {
			return false
		}
	case cborArray:
	default:
		return false
	}
	for range n {
		if deep == 0 || !p.skip(deep-1) {
			return false
		}
	}
	return true
}
