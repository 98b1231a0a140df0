package model

import (
	"slices"
	"time"
)

// Fact is one thing that the book knows and that bears on a question: what to
// say, and when it happened or was noted; 0 where it has no date. Amounts of
// money stand in the argument Cents, the id of a signal in Signal with its
// trait in Trait.
type Fact struct {
	Message Message
	At      Stamp
}

// FitFact is what the book knows about one question of the wizard: the answer
// that follows from it, "" where none does, and the facts, most telling first.
// A proposal is never an answer: a person gives that (fit.md, Ten answers).
type FitFact struct {
	Propose Answer
	Facts   []Fact // never nil
}

// FitFacts gives what the book knows about each of the ten questions, with a
// key for every one. Contested, lapsed and withdrawn sightings do not count, nor
// does what was withdrawn of the dealings. Days are those of the time zone of
// now. Nothing is read from size, and of traits only that somebody was seen to
// feel wronged: they are no inputs (fit.md).
func FitFacts(d *Detail, play *Playbook, now time.Time) map[FitKey]FitFact {
	live := liveByDate(d.Sightings, StampOf(now))
	known := dealings{d: d, now: now, since: DayOf(now.AddDate(-1, 0, 0)), live: live}
	agreed := agreementFacts(d.Customer)
	facts := map[FitKey]FitFact{
		KeyEvidence:  evidenceFact(d, live, play.Thresholds, now),
		KeyGrievance: known.grievance(),
		KeyNeed:      {Facts: slices.Clone(agreed)},
		KeyDemand:    {Facts: append(known.demand(), agreed...)},
		KeyFriction:  {Facts: known.friction()},
		KeyOurWin:    known.ourWin(),
		KeyTheirWin:  {Facts: known.theirWin()},
		KeyWill:      {Facts: known.will()},
		KeyConduct:   known.conduct(),
		KeyTerms:     known.terms(),
	}
	last := d.Settled()
	for _, k := range FitKeys() {
		f := facts[k]
		f.Facts = append(f.Facts, lastTime(last, k)...)
		if f.Facts == nil {
			f.Facts = []Fact{}
		}
		facts[k] = f
	}
	return facts
}

// liveByDate gives the sightings that count, the newest event first.
func liveByDate(all []*Sighting, now Stamp) []*Sighting {
	var live []*Sighting
	for _, s := range all {
		if s.Live(now) {
			live = append(live, s)
		}
	}
	slices.SortStableFunc(live, func(a, b *Sighting) int {
		switch {
		case a.On > b.On:
			return -1
		case a.On < b.On:
			return 1
		}
		return 0
	})
	return live
}

// evidence is what live sightings come to as proof.
type evidence struct {
	events, days, colleagues int  // within the window
	serious                  bool // one serious event that somebody else saw too
}

// enough applies the contract: so many events, on so many days, seen by so many
// colleagues within the window, or one serious incident with a witness (fit.md,
// the key evidence; the numbers are the organisation's).
func (e evidence) enough(t Thresholds) bool {
	return e.serious || e.events >= t.EvidenceEvents && e.days >= t.EvidenceDays && e.colleagues >= t.EvidenceColleagues
}

// evidenceOf counts. Who noted an event and who witnessed it have both seen it.
func evidenceOf(live []*Sighting, t Thresholds, now time.Time) (e evidence, within []*Sighting) {
	from := StampOf(now.AddDate(0, 0, -t.EvidenceWindowDays))
	days, people := map[Day]bool{}, map[ID]bool{}
	for _, s := range live {
		e.serious = e.serious || s.Serious && witnessed(s)
		if s.On < from {
			continue
		}
		within = append(within, s)
		days[DayOf(s.On.Time().In(now.Location()))] = true
		for _, id := range append(slices.Clone(s.Witnesses), s.By) {
			if id != NoID {
				people[id] = true
			}
		}
	}
	e.events, e.days, e.colleagues = len(within), len(days), len(people)
	return e, within
}

// witnessed reports whether somebody else than who noted it saw the event.
func witnessed(s *Sighting) bool {
	return slices.ContainsFunc(s.Witnesses, func(id ID) bool { return id != NoID && id != s.By })
}

func evidenceFact(d *Detail, live []*Sighting, t Thresholds, now time.Time) FitFact {
	e, within := evidenceOf(live, t, now)
	f := FitFact{Propose: AnswerThin}
	if e.enough(t) {
		f.Propose = AnswerEnough
	}
	f.Facts = append(f.Facts, Fact{Message: Say("fit.fact.evidence",
		"Events", e.events, "Days", e.days, "Colleagues", e.colleagues, "Window", t.EvidenceWindowDays)})
	if e.serious {
		f.Facts = append(f.Facts, Fact{Message: Say("fit.fact.witnessed")})
	}
	for _, s := range live {
		if slices.Contains(within, s) || s.Serious && witnessed(s) {
			f.Facts = append(f.Facts, sightingFact(d, s))
		}
	}
	return f
}

// sightingFact says what was seen and by whom, without the trait it was noted
// under.
func sightingFact(d *Detail, s *Sighting) Fact {
	id, kv := "fit.fact.words", []any{"Words", s.Words, "Person", d.People[s.By]}
	if s.Signal != "" {
		id, kv = "fit.fact.signal", []any{"Trait", string(s.Trait), "Signal", s.Signal, "Person", d.People[s.By]}
	}
	if s.Serious {
		id += ".serious"
	}
	return Fact{Message: Say(id, kv...), At: s.On}
}

// agreementFacts shows what was agreed, the service level first.
func agreementFacts(c *Customer) []Fact {
	var out []Fact
	for _, f := range []struct{ id, text string }{
		{"fit.fact.level", c.Level}, {"fit.fact.channels", c.Channels}, {"fit.fact.response", c.Response},
	} {
		if !blank(f.text) {
			out = append(out, Fact{Message: Say(f.id, "Text", f.text)})
		}
	}
	if c.Minutes != 0 {
		out = append(out, Fact{Message: Say("fit.fact.minutes", "Count", c.Minutes)})
	}
	return out
}

// lastTime gives the answer of the last settled run and the fact noted with it.
func lastTime(last *Assessment, k FitKey) []Fact {
	if last == nil || last.Settled == nil || last.Answers[k] == "" {
		return nil
	}
	out := []Fact{{Message: Say("fit.fact.last", "Question", string(k), "Answer", string(last.Answers[k])), At: last.Settled.At}}
	if n := last.Notes[k]; n != "" {
		out = append(out, Fact{Message: Say("fit.fact.note", "Text", n), At: last.Settled.At})
	}
	return out
}
