package model

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var pj = idOf(12) // who is Petra Jansen as well

// mergeDesk has two customers who are one.
func mergeDesk(recs ...Record) memory {
	return desk(&Customer{ID: pj, Name: "P. Jansen", Kind: Private, Relation: Current, Number: "8"},
		&Guard{Text: GuardText(SpaceNumber, "8"), Owner: pj}).with(recs...)
}

var mergeThem = Merge{Keep: petra, Gone: pj, Typed: "p.  jansen"}

func TestMergeRefused(t *testing.T) {
	run := func(c ID, id byte, s FitState) Record { return &Assessment{ID: idOf(id), Customer: c, State: s} }
	for name, c := range map[string]struct {
		a    Merge
		recs []Record
		want string
	}{
		"plain":              {mergeThem, nil, ""},
		"itself":             {Merge{Keep: petra, Gone: petra}, nil, "error.merge.self"},
		"nobody":             {Merge{Keep: petra, Gone: idOf(99)}, nil, "error.customer.gone"},
		"into nobody":        {Merge{Keep: idOf(99), Gone: pj}, nil, "error.customer.gone"},
		"name not typed":     {Merge{Keep: petra, Gone: pj}, nil, "error.typed"},
		"the other's name":   {Merge{Keep: petra, Gone: pj, Typed: "Petra Jansen"}, nil, "error.typed"},
		"no such field":      {Merge{Keep: petra, Gone: pj, Typed: "P. Jansen", Take: []string{"shoes"}}, nil, "error.field.unknown"},
		"one runs":           {mergeThem, []Record{run(petra, 31, FitOpen)}, ""},
		"the other runs":     {mergeThem, []Record{run(pj, 31, FitReturned), run(petra, 30, FitSettled)}, ""},
		"both run":           {mergeThem, []Record{run(petra, 31, FitOpen), run(pj, 32, FitReturned)}, "error.merge.running"},
		"dropped is no run":  {mergeThem, []Record{run(petra, 31, FitOpen), run(pj, 32, FitDropped)}, ""},
		"judged since":       {mergeThem, []Record{run(petra, 31, FitOpen), run(pj, 32, FitSettled)}, "error.merge.judged"},
		"judged since, keep": {mergeThem, []Record{run(pj, 31, FitOpen), run(petra, 32, FitSettled)}, "error.merge.judged"},
		"proposal":           {mergeThem, []Record{run(petra, 31, FitProposed)}, "error.merge.proposal"},
		"other's proposal":   {mergeThem, []Record{run(pj, 31, FitProposed)}, "error.merge.proposal"},
		"farewell":           {mergeThem, []Record{&Farewell{ID: idOf(33), Customer: pj, State: FarewellGoing}}, "error.merge.farewell"},
		"farewell of keep":   {mergeThem, []Record{&Farewell{ID: idOf(33), Customer: petra, State: FarewellGoing}}, "error.merge.farewell"},
		"unheard":            {mergeThem, []Record{&Farewell{ID: idOf(33), Customer: pj, State: FarewellEnded, Objection: "not so"}}, "error.merge.farewell"},
		"farewell that was":  {mergeThem, []Record{&Farewell{ID: idOf(33), Customer: pj, State: FarewellBack}}, ""},
		"comma in a number":  {mergeThem, []Record{&Customer{ID: pj, Name: "P. Jansen", Number: "8,9"}}, "error.merge.number"},
		"notes too long": {mergeThem, []Record{&Customer{ID: pj, Name: "P. Jansen", Note: strings.Repeat("a", MaxWords/2+1)},
			&Customer{ID: petra, Name: "Petra Jansen", Note: strings.Repeat("b", MaxWords/2+1)}}, "error.words.long"},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := c.a.Decide(envOf(karin, RoleAgent), mergeDesk(c.recs...))
			wantRefusal(t, err, c.want)
			if c.want == "" && (!strings.HasPrefix(ch.Message.ID, "journal.merge") || ch.Made != petra) {
				t.Errorf("%+v", ch)
			}
		})
	}
}

