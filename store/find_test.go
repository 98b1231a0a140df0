package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/search"
	"pasvorm/store/storetest"
)

// matches says by the plainest means whether a customer is found by words of
// which each begins a term.
func matches(c *model.Customer, words []string) bool {
	terms := search.Terms(nil, c)
	for _, w := range words {
		if !slices.ContainsFunc(terms, func(t string) bool { return strings.HasPrefix(t, w) }) {
			return false
		}
	}
	return true
}

// After any sequence of changes a filter finds what a walk over all customers
// finds, in the order of the list, and paging gives every row once.
func TestFindEqualsWalk(t *testing.T) {
	names := []string{"Jan Jansen", "Jan van der Berg", "Petra de Wit", "Ann Özdemir", "Berg & Zn.", "Wit"}
	rapid.Check(t, func(rt *rapid.T) {
		d := storetest.New(t)
		s := d.As(model.Solo(d.Lead))
		var ids []model.ID
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			v := map[string]string{"name": rapid.SampledFrom(names).Draw(rt, "name"), "phone": rapid.SampledFrom([]string{"", "0612345678", "+31 6 999"}).Draw(rt, "phone")}
			switch {
			case len(ids) == 0 || rapid.Bool().Draw(rt, "add"):
				ids = append(ids, d.Must(t, d.Agent, model.AddCustomer{Values: v}).Made)
			case rapid.Bool().Draw(rt, "edit"):
				det, err := s.Customer(rapid.SampledFrom(ids).Draw(rt, "which"))
				if err != nil {
					rt.Fatal(err)
				}
				was, now := model.Diff(model.FieldValues(det.Customer), mergeValues(model.FieldValues(det.Customer), v))
				_, err = s.Do(context.Background(), model.EditCustomer{Customer: det.Customer.ID, Was: was, Now: now})
				if err != nil && model.KindOf(err) != model.KindInvalid {
					rt.Fatal(err)
				}
			default:
				if _, err := s.Undo(context.Background(), 0, false); err != nil && model.KindOf(err) != model.KindNotFound {
					rt.Fatal(err)
				}
			}
		}
		query := rapid.SampledFrom([]string{"jan", "j", "berg", "van der berg", "wit petra", "06", "+31 6 9", "ozd", "x"}).Draw(rt, "query")
		var want []string
		for _, id := range ids {
			det, err := s.Customer(id)
			if err == nil && matches(det.Customer, search.Parse(query).Words) {
				want = append(want, id.String())
			}
		}
		var got []string
		req := model.PageRequest{Filter: query, N: 2}
		for {
			p, err := s.Page(req)
			if err != nil {
				rt.Fatal(err)
			}
			for _, r := range p.Rows {
				got = append(got, r.ID.String())
			}
			if !p.More {
				break
			}
			req = model.PageRequest{Filter: query, N: 2, Dir: model.PageAfter, Key: p.Keys[len(p.Keys)-1]}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			rt.Fatalf("%q finds %d, a walk finds %d", query, len(got), len(want))
		}
	})
}

func mergeValues(a, b map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range a {
		out[k] = v
	}
	for k, v := range b {
		out[k] = v
	}
	return out
}
