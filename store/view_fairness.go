package store

import (
	"cmp"
	"context"
	"slices"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// Fairness tells how tags are used: by who noted them, and by the kind of
// customer they are about, with how many of each kind there are to hold that
// against. It reads the sightings in steps and ends with ctx.
func (s *Session) Fairness(ctx context.Context) (model.Fairness, error) {
	f := fairness{now: model.StampOf(s.book.now()), taggers: map[string]*fairTally{}, kinds: map[string]*fairTally{}}
	next := []byte{byte(model.TableSighting)}
	for end := engine.PrefixEnd(next); next != nil; {
		if err := ctx.Err(); err != nil {
			return model.Fairness{}, wrap(err)
		}
		err := s.snapshot(func(v *view) error {
			var err error
			next, err = f.step(v, next, end, s.book.load.scan)
			return err
		})
		if err != nil {
			return model.Fairness{}, err
		}
	}
	var out model.Fairness
	err := s.snapshot(func(v *view) error {
		t, err := loadTotals(v.der)
		if err != nil {
			return err
		}
		out = model.Fairness{Rev: model.Rev(v.tx.Rev()), Share: t.share(), Kinds: f.lines(f.kinds), Taggers: f.lines(f.taggers)}
		for i := range out.Taggers {
			id, _ := model.ParseID(out.Taggers[i].Key)
			if out.Taggers[i].Name, err = v.name(id); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// fairness is the work on one count.
type fairness struct {
	now            model.Stamp
	taggers, kinds map[string]*fairTally
	last           model.ID // customer that was looked up last
	kind           string   // "" for one that is not to be seen
}

type fairTally struct {
	model.TagFairness
	customers map[model.ID]bool
}

// step counts so many sightings; it gives where to go on, nil at the end.
func (f *fairness) step(v *view, from, end []byte, most int) (next []byte, err error) {
	n := 0
	v.tx.Scan(from, end, 0, func(k, val []byte, _ engine.Rev) bool {
		if n++; n > most {
			next = append([]byte(nil), k...)
			return false
		}
		var rec model.Record
		if rec, err = decode(k, val); err != nil {
			return false
		}
		g, _ := rec.(*model.Sighting)
		if g.Customer != f.last {
			if f.kind, err = v.kindOf(g.Customer); err != nil {
				return false
			}
			f.last = g.Customer
		}
		if f.kind != "" {
			f.count(f.taggers, g.By.String(), g)
			f.count(f.kinds, f.kind, g)
		}
		return true
	})
	return next, err
}

// kindOf gives the kind of a customer; "" for one that is not to be seen.
func (v *view) kindOf(id model.ID) (string, error) {
	if v.hidden(id) {
		return "", nil
	}
	c, err := model.Find[*model.Customer](v.r, model.CustomerKey(id))
	if err != nil || c == nil {
		return "", err
	}
	return string(c.Kind), nil
}

func (f *fairness) count(in map[string]*fairTally, key string, g *model.Sighting) {
	t := in[key]
	if t == nil {
		t = &fairTally{TagFairness: model.TagFairness{Key: key}, customers: map[model.ID]bool{}}
		in[key] = t
	}
	t.Sightings++
	t.Contested += one(g.Contested != nil)
	t.Withdrawn += one(g.Withdrawn != nil)
	t.Lapsed += one(g.Withdrawn == nil && g.Confirmed == nil && g.Lapses <= f.now)
	t.OwnWords += one(g.Signal == "")
	t.customers[g.Customer] = true
}

// lines gives the counts by sightings, most first.
func (f *fairness) lines(in map[string]*fairTally) []model.TagFairness {
	out := make([]model.TagFairness, 0, len(in))
	for _, t := range in {
		t.Customers = len(t.customers)
		out = append(out, t.TagFairness)
	}
	slices.SortFunc(out, func(a, b model.TagFairness) int {
		return cmp.Or(cmp.Compare(b.Sightings, a.Sightings), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// share gives the customers of each kind.
func (t *totals) share() map[string]int {
	out := map[string]int{}
	for i, k := range customerKinds {
		out[string(k)] = t.Kinds[i]
	}
	return out
}

// customerKinds are the kinds in the order in which totals count them.
var customerKinds = [...]model.CustomerKind{model.Private, model.Business, model.Internal}
