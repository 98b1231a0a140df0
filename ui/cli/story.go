package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// storyJSON is the running story of a customer.
type storyJSON struct {
	ID         model.ID           `json:"id"`
	Name       string             `json:"name"`
	Line       string             `json:"line"`    // to read aloud
	Contact    string             `json:"contact"` // the line that names the owner
	Words      string             `json:"words"`
	Banner     *bannerJSON        `json:"banner,omitempty"`
	Contacts   int                `json:"contacts"`
	Transfers  int                `json:"transfers"`
	ToldAgain  int                `json:"told_again"`
	NumberAsks int                `json:"number_asks"`
	Failed     int                `json:"failed"`
	Limbo      *limboJSON         `json:"limbo,omitempty"`
	Promises   []storyPromiseJSON `json:"promises"` // open
}

type bannerJSON struct {
	Words string      `json:"words"`
	Until model.Day   `json:"until"`
	By    string      `json:"by"`
	At    model.Stamp `json:"at"`
}

type limboJSON struct {
	Since model.Stamp `json:"since"`
	Hours int         `json:"hours"` // closed days left out
	Red   bool        `json:"red"`
}

type storyPromiseJSON struct {
	ID    model.ID   `json:"id"`
	Side  model.Side `json:"side"`
	Words string     `json:"words"`
	Who   string     `json:"who"`
	Due   model.Day  `json:"due"`
}

// storyVerb prints what to say to a customer who calls: the line to read aloud,
// what must not be missed, how often it had to be told, what is promised.
func (a *app) storyVerb() *cobra.Command {
	return &cobra.Command{
		Use: "story CUSTOMER", Short: a.t("cli.story.short"), Args: a.args(1, -1),
		RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, strings.Join(args, " "))
			if err != nil {
				return err
			}
			me, err := b.Me()
			if err != nil {
				return err
			}
			if a.json {
				return a.object(a.storyOf(b, d, me))
			}
			a.printStory(b, d, me)
			return nil
		}),
	}
}

func (a *app) storyOf(b ui.Desk, d *model.Detail, me model.Me) storyJSON {
	st := &d.Dealings.Story
	out := storyJSON{ID: d.Customer.ID, Name: d.Customer.Name, Line: a.say.Story(st, d.People, me.Actor.Person, b.Now()),
		Contact: a.say.YourContact(d.Owner), Words: st.Words, Contacts: st.Contacts, Transfers: st.Transfers, ToldAgain: st.ToldAgain,
		NumberAsks: st.NumberAsks, Failed: st.Failed, Promises: []storyPromiseJSON{}}
	if n := d.Dealings.Banner; n != nil {
		out.Banner = &bannerJSON{Words: n.Words, Until: n.Until, By: d.People[n.By], At: n.At}
	}
	if l := st.Limbo; l != nil {
		out.Limbo = &limboJSON{Since: l.Since, Hours: int(l.Waited.Hours()), Red: l.Red}
	}
	for _, p := range d.Dealings.Promises {
		if p.State == model.PromiseOpen {
			out.Promises = append(out.Promises, storyPromiseJSON{ID: p.ID, Side: p.Side, Words: p.Words, Who: d.People[p.Who], Due: p.Due})
		}
	}
	return out
}

func (a *app) printStory(b ui.Desk, d *model.Detail, me model.Me) {
	st := &d.Dealings.Story
	a.line(kit.Clean(d.Customer.Name))
	if n := d.Dealings.Banner; n != nil {
		a.line(a.t("cli.story.banner", "Words", kit.Clean(n.Words), "Date", a.day(b, n.Until)))
	}
	line := a.say.Story(st, d.People, me.Actor.Person, b.Now())
	if line == "" {
		line = a.t("cli.contacts.none")
	}
	a.line(line)
	if contact := a.say.YourContact(d.Owner); contact != "" {
		a.line(contact)
	}
	if st.Limbo != nil {
		a.line("! " + a.say.Limbo(st.Limbo))
	}
	if st.Words != "" {
		a.line("“" + strings.Join(strings.Fields(kit.CleanLines(st.Words)), " ") + "”")
	}
	if counts := a.say.StoryCounts(st); len(counts) > 0 {
		a.line(strings.Join(counts, " · "))
	}
	for _, p := range d.Dealings.Promises {
		if p.State != model.PromiseOpen {
			continue
		}
		now := b.Now()
		due := p.Due.Time(now.Location())
		whose := a.t("cli.story.ours", "Person", name(d.People, p.Who))
		if p.Side == model.Theirs {
			whose = a.t("cli.story.theirs")
		}
		a.line("- " + list(" · ", a.tx.Date(due, now), kit.Clean(p.Words), whose, a.tx.Until(due, now)))
	}
}
