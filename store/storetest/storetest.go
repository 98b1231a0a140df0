// Package storetest makes books for tests: on a real file, with a clock and ids
// that the test holds, and checked for soundness when the test ends.
package storetest

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine/bolt"
)

// Start is the moment at which a test's clock starts: a Tuesday morning.
var Start = time.Date(2026, time.November, 24, 10, 0, 0, 0, Zone())

// Zone is the time zone of tests, one with changes of the clock.
func Zone() *time.Location {
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.UTC
	}
	return loc
}

// Clock is a clock that moves only when told.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now gives the moment.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Add moves the clock.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Set puts the clock at a moment.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// IDs gives a maker of ids that count, so that goldens stay the same. They bear
// the time of making as UUIDs version 7 do. The last four bytes stay zero: an
// import counts its lines there.
func IDs(c *Clock) func() model.ID {
	var mu sync.Mutex
	n := uint64(0)
	return func() model.ID {
		mu.Lock()
		defer mu.Unlock()
		n++
		ms := uint64(c.Now().UnixMilli())
		var id model.ID
		for i := range 6 {
			id[i] = byte(ms >> (40 - 8*i))
		}
		id[6], id[8] = 0x70, 0x80
		for i := range 3 {
			id[9+i] = byte(n >> (16 - 8*i))
		}
		return id
	}
}

// Desk is a book with its people.
type Desk struct {
	*store.Book
	Clock *Clock
	Path  string
	DB    *bolt.DB

	Admin, Lead, Lead2, Agent, Agent2 model.ID
}

// Empty makes an empty book with one person: Robin, its admin. When the test ends
// the whole file is checked and every index compared with a rebuild.
func Empty(t testing.TB) *Desk {
	t.Helper()
	d := &Desk{Clock: &Clock{now: Start}, Path: filepath.Join(t.TempDir(), "book.db")}
	db, err := bolt.Open(d.Path, bolt.Options{Applier: store.Applier(), Now: d.Clock.Now, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	d.DB = db
	d.Book = store.New(db, store.Options{Now: d.Clock.Now, Location: Zone(), NewID: IDs(d.Clock)})
	t.Cleanup(func() { d.finish(t) })
	ctx := context.Background()
	r, err := d.Do(ctx, model.Actor{}, model.Found{Book: store.NewID(), Person: "Robin", UID: 1000})
	if err != nil {
		t.Fatal(err)
	}
	d.Admin = r.Made
	return d
}

// New makes an empty book with five people: Robin (admin), Anna and Milan
// (leads), Karin and Sam (agents). It is checked as [Empty] says.
func New(t testing.TB) *Desk {
	t.Helper()
	d := Empty(t)
	ctx := context.Background()
	join := func(name string, role model.Role, uid int) model.ID {
		r, err := d.Do(ctx, model.Solo(d.Admin), model.AddPerson{Person: name, Role: role, UIDs: []int{uid}})
		if err != nil {
			t.Fatal(err)
		}
		return r.Made
	}
	d.Lead, d.Lead2 = join("Anna", model.RoleLead, 1001), join("Milan", model.RoleLead, 1002)
	d.Agent, d.Agent2 = join("Karin", model.RoleAgent, 1003), join("Sam", model.RoleAgent, 1004)
	return d
}

func (d *Desk) finish(t testing.TB) {
	for _, err := range d.DB.Check() {
		t.Errorf("file: %v", err)
	}
	report, err := d.Doctor(context.Background(), nil)
	if err != nil {
		t.Errorf("doctor: %v", err)
	}
	for _, f := range report.Faults {
		t.Errorf("doctor: %s %s", f.Where, f.What)
	}
	if err := d.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// Must does an action as a person and fails the test when it is refused.
func (d *Desk) Must(t testing.TB, person model.ID, a model.Action) model.Receipt {
	t.Helper()
	r, err := d.Do(context.Background(), model.Solo(person), a)
	if err != nil {
		t.Fatalf("%s: %v", a.Name(), err)
	}
	return r
}

// Customer adds a customer with a name and further field values in turn.
func (d *Desk) Customer(t testing.TB, name string, kv ...string) model.ID {
	t.Helper()
	values := map[string]string{"name": name}
	for i := 0; i+1 < len(kv); i += 2 {
		values[kv[i]] = kv[i+1]
	}
	return d.Must(t, d.Agent, model.AddCustomer{Values: values}).Made
}
