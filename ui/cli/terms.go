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

// termsFlags are what terms hold.
type termsFlags struct {
	words, price, channel, by, on, which, why string
	limits                                    []string
	verdict                                   bool
}

// termsVerb notes the terms that we state to customers, and the answers.
func (a *app) termsVerb() *cobra.Command {
	return a.group("terms", a.t("cli.terms.short"), func(c *cobra.Command, _ []string) error { return c.Help() },
		a.termsState(), a.termsAnswer(),
		&cobra.Command{Use: "list CUSTOMER", Short: a.t("cli.terms_list.short"), Args: a.args(1, 1),
			RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error { return a.termsList(b, args[0]) })},
		a.termsWithdraw())
}

func (a *app) termsState() *cobra.Command {
	var f termsFlags
	c := &cobra.Command{
		Use: "state CUSTOMER", Short: a.t("cli.terms_state.short"), Args: a.args(1, 1),
		Example: `pasvorm terms state "Petra Jansen" --limit "no shouting" --words "…" --channel phone --by 8-12`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			s, err := a.stated(b, d, f)
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, s, f.words)
		}),
	}
	c.Flags().StringVar(&f.words, "words", "", a.t("cli.terms_flag.words"))
	c.Flags().StringArrayVar(&f.limits, "limit", nil, a.t("cli.flag.hold"))
	c.Flags().StringVar(&f.price, "price", "", a.t("cli.flag.price"))
	c.Flags().StringVar(&f.channel, "channel", "", a.t("cli.terms_flag.channel"))
	c.Flags().StringVar(&f.by, "by", "", a.t("cli.flag.answer_by"))
	c.Flags().StringVar(&f.on, "on", "", a.t("cli.flag.told_on"))
	c.Flags().BoolVar(&f.verdict, "verdict", false, a.t("cli.flag.verdict"))
	return c
}

// stated makes the action from the words of the call. With --verdict what the
// verdict asks for stands where nothing else is said.
func (a *app) stated(b ui.Desk, d *model.Detail, f termsFlags) (model.StateTerms, error) {
	s := model.StateTerms{Customer: d.Customer.ID, Words: f.words, Channel: f.channel}
	var err error
	if s.Price, err = a.money(f.price); err != nil {
		return s, err
	}
	if s.AnswerBy, err = a.someDay(b, f.by); err != nil {
		return s, err
	}
	if s.On, err = a.someDay(b, f.on); err != nil {
		return s, err
	}
	for _, text := range f.limits {
		l, err := a.standard(b, text)
		if err != nil {
			return s, err
		}
		s.Standards = append(s.Standards, l.ID)
	}
	if c, ok := model.ParseChannel(&a.say.Play.Desk, f.channel); ok {
		s.Channel = c.ID
	}
	if !f.verdict {
		return s, nil
	}
	n := d.Settled()
	if n == nil || n.Verdict != model.VerdictTerms {
		return s, model.NotFound("cli.error.no_verdict", "Customer", d.Customer.Name)
	}
	s.Assessment = n.ID
	if strings.TrimSpace(s.Words) == "" {
		s.Words = n.Next.What
	}
	if s.AnswerBy == "" {
		s.AnswerBy = n.Next.By
	}
	return s, nil
}

// termsJSON is one set of terms.
type termsJSON struct {
	ID        model.ID         `json:"id"`
	Number    int              `json:"number"` // for --terms
	Standards []string         `json:"standards"`
	Words     string           `json:"words"`
	Price     int64            `json:"price"` // cents
	Channel   string           `json:"channel"`
	On        model.Day        `json:"on"`
	By        string           `json:"by"`
	AnswerBy  model.Day        `json:"answer_by"`
	State     model.TermsState `json:"state"`
	Answered  *rulingJSON      `json:"answered,omitempty"`
	Verdict   model.ID         `json:"verdict"` // the assessment they follow from, or empty
}

// standingTerms are those that were not withdrawn, newest first; their places
// are the numbers of the list.
func standingTerms(d *model.Detail) []*model.Terms {
	var out []*model.Terms
	for _, t := range d.Dealings.Terms {
		if t.Withdrawn == nil {
			out = append(out, t)
		}
	}
	return out
}

func termsNames(d *model.Detail, t *model.Terms) []string {
	out := make([]string, 0, len(t.Standards))
	for _, id := range t.Standards {
		out = append(out, standardNamed(d, id))
	}
	return out
}

