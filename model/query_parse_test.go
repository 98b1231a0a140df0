package model

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func term(f QueryField, values ...string) QueryTerm { return QueryTerm{Field: f, Values: values} }

func (t QueryTerm) with(op QueryOp) QueryTerm { t.Op = op; return t }
func (t QueryTerm) not() QueryTerm            { t.Not = true; return t }

// dutchWords is a lexicon as a desk would have it.
var dutchWords = &Lexicon{
	Fields: map[string]QueryField{"eigenaar": QueryOwner, "trek": QueryTrait, "plaats": QueryTown, "beloofd": QueryDue, "sorteer": QueryOrder, "naam": QueryName},
	Values: map[QueryField]map[string]string{QueryTrait: {"brutaal": "brazen", "geen": "none"}, QueryOwner: {"mij": "me"}, QueryDue: {"geen": "none"}},
	Sorts:  map[string]SortField{"plaats": SortTown, "beloofd": SortDue},
	Days:   map[string]string{"vr": "fri", "morgen": "tomorrow", "overmorgen": "+2d"},
}

func TestParseQuery(t *testing.T) {
	for _, c := range []struct {
		in    string
		want  Query
		canon string // "" for the same as in
	}{
		{"", Query{}, ""},
		{"  jansen   utr ", Query{Text: "jansen utr"}, "jansen utr"},
		{"jansen utrecht trait:brazen owner:me due:<fri", Query{Text: "jansen utrecht",
			Terms: []QueryTerm{term(QueryTrait, "brazen"), term(QueryOwner, "me"), term(QueryDue, "fri").with(OpBelow)}}, ""},
		{"trait:1,4,2,1", Query{Terms: []QueryTerm{term(QueryTrait, "topservice", "wronged", "attention")}}, "trait:topservice,wronged,attention"},
		{"-kind:business", Query{Terms: []QueryTerm{term(QueryKind, "business").not()}}, ""},
		{"KIND:Business", Query{Terms: []QueryTerm{term(QueryKind, "business")}}, "kind:business"},
		{`name:"Jan Jansen" x`, Query{Text: "x", Terms: []QueryTerm{term(QueryName, "Jan Jansen")}}, `x name:"Jan Jansen"`},
		{`town:"Den Haag",Utrecht`, Query{Terms: []QueryTerm{term(QueryTown, "Den Haag", "Utrecht")}}, ""},
		{`town:"Den Ha`, Query{Terms: []QueryTerm{term(QueryTown, "Den Ha")}}, `town:"Den Ha"`},
		{`name:"\"De Zaak\" B.V."`, Query{Terms: []QueryTerm{term(QueryName, `"De Zaak" B.V.`)}}, ""},
		{"due:<=2026-12-01", Query{Terms: []QueryTerm{term(QueryDue, "2026-12-01").with(OpAtMost)}}, ""},
		{"due:none,today", Query{Terms: []QueryTerm{term(QueryDue, "none", "today")}}, ""},
		{"step:>2", Query{Terms: []QueryTerm{term(QueryStep, "2").with(OpAbove)}}, ""},
		{"step:3..1", Query{Terms: []QueryTerm{term(QueryStep, "1", "3").with(OpBetween)}}, "step:1..3"},
		{"added:2026-01-01..2026-03-31", Query{Terms: []QueryTerm{term(QueryAdded, "2026-01-01", "2026-03-31").with(OpBetween)}}, ""},
		{"added:1-2-2026..", Query{Terms: []QueryTerm{term(QueryAdded, "2026-02-01").with(OpAtLeast)}}, "added:>=2026-02-01"},
		{"last:..-2w", Query{Terms: []QueryTerm{term(QueryLast, "-2w").with(OpAtMost)}}, "last:<=-2w"},
		{"last:<-30d", Query{Terms: []QueryTerm{term(QueryLast, "-30d").with(OpBelow)}}, ""},
		{`postcode:"3511 ab"`, Query{Terms: []QueryTerm{term(QueryPostcode, "3511AB")}}, "postcode:3511AB"},
		{"postcode:3500..3599", Query{Terms: []QueryTerm{term(QueryPostcode, "3500", "3599").with(OpBetween)}}, ""},
		{"sort:-due sort:town", Query{Sort: QuerySort{By: SortTown}}, "sort:town"},
		{"sort:-due", Query{Sort: QuerySort{By: SortDue, Desc: true}}, ""},
		{"-sort:due", Query{Sort: QuerySort{By: SortDue, Desc: true}}, "sort:-due"},
		{"sort:-best x", Query{Text: "x"}, "x"},
		{"b.v.: 10:30 www.x.nl:80 http://a", Query{Text: "b.v.: 10:30 www.x.nl:80 http://a"}, `b.v.: 10:30 www.x.nl:80 "http://a"`},
		{"Klant: jansen", Query{Text: "Klant: jansen"}, `"Klant:" jansen`},
		{`"owner:me" "a  b"`, Query{Text: "owner:me a b"}, `"owner:me" a b`},
		{"town:utrecht, zwolle", Query{Text: "zwolle", Terms: []QueryTerm{term(QueryTown, "utrecht")}}, "zwolle town:utrecht"},
		{"mail:<x", Query{Terms: []QueryTerm{term(QueryMail, "<x")}}, ""},
		{"-5 -x - : :a a: x:y", Query{Text: "-5 -x - : :a a: x:y"}, ""},
		{`story:"dubbele factuur"`, Query{Terms: []QueryTerm{term(QueryStory, "dubbele factuur")}}, ""},
	} {
		got, err := ParseQuery(c.in, nil)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q is %+v", c.in, got)
		}
		if c.canon == "" {
			c.canon = c.in
		}
		if s := got.String(); s != c.canon {
			t.Errorf("%q is written %q", c.in, s)
		}
	}
}

