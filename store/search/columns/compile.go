package columns

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/store/search"
)

// most is above every number in a column.
const most = 1<<32 - 1

func wrong(t model.QueryTerm, value string) error {
	return model.Invalid("error.query.value", "Word", string(t.Field), "Value", value).WithHint("hint.query")
}

// compileTerm gives the tests of a condition, of which one is to be met.
func compileTerm(ctx *Context, t model.QueryTerm) ([]test, error) {
	switch t.Field {
	case model.QueryStep, model.QueryDue, model.QueryLast, model.QueryAdded, model.QueryPostcode:
		if t.Op != model.OpIs {
			one, err := compileOrder(ctx, t)
			return []test{one}, err
		}
	default:
		if t.Op != model.OpIs {
			return nil, wrong(t, string(t.Op))
		}
	}
	if len(t.Values) == 0 {
		return nil, wrong(t, "")
	}
	out := make([]test, 0, len(t.Values))
	for _, v := range t.Values {
		one, err := compileValue(ctx, t, v)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// compileValue gives the test of one value.
func compileValue(ctx *Context, t model.QueryTerm, v string) (test, error) {
	exactly := func(c field, n uint32) (test, error) {
		if n == 0 {
			return nil, wrong(t, v)
		}
		return numberTest{col: c, spans: []span{{n, n}}}, nil
	}
	switch t.Field {
	case model.QueryTrait:
		return compileTrait(ctx, t, v)
	case model.QueryFit:
		return compileFit(t, v)
	case model.QueryIs:
		return compileState(ctx, t, v)
	case model.QueryKind:
		return exactly(colKind, codeOf(kinds, model.CustomerKind(v)))
	case model.QueryRelation:
		return exactly(colRelation, codeOf(relations, model.Relation(v)))
	case model.QueryOwner:
		return compileOwner(ctx, v)
	case model.QueryStep, model.QueryAdded:
		return compileOrder(ctx, model.QueryTerm{Field: t.Field, Values: []string{v}})
	case model.QueryDue, model.QueryLast:
		c := colDue
		if t.Field == model.QueryLast {
			c = colLast
		}
		switch v {
		case model.QueryNone:
			return numberTest{col: c, spans: []span{{0, 0}}}, nil
		case model.QueryAny:
			return numberTest{col: c, spans: []span{{1, most}}}, nil
		}
		return compileOrder(ctx, model.QueryTerm{Field: t.Field, Values: []string{v}})
	case model.QueryPhone, model.QueryMail, model.QueryStory:
		if ctx.Look == nil {
			return newIDsTest(nil), nil
		}
		ids, err := ctx.Look(t.Field, v)
		return newIDsTest(ids), err
	}
	return compileText(t, v)
}

// compileText gives the test of a text. One that folds to nothing is no value.
func compileText(t model.QueryTerm, v string) (test, error) {
	folded := search.SortName(v)
	if folded == "" {
		return nil, wrong(t, v)
	}
	switch t.Field {
	case model.QueryTown:
		return beginTest{col: colTown, text: folded}, nil
	case model.QueryPostcode:
		return beginTest{col: colPostcode, text: compactly(v)}, nil
	case model.QueryName:
		return nameTest{folded}, nil
	case model.QueryNumber:
		return termTest{compactly(v)}, nil
	}
	return nil, wrong(t, v)
}

func compileTrait(ctx *Context, t model.QueryTerm, v string) (test, error) {
	some := marksTest{ctx.Now, func(standing) bool { return true }}
	switch v {
	case model.QueryAny:
		return some, nil
	case model.QueryNone:
		return notTest{some}, nil
	}
	n := slices.Index(model.Traits(), model.Trait(v))
	if n < 0 {
		return nil, wrong(t, v)
	}
	return marksTest{ctx.Now, func(s standing) bool { return s.traits&(1<<n) != 0 }}, nil
}

// compileFit tells a verdict that stands from one that is being asked for.
func compileFit(t model.QueryTerm, v string) (test, error) {
	var meets func(fit uint32) bool
	state := func(s ...model.FitState) {
		meets = func(fit uint32) bool {
			return slices.ContainsFunc(s, func(s model.FitState) bool { return fit&7 == codeOf(fitStates, s) })
		}
	}
	switch n := codeOf(model.FitVerdicts(), model.Verdict(v)); {
	case n != 0:
		meets = func(fit uint32) bool { return fit>>3 == n && fitStands(fit) }
	case v == model.QueryNone:
		return numberTest{col: colFit, spans: []span{{0, 0}}}, nil
	case v == string(model.FitOpen):
		state(model.FitOpen, model.FitReturned)
	case v == string(model.FitProposed):
		state(model.FitProposed)
	default:
		return nil, wrong(t, v)
	}
	out := numberTest{col: colFit}
	for fit := uint32(1); fit < (noVerdict+1)<<3; fit++ {
		if meets(fit) {
			out.spans = append(out.spans, span{fit, fit})
		}
	}
	return out, nil
}

func compileState(ctx *Context, t model.QueryTerm, v string) (test, error) {
	switch model.QueryState(v) {
	case model.StateFlagged:
		return numberTest{col: colFlags, bits: bitFlagged}, nil
	case model.StateWaiting:
		return numberTest{col: colFlags, bits: bitWaiting}, nil
	case model.StateDuty:
		return numberTest{col: colFlags, bits: bitDuty}, nil
	case model.StateKey:
		return numberTest{col: colFlags, bits: bitKey}, nil
	case model.StateLimbo:
		out := limboTest{until: math.MinInt64}
		if ctx.Limbo != nil {
			out.until = ctx.Limbo()
		}
		return out, nil
	case model.StateOverdue:
		out := numberTest{col: colDue}
		if ctx.Late == nil {
			return out, nil
		}
		if late := dayOf(ctx.Late()); late != 0 {
			out.spans = []span{{1, late}}
		}
		return out, nil
	}
	return nil, wrong(t, v)
}

func compileOwner(ctx *Context, v string) (test, error) {
	switch {
	case v == model.QueryNone:
		return ownerTest{}, nil
	case v == model.QueryMe && ctx.Me != model.NoID:
		return ownerTest{[]model.ID{ctx.Me}}, nil
	case ctx.Person != nil:
		if ids := ctx.Person(v); len(ids) > 0 {
			return ownerTest{sortIDs(ids)}, nil
		}
	}
	return nil, model.Invalid("error.filter.owner", "Name", v).WithHint("hint.filter.owner")
}

// compileOrder gives the test of a comparison.
func compileOrder(ctx *Context, t model.QueryTerm) (test, error) {
	want := 1
	if t.Op == model.OpBetween {
		want = 2
	}
	if len(t.Values) != want {
		return nil, wrong(t, strings.Join(t.Values, ","))
	}
	read := strconv.ParseInt
	days := func(s string, _, _ int) (int64, error) {
		d, ok := model.ParseQueryDay(s, ctx.Today)
		if n := dayOf(d); ok && n != 0 {
			return int64(n), nil
		}
		return 0, strconv.ErrSyntax
	}
	switch t.Field {
	case model.QueryDue, model.QueryLast, model.QueryAdded:
		read = days
	}
	var ends [2]int64
	for i, v := range t.Values {
		n, err := read(strings.TrimSpace(v), 10, 32)
		if err != nil || n < 0 {
			return nil, wrong(t, v)
		}
		ends[i] = n
	}
	low, high := bounds(t.Op, ends)
	switch t.Field {
	case model.QueryStep:
		return stepTest(ctx, low, high), nil
	case model.QueryPostcode:
		return digitsTest{spanOf(max(low, 1), high)}, nil
	case model.QueryDue:
		return numberTest{col: colDue, spans: []span{spanOf(max(low, 1), high)}}, nil
	}
	c := colLast
	if t.Field == model.QueryAdded {
		c = colAdded
	}
	begin := func(day int64) int64 { // of a day in seconds
		if day > maxDay {
			return latest
		}
		return dayAt(day).Time(ctx.Location).Unix()
	}
	out := spanOf(1, latest)
	if low > 0 {
		out.low = spanOf(max(1, begin(low)), latest).low
	}
	if high < most {
		out.high = uint32(max(0, min(latest, begin(high+1)-1)))
	}
	if out.high < out.low {
		return numberTest{col: c}, nil
	}
	return numberTest{col: c, spans: []span{out}}, nil
}

// maxDay is the last day that can be written, 31 December 9999.
var maxDay = int64(dayOf("9999-12-31"))

// bounds gives the numbers that a comparison takes in, both held.
func bounds(op model.QueryOp, ends [2]int64) (low, high int64) {
	n := ends[0]
	switch op {
	case model.OpBelow:
		return 0, n - 1
	case model.OpAtMost:
		return 0, n
	case model.OpAbove:
		return n + 1, most
	case model.OpAtLeast:
		return n, most
	case model.OpBetween:
		return min(n, ends[1]), max(n, ends[1])
	}
	return n, n
}

// spanOf gives numbers as a span; one that holds nothing lies beyond all.
func spanOf(low, high int64) span {
	if high < low {
		return span{most, most}
	}
	return span{uint32(min(most, low)), uint32(min(most, high))}
}

// stepTest looks at the step of the ladder; without sightings it is 0.
func stepTest(ctx *Context, low, high int64) test {
	if high < low {
		return newIDsTest(nil)
	}
	if low > 0 {
		return marksTest{ctx.Now, func(s standing) bool { return int64(s.step) >= low && int64(s.step) <= high }}
	}
	return notTest{marksTest{ctx.Now, func(s standing) bool { return int64(s.step) > high }}}
}
