package screen

import (
	"testing"

	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

func TestViewsGolden(t *testing.T) {
	book, _ := smallBook(t)
	for _, v := range []model.SaveView{{View: "From Utrecht", Query: "town:utrecht sort:-step", Team: true}, {View: "To be looked at", Query: "is:flagged", Team: true}} {
		book.Must(t, book.Agent2, v)
	}
	book.Must(t, book.Agent, model.SaveView{View: "Mine", Query: "town:assen sort:town"})
	book.Must(t, book.Agent2, model.SaveView{View: "Not yours to see", Query: "berg"})
	deskGolden(t, "views", book, book.Agent, func(r *deskRig) { r.Key("v") })
	deskGolden(t, "views-save", book, book.Agent, func(r *deskRig) {
		r.Key("/")
		r.Type("berg")
		r.Keys("enter", "v", "a")
		r.Type("Berg people")
	})
	deskGolden(t, "query-help", book, book.Agent, func(r *deskRig) { r.Key("f1") })
}

func TestViewsGoldenEmpty(t *testing.T) {
	book, _ := smallBook(t)
	deskGolden(t, "views-empty", book, book.Agent, func(r *deskRig) { r.Key("v") })
}

func TestViewIsSavedAppliedChangedAndDropped(t *testing.T) {
	book, _ := smallBook(t)
	r := deskRigOn(t, book, book.Agent, "en", 120, 40)
	r.Keys("v", "a")
	r.Contains("Nothing is looked for")
	r.Key("esc")
	r.Key("/")
	r.Type("petra")
	r.Keys("enter", "v", "a")
	r.Type("Petra only")
	r.Key("ctrl+s")
	r.Contains("a view of one's own saved")
	r.Contains("Petra only")
	r.Contains("1 customer")
	r.Keys("a")
	r.Type("petra ONLY")
	r.Key("ctrl+s")
	r.Contains("There is a view")
	r.Keys("esc", "esc", "esc") // the form, the page, the filter
	r.Contains("35 customers")
	r.Keys("v", "enter")
	r.Contains("Desk")
	r.Contains("1 of 35")
	r.Contains("/ petra")
	r.Keys("v", "e", "end")
	r.Type(" here")
	r.Keys("tab", "2", "ctrl+s")
	r.Contains("a view of one's own changed")
	r.Contains("THE TEAM'S")
	r.Contains("Petra only here")
	r.Key("d")
	r.Contains("There are no views yet")
	r.Key("u")
	r.Contains("Petra only here")
}

// Somebody else's own views are not seen, and the team's not changed, by others.
func TestViewsOfOthers(t *testing.T) {
	book, _ := smallBook(t)
	book.Must(t, book.Agent2, model.SaveView{View: "Ours", Query: "petra", Team: true})
	book.Must(t, book.Agent2, model.SaveView{View: "Hers", Query: "petra"})
	r := deskRigOn(t, book, book.Agent, "en", 120, 40)
	r.Key("v")
	r.Contains("Ours")
	r.Lacks("Hers")
	r.Key("d")
	r.Contains("A colleague made this view")
	lead := deskRigOn(t, book, book.Lead, "en", 120, 40)
	lead.Keys("v", "d")
	lead.Contains("dropped")
}

// The desk that was never there takes over a view as well as the one below.
func TestViewOpensTheDesk(t *testing.T) {
	book, _ := smallBook(t)
	book.Must(t, book.Agent, model.SaveView{View: "Petra", Query: "petra"})
	r := deskRigWith(t, book, book.As(model.Solo(book.Agent)), "en", 80, 24, kit.Open{Kind: KindViews})
	r.Key("enter")
	r.Contains("1 of 35")
}

func TestEveryExampleOfHelpIsRead(t *testing.T) {
	book, _ := smallBook(t)
	for _, lang := range text.Languages() {
		e := deskEnv(t, book.As(model.Solo(book.Agent)), lang)
		for _, topic := range say.QueryTopics() {
			if topic == "days" {
				continue // words for days, not a query
			}
			q, err := model.ParseQuery(e.T("query.help."+topic+".example"), e.Say.Lexicon())
			if err != nil || topic != "words" && topic != "sort" && len(q.Terms) == 0 {
				t.Errorf("%s %s: %+v, %v", lang, topic, q, err)
			}
		}
	}
}
