package say

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/playbook"
	"pasvorm/ui/kit"
)

func TestMessages(t *testing.T) {
	s := speakers(t)
	for _, c := range []struct {
		m      model.Message
		en, nl string
	}{
		{model.Say("journal.tag", "Customer", "Petra", "Trait", "wronged"),
			"Petra: “Feels treated unfairly” noted", "Petra: “Voelt zich onheus behandeld” genoteerd"},
		{model.Say("journal.fit.propose", "Customer", "Petra", "Verdict", "part", "Rule", "R8"),
			"Petra: “farewell with a referral” proposed (R8)", "Petra: “afscheid met verwijzing” voorgesteld (R8)"},
		{model.Say("journal.fit.answer", "Customer", "Petra", "Question", "need", "Answer", "partly"),
			"Petra: core need answered with “partly”", "Petra: kernbehoefte beantwoord met “gedeeltelijk”"},
		{model.Say("journal.fit.answer", "Customer", "Petra", "Question", "need", "Answer", ""),
			"Petra: answer on core need taken back", "Petra: antwoord over kernbehoefte teruggenomen"},
		{model.Say("journal.otherwise", "Customer", "Petra", "Verdict", "improve", "Was", "terms"),
			"Petra: “we adapt” decided instead of “fits on our terms”", "Petra: “wij passen ons aan” besloten in plaats van “past op onze voorwaarden”"},
		{model.Say("journal.person.role", "Person", "Sam", "Role", "lead"), "Sam made lead", "Sam is teamleider geworden"},
		{model.Say("journal.bulk", "Count", 2, "What", "journal.flag", "Customer", "Petra"),
			"Petra: flagged for the lead, and 1 more like it", "Petra: aangemeld bij de teamleider, en nog 1 zo"},
		{model.Say("journal.bulk", "Count", uint64(1205), "What", "journal.flag", "Customer", "Petra"),
			"Petra: flagged for the lead, and 1,204 more like it", "Petra: aangemeld bij de teamleider, en nog 1.204 zo"},
		{model.Say("journal.undo", "Rev", uint64(4), "What", "journal.flag", "Customer", "Petra"),
			"Taken back: Petra: flagged for the lead", "Teruggedraaid: Petra: aangemeld bij de teamleider"},
		{model.Say("journal.undo", "Rev", uint64(4), "What", "journal.bulk", "Count", 3, "Customer", "Petra"),
			"Taken back: 3 changes made in one go", "Teruggedraaid: 3 wijzigingen in één keer gedaan"},
		{model.Say("journal.redo", "Rev", uint64(4), "What", "journal.bulk", "Of", "journal.flag", "Count", 3, "Customer", "Petra"),
			"Put back: Petra: flagged for the lead, and 2 more like it", "Teruggezet: Petra: aangemeld bij de teamleider, en nog 2 zo"},
		{model.Say("note.step-up", "From", 1, "To", 3),
			"Up the ladder from step 1 to 3: goes to director or board", "Hoger op de ladder, van trede 1 naar 3: naar directeur of directie"},
		{model.Say("note.flag.step", "Step", int64(4)),
			"Flagged for the lead: step 4, feels wronged", "Aangemeld bij de teamleider: trede 4, voelt zich onheus behandeld"},
		{model.Say("note.undo.left", "Count", 1), "1 change stays: it was changed again since", "1 wijziging blijft staan: die is daarna weer gewijzigd"},
		{model.Say("no.such"), "[no.such]", "[no.such]"},
	} {
		if got := s["en"].Message(c.m); got != c.en {
			t.Errorf("%s: got %q, want %q", c.m.ID, got, c.en)
		}
		if got := s["nl"].Message(c.m); got != c.nl {
			t.Errorf("%s: got %q, want %q", c.m.ID, got, c.nl)
		}
	}
}

