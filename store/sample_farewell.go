package store

import "pasvorm/model"

// farewells fills the referral book and brings four partings to four states.
func (f *filler) farewells() {
	book := f.referrals()
	refused := model.FitAnswers{model.KeyFriction: "theirs", model.KeyDemand: "outside", model.KeyOurWin: "never", model.KeyTerms: "refused", model.KeyWill: "gone"}
	elsewhere := model.FitAnswers{model.KeyNeed: "no"}
	next := model.NextStep{Referral: f.say("Noordhulp serves this around the clock", "Noordhulp doet dit dag en nacht"),
		Text:    f.say("What you need is not what we do well.", "Wat u nodig hebt, doen wij niet goed genoeg."),
		Contact: f.karin, Contract: f.say("monthly, notice of one month, nothing outstanding", "per maand opzegbaar, een maand opzegtermijn, niets open")}
	// The one of the cases above is being prepared.
	first := f.ids[77]
	f.prepare(first, 20, book[0], 2)
	// One was told and objects; a colleague without a part in it is to hear that.
	objects := f.part(84, 40, refused, next)
	f.prepare(objects, 28, book[1], 4)
	f.tell(objects, 26)
	f.at(20, 15)
	f.step(f.karin, objects, model.DoFarewellStep{Step: model.StepObjection,
		Objection: f.say("nobody told me that the extra visits cost anything", "niemand heeft mij verteld dat de extra bezoeken geld kosten")})
	// One is over, and one came back after that.
	for _, c := range []struct {
		customer, days int
		back           bool
	}{{98, 110, false}, {105, 140, true}} {
		id := f.part(c.customer, c.days, elsewhere, next)
		f.prepare(id, c.days-12, book[2], 4)
		f.tell(id, c.days-13)
		f.finishFarewell(id, c.days-50, c.back)
	}
}

// referrals fills the referral book.
func (f *filler) referrals() []model.ID {
	f.at(145, 14)
	var out []model.ID
	for _, r := range []struct{ name, serves, reach, note string }{
		{"Noordhulp", f.say("service around the clock, at the door", "service dag en nacht, aan de deur"), "050 555 01 20", f.say("ask for the intake desk", "vraag naar de intake")},
		{"De Maatwerkers", f.say("small series and special sizes", "kleine series en afwijkende maten"), "maat@maatwerkers.example", ""},
		{"Budgetdirect", f.say("the lowest price, all by the web", "de laagste prijs, alles via het web"), "budgetdirect.example", f.say("no telephone at all", "geen telefoon")},
		{"Buurtdienst West", f.say("visits by the same person each week", "elke week bezoek van dezelfde persoon"), "020 555 01 77", ""},
		{"Van Dam Advies", f.say("long advice, billed by the hour", "uitgebreid advies, op uurbasis"), "info@vandam.example", ""},
		{"Snelpost Plus", f.say("delivery the same evening", "bezorging dezelfde avond"), "snelpost.example", f.say("only within the larger towns", "alleen in de grotere plaatsen")},
		{"Stichting Rechtop", f.say("help with letters, debts and claims", "hulp bij brieven, schulden en aanspraken"), "0800 555 01", f.say("free of charge", "kosteloos")},
		{"Techniek aan Huis", f.say("repairs of older equipment", "reparatie van oudere apparatuur"), "038 555 01 42", ""},
	} {
		out = append(out, f.do(f.sam, model.SaveReferral{Firm: r.name, Serves: r.serves, Reach: r.reach, Note: r.note}))
	}
	return out
}

// part runs the questions on a customer and has a lead approve the parting.
func (f *filler) part(customer, days int, answers model.FitAnswers, next model.NextStep) model.ID {
	f.run(sampleCase{customer: customer, days: days, answers: answers, next: next, stop: "approved"})
	return f.ids[customer]
}

// going gives the newest farewell of a customer.
func (f *filler) going(customer model.ID) *model.Farewell {
	if f.err != nil {
		return nil
	}
	d, err := f.book.As(model.Solo(f.me)).Customer(customer)
	if err != nil {
		f.err = err
		return nil
	}
	return d.Dealings.Farewell()
}

func (f *filler) step(who, customer model.ID, a model.DoFarewellStep) {
	if w := f.going(customer); w != nil {
		a.Customer, a.Farewell = customer, w.ID
		f.do(who, a)
	}
}

// prepare does the first so many steps before the customer is told.
func (f *filler) prepare(customer model.ID, days int, referral model.ID, steps int) {
	f.at(days, 11)
	for i, a := range []model.DoFarewellStep{
		{Step: model.StepReferral, Referral: referral},
		{Step: model.StepContract, Contract: f.say("monthly, notice of one month, nothing outstanding", "per maand opzegbaar, een maand opzegtermijn, niets open"),
			Ends: model.DayOf(f.clock.AddDate(0, 0, 35))},
		{Step: model.StepText, Text: f.say("What you need is not what we do well. Others do, and we hand everything over. Karin remains your contact until the end.",
			"Wat u nodig hebt, doen wij niet goed genoeg. Anderen wel, en wij dragen alles netjes over. Karin blijft tot het einde uw contactpersoon.")},
		{Step: model.StepContact, Contact: f.karin},
	} {
		if i < steps {
			f.step(f.karin, customer, a)
		}
	}
}

// tell has Karin tell the customer by telephone.
func (f *filler) tell(customer model.ID, days int) {
	f.at(days, 13)
	play, _, err := f.book.As(model.Solo(f.me)).Playbook()
	if f.err != nil || err != nil || len(play.Desk.Channels) == 0 {
		return
	}
	f.step(f.karin, customer, model.DoFarewellStep{Step: model.StepSent, Channel: play.Desk.Channels[0].ID, Typed: f.names[customer]})
}

// finishFarewell does the rest, ends it, and may have the customer come back.
func (f *filler) finishFarewell(customer model.ID, days int, back bool) {
	f.at(days, 10)
	for _, a := range []model.DoFarewellStep{
		{Step: model.StepWins, WinTheirs: f.say("help at any hour", "hulp op elk uur"), WinOurs: f.say("a calm desk", "rust aan de balie"),
			WinOther: f.say("a customer who fits them", "een klant die bij hen past")},
		{Step: model.StepObjection, None: true},
		{Step: model.StepOutcome, Outcome: f.say("settled in well, would have liked to know sooner", "goed geland, had het liever eerder geweten")},
	} {
		f.step(f.karin, customer, a)
	}
	w := f.going(customer)
	if w == nil {
		return
	}
	f.do(f.anna, model.EndFarewell{Customer: customer, Farewell: w.ID, State: model.FarewellEnded, Typed: f.names[customer]})
	if back {
		f.at(days-30, 16)
		f.do(f.milan, model.EndFarewell{Customer: customer, Farewell: w.ID, State: model.FarewellBack,
			Reason: f.say("moved; the need is simpler now", "verhuisd; de behoefte is nu eenvoudiger")})
	}
}
