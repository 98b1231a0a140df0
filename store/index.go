package store

import (
	"bytes"
	"encoding/binary"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// Spaces of derived data about customers. All of it can be made anew from the
// records, see Rebuild.
const (
	spaceName    = engine.Space("name")    // folded name, NUL, customer: the order of the list
	spaceState   = engine.Space("state")   // customer → what its small records come to
	spaceQueue   = engine.Space("queue")   // class, time, record: what waits for a lead
	spaceLoading = engine.Space("loading") // imports whose customers are not to be seen yet
	spaceMeta    = engine.Space("meta")    // totals, head of the chain
)

var (
	keyTotals = []byte("totals")
	keyHead   = []byte("head") // revision, chain
)

// nameKey places a customer in the list.
func nameKey(c *model.Customer) []byte {
	return append(append([]byte(search.SortName(c.Name)), 0), c.ID[:]...)
}

// importPrefix is how many bytes of a customer's id tell the import that
// brought it: the rest is a counter, see ImportID.
const importPrefix = model.ImportPrefix

// ImportID makes the id of the customer on the nth line of an import: the import's own
// UUIDv7 with its last four bytes counting (RFC 9562 section 6.2 leaves those
// bits to the application). So the customers of an import stand together, in
// the order of the file, and what is hidden with it is one comparison.
func ImportID(imp model.ID, n uint32) model.ID {
	id := imp
	binary.BigEndian.PutUint32(id[importPrefix:], n)
	return id
}

// hiddenBy tells the customers of imports that are not finished.
func hiddenBy(d engine.Derived) func(model.ID) bool {
	var loading [][]byte
	walk(d, spaceLoading, nil, func(k, _ []byte) bool {
		loading = append(loading, append([]byte(nil), k[:importPrefix]...))
		return true
	})
	if len(loading) == 0 {
		return func(model.ID) bool { return false }
	}
	return func(id model.ID) bool {
		for _, p := range loading {
			if bytes.Equal(id[:importPrefix], p) {
				return true
			}
		}
		return false
	}
}

// indexCustomer moves a customer's keys from how it stood to how it stands.
// Either may be nil.
func indexCustomer(tx engine.DerivedTx, before, after *model.Customer) error {
	if before != nil && (after == nil || !bytes.Equal(nameKey(before), nameKey(after))) {
		if err := tx.Erase(spaceName, nameKey(before)); err != nil {
			return err
		}
	}
	if after != nil {
		if err := tx.Store(spaceName, nameKey(after), []byte{}); err != nil {
			return err
		}
	}
	var had, has []string
	if before != nil {
		had = search.Terms(nil, before)
	}
	if after != nil {
		has = search.Terms(nil, after)
	}
	for _, t := range had {
		if !contains(has, t) {
			if err := tx.Erase(search.SpaceTerm, search.TermKey(t, before.ID)); err != nil {
				return err
			}
		}
	}
	for _, t := range has {
		if !contains(had, t) {
			if err := tx.Store(search.SpaceTerm, search.TermKey(t, after.ID), []byte{}); err != nil {
				return err
			}
		}
	}
	return indexWorth(tx, before, after)
}

func contains(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}

// totals are the sums over all customers that can be seen.
type totals struct {
	Customers int   `cbor:"1,keyasint"`
	Revenue   int64 `cbor:"2,keyasint"`
	Flagged   int   `cbor:"3,keyasint"`
	Waiting   int   `cbor:"4,keyasint"`

	Kinds [len(customerKinds)]int `cbor:"5,keyasint,omitempty"` // customers of each kind
}

func loadTotals(d engine.Derived) (totals, error) {
	var t totals
	v := d.Load(spaceMeta, keyTotals)
	if v == nil {
		return t, nil
	}
	return t, unseal(string(keyTotals), v, &t)
}

// storeTotals keeps totals; those of an empty book are no key, as at first.
func storeTotals(tx engine.DerivedTx, t totals) error {
	if t == (totals{}) {
		return tx.Erase(spaceMeta, keyTotals)
	}
	v, err := seal(string(keyTotals), t)
	if err != nil {
		return err
	}
	return tx.Store(spaceMeta, keyTotals, v)
}

// mark is a sighting that counts until it lapses.
type mark struct {
	Trait  int         `cbor:"1,keyasint"` // 0–3, in the order of model.Traits
	Step   int         `cbor:"2,keyasint"`
	Lapses model.Stamp `cbor:"3,keyasint"`
}

// state is what a customer's small records come to. Whether a mark still counts
// depends on the hour, so marks are kept with their dates.
type state struct {
	Marks   []mark         `cbor:"1,keyasint,omitempty"`
	Fit     model.FitState `cbor:"2,keyasint,omitempty"`
	Verdict model.Verdict  `cbor:"3,keyasint,omitempty"`
	Rule    model.FitRule  `cbor:"4,keyasint,omitempty"`
	Flags   int            `cbor:"5,keyasint,omitempty"` // not cleared
	Waits   bool           `cbor:"6,keyasint,omitempty"` // a proposal waits for a lead
	Settled model.ID       `cbor:"7,keyasint,omitempty"` // the newest verdict that was settled
	Due     model.Day      `cbor:"8,keyasint,omitempty"` // when it comes back
}

// standing reads the state at a moment.
func (s state) standing(now model.Stamp) model.Standing {
	out := model.Standing{Fit: s.Fit, Verdict: s.Verdict, Rule: s.Rule, Flagged: s.Flags > 0}
	for _, m := range s.Marks {
		if now < m.Lapses && m.Trait >= 0 && m.Trait < len(out.Traits) {
			out.Traits[m.Trait]++
			out.Step = max(out.Step, m.Step)
		}
	}
	return out
}

func (s state) empty() bool {
	return len(s.Marks) == 0 && s.Fit == "" && s.Flags == 0
}

// dateKey gives the place in the queue of a customer's verdict: of several that
// were settled the newest alone comes back. Its date is its place, so that only
// dates that have passed are read. Nil for none.
func (s state) dateKey(customer model.ID) []byte {
	if s.Settled == model.NoID {
		return nil
	}
	k := append([]byte{classDate}, s.Due...)
	return append(k, model.AssessmentKey(customer, s.Settled)...)
}

func loadState(d engine.Derived, id model.ID) (state, error) {
	var s state
	v := d.Load(spaceState, id[:])
	if v == nil {
		return s, nil
	}
	return s, unseal("state"+string(id[:]), v, &s)
}

func storeState(tx engine.DerivedTx, id model.ID, s state) error {
	if s.empty() {
		return tx.Erase(spaceState, id[:])
	}
	v, err := seal("state"+string(id[:]), s)
	if err != nil {
		return err
	}
	return tx.Store(spaceState, id[:], v)
}

// deriveState computes a customer's state from its records.
func deriveState(tx engine.Tx, id model.ID) (state, error) {
	var s state
	var failed error
	each := func(t model.Table, f func(model.Record)) {
		prefix := append([]byte{byte(t)}, id[:]...)
		tx.Scan(prefix, engine.PrefixEnd(prefix), 0, func(k, v []byte, _ engine.Rev) bool {
			r, err := decode(k, v)
			if err != nil {
				failed = err
				return false
			}
			f(r)
			return true
		})
	}
	each(model.TableSighting, func(r model.Record) {
		g, _ := r.(*model.Sighting)
		if g.Withdrawn == nil && !g.Frozen() {
			s.Marks = append(s.Marks, mark{Trait: g.Trait.Number() - 1, Step: g.Step, Lapses: g.Lapses})
		}
	})
	each(model.TableFlag, func(r model.Record) {
		if f, _ := r.(*model.Flag); f.Cleared == nil {
			s.Flags++
		}
	})
	each(model.TableAssessment, func(r model.Record) {
		a, _ := r.(*model.Assessment)
		if a.State == model.FitDropped {
			return
		}
		s.Fit, s.Waits = a.State, a.State == model.FitProposed
		if a.State == model.FitSettled {
			s.Settled, s.Due = a.ID, a.Due
		}
		if a.State != model.FitOpen { // while it is answered again, the last verdict stands
			s.Verdict, s.Rule = a.Verdict, a.Rule
		}
	})
	return s, failed
}

// Classes of the queue, in its order.
const (
	classFlag     = 'a'
	classProposal = 'b'
	classContest  = 'c'
	classDate     = 'd'
	classReturned = 'e'
	classDouble   = 'f'

	// What Today shows beside dates; none of it is for review.
	classPromise  = 'g' // by the day it is due
	classTheirs   = 'h' // the customer's, likewise
	classTerms    = 'i' // by the day of the answer
	classFarewell = 'j' // by the day of the next step, where it has one
	classLapse    = 'k' // by the moment a sighting lapses
	classLimbo    = 'l' // by the moment of the last word
	classTell     = 'm' // improvements that are done, by when
	classBroken   = 'n' // promises of ours that were broken, by when: a verdict may be stale
)

// reviewed reports whether a class is for review.
func reviewed(class byte) bool { return class <= classDouble }

// queueKey gives the place of a record in the queue; nil when it waits for
// nobody. A settled assessment has its place by the customer, see dateKey.
func queueKey(r model.Record) []byte {
	place := func(class byte, at string) []byte {
		k := append([]byte{class}, at...)
		return append(k, r.Key()...)
	}
	since := func(s model.Stamp) string { return string(binary.BigEndian.AppendUint64(nil, uint64(s))) }
	switch r := r.(type) {
	case *model.Flag:
		if r.Cleared == nil {
			return place(classFlag, since(r.At))
		}
	case *model.Sighting:
		if r.Frozen() {
			return place(classContest, since(r.Contested.At))
		}
		if r.Withdrawn == nil {
			return place(classLapse, since(r.Lapses))
		}
	case *model.Promise, *model.Terms, *model.Farewell, *model.Improvement:
		return todayKey(r)
	case *model.Double:
		if r.Dismissed == nil {
			return place(classDouble, since(r.At))
		}
	case *model.Assessment:
		switch {
		case r.State == model.FitProposed && r.Proposed != nil:
			return place(classProposal, since(r.Proposed.At))
		case r.State == model.FitReturned && r.Returned != nil:
			return place(classReturned, since(r.Returned.At))
		}
	}
	return nil
}