func TestParseQueryInDutch(t *testing.T) {
	for in, want := range map[string]string{
		"Eigenaar:mij trek:BRUTAAL,2 beloofd:<vr": "owner:me trait:brazen,attention due:<fri",
		"plaats:Zeist sorteer:-plaats":            "town:Zeist sort:-town",
		"beloofd:morgen..overmorgen":              "due:tomorrow..+2d",
		"-beloofd:geen owner:me due:fri":          "-due:none owner:me due:fri", // the words of the code are known too
		"trek:geen":                               "trait:none",
	} {
		q, err := ParseQuery(in, dutchWords)
		if err != nil {
			t.Errorf("%q: %v", in, err)
		} else if q.String() != want {
			t.Errorf("%q is %q", in, q.String())
		}
	}
}

func TestParseQueryRefuses(t *testing.T) {
	for _, c := range []struct{ in, id, near string }{
		{"ower:me", "error.query.field.near", "owner"},
		{"eigenar:me", "error.query.field.near", "eigenaar"},
		{"qwertyuiop:me", "error.query.field", ""},
		{"ower:", "error.query.field.near", "owner"},
		{"owner:", "error.query.empty", ""},
		{"due:<", "error.query.empty", ""},
		{"due:..", "error.query.empty", ""},
		{"trait:brazn", "error.query.value.near", "brazen"},
		{"trait:5", "error.query.value", ""},
		{"trait:<3", "error.query.compare", ""},
		{"step:9", "error.query.value", ""},
		{"step:x", "error.query.value", ""},
		{"is:flaged", "error.query.value.near", "flagged"},
		{"phone:abc", "error.query.value", ""},
		{"postcode:--", "error.query.value", ""},
		{"due:30d", "error.query.day", ""},
		{"due:2026-02-30", "error.query.day", ""},
		{"due:<none", "error.query.value", ""},
		{"due:none..fri", "error.query.value", ""},
		{"added:none", "error.query.day", ""},
		{"due:<fri,mon", "error.query.one", ""},
		{"sort:twon", "error.query.sort.near", "town"},
		{"sort:qqqqqq", "error.query.sort", ""},
		{"sort:town,due", "error.query.one", ""},
		{"sort:", "error.query.empty", ""},
		{strings.Repeat("x", MaxQuery+1), "error.query.long", ""},
		{strings.Repeat("owner:me ", MaxQueryTerms+1), "error.query.terms", ""},
		{"owner:" + strings.Repeat("a,", MaxQueryValues+1), "error.query.values", ""},
	} {
		_, err := ParseQuery(c.in, dutchWords)
		var e *Error
		switch {
		case !errors.As(err, &e):
			t.Errorf("%.40q is taken", c.in)
		case e.ID != c.id || e.Kind != KindInvalid || e.Hint == "":
			t.Errorf("%.40q: %s, hint %q", c.in, e.ID, e.Hint)
		case c.near != "" && e.Args["Near"] != c.near:
			t.Errorf("%q: %v is proposed", c.in, e.Args["Near"])
		}
	}
}

