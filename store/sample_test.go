package store_test

import (
	"context"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// The sample, made once in each language, has something for every screen.
func TestSample(t *testing.T) {
	for _, lang := range []string{"en", "nl"} {
		d := storetest.Empty(t)
		s := d.As(model.Solo(d.Admin))
		if err := s.Sample(context.Background(), lang); err != nil {
			t.Fatal(err)
		}
		t.Run(lang, func(t *testing.T) {
			t.Run("fit", func(t *testing.T) { sampleFit(t, s) })
			t.Run("farewells", func(t *testing.T) { sampleFarewells(t, s) })
			t.Run("promises", func(t *testing.T) { samplePromises(t, s) })
		})
	}
}

// sampleFit: the sample has customers with each trait, each kind of case in the
// queue, each verdict and each state of an assessment.
func sampleFit(t *testing.T, s *store.Session) {
	q, err := s.Review()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []model.CaseKind{model.CaseFlag, model.CaseProposal, model.CaseContest, model.CaseDate, model.CaseReturned, model.CaseDouble} {
		if q.Counts[k] == 0 {
			t.Errorf("nothing in the queue of kind %s", k)
		}
	}
	if sums, err := s.Totals(); err != nil || sums.Queue != len(q.Cases) {
		t.Errorf("%d cases counted, %d in the queue, %v", sums.Queue, len(q.Cases), err)
	}
	page, err := s.Page(model.PageRequest{N: 1000})
	if err != nil || page.Total < 500 {
		t.Fatalf("%d customers, %v", page.Total, err)
	}
	var traits [4]int
	states, verdicts := map[model.FitState]int{}, map[model.Verdict]int{}
	for _, r := range page.Rows {
		for i, n := range r.Standing.Traits {
			traits[i] += n
		}
		states[r.Standing.Fit]++
		verdicts[r.Standing.Verdict]++
	}
	for i, n := range traits {
		if n == 0 {
			t.Errorf("nobody shows trait %d", i+1)
		}
	}
	for _, v := range model.FitVerdicts() {
		if verdicts[v] == 0 {
			t.Errorf("no verdict %s", v)
		}
	}
	for _, st := range []model.FitState{model.FitOpen, model.FitProposed, model.FitReturned, model.FitSettled} {
		if states[st] == 0 {
			t.Errorf("no assessment is %s", st)
		}
	}
}
