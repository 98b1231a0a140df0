package say

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// noon is a Tuesday noon at the desk.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestStory(t *testing.T) {
	karin, sam := model.ID{1}, model.ID{2}
	people := map[model.ID]string{karin: "Karin", sam: "Sam", {9}: "?"}
	spoke := func(days int, channel, topic string, by model.ID, out bool) *model.Contact {
		return &model.Contact{On: model.StampOf(noon.AddDate(0, 0, days)), Channel: channel, Topic: topic, By: by, Out: out}
	}
	promise := func(words string, days int) *model.Promise {
		return &model.Promise{Words: words, Due: model.DayOf(noon.AddDate(0, 0, days)), Side: model.Ours}
	}
	s := speakers(t)
	for _, c := range []struct {
		name   string
		st     model.Story
		en, nl string
	}{
		{"nothing", model.Story{}, "", ""},
		{"all", model.Story{Last: spoke(-5, "phone", "invoice", karin, false), Promised: promise("a credit note", 2)},
			"You spoke with Karin on Thursday about the invoice; we promised a credit note by Thursday.",
			"U sprak donderdag met Karin over de factuur; wij beloofden a credit note, uiterlijk donderdag."},
		{"Dutch words", model.Story{Last: spoke(0, "phone", "invoice", karin, false), Promised: promise("een creditnota.", 1)},
			"You spoke with Karin today about the invoice; we promised een creditnota by tomorrow.",
			"U sprak vandaag met Karin over de factuur; wij beloofden een creditnota, uiterlijk morgen."},
		{"words that fit in no sentence", model.Story{Last: spoke(-1, "mail", "order", karin, false), Promised: promise("send the meter back", 9)},
			"You wrote to Karin yesterday about the order; we promised by 3 December: send the meter back.",
			"U schreef gisteren aan Karin over de bestelling; wij beloofden uiterlijk 3 december: send the meter back."},
		{"late", model.Story{Last: spoke(-20, "visit", "procedure", karin, false), Promised: promise("a credit note", -2)},
			"You spoke with Karin on 4 November about a procedure of ours; we promised a credit note by 22 November and are late with it.",
			"U sprak op 4 november met Karin over een procedure van ons; wij beloofden a credit note, uiterlijk 22 november, en zijn daarmee te laat."},
		{"late in a list", model.Story{Promised: promise("credit note", -1)},
			"We promised by yesterday, and are late with it: credit note.",
			"Wij beloofden uiterlijk gisteren, en zijn daarmee te laat: credit note."},
		{"no promise", model.Story{Last: spoke(-400, "phone", "other", karin, false)},
			"You spoke with Karin on 20 October 2025.", "U sprak op 20 oktober 2025 met Karin."},
		{"no contact", model.Story{Promised: promise("the new meter", 0)},
			"We promised the new meter by today.", "Wij beloofden the new meter, uiterlijk vandaag."},
		{"we called", model.Story{Last: spoke(-6, "phone", "lead-time", karin, true)},
			"Karin called you on Wednesday about the lead time.", "Karin belde u woensdag over de doorlooptijd."},
		{"we wrote", model.Story{Last: spoke(-7, "letter", "product", karin, true)},
			"Karin wrote to you on 17 November about the product.", "Karin schreef u op 17 november over het product."},
		{"we came by", model.Story{Last: spoke(-1, "visit", "product", karin, true)},
			"Karin came to see you yesterday about the product.", "Karin kwam gisteren bij u langs over het product."},
		{"it was me", model.Story{Last: spoke(-1, "phone", "question", sam, false)},
			"You spoke with me yesterday about a question.", "U sprak gisteren met mij over een vraag."},
		{"I called", model.Story{Last: spoke(0, "phone", "question", sam, true)},
			"I called you today about a question.", "Ik belde u vandaag over een vraag."},
		{"somebody unknown", model.Story{Last: spoke(0, "chat", "telephone", model.ID{9}, false)},
			"You wrote to a colleague today about reaching us by telephone.", "U schreef vandaag aan een collega over onze telefonische bereikbaarheid."},
		{"a channel and a topic of their own", model.Story{Last: spoke(0, "drone", "parking", karin, false)},
			"You were in touch with Karin today about parking.", "U had vandaag contact met Karin over parking."},
		{"on a channel of their own", model.Story{Last: spoke(0, "drone", "parking", karin, true)},
			"Karin was in touch with you today about parking.", "Karin had vandaag contact met u over parking."},
	} {
		for lang, want := range map[string]string{"en": c.en, "nl": c.nl} {
			if got := s[lang].Story(&c.st, people, sam, noon); got != want {
				t.Errorf("%s, %s:\ngot  %s\nwant %s", c.name, lang, got, want)
			}
		}
	}
}

