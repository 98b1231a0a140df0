package playbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"pgregory.net/rapid"

	"pasvorm/model"
	"pasvorm/store/playbook"
)

// checkInvariants holds a playbook against everything that Parse promises.
func checkInvariants(t testing.TB, p *model.Playbook) {
	t.Helper()
	text := func(where string, b model.Bilingual) {
		for _, s := range []string{b.EN, b.NL} {
			if s == "" || s != strings.TrimSpace(s) || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
				t.Errorf("%s: text %q", where, s)
			}
		}
	}
	if p.Version < 1 {
		t.Errorf("version %d", p.Version)
	}
	seen := map[string]bool{}
	unique := func(kind, id string) {
		if id == "" || seen[kind+id] {
			t.Errorf("%s %q is empty or there twice", kind, id)
		}
		seen[kind+id] = true
	}
	for i, trait := range model.Traits() {
		play := p.Traits[i]
		if play.Trait != trait || p.Trait(trait) == nil {
			t.Fatalf("trait %d is %q, want %q", i, play.Trait, trait)
		}
		text("label", play.Label)
		text("short", play.Short)
		text("definition", play.Definition)
		if len(play.Signals) < 1 || len(play.Signals) > model.MaxSignals || len(play.Causes) < 1 || len(play.Causes) > model.MaxCauses {
			t.Errorf("%s: %d signals, %d causes", trait, len(play.Signals), len(play.Causes))
		}
		for _, s := range play.Signals {
			unique("signal", s.ID)
			text(s.ID, s.Label)
			if s.Step < model.MinStep || s.Step > model.MaxStep {
				t.Errorf("%s: step %d", s.ID, s.Step)
			}
		}
		for _, c := range play.Causes {
			unique("cause", c.ID)
			text(c.ID, c.Label)
			text(c.ID, c.Approach)
		}
	}
	if len(p.Traits) != 4 || len(p.Questions) != 10 || len(p.Verdicts) != 5 {
		t.Errorf("%d traits, %d questions, %d verdicts", len(p.Traits), len(p.Questions), len(p.Verdicts))
	}
	for _, key := range model.FitKeys() {
		q := p.Questions[string(key)]
		text(string(key), q.Ask)
		text(string(key), q.Why)
		if len(q.Answers) != len(model.AnswersFor(key)) {
			t.Errorf("%s: %d answers", key, len(q.Answers))
		}
		for _, a := range model.AnswersFor(key) {
			text(string(key)+"."+string(a), q.Answers[string(a)])
		}
	}
	for _, v := range model.FitVerdicts() {
		text(string(v), p.Verdicts[string(v)])
	}
	checkDesk(t, &p.Desk)
	th, c := p.Thresholds, p.Calendar
	if th.EvidenceEvents < 2 || th.EvidenceDays > th.EvidenceEvents || th.EvidenceColleagues > th.EvidenceEvents ||
		th.LapseMonths < 1 || th.LapseMonths > 24 || th.LimboRedHours <= th.LimboWarnHours || th.WrongedLastingDays < 1 {
		t.Errorf("thresholds %+v", th)
	}
	if c.Opens < 0 || c.Closes <= c.Opens || c.Closes > 24*60 || len(c.Days) == 0 || c.Country != "NL" && c.Country != "BE" {
		t.Errorf("calendar %+v", c)
	}
}

