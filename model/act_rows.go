package model

// undoLines takes a run of lines of a file back, or puts it back. As with the
// rows of an import, what changed since stays and the rest goes: one customer
// that somebody worked on does not hold thousands of others. Nothing comes back
// that would hang from a customer who is gone.
func undoLines(env *Env, r Reader, e *Entry, ch *Change, redo bool) error {
	if redo && !env.Actor.Is(e.Actor.Person) {
		return NotAllowed("error.undo.not-yours").WithHint("hint.undo.anew")
	}
	if err := undoRows(r, e, ch); err != nil {
		return err
	}
	there := map[ID]bool{}
	kept := ch.Puts[:0]
	for _, p := range ch.Puts {
		if id := p.Key().Customer(); id != NoID && p.After != nil {
			ok, asked := there[id]
			if !asked {
				c, err := Find[*Customer](r, CustomerKey(id))
				if err != nil {
					return err
				}
				ok = c != nil
				there[id] = ok
			}
			if !ok {
				continue
			}
		}
		kept = append(kept, p)
	}
	ch.Puts = kept
	return nil
}
