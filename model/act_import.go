package model

import (
	"fmt"
	"strings"
)

// ImportPrefix is how many bytes of a customer's id tell the import that
// brought it: the rest counts the lines of the file.
const ImportPrefix = 12

// CustomerRecord is a customer on its way into the book, perhaps encoded
// beforehand.
type CustomerRecord interface {
	Record
	Card() *Customer
}

// Card implements [CustomerRecord].
func (c *Customer) Card() *Customer { return c }

// ImportStart opens an import. Its customers stay unseen until [ImportFinish].
// ID also names the group of all its batches, so that one undo takes it back.
type ImportStart struct {
	ID      ID
	File    string // base name
	Digest  []byte // SHA-256 of the file
	Mapping string
}

// Name is [ActImportStart].
func (ImportStart) Name() ActionName { return ActImportStart }

// Decide adds the import.
func (a ImportStart) Decide(env *Env, _ Reader) (*Change, error) {
	ch := &Change{Made: a.ID, Message: Say("journal.import.start", "File", a.File)}
	ch.Add(&Import{ID: a.ID, File: a.File, Digest: a.Digest, By: env.Actor.Person, At: env.Stamp(), State: ImportLoading, Mapping: a.Mapping})
	return ch, nil
}

// ImportRow is one row of a file with all its fields set and checked.
type ImportRow struct {
	Customer CustomerRecord // as it is added when its number is not known
	Guard    Record         // the claim of its number; nil without one
	Given    FieldSet       // the fields that the row fills: what a known customer gets
}

// FieldSet is a set of fields by their place in [Fields].
type FieldSet uint64

// FieldBit gives the set of one field; empty for a field that is none.
func FieldBit(id string) FieldSet {
	for i := range fields {
		if fields[i].ID == id {
			return 1 << i
		}
	}
	return 0
}

// CopyFields sets the fields of a set in one customer as they are in another.
func CopyFields(to, from *Customer, set FieldSet) error {
	for i := range fields {
		if set&(1<<i) == 0 {
			continue
		}
		if err := fields[i].set(to, fields[i].Get(from)); err != nil {
			return err
		}
	}
	return nil
}

// ImportRows adds a run of rows: those with a number that is known change the
// fields they fill of that customer, the others are new customers. The import
// moves along in the same batch, so a file that was stopped goes on where the
// book says it is.
type ImportRows struct {
	Import   ID
	From     int64 // where the run begins in the file: where the import stands
	Offset   int64 // where it ends, in bytes
	Line     int   // the line that starts there
	Bad      int   // lines of the run that were left out
	Merged   int   // rows that were joined to an earlier one of the run with their number
	Rows     []ImportRow
	ByNumber []int // rows with a number, in the order of their guards
}

// Name is [ActImportRows].
func (ImportRows) Name() ActionName { return ActImportRows }

// Decide puts customers in the order of the file, then the import, then the
// guards: ascending keys, as an engine loads them best.
func (a ImportRows) Decide(_ *Env, r Reader) (*Change, error) {
	imp, err := loadingImport(r, a.Import)
	if err != nil {
		return nil, err
	}
	if imp.Offset != a.From {
		return nil, NewError(KindConflict, "error.import.moved").WithHint("hint.again")
	}
	after := *imp
	after.Offset, after.Line, after.Bad = a.Offset, a.Line, imp.Bad+a.Bad
	after.Updated += a.Merged
	ch := &Change{Made: imp.ID, Puts: make([]Put, 0, 2*len(a.Rows)+1),
		Message: Say("journal.import.rows", "File", imp.File, "Count", len(a.Rows)+a.Merged)}
	known, err := a.known(r)
	if err != nil {
		return nil, err
	}
	at := map[ID]int{} // where the change of a known customer stands
	for i, row := range a.Rows {
		if owner, ok := known[i]; ok {
			if err := updateRow(r, ch, at, owner, row); err != nil {
				return nil, err
			}
			after.Updated++
			continue
		}
		if err := a.check(row); err != nil {
			return nil, err
		}
		ch.Add(row.Customer)
		after.Added++
	}
	ch.Replace(imp, &after)
	for _, i := range a.ByNumber {
		if _, ok := known[i]; !ok {
			ch.Add(a.Rows[i].Guard)
		}
	}
	return ch, nil
}

