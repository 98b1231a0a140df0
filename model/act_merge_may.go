package model

import "strings"

// Mergeable says why two customers cannot be made one now; nil if they can.
// What waits for a second person is decided first, about the customer it was
// proposed for (fit.md, Safeguard 2), and who is parted from is not taken up in
// another.
func Mergeable(r Reader, keep, gone *Customer) error {
	if err := plainNumbers(keep, gone); err != nil {
		return err
	}
	var newest, running [2]ID
	for i, c := range []*Customer{keep, gone} {
		all, err := FindAll[*Assessment](r, prefixOf(TableAssessment, c.ID))
		if err != nil {
			return err
		}
		for _, n := range all {
			switch {
			case n.State == FitProposed:
				return NotAllowed("error.merge.proposal", "Customer", c.Name).WithHint("hint.merge.proposal")
			case n.Running():
				running[i] = n.ID
			}
			if n.State != FitDropped {
				newest[i] = n.ID
			}
		}
		if err := noParting(r, c); err != nil {
			return err
		}
	}
	return oneRun(keep, gone, running, newest)
}

// noParting refuses while a farewell goes or an objection is unheard.
func noParting(r Reader, c *Customer) error {
	all, err := farewellsOf(r, c.ID)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.State == FarewellGoing || f.Unheard() {
			return NotAllowed("error.merge.farewell", "Customer", c.Name).WithHint("hint.merge.farewell")
		}
	}
	return nil
}

// oneRun keeps one running assessment for a customer, and the running one the
// newest: what is settled later must also be what began later.
func oneRun(keep, gone *Customer, running, newest [2]ID) error {
	if running[0] != NoID && running[1] != NoID {
		return NotAllowed("error.merge.running", "Customer", keep.Name, "Other", gone.Name).WithHint("hint.merge.running")
	}
	for i, c := range []*Customer{keep, gone} {
		if other := newest[1-i]; running[i] != NoID && string(other[:]) > string(running[i][:]) {
			return NotAllowed("error.merge.judged", "Customer", c.Name).WithHint("hint.merge.running")
		}
	}
	return nil
}

// plainNumbers refuses numbers that a list of numbers could not hold.
func plainNumbers(all ...*Customer) error {
	for _, c := range all {
		if strings.Contains(c.Number, ",") {
			return Invalid("error.merge.number", "Customer", c.Name, "Number", c.Number).WithHint("hint.merge.number")
		}
	}
	return nil
}

// PreviewMerge says what a merge would do now: the fields that differ with what
// is proposed for each, and how much comes over. Why it cannot be done stands in
// the answer and is no error.
func PreviewMerge(env *Env, r Reader, keep, gone ID) (MergePreview, error) {
	k, g, err := mergePair(r, keep, gone)
	if err != nil {
		return MergePreview{}, err
	}
	p := MergePreview{Keep: k, Gone: g, Fields: mergeFields(k, g), Moves: map[Table]int{}}
	for _, t := range History() {
		recs, err := r.Scan(prefixOf(t, g.ID))
		if err != nil {
			return p, err
		}
		if len(recs) > 0 {
			p.Moves[t] = len(recs)
		}
	}
	if err := p.single(env, r); err != nil {
		return p, err
	}
	err = Mergeable(r, k, g)
	if err == nil {
		err = MayDo(env.Role, ActMerge)
	}
	if err == nil {
		_, err = MergeCard(k, g, p.Proposed())
	}
	if e, ok := err.(*Error); ok { //nolint:errorlint // the model makes it
		if e.Kind == KindCorrupt {
			return p, err
		}
		p.Blocked, err = e, nil
	}
	return p, err
}

// single adds what a customer has one of: a choice where both have it.
func (p *MergePreview) single(env *Env, r Reader) error {
	for _, s := range []struct {
		field string
		key   func(ID) Key
	}{{MergeBanner, BannerKey}, {MergeFinance, FinanceKey}} {
		theirs, err := r.Get(s.key(p.Gone.ID))
		if err != nil {
			return err
		}
		ours, err := r.Get(s.key(p.Keep.ID))
		if err != nil {
			return err
		}
		switch {
		case over(theirs, env.Today()):
		case over(ours, env.Today()):
			p.Moves[theirs.Key().Table()] = 1
		default:
			p.Fields = append(p.Fields, MergeField{Field: s.field, Keep: singleText(ours), Gone: singleText(theirs)})
		}
	}
	return nil
}

// singleText tells two banners or accounts apart: the words, the day.
func singleText(rec Record) string {
	switch r := rec.(type) {
	case *Banner:
		return r.Words
	case *Finance:
		return string(r.AsOf)
	}
	return ""
}

// Proposed gives the fields that are proposed to be taken.
func (p *MergePreview) Proposed() []string {
	var out []string
	for _, f := range p.Fields {
		if f.Take {
			out = append(out, f.Field)
		}
	}
	return out
}
