package store

import "pasvorm/model"

// improves adds what the desk is to repair, answers at hand and lessons, in
// every state.
func (f *filler) improves() {
	f.answers()
	f.lessons()
	day := func(days int) model.Day { return model.DayOf(f.now.AddDate(0, 0, days)) }
	hurt := func(of ...int) []model.ID {
		out := make([]model.ID, 0, len(of))
		for _, n := range of {
			out = append(out, f.ids[n])
		}
		return out
	}
	f.at(33, 14)
	f.do(f.sam, model.AddImprovement{Title: f.say("Meter reading on the invoice", "Meterstand op de factuur"),
		Cause: f.say("two systems disagree about it", "twee systemen spreken elkaar tegen"), By: day(19), Topic: "product",
		Assessment: f.verdictOf(21), Hurt: hurt(21, 3, 8, 51)})
	f.at(20, 9)
	f.do(f.karin, model.AddImprovement{Title: f.say("One name and number until a matter is closed", "Eén naam en nummer tot een zaak rond is"),
		Cause: f.say("whoever is free takes the next call", "wie vrij is neemt het volgende gesprek aan"), Owner: f.anna, By: day(-3), Topic: "telephone",
		Reach: f.say("on the board at the desks, and in the morning talk", "op het bord bij de balie, en in het ochtendoverleg"), Hurt: hurt(14, 28)})
	f.at(70, 11)
	card := f.do(f.yara, model.AddImprovement{Title: f.say("Paying by card at the door", "Pinnen aan de deur"),
		Cause: f.say("drivers had no terminals", "chauffeurs hadden geen pinautomaat"), Owner: f.milan, Topic: "procedure", Hurt: hurt(5, 17, 33, 66)})
	f.at(6, 16)
	f.do(f.milan, model.EndImprovement{ID: card, State: model.ImprovementDone,
		Reason: f.say("every van has one now", "elke bus heeft er nu een"),
		Reach:  f.say("shown to every driver on Monday; the answer at hand says so", "maandag aan elke chauffeur getoond; het staat bij de antwoorden")})
	f.at(4, 10)
	f.do(f.yara, model.TellHurt{Improvement: card, Customer: f.ids[17], Words: f.say("about time, and thank you", "dat werd tijd, en bedankt"), Confirmed: true})
	f.at(110, 10)
	hours := f.do(f.sam, model.AddImprovement{Title: f.say("Answer mail on Saturdays", "Mail op zaterdag beantwoorden"), Topic: "lead-time", Hurt: hurt(9)})
	label := f.do(f.sam, model.AddImprovement{Title: f.say("Returns label in the parcel", "Retouretiket in het pakket"), Topic: "packaging",
		Reach: f.say("the packing list names it", "het staat op de paklijst"), Hurt: hurt(12, 40)})
	f.at(80, 10)
	f.do(f.sam, model.EndImprovement{ID: hours, State: model.ImprovementDropped,
		Reason: f.say("two mails a weekend, an automatic reply says Monday", "twee mails per weekend, een automatisch antwoord noemt maandag")})
	f.do(f.sam, model.EndImprovement{ID: label, State: model.ImprovementDone, Reason: f.say("in every parcel since May", "zit in elk pakket")})
	for _, n := range []int{12, 40} {
		f.do(f.karin, model.TellHurt{Improvement: label, Customer: f.ids[n], Confirmed: n == 12})
	}
}

// verdictOf gives the settled verdict of a customer of the sample.
func (f *filler) verdictOf(n int) model.ID {
	if f.err != nil {
		return model.NoID
	}
	d, err := f.book.As(model.Solo(f.me)).Customer(f.ids[n])
	if err != nil {
		f.err = err
		return model.NoID
	}
	if a := d.Settled(); a != nil {
		return a.ID
	}
	return model.NoID
}

func (f *filler) answers() {
	f.at(60, 13)
	for _, a := range []struct{ topic, question, words string }{
		{"delivery-time", f.say("When does my order arrive?", "Wanneer komt mijn bestelling?"),
			f.say("Ordered before five, it is with you within two working days. The code in the mail shows where it is.",
				"Voor vijf uur besteld, dan hebt u het binnen twee werkdagen. De code in de mail laat zien waar het is.")},
		{"procedure", f.say("Can I pay by card at the door?", "Kan ik aan de deur pinnen?"),
			f.say("Yes, with every driver. Cash is not taken.", "Ja, bij elke chauffeur. Contant kan niet.")},
		{"telephone", f.say("Can I keep the same contact?", "Kan ik hetzelfde aanspreekpunt houden?"),
			f.say("Yes. Ask for the name you were given; we call back the same day.", "Ja. Vraag naar de naam die u kreeg; wij bellen dezelfde dag terug.")},
		{"packaging", f.say("How do I send it back?", "Hoe stuur ik het terug?"),
			f.say("The label is in the parcel. Any post office takes it, free of charge.", "Het etiket zit in het pakket. Elk postpunt neemt het aan, kosteloos.")},
	} {
		made := f.do(f.karin, model.SaveAnswer{Topic: a.topic, Question: a.question, Words: a.words})
		f.served(a.topic, made)
	}
	f.at(5, 9)
	f.do(f.sam, model.LogContact{Customer: f.ids[95], Channel: "phone", Topic: "invoice", Minutes: [model.Activities]int{0, 4, 0},
		Story:   f.say("wants the invoices at the bookkeeper", "wil de facturen bij de boekhouder"),
		Missing: f.say("Can the invoice go to another address?", "Kan de factuur naar een ander adres?")})
}

// served notes a few contacts that an answer at hand settled in one go.
func (f *filler) served(topic string, answer model.ID) {
	was := *f.clock
	for n := range len(topic) % 5 {
		f.at(50-n*9, 10+n)
		f.do(f.yara, model.LogContact{Customer: f.ids[100+n*13+len(topic)], Channel: "phone", Topic: topic, Answer: answer, Answered: true,
			Minutes: [model.Activities]int{0, 3, 0}, Effort: 6})
	}
	*f.clock = was
}

func (f *filler) lessons() {
	f.at(45, 15)
	f.do(f.karin, model.AddLesson{Customer: f.ids[7], Topic: "communication",
		Words: f.say("Say when you will call back, also when there is nothing new. Silence was what hurt, not the wait.",
			"Zeg wanneer je terugbelt, ook als er niets nieuws is. De stilte deed pijn, niet het wachten.")})
	f.at(22, 11)
	f.do(f.sam, model.AddLesson{Customer: f.ids[28], Topic: "procedure",
		Words: f.say("Explain why a rule is there before applying it. Then give one choice.", "Leg uit waarom een regel er is voor je hem toepast. Geef daarna één keuze.")})
	f.at(9, 14)
	f.do(f.yara, model.AddLesson{Customer: f.ids[0], Topic: "product",
		Words: f.say("Our manual skips the step everybody gets wrong. It took somebody exacting to point at it.",
			"Onze handleiding slaat de stap over waar het misgaat. Er was een veeleisende klant nodig om hem aan te wijzen.")})
}
