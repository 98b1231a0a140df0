package model

import "testing"

func TestGauges(t *testing.T) {
	var n Tally
	n[CountIssues], n[CountRight] = 7, 5
	n[CountEffort], n[CountEffortSum] = 3, 16
	n[CountKept], n[CountBroken] = 5, 1
	n[CountContacts] = 12
	for _, c := range []struct {
		id   string
		want int64
		of   int64
		ok   bool
	}{
		{"right", 714, 7, true},
		{"effort", 533, 3, true},
		{"kept", 833, 6, true},
		{"theirs-kept", 0, 0, false},
		{"mark", 0, 0, false},
		{"failed", 0, 12, true},
		{"contacts", 12, 12, true},
		{"annoyances", 0, 0, true},
	} {
		g, known := GaugeByID(c.id)
		if !known {
			t.Fatalf("no gauge %q", c.id)
		}
		if got, ok := g.Read(&n); got != c.want || ok != c.ok {
			t.Errorf("%s reads %d, %v; want %d, %v", c.id, got, ok, c.want, c.ok)
		}
		if got := g.Of(&n); got != c.of {
			t.Errorf("%s is of %d, want %d", c.id, got, c.of)
		}
	}
	if _, known := GaugeByID("luck"); known {
		t.Error("there is a gauge of luck")
	}
	seen := map[string]bool{}
	for _, g := range Gauges() {
		if seen[g.ID] {
			t.Errorf("%s stands twice", g.ID)
		}
		seen[g.ID] = true
	}
}

// TestTalliesAddUp holds that parts add up to the whole and what is taken away
// again leaves nothing.
func TestTalliesAddUp(t *testing.T) {
	var a, b, sum Tally
	for i := range a {
		a[i], b[i] = int64(i), int64(3*i+1)
	}
	sum.Add(&a, 1)
	sum.Add(&b, 1)
	for i := range sum {
		if sum[i] != a[i]+b[i] {
			t.Fatalf("count %d is %d", i, sum[i])
		}
	}
	sum.Add(&a, -1)
	sum.Add(&b, -1)
	if !sum.Zero() {
		t.Error("something is left")
	}
}
