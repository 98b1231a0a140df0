package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// todayVerb prints what asks for attention now.
func (a *app) todayVerb() *cobra.Command {
	mine := false
	c := &cobra.Command{
		Use: "today", Short: a.t("cli.today.short"), Long: a.t("cli.today.long"), Args: a.args(0, 0),
		RunE: a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.today(b, mine) }),
	}
	c.Flags().BoolVar(&mine, "mine", false, a.t("cli.flag.mine"))
	return c
}

// todaySections are the headings, by kind.
var todaySections = map[model.TodayKind]string{
	model.TodayLimbo: "today.section.limbo", model.TodayPromise: "today.section.promise", model.TodayTheirs: "today.section.theirs",
	model.TodayTerms: "today.section.terms", model.TodayFit: "today.section.fit", model.TodayTell: "today.section.tell",
	model.TodayFarewell: "today.section.farewell", model.TodayLapse: "today.section.lapse",
}

func (a *app) today(b ui.Book, mine bool) error {
	t, err := b.Today(mine)
	if err != nil {
		return err
	}
	_, cal, err := b.Playbook()
	if err != nil {
		return err
	}
	if a.json {
		for i := range t.Items {
			if err := a.object(a.todayOf(&t.Items[i])); err != nil {
				return err
			}
		}
		return nil
	}
	if len(t.Items) == 0 {
		id := "today.empty"
		if mine {
			id = "today.empty.mine"
		}
		a.line(a.t(id))
		return nil
	}
	total := 0
	for _, kind := range model.TodayKinds() {
		total += a.todaySection(b, cal, &t, kind)
	}
	a.line(a.tx.N("today.count", total))
	return nil
}

// todaySection prints the lines of a kind and tells how many there are.
func (a *app) todaySection(b ui.Desk, cal model.Calendar, t *model.Today, kind model.TodayKind) int {
	var rows [][]string
	for i := range t.Items {
		if it := &t.Items[i]; it.Kind == kind {
			mark := " "
			if lateNow(it) {
				mark = "!"
			}
			rows = append(rows, []string{mark + " " + kit.Clean(it.Name), a.todayWhat(b, it), a.todayWhen(b, cal, it), kit.Clean(it.Who)})
		}
	}
	if len(rows) == 0 {
		return 0
	}
	n := t.Counts[kind]
	count := a.tx.Int(n)
	switch {
	case t.More[kind]:
		count = a.t("today.section.more", "Shown", a.tx.Int(len(rows)))
	case n > len(rows):
		count = a.t("today.section.cut", "Shown", a.tx.Int(len(rows)), "Count", a.tx.Int(n))
	}
	a.line(a.t(todaySections[kind]) + " " + count)
	a.rows(rows)
	a.line("")
	return n
}

// lateNow tells whether a line is overdue, or in the red.
func lateNow(it *model.TodayItem) bool {
	switch it.Kind {
	case model.TodayLimbo:
		return it.Limbo.Red
	case model.TodayTell, model.TodayLapse:
		return false
	}
	return it.Late > 0
}

// todayWhat says what a line is about.
func (a *app) todayWhat(b ui.Desk, it *model.TodayItem) string {
	switch {
	case it.Limbo != nil:
		return a.t("today.what.limbo", "Date", a.date(b, it.Limbo.Since))
	case it.Promise != nil:
		return kit.Clean(it.Promise.Words)
	case it.Terms != nil:
		if it.Terms.Words == "" {
			return a.t("today.what.terms")
		}
		return kit.Clean(it.Terms.Words)
	case it.Assessment != nil:
		return list(" · ", a.say.Verdict(it.Assessment.Verdict)+" ("+string(it.Assessment.Rule)+")", kit.Clean(it.Assessment.Next.What), a.staleWords(b, it))
	case it.Hurt != nil:
		return kit.Clean(it.Hurt.Improvement.Title)
	case it.Farewell != nil:
		step := string(it.Farewell.Next())
		if id := "farewell.step." + step; a.tx.Has(id) {
			return a.t(id)
		}
		return kit.Clean(step)
	case it.Sighting != nil:
		return a.say.TraitShort(it.Sighting.Trait) + ": " + a.say.Signal(it.Sighting)
	}
	return ""
}

// staleWords says what changed since a verdict was settled.
func (a *app) staleWords(b ui.Desk, it *model.TodayItem) string {
	out := ""
	for _, f := range it.Stale {
		out = list(" · ", out, a.t("promise.stale")+": "+a.say.Fact(f)+", "+a.date(b, f.At))
	}
	return out
}

// todayWhen says when, or how late.
func (a *app) todayWhen(b ui.Desk, cal model.Calendar, it *model.TodayItem) string {
	now := b.Now()
	switch {
	case it.Limbo != nil:
		return a.t("today.waits", "Time", a.waited(it.Limbo.Waited))
	case it.Hurt != nil:
		return a.tx.Ago(it.Hurt.Improvement.Ended.At.Time().In(now.Location()), now)
	case it.Sighting != nil:
		return a.tx.Until(it.Due.Time(now.Location()), now)
	case it.Farewell != nil && it.Due == "":
		return a.t("today.when.next")
	case len(it.Stale) > 0 && it.Due > model.DayOf(now):
		return a.t("today.when.stale")
	}
	return a.dueWords(b, cal, it.Due, it.Late)
}

// waited words how long somebody waits, see the screen.
func (a *app) waited(d time.Duration) string {
	const day = 24 * time.Hour
	if d < 2*day {
		return a.tx.N("today.hours", int(d/time.Hour))
	}
	return a.tx.N("today.days", int(d/day))
}

// todayJSON is a line of Today.
type todayJSON struct {
	Kind     model.TodayKind `json:"kind"`
	Customer model.ID        `json:"customer"`
	Name     string          `json:"name"`
	Owner    string          `json:"owner"`
	Who      string          `json:"who"`
	Due      model.Day       `json:"due"`
	Late     int             `json:"late"` // working days past due; below 0 still to come
	Overdue  bool            `json:"overdue"`
	What     string          `json:"what"`
	ID       model.ID        `json:"id"` // of the record it is about
	Since    *model.Stamp    `json:"since,omitempty"`
	Hours    int             `json:"hours,omitempty"` // waited, closed days left out
	Stale    []string        `json:"stale,omitempty"`
}

func (a *app) todayOf(it *model.TodayItem) todayJSON {
	out := todayJSON{Kind: it.Kind, Customer: it.Customer, Name: it.Name, Owner: it.Owner, Who: it.Who, Due: it.Due, Late: it.Late, Overdue: lateNow(it)}
	switch {
	case it.Limbo != nil:
		out.ID, out.Since, out.Hours = it.Customer, &it.Limbo.Since, int(it.Limbo.Waited/time.Hour)
	case it.Promise != nil:
		out.ID, out.What = it.Promise.ID, it.Promise.Words
	case it.Terms != nil:
		out.ID, out.What = it.Terms.ID, it.Terms.Words
	case it.Assessment != nil:
		out.ID, out.What = it.Assessment.ID, string(it.Assessment.Verdict)
		for _, f := range it.Stale {
			out.Stale = append(out.Stale, a.say.Fact(f))
		}
	case it.Hurt != nil:
		out.ID, out.What = it.Hurt.Improvement.ID, it.Hurt.Improvement.Title
	case it.Farewell != nil:
		out.ID, out.What = it.Farewell.ID, string(it.Farewell.Next())
	case it.Sighting != nil:
		out.ID, out.What = it.Sighting.ID, it.Sighting.Signal
	}
	return out
}