// queries draws queries that a person can write down.
func queries() *rapid.Generator[Query] {
	word := rapid.StringMatching(`[a-zA-Zé0-9.:'&"\\,<>-]{1,12}`)
	return rapid.Custom(func(t *rapid.T) Query {
		var q Query
		q.Text = strings.Join(rapid.SliceOfN(word, 0, 4).Draw(t, "words"), " ")
		for range rapid.IntRange(0, 5).Draw(t, "terms") {
			q.Terms = append(q.Terms, drawTerm(t, word))
		}
		if rapid.Bool().Draw(t, "sorted") {
			q.Sort = QuerySort{By: rapid.SampledFrom(SortFields()).Draw(t, "by"), Desc: rapid.Bool().Draw(t, "desc")}
		}
		return q
	})
}

func drawTerm(t *rapid.T, word *rapid.Generator[string]) QueryTerm {
	f := rapid.SampledFrom(QueryFields()).Draw(t, "field")
	term := QueryTerm{Field: f, Not: rapid.Bool().Draw(t, "not")}
	value := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 1, 3).Draw(t, "value"), " ")
	})
	end := value // of a comparison
	switch known := QueryValues(f); {
	case known != nil:
		value = rapid.SampledFrom(known)
		end = value
	case f.IsDay():
		end = rapid.SampledFrom(append(QueryDays(), "2026-02-28", "-2w", "+30d", "-1y"))
		value = end
		if f != QueryAdded {
			value = rapid.OneOf(end, rapid.SampledFrom([]string{QueryNone, QueryAny}))
		}
	case f == QueryPostcode:
		value = rapid.StringMatching(`[0-9A-Z]{1,6}`)
		end = value
	case f == QueryPhone:
		value = rapid.StringMatching(`[+0-9 -]{0,8}[0-9]`).Filter(func(s string) bool { return s == strings.Join(strings.Fields(s), " ") })
	case f == QueryOwner:
		value = value.Filter(func(s string) bool { return !strings.EqualFold(s, QueryMe) && !strings.EqualFold(s, QueryNone) })
	}
	if hasOrder(f) {
		term.Op = rapid.SampledFrom([]QueryOp{OpIs, OpBelow, OpAtMost, OpAbove, OpAtLeast, OpBetween}).Draw(t, "op")
	}
	switch term.Op {
	case OpIs:
		term.Values = rapid.SliceOfNDistinct(value, 1, 3, rapid.ID[string]).Draw(t, "values")
	case OpBetween:
		term.Values = rapid.SliceOfN(end, 2, 2).Draw(t, "ends")
		if a, b := term.Values[0], term.Values[1]; fixed(a) && fixed(b) && len(a) == len(b) {
			slices.Sort(term.Values)
		}
	default:
		term.Values = []string{end.Draw(t, "end")}
	}
	return term
}

// A quotation mark behind a sign that compares would begin a quotation.
func TestQuotationMarkBehindASign(t *testing.T) {
	for _, v := range []string{`<"`, `>"a b`, `<="`, `<a"`, `<`} {
		s := Query{Terms: []QueryTerm{{Field: QueryName, Values: []string{v}}}}.String()
		if q, err := ParseQuery(s, nil); err != nil || len(q.Terms) != 1 || q.Terms[0].Values[0] != v {
			t.Errorf("%q is written %s and read as %+v, %v", v, s, q, err)
		}
	}
}

