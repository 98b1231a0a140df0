package columns

import (
	"bytes"
	"encoding/binary"
	"math"

	"pasvorm/model"
)

// A key is what places a row, written so that keys are in the order of the list
// as bytes: 1 and the value, or 2 for nothing in the column, the name and the
// id. Texts end with a NUL; what descends has its bytes turned round. By name it
// is as in the list of all: name, NUL, id.
const (
	keyValue   = 1
	keyNothing = 2
)

func (o *ordering) key(p *place) string {
	b := make([]byte, 0, len(p.text)+len(p.name)+40)
	turned := func(from int) {
		if o.desc {
			for i := range b[from:] {
				b[from+i] ^= 0xff
			}
		}
	}
	if o.by == model.SortName {
		b = append(append(b, p.name...), 0)
		if o.desc {
			b = append(b, p.id[:]...)
		}
		turned(0)
		return string(append(b, p.id[:]...))
	}
	switch {
	case p.value == 0:
		b = append(b, keyNothing)
	case o.byText():
		b = append(append(append(b, keyValue), p.text...), 0)
		turned(1)
	default:
		b = binary.BigEndian.AppendUint32(append(b, keyValue), p.value)
		turned(1)
	}
	b = append(append(b, p.name...), 0)
	return string(append(b, p.id[:]...))
}

// cutText reads a text of a key up to its end.
func cutText(key []byte, turned bool) (string, []byte) {
	end := byte(0)
	if turned {
		end = 0xff
	}
	text, rest, _ := bytes.Cut(key, []byte{end})
	if turned {
		text = bytes.Clone(text)
		for i := range text {
			text[i] ^= 0xff
		}
	}
	return string(text), rest
}

// find reads a key; one that is none is placed as far as it goes.
func (o *ordering) find(key string) place {
	var p place
	b := []byte(key)
	if o.by != model.SortName {
		some := len(b) > 0 && b[0] == keyValue
		b = b[min(1, len(b)):]
		switch {
		case !some:
		case o.byText():
			p.text, b = cutText(b, o.desc)
			p.value = o.spot(p.text)
		case len(b) >= 4:
			if p.value = binary.BigEndian.Uint32(b); o.desc {
				p.value ^= math.MaxUint32
			}
			b = b[4:]
		}
		p.name, b = cutText(b, false)
	} else if p.name, b = cutText(b, o.desc); o.desc && len(b) >= 16 {
		b = b[16:]
	}
	copy(p.id[:], b)
	p.u = o.number(p.value, o.base.placeOf(p.name, p.id, true))
	return p
}

// spot places a text of the column.
func (o *ordering) spot(text string) uint32 {
	switch o.col {
	case colTown:
		return o.base.towns.spot(text)
	case colNumber:
		return o.base.numbers.spot(text)
	}
	return o.spotOfOwner(text)
}

// row gives the place of a row of the base, for its key.
func (o *ordering) row(row int) place {
	p := place{value: o.value(row), id: o.base.ids.id(row)}
	p.name = o.base.names.text(int(o.base.cols[colPlace].at(row)) - 1)
	if p.value != 0 {
		switch o.col { // none by name
		case colTown:
			p.text = o.base.towns.text(int(p.value/2) - 1)
		case colNumber:
			p.text = o.base.numbers.text(int(p.value/2) - 1)
		case colOwner:
			p.text = o.owners[p.value/2-1]
		}
	}
	return p
}
