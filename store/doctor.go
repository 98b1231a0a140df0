package store

import (
	"bytes"
	"context"
	"fmt"
	"hash/maphash"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// maxFaults is how many faults a report lists.
const maxFaults = 1000

// spaces are all derived data.
var spaces = append([]engine.Space{spaceMeta, spaceRev}, rebuilt...)

// rebuilt are the spaces that a rebuild makes anew from nothing. The chain of
// the journal is evidence and stays; see rebuild.
var rebuilt = []engine.Space{spaceName, search.SpaceTerm, spaceState, spaceQueue, spaceLoading,
	spaceTimeline, spaceThread, spaceLimbo, spaceHurt, spaceAnswer, spaceWorth, spaceAccount,
	spaceDaily, spaceCell, spaceWords, spaceCard, spaceMerged, spaceSubject, spaceGroup, spaceStand, spaceTaken, spaceUndone}

// Doctor checks every record, every index and the chain of the journal, in one
// snapshot and in little memory whatever the size of the book: what a record
// should have in an index is looked up, and the keys of each index are counted.
// Progress, where given, hears how many records were checked. Damage deeper in
// the file can keep a reader busy for ever or end the process, so a suspect
// file is best checked in a child process.
func (b *Book) Doctor(ctx context.Context, progress func(int)) (model.DoctorReport, error) {
	var rep model.DoctorReport
	var c *checkup
	err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		rep = model.DoctorReport{Rev: model.Rev(tx.Rev()), Faults: []model.Fault{}}
		c = newCheckup(ctx, &rep, tx, der)
		if err := c.records(progress); err != nil {
			return err
		}
		if err := c.journal(); err != nil {
			return err
		}
		if err := c.measures(); err != nil {
			return err
		}
		if err := c.words(); err != nil {
			return err
		}
		return c.counts()
	})
	if err == nil && len(rep.Faults) == 0 { // of a damaged book the rest would only say so again
		err = b.checkSearch(ctx, c)
	}
	return rep, wrap(err)
}

func (c *checkup) fault(where, what string, index bool) {
	if len(c.Faults) >= maxFaults {
		c.Cut = true
		return
	}
	c.Faults = append(c.Faults, model.Fault{Where: where, What: what, Index: index})
}

// checkup is one walk through the book.
type checkup struct {
	*model.DoctorReport
	ctx     context.Context //nolint:containedctx // lives as long as the walk
	tx      engine.Tx
	der     engine.Derived
	loading loadingSet           // by the records, with what the index says of each
	want    map[engine.Space]int // keys each space should have
	sums    totals
	last    model.ID // customer whose state was looked at last

	headers, payloads int // records of the journal
	kept              int // records that the journal must know of
	known             int // of those, how many it knows
	guards, claims    int // guards there are, and texts that should have one
	replay            replay
	gone              map[uint64]model.Rev // records that an entry left and that are not there
	said              wordSum
}

func newCheckup(ctx context.Context, rep *model.DoctorReport, tx engine.Tx, der engine.Derived) *checkup {
	c := &checkup{DoctorReport: rep, ctx: ctx, tx: tx, der: der, loading: loadingSet{}, want: map[engine.Space]int{},
		replay: newReplay(), gone: map[uint64]model.Rev{}, said: wordSum{seed: maphash.MakeSeed()}}
	said, err := loadLoading(der)
	if err != nil {
		c.fault(string(spaceLoading), "doctor.fault.index", true)
	}
	from := []byte{byte(model.TableImport)}
	tx.Scan(from, engine.PrefixEnd(from), 0, func(k, v []byte, _ engine.Rev) bool {
		rec, err := decode(k, v)
		if imp, ok := rec.(*model.Import); err == nil && ok && imp.State == model.ImportLoading {
			l := said.of(imp.ID)
			if l == nil {
				l = &loadingImport{id: imp.ID}
			}
			c.loading.add(l)
		}
		return true
	})
	return c
}

