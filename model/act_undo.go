package model

import "bytes"

// Undo takes one revision back, or puts it back with Redo. The book finds out
// which revisions a key press or a number means (see the store) and hands them
// one by one, sharing a group, so that a bulk change is one step.
type Undo struct {
	Rev  Rev
	Redo bool
}

// Name is [ActUndo].
func (Undo) Name() ActionName { return ActUndo }

// Decide restores the records as they stood before the entry, if they still
// stand as it left them.
func (a Undo) Decide(env *Env, r Reader) (*Change, error) {
	j := r.Journal()
	e, err := j.Entry(a.Rev)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, NotFound("error.undo.unknown", "Rev", uint64(a.Rev))
	}
	if err := mayUndo(env, e, a.Redo); err != nil {
		return nil, err
	}
	what, err := j.Entry(undone(e))
	if err != nil {
		return nil, err
	}
	if what == nil {
		return nil, NotFound("error.undo.unknown", "Rev", uint64(a.Rev))
	}
	if err := MayDo(env.Role, what.Action); err != nil {
		return nil, err
	}
	id := "journal.undo"
	if a.Redo {
		id = "journal.redo"
	}
	ch := &Change{Message: Message{ID: id, Args: map[string]any{"Rev": uint64(what.Rev), "What": what.Message.ID}},
		Undo: &UndoOf{Revs: []Rev{what.Rev}, Redo: a.Redo}}
	for k, v := range what.Message.Args {
		if k == "What" { // of a bulk change: what each of them was
			k = "Of"
		}
		if _, taken := ch.Message.Args[k]; !taken {
			ch.Message.Args[k] = v
		}
	}
	switch what.Action {
	case ActImportRows:
		return ch, undoRows(r, e, ch)
	case ActFinanceRows, ActSurveyRows:
		return ch, undoLines(env, r, e, ch, a.Redo)
	case ActImportDone:
		return ch, undoFinish(r, e, ch)
	}
	for _, c := range e.Changes {
		now, err := j.Digest(c.Key)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(now, c.After) {
			return nil, changedSince(env, r, e, c.Key)
		}
		cur, err := r.Get(c.Key)
		if err != nil {
			return nil, err
		}
		ch.Puts = append(ch.Puts, Put{Before: cur, After: c.Before})
	}
	if err := mayRestore(env, r, e, ch, a.Redo); err != nil {
		return nil, err
	}
	return ch, nil
}

// undone gives the ordinary entry that an undo entry speaks of; an ordinary
// entry speaks of itself.
func undone(e *Entry) Rev {
	if e.Undo != nil && len(e.Undo.Revs) > 0 {
		return e.Undo.Revs[0]
	}
	return e.Rev
}

// mayUndo asks for the rights of both: to undo, and to what is taken back.
func mayUndo(env *Env, e *Entry, redo bool) error {
	if e.Final {
		return NotAllowed("error.undo.final")
	}
	isUndo := e.Undo != nil && !e.Undo.Redo
	if redo != isUndo || (!redo && e.Undo != nil) {
		return Invalid("error.undo.kind", "Rev", uint64(e.Rev))
	}
	if e.Undone {
		return Invalid("error.undo.already", "Rev", uint64(e.Rev))
	}
	if !env.Actor.Is(e.Actor.Person) && env.Role < RoleLead {
		return NotAllowed("error.undo.others").WithHint("hint.ask-lead")
	}
	return nil
}

func changedSince(env *Env, r Reader, e *Entry, k Key) error {
	if err := revokedSince(r, k); err != nil {
		return err
	}
	out := NewError(KindConflict, "error.undo.changed", "Rev", uint64(e.Rev)).WithHint("hint.undo.changed")
	since, err := r.Journal().Since(k, e.Rev)
	if err != nil {
		return err
	}
	if since != nil {
		who, err := knownPerson(r, since.Actor.Person)
		if err != nil && KindOf(err) != KindNotFound {
			return err
		}
		if who != nil {
			out.ID = "error.undo.changed-by"
			out.Args["Person"], out.Args["Since"], out.Args["At"] = who.Name, uint64(since.Rev), since.At.Time().In(env.Now.Location()).Format("2006-01-02 15:04")
		}
	}
	return out
}
