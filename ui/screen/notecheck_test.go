package screen

import (
	"slices"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

func TestNoteCheckSaysEachSentenceOnce(t *testing.T) {
	book, _ := smallBook(t)
	for lang, want := range map[string]string{"en": "“idiot” names the person", "nl": "“idiot” benoemt de persoon"} {
		e := deskEnv(t, book.As(model.Solo(book.Agent)), lang)
		got := e.noteCheck("An idiot, an idiot. Always calls after four.")
		if len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s: %q", lang, got)
		}
		if got := e.noteCheck("went behind the counter"); got != nil {
			t.Errorf("%s: %q", lang, got)
		}
		var all []string
		for _, k := range model.NoteKinds() {
			all = append(all, e.Say.Message(model.NoteWarning{Kind: k, Word: "x"}.Message()))
		}
		slices.Sort(all)
		if len(slices.Compact(all)) != len(model.NoteKinds()) || strings.HasPrefix(all[0], "[") {
			t.Errorf("%s: kinds are not told apart: %q", lang, all)
		}
	}
}

func TestTagCautionGoldens(t *testing.T) {
	book, _ := smallBook(t)
	deskGolden(t, "desk-tag-caution", book, book.Agent, func(r *deskRig) {
		r.Keys("2", "3", "w")
		r.Type("that Turk always complains")
		r.Key("enter")
	})
}

// sightingsOf counts what is noted of the customer under the cursor.
func sightingsOf(t *testing.T, r *deskRig, id model.ID) []*model.Sighting {
	t.Helper()
	d, err := r.env.Desk.Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	return d.Sightings
}

func TestTagWarnsOfWordsAndSavesOnASecondEnter(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	had := len(sightingsOf(t, r, p["Hulst Transport"]))
	r.Keys("2", "w")
	r.Type("an idiot")
	r.Keys("tab", "tab", "enter") // from another question: back to the words
	r.Contains("“idiot” names the person")
	r.Contains("Enter once more saves it as it stands.")
	r.Contains("in your own words")
	if n := len(sightingsOf(t, r, p["Hulst Transport"])); n != had {
		t.Fatalf("%d sightings after the first enter, had %d", n, had)
	}
	// Changed words are looked at anew.
	r.Type("s")
	r.Lacks("Enter once more")
	r.Key("enter")
	r.Contains("“idiots” names the person")
	r.Key("enter")
	r.Contains("noted")
	got := sightingsOf(t, r, p["Hulst Transport"])
	if len(got) != had+1 || !slices.ContainsFunc(got, func(s *model.Sighting) bool { return s.Words == "an idiots" }) {
		t.Fatalf("%d sightings after the second enter, had %d", len(got), had)
	}
}

func TestTagSavesOrdinaryWordsAtOnce(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	had := len(sightingsOf(t, r, p["Hulst Transport"]))
	r.Keys("2", "w")
	r.Type("always calls after four")
	r.Key("enter")
	r.Contains("noted")
	if n := len(sightingsOf(t, r, p["Hulst Transport"])); n != had+1 {
		t.Fatalf("%d sightings, had %d", n, had)
	}
}

// TestTagMendedWordsAreSavedAtOnce saves what is in order after a caution.
func TestTagMendedWordsAreSavedAtOnce(t *testing.T) {
	book, p := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "nl", 80, 24)
	had := len(sightingsOf(t, r, p["Hulst Transport"]))
	r.Keys("2", "w")
	r.Type("zeurt weer")
	r.Key("enter")
	r.Contains("geldt voor niemand")
	for range len("zeurt weer") {
		r.Key("backspace")
	}
	r.Type("vroeg het drie keer")
	r.Key("enter")
	if n := len(sightingsOf(t, r, p["Hulst Transport"])); n != had+1 {
		t.Fatalf("%d sightings, had %d", n, had)
	}
}

// TestPromptWarnsOfWordsAndSavesOnASecondEnter: a reason is looked at as any
// other words of a customer are.
func TestPromptWarnsOfWordsAndSavesOnASecondEnter(t *testing.T) {
	book, p := smallBook(t)
	flags := func() int {
		d, err := book.As(model.Solo(book.Agent)).Customer(p["Hulst Transport"])
		if err != nil {
			t.Fatal(err)
		}
		return len(d.Flags)
	}
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	had := flags()
	r.Key("!")
	r.Type("an idiot")
	r.Key("enter")
	r.Contains("“idiot” names the person")
	r.Contains("Enter once more saves it as it stands.")
	r.Golden("desk-flag-caution-en-80x24")
	if n := flags(); n != had {
		t.Fatalf("%d flags after the first enter, had %d", n, had)
	}
	r.Type("s") // changed words are looked at anew
	r.Lacks("Enter once more")
	r.Keys("enter", "enter")
	if n := flags(); n != had+1 {
		t.Fatalf("%d flags after the second enter, had %d", n, had)
	}
}

// TestEditWarnsOfLongTexts: only what is changed is looked at, and saving again
// saves it as it stands.
func TestEditWarnsOfLongTexts(t *testing.T) {
	r, _, read := editPetra(t, "en")
	before := read().Preferences
	r.Keys("pgdown", "pgdown")
	r.Type(", an idiot")
	r.Keys("pgup", "pgup")
	r.Key("ctrl+s")
	r.Contains("Save again to keep them as they are.")
	r.Golden("edit-caution-en-80x24")
	if got := read().Preferences; got != before {
		t.Fatalf("saved at once: %q", got)
	}
	r.Key("ctrl+s")
	if got := read().Preferences; got != before+", an idiot" {
		t.Fatalf("not saved: %q", got)
	}
	r.Key("e")
	r.Type(" Jr")
	r.Key("ctrl+s")
	r.Contains("✓")
	if got := read().Name; got != "Petra Jansen Jr" {
		t.Fatalf("looked at what was not changed: %q", got)
	}
}

// TestBannerTellsOfAColleagues: a line that came meanwhile is told, and taken
// away knowingly only.
func TestBannerTellsOfAColleagues(t *testing.T) {
	book, p := smallBook(t)
	id := p["Hulst Transport"]
	words := func() string {
		d, err := book.As(model.Solo(book.Agent)).Customer(id)
		if err != nil {
			t.Fatal(err)
		}
		if d.Dealings.Banner == nil {
			return ""
		}
		return d.Dealings.Banner.Words
	}
	r := deskRigOn(t, book, book.Agent, "en", 80, 24)
	r.Send(kit.Open{Kind: KindCustomer, Arg: id})
	r.Key("b")
	r.Type("pays at the end of the month")
	book.Must(t, book.Agent2, model.SetBanner{Customer: id, Words: "ring twice, the bell is weak", Until: "2026-12-01"})
	r.Key("tab")
	r.Type("1-12")
	r.Key("enter")
	r.Contains("ring twice, the bell is weak")
	r.Contains("Do it once more")
	r.Golden("banner-changed-en-80x24")
	if got := words(); got != "ring twice, the bell is weak" {
		t.Fatalf("took its place: %q", got)
	}
	r.Key("enter")
	if got := words(); got != "pays at the end of the month" {
		t.Fatalf("not saved: %q", got)
	}
}