func TestErrors(t *testing.T) {
	s := speakers(t)
	for _, c := range []struct {
		err    error
		en, nl string
	}{
		{model.NotAllowed("error.not-allowed.role", "Role", "agent", "Need", "lead").WithHint("hint.ask-lead"),
			"This takes the role of lead; yours is agent. Ask your lead.", "Hiervoor is de rol teamleider nodig; jij bent medewerker. Vraag het je teamleider."},
		{model.MayDo(model.RoleLead, model.ActPlaybook),
			"This takes the role of admin; yours is lead. Ask an admin of this book.",
			"Hiervoor is de rol beheerder nodig; jij bent teamleider. Vraag het een beheerder van dit boek."},
		{fmt.Errorf("at the desk: %w", model.Invalid("error.fit.incomplete", "Count", 1, "Question", "need")),
			"1 question is still open: Is the core need what we do?", "Er staat nog 1 vraag open: Is de kernbehoefte wat wij doen?"},
		{model.NotAllowed("error.not-allowed.too-early", "From", "2026-11-26 09:00"),
			"A parting waits one working day: it can be approved from Thu 26 Nov 2026 09:00.",
			"Een afscheid wacht één werkdag: goedkeuren kan vanaf do 26 nov 2026 09:00."},
		{model.Invalid("error.field.day", "Field", "contract_end", "Value", "soon"),
			"Contract ends: “soon” is not a date. Write it as 2026-11-26.", "Contract loopt tot: “soon” is geen datum. Schrijf die als 2026-11-26."},
		{errors.New("bolt: page 7 of /home/x"), "Something went wrong in the program itself.", "Er ging iets mis in het programma zelf."},
		{fmt.Errorf("save: %w", context.Canceled), "This was stopped before it was done.", "Dit is gestopt voordat het klaar was."},
	} {
		if got := s["en"].Error(c.err); got != c.en {
			t.Errorf("got %q, want %q", got, c.en)
		}
		if got := s["nl"].Error(c.err); got != c.nl {
			t.Errorf("got %q, want %q", got, c.nl)
		}
	}
}

