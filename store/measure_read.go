package store

import (
	"encoding/binary"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// countSet says which counts of a tally are not zero.
type countSet uint64

const _ = uint(64 - model.Counts) // a bit for each

// countSetOf gives the set of some counts.
func countSetOf(counts ...model.Count) (b countSet) {
	for _, c := range counts {
		b |= 1 << c
	}
	return b
}

// sealedSet reads which counts are in what sealTally wrote, and how many
// contacts; false when it is damaged. Of the other numbers it only looks for the
// end, which is the byte without its highest bit.
func sealedSet(sealed []byte) (in countSet, contacts int, ok bool) {
	for at := 0; at < len(sealed); {
		count := model.Count(sealed[at])
		from := at + 1
		for at = from; at < len(sealed) && sealed[at] >= 0x80; {
			at++
		}
		if at++; at > len(sealed) || count >= model.Counts {
			return 0, 0, false
		}
		in |= 1 << count
		if count == model.CountContacts {
			n, _ := binary.Varint(sealed[from:at])
			contacts = int(n)
		}
	}
	return in, contacts, true
}

// cellsOf is where the cells of a month begin; cellsUnder those of one key.
func cellsOf(dim model.Dimension, month monthNumber) []byte {
	return cellKey(dim, month, "", model.NoID)[:5]
}

func cellsUnder(dim model.Dimension, month monthNumber, key string) []byte {
	k := cellKey(dim, month, key, model.NoID)
	return k[:len(k)-16]
}

// cellParts reads a key of the space of cells; false for one that is damaged.
func cellParts(k []byte) (key []byte, customer model.ID, ok bool) {
	if len(k) < 1+4+1+16 {
		return nil, customer, false
	}
	copy(customer[:], k[len(k)-16:])
	return k[5 : len(k)-17], customer, true
}

// cellOf is cellParts with a key that may be kept.
func cellOf(k []byte) (key string, customer model.ID, ok bool) {
	part, customer, ok := cellParts(k)
	return string(part), customer, ok
}

// eachCell calls f for the cells of a dimension in months from–until, both
// included, until f gives false. The tally is f's only during the call.
func eachCell(d engine.Derived, dim model.Dimension, from, until monthNumber, f func(month monthNumber, key string, customer model.ID, t *model.Tally) bool) error {
	var t model.Tally
	bad := false
	walkFrom(d, spaceCell, cellKey(dim, from, "", model.NoID)[:5], func(k, v []byte) bool {
		if len(k) < 5 || k[0] != byte(dim) {
			return false
		}
		month := monthNumber(int64(binary.BigEndian.Uint32(k[1:5])) - 1<<31)
		if month > until {
			return false
		}
		key, customer, ok := cellOf(k)
		if !ok || !unsealTally(v, &t) {
			bad = true
			return false
		}
		return f(month, key, customer, &t)
	})
	if bad {
		return corrupt(string(spaceCell), "tally")
	}
	return nil
}

// eachDaily calls f for the daily tallies of a dimension from day to day, both
// included.
func eachDaily(d engine.Derived, dim model.Dimension, from, until dayNumber, f func(day dayNumber, key string, t *model.Tally) bool) error {
	var t model.Tally
	bad := false
	walkFrom(d, spaceDaily, dailyKey(dim, from, ""), func(k, v []byte) bool {
		if len(k) < 5 || k[0] != byte(dim) {
			return false
		}
		day := dayNumber(int64(binary.BigEndian.Uint32(k[1:5])) - 1<<31)
		if day > until {
			return false
		}
		if !unsealTally(v, &t) {
			bad = true
			return false
		}
		return f(day, string(k[5:]), &t)
	})
	if bad {
		return corrupt(string(spaceDaily), "tally")
	}
	return nil
}
