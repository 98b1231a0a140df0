package model

import "time"

// ActionName is the stable name of a kind of action. It stands in the journal,
// so a name is never given a second meaning.
type ActionName string

// Action is one thing a person wants done. Decide is pure: it reads through r,
// checks the rules, and says what would change. The book checks the right to
// the action (see [RoleFor]) before Decide, applies the change whole or not at
// all and writes the journal.
type Action interface {
	Name() ActionName
	Decide(env *Env, r Reader) (*Change, error)
}

// Env is what an action may know besides the records: who acts, when, and by
// which playbook. It is the same for the whole of one transaction.
type Env struct {
	Now      time.Time // in the time zone of the desk
	Actor    Actor
	Role     Role // of Actor.Person
	Playbook *Playbook
	Calendar Calendar
	NewID    func() ID
}

// Stamp gives the moment of the transaction.
func (e *Env) Stamp() Stamp { return StampOf(e.Now) }

// Today gives the day of the transaction at the desk.
func (e *Env) Today() Day { return DayOf(e.Now) }

// Rule makes a ruling of the actor, now.
func (e *Env) Rule(reason string) *Ruling {
	return &Ruling{By: e.Actor.Person, Real: e.Actor.Real, At: e.Stamp(), Reason: reason}
}

// Reader is a snapshot of the book that remembers what was read through it, so
// that the change is applied only if all of it still stands.
type Reader interface {
	// Get gives a record, or nil where there is none.
	Get(Key) (Record, error)
	// Scan gives the records under a prefix in key order.
	Scan(prefix Key) ([]Record, error)
	// Revenue gives the sum of the yearly revenue of all customers, in cents.
	Revenue() (int64, error)
	// Journal gives what undo needs to know.
	Journal() JournalReader
}

// Find gives the record under a key as its own type, or nil.
func Find[T Record](r Reader, k Key) (T, error) {
	var none T
	rec, err := r.Get(k)
	if err != nil || rec == nil {
		return none, err
	}
	t, ok := rec.(T)
	if !ok {
		return none, NewError(KindCorrupt, "error.corrupt.record", "Key", k.String())
	}
	return t, nil
}

// FindAll gives the records under a prefix as their own type, in key order.
func FindAll[T Record](r Reader, prefix Key) ([]T, error) {
	recs, err := r.Scan(prefix)
	if err != nil {
		return nil, err
	}
	out := make([]T, 0, len(recs))
	for _, rec := range recs {
		t, ok := rec.(T)
		if !ok {
			return nil, NewError(KindCorrupt, "error.corrupt.record", "Key", rec.Key().String())
		}
		out = append(out, t)
	}
	return out, nil
}

// Put is one record before and after a change. Before is nil for a new record,
// After is nil for one that goes.
type Put struct {
	Before, After Record
}

// Key gives the key of the record.
func (p Put) Key() Key {
	if p.After != nil {
		return p.After.Key()
	}
	return p.Before.Key()
}

// Change is what an action decides: records, a line for the journal and what
// the person should hear.
type Change struct {
	Puts    []Put
	Message Message
	Why     string    // reason the person gave
	Notes   []Message // warnings to show, such as a step up the ladder
	Made    ID        // the record this was about, where one was made
	Left    int       // customers that an undo leaves as they are, for they changed since

	Quiet bool // drafts: no journal, no undo
	Final bool // cannot be undone
	Undo  *UndoOf
}

// UndoOf says which revisions a change takes back, or puts back.
type UndoOf struct {
	Revs []Rev
	Redo bool
}

// Add puts a new record.
func (c *Change) Add(r Record) { c.Puts = append(c.Puts, Put{After: r}) }

// Replace puts a record in the place of another with the same key.
func (c *Change) Replace(before, after Record) {
	c.Puts = append(c.Puts, Put{Before: before, After: after})
}

// Remove takes a record away.
func (c *Change) Remove(before Record) { c.Puts = append(c.Puts, Put{Before: before}) }

// Entry is one line of the journal.
type Entry struct {
	Rev     Rev
	Op      ID
	Group   ID // shared by the batches of one bulk change
	At      Stamp
	Actor   Actor
	Action  ActionName
	Message Message
	Why     string
	Final   bool
	Undo    *UndoOf
	Changes []EntryChange
	Undone  bool // taken back, and not put back
}

// EntryChange is one record of an entry: as it stood before, and the digest of
// how it was left. What it was left as is the record itself, or the Before of
// the next entry that touched it.
type EntryChange struct {
	Key    Key
	Before Record // nil when it was new
	After  []byte // digest; nil when it went
}

// JournalReader is what undo reads of the journal.
type JournalReader interface {
	// Entry gives an entry by revision; nil where there is none.
	Entry(Rev) (*Entry, error)
	// Group gives the revisions of a bulk change in order.
	Group(ID) ([]Rev, error)
	// Latest gives the newest group of a person that stands, or, with redo,
	// that was taken back last; false where there is none.
	Latest(person ID, redo bool) (ID, bool, error)
	// Digest gives the digest of a record as it stands; nil where there is none.
	Digest(Key) ([]byte, error)
	// History calls f for the entries that touched a key, newest first and
	// without their records, until f gives false.
	History(Key, func(*Entry) bool) error
	// Since gives the newest entry after rev that touched a key; nil for none.
	Since(Key, Rev) (*Entry, error)
}

// Receipt tells what became of an action.
type Receipt struct {
	Rev     Rev
	Op      ID
	Group   ID
	Message Message
	Notes   []Message
	Made    ID
	Count   int // actions carried out in a bulk change
	Left    int // customers that an undo left as they are
}

// String shows a key for logs: the table and ids, no personal data.
func (k Key) String() string {
	if k == "" {
		return ""
	}
	if k.Table() == TableGuard {
		return "u"
	}
	s := string(k[:1])
	for rest := k[1:]; len(rest) >= 16; rest = rest[16:] {
		var id ID
		copy(id[:], rest)
		s += "/" + id.String()
	}
	return s
}
