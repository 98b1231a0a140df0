package screen

import (
	"strings"
	"testing"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// claimOn gives who holds the first case of a customer, as a lead sees it.
func claimOn(b *fitBench, customer model.ID) model.Case {
	b.t.Helper()
	q, err := b.As(model.Solo(b.Lead)).Review()
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range q.Cases {
		if c.Customer == customer {
			return c
		}
	}
	return model.Case{}
}

func flagged(t *testing.T) *fitBench {
	b := newFitBench(t, "Petra Jansen")
	b.Must(t, b.Agent, model.RaiseFlag{Customer: b.customer, Reason: "asks for the director every week"})
	return b
}

// Opening a case takes it, leaving it gives it back; a colleague sees who is at
// it, reads all of it and decides nothing.
func TestCaseIsTakenWhileItIsOpen(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := flagged(t)
		mine := b.open(b.Lead, lang, w, h, KindReview, nil)
		theirs := b.open(b.Lead2, lang, w, h, KindReview, nil)
		mine.Key("enter")
		if c := claimOn(b, b.customer); !c.ReviewerIs {
			t.Fatalf("not taken: %+v", c)
		}
		theirs.Send(kit.Changed{Rev: 99})
		theirs.Golden("review_held" + name)
		theirs.Key("c") // refused, with who and until when
		theirs.Golden("review_held_why" + name)
		theirs.Key("enter")
		theirs.Golden("case_held" + name)
		if c := claimOn(b, b.customer); !c.ReviewerIs {
			t.Fatalf("taken by looking: %+v", c)
		}
		mine.Key("q")
		if c := claimOn(b, b.customer); c.Reviewer != "" {
			t.Fatalf("not given back: %+v", c)
		}
		mine.Key("c") // a decision begun in the list
		mine.Send(kit.Changed{Rev: 100})
		if c := claimOn(b, b.customer); !c.ReviewerIs {
			t.Fatalf("not taken: %+v", c)
		}
		mine.Golden("review_mine" + name)
		mine.Key("esc")
		if c := claimOn(b, b.customer); c.Reviewer != "" {
			t.Fatalf("not given back: %+v", c)
		}
	})
}

// Taking over asks first; who had it hears of it and keeps what is typed.
func TestCaseIsTakenOver(t *testing.T) {
	b := flagged(t)
	mine := b.open(b.Lead, "en", 80, 24, KindReview, nil)
	mine.Keys("enter", "c")
	mine.Type("spoke with her")
	theirs := b.open(b.Lead2, "en", 80, 24, KindReview, nil)
	theirs.Key("T")
	theirs.Golden("review_over_en_80")
	theirs.Key("enter") // leave it
	if c := claimOn(b, b.customer); !c.ReviewerIs {
		t.Fatal("taken without a yes")
	}
	theirs.Keys("T", "2")
	if c := claimOn(b, b.customer); c.Reviewer == "" || c.ReviewerIs {
		t.Fatalf("not taken over: %+v", c)
	}
	mine.Lacks("is working on this case")
	mine.Send(kit.Changed{Rev: 99})
	mine.Contains("is working on this case") // said while the reason is typed, not only when it is refused
	mine.Key("enter")
	mine.Contains("is working on this case")
	mine.Contains("spoke with her")
	mine.Keys("esc", "q")
	if c := claimOn(b, b.customer); c.Reviewer == "" {
		t.Error("who lost the case gave it back")
	}
	theirs.Keys("c")
	theirs.Type("spoke with her too")
	theirs.Key("enter")
	if c := claimOn(b, b.customer); c.ID != model.NoID {
		t.Errorf("still there: %+v", c)
	}
}

// Keys keep a case, once a minute; a screen that nobody touches lets it lapse.
func TestCaseIsKeptByKeys(t *testing.T) {
	b := flagged(t)
	d := b.open(b.Lead, "en", 80, 24, KindReview, nil)
	d.Key("enter")
	until := func() model.Stamp { return claimOn(b, b.customer).Until }
	first := until()
	b.Clock.Add(59 * time.Second)
	d.Keys("j", "k")
	if until() != first {
		t.Error("kept longer within a minute")
	}
	b.Clock.Add(time.Second)
	d.Send(kit.Changed{Rev: 99}) // no key
	if until() != first {
		t.Error("kept longer by itself")
	}
	d.Key("j")
	if got := until(); got != first+model.Stamp(time.Minute.Microseconds()) {
		t.Errorf("kept until %v, was %v", got, first)
	}
	b.Clock.Add(time.Minute)
	d.Key("c")
	d.Type("x")
	if got := until(); got != first+model.Stamp((2*time.Minute).Microseconds()) {
		t.Errorf("typing kept it until %v", got)
	}
	b.Clock.Add(model.ClaimFor)
	if c := claimOn(b, b.customer); c.Reviewer != "" {
		t.Errorf("held by nobody: %+v", c)
	}
	// What lapsed is decided all the same, unless somebody else took it.
	d.Type("y")
	d.Key("enter")
	if c := claimOn(b, b.customer); c.ID != model.NoID {
		t.Errorf("still there: %+v", c)
	}
}

// Only who could decide a case takes it.
func TestWhoTakesCases(t *testing.T) {
	b := reviewBench(t)
	q, err := b.As(model.Solo(b.Lead)).Review()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range q.Cases {
		for who, want := range map[model.ID]bool{
			b.Agent: false,
			b.Lead:  c.Kind != model.CaseReturned && !strings.HasPrefix(c.Name, "Own") && c.Kind != model.CaseContest,
			b.Lead2: c.Kind != model.CaseReturned,
		} {
			d := b.open(who, "en", 80, 24, KindCase, c)
			taken, err := b.As(model.Solo(who)).Review()
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range taken.Cases {
				if o.ID == c.ID && o.ReviewerIs != want {
					t.Errorf("%s of %s by %s: taken %v, want %v", c.Kind, c.Name, who, o.ReviewerIs, want)
				}
			}
			d.Keys("ctrl+c", "ctrl+c") // leaving the program gives it back
			if left := claimOn(b, c.Customer); left.Reviewer != "" {
				t.Errorf("%s of %s: left with %s", c.Kind, c.Name, left.Reviewer)
			}
		}
	}
}

// The form of another verdict is reached over two dialogs; the case stays taken
// between them.
func TestCaseStaysTakenBetweenDialogs(t *testing.T) {
	b := newFitBench(t, "Hulst Transport")
	b.finish(b.Agent, b.parting(), model.KeyNeed, "no")
	d := b.open(b.Lead, "en", 80, 24, KindReview, nil)
	held := func() bool { return claimOn(b, b.customer).ReviewerIs }
	d.Key("o")
	if !held() {
		t.Error("not taken")
	}
	d.Key("3")
	if !held() {
		t.Error("given back between the dialogs")
	}
	d.Key("esc")
	if held() {
		t.Error("kept")
	}
}
