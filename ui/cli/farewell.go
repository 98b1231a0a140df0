package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// farewellVerb is the desk of partings.
func (a *app) farewellVerb() *cobra.Command {
	list := a.on(existing, func(_ context.Context, b ui.Book, _ []string) error { return a.farewellList(b) })
	return a.group("farewell", a.t("cli.farewell.short"), list,
		&cobra.Command{Use: "list", Short: a.t("cli.farewell_list.short"), Args: a.args(0, 0), RunE: list},
		&cobra.Command{Use: "show CUSTOMER", Short: a.t("cli.farewell_show.short"), Args: a.args(1, 1),
			RunE: a.on(existing, func(_ context.Context, b ui.Book, args []string) error { return a.farewellShow(b, args[0]) })},
		a.farewellBeginVerb(), a.farewellStepVerb(), a.farewellHearVerb(), a.farewellEndVerb())
}

// parting finds the farewell of a customer that goes, else the newest.
func (a *app) parting(b ui.Book, text string) (*model.Detail, *model.Farewell, error) {
	d, err := a.detail(b, text)
	if err != nil {
		return nil, nil, err
	}
	f := d.Dealings.Farewell()
	if f == nil {
		return nil, nil, model.NotFound("cli.error.no_farewell", "Customer", d.Customer.Name).WithHint("cli.hint.farewell")
	}
	return d, f, nil
}

func (a *app) farewellBeginVerb() *cobra.Command {
	why := ""
	c := &cobra.Command{Use: "begin CUSTOMER", Short: a.t("cli.farewell_begin.short"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			n := d.Settled()
			if n == nil {
				return model.Invalid("error.farewell.verdict").WithHint("hint.fit.rerun")
			}
			return a.doNoted(ctx, b, model.BeginFarewell{Customer: d.Customer.ID, Assessment: n.ID, Reason: why}, why)
		})}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	return c
}

// farewellFlags are what a step may hold.
type farewellFlags struct {
	why, to, contract, ends, text, letter, contact, channel, on, typed, theirs, ours, other, objection, outcome string
	searched, none                                                                                              bool
}

func (a *app) farewellStepVerb() *cobra.Command {
	var f farewellFlags
	c := &cobra.Command{Use: "step CUSTOMER STEP", Short: a.t("cli.farewell_step.short"), Long: a.t("cli.farewell_step.long"), Args: a.args(2, 2),
		Example: `pasvorm farewell step "Hulst" referral --to Noordhulp` + "\n" +
			`pasvorm farewell step "Hulst" contract --contract "…" --ends 31-12` + "\n" +
			`pasvorm farewell step "Hulst" sent --channel phone --name "Hulst Transport"`,
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, w, err := a.parting(b, args[0])
			if err != nil {
				return err
			}
			s, err := a.farewellStep(ctx, b, d, w, args[1], f)
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, s, s.To, s.Contract, s.Text, s.WinTheirs, s.WinOurs, s.WinOther, s.Objection, s.Outcome, s.Reason)
		})}
	for _, v := range []struct {
		to       *string
		name, id string
	}{
		{&f.to, "to", "cli.farewell_flag.to"}, {&f.contract, "contract", "cli.farewell_flag.contract"}, {&f.ends, "ends", "cli.farewell_flag.ends"},
		{&f.text, "text", "cli.farewell_flag.text"}, {&f.letter, "letter", "cli.farewell_flag.letter"}, {&f.contact, "contact", "cli.farewell_flag.contact"},
		{&f.channel, "channel", "cli.farewell_flag.channel"}, {&f.on, "on", "cli.farewell_flag.on"}, {&f.typed, "name", "cli.flag.typed"},
		{&f.theirs, "theirs", "cli.farewell_flag.theirs"}, {&f.ours, "ours", "cli.farewell_flag.ours"}, {&f.other, "other", "cli.farewell_flag.other"},
		{&f.objection, "objection", "cli.farewell_flag.objection"}, {&f.outcome, "outcome", "cli.farewell_flag.outcome"}, {&f.why, "why", "cli.flag.why"},
	} {
		c.Flags().StringVar(v.to, v.name, "", a.t(v.id))
	}
	c.Flags().BoolVar(&f.searched, "searched", false, a.t("cli.farewell_flag.searched"))
	c.Flags().BoolVar(&f.none, "none", false, a.t("cli.farewell_flag.none"))
	return c
}

