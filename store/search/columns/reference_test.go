package columns_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/store/search"
	"pasvorm/store/search/columns"
)

// reference filters and sorts records one by one.
func reference(w world, q model.Query, ctx columns.Context, among []model.ID) []model.ID {
	type line struct {
		id   model.ID
		name string
		has  []int // in the column; nil for nothing
	}
	var list []line
	for id, r := range w {
		meets := among == nil || slices.Contains(among, id)
		for _, t := range q.Terms {
			some := slices.ContainsFunc(t.Values, func(v string) bool { return refValue(&r, t, v, ctx) })
			if t.Op != model.OpIs {
				some = refCompare(&r, t, ctx)
			}
			meets = meets && some != t.Not
		}
		if meets {
			list = append(list, line{id, search.SortName(r.Name), refSort(&r, q.Sort.By, ctx)})
		}
	}
	slices.SortFunc(list, func(a, b line) int {
		byName := cmp.Or(strings.Compare(a.name, b.name), slices.Compare(a.id[:], b.id[:]))
		switch {
		case q.Sort.By == model.SortName || q.Sort.By == model.SortBest:
			if q.Sort.Desc {
				return -byName
			}
			return byName
		case a.has == nil && b.has == nil:
			return byName
		case a.has == nil:
			return 1
		case b.has == nil:
			return -1
		case q.Sort.Desc:
			return cmp.Or(slices.Compare(b.has, a.has), byName)
		}
		return cmp.Or(slices.Compare(a.has, b.has), byName)
	})
	var out []model.ID
	for _, l := range list {
		out = append(out, l.id)
	}
	return out
}

func refMarks(r *columns.Row, ctx columns.Context) (step int, traits map[int]bool) {
	traits = map[int]bool{}
	for _, m := range r.Marks {
		if ctx.Now < m.Lapses && m.Trait >= 0 && m.Trait < 4 {
			step, traits[m.Trait] = max(step, m.Step), true
		}
	}
	return step, traits
}

// refSort gives what a row has in a column, nil for nothing.
func refSort(r *columns.Row, by model.SortField, ctx columns.Context) []int {
	text := func(s string) (out []int) {
		for _, b := range []byte(s) {
			out = append(out, int(b))
		}
		return out
	}
	place := func(n int) []int {
		if n < 0 {
			return nil
		}
		return []int{n}
	}
	switch by {
	case model.SortTown:
		return text(search.SortName(r.Town))
	case model.SortNumber:
		var out []int // letters above every number, which count by how much they are
		s := strings.ReplaceAll(search.Fold(r.Number), " ", "")
		for s != "" {
			n := len(s) - len(strings.TrimLeft(s, "0123456789"))
			if n == 0 {
				out, s = append(out, 1_000_000+int(s[0])), s[1:]
				continue
			}
			v, err := strconv.Atoi(s[:n])
			if err != nil {
				panic(err)
			}
			out, s = append(out, v), s[n:]
		}
		return out
	case model.SortKind:
		return place(slices.Index([]model.CustomerKind{model.Private, model.Business, model.Internal}, r.Kind))
	case model.SortRelation:
		return place(slices.Index([]model.Relation{model.Suspect, model.Prospect, model.Current, model.Former}, r.Relation))
	case model.SortOwner:
		return text(search.Fold(people[r.Owner]))
	case model.SortStep:
		if step, traits := refMarks(r, ctx); len(traits) > 0 {
			return []int{step, len(traits)}
		}
		return nil
	case model.SortFit:
		if r.Fit == "" {
			return nil
		}
		v := slices.Index(model.FitVerdicts(), r.Verdict)
		if v < 0 {
			v = 9
		}
		return []int{v, slices.Index([]model.FitState{model.FitSettled, model.FitOpen, model.FitProposed, model.FitReturned}, r.Fit)}
	case model.SortDue:
		return text(string(r.Due))
	case model.SortLast, model.SortAdded:
		at := r.Last
		if by == model.SortAdded {
			at = r.Added
		}
		if at == 0 {
			return nil
		}
		return []int{int(at.Time().Unix())}
	}
	return nil
}

