package kit

import "testing"

// TestCleanVoicedMarks: a half-width voice mark joins the blank of a padded
// cell before it when it comes first, and the two ways of counting cells then differ.
func TestCleanVoicedMarks(t *testing.T) {
	for _, s := range []string{"\uff9e", "\uff9f"} {
		if got := Clean(s); got == s {
			t.Errorf("%q is drawn as it came", s)
		}
	}
}