// known finds the owners of numbers that are taken.
func (a ImportRows) known(r Reader) (map[int]ID, error) {
	owners := map[int]ID{}
	for _, i := range a.ByNumber {
		g, err := Find[*Guard](r, a.Rows[i].Guard.Key())
		if err != nil {
			return nil, err
		}
		if g != nil {
			owners[i] = g.Owner
		}
	}
	return owners, nil
}

// check holds a new customer against what the rest of the book counts on.
func (a ImportRows) check(row ImportRow) error {
	c := row.Customer.Card()
	numbered := c.Number != ""
	if c.Name == "" || c.Import != a.Import || c.ID == a.Import || string(c.ID[:ImportPrefix]) != string(a.Import[:ImportPrefix]) || numbered != (row.Guard != nil) {
		return &Error{Kind: KindInternal, ID: "error.internal", Cause: fmt.Errorf("row of import %s not prepared", a.Import)}
	}
	return nil
}

// updateRow changes the fields that a row fills of the customer it found by its
// number. A row with a number from before a merge speaks of the other card: it
// fills what is empty and changes nothing. Several rows may find one customer.
func updateRow(r Reader, ch *Change, at map[ID]int, owner ID, row ImportRow) error {
	before, err := mustCustomer(r, owner)
	if err != nil {
		return err
	}
	after := *before
	n, again := at[owner]
	if again {
		after = *ch.Puts[n].After.(CustomerRecord).Card()
	}
	given := row.Given &^ FieldBit("number")
	if row.Customer.Card().Number != before.Number {
		for i := range fields {
			if fields[i].Get(&after) != "" {
				given &^= 1 << i
			}
		}
	}
	if err := CopyFields(&after, row.Customer.Card(), given); err != nil {
		return err
	}
	switch {
	case again:
		ch.Puts[n].After = &after
	case after != *before:
		at[owner] = len(ch.Puts)
		ch.Replace(before, &after)
	}
	return nil
}

func loadingImport(r Reader, id ID) (*Import, error) {
	imp, err := Find[*Import](r, ImportKey(id))
	if err != nil {
		return nil, err
	}
	if imp == nil {
		return nil, NotFound("error.import.gone").WithHint("hint.again")
	}
	if imp.State != ImportLoading {
		return nil, NewError(KindConflict, "error.import.moved").WithHint("hint.again")
	}
	return imp, nil
}

// ImportDouble is a pair that an import found: B may be the same as A, which
// stood first.
type ImportDouble struct {
	A, B ID
	Same string // see [Double]
}

// ImportFinish makes the customers of an import visible and queues the likely
// doubles among them.
type ImportFinish struct {
	Import  ID
	Doubles []ImportDouble
	Left    int // when it closes an undo: how many customers could not be taken back
}

// Name is [ActImportDone].
func (ImportFinish) Name() ActionName { return ActImportDone }

// Decide closes the import.
func (a ImportFinish) Decide(env *Env, r Reader) (*Change, error) {
	imp, err := loadingImport(r, a.Import)
	if err != nil {
		return nil, err
	}
	after := *imp
	after.State = ImportDone
	if a.Left > 0 {
		after.Added = a.Left
	}
	ch := &Change{Made: imp.ID, Message: Say("journal.import.done", "File", imp.File, "Count", after.Added)}
	ch.Replace(imp, &after)
	for _, d := range a.Doubles {
		ch.Add(&Double{ID: env.NewID(), A: d.A, B: d.B, Same: d.Same, At: env.Stamp(), Import: imp.ID})
	}
	return ch, nil
}

