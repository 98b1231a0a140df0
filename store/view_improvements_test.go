package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/engine"
	"pasvorm/store/storetest"
)

// every gives all records of one kind as they stand on disk.
func every[T model.Record](t rapid.TB, d *storetest.Desk) (out []T) {
	t.Helper()
	_ = d.Engine().Snapshot(func(tx engine.Tx, _ engine.Derived) error {
		tx.Scan(nil, nil, 0, func(k, v []byte, _ engine.Rev) bool {
			if model.NewRecord(model.Table(k[0])) == nil {
				return true // the journal's own
			}
			rec, err := store.DecodeRecord(k, v)
			if err != nil {
				t.Fatal(err)
			}
			if r, ok := rec.(T); ok {
				out = append(out, r)
			}
			return true
		})
		return nil
	})
	return out
}

// TestImprovementOrder: open ones by their day, then those of whom somebody is
// to be told, the longest waiting first, then the rest.
func TestImprovementOrder(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "Bo Blom")
	add := func(title string, by model.Day, hurt ...model.ID) model.ID {
		d.Clock.Add(time.Minute)
		return d.Must(t, d.Agent, model.AddImprovement{Title: title, By: by, Reach: "talk", Hurt: hurt}).Made
	}
	end := func(i model.ID, s model.ImprovementState) {
		d.Clock.Add(time.Hour)
		d.Must(t, d.Agent, model.EndImprovement{ID: i, State: s, Reason: "r"})
	}
	add("no day", "")
	add("late", "2026-12-24")
	add("soon", "2026-11-25", a)
	second, first := add("second", "", a, b), add("first", "", b)
	told, dropped, alone := add("told", "", a), add("dropped", "", a), add("alone", "")
	for _, i := range []model.ID{first, second, told} {
		end(i, model.ImprovementDone)
	}
	d.Must(t, d.Agent2, model.TellHurt{Improvement: told, Customer: a, Words: "good"})
	d.Must(t, d.Agent2, model.TellHurt{Improvement: second, Customer: b})
	end(dropped, model.ImprovementDropped)
	end(alone, model.ImprovementDone)
	all, err := d.As(model.Solo(d.Agent)).Improvements()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range all {
		got = append(got, fmt.Sprintf("%s %d/%d %s", l.Improvement.Title, l.Told, l.Hurt, l.Owner))
	}
	want := []string{"soon 0/1 Karin", "late 0/0 Karin", "no day 0/0 Karin", "first 0/1 Karin", "second 1/2 Karin",
		"alone 0/0 Karin", "dropped 0/1 Karin", "told 1/1 Karin"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	hurt, err := d.As(model.Solo(d.Agent)).Hurt(second, 0)
	if err != nil || len(hurt) != 2 || hurt[0].Name != "Petra Jansen" || hurt[1].Hurt.Told == nil {
		t.Errorf("hurt %+v %v", hurt, err)
	}
	if one, _ := d.As(model.Solo(d.Agent)).Hurt(second, 1); len(one) != 1 {
		t.Errorf("limit: %+v", one)
	}
	det, err := d.As(model.Solo(d.Agent)).Customer(a)
	if err != nil || len(det.Dealings.Hurts) != 4 {
		t.Errorf("of the customer: %+v %v", det.Dealings.Hurts, err)
	}
}

// TestHurtLinksUndone: what hangs from an improvement keeps it, and what was
// told keeps it done.
func TestHurtLinksUndone(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "Bo Blom")
	ctx, lead := context.Background(), model.Solo(d.Lead)
	added := d.Must(t, d.Agent, model.AddImprovement{Title: "Meter", Reach: "talk", Hurt: []model.ID{a}})
	linked := d.Must(t, d.Agent, model.LinkHurt{Improvement: added.Made, Customer: b})
	_, err := d.Undo(ctx, lead, added.Rev, false)
	wantError(t, err, model.KindConflict, "error.undo.hurt-linked")
	ended := d.Must(t, d.Agent, model.EndImprovement{ID: added.Made, State: model.ImprovementDone, Reason: "done"})
	told := d.Must(t, d.Agent, model.TellHurt{Improvement: added.Made, Customer: a})
	_, err = d.Undo(ctx, lead, ended.Rev, false)
	wantError(t, err, model.KindConflict, "error.undo.hurt-told")
	for _, r := range []model.Receipt{told, ended, linked, added} {
		if _, err := d.Undo(ctx, lead, r.Rev, false); err != nil {
			t.Fatal(err)
		}
	}
	if left := every[*model.Hurt](t, d); len(left) > 0 {
		t.Errorf("left %+v", left)
	}
	if all, err := d.As(lead).Improvements(); err != nil || len(all) > 0 {
		t.Errorf("left %+v %v", all, err)
	}
}