func termsOf(d *model.Detail, number int, t *model.Terms) termsJSON {
	return termsJSON{ID: t.ID, Number: number, Standards: termsNames(d, t), Words: t.Words, Price: t.Price, Channel: t.Channel,
		On: t.On, By: d.People[t.By], AnswerBy: t.AnswerBy, State: t.State, Answered: ruling(t.Answered, d.People), Verdict: t.Assessment}
}

func (a *app) termsList(b ui.Desk, text string) error {
	d, err := a.detail(b, text)
	if err != nil {
		return err
	}
	all := standingTerms(d)
	for i, t := range all {
		if a.json {
			if err := a.object(termsOf(d, i+1, t)); err != nil {
				return err
			}
			continue
		}
		a.line(a.termsLine(b, d, i+1, t))
		price, answer := "", a.t("cli.terms.awaited", "Date", a.day(b, t.AnswerBy))
		if t.Price > 0 {
			price = a.tx.Money(t.Price)
		}
		if t.Answered != nil {
			answer = list(": ", a.t("terms.answered", "Person", name(d.People, t.Answered.By), "Date", a.date(b, t.Answered.At)), kit.Clean(t.Answered.Reason))
		}
		a.line("     " + list(" · ", kit.Clean(strings.Join(termsNames(d, t), ", ")), price,
			a.t("terms.by", "Person", name(d.People, t.By), "Date", a.day(b, t.On)), a.say.Channel(t.Channel), answer))
	}
	if len(all) == 0 && !a.json {
		a.line(a.t("cli.terms.none"))
	}
	return nil
}

func (a *app) termsLine(b ui.Desk, d *model.Detail, number int, t *model.Terms) string {
	words := t.Words
	if strings.TrimSpace(words) == "" {
		words = strings.Join(termsNames(d, t), ", ")
	}
	return a.t("cli.terms.line", "Number", number, "Date", a.day(b, t.On), "State", a.t("terms.state."+string(t.State)),
		"Words", strings.Join(strings.Fields(kit.CleanLines(words)), " "))
}

// someTerms finds those that are meant: by their number or id, or the only ones.
func (a *app) someTerms(b ui.Desk, d *model.Detail, which string) (*model.Terms, error) {
	all := standingTerms(d)
	for i, t := range all {
		if which == strconv.Itoa(i+1) || which == t.ID.String() {
			return t, nil
		}
	}
	switch {
	case which != "" || len(all) == 0:
		return nil, model.NotFound("error.terms.gone")
	case len(all) == 1:
		return all[0], nil
	}
	a.printError(model.NewError(model.KindAmbiguous, "cli.error.terms").WithHint("cli.hint.terms"))
	if !a.json {
		for i, t := range all {
			_, _ = a.Err.Write([]byte("  " + a.termsLine(b, d, i+1, t) + "\n"))
		}
	}
	return nil, errSaid{model.KindAmbiguous}
}

func (a *app) termsAnswer() *cobra.Command {
	var f termsFlags
	c := &cobra.Command{Use: "answer CUSTOMER accepted|refused|broken", Short: a.t("cli.terms_answer.short"), Args: a.args(2, 2),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			t, err := a.someTerms(b, d, f.which)
			if err != nil {
				return err
			}
			state := model.TermsState(args[1])
			for _, s := range []model.TermsState{model.TermsAccepted, model.TermsRefused, model.TermsBroken} {
				if strings.EqualFold(args[1], a.t("terms.state."+string(s))) {
					state = s
				}
			}
			return a.doNoted(ctx, b, model.AnswerTerms{Customer: t.Customer, Terms: t.ID, State: state, Words: f.words}, f.words)
		})}
	c.Flags().StringVar(&f.words, "words", "", a.t("cli.terms_flag.said"))
	c.Flags().StringVar(&f.which, "terms", "", a.t("cli.flag.terms"))
	return c
}

func (a *app) termsWithdraw() *cobra.Command {
	var f termsFlags
	c := &cobra.Command{Use: "withdraw CUSTOMER", Short: a.t("cli.terms_withdraw.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			t, err := a.someTerms(b, d, f.which)
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.WithdrawTerms{Customer: t.Customer, Terms: t.ID, Reason: f.why}, f.why)
		})}
	c.Flags().StringVar(&f.why, "why", "", a.t("cli.flag.why"))
	c.Flags().StringVar(&f.which, "terms", "", a.t("cli.flag.terms"))
	return c
}