// Every table whose records hang from a customer can come over.
func TestMergeEveryTable(t *testing.T) {
	for _, table := range ofCustomer() {
		rec := NewRecord(table)
		if h, ok := rec.(*Hurt); ok {
			h.Customer = pj
		} else {
			var err error
			if rec, err = rehung(rec, pj); err != nil {
				t.Fatalf("%c: %v", table, err)
			}
		}
		if rec.Key().Customer() != pj {
			t.Fatalf("%c stays at %v", table, rec.Key())
		}
		if b, ok := rec.(*Banner); ok {
			b.Until = "2026-12-01"
		}
		m := mergeDesk(rec)
		ch, err := mergeThem.Decide(envOf(karin, RoleAgent), m)
		if err != nil {
			t.Fatalf("%c: %v", table, err)
		}
		left := m.after(ch)
		for k := range left.recs {
			if k.Customer() == pj {
				t.Errorf("%c: %v stays behind", table, k)
			}
		}
		if recs, _ := left.Scan(prefixOf(table, petra)); len(recs) != 1 || ch.Message.Args["Count"] != 1 {
			t.Errorf("%c: came over %v, counted %v", table, recs, ch.Message.Args["Count"])
		}
	}
}

func TestMergeSingles(t *testing.T) {
	banner := func(c ID, words string, until Day) Record { return &Banner{Customer: c, Words: words, Until: until} }
	for name, c := range map[string]struct {
		take []string
		recs []Record
		want string // words of the banner that stays
	}{
		"none":            {nil, nil, ""},
		"ours":            {nil, []Record{banner(petra, "a", "2026-12-01")}, "a"},
		"theirs":          {nil, []Record{banner(pj, "b", "2026-12-01")}, "b"},
		"both":            {nil, []Record{banner(petra, "a", "2026-12-01"), banner(pj, "b", "2026-12-01")}, "a"},
		"both, taken":     {[]string{MergeBanner}, []Record{banner(petra, "a", "2026-12-01"), banner(pj, "b", "2026-12-01")}, "b"},
		"ours was before": {nil, []Record{banner(petra, "a", "2026-11-23"), banner(pj, "b", "2026-11-24")}, "b"},
	} {
		t.Run(name, func(t *testing.T) {
			m := mergeDesk(c.recs...)
			a := mergeThem
			a.Take = c.take
			ch, err := a.Decide(envOf(karin, RoleAgent), m)
			if err != nil {
				t.Fatal(err)
			}
			left := m.after(ch)
			b, _ := left.recs[BannerKey(petra)].(*Banner)
			if b == nil {
				b = &Banner{}
			}
			if b.Words != c.want {
				t.Errorf("the banner says %q, want %q", b.Words, c.want)
			}
			if left.recs[BannerKey(pj)] != nil {
				t.Error("a banner stays behind")
			}
		})
	}
}

func TestMergeHurts(t *testing.T) {
	told := &Ruling{By: sam, Reason: "thanks"}
	m := mergeDesk(&Hurt{Improvement: repairA, Customer: petra, At: 20, By: karin}, &Hurt{Improvement: repairA, Customer: pj, At: 10, By: sam, Told: told, Confirmed: true},
		&Hurt{Improvement: repairB, Customer: pj, At: 30, By: sam})
	ch, err := mergeThem.Decide(envOf(karin, RoleAgent), m)
	if err != nil {
		t.Fatal(err)
	}
	left := m.after(ch)
	h, _ := left.recs[HurtKey(petra, repairA)].(*Hurt)
	if h == nil || h.At != 10 || h.By != sam || h.Told != told || !h.Confirmed {
		t.Errorf("joined to %+v", h)
	}
	if h, _ := left.recs[HurtKey(petra, repairB)].(*Hurt); h == nil || h.Told != nil {
		t.Errorf("came over as %+v", h)
	}
	if all, _ := left.Scan(prefixOf(TableHurt, pj)); len(all) > 0 {
		t.Errorf("left behind %v", all)
	}
}

