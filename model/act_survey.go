package model

import (
	"slices"
	"strings"
)

// MaxMark is the best mark of a survey; the worst is 0.
const MaxMark = 10

// Reply is what a customer said: to two open questions, none of them leading,
// and with one mark out of ten (article 002). Any of it may be left out, but
// not all.
type Reply struct {
	Describe string   // what the cooperation is like
	Better   string   // what could be better
	Mark     *int     // 0–10
	Topics   []string // ids of the playbook: what the annoyances are about, most telling first
	Felt     *int     // days that the matter took as the customer feels it
	On       Day      // "" is today
}

// AddSurvey notes what a customer said of the cooperation.
type AddSurvey struct {
	Customer ID
	Reply
}

// Name is [ActAddSurvey].
func (AddSurvey) Name() ActionName { return ActAddSurvey }

// Decide adds the survey.
func (a AddSurvey) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	s, err := a.record(env, a.Customer, NoID)
	if err != nil {
		return nil, err
	}
	ch := &Change{Made: s.ID, Message: Say("journal.survey.add", "Customer", c.Name)}
	ch.Add(s)
	return ch, nil
}

// record makes the survey.
func (a *Reply) record(env *Env, customer, imp ID) (*Survey, error) {
	if err := a.Check(&env.Playbook.Desk, env.Today()); err != nil {
		return nil, err
	}
	s := &Survey{ID: env.NewID(), Customer: customer, Describe: strings.TrimSpace(a.Describe), Better: strings.TrimSpace(a.Better),
		Topics: a.Topics, Day: a.On, By: env.Actor.Person, At: env.Stamp(), Import: imp}
	if a.Mark != nil {
		s.Mark = *a.Mark + 1
	}
	if a.Felt != nil {
		s.Felt = *a.Felt + 1
	}
	if s.Day == "" {
		s.Day = env.Today()
	}
	return s, nil
}

// Check refuses an answer that says nothing, a mark or a time out of bounds, an
// unknown topic, and a day that lies ahead.
func (a *Reply) Check(desk *DeskSettings, today Day) error {
	if err := checkDay("on", a.On); err != nil {
		return err
	}
	switch {
	case blank(a.Describe) && blank(a.Better) && a.Mark == nil && a.Felt == nil && len(a.Topics) == 0:
		return Invalid("error.survey.empty").WithHint("hint.survey.empty")
	case a.Mark != nil && (*a.Mark < 0 || *a.Mark > MaxMark):
		return Invalid("error.survey.mark", "Field", "mark", "Max", MaxMark)
	case a.Felt != nil && (*a.Felt < 0 || *a.Felt > MaxFelt):
		return Invalid("error.survey.felt", "Field", "felt", "Max", MaxFelt)
	case a.On > today:
		return Invalid("error.date.future", "Field", "on").WithHint("hint.date.past")
	}
	for i, t := range a.Topics {
		if _, ok := desk.Topic(t); !ok {
			return Invalid("error.survey.topic", "Field", "topics", "Value", t).WithHint("hint.survey.topic")
		}
		if slices.Contains(a.Topics[:i], t) {
			return Invalid("error.survey.twice", "Field", "topics", "Topic", t)
		}
	}
	if err := checkWords("describe", a.Describe); err != nil {
		return err
	}
	return checkWords("better", a.Better)
}

// WithdrawSurvey says with a reason that a survey was noted by mistake. It
// leaves every count and stays to be read in the journal.
type WithdrawSurvey struct {
	Customer, Survey ID
	Reason           string
}

// Name is [ActWithdrawSurvey].
func (WithdrawSurvey) Name() ActionName { return ActWithdrawSurvey }

// Decide withdraws one's own; a colleague's takes a lead.
func (a WithdrawSurvey) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	s, err := Find[*Survey](r, SurveyKey(a.Customer, a.Survey))
	if err != nil {
		return nil, err
	}
	if s == nil || s.Withdrawn != nil {
		return nil, NotFound("error.survey.gone").WithHint("hint.refresh")
	}
	if err := mayWithdrawSurvey(env, s); err != nil {
		return nil, err
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	after := *s
	after.Withdrawn = env.Rule(a.Reason)
	ch := &Change{Made: s.ID, Message: Say("journal.survey.withdraw", "Customer", c.Name), Why: a.Reason}
	ch.Replace(s, &after)
	return ch, nil
}

func mayWithdrawSurvey(env *Env, s *Survey) error {
	if !env.Actor.Is(s.By) && env.Role < RoleLead {
		return NotAllowed("error.not-allowed.others-survey").WithHint("hint.ask-lead")
	}
	return nil
}

// mayRestoreSurvey asks for a lead where a withdrawal would.
func mayRestoreSurvey(env *Env, p Put) error {
	before, _ := p.Before.(*Survey)
	after, _ := p.After.(*Survey)
	if before == nil || after == nil || before.Withdrawn != nil || after.Withdrawn == nil {
		return nil
	}
	return mayWithdrawSurvey(env, after)
}

// SurveyRow is what one line of a file says.
type SurveyRow struct {
	Customer ID
	Reply
}

// SurveyRows adds the surveys of a run of lines of a file. One that is in the
// book already, with the same words and mark of the same day, is left out: a
// file that is read in twice, or goes on after it was stopped, doubles nothing.
type SurveyRows struct {
	Import ID     // which they are of; names the group that one undo takes back
	File   string // base name
	Rows   []SurveyRow
}

// Name is [ActSurveyRows].
func (SurveyRows) Name() ActionName { return ActSurveyRows }

// Decide adds what is new. How many were known already stands in Left.
func (a SurveyRows) Decide(env *Env, r Reader) (*Change, error) {
	known := map[ID][]*Survey{}
	ch := &Change{Made: a.Import}
	for i := range a.Rows {
		row := &a.Rows[i]
		all, read := known[row.Customer]
		if !read {
			if _, err := mustCustomer(r, row.Customer); err != nil {
				return nil, err
			}
			var err error
			if all, err = FindAll[*Survey](r, TableKey(TableSurvey, row.Customer)); err != nil {
				return nil, err
			}
			known[row.Customer] = all
		}
		s, err := row.record(env, row.Customer, a.Import)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(all, s.saysTheSame) {
			ch.Left++
			continue
		}
		known[row.Customer] = append(all, s)
		ch.Add(s)
	}
	ch.Message = Say("journal.survey.rows", "File", a.File)
	ch.Quiet = len(ch.Puts) == 0
	return ch, nil
}

// saysTheSame compares what two surveys say, whoever noted them.
func (s *Survey) saysTheSame(o *Survey) bool {
	return o.Withdrawn == nil && s.Day == o.Day && s.Mark == o.Mark && s.Felt == o.Felt &&
		s.Describe == o.Describe && s.Better == o.Better && slices.Equal(s.Topics, o.Topics)
}

// SplitTopics takes apart several topics as a person types them: with commas,
// semicolons or bars between them, or, when each is a number of the list, with
// no more than blanks: "3 8" and "3,8" and "telephone, lead time".
func SplitTopics(s string) []string {
	numbers := strings.Trim(s, "0123456789 \t,;|/+") == ""
	parts := strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case ',', ';', '|', '\n', '\r':
			return true
		case ' ', '\t', '/', '+':
			return numbers
		}
		return false
	})
	out := parts[:0]
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