// TestHurtBy: whom a standard or a topic hurt, this year and not before, with
// what was withdrawn or granted left out.
func TestHurtBy(t *testing.T) {
	d := storetest.New(t)
	names := map[model.ID]string{}
	customer := func(name string) model.ID {
		id := d.Customer(t, name)
		names[id] = name
		return id
	}
	refuse := func(c model.ID, named string, s model.ExceptionState, on model.Day, topic string) model.ID {
		return d.Must(t, d.Agent, model.LogException{Customer: c, Named: named, Words: "w", State: s, Reason: "r", On: on, Topic: topic}).Made
	}
	refused, granted, taken := customer("refused"), customer("granted"), customer("taken back")
	refuse(refused, "Prepayment", model.ExceptionRefused, "2026-11-02", "procedure")
	refuse(refused, "Prepayment", model.ExceptionRefused, "2026-03-02", "")
	refuse(granted, "Prepayment", model.ExceptionGranted, "2026-11-02", "procedure")
	refuse(customer("first day"), "Prepayment", model.ExceptionRefused, "2025-12-01", "")
	refuse(customer("too old"), "Prepayment", model.ExceptionRefused, "2025-11-30", "")
	refuse(customer("other"), "Prepayment in full", model.ExceptionRefused, "2026-11-02", "")
	gone := refuse(taken, "Prepayment", model.ExceptionRefused, "2026-11-02", "")
	d.Must(t, d.Agent, model.WithdrawException{Customer: taken, Exception: gone, Reason: "by mistake"})
	failed := customer("failed")
	d.Must(t, d.Agent, model.LogContact{Customer: failed, Channel: "phone", Topic: "procedure", Story: "s", Failed: true})
	of := func(standard model.ID, topic string) string {
		ids, err := d.As(model.Solo(d.Agent)).HurtBy(standard, topic)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, id := range ids {
			out = append(out, names[id])
		}
		return strings.Join(out, ", ")
	}
	standards := every[*model.Standard](t, d)
	if got := of(standards[0].ID, "invoice"); got != "refused, first day" {
		t.Errorf("by the standard: %s", got)
	}
	if got := of(model.NoID, "procedure"); got != "refused, failed" {
		t.Errorf("by the topic: %s", got)
	}
	if got := of(model.NoID, "invoice"); got != "" {
		t.Errorf("by a topic that hurt nobody: %s", got)
	}
}

// TestAnswers: how often an answer served, and which was missing, once each.
func TestAnswers(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "Bo Blom")
	save := func(topic, q string) model.ID {
		return d.Must(t, d.Agent, model.SaveAnswer{Topic: topic, Question: q, Words: "So."}).Made
	}
	log := func(c model.ID, topic string, answer model.ID, missing string) model.ID {
		d.Clock.Add(time.Minute)
		return d.Must(t, d.Agent, model.LogContact{Customer: c, Channel: "phone", Topic: topic, Story: "s", Answer: answer, Missing: missing}).Made
	}
	where, who := save("invoice", "Where is it?"), save("invoice", "Who pays?")
	log(a, "invoice", who, "")
	log(b, "invoice", who, "")
	log(b, "invoice", where, "May I split it?")
	log(a, "invoice", model.NoID, "may i  SPLIT it?")
	log(a, "invoice", model.NoID, "where is it?")
	log(a, "telephone", model.NoID, "May I split it?")
	gone := log(a, "order", model.NoID, "Never asked")
	d.Must(t, d.Agent, model.WithdrawContact{Customer: a, Contact: gone, Reason: "by mistake"})
	want := func(topic, lines string) {
		t.Helper()
		got, err := d.As(model.Solo(d.Agent)).Answers(topic)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, l := range got.Lines {
			out = append(out, fmt.Sprintf("%s %d", l.Answer.Question, l.Used))
		}
		for _, m := range got.Missing {
			out = append(out, "missing "+m.Topic+" "+m.Words+" "+m.Name)
		}
		if s := strings.Join(out, "; "); s != lines {
			t.Errorf("answers of %q\ngot  %s\nwant %s", topic, s, lines)
		}
	}
	want("", "Who pays? 2; Where is it? 1; missing telephone May I split it? Petra Jansen; missing invoice may i  SPLIT it? Petra Jansen")
	want("order", "")
	// Written in other words than it was asked, it is missing no more.
	wrote := d.Must(t, d.Agent, model.SaveAnswer{Topic: "invoice", Question: "In parts?", Words: "Yes.", Asked: "May I split it?"})
	want("invoice", "Who pays? 2; Where is it? 1; In parts? 0")
	d.Must(t, d.Lead, model.RetireAnswer{ID: who, Reason: "moved"})
	if _, err := d.Undo(context.Background(), model.Solo(d.Agent), wrote.Rev, false); err != nil {
		t.Fatal(err)
	}
	want("invoice", "Where is it? 1; missing invoice may i  SPLIT it? Petra Jansen")
}

