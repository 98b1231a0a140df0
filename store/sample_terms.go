package store

import "pasvorm/model"

// register adds the register of limits and standards of the sample.
func (f *filler) register() map[string]model.ID {
	f.at(148, 11)
	out := map[string]model.ID{}
	add := func(key string, kind model.StandardKind, name, words string, price int64) {
		out[key] = f.do(f.anna, model.SaveStandard{Kind: kind, Label: name, Words: words, Price: price})
	}
	add("prepay", model.StandardProcedure, f.say("payment before delivery", "betalen vóór levering"),
		f.say("We deliver once the invoice is paid.", "Wij leveren als de factuur betaald is."), 0)
	add("return", model.StandardProcedure, f.say("returns within 14 days", "retour binnen 14 dagen"),
		f.say("What comes back within 14 days is refunded.", "Wat binnen 14 dagen terugkomt, betalen wij terug."), 0)
	add("form", model.StandardProcedure, f.say("repairs by web form", "reparatie via het webformulier"), "", 0)
	add("answer", model.StandardService, f.say("an answer within two working days", "antwoord binnen twee werkdagen"),
		f.say("Every question has an answer within two working days.", "Op elke vraag komt binnen twee werkdagen antwoord."), 0)
	add("minutes", model.StandardService, f.say("an hour of help a month", "een uur hulp per maand"),
		f.say("What goes beyond an hour a month is billed by the hour.", "Wat boven een uur per maand komt, gaat per uur op rekening."), 8500)
	add("calm", model.StandardLimit, f.say("no shouting at colleagues", "niet schreeuwen tegen collega's"),
		f.say("We end a call in which somebody is shouted at, and call back the next day.", "Wij beëindigen een gesprek waarin geschreeuwd wordt, en bellen de volgende dag terug."), 0)
	add("one", model.StandardLimit, f.say("one channel at a time", "één kanaal tegelijk"),
		f.say("One question goes through one channel.", "Eén vraag gaat via één kanaal."), 0)
	add("fax", model.StandardProcedure, f.say("orders by fax", "bestellen per fax"), "", 0)
	f.do(f.anna, model.RetireStandard{ID: out["fax"], Reason: f.say("nobody has one any more", "niemand heeft er nog een")})
	return out
}

// terms adds exceptions with every answer, and terms in every state.
func (f *filler) terms() {
	lines := f.register()
	f.exceptions(lines)
	day := func(days int) model.Day { return model.DayOf(f.now.AddDate(0, 0, days)) }
	state := func(customer, days int, by model.ID, t model.StateTerms) (model.ID, model.ID) {
		f.at(days, 14)
		t.Customer, t.Channel = f.ids[customer], "phone"
		if t.AnswerBy == "" {
			t.AnswerBy = model.DayOf(f.clock.AddDate(0, 0, 14))
		}
		return f.ids[customer], f.do(by, t)
	}
	calm := model.StateTerms{Standards: []model.ID{lines["calm"]}, Words: f.say("We end a call in which one of us is shouted at.", "Wij beëindigen een gesprek waarin tegen ons geschreeuwd wordt.")}
	hours := model.StateTerms{Standards: []model.ID{lines["minutes"], lines["one"]}, Price: 8500,
		Words: f.say("One channel; beyond an hour a month we bill by the hour.", "Eén kanaal; boven een uur per maand gaat het per uur op rekening.")}
	late := hours
	state(22, 20, f.karin, late)
	open := calm
	open.AnswerBy = day(6)
	state(33, 3, f.sam, open)
	c, id := state(44, 60, f.karin, hours)
	f.at(52, 11)
	f.do(f.karin, model.AnswerTerms{Customer: c, Terms: id, State: model.TermsAccepted, Words: f.say("fair enough, she said", "eerlijk genoeg, zei ze")})
	c, id = state(57, 70, f.yara, calm)
	f.at(65, 11)
	f.do(f.yara, model.AnswerTerms{Customer: c, Terms: id, State: model.TermsAccepted})
	f.at(30, 16)
	f.do(f.sam, model.AnswerTerms{Customer: c, Terms: id, State: model.TermsBroken, Words: f.say("shouted at Sam on the phone", "schreeuwde aan de telefoon tegen Sam")})
	c, id = state(35, 40, f.karin, hours)
	f.at(34, 12)
	f.do(f.karin, model.AnswerTerms{Customer: c, Terms: id, State: model.TermsRefused, Words: f.say("will not pay for help", "wil niet betalen voor hulp")})
}

// exceptions spreads exceptions over customers and months; the first procedure
// chafes most.
func (f *filler) exceptions(lines map[string]model.ID) {
	seen := []model.ID{f.karin, f.sam, f.yara}
	which := []string{"prepay", "return", "prepay", "form", "prepay", "return", "answer", "prepay", "minutes"}
	asked := map[string]string{
		"prepay": f.say("to pay after delivery", "betalen na levering"), "return": f.say("to return it after a month", "retour na een maand"),
		"form": f.say("a repair by telephone", "een reparatie per telefoon"), "answer": f.say("an answer the same day", "antwoord dezelfde dag"),
		"minutes": f.say("a second hour at no cost", "een tweede uur zonder kosten")}
	for n := range 27 {
		key := which[n%len(which)]
		x := model.LogException{Customer: f.ids[n*17%len(f.ids)], Standard: lines[key], Words: asked[key], Topic: "procedure"}
		switch n % 5 {
		case 0, 3:
			x.State, x.Reason, x.Pays = model.ExceptionRefused, f.say("the rule holds for everybody", "de regel geldt voor iedereen"), model.PaysYes
			x.Followed = model.FollowedComplaint
			if n%10 == 3 {
				x.Followed, x.Lost = model.FollowedLost, int64(20000+n*1700)
			}
		case 1, 4:
			x.State, x.Reason, x.Cost = model.ExceptionGranted, f.say("a customer of twelve years", "klant sinds twaalf jaar"), int64(1500+n*110)
			x.Followed = model.FollowedStayed
		}
		f.at(140-5*n, 10+n%6)
		f.do(seen[n%len(seen)], x)
	}
}
