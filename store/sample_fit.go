package store

import "pasvorm/model"

// sampleCase is one assessment of the sample: what differs from the answers of
// a customer that simply fits, and how far it has come.
type sampleCase struct {
	customer int
	days     int // ago
	answers  model.FitAnswers
	next     model.NextStep
	stop     string // open, returned or approved; "" leaves it where it comes to by itself
}

func (f *filler) assessments() {
	for _, c := range f.cases() {
		f.run(c)
	}
}

// cases covers the five verdicts and every state.
func (f *filler) cases() []sampleCase {
	day := func(days int) model.Day { return model.DayOf(f.now.AddDate(0, 0, days)) }
	terms := model.NextStep{What: f.say("one channel, answer in two days, extra hours billed", "één kanaal, antwoord in twee dagen, extra uren op rekening"), By: day(21)}
	improve := model.NextStep{What: f.say("invoice shows the meter reading", "meterstand op de factuur"),
		Cause: f.say("two systems disagree", "twee systemen spreken elkaar tegen"), Who: f.sam}
	part := model.NextStep{Referral: f.say("Noordhulp serves this around the clock", "Noordhulp doet dit dag en nacht"),
		Text:    f.say("What you need is not what we do well. Noordhulp does, and we will hand everything over.", "Wat u nodig hebt, doen wij niet goed genoeg. Noordhulp wel, en wij dragen alles netjes over."),
		Contact: f.karin, Contract: f.say("monthly, notice of one month, nothing outstanding", "per maand opzegbaar, niets open")}
	large := part
	large.Impact = f.say("12 % of revenue, two colleagues full time, a gap until spring", "12 % van de omzet, twee collega's voltijds, een gat tot het voorjaar")
	gather := model.NextStep{What: f.say("was the invoice of March wrong?", "was de factuur van maart fout?"), Who: f.karin}
	late := gather
	late.By = day(-4)
	gather.By = day(6)
	lateTerms := terms
	lateTerms.By = day(-2)
	fits := model.NextStep{What: f.say("one contact person, no transfers", "één contactpersoon, niet doorverbinden")}
	strained := model.FitAnswers{model.KeyFriction: "theirs", model.KeyDemand: "outside", model.KeyOurWin: "never"}
	refused := model.FitAnswers{model.KeyFriction: "theirs", model.KeyDemand: "outside", model.KeyOurWin: "never", model.KeyTerms: "refused", model.KeyWill: "gone"}
	return []sampleCase{
		{customer: 0, days: 60, next: fits},
		{customer: 7, days: 50, answers: model.FitAnswers{model.KeyGrievance: "unchecked"}, next: late},
		{customer: 14, days: 5, answers: model.FitAnswers{model.KeyEvidence: "thin"}, next: gather},
		{customer: 21, days: 40, answers: model.FitAnswers{model.KeyFriction: "ours"}, next: improve, stop: "approved"},
		{customer: 28, days: 35, answers: strained, next: lateTerms, stop: "approved"},
		{customer: 35, days: 9, answers: refused, next: part},
		{customer: 12, days: 8, answers: refused, next: large},
		{customer: 42, days: 1, answers: refused, next: part},
		{customer: 49, days: 4, answers: strained, next: terms},
		{customer: 56, days: 3, answers: model.FitAnswers{model.KeyFriction: "both"}, next: improve, stop: "returned"},
		{customer: 63, days: 2, answers: model.FitAnswers{model.KeyFriction: "ours", model.KeyGrievance: "open"}, next: improve},
		{customer: 70, days: 1, stop: "open"},
		{customer: 77, days: 30, answers: refused, next: part, stop: "approved"},
	}
}

// easy are the answers of a customer that fits.
var easy = model.FitAnswers{
	model.KeyEvidence: "enough", model.KeyGrievance: "none", model.KeyNeed: "yes", model.KeyDemand: "within", model.KeyFriction: "nobody",
	model.KeyOurWin: "now", model.KeyTheirWin: "yes", model.KeyWill: "mutual", model.KeyConduct: "within", model.KeyTerms: "none",
}

func (f *filler) run(c sampleCase) {
	id := f.ids[c.customer]
	f.at(c.days, 10)
	run := f.do(f.karin, model.FitStart{Customer: id})
	for i, k := range model.FitKeys() {
		if c.stop == "open" && i == 4 {
			return
		}
		a := easy[k]
		if v, ok := c.answers[k]; ok {
			a = v
		}
		f.do(f.karin, model.FitAnswer{Customer: id, Assessment: run, Question: k, Answer: a})
	}
	next := c.next
	if next.By != "" && next.By <= model.DayOf(*f.clock) {
		next.By = model.DayOf(f.clock.AddDate(0, 0, 7))
	}
	f.do(f.karin, model.FitFinish{Customer: id, Assessment: run, Next: next})
	switch c.stop {
	case "approved":
		f.at(c.days-6, 11)
		f.do(f.anna, model.Approve{Customer: id, Assessment: run, Typed: f.names[id]})
	case "returned":
		f.at(c.days-1, 15)
		f.do(f.anna, model.Return{Customer: id, Assessment: run, Question: f.say("who told the customer what, and when?", "wie heeft de klant wat verteld, en wanneer?")})
	}
}