func TestMergeDoublesNameKeep(t *testing.T) {
	double := func(id byte, a, b ID, dismissed bool) *Double {
		d := &Double{ID: idOf(id), A: a, B: b, Same: "mail"}
		if dismissed {
			d.Dismissed = &Ruling{By: sam}
		}
		return d
	}
	m := mergeDesk(double(50, petra, pj, false), double(51, pj, bo, false), double(52, petra, bo, true), double(53, idOf(13), pj, false),
		double(54, pj, idOf(13), false), double(55, bo, idOf(13), false))
	ch, err := mergeThem.Decide(envOf(karin, RoleAgent), m)
	if err != nil {
		t.Fatal(err)
	}
	all, err := FindAll[*Double](m.after(ch), TableKey(TableDouble, NoID))
	if err != nil {
		t.Fatal(err)
	}
	got := map[ID][2]ID{}
	for _, d := range all {
		got[d.ID] = [2]ID{d.A, d.B}
	}
	want := map[ID][2]ID{idOf(52): {petra, bo}, idOf(53): {idOf(13), petra}, idOf(55): {bo, idOf(13)}}
	if !maps.Equal(got, want) {
		t.Errorf("left are %v, want %v", got, want)
	}
}

func TestMergeCard(t *testing.T) {
	for name, c := range map[string]struct {
		keep, gone, want Customer
		take             []string
	}{
		"the same": {Customer{Name: "A"}, Customer{Name: "a"}, Customer{Name: "A"}, nil},
		"numbers": {Customer{Name: "A", Number: "1", Formerly: "0"}, Customer{Name: "A", Number: "2", Formerly: "3, 4"},
			Customer{Name: "A", Number: "1", Formerly: "0, 2, 3, 4"}, nil},
		"the other number": {Customer{Name: "A", Number: "1"}, Customer{Name: "A", Number: "2"}, Customer{Name: "A", Number: "2", Formerly: "1"}, []string{"number"}},
		"one number":       {Customer{Name: "A"}, Customer{Name: "A", Number: "2"}, Customer{Name: "A", Number: "2"}, nil},
		"no number taken":  {Customer{Name: "A", Number: "1"}, Customer{Name: "A"}, Customer{Name: "A", Number: "1"}, []string{"number"}},
		"their own":        {Customer{Name: "A", Theirs: "x,y"}, Customer{Name: "A", Theirs: "y , z"}, Customer{Name: "A", Theirs: "x, y, z"}, nil},
		"their own alone":  {Customer{Name: "A", Theirs: "x,y"}, Customer{Name: "A"}, Customer{Name: "A", Theirs: "x,y"}, nil},
		"notes":            {Customer{Name: "A", Note: "one\n"}, Customer{Name: "A", Note: "two"}, Customer{Name: "A", Note: "one\ntwo"}, nil},
		"one note":         {Customer{Name: "A", Note: "One and two"}, Customer{Name: "A", Note: "one  and"}, Customer{Name: "A", Note: "One and two"}, nil},
		"another name":     {Customer{Name: "A"}, Customer{Name: "B"}, Customer{Name: "A", Note: "B"}, nil},
		"name taken":       {Customer{Name: "A"}, Customer{Name: "B"}, Customer{Name: "B", Note: "A"}, []string{"name"}},
		"phone to where there is room": {Customer{Name: "A", Phone: "030-1111111"}, Customer{Name: "A", Phone: "030-2222222"},
			Customer{Name: "A", Phone: "030-1111111", Mobile: "030-2222222"}, nil},
		"phone of one who was": {Customer{Name: "A", Phone: "030-1111111"}, Customer{Name: "A", Phone: "030-2222222"},
			Customer{Name: "A", Phone: "030-2222222", Mobile: "030-1111111"}, []string{"phone"}},
		"no room": {Customer{Name: "A", Phone: "030-1111111", Mobile: "06-11111111", Email: "a@x"}, Customer{Name: "A", Phone: "030-2222222", Mobile: "+31611111111", Email: "B@x"},
			Customer{Name: "A", Phone: "030-1111111", Mobile: "06-11111111", Email: "a@x", Note: "A · 030-2222222 · B@x"}, nil},
		"room for mail":      {Customer{Name: "A"}, Customer{Name: "A", Email: "b@x"}, Customer{Name: "A", Email: "b@x"}, nil},
		"taken alone":        {Customer{Name: "A", Town: "T", Level: "L"}, Customer{Name: "A", Town: "U", Level: "M"}, Customer{Name: "A", Town: "U", Level: "L"}, []string{"town"}},
		"banner is no field": {Customer{Name: "A"}, Customer{Name: "A"}, Customer{Name: "A"}, []string{MergeBanner, MergeFinance, "note", "theirs"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := MergeCard(&c.keep, &c.gone, c.take)
			if err != nil || *got != c.want {
				t.Errorf("got %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

// Whatever two cards hold and whatever is taken: nothing by which somebody was
// reached or counted is lost, and nothing is said twice.
func TestMergeCardLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := func(what string, from ...string) string { return rapid.SampledFrom(append(from, "")).Draw(t, what) }
		card := func(who string) *Customer {
			return &Customer{Name: rapid.SampledFrom([]string{"Petra Jansen", "P. Jansen"}).Draw(t, who), Number: some(who, "1", "2"),
				Formerly: some(who, "5", "5, 6"), Phone: some(who, "030-1111111", "030-2222222"), Mobile: some(who, "0611111111", "030-2222222"),
				Email: some(who, "a@x.nl", "b@x.nl"), Theirs: some(who, "x", "y,x"), Note: some(who, "one", "two"), Town: some(who, "T", "U")}
		}
		a, b := card("keep"), card("gone")
		var take []string
		for _, f := range mergeFields(a, b) {
			if rapid.Bool().Draw(t, "take "+f.Field) {
				take = append(take, f.Field)
			}
		}
		got, err := MergeCard(a, b, take)
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join([]string{got.Phone, got.Mobile, got.Email, got.Note, got.Theirs, got.Name}, "\n")
		for _, c := range []*Customer{a, b} {
			for _, v := range []string{c.Phone, c.Mobile, c.Email, c.Note, c.Name} {
				if !strings.Contains(all, v) {
					t.Fatalf("%q of %+v is lost in %+v", v, c, got)
				}
			}
			for _, n := range numbersOf(c) {
				if !slices.Contains(numbersOf(got), n) {
					t.Fatalf("number %s is lost in %+v", n, got)
				}
			}
		}
		if n := numbersOf(got); len(n) != len(slices.Compact(slices.Sorted(slices.Values(n)))) {
			t.Fatalf("a number stands twice in %+v", got)
		}
		if got.Phone != "" && samePhone(got.Phone, got.Mobile) && !samePhone(a.Phone, a.Mobile) && !samePhone(b.Phone, b.Mobile) && len(take) == 0 {
			t.Fatalf("a phone number stands twice in %+v", got)
		}
	})
}

func TestMergeFields(t *testing.T) {
	keep := &Customer{Name: "Petra", Kind: Private, Relation: Current, Phone: "030-1111111", Town: "Utrecht"}
	gone := &Customer{Name: "petra", Kind: Business, Relation: Former, Phone: "+31301111111", Mobile: "030 1111111", Town: "utrecht", Street: "Kade", KeyAccount: true, Note: "x"}
	want := []MergeField{{Field: "kind", Keep: "private", Gone: "business"}, {Field: "relation", Keep: "customer", Gone: "former"},
		{Field: "mobile", Gone: "030 1111111"}, {Field: "street", Gone: "Kade", Take: true}, {Field: "key_account", Gone: "yes", Take: true}}
	if got := mergeFields(keep, gone); !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	gone.Town = "Zeist" // half of another address is no address
	for _, f := range mergeFields(keep, gone) {
		if f.Field == "street" && f.Take {
			t.Error("a street of another town is proposed")
		}
	}
}

// Who is removed gives back the numbers of those who went into them.
func TestRemoveFreesFormerNumbers(t *testing.T) {
	m := mergeDesk()
	ch, err := mergeThem.Decide(envOf(karin, RoleAgent), m)
	if err != nil {
		t.Fatal(err)
	}
	m = m.after(ch)
	if g, _ := m.recs[GuardKey(SpaceNumber, "8")].(*Guard); g == nil || g.Owner != petra {
		t.Fatalf("the number leads to %+v", g)
	}
	ch, err = RemoveCustomer{Customer: petra, Typed: "Petra Jansen"}.Decide(envOf(anna, RoleLead), m)
	if err != nil {
		t.Fatal(err)
	}
	for k := range m.after(ch).recs {
		if k.Table() == TableGuard {
			t.Errorf("a number stays taken: %q", string(k))
		}
	}
}

// Taking a merge back refuses to take a verdict from under what rests on it.
func TestUndoMergeLeans(t *testing.T) {
	verdict := &Assessment{ID: idOf(40), Customer: petra, State: FitSettled, Verdict: VerdictTerms}
	back := *verdict
	back.Customer = pj
	ch := &Change{Puts: []Put{{Before: &Merged{ID: pj, Into: petra}}, {Before: verdict}, {After: &back}, {After: &Customer{ID: pj, Name: "P. Jansen"}}}}
	for name, c := range map[string]struct {
		since Record
		want  string
	}{
		"nothing":         {&Lesson{ID: idOf(41), Customer: petra}, ""},
		"terms":           {&Terms{ID: idOf(41), Customer: petra, Assessment: idOf(40)}, "error.undo.merge-terms"},
		"terms withdrawn": {&Terms{ID: idOf(41), Customer: petra, Assessment: idOf(40), Withdrawn: &Ruling{}}, ""},
		"other terms":     {&Terms{ID: idOf(41), Customer: petra, Assessment: idOf(42)}, ""},
		"farewell":        {&Farewell{ID: idOf(41), Customer: petra, Assessment: idOf(40), State: FarewellGoing}, "error.undo.farewell"},
		"other farewell":  {&Farewell{ID: idOf(41), Customer: petra, Assessment: idOf(42), State: FarewellGoing}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			wantRefusal(t, mayRestore(envOf(karin, RoleAgent), desk(verdict, c.since), &Entry{}, ch, false), c.want)
		})
	}
}

func TestCarryDrafts(t *testing.T) {
	draft := func(who ID, form string) Record {
		return &Draft{Person: who, Form: form, Values: map[string]string{"a": form}}
	}
	m := desk(&Merged{ID: pj, Into: petra}, draft(sam, "promise/"+pj.String()), draft(karin, "promise/"+pj.String()), draft(karin, "promise/"+petra.String()),
		draft(sam, "edit/"+pj.String()), draft(sam, "lesson/new"))
	ch, err := CarryDrafts{From: pj, To: petra}.Decide(envOf(karin, RoleAgent), m)
	if err != nil || !ch.Quiet {
		t.Fatal(ch, err)
	}
	var got []string
	for _, p := range ch.Puts {
		if d, ok := p.After.(*Draft); ok {
			got = append(got, d.Form)
		}
	}
	if want := []string{"promise/" + petra.String()}; !slices.Equal(got, want) || len(ch.Puts) != 2 {
		t.Errorf("carried %v", got)
	}
	if ch, err := (CarryDrafts{From: petra, To: pj}).Decide(envOf(karin, RoleAgent), m); err != nil || len(ch.Puts) > 0 {
		t.Errorf("nothing was merged, yet %v, %v", ch, err)
	}
}
