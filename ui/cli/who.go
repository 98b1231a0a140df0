package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

type sessionJSON struct {
	ID       string      `json:"id"` // what `who end` takes
	Person   model.ID    `json:"person"`
	Name     string      `json:"name"`
	Role     string      `json:"role"`
	Way      string      `json:"way"`  // ssh, socket or here
	From     string      `json:"from"` // address of an SSH client, or empty
	Verb     string      `json:"verb"` // empty for a console
	Since    model.Stamp `json:"since"`
	Last     model.Stamp `json:"last"` // the last key
	Own      bool        `json:"own"`
	Customer *model.ID   `json:"customer"` // null for none
	Of       string      `json:"of"`       // the customer's name
	Typing   bool        `json:"typing"`
}

// whoVerb is about sessions on the book.
func (a *app) whoVerb() *cobra.Command {
	list := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.sessions(b) })
	return a.group("who", a.t("cli.who.short"), list,
		&cobra.Command{Use: "list", Short: a.t("cli.who.short"), Args: a.args(0, 0), RunE: list},
		&cobra.Command{Use: "end ID", Short: a.t("cli.who_end.short"), Args: a.args(1, 1), Example: "pasvorm who end k7fq",
			RunE: a.on(existing, func(_ context.Context, _ ui.Book, args []string) error { return a.endSession(args[0]) })})
}

// tellVerb tells everybody on the book something.
func (a *app) tellVerb() *cobra.Command {
	return &cobra.Command{Use: "tell TEXT", Short: a.t("cli.tell.short"), Args: a.args(1, -1), Example: `pasvorm tell "restart at five"`,
		RunE: a.on(existing, func(_ context.Context, _ ui.Book, args []string) error { return a.tellAll(strings.Join(args, " ")) })}
}

// alone is the refusal of what needs others to be there.
func (a *app) alone() error {
	if a.Floor != nil {
		return nil
	}
	return model.Invalid("error.session.alone").WithHint("hint.session.serve")
}

func (a *app) sessions(b ui.Book) error {
	if a.Floor == nil {
		if !a.json {
			a.line(a.t("cli.who.alone"))
		}
		return nil
	}
	now := b.Now()
	all := a.Floor.Sessions()
	rows := make([][]string, 0, len(all))
	for i := range all {
		l := &all[i]
		if a.json {
			out := sessionJSON{ID: l.ID, Person: l.Person, Name: l.Name, Role: l.Role.String(), Way: l.Way, From: l.From, Verb: l.Verb,
				Since: model.StampOf(l.Since), Last: model.StampOf(l.Last), Own: l.Own, Of: l.Of, Typing: l.Place.Typing}
			if l.Place.Customer != model.NoID {
				out.Customer = &l.Place.Customer
			}
			if err := a.object(out); err != nil {
				return err
			}
			continue
		}
		name := kit.Clean(l.Name)
		if l.Own {
			name += " (" + a.t("floor.self") + ")"
		}
		rows = append(rows, []string{kit.Clean(l.ID), name, a.say.Role(l.Role), a.wayOf(l), a.t("floor.since", "Time", a.clock(l.Since, now)),
			a.t("floor.last", "Ago", a.tx.Ago(l.Last.In(now.Location()), now)), a.whereabouts(l)})
	}
	a.rows(rows)
	if told := a.Floor.Told(); len(told) > 0 && !a.json {
		a.line("")
		a.line(a.t("cli.who.told"))
		for _, t := range told {
			by := t.By
			if by == "" {
				by = a.t("floor.server")
			}
			a.line(a.clock(t.At, now) + "  " + kit.Clean(by) + ": " + kit.Clean(t.Text))
		}
	}
	return nil
}

// clock is the time of day, with the day when it is not of today.
func (a *app) clock(at, now time.Time) string {
	at = at.In(now.Location())
	if model.DayOf(at) == model.DayOf(now) {
		return at.Format("15:04")
	}
	return a.tx.DateTime(at, now)
}

func (a *app) wayOf(l *ui.SessionLine) string {
	switch l.Way {
	case "ssh":
		return strings.TrimSpace("SSH " + kit.Clean(l.From))
	case "socket":
		return a.t("floor.way.socket")
	}
	return a.t("floor.way.here")
}

func (a *app) whereabouts(l *ui.SessionLine) string {
	of := kit.Clean(l.Of)
	switch {
	case l.Verb != "":
		return a.t("floor.verb", "Verb", kit.Clean(l.Verb))
	case l.Place.Customer == model.NoID:
		return ""
	case of == "":
		of = a.t("floor.customer")
	}
	if l.Place.Typing {
		return a.t("floor.where.typing", "Customer", of)
	}
	return of
}

func (a *app) endSession(id string) error {
	if err := a.alone(); err != nil {
		return err
	}
	if err := a.Floor.End(id); err != nil {
		return err //nolint:wrapcheck // worded already
	}
	if a.json {
		return a.object(struct {
			Ended string `json:"ended"`
		}{id})
	}
	a.line(a.t("cli.who_end.done", "Session", kit.Clean(id)))
	return nil
}

func (a *app) tellAll(text string) error {
	if err := a.alone(); err != nil {
		return err
	}
	n, err := a.Floor.TellAll(text)
	if err != nil {
		return err //nolint:wrapcheck // worded already
	}
	if a.json {
		return a.object(struct {
			Sessions int `json:"sessions"`
		}{n})
	}
	a.line(a.tx.N("cli.tell.done", n))
	return nil
}
