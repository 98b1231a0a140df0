package store_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"pasvorm/model"
)

// Of identical names that are one row nobody gets lost: neither where a condition
// leaves some of them, nor where a column orders them.
func TestNobodyOfOneNameIsLost(t *testing.T) {
	f := inFiles(t)
	ids := map[string]model.ID{}
	for _, town := range []string{"Assen", "Breda", "Zwolle", "Culemborg"} {
		ids[town] = f.customer(t, "Anna Berg", "town", town)
	}
	for query, want := range map[string][]string{
		"anna berg":                         {"Assen", "Breda", "Zwolle", "Culemborg"},
		"anna berg -town:assen":             {"Breda", "Zwolle", "Culemborg"},
		"anna berg -town:assen -town:breda": {"Zwolle", "Culemborg"},
		"anna berg town:breda":              {"Breda"},
	} {
		all, err := f.s.Found(context.Background(), query)
		if err != nil {
			t.Fatal(err)
		}
		var of []model.ID
		for _, town := range want {
			of = append(of, ids[town])
		}
		slices.SortFunc(all, func(a, b model.ID) int { return bytes.Compare(a[:], b[:]) })
		if !slices.Equal(all, of) {
			t.Errorf("%q finds %v, not %v", query, all, of)
		}
		p, err := f.s.Page(model.PageRequest{Filter: query, N: 50, Wait: true})
		if err != nil || len(p.Rows) != 1 || max(p.Rows[0].Same, 1) != len(want) {
			t.Errorf("%q is not one row of %d: %+v %v", query, len(want), p.Rows, err)
		}
		slices.Sort(want)
		if p, err = f.s.Page(model.PageRequest{Filter: query + " sort:town", N: 50, Wait: true}); err != nil {
			t.Fatal(err)
		}
		var towns []string
		for _, r := range p.Rows {
			towns = append(towns, r.Town)
			if r.Same > 1 || len(r.Matches) == 0 {
				t.Errorf("%q, by town: %d of one name, %d matches", query, r.Same, len(r.Matches))
			}
		}
		if !slices.Equal(towns, want) || p.Found != len(want) {
			t.Errorf("%q, by town: %q of %d, not %q", query, towns, p.Found, want)
		}
	}
}
