package model

// mergedIn finds what is left of a merged customer among the records of a step:
// only a merge and its undo have one.
func mergedIn(ch *Change) *Put {
	for i, p := range ch.Puts {
		if p.Key().Table() == TableMerged {
			return &ch.Puts[i]
		}
	}
	return nil
}

// mergedInto gives the customers that others went into.
func mergedInto(r Reader) (map[ID]bool, error) {
	all, err := FindAll[*Merged](r, TableKey(TableMerged, NoID))
	into := make(map[ID]bool, len(all))
	for _, m := range all {
		into[m.Into] = true
	}
	return into, err
}

// mayRestoreMerge holds the taking back of a merge, or its putting back, against
// what came since. The records move and nothing is decided with them, so the
// rules of each of them do not come into it: each stands as it was left.
func mayRestoreMerge(r Reader, ch *Change, p *Put) error {
	if m, ok := p.After.(*Merged); ok {
		return mayMergeAgain(r, ch, m)
	}
	m, ok := p.Before.(*Merged)
	if !ok {
		return nil
	}
	leaves := map[ID]bool{}
	for _, p := range ch.Puts {
		if k := p.Key(); p.After == nil && k.Customer() == m.Into && len(k) > 32 {
			var id ID
			copy(id[:], k[17:])
			leaves[id] = true
		}
	}
	keep, err := mustCustomer(r, m.Into)
	if err != nil {
		return err
	}
	for _, p := range ch.Puts { // as with an edit
		if c, ok := p.After.(*Customer); ok && c.ID == m.Into && c.Relation == Former && keep.Relation != Former {
			if err := noFarewell(r, keep); err != nil {
				return err
			}
		}
	}
	return nothingLeans(r, keep, leaves)
}

// nothingLeans refuses to take a verdict away from under what was built on it
// since: a farewell, or terms that were put to the customer.
func nothingLeans(r Reader, keep *Customer, leaves map[ID]bool) error {
	all, err := farewellsOf(r, keep.ID)
	if err != nil {
		return err
	}
	for _, f := range all {
		if !leaves[f.ID] && leaves[f.Assessment] {
			return NewError(KindConflict, "error.undo.farewell").WithHint("hint.undo.farewell")
		}
	}
	terms, err := FindAll[*Terms](r, prefixOf(TableTerms, keep.ID))
	if err != nil {
		return err
	}
	for _, t := range terms {
		if !leaves[t.ID] && leaves[t.Assessment] && t.Withdrawn == nil {
			return NewError(KindConflict, "error.undo.merge-terms", "Customer", keep.Name).WithHint("hint.undo.merge-terms")
		}
	}
	return nil
}

// mayMergeAgain asks what a merge asks, and that nothing came to hang since from
// the customer that goes.
func mayMergeAgain(r Reader, ch *Change, m *Merged) error {
	keep, gone, err := mergePair(r, m.Into, m.ID)
	if err != nil {
		return err
	}
	for _, p := range ch.Puts {
		if p.Key() == gone.Key() {
			if err := mayRestoreCustomer(r, p, ch); err != nil {
				return err
			}
		}
	}
	return Mergeable(r, keep, gone)
}
