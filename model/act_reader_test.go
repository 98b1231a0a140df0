package model

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// memory is a reader of records in a map, without a journal.
type memory struct {
	recs    map[Key]Record
	revenue int64
}

func (m memory) Get(k Key) (Record, error) { return m.recs[k], nil }

func (m memory) Scan(prefix Key) (out []Record, err error) {
	var keys []Key
	for k := range m.recs {
		if len(k) >= len(prefix) && k[:len(prefix)] == prefix {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		out = append(out, m.recs[k])
	}
	return out, nil
}

func (m memory) Revenue() (int64, error)              { return m.revenue, nil }
func (m memory) Journal() JournalReader               { return m }
func (m memory) Entry(Rev) (*Entry, error)            { return nil, nil }
func (m memory) Group(ID) ([]Rev, error)              { return nil, nil }
func (m memory) Latest(ID, bool) (ID, bool, error)    { return NoID, false, nil }
func (m memory) Digest(Key) ([]byte, error)           { return nil, nil }
func (m memory) Since(Key, Rev) (*Entry, error)       { return nil, nil }
func (m memory) History(Key, func(*Entry) bool) error { return nil }

func (m memory) with(recs ...Record) memory {
	out := memory{recs: map[Key]Record{}, revenue: m.revenue}
	for k, r := range m.recs {
		out.recs[k] = r
	}
	for _, r := range recs {
		out.recs[r.Key()] = r
	}
	return out
}

// weekdays is a calendar of Monday to Friday from nine.
type weekdays struct{}

func (weekdays) Workday(d time.Time) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

func (weekdays) Opens(d time.Time) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 9, 0, 0, 0, time.UTC)
}

func (weekdays) Closes(d time.Time) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 17, 0, 0, 0, time.UTC)
}

func idOf(n byte) ID { return ID{15: n} }

// The people and the customer of these tests.
var (
	robin, anna, milan, karin, sam = idOf(1), idOf(2), idOf(3), idOf(4), idOf(5)
	petra                          = idOf(10)
	tuesday                        = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
)

func desk(recs ...Record) memory {
	m := memory{recs: map[Key]Record{}}.with(
		&Person{ID: robin, Name: "Robin", Role: RoleAdmin}, &Person{ID: anna, Name: "Anna", Role: RoleLead},
		&Person{ID: milan, Name: "Milan", Role: RoleLead}, &Person{ID: karin, Name: "Karin", Role: RoleAgent},
		&Person{ID: sam, Name: "Sam", Role: RoleAgent},
		&Customer{ID: petra, Name: "Petra Jansen", Kind: Private, Relation: Current, Number: "7"},
		&Guard{Text: GuardText(SpaceNumber, "7"), Owner: petra})
	return m.with(recs...)
}

func envOf(person ID, role Role) *Env {
	n := byte(100)
	play := &Playbook{Thresholds: Thresholds{LapseMonths: 12, RerunMonths: 12, LargePercent: 10, WrongedLastingDays: 14}}
	for _, t := range Traits() {
		play.Traits = append(play.Traits, TraitPlay{Trait: t, Signals: []Signal{{ID: string(t) + ".s", Step: 2}}, Causes: []Cause{{ID: string(t) + ".c"}}})
	}
	return &Env{Now: tuesday, Actor: Solo(person), Role: role, Playbook: play, Calendar: weekdays{}, NewID: func() ID { n++; return idOf(n) }}
}

// wantRefusal checks kind and id of an error for people; "" for none.
func wantRefusal(t *testing.T, err error, id string) {
	t.Helper()
	var e *Error
	switch {
	case id == "" && err == nil:
	case id == "" || err == nil:
		t.Errorf("got %v, want %q", err, id)
	case !errors.As(err, &e) || e.ID != id || e.Kind == KindInternal:
		t.Errorf("got %v, want %q", err, id)
	}
}
