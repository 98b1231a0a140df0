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

// logFlags are what a contact holds beside its words.
type logFlags struct {
	channel, topic, on, missing     string
	promise, due                    string
	exception, of, why              string
	out, answered, open             bool
	told, number, failed            bool
	granted, refused                bool
	service, complaint, primary     int
	transfers, effort, waited, felt int
	waitedGiven, feltGiven          bool
}

// logVerb notes a contact with a customer.
func (a *app) logVerb() *cobra.Command {
	var f logFlags
	c := &cobra.Command{
		Use: "log CUSTOMER [TEXT]", Short: a.t("cli.log.short"), Long: a.t("cli.log.long"), Args: a.args(1, -1),
		Example: "pasvorm log 1001 \"asks where the credit note is\" --topic invoice --minutes 4\n" +
			"pasvorm log 1001 \"…\" --open --promise \"a credit note\" --due thu",
	}
	c.RunE = a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		row, err := b.Resolve(args[0])
		if err != nil {
			return err
		}
		f.waitedGiven, f.feltGiven = c.Flags().Changed("waited"), c.Flags().Changed("felt")
		contact, err := a.contactOf(b, row.ID, f)
		if err != nil {
			return err
		}
		contact.Story = strings.Join(args[1:], " ")
		if contact.Exception != nil && contact.Exception.Words == "" {
			contact.Exception.Words = contact.Story
		}
		return a.doNoted(ctx, b, contact, contact.Story, f.missing, f.promise, f.exception, f.why)
	})
	s := c.Flags()
	s.StringVar(&f.channel, "channel", "", a.t("cli.log.channel"))
	s.StringVar(&f.topic, "topic", "", a.t("cli.log.topic"))
	s.StringVar(&f.on, "on", "", a.t("cli.log.on_contact"))
	s.BoolVar(&f.out, "out", false, a.t("cli.log.reached_out"))
	s.BoolVar(&f.answered, "answered", false, a.t("cli.log.answered"))
	s.BoolVar(&f.open, "open", false, a.t("cli.log.open"))
	s.IntVar(&f.service, "minutes", 0, a.t("cli.log.minutes"))
	s.IntVar(&f.complaint, "complaint", 0, a.t("cli.log.complaint"))
	s.IntVar(&f.primary, "primary", 0, a.t("cli.log.primary"))
	s.IntVar(&f.transfers, "transfers", 0, a.t("cli.log.transfers"))
	s.BoolVar(&f.told, "told-again", false, a.t("cli.log.told"))
	s.BoolVar(&f.number, "number-again", false, a.t("cli.log.number_again"))
	s.BoolVar(&f.failed, "failed", false, a.t("cli.log.failed"))
	s.IntVar(&f.effort, "effort", 0, a.t("cli.log.effort"))
	s.IntVar(&f.waited, "waited", 0, a.t("cli.log.waited"))
	s.IntVar(&f.felt, "felt", 0, a.t("cli.log.felt"))
	s.StringVar(&f.missing, "missing", "", a.t("cli.log.missing"))
	s.StringVar(&f.promise, "promise", "", a.t("cli.log.promise"))
	s.StringVar(&f.due, "due", "", a.t("cli.log.due"))
	s.StringVar(&f.exception, "exception", "", a.t("cli.log.exception"))
	s.StringVar(&f.of, "of", "", a.t("cli.log.of"))
	s.BoolVar(&f.granted, "granted", false, a.t("cli.log.granted"))
	s.BoolVar(&f.refused, "refused", false, a.t("cli.log.refused"))
	s.StringVar(&f.why, "why", "", a.t("cli.flag.why"))
	return c
}

