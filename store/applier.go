package store

import (
	"bytes"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// applier derives everything else from a batch, in the transaction that applies
// it: index keys (those of before out, those of after in), the journal by
// revision with its chain, totals, states and the queue. It is made of pure
// functions of records, so all of it can be made anew and compared.
type applier struct{}

// Derive implements [engine.Applier].
func (applier) Derive(tx engine.DerivedTx, rev engine.Rev, b *engine.Batch, before func([]byte) []byte) error {
	d := derivation{tx: tx, rev: model.Rev(rev), states: map[model.ID]bool{}, limbos: map[model.ID]bool{}}
	var err error
	if d.loading, err = loadLoading(tx); err != nil {
		return err
	}
	if d.sums, err = loadTotals(tx); err != nil {
		return err
	}
	was := d.sums
	if err := d.batch(b, before); err != nil {
		return err
	}
	for id := range d.states {
		if err := d.state(id); err != nil {
			return err
		}
	}
	for id := range d.limbos {
		if err := d.limbo(id); err != nil {
			return err
		}
	}
	if err := d.measures.flush(tx); err != nil {
		return err
	}
	if err := d.words.flush(tx); err != nil {
		return err
	}
	if d.entry != nil {
		if d.entry.Action == model.ActFound {
			if err := tx.Store(spaceMeta, keyDerived, derivedVersion); err != nil {
				return err
			}
		}
		if d.entry.Action == model.ActImportRows {
			if err := d.bulkSubjects(b, before); err != nil {
				return err
			}
		}
		if err := d.journal(); err != nil {
			return err
		}
	}
	if err := d.storeLoading(); err != nil {
		return err
	}
	if d.sums != was {
		return storeTotals(tx, d.sums)
	}
	return nil
}

// derivation is the work on one batch.
type derivation struct {
	tx      engine.DerivedTx
	rev     model.Rev
	sums    totals
	loading loadingSet        // imports that are not finished
	states  map[model.ID]bool // customers whose state may have changed
	limbos  map[model.ID]bool // customers of whom a contact or promise changed

	measures   measures
	whole      map[model.ID]bool // customers whose contacts are counted as a whole, see bulks
	words      wordCounts
	rebuilding bool // records come in key order, all of them new
	entry      *header
	raw        []byte // the entry as it stands on disk
}

// batch takes the records of a batch one by one. What goes from a customer goes
// first: a record that moves to another keeps its id, by which some indexes
// know it.
func (d *derivation) batch(b *engine.Batch, before func([]byte) []byte) error {
	d.bulks(b)
	hangs := func(k []byte) bool {
		return k[0] != byte(model.TableCustomer) && model.Key(k).Customer() != model.NoID
	}
	for _, k := range b.Deletes {
		if hangs(k) {
			if err := d.record(k, before(k), nil); err != nil {
				return err
			}
		}
	}
	for _, kv := range b.Puts {
		if err := d.record(kv.Key, before(kv.Key), kv.Value); err != nil {
			return err
		}
	}
	for _, k := range b.Deletes {
		if !hangs(k) {
			if err := d.record(k, before(k), nil); err != nil {
				return err
			}
		}
	}
	for id := range d.whole {
		d.countWhole(id, 1)
	}
	return nil
}

func (d *derivation) record(key, before, after []byte) error {
	switch key[0] {
	case tableHeader:
		var h header
		if err := unseal(string(key), after, &h); err != nil {
			return err
		}
		d.entry, d.raw = &h, after
		return nil
	case tablePayload:
		return d.subjects(key, after)
	case byte(model.TableCustomer):
		if l := d.loading.of(model.Key(key).Customer()); l != nil && l.phase == indexNone {
			return nil // a row of an import on its way in or out: not even decoded
		}
	}
	if !derived[model.Table(key[0])] {
		return nil
	}
	var was, now model.Record
	var err error
	if before != nil {
		if was, err = decode(key, before); err != nil {
			return err
		}
	}
	if after != nil {
		if now, err = decode(key, after); err != nil {
			return err
		}
	}
	return d.derive(was, now)
}

func (d *derivation) derive(was, now model.Record) error {
	any := now
	if any == nil {
		any = was
	}
	d.words.texts(was, -1)
	d.words.texts(now, 1)
	if err := d.words.full(d.tx); err != nil {
		return err
	}
	switch any.(type) {
	case *model.Customer:
		b, _ := was.(*model.Customer)
		a, _ := now.(*model.Customer)
		return d.customer(b, a)
	case *model.Import:
		b, _ := was.(*model.Import)
		a, _ := now.(*model.Import)
		return d.importing(b, a)
	case *model.Contact:
		b, _ := was.(*model.Contact)
		a, _ := now.(*model.Contact)
		if err := indexAnswers(d.tx, b, a); err != nil {
			return err
		}
		return d.contact(b, a)
	case *model.Hurt:
		b, _ := was.(*model.Hurt)
		a, _ := now.(*model.Hurt)
		return indexHurt(d.tx, b, a)
	case *model.Merged:
		b, _ := was.(*model.Merged)
		a, _ := now.(*model.Merged)
		return indexMerged(d.tx, b, a)
	case *model.Finance:
		b, _ := was.(*model.Finance)
		a, _ := now.(*model.Finance)
		return indexAccount(d.tx, b, a)
	case *model.Promise:
		d.limbos[any.Key().Customer()] = true
	case *model.Sighting, *model.Assessment, *model.Flag:
		d.states[any.Key().Customer()] = true
	}
	for _, s := range sharesOf(was) {
		d.measures.add(&s, -1)
	}
	for _, s := range sharesOf(now) {
		d.measures.add(&s, 1)
	}
	return requeue(d.tx, was, now)
}

// derived are the tables of whose records anything is derived.
var derived = map[model.Table]bool{
	model.TableCustomer: true, model.TableSighting: true, model.TableAssessment: true, model.TableFlag: true,
	model.TableDouble: true, model.TableImport: true, model.TableContact: true, model.TablePromise: true,
	model.TableException: true, model.TableTerms: true, model.TableSurvey: true, model.TableFarewell: true,
	model.TableHurt: true, model.TableImprovement: true, model.TableFinance: true,
	model.TableMerged: true,
	model.TableLesson: true, model.TableBanner: true,
}

// requeue moves a record's place in the queue.
func requeue(tx engine.DerivedTx, was, now model.Record) error {
	if was != nil {
		if k := queueKey(was); k != nil {
			if err := tx.Erase(spaceQueue, k); err != nil {
				return err
			}
		}
	}
	if now != nil {
		if k := queueKey(now); k != nil {
			return tx.Store(spaceQueue, k, []byte{})
		}
	}
	return nil
}

// customer indexes a customer. One whose import is not finished counts there
// and not in the book, and is indexed only if the others of its import are.
func (d *derivation) customer(was, now *model.Customer) error {
	either := now
	if either == nil {
		either = was
	}
	sums := &d.sums
	if l := d.loading.of(either.ID); l != nil {
		if l.phase == indexNone {
			return nil
		}
		sums, l.changed = &l.sums, true
	}
	sums.count(was, -1)
	sums.count(now, 1)
	return d.index(was, now)
}

// index moves a customer's places in the indexes.
func (d *derivation) index(was, now *model.Customer) error {
	if err := indexCustomer(d.tx, was, now); err != nil {
		return err
	}
	d.words.card(was, -1)
	d.words.card(now, 1)
	return d.words.full(d.tx)
}

// state recomputes what a customer's small records come to.
func (d *derivation) state(id model.ID) error {
	was, err := loadState(d.tx, id)
	if err != nil {
		return err
	}
	now, err := deriveState(d.tx, id)
	if err != nil {
		return err
	}
	if err := redate(d.tx, was.dateKey(id), now.dateKey(id)); err != nil {
		return err
	}
	d.sums.Flagged += one(now.Flags > 0) - one(was.Flags > 0)
	d.sums.Waiting += one(now.Waits) - one(was.Waits)
	return storeState(d.tx, id, now)
}

// redate moves a customer's verdict in the queue.
func redate(tx engine.DerivedTx, was, now []byte) error {
	if bytes.Equal(was, now) {
		return nil
	}
	if was != nil {
		if err := tx.Erase(spaceQueue, was); err != nil {
			return err
		}
	}
	if now == nil {
		return nil
	}
	return tx.Store(spaceQueue, now, []byte{})
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// subjects notes under each customer that an entry touched it.
func (d *derivation) subjects(key, value []byte) error {
	if value == nil || d.entry != nil && d.entry.Action == model.ActImportRows {
		return nil // rows of an import: see bulkSubjects
	}
	var p payload
	if err := unseal(string(key), value, &p); err != nil {
		return err
	}
	return storeSubjects(d.tx, &p, d.rev)
}

func storeSubjects(tx engine.DerivedTx, p *payload, rev model.Rev) error {
	for _, id := range subjectsOf(p) {
		if err := tx.Store(spaceSubject, idRev(id, rev), []byte{}); err != nil {
			return err
		}
	}
	return nil
}

// subjectsOf lists each customer that an entry touched once. Customers that an
// import brought, or that went with it, are found by way of the import instead.
func subjectsOf(p *payload) []model.ID {
	var out []model.ID
	seen := map[model.ID]bool{}
	for _, t := range p.Touched {
		if p.Bulk && (t.Before == nil || t.After == nil) {
			continue
		}
		if id := model.Key(t.Key).Customer(); id != model.NoID && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// bulkSubjects is subjects for rows of an import, without decoding a payload of
// thousands of records: those that stood before are listed.
func (d *derivation) bulkSubjects(b *engine.Batch, before func([]byte) []byte) error {
	for _, kv := range b.Puts {
		if kv.Key[0] != byte(model.TableCustomer) || before(kv.Key) == nil {
			continue
		}
		id := model.Key(kv.Key).Customer()
		if err := d.tx.Store(spaceSubject, idRev(id, d.rev), []byte{}); err != nil {
			return err
		}
	}
	return nil
}
