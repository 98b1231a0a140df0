package store

import (
	"context"
	"errors"
	"fmt"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// tries is how often an action is decided when others keep being first.
const tries = 8

// do decides actions on one snapshot and applies them as one batch.
func (b *Book) do(ctx context.Context, actor model.Actor, actions []model.Action, group model.ID) (model.Receipt, error) {
	w, err := b.doWork(ctx, actor, actions, group)
	if err != nil {
		return model.Receipt{}, err
	}
	return w.receipt, nil
}

// doWork is do for callers that need to know what was decided.
func (b *Book) doWork(ctx context.Context, actor model.Actor, actions []model.Action, group model.ID) (*work, error) {
	op := b.opt.NewID() // before the first try, so that a repeated one is known
	for try := 0; ; try++ {
		w := &work{book: b, actor: actor, op: op, group: group}
		if err := b.eng.Snapshot(func(tx engine.Tx, der engine.Derived) error { return w.decide(tx, der, actions) }); err != nil {
			return nil, wrap(err)
		}
		if len(w.batch.Puts)+len(w.batch.Deletes) == 0 {
			return w, nil // a draft that was not there, dropped
		}
		b.gate.RLock()
		rev, err := b.eng.Apply(ctx, w.batch)
		b.gate.RUnlock()
		var applied engine.ErrApplied
		switch {
		case errors.As(err, &applied):
			rev = applied.Rev
		case errors.Is(err, engine.ErrConflict) && try < tries:
			continue
		case err != nil:
			return nil, wrap(err)
		}
		w.receipt.Rev = model.Rev(rev)
		b.wake()
		return w, nil
	}
}

// work is one try at a batch.
type work struct {
	book    *Book
	actor   model.Actor
	op      model.ID
	group   model.ID
	batch   engine.Batch
	receipt model.Receipt
	changes []*model.Change
}

func (w *work) decide(tx engine.Tx, der engine.Derived, actions []model.Action) error {
	r := newReader(tx, der)
	env, err := w.env(r, tx, actions[0])
	if err != nil {
		return err
	}
	for _, a := range actions {
		if a.Name() != actions[0].Name() {
			return model.NewError(model.KindInternal, "error.internal")
		}
		if err := model.MayDo(env.Role, a.Name()); err != nil {
			return err
		}
		ch, err := a.Decide(env, r)
		if err != nil {
			return err
		}
		w.changes = append(w.changes, ch)
		if len(actions) == 1 {
			break
		}
		for _, p := range ch.Puts {
			r.over[p.Key()] = p.After
		}
	}
	if err := w.compose(env, tx, r, actions[0].Name()); err != nil {
		return err
	}
	w.batch.Op = engine.OpID(w.op)
	w.batch.Conditions = append(w.batch.Conditions, r.conditions()...)
	return nil
}

// env finds out who acts. The records of the people are read through the
// reader, so a role that is taken away meanwhile stops the batch.
func (w *work) env(r *reader, tx engine.Tx, first model.Action) (*model.Env, error) {
	play, cal, playRev, err := w.book.playbookAt(tx)
	if err != nil {
		return nil, err
	}
	r.keys[model.PlaybookKey] = playRev
	env := &model.Env{Now: w.book.now(), Actor: w.actor, Playbook: play, Calendar: cal, NewID: w.book.opt.NewID}
	if first.Name() == model.ActFound {
		return env, nil
	}
	me, err := whoIs(r, w.actor)
	if err != nil {
		return nil, err
	}
	env.Role = me.Role
	return env, nil
}

// whoIs checks that an actor may act at all: both are people of the desk, and
// only an admin acts as another.
func whoIs(r model.Reader, actor model.Actor) (model.Me, error) {
	stranger := func() error { return model.NotAllowed("error.not-allowed.stranger").WithHint("hint.ask-admin") }
	p, err := model.Find[*model.Person](r, model.PersonKey(actor.Person))
	if err != nil {
		return model.Me{}, err
	}
	if p == nil || p.Gone {
		return model.Me{}, stranger()
	}
	me := model.Me{Actor: actor, Name: p.Name, Role: p.Role}
	if actor.Real == actor.Person {
		return me, nil
	}
	real, err := model.Find[*model.Person](r, model.PersonKey(actor.Real))
	if err != nil {
		return model.Me{}, err
	}
	if real == nil || real.Gone {
		return model.Me{}, stranger()
	}
	if real.Role < model.RoleAdmin {
		return model.Me{}, model.NotAllowed("error.not-allowed.as")
	}
	me.RealName = real.Name
	return me, nil
}

// compose turns changes into puts and deletes and one journal entry.
func (w *work) compose(env *model.Env, tx engine.Tx, r *reader, name model.ActionName) error {
	if name == model.ActImportRows {
		return w.composeRows(env, tx, r)
	}
	first, last := map[model.Key]model.Put{}, map[model.Key]model.Record{}
	var order []model.Key
	for _, ch := range w.changes {
		for _, p := range ch.Puts {
			k := p.Key()
			if _, again := first[k]; !again {
				first[k] = p
				order = append(order, k)
			}
			last[k] = p.After
		}
	}
	pay := payload{Touched: make([]touched, 0, len(order))}
	for _, k := range order {
		raw, rev := tx.Get([]byte(k))
		if _, read := r.keys[k]; !read {
			// What a change replaces is a condition even when it was found by a
			// scan, and a new record must still be new.
			r.keys[k] = rev
		}
		before := append([]byte(nil), raw...)
		if raw == nil {
			before = nil
		}
		if (first[k].Before == nil) != (before == nil) {
			return fmt.Errorf("%w: %s", engine.ErrConflict, k)
		}
		after, err := encode(last[k])
		if err != nil {
			return err
		}
		switch {
		case after != nil:
			w.batch.Puts = append(w.batch.Puts, engine.KV{Key: []byte(k), Value: after})
		case before != nil:
			w.batch.Deletes = append(w.batch.Deletes, []byte(k))
		}
		pay.Touched = append(pay.Touched, touched{Key: []byte(k), Before: before, After: digest(after)})
	}
	w.summarise(&pay)
	if w.changes[0].Quiet {
		return nil
	}
	pay.Bulk = w.undoesBulk(tx, r)
	return w.journal(env, name, &pay)
}

// undoesBulk reports whether the batch takes back rows of an import, which are
// not listed under each customer either.
func (w *work) undoesBulk(tx engine.Tx, r *reader) bool {
	u := w.changes[0].Undo
	if u == nil {
		return false
	}
	_, p, err := journalOf{tx: tx, der: r.der}.head(u.Revs[0])
	return err == nil && p != nil && p.Bulk
}

// summarise makes the receipt and the words of the entry.
func (w *work) summarise(pay *payload) {
	c := w.changes[0]
	pay.Message, pay.Why = c.Message, c.Why
	if n := len(w.changes); n > 1 {
		pay.Message = model.Say("journal.bulk", "Count", n, "What", c.Message.ID)
		for k, v := range c.Message.Args {
			if _, taken := pay.Message.Args[k]; !taken {
				pay.Message.Args[k] = v
			}
		}
	}
	w.receipt = model.Receipt{Op: w.op, Group: w.group, Message: pay.Message, Made: c.Made, Count: len(w.changes), Left: c.Left}
	for _, ch := range w.changes {
		w.receipt.Notes = append(w.receipt.Notes, ch.Notes...)
	}
}

// journal adds the entry to the batch.
func (w *work) journal(env *model.Env, name model.ActionName, pay *payload) error {
	pv, err := seal(payloadKey(w.op), pay)
	if err != nil {
		return err
	}
	h := header{Op: w.op, Group: w.group, At: env.Stamp(), Person: w.actor.Person, Real: w.actor.Real, Action: name,
		Final: w.changes[0].Final, Payload: digest(pv)}
	if name == model.ActFound {
		h.Person, h.Real = w.changes[0].Made, w.changes[0].Made
	}
	if u := w.changes[0].Undo; u != nil {
		h.Undoes, h.Redo = u.Revs, u.Redo
	}
	hv, err := seal(headerKey(w.op), h)
	if err != nil {
		return err
	}
	w.batch.Puts = append(w.batch.Puts, engine.KV{Key: []byte(headerKey(w.op)), Value: hv},
		engine.KV{Key: []byte(payloadKey(w.op)), Value: pv})
	return nil
}

// wrap turns errors of the engine into errors for people.
func wrap(err error) error {
	var e *model.Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	id, kind, hint := "error.internal", model.KindInternal, "hint.report"
	switch {
	case errors.Is(err, engine.ErrConflict):
		id, kind, hint = "error.conflict.busy", model.KindConflict, "hint.again"
	case errors.Is(err, engine.ErrDamaged):
		id, kind, hint = "error.book.damaged", model.KindCorrupt, "hint.book.damaged"
	case errors.Is(err, engine.ErrReadOnly):
		id, kind, hint = "error.read-only", model.KindReadOnly, "hint.disk"
	case errors.Is(err, engine.ErrTooLarge):
		id, kind, hint = "error.too-large", model.KindInvalid, "hint.smaller"
	case errors.Is(err, engine.ErrUnknown):
		id, kind, hint = "error.unknown-outcome", model.KindInternal, "hint.look-first"
	case errors.Is(err, engine.ErrClosed):
		id, kind, hint = "error.closed", model.KindBusy, "hint.open-again"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		id, kind, hint = "error.stopped", model.KindUsage, ""
	}
	return &model.Error{Kind: kind, ID: id, Hint: hint, Cause: err}
}