func TestNamesByPlaybook(t *testing.T) {
	s := speakers(t)
	en, nl, bare := s["en"], s["nl"], Speaker{Text: s["en"].Text}
	en1, enHow := en.Cause(model.TraitTopservice, "pays-for-quality")
	bareCause, bareHow := bare.Cause(model.TraitTopservice, "pays-for-quality")
	seen := &model.Sighting{Trait: model.TraitTopservice, Signal: "irritated"}
	for _, c := range []struct{ got, want string }{
		{en.Trait(model.TraitAttention), "Asks for much attention"}, {nl.Trait(model.TraitAttention), "Vraagt veel aandacht"},
		{bare.Trait(model.TraitAttention), "attention"}, {nl.TraitShort(model.TraitWronged), "onheus"}, {bare.TraitShort("x"), "x"},
		{en.Verdict(model.VerdictGather), "not yet to say"}, {nl.Verdict(model.VerdictGather), "nog niet te zeggen"}, {en.Verdict("x"), "x"},
		{en.Question(model.KeyNeed), "Is the core need what we do?"}, {nl.Question(model.KeyNeed), "Is de kernbehoefte wat wij doen?"},
		{bare.Question(model.KeyNeed), "need"}, {nl.Answer(model.KeyNeed, model.AnswerNo), "nee, dit doen anderen"}, {bare.Answer("q", "a"), "a"},
		{nl.Key(model.KeyFriction), "wrijving"}, {nl.Key("nonsense"), "nonsense"},
		{en.Why(model.KeyNeed)[:18], "If the need lies o"}, {bare.Why(model.KeyNeed), ""},
		{nl.TraitMeaning(model.TraitTopservice)[:11], "Legt de lat"}, {bare.TraitMeaning(model.TraitTopservice), ""},
		{nl.Signal(seen), "geprikkeld of kortaf toen er iets misging"}, {bare.Signal(seen), "irritated"},
		{nl.Signal(&model.Sighting{Trait: model.TraitBrazen, Words: "liep door"}), "liep door"},
		{en1, "Pays for quality and expects it"}, {enHow[:19], "Look up the agreed "}, {bareCause + bareHow, "pays-for-quality"},
		{nl.Flag(model.FitFlagFourEyes), "vier ogen"}, {en.Rule("R12"), "Both sides win: nobody adapts, protect it."}, {en.Rule("R99"), "R99"},
		{nl.Step(4), "voelt zich onheus behandeld"}, {en.Step(9), "9"}, {nl.Relation(model.Former), "oud-klant"}, {nl.Kind(model.Private), "particulier"},
		{nl.State(model.FitProposed), "wacht op een teamleider"}, {nl.How(model.SettledAtOnce), "meteen vastgesteld"}, {en.FitKind(model.FitDuty), "statutory claim"},
		{nl.Stance(model.StanceMaker), "de maker weet het het best"}, {nl.Case(model.CaseDouble), "mogelijk dubbel"}, {nl.Role(model.RoleAdmin), "beheerder"},
		{nl.Reason(&model.Flag{Reason: model.FlagSafety}), "een kwestie van veiligheid"}, {nl.Reason(&model.Flag{Reason: model.FlagByHand, Words: "kijk mee"}), "kijk mee"},
		{nl.FieldLabel("contract_end"), "Contract loopt tot"}, {nl.FieldLabel("weird"), "weird"},
		{nl.FieldValue("relation", "former"), "oud-klant"}, {nl.FieldValue("duty", "yes"), "ja"}, {nl.FieldValue("revenue", "1240.50"), "€ 1.240,50"},
		{nl.FieldValue("contract_end", "2026-11-26"), "26 nov 2026"}, {nl.FieldValue("contract_end", "later"), "later"},
		{nl.FieldValue("contact.topic", "lead-time"), nl.Topic("lead-time")}, {nl.FieldValue("contact.channel", "phone"), nl.Channel("phone")},
		{nl.FieldValue("topic", "invoice"), nl.Topic("invoice")}, {nl.FieldValue("contact.failed", "yes"), "ja"}, {nl.FieldValue("by", "2026-11-26"), "26 nov 2026"},
		{nl.FieldValue("channel", "phone"), "phone"}, {nl.FieldValue("topic", ""), ""},
		{nl.FieldValue("phone", "030 123"), "030 123"}, {nl.FieldValue("phone", ""), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestCandidatesAndClashes(t *testing.T) {
	s := speakers(t)
	e := &model.Error{Candidates: []model.Candidate{{Number: "K1", Name: "Petra\nJansen", Town: "Utrecht"}, {Name: "P. Janssen"}},
		Fields: []model.FieldConflict{{Field: "relation", Was: "customer", Yours: "former", Stand: ""}}}
	got := strings.Join(append(s["en"].Candidates(e), s["nl"].Clashes(e)...), "|")
	want := "K1 · Petra·Jansen · Utrecht|P. Janssen|Relatie: het was “klant”, jij maakte er “oud-klant” van, een collega niets"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	e = &model.Error{Fields: []model.FieldConflict{{Field: "contact.failed", Yours: "yes"}, {Field: "contact.channel", Was: "phone", Yours: "mail"}}}
	got = strings.Join(s["en"].Clashes(e), "|")
	want = "Service failed: it was no, you made it “yes”, a colleague made it no|Channel: it was “telephone”, you made it “e-mail”, a colleague made it nothing"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(s["en"].Candidates(&model.Error{})) != 0 {
		t.Error("candidates out of nothing")
	}
}

func TestNamesOfContacts(t *testing.T) {
	s := speakers(t)
	bare := Speaker{Text: s["en"].Text}
	for _, c := range [][2]string{
		{s["en"].Topic("lead-time"), "lead time"}, {s["nl"].Topic("lead-time"), "doorlooptijd"}, {s["nl"].Topic("gone"), "gone"},
		{s["en"].Channel("phone"), "telephone"}, {s["nl"].Channel("phone"), "telefoon"}, {s["nl"].Channel("gone"), "gone"},
		{s["en"].Activity(model.ActivityPrimary), "primary process"}, {s["nl"].Activity(model.ActivityComplaint), "klacht"},
		{bare.Topic("lead-time"), "lead-time"}, {bare.Channel("phone"), "phone"}, {bare.Activity(model.ActivityService), "service"},
		{s["en"].Activity(model.Activities), ""},
		{s["nl"].arg("Topic", "lead-time", nil), "doorlooptijd"}, {s["nl"].arg("Channel", "phone", nil), "telefoon"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
}

func TestPlaybookProblems(t *testing.T) {
	_, err := playbook.Parse("desk.toml", []byte("version = 0\n[rules]\nR1 = 'fits'\n"))
	if err == nil {
		t.Fatal("a hopeless playbook was taken")
	}
	err = fmt.Errorf("load: %w", err)
	for lang, s := range speakers(t) {
		all := s.Problems(err)
		if len(all) < 3 || !strings.HasPrefix(all[0], "desk.toml, ") {
			t.Errorf("%s: %q", lang, all)
		}
		if got := s.Error(err); !strings.Contains(got, s.Text.Int(len(all))) {
			t.Errorf("%s: %q", lang, got)
		}
		for _, line := range all {
			if strings.Contains(line, "<no value>") || bracket.MatchString(line) {
				t.Errorf("%s: %q", lang, line)
			}
		}
		if len(s.Problems(errors.New("x"))) != 0 || len(s.Problems(nil)) != 0 {
			t.Error("problems out of nothing")
		}
	}
	s := speakers(t)["nl"]
	for _, c := range []struct {
		p    model.PlaybookProblem
		want string
	}{
		{model.PlaybookProblem{File: "a\x1b[2J", Line: 3, Key: "x", ID: playbook.ProblemTextForm, Detail: "\u202e"},
			"a·, regel 3, x: in de tekst staat een teken dat hier niet mag: U+202E"},
		{model.PlaybookProblem{File: "a", Line: 1, ID: playbook.ProblemSyntax}, "a, regel 1: dit is geen TOML"},
		{model.PlaybookProblem{File: "a", Line: 1, ID: "playbook.problem.new", Detail: "q"}, "a, regel 1: er is iets niet in orde: q"},
	} {
		if got := s.Problem(&c.p); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// hostile is what a name may hold: escapes, a turned direction, new lines, a
// broken byte, and what a template or an id would make of it.
const hostile = "a\x1b[31m\x1b]0;x\a\u202eb\r\n\u200b\xff{{.Name}}"

func harmless(t interface{ Errorf(string, ...any) }, what, got string) {
	bad := func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
	}
	if strings.ContainsFunc(got, bad) || got != kit.Clean(got) {
		t.Errorf("%s: %q", what, got)
	}
}

func TestHostileArguments(t *testing.T) {
	var names []string
	for name := range samples {
		names = append(names, name)
	}
	names = append(names, "Customer", "Person", "Rule", "Name", "Text", "Value", "Allowed", "Word", "File", "Key", "Signal", "Cause", "Of", "Detail")
	args := map[string]any{}
	for _, n := range names {
		args[n] = hostile
	}
	for lang, s := range speakers(t) {
		ids := append(scan(t, "model", "store"), found{id: hostile})
		for _, f := range ids {
			harmless(t, lang+" "+f.id, s.Message(model.Message{ID: f.id, Args: args}))
			harmless(t, lang+" "+f.id, s.Error(&model.Error{ID: f.id, Args: args, Hint: hostile}))
		}
		label, approach := s.Cause(hostile, hostile)
		for i, got := range []string{label, approach, s.Trait(hostile), s.TraitShort(hostile), s.TraitMeaning(hostile),
			s.Signal(&model.Sighting{Signal: hostile}), s.Signal(&model.Sighting{Words: hostile}), s.Verdict(hostile), s.Question(hostile),
			s.Key(hostile), s.Why(hostile), s.Answer(hostile, hostile), s.Rule(hostile), s.Flag(hostile), s.State(hostile), s.How(hostile),
			s.FitKind(hostile), s.Stance(hostile), s.Reason(&model.Flag{Words: hostile}), s.FlagReason(hostile), s.Case(hostile), s.Kind(hostile),
			s.Relation(hostile), s.FieldLabel(hostile), s.FieldValue("phone", hostile), s.FieldValue("contract_end", hostile), s.FieldValue(hostile, hostile),
			s.Topic(hostile), s.Channel(hostile),
			s.Candidates(&model.Error{Candidates: []model.Candidate{{Number: hostile, Name: hostile, Town: hostile}}})[0],
			s.Clashes(&model.Error{Fields: []model.FieldConflict{{Field: hostile, Was: hostile, Yours: hostile, Stand: hostile}}})[0],
			s.Problem(&model.PlaybookProblem{File: hostile, Key: hostile, ID: hostile, Detail: hostile})} {
			harmless(t, fmt.Sprint(lang, " ", i), got)
		}
		s.Play = &model.Playbook{Verdicts: map[string]model.Bilingual{"part": {EN: hostile, NL: hostile}}}
		harmless(t, lang, s.Verdict(model.VerdictPart))
	}
}

func TestAnyArgumentIsHarmless(t *testing.T) {
	all := speakers(t)
	ids := scan(t, "model", "store")
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SampledFrom(ids).Draw(t, "id")
		args := map[string]any{}
		for _, n := range f.args {
			args[n] = rapid.String().Draw(t, n)
		}
		if _, nests := args["What"]; nests && rapid.Bool().Draw(t, "nest") {
			args["What"], args["Of"] = rapid.SampledFrom(ids).Draw(t, "what").id, rapid.SampledFrom(ids).Draw(t, "of").id
		}
		for lang, s := range all {
			harmless(t, lang+" "+f.id, s.Message(model.Message{ID: f.id, Args: args}))
		}
	})
}
