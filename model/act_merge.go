package model

// Merge makes one customer of two that are the same. Everything that hangs from
// Gone comes over to Keep under the ids it has; what else names Gone names Keep
// from then on. Of Gone a [Merged] remains, so that whoever has the old id or
// number finds Keep.
type Merge struct {
	Keep, Gone ID
	Take       []string // fields, as in [MergeField], that Keep gets from Gone
	Typed      string   // the name of Gone, typed over
}

// What one customer has one of: like a field, the one of Keep stands unless it
// has none or the other's is taken.
const (
	MergeBanner  = "banner"
	MergeFinance = "finance"
)

// Name is [ActMerge].
func (Merge) Name() ActionName { return ActMerge }

// Decide carries over record by record, as one change: it is done whole, and
// one undo makes two customers again.
func (a Merge) Decide(env *Env, r Reader) (*Change, error) {
	keep, gone, err := mergePair(r, a.Keep, a.Gone)
	if err != nil {
		return nil, err
	}
	if err := Mergeable(r, keep, gone); err != nil {
		return nil, err
	}
	card, err := MergeCard(keep, gone, a.Take)
	if err != nil {
		return nil, err
	}
	if err := checkTyped(a.Typed, gone.Name); err != nil {
		return nil, err
	}
	m := &merging{env: env, r: r, keep: keep, gone: gone, take: map[string]bool{}, ch: &Change{Made: keep.ID}}
	for _, f := range a.Take {
		m.take[f] = true
	}
	for _, step := range []func() error{m.history, m.hurts, m.single, m.numbers, m.doubles} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if *card != *keep {
		m.ch.Replace(keep, card)
	}
	m.ch.Remove(gone)
	m.ch.Add(&Merged{ID: gone.ID, Into: keep.ID, By: env.Actor.Person, At: env.Stamp(), Name: gone.Name, Number: gone.Number})
	m.ch.Message = Say("journal.merge", "Customer", card.Name, "Other", gone.Name, "Count", m.moved)
	if m.moved == 0 {
		m.ch.Message = Say("journal.merge.card", "Customer", card.Name, "Other", gone.Name)
	}
	return m.ch, nil
}

// mergePair finds both customers.
func mergePair(r Reader, keep, gone ID) (k, g *Customer, err error) {
	if keep == gone {
		return nil, nil, Invalid("error.merge.self").WithHint("hint.merge.other")
	}
	if k, err = mustCustomer(r, keep); err != nil {
		return nil, nil, err
	}
	if g, err = mustCustomer(r, gone); err != nil {
		return nil, nil, err
	}
	return k, g, nil
}

// merging is the work on one merge.
type merging struct {
	env        *Env
	r          Reader
	keep, gone *Customer
	take       map[string]bool
	ch         *Change
	moved      int // records that came over
}

// history moves what happened: each record goes under Keep with its id.
func (m *merging) history() error {
	for _, t := range History() {
		if t == TableHurt {
			continue
		}
		recs, err := m.r.Scan(prefixOf(t, m.gone.ID))
		if err != nil {
			return err
		}
		for _, rec := range recs {
			after, err := rehung(rec, m.keep.ID)
			if err != nil {
				return err
			}
			m.ch.Remove(rec)
			m.ch.Add(after)
			m.moved++
		}
	}
	return nil
}

// hurts moves the links to improvements, of which a customer has one each: where
// both have it they are joined.
func (m *merging) hurts() error {
	all, err := FindAll[*Hurt](m.r, prefixOf(TableHurt, m.gone.ID))
	if err != nil {
		return err
	}
	for _, h := range all {
		m.ch.Remove(h)
		m.moved++
		after := *h
		after.Customer = m.keep.ID
		has, err := Find[*Hurt](m.r, after.Key())
		if err != nil {
			return err
		}
		if has == nil {
			m.ch.Add(&after)
			continue
		}
		if joined := joinHurt(has, &after); *joined != *has {
			m.ch.Replace(has, joined)
		}
	}
	return nil
}

// joinHurt makes one link of two: the customer was hurt since the earlier one,
// and was told when either says so.
func joinHurt(a, b *Hurt) *Hurt {
	out := *a
	if b.At < a.At {
		out.At, out.By = b.At, b.By
	}
	if out.Told == nil {
		out.Told = b.Told
	}
	out.Confirmed = a.Confirmed || b.Confirmed
	return &out
}

