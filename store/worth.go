package store

import (
	"encoding/binary"
	"math"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// Spaces of money, so that the profit of all relations takes no customer's
// record. Only who has any is in them.
const (
	spaceWorth   = engine.Space("worth")   // margin, revenue, customer: who has a margin
	spaceAccount = engine.Space("account") // customer → direct costs, arrears, oldest arrear
)

// worthSize is the length of a key: two amounts and an id. The id stands at the
// end, as in the other indexes that an import fills.
const worthSize = 8 + 8 + 16

// worthKey says what a customer brings; nil for one without a margin.
func worthKey(c *model.Customer) []byte {
	if c == nil || c.Margin == 0 {
		return nil
	}
	k := make([]byte, 0, worthSize)
	k = appendCents(appendCents(k, c.Margin), c.Revenue)
	return append(k, c.ID[:]...)
}

// appendCents writes an amount so that it sorts as a number.
func appendCents(k []byte, cents int64) []byte {
	return binary.BigEndian.AppendUint64(k, uint64(cents)^(1<<63)) //nolint:gosec // as it is
}

// worthOf reads such a key; false for one that is damaged.
func worthOf(k []byte) (margin, revenue int64, id model.ID, ok bool) {
	if len(k) != worthSize {
		return 0, 0, id, false
	}
	cents := func(b []byte) int64 { return int64(binary.BigEndian.Uint64(b) ^ (1 << 63)) } //nolint:gosec // as it was written
	copy(id[:], k[16:])
	return cents(k), cents(k[8:]), id, true
}

// indexWorth moves what a customer brings.
func indexWorth(tx engine.DerivedTx, before, after *model.Customer) error {
	was, now := worthKey(before), worthKey(after)
	if string(was) == string(now) {
		return nil
	}
	if was != nil {
		if err := tx.Erase(spaceWorth, was); err != nil {
			return err
		}
	}
	if now != nil {
		return tx.Store(spaceWorth, now, nothing)
	}
	return nil
}

// account is what counts of a customer's account.
type account struct {
	direct, arrears int64
	oldest          dayNumber // when arrears is not 0
}

// accountValue encodes an account; nil for one that adds nothing.
func accountValue(f *model.Finance) []byte {
	if f == nil {
		return nil
	}
	a := account{direct: f.Direct, oldest: math.MaxInt32}
	for _, x := range f.Arrears {
		a.arrears += x.Cents
		a.oldest = min(a.oldest, numberOf(x.Since))
	}
	if a.direct == 0 && len(f.Arrears) == 0 {
		return nil
	}
	b := binary.AppendVarint(nil, a.direct)
	b = binary.AppendVarint(b, a.arrears)
	return binary.AppendVarint(b, int64(a.oldest))
}

// accountOf reads what accountValue wrote; false when it is damaged.
func accountOf(b []byte) (a account, ok bool) {
	var n [3]int64
	for i := range n {
		v, size := binary.Varint(b)
		if size <= 0 {
			return a, false
		}
		n[i], b = v, b[size:]
	}
	return account{direct: n[0], arrears: n[1], oldest: dayNumber(n[2])}, len(b) == 0 //nolint:gosec // as it was written
}

// indexAccount moves what counts of a customer's account.
func indexAccount(tx engine.DerivedTx, was, now *model.Finance) error {
	v := accountValue(now)
	if now != nil && v != nil {
		return tx.Store(spaceAccount, now.Customer[:], v)
	}
	if accountValue(was) != nil {
		return tx.Erase(spaceAccount, was.Customer[:])
	}
	return nil
}

// worth looks up what a customer should have in the index of money.
func (c *checkup) worth(r *model.Customer, optional bool) {
	if k := worthKey(r); k != nil {
		c.key(spaceWorth, r.Key().String(), k, nothing, optional)
	}
}

// account does so for an account.
func (c *checkup) account(r *model.Finance) {
	if v := accountValue(r); v != nil {
		c.key(spaceAccount, r.Key().String(), r.Customer[:], v, false)
	}
}
