package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// surveyJSON is what a customer said.
type surveyJSON struct {
	Number    int         `json:"number"` // for withdraw, newest first
	ID        model.ID    `json:"id"`
	Day       model.Day   `json:"day"`
	Mark      *int        `json:"mark"` // 0–10, null for none
	Describe  string      `json:"describe"`
	Better    string      `json:"better"`
	Topics    []string    `json:"topics"`
	Felt      *int        `json:"felt"` // days, null for none
	By        string      `json:"by"`
	Withdrawn *rulingJSON `json:"withdrawn,omitempty"`
}

func surveyOf(n int, s *model.Survey, people map[model.ID]string) surveyJSON {
	out := surveyJSON{Number: n, ID: s.ID, Day: s.Day, Describe: s.Describe, Better: s.Better, Topics: s.Topics, By: people[s.By],
		Withdrawn: ruling(s.Withdrawn, people)}
	if m, ok := s.Score(); ok {
		out.Mark = &m
	}
	if s.Felt > 0 {
		days := s.Felt - 1
		out.Felt = &days
	}
	if out.Topics == nil {
		out.Topics = []string{}
	}
	return out
}

// surveyVerb notes and lists what customers said of us.
func (a *app) surveyVerb() *cobra.Command {
	imp := a.rowsVerb("surveys", a.t("cli.survey.import.short"), a.t("cli.survey.import.long"), "pasvorm survey import answers.csv --dry-run")
	return a.group("survey", a.t("cli.survey.short"), nil, a.surveyAddVerb(), imp, a.surveyListVerb(), a.surveyWithdrawVerb())
}

func (a *app) surveyAddVerb() *cobra.Command {
	var describe, better, on string
	var topics []string
	mark, felt := 0, 0
	c := &cobra.Command{
		Use: "add CUSTOMER", Short: a.t("cli.survey.add.short"), Args: a.args(1, 1),
		Long:    a.t("cli.survey.add.long", "Describe", a.t("survey.describe"), "Better", a.t("survey.better")),
		Example: `pasvorm survey add 1001 --mark 7 --better "shorter waits" --topic telephone --felt 4`,
	}
	c.RunE = a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
		row, err := b.Resolve(args[0])
		if err != nil {
			return err
		}
		act := model.AddSurvey{Customer: row.ID}
		act.Describe, act.Better = describe, better
		if c.Flags().Changed("mark") {
			act.Mark = &mark
		}
		if c.Flags().Changed("felt") {
			act.Felt = &felt
		}
		for _, list := range topics {
			for _, word := range model.SplitTopics(list) {
				t, ok := model.ParseTopic(&a.say.Play.Desk, word)
				if !ok {
					return model.Invalid("error.survey.topic", "Field", "topics", "Value", word).WithHint("hint.survey.topic")
				}
				if !slices.Contains(act.Topics, t.ID) {
					act.Topics = append(act.Topics, t.ID)
				}
			}
		}
		if on != "" {
			d, ok := kit.ParseDate(on, b.Now())
			if !ok {
				return model.Invalid("cli.error.date", "Text", on).WithHint("cli.hint.date")
			}
			act.On = model.DayOf(d)
		}
		return a.doNoted(ctx, b, act, describe, better)
	})
	c.Flags().IntVar(&mark, "mark", 0, a.t("cli.flag.mark"))
	c.Flags().StringVar(&describe, "describe", "", a.t("cli.flag.describe"))
	c.Flags().StringVar(&better, "better", "", a.t("cli.flag.better"))
	c.Flags().StringArrayVar(&topics, "topic", nil, a.t("cli.flag.annoyance"))
	c.Flags().IntVar(&felt, "felt", 0, a.t("cli.flag.survey_felt"))
	c.Flags().StringVar(&on, "on", "", a.t("cli.flag.on"))
	return c
}

