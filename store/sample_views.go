package store

import "pasvorm/model"

// views are what a team looks for every day, and one of who looks round.
func (f *filler) views() {
	f.at(20, 11)
	for _, v := range []struct {
		who   model.ID
		name  string
		query string
		team  bool
	}{
		{f.anna, f.say("Late with us", "Te laat bij ons"), "is:overdue sort:due", true},
		{f.anna, f.say("High on the ladder", "Hoog op de ladder"), "step:>=2 sort:-step", true},
		{f.milan, f.say("Waits for a lead", "Wacht op een teamleider"), "is:flagged,waiting", true},
		{f.me, f.say("Mine, this week", "Van mij, deze week"), "owner:me due:<=+7d sort:due", false},
	} {
		f.do(v.who, model.SaveView{View: v.name, Query: v.query, Team: v.team})
	}
}
