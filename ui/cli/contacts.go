package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// contactJSON is one contact.
type contactJSON struct {
	ID       model.ID       `json:"id"`
	Number   int            `json:"number"` // from the newest, for contact edit
	On       model.Stamp    `json:"on"`
	Day      model.Day      `json:"day"`
	Out      bool           `json:"out"`
	Channel  string         `json:"channel"`
	Topic    string         `json:"topic"`
	Story    string         `json:"story"`
	By       string         `json:"by"`
	Answered bool           `json:"answered"`
	Minutes  map[string]int `json:"minutes"` // by activity
	Transfer int            `json:"transfers"`
	Told     bool           `json:"told_again"`
	Number2  bool           `json:"number_again"`
	Failed   bool           `json:"failed"`
	Effort   int            `json:"effort,omitempty"`
	Waited   *int           `json:"waited,omitempty"` // seconds
	Felt     *int           `json:"felt,omitempty"`   // days
	Answer   model.ID       `json:"answer,omitzero"`
	Missing  string         `json:"missing,omitempty"`
}

func contactOfJSON(c *model.Contact, number int, people map[model.ID]string) contactJSON {
	out := contactJSON{ID: c.ID, Number: number, On: c.On, Day: c.Day, Out: c.Out, Channel: c.Channel, Topic: c.Topic,
		Story: c.Story, By: people[c.By], Answered: c.Answered, Minutes: map[string]int{}, Transfer: c.Transfers,
		Told: c.ToldAgain, Number2: c.NumberAgain, Failed: c.Failed, Effort: c.Effort, Answer: c.Answer, Missing: c.Missing}
	for a, m := range c.Minutes {
		out.Minutes[model.Activity(a).Key()] = m
	}
	less := func(n int) *int {
		if n == 0 {
			return nil
		}
		n--
		return &n
	}
	out.Waited, out.Felt = less(c.Waited), less(c.Felt)
	return out
}

// contactsVerb prints the timeline of a customer, newest first.
func (a *app) contactsVerb() *cobra.Command {
	limit := 0
	c := &cobra.Command{
		Use: "contacts CUSTOMER", Short: a.t("cli.contacts.short"), Args: a.args(1, -1),
		RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error {
			row, err := b.Resolve(strings.Join(args, " "))
			if err != nil {
				return err
			}
			page, err := b.Contacts(row.ID, "", max(1, limit))
			if err != nil {
				return err
			}
			return a.printContacts(b, page)
		}),
	}
	c.Flags().IntVar(&limit, "limit", 20, a.t("cli.flag.limit"))
	return c
}

func (a *app) printContacts(b ui.Desk, page model.ContactPage) error {
	if a.json {
		for i, c := range page.Contacts {
			if err := a.object(contactOfJSON(c, i+1, page.People)); err != nil {
				return err
			}
		}
		return nil
	}
	if len(page.Contacts) == 0 {
		a.line(a.t("cli.contacts.none"))
		return nil
	}
	rows := make([][]string, 0, len(page.Contacts))
	for i, c := range page.Contacts {
		rows = append(rows, []string{strconv.Itoa(i+1) + ".", a.date(b, c.On), a.way(c), a.say.Topic(c.Topic), a.say.Channel(c.Channel),
			name(page.People, c.By), list(" · ", strings.Join(strings.Fields(kit.CleanLines(c.Story)), " "), a.contactMarks(c))})
	}
	a.rows(rows)
	if page.More {
		a.line(a.tx.N("cli.contacts.more", page.Total-len(page.Contacts)))
	}
	return nil
}

func (a *app) way(c *model.Contact) string {
	if c.Out {
		return a.t("contacts.out")
	}
	return a.t("contacts.in")
}

// contactMarks says in words what was not well in a contact.
func (a *app) contactMarks(c *model.Contact) string {
	var open, failed, told, transfers string
	if !c.Answered {
		open = a.t("cli.contacts.open")
	}
	if c.Failed {
		failed = a.t("contacts.failed")
	}
	if c.ToldAgain {
		told = a.t("contacts.told")
	}
	if c.Transfers > 0 {
		transfers = a.tx.N("story.transfers", c.Transfers)
	}
	return list(" · ", open, failed, told, transfers)
}