// farewellStep makes the action from the words of the call. What is not said
// stays as it stands.
func (a *app) farewellStep(ctx context.Context, b ui.Book, d *model.Detail, w *model.Farewell, step string, f farewellFlags) (model.DoFarewellStep, error) {
	s := model.DoFarewellStep{Customer: d.Customer.ID, Farewell: w.ID, Step: a.stepOf(step), Reason: f.why,
		Contract: or(f.contract, w.Contract), Ends: w.Ends, Contact: w.Contact, Channel: f.channel,
		WinTheirs: or(f.theirs, w.WinTheirs), WinOurs: or(f.ours, w.WinOurs), WinOther: or(f.other, w.WinOther),
		Objection: f.objection, None: f.none, Outcome: f.outcome, Typed: f.typed}
	book, err := b.Referrals()
	if err != nil {
		return s, err
	}
	s.Referral, s.To, s.Searched = w.Referral, w.To, w.Searched
	if f.to != "" {
		s.Referral, s.To, s.Searched = model.NoID, f.to, f.searched
		if g := model.ReferralNamed(book, f.to); g != nil && !f.searched {
			s.Referral, s.To = g.ID, ""
		}
	}
	if f.ends != "" {
		if s.Ends, err = a.dayOf(b, f.ends); err != nil {
			return s, err
		}
	}
	if s.SentOn, err = a.dayOf(b, f.on); err != nil {
		return s, err
	}
	if f.contact != "" {
		if s.Contact, err = a.person(b, f.contact); err != nil {
			return s, err
		}
	}
	if a.say.Play != nil {
		if c, ok := model.ParseChannel(&a.say.Play.Desk, f.channel); ok {
			s.Channel = c.ID
		}
	}
	s.Text = or(f.text, w.Text)
	if f.letter != "" {
		s.Text, err = a.letter(b, d, w, f.letter)
	}
	if err == nil && s.Step == model.StepSent && s.Typed == "" && a.Interactive {
		s.Typed, err = newAsker(a.In, a.Err).ask(ctx, a.t("cli.approve.type", "Customer", kit.Clean(d.Customer.Name)))
	}
	return s, err
}

func or(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

// letter is the letter of the playbook with everything that is known filled in.
func (a *app) letter(b ui.Book, d *model.Detail, w *model.Farewell, lang string) (string, error) {
	if lang != "en" && lang != "nl" || a.say.Play == nil {
		return "", a.usage("cli.error.lang", "Lang", lang)
	}
	date := ""
	if tx, err := text.Load(lang); err == nil && w.Ends != "" {
		date = tx.Date(w.Ends.Time(b.Now().Location()), time.Time{}) // in the language of the letter
	}
	return model.ForFarewell(a.say.Play.Desk.Farewell.In(lang), d.Customer.Name, w.Refer(d.Dealings.Referrals), d.People[w.Contact], date), nil
}

// stepOf reads a step by its key or its name; the model refuses what is none.
func (a *app) stepOf(s string) model.FarewellStep {
	for _, st := range model.FarewellSteps() {
		if strings.EqualFold(s, string(st)) || strings.EqualFold(s, a.t("farewell.step."+string(st))) {
			return st
		}
	}
	return model.FarewellStep(s)
}

func (a *app) farewellHearVerb() *cobra.Command {
	words := ""
	upheld, stands := false, false
	c := &cobra.Command{Use: "hear CUSTOMER", Short: a.t("cli.farewell_hear.short"), Long: a.t("cli.farewell_hear.long"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			if upheld == stands {
				return a.usage("cli.error.hear")
			}
			d, f, err := a.parting(b, args[0])
			if err != nil {
				return err
			}
			return a.doNoted(ctx, b, model.HearObjection{Customer: d.Customer.ID, Farewell: f.ID, Upheld: upheld, Words: words}, words)
		})}
	c.Flags().StringVar(&words, "words", "", a.t("cli.farewell_flag.answer"))
	c.Flags().BoolVar(&upheld, "upheld", false, a.t("cli.farewell_flag.upheld"))
	c.Flags().BoolVar(&stands, "dismissed", false, a.t("cli.farewell_flag.dismissed"))
	return c
}