// single settles what a customer has one of.
func (m *merging) single() error {
	for _, s := range []struct {
		field string
		key   func(ID) Key
	}{{MergeBanner, BannerKey}, {MergeFinance, FinanceKey}} {
		theirs, err := m.r.Get(s.key(m.gone.ID))
		if err != nil {
			return err
		}
		if theirs == nil {
			continue
		}
		ours, err := m.r.Get(s.key(m.keep.ID))
		if err != nil {
			return err
		}
		m.ch.Remove(theirs)
		if !over(ours, m.env.Today()) && !m.take[s.field] {
			continue
		}
		after, err := rehung(theirs, m.keep.ID)
		if err != nil {
			return err
		}
		m.ch.Puts = append(m.ch.Puts, Put{Before: ours, After: after})
		m.moved++
	}
	return nil
}

// over reports whether a record says nothing: it is not there, or it is a
// banner of the past.
func over(rec Record, today Day) bool {
	b, ok := rec.(*Banner)
	return rec == nil || ok && b.Until < today
}

// numbers has the guards of Gone's numbers point to Keep: the number stays
// unique and leads to the customer it means now.
func (m *merging) numbers() error {
	for _, n := range numbersOf(m.gone) {
		g, err := Find[*Guard](m.r, GuardKey(SpaceNumber, n))
		if err != nil {
			return err
		}
		if g != nil && g.Owner == m.gone.ID {
			m.ch.Replace(g, &Guard{Text: g.Text, Owner: m.keep.ID})
		}
	}
	return nil
}

// doubles takes the pair out of the queue, and has the others that name Gone
// name Keep. No pair comes to stand twice, and a pair that somebody found to be
// two customers does not come back.
func (m *merging) doubles() error {
	all, err := FindAll[*Double](m.r, TableKey(TableDouble, NoID))
	if err != nil {
		return err
	}
	pairs := map[[2]ID]bool{}
	for _, d := range all {
		if d.A != m.gone.ID && d.B != m.gone.ID {
			pairs[pairOf(d.A, d.B)] = true
		}
	}
	for _, d := range all {
		if d.A != m.gone.ID && d.B != m.gone.ID {
			continue
		}
		after := *d
		if after.A == m.gone.ID {
			after.A = m.keep.ID
		}
		if after.B == m.gone.ID {
			after.B = m.keep.ID
		}
		if after.A == after.B && d.Dismissed == nil { // the case that this merge decides
			if err := notHeld(m.env, m.r, d.ID); err != nil {
				return err
			}
		}
		if p := pairOf(after.A, after.B); after.A == after.B || pairs[p] {
			m.ch.Remove(d)
		} else {
			pairs[p] = true
			m.ch.Replace(d, &after)
		}
	}
	return nil
}

// pairOf is a pair whatever its order.
func pairOf(a, b ID) [2]ID {
	if string(a[:]) > string(b[:]) {
		a, b = b, a
	}
	return [2]ID{a, b}
}

// rehung gives a record as it hangs from another customer.
func rehung(rec Record, to ID) (Record, error) { //nolint:ireturn // any of the tables of a customer
	switch r := rec.(type) {
	case *Sighting:
		c := *r
		c.Customer = to
		return &c, nil
	case *Assessment:
		c := *r
		c.Customer = to
		return &c, nil
	case *Flag:
		c := *r
		c.Customer = to
		return &c, nil
	case *Contact:
		c := *r
		c.Customer = to
		return &c, nil
	case *Promise:
		c := *r
		c.Customer = to
		return &c, nil
	case *Exception:
		c := *r
		c.Customer = to
		return &c, nil
	case *Terms:
		c := *r
		c.Customer = to
		return &c, nil
	case *Survey:
		c := *r
		c.Customer = to
		return &c, nil
	case *Farewell:
		c := *r
		c.Customer = to
		return &c, nil
	case *Lesson:
		c := *r
		c.Customer = to
		return &c, nil
	case *Banner:
		c := *r
		c.Customer = to
		return &c, nil
	case *Finance:
		c := *r
		c.Customer = to
		return &c, nil
	}
	return nil, NewError(KindInternal, "error.internal")
}

// freeFormer gives back the numbers that a customer had from merges.
func freeFormer(r Reader, ch *Change, c *Customer) error {
	for _, n := range SplitNumbers(c.Formerly) {
		g, err := Find[*Guard](r, GuardKey(SpaceNumber, n))
		if err != nil {
			return err
		}
		if g != nil && g.Owner == c.ID {
			ch.Remove(g)
		}
	}
	return nil
}