// records decodes every record and checks what refers to what.
func (c *checkup) records(progress func(int)) error {
	var before []byte
	c.tx.Scan(nil, nil, 0, func(k, v []byte, rev engine.Rev) bool {
		if before != nil && bytes.Compare(before, k) >= 0 { // pages that point in a circle
			c.fault("records", "doctor.fault.record", false)
			return false
		}
		before = append(before[:0], k...)
		c.Records++
		if c.Records%4096 == 0 {
			if progress != nil {
				progress(c.Records)
			}
			if c.ctx.Err() != nil {
				return false
			}
		}
		if model.Rev(rev) > c.Rev {
			c.fault(model.Key(k).String(), "doctor.fault.future", false)
		}
		c.record(k, v, rev)
		return true
	})
	if c.guards != c.claims {
		c.fault("u", "doctor.fault.guards", false)
	}
	return c.ctx.Err()
}

func (c *checkup) record(k, v []byte, rev engine.Rev) {
	switch k[0] {
	case tableHeader:
		c.headers++
		var h header
		if unseal(string(k), v, &h) != nil {
			c.fault(model.Key(k).String(), "doctor.fault.record", false)
		}
		if c.der.Load(spaceRev, revKey(model.Rev(rev))) == nil {
			c.fault(fmt.Sprintf("journal/%d", rev), "doctor.fault.entry-lost", true)
		}
		return
	case tablePayload:
		c.payloads++
		var p payload
		if unseal(string(k), v, &p) != nil {
			c.fault(model.Key(k).String(), "doctor.fault.record", false)
		}
		return
	}
	if t := model.Table(k[0]); t != model.TableDraft && t != model.TableClaim {
		c.kept++
	}
	rec, err := decode(k, v)
	switch {
	case err != nil:
		c.fault(model.Key(k).String(), "doctor.fault.record", false)
		return
	case rec.Key() != model.Key(k):
		c.fault(model.Key(k).String(), "doctor.fault.key", false)
		return
	}
	c.refers(rec)
	c.derives(rec)
}

// refers checks that what a record hangs from is there, and that what must be
// unique is claimed.
func (c *checkup) refers(rec model.Record) {
	switch r := rec.(type) {
	case *model.Customer:
		if r.Number != "" {
			c.claimed(rec, model.SpaceNumber, r.Number, r.ID)
		}
		for _, n := range model.SplitNumbers(r.Formerly) {
			c.claimed(rec, model.SpaceNumber, n, r.ID)
		}
	case *model.Person:
		c.claimed(rec, model.SpacePerson, model.FoldPerson(r.Name), r.ID)
		for _, uid := range r.UIDs {
			c.claimed(rec, model.SpaceUID, fmt.Sprint(uid), r.ID)
		}
	case *model.Standard:
		c.claimed(rec, model.SpaceStandard, model.FoldPerson(r.Name), r.ID)
	case *model.Referral:
		c.claimed(rec, model.SpaceReferral, model.FoldPerson(r.Name), r.ID)
	case *model.AccessKey:
		c.claimed(rec, model.SpaceKey, r.Fingerprint(), r.Person)
		if v, _ := c.tx.Get([]byte(model.PersonKey(r.Person))); v == nil {
			c.fault(rec.Key().String(), "doctor.fault.orphan-key", false)
		}
	case *model.Guard:
		c.guards++
	}
	id := rec.Key().Customer()
	if id == model.NoID || rec.Key() == model.CustomerKey(id) {
		return
	}
	if v, _ := c.tx.Get([]byte(model.CustomerKey(id))); v == nil {
		c.fault(rec.Key().String(), "doctor.fault.orphan", false)
	}
}

func (c *checkup) claimed(rec model.Record, space, text string, owner model.ID) {
	c.claims++
	key := []byte(model.GuardKey(space, text))
	v, _ := c.tx.Get(key)
	if v == nil {
		c.fault(rec.Key().String(), "doctor.fault.guard", false)
		return
	}
	g, err := decode(key, v)
	if err != nil {
		return // reported with the records
	}
	if g, ok := g.(*model.Guard); !ok || g.Owner != owner {
		c.fault(rec.Key().String(), "doctor.fault.guard", false)
	}
}