func (a *app) farewellEndVerb() *cobra.Command {
	why, typed := "", ""
	c := &cobra.Command{Use: "end CUSTOMER ended|back|called", Short: a.t("cli.farewell_end.short"), Long: a.t("cli.farewell_end.long"), Args: a.args(2, 2),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, f, err := a.parting(b, args[0])
			if err != nil {
				return err
			}
			to := model.FarewellState(strings.ToLower(args[1]))
			if to == model.FarewellEnded && typed == "" && a.Interactive {
				typed, err = newAsker(a.In, a.Err).ask(ctx, a.t("cli.approve.type", "Customer", kit.Clean(d.Customer.Name)))
				if err != nil {
					return err
				}
			}
			return a.doNoted(ctx, b, model.EndFarewell{Customer: d.Customer.ID, Farewell: f.ID, State: to, Reason: why, Typed: typed}, why)
		})}
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	c.Flags().StringVar(&typed, "name", "", a.t("cli.flag.typed"))
	return c
}

// farewellJSON is one farewell; the details of its steps come with show.
type farewellJSON struct {
	ID       model.ID            `json:"id"`
	Customer model.ID            `json:"customer"`
	Name     string              `json:"name"`
	State    model.FarewellState `json:"state"`
	Next     model.FarewellStep  `json:"next"`
	Due      model.Day           `json:"due,omitempty"`
	Contact  string              `json:"contact"`
	Unheard  bool                `json:"unheard"`

	Steps   map[model.FarewellStep]*rulingJSON `json:"steps,omitempty"`
	To      string                             `json:"to,omitempty"`
	Search  bool                               `json:"searched,omitempty"`
	Terms   string                             `json:"contract,omitempty"`
	Ends    model.Day                          `json:"ends,omitempty"`
	Text    string                             `json:"text,omitempty"`
	Channel string                             `json:"channel,omitempty"`
	SentOn  model.Day                          `json:"sent_on,omitempty"`
	Wins    map[string]string                  `json:"wins,omitempty"`
	Objects string                             `json:"objection,omitempty"`
	Heard   *rulingJSON                        `json:"heard,omitempty"`
	Upheld  bool                               `json:"upheld,omitempty"`
	Asked   model.Day                          `json:"ask_outcome,omitempty"`
	Outcome string                             `json:"outcome,omitempty"`
	Closed  *rulingJSON                        `json:"closed,omitempty"`
}

func farewellOf(f *model.Farewell, name, contact string) farewellJSON {
	return farewellJSON{ID: f.ID, Customer: f.Customer, Name: name, State: f.State, Next: f.Next(), Due: f.Due(), Contact: contact, Unheard: f.Unheard()}
}

func (a *app) farewellList(b ui.Book) error {
	all, err := b.Farewells()
	if err != nil {
		return err
	}
	rows := make([][]string, 0, len(all))
	going := 0
	for _, l := range all {
		f := l.Farewell
		if a.json {
			if err := a.object(farewellOf(f, l.Name, l.Contact)); err != nil {
				return err
			}
			continue
		}
		if f.State == model.FarewellGoing {
			going++
		}
		rows = append(rows, []string{kit.Clean(l.Name), a.t("farewell.state." + string(f.State)), a.farewellNext(b, f), kit.Clean(l.Contact)})
	}
	if a.json {
		return nil
	}
	a.rows(rows)
	a.line(a.tx.N("farewell.count", going))
	return nil
}

// farewellNext words what a farewell waits for and by when, or when it was over.
func (a *app) farewellNext(b ui.Book, f *model.Farewell) string {
	switch c := f.Closing(); {
	case c != nil:
		return a.date(b, c.At)
	case f.Unheard():
		return "! " + a.t("farewell.unheard.short")
	case f.Next() == "":
		return list(" · ", a.t("farewell.step.end"), a.day(b, f.Due()))
	}
	return list(" · ", a.t("farewell.step."+string(f.Next())), a.day(b, f.Due()))
}