func (a *app) surveyListVerb() *cobra.Command {
	return &cobra.Command{
		Use: "list [CUSTOMER]", Short: a.t("cli.survey.list.short"), Long: a.t("cli.survey.list.long"), Args: a.args(0, -1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			if len(args) == 0 {
				return a.voices(ctx, b)
			}
			d, err := a.detail(b, strings.Join(args, " "))
			if err != nil {
				return err
			}
			for i, s := range d.Dealings.Surveys {
				if a.json {
					if err := a.object(surveyOf(i+1, s, d.People)); err != nil {
						return err
					}
					continue
				}
				a.printSurvey(b, i+1, s, d.People)
			}
			if len(d.Dealings.Surveys) == 0 && !a.json {
				a.line(a.t("survey.none"))
			}
			return nil
		}),
	}
}

// voicesMonths is how far back `survey list` looks without a customer, and
// voicesMost how many it lists.
const (
	voicesMonths = 24
	voicesMost   = 500
)

// voices lists what all customers said who gave a mark, newest first.
func (a *app) voices(ctx context.Context, b ui.Desk) error {
	all, err := b.Voices(ctx, voicesMonths, voicesMost)
	if err != nil {
		return err
	}
	for i, l := range all {
		people := map[model.ID]string{l.Survey.By: l.By}
		if a.json {
			err := a.object(struct {
				Customer model.ID `json:"customer"`
				Name     string   `json:"name"`
				surveyJSON
			}{l.Customer, l.Name, surveyOf(i+1, l.Survey, people)})
			if err != nil {
				return err
			}
			continue
		}
		a.line(kit.Clean(l.Name))
		a.printSurvey(b, i+1, l.Survey, people)
	}
	if len(all) == 0 && !a.json {
		a.line(a.t("voices.empty"))
	}
	return nil
}

func (a *app) printSurvey(b ui.Desk, n int, s *model.Survey, people map[model.ID]string) {
	a.line(a.surveyLine(b, n, s, people))
	for _, said := range []struct{ id, words string }{{"survey.said.describe", s.Describe}, {"survey.said.better", s.Better}} {
		if said.words != "" {
			a.line("   " + a.t(said.id, "Words", strings.Join(strings.Fields(kit.CleanLines(said.words)), " ")))
		}
	}
}

// surveyLine is a survey without the words that were said.
func (a *app) surveyLine(b ui.Desk, n int, s *model.Survey, people map[model.ID]string) string {
	mark := a.t("survey.unmarked")
	if m, ok := s.Score(); ok {
		mark = a.t("survey.marked", "Mark", m)
	}
	felt := ""
	if s.Felt > 0 {
		felt = a.tx.N("survey.felt.days", s.Felt-1)
	}
	topics := make([]string, len(s.Topics))
	for i, t := range s.Topics {
		topics[i] = a.say.Topic(t)
	}
	gone := ""
	if r := s.Withdrawn; r != nil {
		gone = a.t("survey.withdrawn", "Person", name(people, r.By), "Why", kit.Clean(r.Reason))
	}
	return list(" · ", a.tx.Int(n)+". "+a.day(b, s.Day), mark, strings.Join(topics, ", "), felt, name(people, s.By), gone)
}

func (a *app) surveyWithdrawVerb() *cobra.Command {
	why, which := "", 0
	c := &cobra.Command{
		Use: "withdraw CUSTOMER", Short: a.t("cli.survey.withdraw.short"), Long: a.t("cli.survey.withdraw.long"), Args: a.args(1, 1),
		RunE: a.on(existing, func(ctx context.Context, b ui.Book, args []string) error {
			d, err := a.detail(b, args[0])
			if err != nil {
				return err
			}
			all := d.Dealings.Surveys
			if which < 1 || which > len(all) {
				return model.NotFound("error.survey.gone").WithHint("cli.hint.survey")
			}
			return a.do(ctx, b, model.WithdrawSurvey{Customer: d.Customer.ID, Survey: all[which-1].ID, Reason: why})
		}),
	}
	c.Flags().IntVar(&which, "survey", 1, a.t("cli.flag.survey"))
	c.Flags().StringVar(&why, "why", "", a.t("cli.flag.why"))
	return c
}
