package model

// mayRestoreView keeps the names of views apart, and somebody's own view out of
// the hands of others, when one comes back or goes.
func mayRestoreView(env *Env, r Reader, p Put) error {
	for _, rec := range []Record{p.Before, p.After} {
		if v, ok := rec.(*SavedView); ok && v != nil && !v.SeenBy(env.Actor.Person) {
			return NotAllowed("error.undo.others").WithHint("hint.view.private")
		}
	}
	v, ok := p.After.(*SavedView)
	if !ok || v == nil {
		return nil
	}
	all, err := FindAll[*SavedView](r, TableKey(TableView, NoID))
	if err != nil {
		return err
	}
	if viewTaken(all, v) {
		return NewError(KindConflict, "error.view.taken", "Field", "view", "Title", v.Name).WithHint("hint.view.rename")
	}
	return nil
}
