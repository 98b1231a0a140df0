package screen

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

func newSurvey(env *Env, id model.ID) kit.Screen {
	return newCustomerForm(env, id, env.T("survey.title"), env.surveySpec)
}

// surveySpec is the form of what a customer said: two open questions that lead
// nowhere, to be asked as they stand, and one mark out of ten.
func (e *Env) surveySpec(d *model.Detail) formSpec {
	c := d.Customer
	var topics []string
	for i, t := range e.Play.Desk.Topics {
		topics = append(topics, strconv.Itoa(i+1)+" "+e.Say.Topic(t.ID))
	}
	muted := func(s string) string { return paintWords(e.Theme, kit.InkMuted, s) }
	head := []string{muted(e.T("survey.head")), "1 " + e.T("survey.describe"), "2 " + e.T("survey.better"),
		muted(e.T("survey.topics", "Topics", strings.Join(topics, " · ")))}
	return formSpec{
		id: "survey", subject: c.ID.String(),
		title: e.T("survey.of", "Customer", inWords(c.Name)), head: head,
		fields: []kit.Field{
			{ID: "describe", Label: e.T("survey.form.describe"), Kind: kit.AreaField, Lines: 2, Limit: 8000},
			{ID: "better", Label: e.T("survey.form.better"), Kind: kit.AreaField, Lines: 2, Limit: 8000},
			{ID: "mark", Label: e.T("survey.mark"), Hint: e.T("survey.mark.hint"), Kind: kit.NumberField, Limit: 2, Check: e.upTo(model.MaxMark)},
			{ID: "topics", Label: e.T("survey.form.topics"), Hint: e.T("survey.topics.hint"), Limit: 200, Check: e.topicsCheck},
			{ID: "felt", Label: e.T("survey.form.felt"), Hint: e.T("survey.felt.hint"), Kind: kit.NumberField, Limit: 4, Check: e.upTo(model.MaxFelt)},
			{ID: "on", Label: e.T("survey.on"), Hint: e.T("money.form.asof.hint"), Kind: kit.DateField, Check: e.notAhead},
		},
		about: map[string]string{"error.survey.empty": "describe"},
		check: []string{"describe", "better"}, warn: e.noteCheck,
		act: func(v map[string]string) ([]model.Action, error) {
			a := model.AddSurvey{Customer: c.ID}
			a.Describe, a.Better, a.On = v["describe"], v["better"], model.Day(v["on"])
			a.Mark, a.Felt = wholeOf(v["mark"]), wholeOf(v["felt"])
			a.Topics = e.topicsOf(v["topics"])
			return []model.Action{a}, nil
		},
	}
}

// upTo says what is wrong with a whole number that has a greatest value.
func (e *Env) upTo(most int) func(string) string {
	return func(v string) string {
		if v == "" {
			return ""
		}
		if n := wholeOf(v); n == nil || *n < 0 || *n > most {
			return e.T("survey.range", "Max", e.Text.Int(most))
		}
		return ""
	}
}

// wholeOf reads a whole number; nil for none.
func wholeOf(v string) *int {
	n, err := strconv.Atoi(v)
	if err != nil {
		return nil
	}
	return &n
}

// topicsCheck names the first topic that is none.
func (e *Env) topicsCheck(v string) string {
	for _, word := range model.SplitTopics(v) {
		if _, ok := model.ParseTopic(&e.Play.Desk, word); !ok {
			return e.T("survey.topic.wrong", "Value", kit.Clean(clip(word, 40)))
		}
	}
	return ""
}

// topicsOf reads topics, each once.
func (e *Env) topicsOf(v string) []string {
	var out []string
	seen := map[string]bool{}
	for _, word := range model.SplitTopics(v) {
		if t, ok := model.ParseTopic(&e.Play.Desk, word); ok && !seen[t.ID] {
			seen[t.ID] = true
			out = append(out, t.ID)
		}
	}
	return out
}

// profileSurveys is how many surveys the page of a customer shows.
const profileSurveys = 5

// surveys shows what the customer said of us, newest first: the mark beside the
// words, for a mark alone says little.
func (s *profile) surveys() {
	e := s.env
	label := e.T("survey.part")
	shown := 0
	for _, v := range s.d.Dealings.Surveys {
		if shown == profileSurveys {
			break
		}
		if v.Withdrawn != nil {
			continue
		}
		if shown == 0 {
			s.gap()
		}
		shown++
		from := len(s.rows)
		s.add(label, s.surveyLine(v))
		label = ""
		for _, said := range []struct{ id, text string }{{"survey.said.describe", v.Describe}, {"survey.said.better", v.Better}} {
			if said.text != "" {
				s.put("", kit.InkText, e.T(said.id, "Words", said.text), 4)
			}
		}
		s.mark(from, profileItem{survey: v})
	}
}

// surveyLine is a survey on one row: mark, day, topics, who noted it.
func (s *profile) surveyLine(v *model.Survey) string {
	e := s.env
	mark := e.T("survey.unmarked")
	if n, ok := v.Score(); ok {
		mark = e.T("survey.marked", "Mark", n)
	}
	felt := ""
	if v.Felt > 0 {
		felt = e.Text.N("survey.felt.days", v.Felt-1)
	}
	topics := make([]string, len(v.Topics))
	for i, t := range v.Topics {
		topics[i] = e.Say.Topic(t)
	}
	return e.Theme.Paint(kit.InkAccent, mark) + " · " + joined(" · ", e.Text.ShortDate(v.Day.Time(s.now.Location()), s.now),
		strings.Join(topics, ", "), felt, who(s.d, v.By))
}

// moneyCommands are those of a customer's money and surveys.
func (s *customer) moneyCommands() []kit.Command {
	open := func(kind string) func() tea.Cmd {
		return func() tea.Cmd { return kit.Send(kit.Open{Kind: kind, Arg: s.id}) }
	}
	return []kit.Command{
		{ID: "customer.money", Keys: []string{"$"}, Group: "change", Footer: 22, WhyNot: s.whyGone, Moves: true, Run: open(KindFinance)},
		{ID: "customer.survey", Keys: []string{"V"}, Group: "change", Footer: 21, WhyNot: s.whyGone, Moves: true, Run: open(KindSurvey)},
		{ID: "customer.survey.withdraw", Keys: []string{"d"}, Group: "change", Footer: 73, WhyNot: s.whyNoSurvey, Run: s.withdrawSurvey},
	}
}

// whyNoSurvey lets one withdraw one's own surveys, and a lead any.
func (s *customer) whyNoSurvey() string {
	v := s.item().survey
	switch {
	case v == nil:
		return s.env.T("survey.why.none")
	case !s.env.Me.Actor.Is(v.By) && s.env.Me.Role < model.RoleLead:
		return s.env.T("survey.why.others")
	}
	return ""
}

func (s *customer) withdrawSurvey() tea.Cmd {
	v := s.item().survey
	return s.reason(v.ID, newPrompt(s.env, s.env.T("survey.withdraw.ask"), true, func(line string) []model.Action {
		return []model.Action{model.WithdrawSurvey{Customer: v.Customer, Survey: v.ID, Reason: line}}
	}))
}
