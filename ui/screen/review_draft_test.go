package screen

import (
	"testing"

	"pasvorm/model"
)

// What a lead typed for another verdict outlives an esc by accident and a
// closed terminal, and is gone once it was decided.
func TestReviewOtherwiseKeepsADraft(t *testing.T) {
	b := newFitBench(t, "Hulst Transport")
	b.finish(b.Agent, b.parting(), model.KeyNeed, "no")
	d := b.open(b.Lead, "en", 80, 24, KindReview, nil)
	d.Keys("o", "3")
	d.Type("mail only q?")
	d.Key("esc")
	d.Contains("kept as a draft")
	d.Keys("o", "3")
	d.Contains("mail only q?")
	d.Key("tab")
	d.Type("24-12")
	d.Keys("ctrl+c", "ctrl+c")
	if !d.Quit() {
		t.Fatal("still there")
	}
	d = b.open(b.Lead, "en", 80, 24, KindReview, nil)
	d.Keys("o", "3")
	d.Contains("mail only q?")
	d.Contains("2026-12-24")
	d.Keys("tab", "tab")
	d.Type("one more year")
	d.Key("ctrl+s")
	n := b.detail().Settled()
	if n == nil || n.Verdict != model.VerdictTerms || n.Next.What != "mail only q?" || n.Settled.Reason != "one more year" {
		t.Fatalf("%+v", n)
	}
	kept, err := b.As(model.Solo(b.Lead)).Draft("decide/" + n.ID.String() + "/terms")
	if err != nil || kept != nil {
		t.Errorf("the draft stayed: %v %v", kept, err)
	}
}
