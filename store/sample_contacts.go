package store

import (
	"slices"

	"pasvorm/model"
)

// sampleTalk is one contact of the sample, so many days ago.
type sampleTalk struct {
	days, hour int
	by         model.ID
	a          model.LogContact
}

// sampleMatter is something that customers of the sample call about.
type sampleMatter struct {
	topic string
	first [2]string // what is told at first, in English and Dutch
	again [2]string // when they call again
}

var sampleMatters = []sampleMatter{
	{"invoice", [2]string{"the invoice counts the same meter twice", "op de factuur staat dezelfde meter twee keer"},
		[2]string{"asks where the credit note is", "vraagt waar de creditnota blijft"}},
	{"delivery-time", [2]string{"was told Tuesday, nothing has come", "er was dinsdag gezegd, er is niets gekomen"},
		[2]string{"still nothing, took a day off for it", "nog steeds niets, nam er een dag vrij voor"}},
	{"telephone", [2]string{"waited long and was cut off", "stond lang in de wacht en werd verbroken"},
		[2]string{"was put through to somebody who knew nothing of it", "werd doorverbonden met iemand die van niets wist"}},
	{"procedure", [2]string{"has to send the form by post, why?", "moet het formulier per post sturen, waarom?"},
		[2]string{"sent it by mail, got the form back", "stuurde het per mail, kreeg het formulier terug"}},
	{"question", [2]string{"how to read the meter in winter time", "hoe de meter in de wintertijd af te lezen"},
		[2]string{"the explanation did not fit this meter", "de uitleg paste niet bij deze meter"}},
	{"product", [2]string{"the casing came loose after a week", "de behuizing liet na een week los"},
		[2]string{"it came loose again", "hij liet weer los"}},
	{"lead-time", [2]string{"two weeks for a change of address", "twee weken voor een adreswijziging"},
		[2]string{"it is three weeks by now", "het is nu drie weken"}},
	{"communication", [2]string{"three letters that contradict each other", "drie brieven die elkaar tegenspreken"},
		[2]string{"a fourth letter, and again otherwise", "een vierde brief, en weer anders"}},
	{"order", [2]string{"wants to add two to the order", "wil er twee bij bestellen"},
		[2]string{"asks whether the two extra were noted", "vraagt of die twee extra zijn genoteerd"}},
}

// contacts spreads some hundreds of contacts over the last fourteen months, of
// some eighty customers, with everything that can be noted of one. It is the
// same each time.
func (f *filler) contacts() {
	if f.err != nil {
		return
	}
	var talks []sampleTalk
	for n := range 80 {
		talks = append(talks, f.talksOf(n)...)
	}
	slices.SortStableFunc(talks, func(a, b sampleTalk) int {
		if a.days != b.days {
			return b.days - a.days
		}
		return a.hour - b.hour
	})
	for i := range talks {
		f.at(talks[i].days, talks[i].hour)
		f.do(talks[i].by, talks[i].a)
	}
	f.banners()
}

// talksOf makes the contacts of one customer: matters that begin months apart,
// some of which take more than one call.
func (f *filler) talksOf(n int) []sampleTalk {
	var out []sampleTalk
	who := []model.ID{f.karin, f.sam, f.yara}
	matters := 1 + n%4
	for m := range matters {
		k := n*5 + m*7
		matter := &sampleMatters[k%len(sampleMatters)]
		days := 1 + (n*53+m*131)%420
		calls := 1
		if k%3 == 0 {
			calls += 1 + k%2
		}
		for c := range calls {
			ago := days - 3*c
			if ago < 0 {
				break
			}
			t := sampleTalk{days: ago, hour: 9 + (n+m+c)%8, by: who[(n+c)%len(who)]}
			t.a = f.talk(n, k, c, calls, matter)
			out = append(out, t)
		}
	}
	f.lately(n, &out)
	return out
}

