package store

import "pasvorm/model"

// promises adds promises of both sides: some late, some due soon, some kept,
// broken, put off or let go.
func (f *filler) promises() {
	day := func(days int) model.Day { return model.DayOf(f.now.AddDate(0, 0, days)) }
	call := f.say("call back about the meter reading", "terugbellen over de meterstand")
	credit := f.say("send a credit note", "een creditnota sturen")
	photos := f.say("photos of the meter", "foto's van de meter")
	engineer := f.say("an engineer comes by", "een monteur komt langs")
	form := f.say("send the form back", "het formulier terugsturen")
	for _, p := range []struct {
		customer, made, due int // days ago, days from now
		words               string
		who                 model.ID // nobody for a promise of the customer
		topic               string
		state               model.PromiseState
		why                 string
		moved               int
	}{
		{customer: 0, made: 6, due: 2, words: credit, who: f.karin, topic: "communication"},
		{customer: 0, made: 6, due: 3, words: photos},
		{customer: 7, made: 9, due: -4, words: call, who: f.sam, topic: "lead-time"},
		{customer: 14, made: 5, due: -1, words: engineer, who: f.yara, topic: "delivery-time"},
		{customer: 21, made: 8, due: 1, words: credit, who: f.karin, topic: "communication", moved: 4,
			why: f.say("the ledger was closed", "de administratie was dicht")},
		{customer: 28, made: 12, due: -6, words: form},
		{customer: 49, made: 3, due: 0, words: call, who: f.anna},
		{customer: 5, made: 4, due: 1, words: form},
		{customer: 0, made: 60, due: -55, words: call, who: f.karin, topic: "telephone", state: model.PromiseKept},
		{customer: 0, made: 45, due: -40, words: engineer, who: f.sam, topic: "delivery-time", state: model.PromiseBroken,
			why: f.say("the engineer was at the wrong address", "de monteur stond bij het verkeerde adres")},
		{customer: 0, made: 30, due: -26, words: credit, who: f.karin, topic: "communication", state: model.PromiseKept},
		{customer: 21, made: 30, due: -22, words: call, who: f.yara, topic: "telephone", state: model.PromiseBroken,
			why: f.say("nobody took over during the holiday", "niemand nam het over in de vakantie")},
		{customer: 28, made: 25, due: -20, words: photos, state: model.PromiseKept},
		{customer: 63, made: 20, due: -15, words: engineer, who: f.yara, topic: "delivery-time", state: model.PromiseDropped,
			why: f.say("they could do it themselves", "het lukte ze zelf")},
	} {
		f.at(p.made, 11)
		side, by := model.Ours, p.who
		if p.who == model.NoID {
			side, by = model.Theirs, f.karin
		}
		first := p.due
		if p.moved > 0 {
			first -= p.moved
		}
		id := f.do(by, model.MakePromise{Customer: f.ids[p.customer], Side: side, Words: p.words, Who: p.who, Due: day(first), Topic: p.topic})
		switch {
		case p.moved > 0:
			f.at(p.made-2, 15)
			f.do(by, model.MovePromise{Customer: f.ids[p.customer], Promise: id, To: day(p.due), Reason: p.why})
		case p.state != "":
			f.at(-p.due, 15)
			f.do(by, model.ClosePromise{Customer: f.ids[p.customer], Promise: id, State: p.state, Reason: p.why})
		}
	}
}
