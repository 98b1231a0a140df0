package model

import "strings"

// CarryDrafts brings drafts of forms about a customer that was merged to the one
// it went into, unless one lies there. The form of a card stays behind: what was
// typed in it is about the other card.
type CarryDrafts struct {
	From, To ID
}

// Name is [ActDraft].
func (CarryDrafts) Name() ActionName { return ActDraft }

// Decide renames the drafts, quietly.
func (a CarryDrafts) Decide(_ *Env, r Reader) (*Change, error) {
	ch := &Change{Quiet: true}
	m, err := Find[*Merged](r, MergedKey(a.From))
	if err != nil || m == nil || m.Into != a.To {
		return ch, err
	}
	all, err := FindAll[*Draft](r, TableKey(TableDraft, NoID))
	if err != nil {
		return nil, err
	}
	from, to := a.From.String(), a.To.String()
	for _, d := range all {
		if !strings.Contains(d.Form, from) || strings.HasPrefix(d.Form, "edit/") {
			continue
		}
		after := *d
		after.Form = strings.ReplaceAll(d.Form, from, to)
		has, err := r.Get(after.Key())
		if err != nil {
			return nil, err
		}
		if has == nil {
			ch.Remove(d)
			ch.Add(&after)
		}
	}
	return ch, nil
}
