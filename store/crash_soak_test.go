//go:build soak && unix

package store_test

import "testing"

// TestKillSoak is TestKill for an hour or so rather than seconds.
func TestKillSoak(t *testing.T) {
	for range 100 {
		if acked, lost := crash(t, "write", 30, nil); lost > 0 {
			t.Fatalf("%d of %d acknowledged changes are lost", lost, acked)
		}
	}
}