func TestLessonsView(t *testing.T) {
	d := storetest.New(t)
	a, b := d.Customer(t, "Petra Jansen"), d.Customer(t, "Bo Blom")
	for i, c := range []model.ID{b, a, b} {
		d.Clock.Add(time.Hour)
		d.Must(t, d.Agent, model.AddLesson{Customer: c, Words: fmt.Sprint("lesson ", i), Topic: "invoice"})
	}
	all, err := d.As(model.Solo(d.Agent2)).Lessons()
	if err != nil || len(all) != 3 || all[0].Lesson.Words != "lesson 2" || all[1].Name != "Petra Jansen" || all[2].By != "Karin" {
		t.Fatalf("%+v %v", all, err)
	}
	_, err = d.Do(context.Background(), model.Solo(d.Agent2), model.RemoveLesson{Customer: b, Lesson: all[0].Lesson.ID})
	wantError(t, err, model.KindNotAllowed, "error.not-allowed.others-lesson")
	d.Must(t, d.Agent, model.RemoveLesson{Customer: b, Lesson: all[0].Lesson.ID})
	if all, _ = d.As(model.Solo(d.Agent2)).Lessons(); len(all) != 2 {
		t.Errorf("%+v", all)
	}
}

// TestFairness holds the counts against a book worked out by hand.
func TestFairness(t *testing.T) {
	d := storetest.New(t)
	a := d.Customer(t, "Petra Jansen")
	b := d.Customer(t, "Blom BV", "kind", "business")
	d.Customer(t, "Cas", "kind", "business")
	tag := func(who, c model.ID, words string, days int) model.ID {
		x := model.Tag{Customer: c, Trait: model.TraitBrazen, Words: words, On: model.StampOf(d.Clock.Now().AddDate(0, 0, -days))}
		if words == "" {
			play, _, _ := d.As(model.Solo(who)).Playbook()
			x.Signal = play.Trait(model.TraitBrazen).Signals[0].ID
		}
		return d.Must(t, who, x).Made
	}
	tag(d.Agent, a, "", 0)
	frozen := tag(d.Agent, a, "own words", 1)
	taken := tag(d.Agent, b, "own words", 2)
	tag(d.Agent, b, "", 300)             // lapses
	kept := tag(d.Agent2, a, "own", 300) // would lapse, but was confirmed
	d.Must(t, d.Agent2, model.Contest{Customer: a, Sighting: frozen, Reason: "was joking"})
	d.Must(t, d.Agent, model.Withdraw{Customer: b, Sighting: taken, Reason: "mistake"})
	d.Must(t, d.Agent, model.Confirm{Customer: a, Sighting: kept})
	d.Clock.Add(100 * 24 * time.Hour)
	f, err := d.As(model.Solo(d.Lead)).Fairness(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	show := func(all []model.TagFairness) (out []string) {
		for _, x := range all {
			out = append(out, fmt.Sprintf("%s %d of %d: contested %d withdrawn %d lapsed %d own %d", x.Name, x.Sightings, x.Customers, x.Contested, x.Withdrawn, x.Lapsed, x.OwnWords))
		}
		return out
	}
	if got := show(f.Taggers); !slices.Equal(got, []string{"Karin 4 of 2: contested 1 withdrawn 1 lapsed 1 own 2", "Sam 1 of 1: contested 0 withdrawn 0 lapsed 0 own 1"}) {
		t.Errorf("%q", got)
	}
	if got := show(f.Kinds); !slices.Equal(got, []string{" 3 of 1: contested 1 withdrawn 0 lapsed 0 own 2", " 2 of 1: contested 0 withdrawn 1 lapsed 1 own 1"}) {
		t.Errorf("%q", got)
	}
	if f.Share["private"] != 1 || f.Share["business"] != 2 || f.Share["internal"] != 0 {
		t.Errorf("share %v", f.Share)
	}
	over, stop := context.WithCancel(context.Background())
	stop()
	_, err = d.As(model.Solo(d.Lead)).Fairness(over)
	wantError(t, err, model.KindUsage, "error.stopped")
}

// TestFairnessShareOfImport: the kinds are counted of a file as of customers one
// by one, and leave with it.
func TestFairnessShareOfImport(t *testing.T) {
	d := storetest.New(t)
	d.Customer(t, "Petra Jansen")
	file := "name,kind\nA,business\nB,business\nC,private\nD,internal\n"
	_, err := d.As(model.Solo(d.Agent)).Import(context.Background(), strings.NewReader(file), nil, model.ImportOptions{File: "x.csv"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	share := func() string {
		f, err := d.As(model.Solo(d.Lead)).Fairness(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(f.Share["private"], f.Share["business"], f.Share["internal"])
	}
	if got := share(); got != "2 2 1" {
		t.Errorf("with the file: %s", got)
	}
	if _, err := d.Undo(context.Background(), model.Solo(d.Agent), 0, false); err != nil {
		t.Fatal(err)
	}
	if got := share(); got != "1 0 0" {
		t.Errorf("without it: %s", got)
	}
}

// TestCountsEqualReference draws any sequence with taking back and putting back
// in it, and holds what the indexes say against a look at every record.
func TestCountsEqualReference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := storetest.New(t)
		ctx, me := context.Background(), model.Solo(d.Lead)
		customers := []model.ID{d.Customer(t, "A"), d.Customer(t, "B"), d.Customer(t, "C")}
		improves := []model.ID{d.Must(t, d.Lead, model.AddImprovement{Title: "x", Reach: "r"}).Made}
		answers := []model.ID{model.NoID, d.Must(t, d.Lead, model.SaveAnswer{Topic: "invoice", Question: "q", Words: "w"}).Made}
		contacts := []model.ID{}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			i, c := rapid.SampledFrom(improves).Draw(rt, "improvement"), rapid.SampledFrom(customers).Draw(rt, "customer")
			missing := rapid.SampledFrom([]string{"", "one", "two"}).Draw(rt, "missing")
			on := model.NoID
			if len(contacts) > 0 {
				on = rapid.SampledFrom(contacts).Draw(rt, "contact")
			}
			d.Clock.Add(time.Minute)
			var a model.Action
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0:
				a = model.AddImprovement{Title: "x", Reach: "r", Hurt: customers[:rapid.IntRange(0, 3).Draw(rt, "hurt")]}
			case 1:
				a = model.LinkHurt{Improvement: i, Customer: c}
			case 2:
				a = model.UnlinkHurt{Improvement: i, Customer: c}
			case 3:
				a = model.TellHurt{Improvement: i, Customer: c}
			case 4:
				a = model.EndImprovement{ID: i, State: model.ImprovementDone, Reason: "r"}
			case 5, 6:
				a = model.LogContact{Customer: c, Channel: "phone", Topic: "invoice", Answer: rapid.SampledFrom(answers).Draw(rt, "answer"), Missing: missing}
			case 7:
				a = model.WithdrawContact{Customer: c, Contact: on, Reason: "r"}
			default:
				_, _ = d.Undo(ctx, me, 0, rapid.Bool().Draw(rt, "redo"))
				continue
			}
			r, err := d.Do(ctx, me, a)
			switch {
			case err != nil && model.KindOf(err) == model.KindInternal:
				rt.Fatal(err)
			case err == nil && a.Name() == model.ActAddImprovement:
				improves = append(improves, r.Made)
			case err == nil && a.Name() == model.ActLogContact:
				contacts = append(contacts, r.Made)
			}
		}
		healthy(rt, d)
		referenceOfImprovements(rt, d)
		referenceOfAnswers(rt, d)
	})
}

