package store

import "pasvorm/model"

// said is what customers of the sample say: what the cooperation is like, what
// could be better, what that is about.
var said = []struct {
	describe, better [2]string
	topics           []string
}{
	{[2]string{"friendly people, slow letters", "vriendelijke mensen, trage brieven"},
		[2]string{"say beforehand how long it takes", "zeg vooraf hoe lang het duurt"}, []string{"lead-time", "communication"}},
	{[2]string{"I know whom to call and they know me", "ik weet wie ik moet bellen en ze kennen me"}, [2]string{"", ""}, nil},
	{[2]string{"every rule is theirs, none is mine", "elke regel is van hen, geen van mij"},
		[2]string{"let somebody decide who is on the line", "laat iemand beslissen die aan de lijn is"}, []string{"procedure", "telephone"}},
	{[2]string{"it works, once it works", "het werkt, als het eenmaal werkt"},
		[2]string{"deliver on the day that was named", "lever op de dag die genoemd is"}, []string{"delivery-time", "distribution"}},
	{[2]string{"a long wait and then a good answer", "lang wachten en dan een goed antwoord"},
		[2]string{"call back as was said", "terugbellen zoals beloofd"}, []string{"telephone"}},
	{[2]string{"fine", "prima"}, [2]string{"nothing", "niets"}, nil},
	{[2]string{"the box was wet again", "de doos was weer nat"}, [2]string{"pack it for the weather", "pak het in op het weer"}, []string{"packaging", "product"}},
}

// surveys spreads what customers said over a year; marks rise towards the end.
func (f *filler) surveys() {
	if f.err != nil {
		return
	}
	who := []model.ID{f.karin, f.sam, f.yara}
	for n := range 72 {
		s := said[n*5%len(said)]
		days := 148 - n*2
		mark := []int{6, 8, 3, 5, 6, 7, 4}[n*5%len(said)] + n/40
		a := model.AddSurvey{Customer: f.ids[n*6%len(f.ids)]}
		a.Describe, a.Better, a.Topics = f.say(s.describe[0], s.describe[1]), f.say(s.better[0], s.better[1]), s.topics
		if n%9 != 4 {
			a.Mark = &mark
		}
		if n%4 == 1 {
			felt := 2 + n%9
			a.Felt = &felt
		}
		f.at(days, 11+n%5)
		f.do(who[n%len(who)], a)
	}
}

// money says what the books say of the customers: most bring something, a few
// cost more than they bring, and some owe us money.
func (f *filler) money() {
	if f.err != nil {
		return
	}
	f.at(6, 9)
	var sets []model.Action
	day := func(ago int) model.Day { return model.DayOf(f.now.AddDate(0, 0, -ago)) }
	for n := range 90 {
		margin := int64(900+n*37%1400) * 100
		revenue := margin * int64(4+n%5)
		direct := int64(n%6*90) * 100
		switch n % 11 {
		case 3: // sold below what it takes
			margin, direct = int64(60+n)*100, int64(1900+n*75)*100
		case 7:
			margin = -int64(900+n*35) * 100
		}
		a := model.SetFinance{Customer: f.ids[n], Account: model.Account{Revenue: &revenue, Margin: &margin, Direct: &direct}}
		if n%8 == 2 {
			a.Arrears = append(a.Arrears, model.Arrear{Cents: int64(45+n*3) * 100, Since: day(12 + n)})
		}
		if n%16 == 10 {
			a.Arrears = append(a.Arrears, model.Arrear{Cents: int64(120+n) * 100, Since: day(95 + n)})
		}
		sets = append(sets, a)
	}
	_, f.err = f.book.DoAll(f.ctx, model.Solo(f.anna), sets)
}
