package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"pasvorm/model"
	"pasvorm/store/engine"
	"pasvorm/store/search"
)

const (
	// maxDoubles is how many candidates an import queues.
	maxDoubles = 10_000
	// minPhone is how many digits a number has that tells people apart.
	minPhone = 9
	// smallBook is how many customers are all looked at for doubles, however
	// small the import.
	smallBook = 50_000
	// maxAlike is how many customers with one term are looked at when a small
	// import is held against a large book.
	maxAlike = 200
)

// doubles finds customers that may be the same: same mail address, same phone
// number, or same name and postcode. It sorts what they share, so that it needs
// little memory whatever the size of the file and of the book.
type doubles struct {
	keys *sorter
	buf  []byte
}

func newDoubles(dir string) *doubles { return &doubles{keys: newSorter(dir)} }

// The ways in which two customers are the same, as in [model.Double].
var sameBy = map[byte]string{'m': "mail", 'p': "phone", 'n': "name-postcode"}

// add notes what a customer can be known by. The ones that stood in the book
// before the import sort first.
func (d *doubles) add(c *model.Customer, isNew bool) error {
	var err error
	note := func(kind byte, text string) {
		h := fingerprint(kind, text)
		d.buf = binary.BigEndian.AppendUint64(d.buf[:0], h)
		age := byte(0)
		if isNew {
			age = 1
		}
		d.buf = append(append(d.buf, kind, age), c.ID[:]...)
		err = errors.Join(err, d.keys.add(d.buf))
	}
	if m := foldMail(c.Email); m != "" {
		note('m', m)
	}
	for _, p := range []string{search.Phone(c.Phone), search.Phone(c.Mobile)} {
		if len(p) >= minPhone {
			note('p', p)
		}
	}
	if c.Postcode != "" {
		note('n', search.Fold(c.Name)+"\x00"+foldPostcode(c.Postcode))
	}
	return err
}

func foldMail(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if !strings.Contains(s, "@") {
		return ""
	}
	return s
}

func foldPostcode(s string) string { return strings.ReplaceAll(search.Fold(s), " ", "") }

// fingerprint is FNV-1a in 64 bits.
func fingerprint(kind byte, text string) uint64 {
	h := (uint64(14695981039346656037) ^ uint64(kind)) * 1099511628211
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}

// pairs gives the candidates, and how many there are in all. Each new customer
// is paired with the first that shares something with it.
func (d *doubles) pairs(limit int) (out []model.ImportDouble, found int, err error) {
	var group []byte
	var first model.ID
	seen := map[[2]model.ID]bool{}
	err = d.keys.merge(func(k []byte) error {
		var id model.ID
		copy(id[:], k[10:])
		if !bytes.Equal(k[:9], group) {
			group, first = append(group[:0], k[:9]...), id
			return nil
		}
		pair := [2]model.ID{first, id}
		if k[9] == 0 || first == id || seen[pair] {
			return nil
		}
		found++
		if len(out) < limit {
			seen[pair] = true
			out = append(out, model.ImportDouble{A: first, B: id, Same: sameBy[k[8]]})
		}
		return nil
	})
	slices.SortFunc(out, func(a, b model.ImportDouble) int {
		if c := bytes.Compare(a.B[:], b.B[:]); c != 0 {
			return c
		}
		return bytes.Compare(a.A[:], b.A[:])
	})
	return out, found, err
}

// addKnown adds the customers of the book that the new ones may be doubles of:
// all of them, or for a small import those that share a term.
func (d *doubles) addKnown(ctx context.Context, b *Book, imp *model.Import) error {
	var t totals
	var loading loadingSet
	err := b.eng.Snapshot(func(_ engine.Tx, der engine.Derived) error {
		var e1, e2 error
		t, e1 = loadTotals(der)
		loading, e2 = loadLoading(der)
		return errors.Join(e1, e2)
	})
	if err != nil || t.Customers == 0 {
		return err
	}
	if t.Customers > smallBook && imp.Added <= b.load.small {
		return d.addAlike(ctx, b, imp, loading)
	}
	from := []byte{byte(model.TableCustomer)}
	return b.eachCustomer(ctx, from, engine.PrefixEnd(from), func(c *model.Customer) error {
		if loading.of(c.ID) != nil {
			return nil
		}
		return d.add(c, false)
	})
}

func (d *doubles) addAlike(ctx context.Context, b *Book, imp *model.Import, loading loadingSet) error {
	seen := map[model.ID]bool{}
	return b.eachOfImport(ctx, imp.ID, func(c *model.Customer) error {
		var alike []*model.Customer
		err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
			for _, term := range []string{foldMail(c.Email), search.Phone(c.Phone), search.Phone(c.Mobile), foldPostcode(c.Postcode)} {
				if term == "" {
					continue
				}
				n := 0
				walk(der, search.SpaceTerm, append([]byte(term), 0), func(k, _ []byte) bool {
					n++
					id := idOfNameKey(k)
					if seen[id] || loading.of(id) != nil {
						return n < maxAlike
					}
					seen[id] = true
					key := []byte(model.CustomerKey(id))
					if v, _ := tx.Get(key); v != nil {
						if r, err := decode(key, v); err == nil {
							known, _ := r.(*model.Customer)
							alike = append(alike, known)
						}
					}
					return n < maxAlike
				})
			}
			return nil
		})
		for _, known := range alike {
			err = errors.Join(err, d.add(known, false))
		}
		return err
	})
}

// index writes the indexes of a large import, and finds the doubles beside it:
// writing them keeps one processor busy and no more.
func (i *importer) index(ctx context.Context) (pairs []model.ImportDouble, found int, err error) {
	beside, cancel := context.WithCancel(ctx)
	defer cancel()
	paired := make(chan error, 1)
	go func() {
		err := i.doubles.addKnown(beside, i.b, i.imp)
		if err == nil {
			pairs, found, err = i.doubles.pairs(max(0, min(i.b.load.doubles, i.b.eng.Limits().Operations-8)))
		}
		paired <- err
	}()
	if i.runs.sums.Customers > i.b.load.small {
		if err = i.b.indexSorted(ctx, i.imp.ID, i.runs); err != nil {
			cancel()
		}
	}
	if e := <-paired; err == nil {
		err = e
	}
	return pairs, found, err
}
