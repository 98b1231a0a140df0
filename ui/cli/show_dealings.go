package cli

import (
	"strings"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// dealingsJSON is what a customer and we have with each other, each part in the
// shape of the verb that lists it.
type dealingsJSON struct {
	Story        storyJSON       `json:"story"` // with the banner and the open promises
	Promises     []promiseJSON   `json:"promises"`
	Terms        []termsJSON     `json:"terms"`
	Exceptions   []exceptionJSON `json:"exceptions"`
	Surveys      []surveyJSON    `json:"surveys"`
	Money        moneyJSON       `json:"money"`
	Improvements []repairJSON    `json:"improvements"`
	Farewell     *farewellJSON   `json:"farewell,omitempty"` // the one that goes on, else the newest
}

// repairJSON is an improvement as one customer who was hurt meets it.
type repairJSON struct {
	ID        model.ID               `json:"id"`
	Title     string                 `json:"title"`
	State     model.ImprovementState `json:"state"`
	Owner     string                 `json:"owner"`
	By        model.Day              `json:"by"`
	Told      *rulingJSON            `json:"told,omitempty"`
	Confirmed bool                   `json:"confirmed"`
}

// shownDealings prints the dealings of a customer.
type shownDealings struct {
	me  model.Me
	cal model.Calendar
}

// mostShown is how many of one part show prints; the verb of the part lists all.
const mostShown = 3

// dealings reads what the words of the dealings need besides the customer.
func (a *app) dealings(b ui.Book) (s shownDealings, err error) {
	if s.me, err = b.Me(); err != nil {
		return s, err
	}
	_, s.cal, err = b.Playbook()
	return s, err
}

func (s *shownDealings) json(a *app, b ui.Desk, d *model.Detail) dealingsJSON {
	out := dealingsJSON{Story: a.storyOf(b, d, s.me), Promises: []promiseJSON{}, Terms: []termsJSON{}, Exceptions: []exceptionJSON{},
		Surveys: []surveyJSON{}, Money: a.moneyOf(b, d), Improvements: []repairJSON{}}
	numbers := promiseNumbers(d)
	for _, p := range d.Dealings.Promises {
		out.Promises = append(out.Promises, a.promiseOf(b, s.cal, numbers[p.ID], promiseLine(d, p)))
	}
	for i, t := range standingTerms(d) {
		out.Terms = append(out.Terms, termsOf(d, i+1, t))
	}
	for i, x := range standingExceptions(d) {
		out.Exceptions = append(out.Exceptions, exceptionOf(d, i+1, x))
	}
	for i, v := range d.Dealings.Surveys {
		out.Surveys = append(out.Surveys, surveyOf(i+1, v, d.People))
	}
	for _, h := range d.Dealings.Hurts {
		i := h.Improvement
		out.Improvements = append(out.Improvements, repairJSON{ID: i.ID, Title: i.Title, State: i.State, Owner: d.People[i.Owner], By: i.By,
			Told: ruling(h.Hurt.Told, d.People), Confirmed: h.Hurt.Confirmed})
	}
	if f := d.Dealings.Farewell(); f != nil {
		full := fullFarewell(d, f)
		out.Farewell = &full
	}
	return out
}

// promiseLine is a promise with the name of who keeps it.
func promiseLine(d *model.Detail, p *model.Promise) model.PromiseLine {
	l := model.PromiseLine{Promise: p, Name: d.Customer.Name}
	if p.Side == model.Ours {
		l.Who = d.People[p.Who]
	}
	return l
}

// printNow prints what must not be missed, what to say, and what is owed.
func (s *shownDealings) printNow(a *app, b ui.Desk, d *model.Detail) {
	st := &d.Dealings.Story
	if n := d.Dealings.Banner; n != nil {
		a.line(a.t("cli.story.banner", "Words", kit.Clean(n.Words), "Date", a.day(b, n.Until)))
	}
	if st.Limbo != nil {
		a.line("! " + a.say.Limbo(st.Limbo))
	}
	if line := a.say.Story(st, d.People, s.me.Actor.Person, b.Now()); line != "" {
		a.line("")
		a.line(line)
		if counts := a.say.StoryCounts(st); len(counts) > 0 {
			a.line(strings.Join(counts, " · "))
		}
	}
	var rows [][]string
	for _, p := range d.Dealings.Promises {
		if p.State == model.PromiseOpen {
			rows = append(rows, append([]string{"-"}, a.promiseCells(b, s.cal, promiseLine(d, p))...))
		}
	}
	if len(rows) > 0 {
		a.line("")
		a.rows(rows)
	}
}

// printRest prints the other dealings, the newest of each, a label before them.
func (s *shownDealings) printRest(a *app, b ui.Book, d *model.Detail) {
	var rows [][]string
	part := func(label string, all []string) {
		if n := len(all) - mostShown; n > 0 {
			all = append(all[:mostShown:mostShown], a.tx.N("cli.show.more", n))
		}
		for _, line := range all {
			rows = append(rows, []string{label, line})
			label = ""
		}
	}
	var lines []string
	for i, t := range standingTerms(d) {
		lines = append(lines, a.termsLine(b, d, i+1, t))
	}
	part(a.t("terms.part"), lines)
	lines = nil
	for i, x := range standingExceptions(d) {
		lines = append(lines, a.exceptionLine(b, d, i+1, x))
	}
	part(a.t("exception.part"), lines)
	lines = nil
	for i, v := range d.Dealings.Surveys {
		if v.Withdrawn != nil {
			continue
		}
		lines = append(lines, list(": ", a.surveyLine(b, i+1, v, d.People), flatWords(v.Better)))
	}
	part(a.t("survey.part"), lines)
	part(a.t("desk.part.money"), a.moneyLine(b, d))
	lines = nil
	for i := range d.Dealings.Hurts {
		lines = append(lines, a.repairLine(b, d, &d.Dealings.Hurts[i]))
	}
	part(a.t("improve.part"), lines)
	if f := d.Dealings.Farewell(); f != nil {
		part(a.t("farewell.part"), []string{list(" · ", a.t("farewell.state."+string(f.State)), a.farewellNext(b, f), name(d.People, f.Contact))})
	}
	if len(rows) > 0 {
		a.line("")
		a.rows(rows)
	}
}

// moneyLine is the relation in money in a line: what remains, or where that is
// not known what is, and what is owed; none where nothing is known.
func (a *app) moneyLine(b ui.Desk, d *model.Detail) []string {
	m := &d.Dealings.Money
	var parts []string
	switch {
	case m.Known:
		id := "money.profit"
		if m.Profit < 0 {
			id = "money.loss"
		}
		parts = append(parts, a.t(id, "Money", a.tx.Money(max(m.Profit, -m.Profit)), "Margin", a.tx.Money(m.Margin), "Cost", a.tx.Money(m.CostToServe())))
	case m.CostToServe() != 0:
		parts = append(parts, a.t("cli.show.cost", "Money", a.tx.Money(m.CostToServe())))
	}
	if m.Arrears != 0 {
		parts = append(parts, a.t("cli.show.owed", "Money", a.tx.Money(m.Arrears), "Date", a.day(b, m.OldestArrear)))
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{strings.Join(parts, " · ")}
}

// repairLine says how far an improvement is and whether this customer knows.
func (a *app) repairLine(b ui.Desk, d *model.Detail, h *model.HurtLine) string {
	i := h.Improvement
	state := a.t("improve.state." + string(i.State))
	switch {
	case h.Hurt.Told != nil:
		state = a.toldWords(b, h.Hurt, d.People)
	case i.State == model.ImprovementDone:
		state = "! " + a.t("improve.tell.now")
	case i.State == model.ImprovementOpen && i.By != "":
		state = list(" · ", state, name(d.People, i.Owner), a.t("improve.by", "Date", a.day(b, i.By)))
	}
	return list(" · ", kit.Clean(i.Title), state)
}