// undoRows takes a run of an import back, or puts it back. Other than with
// ordinary changes, what changed since stays and the rest goes: one customer
// that somebody worked on does not hold eight thousand others. A customer stays
// with its number, and one with a record of its own stays too, such as a
// sighting or a contact.
func undoRows(r Reader, e *Entry, ch *Change) error {
	stays, err := changedRows(r, e)
	if err != nil {
		return err
	}
	if e.Undo == nil {
		if err := withHistory(r, e, stays); err != nil {
			return err
		}
	}
	for _, c := range e.Changes {
		cur, err := r.Get(c.Key)
		if err != nil {
			return err
		}
		if stays[rowOwner(c, cur)] {
			continue
		}
		ch.Puts = append(ch.Puts, Put{Before: cur, After: c.Before})
	}
	if ch.Left = len(stays); ch.Left > 0 {
		ch.Notes = append(ch.Notes, Say("note.undo.kept", "Count", ch.Left))
	}
	return nil
}

// rowOwner gives the customer that a record of a run belongs to; [NoID] for the
// import itself.
func rowOwner(c EntryChange, cur Record) ID {
	if c.Key.Table() != TableGuard {
		return c.Key.Customer()
	}
	for _, rec := range []Record{c.Before, cur} {
		if g, ok := rec.(*Guard); ok {
			return g.Owner
		}
	}
	return NoID
}

// undoFinish takes the end of an import back, or puts it back. The candidate
// doubles go whatever was said of them: they are about customers that go.
func undoFinish(r Reader, e *Entry, ch *Change) error {
	for _, c := range e.Changes {
		cur, err := r.Get(c.Key)
		if err != nil {
			return err
		}
		now, err := r.Journal().Digest(c.Key)
		if err != nil {
			return err
		}
		if c.Key.Table() == TableImport && string(now) != string(c.After) {
			return NewError(KindConflict, "error.undo.changed", "Rev", uint64(e.Rev)).WithHint("hint.undo.changed")
		}
		if cur != nil || c.Before != nil {
			ch.Puts = append(ch.Puts, Put{Before: cur, After: c.Before})
		}
	}
	return nil
}

// changedRows gives the customers that no longer stand as the run left them.
func changedRows(r Reader, e *Entry) (map[ID]bool, error) {
	stays := map[ID]bool{}
	for _, c := range e.Changes {
		now, err := r.Journal().Digest(c.Key)
		if err != nil {
			return nil, err
		}
		if string(now) == string(c.After) {
			continue
		}
		if c.Key.Table() == TableImport {
			return nil, NewError(KindConflict, "error.undo.changed", "Rev", uint64(e.Rev)).WithHint("hint.undo.changed")
		}
		cur, err := r.Get(c.Key)
		if err != nil {
			return nil, err
		}
		if owner := rowOwner(c, cur); owner != NoID {
			stays[owner] = true
		}
	}
	return stays, nil
}

// withHistory adds the customers of the run that have records of their own, and
// those that others were merged into. They are looked for by the first fourteen bytes of the id, which the
// customers of a run share but for one step at most.
func withHistory(r Reader, e *Entry, stays map[ID]bool) error {
	const shared = ImportPrefix + 2
	added := map[ID]bool{}
	runs := map[string]bool{}
	for _, c := range e.Changes {
		if c.Before == nil && c.Key.Table() == TableCustomer {
			id := c.Key.Customer()
			added[id] = true
			runs[string(id[:shared])] = true
		}
	}
	into, err := mergedInto(r)
	if err != nil {
		return err
	}
	for id := range into {
		if added[id] {
			stays[id] = true
		}
	}
	for run := range runs {
		for _, t := range ofCustomer() {
			recs, err := r.Scan(Key(string(byte(t)) + run))
			if err != nil {
				return err
			}
			for _, rec := range recs {
				if id := rec.Key().Customer(); added[id] {
					stays[id] = true
				}
			}
		}
	}
	return nil
}

// BaseName gives the last part of a file's name, for the journal.
func BaseName(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
