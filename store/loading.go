package store

import (
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

// An import that is not finished has an entry in spaceLoading. Its value says
// what of its customers is in the indexes, all of which leave them out of
// sight: nothing (empty), perhaps some (one byte, while sorted runs are being
// written or taken out), or all of them (their totals). So a process that ends
// at any moment leaves indexes that one can go on from.
type loadingImport struct {
	id      model.ID
	phase   indexPhase
	sums    totals // when all are indexed
	changed bool
}

type indexPhase byte

const (
	indexNone indexPhase = iota
	indexSome
	indexAll
)

// loadingSet finds an unfinished import by the beginning of a customer's id.
type loadingSet map[[importPrefix]byte]*loadingImport

func (s loadingSet) of(id model.ID) *loadingImport {
	if len(s) == 0 {
		return nil
	}
	return s[[importPrefix]byte(id[:])]
}

func (s loadingSet) add(l *loadingImport) { s[[importPrefix]byte(l.id[:])] = l }

func loadLoading(d engine.Derived) (loadingSet, error) {
	s := loadingSet{}
	var failed error
	walk(d, spaceLoading, nil, func(k, v []byte) bool {
		l := &loadingImport{}
		copy(l.id[:], k)
		switch {
		case len(v) == 1:
			l.phase = indexSome
		case len(v) > 1:
			l.phase = indexAll
			failed = unseal(string(k), v, &l.sums)
		}
		s.add(l)
		return failed == nil
	})
	return s, failed
}

func (l *loadingImport) store(tx engine.DerivedTx) error {
	v := []byte{}
	switch l.phase {
	case indexNone:
	case indexSome:
		v = []byte{1}
	case indexAll:
		var err error
		if v, err = seal(string(l.id[:]), l.sums); err != nil {
			return err
		}
	}
	return tx.Store(spaceLoading, l.id[:], v)
}

// storeLoading writes the totals of imports whose unseen customers changed.
func (d *derivation) storeLoading() error {
	for _, l := range d.loading {
		if l.changed && l.phase == indexAll {
			if err := l.store(d.tx); err != nil {
				return err
			}
		}
	}
	return nil
}

// count adds a customer to totals n times; n may be below 0.
func (t *totals) count(c *model.Customer, n int) {
	if c != nil {
		t.Customers += n
		t.Revenue += int64(n) * c.Revenue
		if i := slices.Index(customerKinds[:], c.Kind); i >= 0 {
			t.Kinds[i] += n
		}
	}
}

// add adds other totals of customers n times; n may be below 0.
func (t *totals) add(o *totals, n int) {
	t.Customers += n * o.Customers
	t.Revenue += int64(n) * o.Revenue
	for i := range t.Kinds {
		t.Kinds[i] += n * o.Kinds[i]
	}
}

// importing follows an import. While it loads its customers stay out of sight.
// When it is done they come into every index at once, unless they are there
// already from sorted runs. When its end is undone they go out of sight and
// stay in the indexes until the rows are taken back or [Book.unindex] was there.
func (d *derivation) importing(was, now *model.Import) error {
	wasLoading := was != nil && was.State == model.ImportLoading
	isLoading := now != nil && now.State == model.ImportLoading
	switch {
	case isLoading && !wasLoading:
		l := &loadingImport{id: now.ID}
		if was != nil {
			var err error
			l.phase = indexAll
			if l.sums, err = importTotals(d.tx, now.ID); err != nil {
				return err
			}
			d.sums.add(&l.sums, -1)
		}
		d.loading.add(l)
		return l.store(d.tx)
	case wasLoading && !isLoading:
		l := d.loading.of(was.ID)
		delete(d.loading, [importPrefix]byte(was.ID[:]))
		if err := d.tx.Erase(spaceLoading, was.ID[:]); err != nil || now == nil || l == nil {
			return err
		}
		if l.phase == indexAll {
			d.sums.add(&l.sums, 1)
			return nil
		}
		return d.indexImport(now.ID)
	}
	return nil
}

// indexImport brings the customers of an import into the indexes one by one.
func (d *derivation) indexImport(imp model.ID) error {
	return eachImported(d.tx, imp, nil, 0, func(c *model.Customer) error {
		d.sums.count(c, 1)
		return d.index(nil, c)
	})
}

func importTotals(tx engine.Tx, imp model.ID) (totals, error) {
	var t totals
	err := eachImported(tx, imp, nil, 0, func(c *model.Customer) error {
		t.count(c, 1)
		return nil
	})
	return t, err
}

// eachImported decodes the customers of an import in order, from one on (nil:
// the first), at most limit (0: all).
func eachImported(tx engine.Tx, imp model.ID, from []byte, limit int, f func(*model.Customer) error) error {
	prefix := append([]byte{byte(model.TableCustomer)}, imp[:importPrefix]...)
	if from == nil {
		from = prefix
	}
	var failed error
	tx.Scan(from, engine.PrefixEnd(prefix), limit, func(k, v []byte, _ engine.Rev) bool {
		r, err := decode(k, v)
		if err != nil {
			failed = err
			return false
		}
		c, _ := r.(*model.Customer)
		failed = f(c)
		return failed == nil
	})
	return failed
}

// ofImport reports whether a key of an index of customers is of an import's
// customer: such keys end in the customer's id.
func ofImport(k []byte, imp model.ID) bool {
	return len(k) >= 16 && string(k[len(k)-16:len(k)-16+importPrefix]) == string(imp[:importPrefix])
}

// customerSpaces are the indexes of customers that an import fills.
var customerSpaces = []engine.Space{spaceName, search.SpaceTerm, spaceWorth, spaceCard}