// talk is the cth of some calls about a matter. Early in the period more goes
// wrong than late in it.
func (f *filler) talk(n, k, c, calls int, m *sampleMatter) model.LogContact {
	words := m.first
	if c > 0 {
		words = m.again
	}
	channels := []string{"phone", "phone", "mail", "phone", "chat", "visit"}
	a := model.LogContact{Customer: f.ids[n*6%len(f.ids)], Channel: channels[(k+c)%len(channels)], Topic: m.topic,
		Story: f.say(words[0], words[1]), Answered: c == calls-1, Out: c > 0 && k%5 == 0}
	a.Minutes[model.ActivityService] = 2 + (k+3*c)%9
	a.ToldAgain = c > 0 && k%2 == 0
	a.NumberAgain = (k+c)%6 == 1
	if (k+c)%7 == 2 {
		a.Transfers = 1 + k%3
	}
	if c > 0 && k%4 < 2 {
		a.Failed = true
		a.Minutes[model.ActivityComplaint] = 5 + k%16
	}
	if k%11 == 4 {
		a.Minutes[model.ActivityPrimary] = 15
	}
	if k%3 != 1 {
		a.Effort = max(1, min(model.MaxEffort, 6-2*c+k%3-a.Transfers))
	}
	if a.Channel == "phone" && !a.Out {
		waited := 3 + (k*7+c*5)%11
		if k%9 == 5 {
			waited += 45
		}
		a.Waited = &waited
	}
	if c > 0 && k%2 == 1 {
		felt := 4 + k%9
		a.Felt = &felt
	}
	if k%13 == 6 {
		a.Missing = f.say("what the law says on this", "wat de wet hierover zegt")
	}
	return a
}

// lately adds to some customers what is going on now: a promise that is due, an
// exception that was asked, a question that nobody has answered.
func (f *filler) lately(n int, out *[]sampleTalk) {
	id := f.ids[n*6%len(f.ids)]
	add := func(days int, a model.LogContact) {
		a.Customer, a.Minutes[model.ActivityService] = id, 4
		if a.Channel == "" {
			a.Channel = "phone"
		}
		*out = append(*out, sampleTalk{days: days, hour: 10 + n%6, by: []model.ID{f.karin, f.sam, f.yara}[n%3], a: a})
	}
	day := func(days int) model.Day { return model.DayOf(f.now.AddDate(0, 0, days)) }
	switch n % 16 {
	case 2:
		add(2+n%3, model.LogContact{Topic: "invoice", Answered: true, Story: f.say("the credit note is on its way", "de creditnota komt eraan"),
			Promise: &model.MakePromise{Side: model.Ours, Words: f.say("a credit note", "een creditnota"), Due: day(n%7 - 1)}})
	case 5:
		add(3+n%4, model.LogContact{Topic: "question", Story: f.say("asked for the contract and heard nothing", "vroeg om het contract en hoorde niets"), Channel: "mail"})
	case 8:
		x := &model.LogException{Named: f.say("A form comes by post", "Een formulier komt per post"),
			Words: f.say("wants to send it by mail", "wil het per mail sturen"), State: model.ExceptionRefused,
			Reason: f.say("the rule of the archive", "de regel van het archief"), Cost: 1500, Pays: model.PaysNo}
		if n%32 == 8 {
			x.State, x.Reason = model.ExceptionGranted, f.say("the post is on strike", "de post staakt")
		}
		add(20+n, model.LogContact{Topic: "procedure", Answered: true, Story: f.say("asks why it cannot go by mail", "vraagt waarom het niet per mail kan"), Exception: x})
	case 11:
		add(6, model.LogContact{Topic: "delivery-time", Answered: true, Out: true, Story: f.say("called to say it comes on Friday", "gebeld dat het vrijdag komt"),
			Promise: &model.MakePromise{Side: model.Ours, Words: f.say("delivery before noon", "levering voor twaalven"), Due: day(n % 5)}})
	}
}

// banners puts a line over some customers.
func (f *filler) banners() {
	for i, words := range []string{
		f.say("works nights: call after 16:00", "werkt 's nachts: bel na 16.00 uur"),
		f.say("moves house this month, ask for the new address", "verhuist deze maand, vraag het nieuwe adres"),
		f.say("the line there is bad: mail first", "de lijn is daar slecht: eerst mailen"),
	} {
		f.at(5+i, 11)
		f.do(f.karin, model.SetBanner{Customer: f.ids[6*(2+5*i)], Words: words, Until: model.DayOf(f.now.AddDate(0, 0, 7+10*i))})
	}
}
