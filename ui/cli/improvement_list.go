package cli

import (
	"strconv"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

func (a *app) improvementList(b ui.Book) error {
	all, err := b.Improvements()
	if err != nil {
		return err
	}
	people, err := a.peopleNames(b)
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(all))
	for n, l := range all {
		if a.json {
			if err := a.object(improvementOf(numberedImprovement{l, n + 1}, people)); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{strconv.Itoa(n + 1), kit.Clean(l.Improvement.Title), a.improvementStand(l), kit.Clean(l.Owner),
			a.improvementDate(b, l.Improvement)})
	}
	if len(all) == 0 && !a.json {
		a.line(a.t("improve.empty"))
	}
	a.rows(rows)
	return nil
}

// improvementStand says how far it is, and how many customers there are.
func (a *app) improvementStand(l model.ImprovementLine) string {
	switch {
	case l.Improvement.State == model.ImprovementDropped:
		return a.t("improve.state.dropped")
	case l.Improvement.State == model.ImprovementOpen && l.Hurt > 0:
		return a.t("improve.state.open") + ", " + a.tx.N("improve.hurt", l.Hurt)
	case l.Improvement.State == model.ImprovementOpen:
		return a.t("improve.state.open")
	case l.Told < l.Hurt:
		return a.t("improve.state.done") + ", " + a.t("improve.to-tell", "Count", a.tx.Int(l.Hurt-l.Told), "All", a.tx.Int(l.Hurt))
	}
	return a.t("improve.state.done")
}

func (a *app) improvementDate(b ui.Desk, i *model.Improvement) string {
	if i.Ended != nil {
		return a.date(b, i.Ended.At)
	}
	if i.By == "" {
		return ""
	}
	return a.t("improve.by", "Date", a.day(b, i.By))
}

// peopleNames gives the names of the people of the desk by id.
func (a *app) peopleNames(b ui.Desk) (map[model.ID]string, error) {
	people, err := b.People()
	out := make(map[model.ID]string, len(people))
	for _, p := range people {
		out[p.ID] = p.Name
	}
	return out, err
}

func improvementOf(l numberedImprovement, people map[model.ID]string) improvementJSON {
	i := l.Improvement
	out := improvementJSON{Number: l.number, ID: i.ID, Title: i.Title, State: i.State, Cause: i.Cause, Owner: l.Owner, Reach: i.Reach,
		By: i.By, Topic: i.Topic, Hurt: l.Hurt, Told: l.Told, Ended: ruling(i.Ended, people)}
	if l.Standard != nil {
		out.Standard = l.Standard.Name
	}
	return out
}

func (a *app) improvementShow(b ui.Book, text string) error {
	l, err := a.improvement(b, text)
	if err != nil {
		return err
	}
	people, err := a.peopleNames(b)
	if err != nil {
		return err
	}
	hurt, err := b.Hurt(l.Improvement.ID, 0)
	if err != nil {
		return err
	}
	if a.json {
		out := improvementOf(l, people)
		out.Customers = []hurtJSON{}
		for _, h := range hurt {
			out.Customers = append(out.Customers, hurtJSON{Customer: h.Customer, Name: h.Name, Told: ruling(h.Hurt.Told, people), Confirmed: h.Hurt.Confirmed})
		}
		return a.object(out)
	}
	i := l.Improvement
	a.line(list(" · ", kit.Clean(i.Title), a.improvementStand(l.ImprovementLine), kit.Clean(l.Owner), a.improvementDate(b, i)))
	a.line(a.t("cli.show.id", "ID", i.ID.String()))
	var rows [][]string
	put := func(id, s string) {
		if s != "" {
			rows = append(rows, []string{a.t(id), kit.Clean(s)})
		}
	}
	put("improve.cause", i.Cause)
	put("improve.reach", i.Reach)
	if i.Topic != "" {
		put("improve.topic", a.say.Topic(i.Topic))
	}
	if l.Standard != nil {
		put("improve.standard", l.Standard.Name)
	}
	if i.Ended != nil {
		put("field.reason", i.Ended.Reason)
	}
	a.rows(rows)
	rows = rows[:0]
	for _, h := range hurt {
		told := ""
		if t := h.Hurt.Told; t != nil {
			told = list(": ", a.toldWords(b, h.Hurt, people), kit.Clean(t.Reason))
		}
		rows = append(rows, []string{kit.Clean(h.Name), told})
	}
	a.rows(rows)
	return nil
}

// toldWords say by whom and when a customer was told, and whether the customer
// confirmed that it is repaired.
func (a *app) toldWords(b ui.Desk, h *model.Hurt, people map[model.ID]string) string {
	confirmed := ""
	if h.Confirmed {
		confirmed = a.t("improve.confirmed")
	}
	return list(", ", a.t("improve.told.by", "Person", name(people, h.Told.By), "Date", a.date(b, h.Told.At)), confirmed)
}