// contactOf makes the action from the words of the call. Without a topic it is
// the one of the customer's newest contact, without a channel the first of the
// playbook.
func (a *app) contactOf(b ui.Desk, customer model.ID, f logFlags) (model.LogContact, error) {
	out := model.LogContact{Customer: customer, Out: f.out, Answered: !f.open, Transfers: f.transfers, ToldAgain: f.told,
		NumberAgain: f.number, Failed: f.failed, Effort: f.effort, Missing: f.missing,
		Minutes: [model.Activities]int{model.ActivityPrimary: f.primary, model.ActivityService: f.service, model.ActivityComplaint: f.complaint}}
	if f.open && f.answered {
		return out, a.usage("cli.error.both", "One", "--answered", "Other", "--open")
	}
	if f.granted && f.refused {
		return out, a.usage("cli.error.both", "One", "--granted", "Other", "--refused")
	}
	if (f.granted || f.refused) && f.exception == "" && f.of == "" {
		return out, a.usage("cli.error.needs", "One", "--granted, --refused", "Other", "--exception")
	}
	if f.waitedGiven {
		out.Waited = &f.waited
	}
	if f.feltGiven {
		out.Felt = &f.felt
	}
	var err error
	if out.Topic, out.Channel, err = a.topicAndChannel(b, customer, f.topic, f.channel); err != nil {
		return out, err
	}
	if out.On, err = a.pastDay(b, f.on); err != nil {
		return out, err
	}
	if f.promise != "" || f.due != "" {
		due, err := a.dayAhead(b, f.due)
		if err != nil {
			return out, err
		}
		out.Promise = &model.MakePromise{Side: model.Ours, Words: f.promise, Due: due}
	}
	if f.exception == "" && f.of == "" {
		return out, nil
	}
	out.Exception = &model.LogException{Named: f.of, Words: f.exception}
	switch {
	case f.granted:
		out.Exception.State, out.Exception.Reason = model.ExceptionGranted, f.why
	case f.refused:
		out.Exception.State, out.Exception.Reason = model.ExceptionRefused, f.why
	}
	return out, nil
}

// topicAndChannel reads what a contact is about and how it came, by number, id
// or name, with what is usual for who does not say.
func (a *app) topicAndChannel(b ui.Desk, customer model.ID, topic, channel string) (t, c string, err error) {
	desk := &a.say.Play.Desk
	switch found, ok := model.ParseTopic(desk, topic); {
	case ok:
		t = found.ID
	case topic != "":
		return "", "", model.Invalid("error.topic.unknown", "Topic", topic).WithHint("hint.topics")
	default:
		if t, err = a.usualTopic(b, customer); err != nil {
			return "", "", err
		}
	}
	switch found, ok := model.ParseChannel(desk, channel); {
	case ok:
		c = found.ID
	case channel != "":
		return "", "", model.Invalid("error.channel.unknown", "Channel", channel).WithHint("hint.channels")
	case len(desk.Channels) > 0:
		c = desk.Channels[0].ID
	}
	return t, c, nil
}

func (a *app) usualTopic(b ui.Desk, customer model.ID) (string, error) {
	desk := &a.say.Play.Desk
	page, err := b.Contacts(customer, "", 1)
	if err != nil {
		return "", err
	}
	if len(page.Contacts) > 0 {
		if t, ok := desk.Topic(page.Contacts[0].Topic); ok {
			return t.ID, nil
		}
	}
	if _, ok := desk.Topic("question"); ok || len(desk.Topics) == 0 {
		return "question", nil
	}
	return desk.Topics[len(desk.Topics)-1].ID, nil
}

// pastDay reads a day on which something took place: 0 for today, else its noon.
func (a *app) pastDay(b ui.Desk, s string) (model.Stamp, error) {
	if s == "" {
		return 0, nil
	}
	now := b.Now()
	d, ok := a.say.DayPast(s, now)
	if !ok {
		return 0, model.Invalid("cli.error.date", "Text", s).WithHint("cli.hint.date")
	}
	if model.DayOf(d) == model.DayOf(now) {
		return 0, nil
	}
	return model.StampOf(time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, now.Location())), nil
}

// dayAhead reads a day to come; "" stays "".
func (a *app) dayAhead(b ui.Desk, s string) (model.Day, error) {
	if s == "" {
		return "", nil
	}
	d, ok := kit.ParseDate(s, b.Now())
	if !ok {
		return "", model.Invalid("cli.error.date", "Text", s).WithHint("cli.hint.date")
	}
	return model.DayOf(d), nil
}