func checkDesk(t testing.TB, d *model.DeskSettings) {
	t.Helper()
	seen := map[string]bool{}
	named := func(kind, id string, label model.Bilingual) {
		if id == "" || seen[kind+id] || label.EN == "" || label.NL == "" || strings.ContainsFunc(label.EN+label.NL, unicode.IsControl) {
			t.Errorf("%s %q is empty or there twice, or has label %q", kind, id, label)
		}
		seen[kind+id] = true
	}
	for _, topic := range d.Topics {
		named("topic", topic.ID, topic.Label)
	}
	for _, channel := range d.Channels {
		named("channel", channel.ID, channel.Label)
	}
	if len(d.Topics) < 1 || len(d.Topics) > model.MaxTopics || len(d.Channels) < 1 || len(d.Channels) > model.MaxChannels {
		t.Errorf("%d topics, %d channels", len(d.Topics), len(d.Channels))
	}
	for a, cents := range d.Rates {
		if cents < 0 || cents > 1000_00 {
			t.Errorf("%s costs %d cents", model.Activity(a).Key(), cents)
		}
	}
	if d.LapseWarnDays < 1 || d.DueSoonDays < 1 || d.OutcomeDays < 1 {
		t.Errorf("days %d, %d, %d", d.LapseWarnDays, d.DueSoonDays, d.OutcomeDays)
	}
	for _, s := range []string{d.Farewell.EN, d.Farewell.NL} {
		for _, open := range model.FarewellPlaceholders() {
			s = strings.ReplaceAll(s, open, "Petra")
		}
		if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, "{}\t\r") || !utf8.ValidString(s) {
			t.Errorf("farewell %q", s)
		}
	}
}

func samePlaybook(t rapid.TB, got, want *model.Playbook) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v\nwant %+v", got, want)
	}
}

