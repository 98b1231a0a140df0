package model

// mayRestoreAccess holds a key that goes or comes back against the rules that
// adding one obeys. A revoked key is never among them: revoking is final, and a
// key that was revoked since it was added no longer stands as it was left.
func mayRestoreAccess(r Reader, p Put) error {
	before, _ := p.Before.(*AccessKey)
	after, _ := p.After.(*AccessKey)
	switch {
	case before != nil && after == nil:
		owner, err := mustPerson(r, before.Person)
		if err != nil {
			return err
		}
		return keepWayIn(r, owner, len(owner.UIDs), before.ID)
	case before == nil && after != nil:
		owner, err := mustPerson(r, after.Person)
		if err != nil {
			return err
		}
		return roomForKey(r, owner)
	}
	return NotAllowed("error.undo.final")
}

// revokedSince refuses to take back the adding of a key that was revoked: that
// change comes first and cannot be taken back.
func revokedSince(r Reader, k Key) error {
	if k.Table() != TableAccess {
		return nil
	}
	now, err := Find[*AccessKey](r, k)
	if err == nil && now != nil && now.Revoked != 0 {
		err = NewError(KindConflict, "error.undo.key-revoked")
	}
	return err
}

// mayRestoreWays keeps a person whose keys would hang from nobody, and a way in
// for an admin when an account goes again.
func mayRestoreWays(r Reader, before, after *Person) error {
	if after != nil {
		if len(after.UIDs) < len(before.UIDs) {
			return keepWayIn(r, before, len(after.UIDs), NoID)
		}
		return nil
	}
	all, err := keysOf(r, before.ID)
	if err == nil && len(all) > 0 {
		err = NewError(KindConflict, "error.undo.person-keys", "Person", before.Name).WithHint("hint.undo.remove-person")
	}
	return err
}