func (a *app) farewellShow(b ui.Book, text string) error {
	d, f, err := a.parting(b, text)
	if err != nil {
		return err
	}
	if a.json {
		return a.object(fullFarewell(d, f))
	}
	a.line(list(" · ", kit.Clean(d.Customer.Name), a.t("farewell.state."+string(f.State)), a.farewellNext(b, f)))
	var rows [][]string
	for _, s := range model.FarewellSteps() {
		mark, when, by := "-", "", ""
		if r := f.Done[s]; r != nil {
			mark, when, by = "x", a.date(b, r.At), name(d.People, r.By)
		}
		rows = append(rows, []string{"  " + mark, a.t("farewell.step." + string(s)), when, by, a.stepSays(b, d, f, s)})
	}
	a.rows(rows)
	if f.Unheard() {
		a.line("! " + a.t("farewell.unheard"))
	}
	if f.Heard != nil {
		id := "farewell.heard.stands"
		if f.Upheld {
			id = "farewell.heard.upheld"
		}
		a.line(a.t(id, "Person", name(d.People, f.Heard.By), "Date", a.date(b, f.Heard.At)) + ": " + flatWords(f.Heard.Reason))
	}
	if c := f.Closing(); c != nil && c.Reason != "" {
		a.line(a.t("cli.review.reason", "Why", flatWords(c.Reason)))
	}
	return nil
}

// flatWords puts an outside text on one line.
func flatWords(s string) string { return strings.Join(strings.Fields(kit.CleanLines(s)), " ") }

func (a *app) stepSays(b ui.Book, d *model.Detail, f *model.Farewell, s model.FarewellStep) string {
	switch s {
	case model.StepReferral:
		if f.Searched {
			return a.t("farewell.searched") + ": " + flatWords(f.To)
		}
		return flatWords(f.Refer(d.Dealings.Referrals))
	case model.StepContract:
		return list(" · ", a.day(b, f.Ends), flatWords(f.Contract))
	case model.StepText:
		return flatWords(f.Text)
	case model.StepContact:
		return name(d.People, f.Contact)
	case model.StepSent:
		return list(" · ", a.say.Channel(f.Channel), a.day(b, f.SentOn))
	case model.StepWins:
		return list(" · ", flatWords(f.WinTheirs), flatWords(f.WinOurs), flatWords(f.WinOther))
	case model.StepObjection:
		if f.Objection == "" && f.Done[s] != nil {
			return a.t("farewell.unopposed")
		}
		return flatWords(f.Objection)
	case model.StepOutcome:
		if f.Outcome == "" && f.AskOutcome != "" {
			return a.t("farewell.ask", "Date", a.day(b, f.AskOutcome))
		}
	}
	return flatWords(f.Outcome)
}

func fullFarewell(d *model.Detail, f *model.Farewell) farewellJSON {
	out := farewellOf(f, d.Customer.Name, d.People[f.Contact])
	out.Steps = map[model.FarewellStep]*rulingJSON{}
	for s, r := range f.Done {
		out.Steps[s] = ruling(r, d.People)
	}
	out.To, out.Search = f.To, f.Searched
	if g := d.Dealings.Referrals[f.Referral]; g != nil {
		out.To = g.Name
	}
	out.Terms, out.Ends, out.Text, out.Channel, out.SentOn = f.Contract, f.Ends, f.Text, f.Channel, f.SentOn
	if f.Done[model.StepWins] != nil {
		out.Wins = map[string]string{"theirs": f.WinTheirs, "ours": f.WinOurs, "other": f.WinOther}
	}
	out.Objects, out.Heard, out.Upheld = f.Objection, ruling(f.Heard, d.People), f.Upheld
	out.Asked, out.Outcome, out.Closed = f.AskOutcome, f.Outcome, ruling(f.Closing(), d.People)
	return out
}