// encode writes a playbook as TOML, in the library's own style, which is not
// that of the default: keys in order of the alphabet, tables written out.
func encode(t rapid.TB, p *model.Playbook) []byte {
	t.Helper()
	type m = map[string]any
	text := func(b model.Bilingual) m { return m{"en": b.EN, "nl": b.NL} }
	names := func(days []model.Day) []string {
		out := []string{}
		for _, day := range days {
			out = append(out, string(day))
		}
		return out
	}
	clock := func(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }
	traits, questions, verdicts := m{}, m{}, m{}
	for _, play := range p.Traits {
		var signals, causes []m
		for _, s := range play.Signals {
			signals = append(signals, m{"id": s.ID, "step": s.Step, "label": text(s.Label)})
		}
		for _, c := range play.Causes {
			causes = append(causes, m{"id": c.ID, "label": text(c.Label), "approach": text(c.Approach)})
		}
		traits[string(play.Trait)] = m{"label": text(play.Label), "short": text(play.Short),
			"definition": text(play.Definition), "signals": signals, "causes": causes}
	}
	for key, q := range p.Questions {
		answers := m{}
		for a, label := range q.Answers {
			answers[a] = text(label)
		}
		questions[key] = m{"ask": text(q.Ask), "why": text(q.Why), "answers": answers}
	}
	for v, name := range p.Verdicts {
		verdicts[v] = text(name)
	}
	var topics, channels []m
	for _, topic := range p.Desk.Topics {
		topics = append(topics, m{"id": topic.ID, "friction": topic.Friction, "label": text(topic.Label)})
	}
	for _, channel := range p.Desk.Channels {
		channels = append(channels, m{"id": channel.ID, "label": text(channel.Label)})
	}
	rates := m{}
	for a, cents := range p.Desk.Rates {
		rates[model.Activity(a).Key()] = float64(cents) / 100
	}
	th, c, d := p.Thresholds, p.Calendar, p.Desk
	days := []string{}
	for _, day := range c.Days {
		days = append(days, strings.ToLower(day.String()[:3]))
	}
	var out bytes.Buffer
	err := toml.NewEncoder(&out).Encode(m{
		"version": p.Version, "traits": traits, "questions": questions, "verdicts": verdicts,
		"thresholds": m{
			"evidence_events": th.EvidenceEvents, "evidence_days": th.EvidenceDays, "evidence_colleagues": th.EvidenceColleagues,
			"evidence_window_days": th.EvidenceWindowDays, "lapse_months": th.LapseMonths, "rerun_months": th.RerunMonths,
			"large_percent": th.LargePercent, "limbo_warn_hours": th.LimboWarnHours, "limbo_red_hours": th.LimboRedHours,
			"wronged_lasting_days": th.WrongedLastingDays,
		},
		"topics": topics, "channels": channels, "rates": rates,
		"desk":     m{"lapse_warn_days": d.LapseWarnDays, "due_soon_days": d.DueSoonDays, "outcome_days": d.OutcomeDays},
		"farewell": m{"text": text(d.Farewell)},
		"calendar": m{"country": c.Country, "opens": clock(c.Opens), "closes": clock(c.Closes), "days": days,
			"closed": names(c.Closed), "open": names(c.Open)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// anyPlaybook draws a playbook that must be accepted.
func anyPlaybook(t *rapid.T) *model.Playbook {
	number := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(t, name) }
	text := func(longest int) model.Bilingual {
		word := rapid.StringMatching(`[QXZ"'\\.#={}é€\[\]][ QXZqxz"'\\.#={}é€😀]{0,` + fmt.Sprint(longest-2) + `}[qxz"\\]`)
		return model.Bilingual{EN: word.Draw(t, "en"), NL: word.Draw(t, "nl")}
	}
	p := &model.Playbook{Version: number("version", 1, 1_000_000), Questions: map[string]model.QuestionText{}, Verdicts: map[string]model.Bilingual{}}
	for i, trait := range model.Traits() {
		play := model.TraitPlay{Trait: trait, Label: text(72), Short: text(14), Definition: text(300)}
		for n := range number("signals", 1, model.MaxSignals) {
			play.Signals = append(play.Signals, model.Signal{ID: fmt.Sprintf("s%d-%d", i, n), Step: number("step", 1, 4), Label: text(72)})
		}
		for n := range number("causes", 1, model.MaxCauses) {
			play.Causes = append(play.Causes, model.Cause{ID: fmt.Sprintf("c%d-%d", i, n), Label: text(72), Approach: text(300)})
		}
		p.Traits = append(p.Traits, play)
	}
	for _, key := range model.FitKeys() {
		q := model.QuestionText{Ask: text(100), Why: text(300), Answers: map[string]model.Bilingual{}}
		for _, a := range model.AnswersFor(key) {
			q.Answers[string(a)] = text(72)
		}
		p.Questions[string(key)] = q
	}
	for _, v := range model.FitVerdicts() {
		p.Verdicts[string(v)] = text(72)
	}
	events, warn := number("events", 2, 20), number("warn", 1, 336)
	p.Thresholds = model.Thresholds{
		EvidenceEvents: events, EvidenceDays: number("days", 1, events), EvidenceColleagues: number("colleagues", 1, min(events, 10)),
		EvidenceWindowDays: number("window", 30, 730), LapseMonths: number("lapse", 1, 24), RerunMonths: number("rerun", 1, 24),
		LargePercent: number("large", 1, 100), LimboWarnHours: warn, LimboRedHours: number("red", warn+1, 720),
		WrongedLastingDays: number("lasting", 1, 180),
	}
	d := &p.Desk
	for n := range number("topics", 1, model.MaxTopics) {
		d.Topics = append(d.Topics, model.Topic{ID: fmt.Sprint("t", n), Friction: rapid.Bool().Draw(t, "friction"), Label: text(32)})
	}
	for n := range number("channels", 1, model.MaxChannels) {
		d.Channels = append(d.Channels, model.Channel{ID: fmt.Sprint("t", n), Label: text(32)})
	}
	for a := range d.Rates {
		d.Rates[a] = rapid.Int64Range(0, 1000_00).Draw(t, "cents")
	}
	d.LapseWarnDays, d.DueSoonDays, d.OutcomeDays = number("warn", 1, 180), number("soon", 1, 60), number("outcome", 1, 365)
	letter := rapid.StringMatching(`[QXZ"']([ QXZqxz"'\\.#=é€\[\]\n]|\{(customer|referral|contact|date)\}){0,300}[qxz"\\]`)
	d.Farewell = model.Bilingual{EN: letter.Draw(t, "farewell"), NL: letter.Draw(t, "afscheid")}
	opens := number("opens", 0, 24*60-1)
	p.Calendar = model.CalendarSettings{
		Country: rapid.SampledFrom([]string{"NL", "BE"}).Draw(t, "country"), Opens: opens, Closes: number("closes", opens+1, 24*60),
		Days: slices.Clone(playbook.Default().Calendar.Days[:number("week", 1, 5)]),
	}
	for i := range number("closed", 0, 5) {
		p.Calendar.Closed = append(p.Calendar.Closed, model.Day(fmt.Sprintf("20%02d-12-24", 10+i)))
	}
	return p
}

func TestRoundTrip(t *testing.T) {
	samePlaybookAfter := func(t rapid.TB, want *model.Playbook) {
		got, err := playbook.Parse("again.toml", encode(t, want))
		if err != nil {
			t.Fatal(err)
		}
		samePlaybook(t, got, want)
	}
	samePlaybookAfter(t, playbook.Default())
	rapid.Check(t, func(t *rapid.T) { samePlaybookAfter(t, anyPlaybook(t)) })
}

// Whatever lines of the default are spoiled, the problems are on those lines and
// on no others.
func TestEverySpoiledLineIsNamed(t *testing.T) {
	const rounds = 5 // each round spoils every fifth pair, fewer than a report holds
	for round := range rounds {
		lines := strings.Split(string(playbook.DefaultTOML()), "\n")
		var want []int
		pairs := 0
		for i, line := range lines {
			key, value, isPair := strings.Cut(line, " = ")
			if !isPair || strings.HasPrefix(line, "#") {
				continue
			}
			if pairs++; pairs%rounds != round {
				continue
			}
			if value == `"""` {
				end := i + 1 + slices.Index(lines[i+1:], `"""`)
				for k := i + 1; k <= end; k++ {
					lines[k] = ""
				}
			}
			lines[i] = key + " = 2026-01-01"
			want = append(want, i+1)
		}
		_, err := playbook.Parse("own.toml", []byte(strings.Join(lines, "\n")))
		problems, _ := errors.AsType[playbook.Problems](err)
		var got []int
		for _, problem := range problems {
			if problem.ID != playbook.ProblemWrongType {
				t.Errorf("line %d: %s", problem.Line, problem.ID)
			}
			got = append(got, problem.Line)
		}
		if len(want) < 30 || !slices.Equal(got, want) {
			t.Errorf("round %d: problems on lines %v, want %v", round, got, want)
		}
	}
}

// Run it with -fuzzminimizetime 1x: making a whole playbook smaller takes longer
// than finding the next one.
func FuzzParse(f *testing.F) {
	text := string(playbook.DefaultTOML())
	f.Add([]byte(text))
	f.Add([]byte(strings.ReplaceAll(text, "\n", "\r\n")))
	f.Add([]byte(strings.ReplaceAll(text, "step = 1", "step = 7")))
	f.Add([]byte("\"a\\\"b.c[\" = [{x = 1}, {y = \"\"\"\n\"\"\"\"\"}]\n"))
	f.Add([]byte("a = 'x'\n[[b]]\n[b.c]\n[[b]]\nd = '''\n''''"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := playbook.Parse("fuzz.toml", data)
		if err == nil {
			checkInvariants(t, p)
			return
		}
		problems, ok := errors.AsType[playbook.Problems](err)
		if p != nil || !ok || len(problems) == 0 {
			t.Fatalf("refused without a reason: %v", err)
		}
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, problem := range problems {
			if problem.Line < 1 || problem.Line > lines || !slices.Contains(playbook.ProblemIDs(), problem.ID) {
				t.Errorf("problem %+v in a text of %d lines", *problem, lines)
			}
			if strings.ContainsFunc(problem.Detail+problem.Key, unicode.IsControl) || !utf8.ValidString(problem.Detail) {
				t.Errorf("problem %q would spoil a screen", problem.Error())
			}
		}
	})
}
