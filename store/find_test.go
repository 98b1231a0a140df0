package store_test

import (
	"context"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// asked are the queries that searches are compared by.
var asked = []string{
	"jan", "j", "jansn", "berg", "van der berg", "wit petra", "petra utrecht", "06", "+31 6 9", "1094 sx", "ozdmir", "x",
	"name:\"jan jansen\"", "town:utr", "jan town:utrecht", "-town:utrecht sort:-name", "sort:town", "kind:private jan",
	"trait:brazen", "trait:brazen jan", "story:factuur", "factuur", "phone:06", "sort:-step", "owner:none sort:-added",
}

// answers pages through a query, a few rows at a time.
func answers(t *rapid.T, s interface {
	Page(model.PageRequest) (model.Page, error)
}, query string) (rows []model.Row, found int) {
	req := model.PageRequest{Filter: query, N: 2, Wait: true}
	for {
		p, err := s.Page(req)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		rows, found = append(rows, p.Rows...), p.Found
		if !p.More {
			return rows, found
		}
		req.Dir, req.Key = model.PageAfter, p.Keys[len(p.Keys)-1]
	}
}

// After any sequence of changes a search finds what a search of indexes that
// are made anew finds, row by row in the same order, and paging gives every row
// once.
func TestSearchEqualsFreshIndex(t *testing.T) {
	names := []string{"Jan Jansen", "Jan van der Berg", "Petra de Wit", "Ann Özdemir", "Berg & Zn.", "Wit", "J. Jansen", "Jansen BV"}
	towns := []string{"", "Utrecht", "Den Haag"}
	rapid.Check(t, func(rt *rapid.T) {
		d := storetest.New(t)
		d.SetFinder(rapid.SampledFrom([]int{0, 100}).Draw(rt, "memory"), 1000, rapid.SampledFrom([]int{1, 4, 100}).Draw(rt, "since"))
		s := d.As(model.Solo(d.Lead))
		var ids []model.ID
		for range rapid.IntRange(1, 16).Draw(rt, "changes") {
			changeSomething(t, rt, d, &ids, names, towns)
			if rapid.Bool().Draw(rt, "search") {
				answers(rt, s, rapid.SampledFrom(asked).Draw(rt, "query"))
			}
		}
		for range 4 {
			query := rapid.SampledFrom(asked).Draw(rt, "query")
			rows, found := answers(rt, s, query)
			if err := d.ForgetSearch(); err != nil {
				rt.Fatal(err)
			}
			fresh, want := answers(rt, s, query)
			if found != want || !reflect.DeepEqual(rows, fresh) {
				rt.Fatalf("%q finds %d:\n%+v\na fresh index %d:\n%+v", query, found, rows, want, fresh)
			}
			seen := map[model.ID]bool{}
			for _, r := range rows {
				if seen[r.ID] {
					rt.Fatalf("%q gives %s twice", query, r.Name)
				}
				seen[r.ID] = true
			}
			if len(rows) != found {
				rt.Fatalf("%q says %d and gives %d", query, found, len(rows))
			}
		}
	})
}

// changeSomething adds, edits, tags, logs or takes back.
func changeSomething(t *testing.T, rt *rapid.T, d *storetest.Desk, ids *[]model.ID, names, towns []string) {
	ctx := context.Background()
	s := d.As(model.Solo(d.Lead))
	v := map[string]string{
		"name": rapid.SampledFrom(names).Draw(rt, "name"), "town": rapid.SampledFrom(towns).Draw(rt, "town"),
		"phone":    rapid.SampledFrom([]string{"", "0612345678", "+31 6 999"}).Draw(rt, "phone"),
		"postcode": rapid.SampledFrom([]string{"", "1094 SX", "3511AB"}).Draw(rt, "postcode"),
	}
	what := rapid.SampledFrom([]string{"add", "add", "edit", "tag", "log", "undo"}).Draw(rt, "what")
	if len(*ids) == 0 {
		what = "add"
	}
	var err error
	switch what {
	case "add":
		*ids = append(*ids, d.Must(t, d.Agent, model.AddCustomer{Values: v}).Made)
		return
	case "undo":
		_, err = s.Undo(ctx, 0, false)
		if model.KindOf(err) == model.KindNotFound {
			return
		}
	default:
		var det *model.Detail
		if det, err = s.Customer(rapid.SampledFrom(*ids).Draw(rt, "which")); err != nil {
			return // it was taken back
		}
		var a model.Action
		switch what {
		case "edit":
			was, now := model.Diff(model.FieldValues(det.Customer), mergeValues(model.FieldValues(det.Customer), v))
			a = model.EditCustomer{Customer: det.Customer.ID, Was: was, Now: now}
		case "tag":
			a = model.Tag{Customer: det.Customer.ID, Trait: model.TraitBrazen, Words: "refused the ID check"}
		default:
			a = model.LogContact{Customer: det.Customer.ID, Channel: "phone", Topic: "invoice", Story: "dubbele factuur besproken"}
		}
		_, err = s.Do(ctx, a)
	}
	if err != nil && model.KindOf(err) != model.KindInvalid {
		rt.Fatal(err)
	}
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
