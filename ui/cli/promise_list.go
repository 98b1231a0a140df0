package cli

import (
	"context"
	"strconv"
	"strings"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// promisesOf lists the promises of one customer with their numbers.
func (a *app) promisesOf(b ui.Book, text string, f promiseFlags) error {
	d, err := a.detail(b, text)
	if err != nil {
		return err
	}
	_, cal, err := b.Playbook()
	if err != nil {
		return err
	}
	all, numbers := d.Dealings.Promises, promiseNumbers(d)
	rows := make([][]string, 0, len(all))
	for _, p := range all {
		if f.open && !f.all && p.State != model.PromiseOpen {
			continue
		}
		l := promiseLine(d, p)
		if a.json {
			if err := a.object(a.promiseOf(b, cal, numbers[p.ID], l)); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, append([]string{strconv.Itoa(numbers[p.ID])}, a.promiseCells(b, cal, l)...))
	}
	if a.json {
		return nil
	}
	a.rows(rows)
	a.line(list(" · ", a.tx.N("cli.promise.count", len(rows)), a.rate("promise.rate.ours", model.KeptOf(all, model.Ours)),
		a.rate("promise.rate.theirs", model.KeptOf(all, model.Theirs))))
	return nil
}

// promises lists promises over all customers.
func (a *app) promises(ctx context.Context, b ui.Book, f promiseFlags) error {
	l, err := b.Promises(ctx, model.PromiseRequest{Closed: f.all, Limit: max(1, f.limit)})
	if err != nil {
		return err
	}
	_, cal, err := b.Playbook()
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(l.Lines))
	for _, p := range l.Lines {
		if a.json {
			if err := a.object(a.promiseOf(b, cal, 0, p)); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, append([]string{kit.Clean(p.Name)}, a.promiseCells(b, cal, p)...))
	}
	if a.json {
		return nil
	}
	a.rows(rows)
	a.line(list(" · ", a.tx.N("cli.promise.count", len(rows)), a.rate("promise.rate.ours", l.Rate)))
	if l.More {
		a.line(a.t("cli.promise.cut"))
	}
	people, err := b.People()
	if err != nil {
		return err
	}
	for _, p := range people {
		if r, ok := l.By[p.ID]; ok {
			percent, _ := r.Percent()
			a.line("  " + a.t("cli.promise.by", "Person", kit.Clean(p.Name), "Percent", percent, "Count", a.tx.Int(r.Closed())))
		}
	}
	return nil
}

// rate words a kept-rate, "" where nothing was closed.
func (a *app) rate(id string, r model.KeptRate) string {
	p, ok := r.Percent()
	if !ok {
		return ""
	}
	return a.tx.T(id, "Percent", strconv.Itoa(p), "Count", a.tx.Int(r.Closed()))
}

// promiseCells are a promise as cells of a line: what is late has a mark first.
func (a *app) promiseCells(b ui.Desk, cal model.Calendar, l model.PromiseLine) []string {
	p := l.Promise
	whose := a.t("promise.theirs.short")
	if p.Side == model.Ours {
		whose = kit.Clean(l.Who)
	}
	mark, state := "", ""
	switch p.State {
	case model.PromiseOpen:
		late := model.DaysLate(cal, p.Due, b.Now())
		state = a.dueWords(b, cal, p.Due, late)
		if late > 0 {
			mark = "!"
		}
	case model.PromiseKept:
		state = a.t("promise.state.kept")
	case model.PromiseBroken:
		state = a.t("promise.state.broken")
	case model.PromiseDropped:
		state = a.t("promise.state.dropped")
	}
	if p.Closed != nil && p.Closed.Reason != "" {
		state += ": " + kit.Clean(p.Closed.Reason)
	}
	if n := len(p.Moves); n > 0 {
		state += " · " + a.tx.N("promise.moved", n)
	}
	return []string{strings.TrimSpace(mark + " " + a.day(b, p.Due)), kit.Clean(p.Words), whose, state}
}

// dueWords says when something is due or how late it is, in working days.
func (a *app) dueWords(b ui.Desk, cal model.Calendar, due model.Day, late int) string {
	now := b.Now()
	switch {
	case late > 0:
		return a.tx.N("promise.late", late)
	case late == 0 && due < model.DayOf(now) && !cal.Workday(now):
		return a.t("promise.passed")
	case late == 0:
		return a.t("text.until.today")
	case due <= model.DayOf(now):
		return a.t("promise.nextday")
	}
	return a.tx.Until(due.Time(now.Location()), now)
}

// promiseJSON is a promise.
type promiseJSON struct {
	Number   int                `json:"number,omitempty"` // among those of the customer
	ID       model.ID           `json:"id"`
	Customer model.ID           `json:"customer"`
	Name     string             `json:"name"`
	Side     model.Side         `json:"side"`
	Words    string             `json:"words"`
	Who      string             `json:"who"`
	Due      model.Day          `json:"due"`
	State    model.PromiseState `json:"state"`
	Late     int                `json:"late"` // working days past due; below 0 still to come; of open ones
	Moves    int                `json:"moves"`
	Topic    string             `json:"topic"`
	Closed   model.Day          `json:"closed,omitempty"`
	Reason   string             `json:"reason,omitempty"`
}

func (a *app) promiseOf(b ui.Desk, cal model.Calendar, number int, l model.PromiseLine) promiseJSON {
	p := l.Promise
	out := promiseJSON{Number: number, ID: p.ID, Customer: p.Customer, Name: l.Name, Side: p.Side, Words: p.Words, Who: l.Who,
		Due: p.Due, State: p.State, Moves: len(p.Moves), Topic: p.Topic, Closed: p.ClosedOn}
	if p.State == model.PromiseOpen {
		out.Late = model.DaysLate(cal, p.Due, b.Now())
	}
	if p.Closed != nil {
		out.Reason = p.Closed.Reason
	}
	return out
}
