package store

import (
	"context"
	"errors"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// Undo takes back the actor's own newest standing change, or with redo puts the
// last one back; with a revision, the change that revision belongs to. A bulk
// change is taken back whole, as far as it still stands as it was left.
func (b *Book) Undo(ctx context.Context, actor model.Actor, rev model.Rev, redo bool) (model.Receipt, error) {
	return b.UndoWith(ctx, actor, rev, redo, nil)
}

// UndoWith is [Book.Undo] with progress, which hears how many of how many
// batches are done. An undo that is stopped between two batches goes on when it
// is asked for again.
func (b *Book) UndoWith(ctx context.Context, actor model.Actor, rev model.Rev, redo bool, progress func(done, total int)) (model.Receipt, error) {
	revs, err := b.undoGroup(actor, rev, redo)
	if err != nil {
		return model.Receipt{}, wrap(err)
	}
	u := &undoing{book: b, actor: actor, redo: redo, group: b.opt.NewID()}
	for i := len(revs) - 1; i >= 0; i-- {
		if err := u.one(ctx, revs[i]); err != nil {
			return u.out, wrap(err)
		}
		if progress != nil {
			progress(len(revs)-i, len(revs))
		}
	}
	return u.finish(ctx)
}

// undoing is a group being taken back, or put back.
type undoing struct {
	book   *Book
	actor  model.Actor
	redo   bool
	group  model.ID
	out    model.Receipt
	left   []error  // entries that stay
	before []error  // entries that were done with already
	kept   int      // customers of an import that stay
	imp    model.ID // the import whose end was taken back
}

// one takes one entry back, with what an import needs beside that.
func (u *undoing) one(ctx context.Context, rev model.Rev) error {
	imp, what, err := u.importAt(rev)
	if err != nil {
		return err
	}
	switch {
	case imp == nil:
	case u.redo && what == model.ActImportDone && imp.Added > u.book.load.small:
		// The customers come into the indexes from sorted runs, as they did first.
		if err := u.book.reindex(ctx, imp.ID); err != nil {
			return err
		}
	case !u.redo && what == model.ActImportRows && imp.State == model.ImportLoading:
		u.imp = imp.ID
		if err := u.book.unindexLarge(ctx, imp); err != nil {
			return err
		}
	case !u.redo && what == model.ActImportStart:
		if u.kept, err = u.book.countImported(imp.ID); err != nil || u.kept > 0 {
			u.imp = imp.ID
			return err // customers stay, and so does their import
		}
	}
	r, err := u.book.do(ctx, u.actor, []model.Action{model.Undo{Rev: rev, Redo: u.redo}}, u.group)
	switch kind := model.KindOf(err); {
	case err == nil:
		if !u.redo && u.out.Count > 0 {
			r.Message = u.out.Message // of the entry that ended the group
		}
		r.Count += u.out.Count
		r.Left += u.out.Left
		r.Notes = append(u.out.Notes, r.Notes...)
		u.out = r
	case isError(err, "error.undo.already"):
		u.before = append(u.before, err)
	case kind == model.KindConflict || kind == model.KindInvalid:
		u.left = append(u.left, err)
	default:
		return err
	}
	return nil
}

// importAt gives the import that an entry belongs to, as it stands now, and
// what kind of entry it is; nil for any other change.
func (u *undoing) importAt(rev model.Rev) (*model.Import, model.ActionName, error) {
	var imp *model.Import
	var what model.ActionName
	err := u.book.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		j := journalOf{tx: tx, der: der}
		h, err := j.header(rev)
		if err != nil || h == nil {
			return err
		}
		if u.redo && len(h.Undoes) > 0 {
			if h, err = j.header(h.Undoes[0]); err != nil || h == nil {
				return err
			}
		}
		switch what = h.Action; what {
		case model.ActImportStart, model.ActImportRows, model.ActImportDone:
			imp, err = model.Find[*model.Import](newReader(tx, der), model.ImportKey(h.Group))
		}
		return err
	})
	return imp, what, err
}

// finish closes an import of which customers stay, and says what was left.
func (u *undoing) finish(ctx context.Context) (model.Receipt, error) {
	if u.kept > 0 && u.imp != model.NoID {
		if u.kept > u.book.load.small {
			if err := u.book.reindex(ctx, u.imp); err != nil {
				return u.out, wrap(err)
			}
		}
		a := model.ImportFinish{Import: u.imp, Left: u.kept}
		if _, err := u.book.do(ctx, u.actor, []model.Action{a}, u.imp); err != nil {
			return u.out, err
		}
	}
	if u.out.Count == 0 {
		for _, errs := range [][]error{u.left, u.before} {
			if len(errs) > 0 {
				return u.out, errs[0]
			}
		}
	}
	if len(u.left) > 0 {
		u.out.Notes = append(u.out.Notes, model.Say("note.undo.left", "Count", len(u.left)))
	}
	return u.out, nil
}

func (b *Book) countImported(imp model.ID) (int, error) {
	n := 0
	err := b.eng.View(func(tx engine.Tx) error {
		prefix := append([]byte{byte(model.TableCustomer)}, imp[:importPrefix]...)
		tx.Scan(prefix, engine.PrefixEnd(prefix), 0, func(_, _ []byte, _ engine.Rev) bool {
			n++
			return true
		})
		return nil
	})
	return n, err
}

func isError(err error, id string) bool {
	var e *model.Error
	return errors.As(err, &e) && e.ID == id
}

// reindex makes sorted runs of an import's customers and writes them.
func (b *Book) reindex(ctx context.Context, imp model.ID) (err error) {
	runs := newImportRuns(b.tempDir())
	defer func() { err = errors.Join(err, runs.close()) }()
	if err := b.eachOfImport(ctx, imp, runs.add); err != nil {
		return err
	}
	return b.indexSorted(ctx, imp, runs)
}

// unindexLarge takes the customers of a large import out of the indexes at
// once; those of a small one go with their rows.
func (b *Book) unindexLarge(ctx context.Context, imp *model.Import) error {
	var l *loadingImport
	err := b.eng.Snapshot(func(_ engine.Tx, der engine.Derived) error {
		all, err := loadLoading(der)
		l = all.of(imp.ID)
		return err
	})
	if err != nil || l == nil || l.phase == indexNone || l.phase == indexAll && l.sums.Customers <= b.load.small {
		return err
	}
	return b.unindex(ctx, imp.ID)
}

// undoGroup finds the revisions to take back: all of the group.
func (b *Book) undoGroup(actor model.Actor, rev model.Rev, redo bool) ([]model.Rev, error) {
	var revs []model.Rev
	err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error {
		j := journalOf{tx: tx, der: der}
		var group model.ID
		if rev == 0 {
			g, ok, err := j.Latest(actor.Person, redo)
			if err != nil {
				return err
			}
			if !ok {
				if redo {
					return model.NotFound("error.redo.nothing")
				}
				return model.NotFound("error.undo.nothing")
			}
			group = g
		} else {
			e, err := j.words(rev)
			if err != nil {
				return err
			}
			if e == nil {
				return model.NotFound("error.undo.unknown", "Rev", uint64(rev)).WithHint("hint.journal")
			}
			group = e.Group
		}
		all, err := j.Group(group)
		revs = all
		return err
	})
	return revs, err
}