func referenceOfImprovements(rt *rapid.T, d *storetest.Desk) {
	hurt, told := map[model.ID]int{}, map[model.ID]int{}
	for _, h := range every[*model.Hurt](rt, d) {
		hurt[h.Improvement]++
		if h.Told != nil {
			told[h.Improvement]++
		}
	}
	all, err := d.As(model.Solo(d.Lead)).Improvements()
	if err != nil || len(all) != len(every[*model.Improvement](rt, d)) {
		rt.Fatalf("%d improvements, %v", len(all), err)
	}
	for _, l := range all {
		id := l.Improvement.ID
		list, err := d.As(model.Solo(d.Lead)).Hurt(id, 0)
		if err != nil || l.Hurt != hurt[id] || l.Told != told[id] || len(list) != hurt[id] {
			rt.Fatalf("%+v, listed %d, records say %d and %d, %v", l, len(list), hurt[id], told[id], err)
		}
		if l.Told > 0 && l.Improvement.State != model.ImprovementDone {
			rt.Fatalf("told before it was done: %+v", l)
		}
	}
}

func referenceOfAnswers(rt *rapid.T, d *storetest.Desk) {
	used, missing := map[model.ID]int{}, map[string]bool{}
	for _, c := range every[*model.Contact](rt, d) {
		if c.Stands() {
			used[c.Answer]++
			missing[c.Missing] = true
		}
	}
	delete(missing, "")
	got, err := d.As(model.Solo(d.Lead)).Answers("")
	if err != nil || len(got.Missing) != len(missing) {
		rt.Fatalf("missing %+v, records say %v, %v", got.Missing, missing, err)
	}
	for _, l := range got.Lines {
		if l.Used != used[l.Answer.ID] {
			rt.Fatalf("used %d times, records say %d", l.Used, used[l.Answer.ID])
		}
	}
}