// What is written down is read back the same, whatever words a desk has besides.
func TestQueryIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := queries().Draw(t, "query")
		s := q.String()
		for _, lex := range []*Lexicon{nil, dutchWords} {
			got, err := ParseQuery(s, lex)
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
			if !reflect.DeepEqual(got, q) {
				t.Fatalf("%q is read as %+v, not %+v", s, got, q)
			}
		}
	})
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"jansen utrecht trait:brazen owner:me due:<fri", `-town:"Den Haag",x sort:-due`, "b.v.: 10:30", `"a:b" step:1..3`,
		"due:..-2w", "\x00\xff:", `name:"\"`, "is:\u00a0x", "eigenaar:mij", "İs:flagged", "-:", "a\u0085b:c"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, at int) {
		for _, lex := range []*Lexicon{nil, dutchWords} {
			if spot, ok := QueryAt(s, at, lex); ok && (spot.From < spot.Word[0] || spot.To > spot.Word[1] || spot.From > at || spot.To < at) {
				t.Fatalf("%q at %d: %+v", s, at, spot)
			}
			q, err := ParseQuery(s, lex)
			if err != nil {
				if KindOf(err) != KindInvalid {
					t.Fatalf("%q: %v", s, err)
				}
				continue
			}
			canon := q.String()
			if len(canon) > MaxQuery {
				continue // quotation marks and whole words made it too long
			}
			again, err := ParseQuery(canon, nil)
			if err != nil || !reflect.DeepEqual(again, q) || again.String() != canon {
				t.Fatalf("%q is %+v, written %q, read %+v, %v", s, q, canon, again, err)
			}
		}
	})
}

func TestQueryAt(t *testing.T) {
	for _, c := range []struct {
		in    string // | is the cursor
		field QueryField
		typed string
		part  string // what a proposal takes the place of
		ok    bool
	}{
		{"jansen ow|", "", "ow", "ow", true},
		{"jansen -tr|", "", "tr", "tr", true},
		{"jansen owner:|", QueryOwner, "", "", true},
		{"owner:ka|rin x", QueryOwner, "ka", "karin", true},
		{"eigenaar:ka|", QueryOwner, "ka", "ka", true},
		{"trait:brazen,at|", QueryTrait, "at", "at", true},
		{`owner:"Karin de|`, QueryOwner, "Karin de", `"Karin de`, true},
		{"due:<f|", QueryDue, "f", "f", true},
		{"added:2026-01-01..to|", QueryAdded, "to", "to", true},
		{"sort:-d|", QueryOrder, "-d", "-d", true},
		{"qqq:a|", "", "a", "a", false},
		{"own|er:me", QueryOwner, "", "", false},
		{"jansen |", "", "", "", false},
		{"|", "", "", "", false},
		{`"ow|`, "", `"ow`, `"ow`, false},
	} {
		at := strings.Index(c.in, "|")
		s := strings.Replace(c.in, "|", "", 1)
		spot, ok := QueryAt(s, at, dutchWords)
		if ok != c.ok || ok && (spot.Field != c.field || spot.Typed != c.typed || s[spot.From:spot.To] != c.part) {
			t.Errorf("%q: %+v %v", c.in, spot, ok)
		}
	}
}

func TestParseQueryDay(t *testing.T) {
	const today = "2026-01-30" // a Friday
	for in, want := range map[string]Day{
		"today": today, "tomorrow": "2026-01-31", "yesterday": "2026-01-29", "fri": today, "sat": "2026-01-31", "thu": "2026-02-05",
		"+3d": "2026-02-02", "-2w": "2026-01-16", "+1m": "2026-02-28", "-2m": "2025-11-30", "+1y": "2027-01-30", "2026-12-01": "2026-12-01",
		"": "", "3d": "", "+d": "", "+99999d": "", "+1x": "", "2026-02-30": "", "Friday": "", "-9999y": "", "+9999m": "2859-04-30",
	} {
		got, ok := ParseQueryDay(in, today)
		if ok != (want != "") || got != want {
			t.Errorf("%q is %q, %v; want %q", in, got, ok, want)
		}
	}
	if d, ok := ParseQueryDay("today", ""); ok {
		t.Errorf("without a today it is %q", d)
	}
}

// Every day that a query keeps can be worked out on any day.
func TestQueryDaysAreDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := Day(rapid.StringMatching(`20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])`).Draw(t, "today"))
		word := rapid.SampledFrom(append(QueryDays(), "+1d", "-400d", "+12w", "-13m", "+7m", "-20y")).Draw(t, "word")
		d, ok := ParseQueryDay(word, today)
		if back, fine := ParseDay(string(d)); !ok || !fine || back != d || d == "" {
			t.Fatalf("%s on %s is %q, %v", word, today, d, ok)
		}
		if _, weekday := queryWeekday(word); weekday && (d < today || strings.ToLower(d.Time(time.UTC).Weekday().String()[:3]) != word) {
			t.Fatalf("%s on %s is %s", word, today, d)
		}
	})
}