func refCompare(r *columns.Row, t model.QueryTerm, ctx columns.Context) bool {
	order := func(v string) (int, bool) { // of the row against a value
		switch t.Field {
		case model.QueryStep, model.QueryPostcode:
			n, err := strconv.Atoi(v)
			if err != nil {
				panic(err)
			}
			if t.Field == model.QueryStep {
				step, _ := refMarks(r, ctx)
				return cmp.Compare(step, n), true
			}
			at := strings.IndexAny(r.Postcode, "0123456789")
			if at < 0 {
				return 0, false
			}
			digits := r.Postcode[at:]
			digits = digits[:len(digits)-len(strings.TrimLeft(digits, "0123456789"))]
			have, err := strconv.Atoi(digits)
			return cmp.Compare(have, n), err == nil
		case model.QueryDue:
			return strings.Compare(string(r.Due), v), r.Due != ""
		}
		at := r.Last
		if t.Field == model.QueryAdded {
			at = r.Added
		}
		return strings.Compare(string(model.DayOf(at.Time().In(ctx.Location))), v), at != 0
	}
	c, ok := order(t.Values[0])
	switch t.Op {
	case model.OpBelow:
		return ok && c < 0
	case model.OpAtMost:
		return ok && c <= 0
	case model.OpAbove:
		return ok && c > 0
	case model.OpAtLeast:
		return ok && c >= 0
	case model.OpBetween:
		d, _ := order(t.Values[1])
		return ok && (c >= 0 && d <= 0 || c <= 0 && d >= 0)
	}
	return ok && c == 0
}

func refValue(r *columns.Row, t model.QueryTerm, v string, ctx columns.Context) bool {
	compact := func(s string) string { return strings.ReplaceAll(search.Fold(s), " ", "") }
	step, traits := refMarks(r, ctx)
	switch t.Field {
	case model.QueryTrait:
		return v == "any" && len(traits) > 0 || v == "none" && len(traits) == 0 || traits[slices.Index(model.Traits(), model.Trait(v))]
	case model.QueryStep:
		return v == strconv.Itoa(step)
	case model.QueryFit:
		stands := r.Fit == model.FitSettled || r.Fit == model.FitOpen
		return v == "none" && r.Fit == "" || v == "open" && (r.Fit == model.FitOpen || r.Fit == model.FitReturned) ||
			v == "proposed" && r.Fit == model.FitProposed || stands && v == string(r.Verdict)
	case model.QueryIs:
		return map[string]bool{"flagged": r.Flagged, "waiting": r.Waiting, "duty": r.Duty, "key": r.Key,
			"limbo": r.Limbo != 0 && r.Limbo <= ctx.Limbo(), "overdue": r.Due != "" && r.Due <= ctx.Late()}[v]
	case model.QueryKind:
		return v == string(r.Kind)
	case model.QueryRelation:
		return v == string(r.Relation)
	case model.QueryOwner:
		return v == "none" && r.Owner == model.NoID || v == "me" && r.Owner == ctx.Me || r.Owner != model.NoID && people[r.Owner] != "" && search.Fold(v) == search.Fold(people[r.Owner])
	case model.QueryTown:
		return strings.HasPrefix(search.Fold(r.Town), search.Fold(v))
	case model.QueryPostcode:
		return strings.HasPrefix(compact(r.Postcode), compact(v))
	case model.QueryName:
		return search.SortName(r.Name) == search.SortName(v)
	case model.QueryNumber:
		all := append(strings.Split(r.Theirs, ","), r.Number, r.Formerly)
		return slices.ContainsFunc(all, func(n string) bool { return strings.HasPrefix(compact(n), compact(v)) })
	case model.QueryPhone, model.QueryMail, model.QueryStory:
		ids, err := found(t.Field, v)
		return err == nil && slices.Contains(ids, r.ID)
	case model.QueryDue:
		return v == "none" && r.Due == "" || v == "any" && r.Due != "" || v == string(r.Due)
	case model.QueryLast:
		return v == "none" && r.Last == 0 || v == "any" && r.Last != 0 || r.Last != 0 && v == string(model.DayOf(r.Last.Time().In(ctx.Location)))
	case model.QueryAdded:
		return v == string(model.DayOf(r.Added.Time().In(ctx.Location)))
	}
	return false
}