// Whatever the facts are, the line is one line that can be shown and ends once.
func TestStoryIsALine(t *testing.T) {
	s := speakers(t)
	rapid.Check(t, func(t *rapid.T) {
		c := &model.Contact{On: model.StampOf(noon.AddDate(0, 0, -rapid.IntRange(0, 900).Draw(t, "ago"))), By: model.ID{1},
			Channel: rapid.SampledFrom([]string{"phone", "mail", "visit", "x", ""}).Draw(t, "channel"),
			Topic:   rapid.SampledFrom([]string{"invoice", "other", "x\n\x1b[31m", ""}).Draw(t, "topic"), Out: rapid.Bool().Draw(t, "out")}
		p := &model.Promise{Words: rapid.String().Draw(t, "words"), Due: model.DayOf(noon.AddDate(0, 0, rapid.IntRange(-500, 500).Draw(t, "due")))}
		st := model.Story{}
		if rapid.Bool().Draw(t, "spoke") {
			st.Last = c
		}
		if rapid.Bool().Draw(t, "promised") {
			st.Promised = p
		}
		for lang, sp := range s {
			got := sp.Story(&st, map[model.ID]string{{1}: rapid.String().Draw(t, "name")}, model.NoID, noon)
			if got != kit.Clean(got) || strings.Contains(got, "<no value>") {
				t.Fatalf("%s: %q", lang, got)
			}
			if st != (model.Story{}) && !strings.HasSuffix(got, ".") {
				t.Fatalf("%s: %q", lang, got)
			}
		}
	})
}

func TestStoryCounts(t *testing.T) {
	s := speakers(t)
	st := &model.Story{ToldAgain: 1, Transfers: 3, NumberAsks: 1, Failed: 2}
	if got := strings.Join(s["en"].StoryCounts(st), "|"); got != "had to tell it again once|put through 3 times|asked for a number again once|service failed 2 times" {
		t.Error(got)
	}
	if got := strings.Join(s["nl"].StoryCounts(st), "|"); got != "moest het 1 keer opnieuw vertellen|3 keer doorverbonden|1 keer opnieuw om een nummer gevraagd|service schoot 2 keer tekort" {
		t.Error(got)
	}
	if got := s["en"].StoryCounts(&model.Story{Contacts: 9}); len(got) > 0 {
		t.Error(got)
	}
	for hours, want := range map[int]string{24: "has heard nothing for 24 hours", 47: "has heard nothing for 47 hours", 48: "has heard nothing for 2 days", 95: "has heard nothing for 3 days"} {
		if got := s["en"].Limbo(&model.Limbo{Waited: time.Duration(hours)*time.Hour + 59*time.Minute}); got != want {
			t.Errorf("%d: %s", hours, got)
		}
	}
	if got := s["nl"].Limbo(&model.Limbo{Waited: 73 * time.Hour}); got != "hoort al 3 dagen niets" {
		t.Error(got)
	}
	if s["nl"].YourContact("Karin") != "Uw contactpersoon is Karin." || s["en"].YourContact("") != "" {
		t.Error("contact line")
	}
}

func TestDaysThatWere(t *testing.T) {
	s := speakers(t)
	for _, c := range []struct{ lang, text, want string }{
		{"en", "today", "2026-11-24"},
		{"en", " Yesterday", "2026-11-23"},
		{"en", "thu", "2026-11-19"},
		{"en", "tuesday", "2026-11-17"},
		{"nl", "do", "2026-11-19"},
		{"nl", "gisteren", "2026-11-23"},
		{"nl", "ma", "2026-11-23"},
		{"en", "3-11", "2026-11-03"},
		{"en", "t", ""},
		{"en", "soon", ""},
		{"en", "", ""},
	} {
		got, ok := s[c.lang].DayPast(c.text, noon)
		if string(model.DayOf(got)) != c.want || ok != (c.want != "") {
			t.Errorf("%s %q: %s %v", c.lang, c.text, model.DayOf(got), ok)
		}
	}
}