// contactVerb holds what is done with one contact.
func (a *app) contactVerb() *cobra.Command {
	return a.group("contact", a.t("cli.contact.short"), func(c *cobra.Command, _ []string) error { return c.Help() }, //nolint:wrapcheck // the library's own
		a.contactEditVerb(), a.contactWithdrawVerb())
}

// furthestContact is how far back a contact is found by its number.
const furthestContact = 10_000

// contactAt finds a contact of a customer by its number in contacts.
func (a *app) contactAt(b ui.Desk, customer, number string) (*model.Contact, error) {
	row, err := b.Resolve(customer)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > furthestContact {
		return nil, a.usage("cli.error.contact", "Text", number)
	}
	page, err := b.Contacts(row.ID, "", n)
	if err != nil {
		return nil, err
	}
	if n > len(page.Contacts) {
		return nil, model.NotFound("error.contact.gone").WithHint("cli.hint.contacts")
	}
	return page.Contacts[n-1], nil
}

func (a *app) contactWithdrawVerb() *cobra.Command {
	why := ""
	c := &cobra.Command{
		Use: "withdraw CUSTOMER NUMBER", Short: a.t("cli.contact_withdraw.short"), Args: a.args(2, 2),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			c, err := a.contactAt(b, args[0], args[1])
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.WithdrawContact{Customer: c.Customer, Contact: c.ID, Reason: why}, why)
		}),
	}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	return c
}

func (a *app) contactEditVerb() *cobra.Command {
	ids := make([]string, 0, len(model.ContactFields()))
	for _, f := range model.ContactFields() {
		ids = append(ids, strings.TrimPrefix(f.ID, "contact."))
	}
	return &cobra.Command{
		Use: "edit CUSTOMER NUMBER FIELD=VALUE…", Short: a.t("cli.contact_edit.short"), Args: a.args(3, -1),
		Long:    a.t("cli.fields", "Fields", strings.Join(ids, ", ")),
		Example: `pasvorm contact edit 1001 1 topic=invoice service=6 answered=no`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			c, err := a.contactAt(b, args[0], args[1])
			if err != nil {
				return err
			}
			was := model.ContactValues(c, b.Now().Location())
			edit := model.EditContact{Customer: c.Customer, Contact: c.ID, Was: map[string]string{}, Now: map[string]string{}}
			for _, s := range args[2:] {
				id, v, ok := strings.Cut(s, "=")
				if !ok {
					return a.usage("cli.error.field", "Text", s)
				}
				f := model.ContactFieldByID(strings.ToLower(strings.TrimSpace(id)))
				if f == nil {
					return model.Invalid("cli.error.contact_field", "Text", id).WithHint("cli.hint.contact_fields")
				}
				edit.Was[f.ID], edit.Now[f.ID] = was[f.ID], a.contactValue(b, f.ID, v)
			}
			return a.doNoted(ctx, b, edit, edit.Now["contact.story"], edit.Now["contact.missing"])
		}),
	}
}

// contactValue turns what a person writes into what the field keeps.
func (a *app) contactValue(b ui.Desk, id, v string) string {
	switch id {
	case "contact.topic":
		if t, ok := model.ParseTopic(&a.say.Play.Desk, v); ok {
			return t.ID
		}
	case "contact.channel":
		if c, ok := model.ParseChannel(&a.say.Play.Desk, v); ok {
			return c.ID
		}
	case "contact.day":
		if d, ok := a.say.DayPast(v, b.Now()); ok {
			return string(model.DayOf(d))
		}
	case "contact.out", "contact.answered", "contact.failed", "contact.told_again", "contact.number_again":
		switch strings.ToLower(v) {
		case a.t("cli.yes"), "y", "j", "true", "1":
			return "yes"
		case a.t("cli.no"), "n", "false", "0":
			return ""
		}
	}
	return v
}
