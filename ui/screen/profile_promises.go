package screen

import (
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// paneOwed is how many open promises stand beside the list of the desk.
const paneOwed = 3

// rateFrom is from how many closed promises on their rate says something.
const rateFrom = 3

// owed shows what is open between us by the day it is due, ours and theirs, and
// on the page of the customer how well promises were kept so far.
func (s *profile) owed() {
	all := s.d.Dealings.Promises
	open := slices.DeleteFunc(slices.Clone(all), func(p *model.Promise) bool { return p.State != model.PromiseOpen })
	rates := ""
	if s.full {
		rates = s.rates(all)
	}
	if len(open) == 0 && rates == "" {
		return
	}
	s.gap()
	e := s.env
	label := e.T("promise.part")
	for i, p := range open {
		if !s.full && i == paneOwed {
			s.add("", e.Theme.Paint(kit.InkMuted, e.Text.N("promise.more", len(open)-i)))
			break
		}
		from := len(s.rows)
		s.owes(label, p)
		if s.full {
			s.mark(from, profileItem{promise: p})
		}
		label = ""
	}
	if rates == "" {
		return
	}
	for _, r := range s.wrap(rates, s.w-labelWidth-1, 2) {
		s.add(label, e.Theme.Paint(kit.InkMuted, r))
		label = ""
	}
}

// closedPromises shows what became of the others, the newest first.
func (s *profile) closedPromises() {
	label := s.env.T("promise.part.closed")
	for _, p := range s.d.Dealings.Promises {
		if p.State == model.PromiseOpen {
			continue
		}
		if label != "" {
			s.gap()
		}
		from := len(s.rows)
		s.kept(label, p)
		s.mark(from, profileItem{promise: p})
		label = ""
	}
}

// owes is an open promise: the day, what, by whom, and how late it is in words.
func (s *profile) owes(label string, p *model.Promise) {
	e := s.env
	late := model.DaysLate(e.Cal, p.Due, s.now)
	ink := kit.InkText
	if late > 0 {
		ink = kit.InkWarn
	}
	whose := e.T("promise.theirs.short")
	if p.Side == model.Ours {
		whose = who(s.d, p.Who)
	}
	head := strings.TrimSpace(lateMark(late) + " " + e.dayText(p.Due))
	tail := joined(" · ", whose, e.dueWords(p.Due, late))
	if n := len(p.Moves); n > 0 {
		tail += " · " + e.Text.N("promise.moved", n)
	}
	room, most := s.w-labelWidth-1, s.most(2, 6)
	words := kit.Cut(flat(clip(p.Words, room*most)), max(room*(most-1)-kit.Width(head)-kit.Width(tail)-6, room/2))
	for _, r := range s.wrap(joined(" · ", head, words, tail), room, most) {
		s.add(label, e.Theme.Paint(ink, r))
		label = ""
	}
	if !s.full || len(p.Moves) == 0 {
		return
	}
	last := p.Moves[len(p.Moves)-1]
	s.put("", kit.InkMuted, e.T("promise.moved.last", "Date", e.dayText(last.From), "Person", e.whoRuled(s.d, last.Ruling), "Reason", clip(last.Ruling.Reason, s.w*2)), 3)
}

// kept is a promise that was closed, and how.
func (s *profile) kept(label string, p *model.Promise) {
	e := s.env
	mark, state := "✓", e.T("promise.state.kept")
	switch p.State {
	case model.PromiseBroken:
		mark, state = "✗", e.T("promise.state.broken")
	case model.PromiseDropped:
		mark, state = "–", e.T("promise.state.dropped")
	case model.PromiseOpen, model.PromiseKept:
	}
	whose := e.T("promise.theirs.short")
	if p.Side == model.Ours {
		whose = who(s.d, p.Who)
	}
	text := joined(" · ", mark+" "+e.dayText(p.ClosedOn), flat(clip(p.Words, s.w*4)), whose, state)
	if p.Closed != nil && p.Closed.Reason != "" {
		text += ": “" + flat(clip(p.Closed.Reason, s.w*4)) + "”"
	}
	for _, r := range s.wrap(text, s.w-labelWidth-1, 4) {
		ink := kit.InkMuted
		if p.State == model.PromiseBroken {
			ink = kit.InkText
		}
		s.add(label, e.Theme.Paint(ink, r))
		label = ""
	}
}

// rates says which share of promises was kept, where enough were closed.
func (s *profile) rates(all []*model.Promise) string {
	var parts []string
	for _, side := range []model.Side{model.Ours, model.Theirs} {
		if r := model.KeptOf(all, side); r.Closed() >= rateFrom {
			parts = append(parts, s.env.rateWords(side, r))
		}
	}
	return strings.Join(parts, " · ")
}

// rateWords words a kept-rate with the number it is taken of.
func (e *Env) rateWords(side model.Side, r model.KeptRate) string {
	p, _ := r.Percent()
	id := "promise.rate.ours"
	if side == model.Theirs {
		id = "promise.rate.theirs"
	}
	return e.T(id, "Percent", strconv.Itoa(p), "Count", e.Text.Int(r.Closed()))
}

// stale says under a verdict what changed since it was settled.
func (s *profile) stale() {
	facts := model.Stale(s.d)
	if len(facts) == 0 {
		return
	}
	e := s.env
	text := "! " + e.T("promise.stale")
	for i, f := range facts {
		if i == s.most(1, 3) {
			break
		}
		text += " · " + e.Say.Fact(f) + ", " + e.Text.ShortDate(e.at(f.At), s.now)
	}
	s.put("", kit.InkWarn, text, s.most(2, 6))
}
