package model

import (
	"slices"
	"strings"
	"testing"
)

func of[T any](v T) *T { return &v }

// moneyDesk is a desk with topics.
func moneyEnv(person ID, role Role) *Env {
	env := envOf(person, role)
	env.Playbook.Desk.Topics = []Topic{{ID: "telephone"}, {ID: "lead-time"}}
	return env
}

func TestSetFinanceRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		a  Account
		id string
	}{
		"margin alone":      {Account{Margin: of(int64(5))}, ""},
		"margin below 0":    {Account{Margin: of(int64(-5))}, ""},
		"nothing owed":      {Account{Arrears: []Arrear{}}, ""},
		"owed":              {Account{Arrears: []Arrear{{5, "2026-11-24"}}}, ""},
		"as of last week":   {Account{AsOf: "2026-11-17"}, ""},
		"direct below 0":    {Account{Direct: of(int64(-1))}, "error.finance.direct"},
		"owed nought":       {Account{Arrears: []Arrear{{0, "2026-11-24"}}}, "error.finance.arrear"},
		"owed below 0":      {Account{Arrears: []Arrear{{-5, "2026-11-24"}}}, "error.finance.arrear"},
		"owed since":        {Account{Arrears: []Arrear{{5, ""}}}, "error.finance.since"},
		"owed tomorrow":     {Account{Arrears: []Arrear{{5, "2026-11-25"}}}, "error.date.future"},
		"as of tomorrow":    {Account{AsOf: "2026-11-25"}, "error.date.future"},
		"more than we keep": {Account{Arrears: slices.Repeat([]Arrear{{5, "2026-11-24"}}, MaxArrears+1)}, "error.finance.many"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := SetFinance{Customer: petra, Account: c.a}.Decide(moneyEnv(karin, RoleAgent), desk())
			wantRefusal(t, err, c.id)
		})
	}
	_, err := SetFinance{Customer: idOf(99), Account: Account{Margin: of(int64(5))}}.Decide(moneyEnv(karin, RoleAgent), desk())
	wantRefusal(t, err, "error.customer.gone")
}

// finance gives what a change leaves of a customer's money.
func finance(t *testing.T, ch *Change) (c *Customer, f *Finance) {
	t.Helper()
	for _, p := range ch.Puts {
		switch r := p.After.(type) {
		case *Customer:
			c = r
		case *Finance:
			f = r
		}
	}
	return c, f
}

func TestSetFinanceKeepsTheRest(t *testing.T) {
	env := moneyEnv(karin, RoleAgent)
	d := desk(&Customer{ID: petra, Name: "Petra Jansen", Revenue: 900, Margin: 100},
		&Finance{Customer: petra, Direct: 7, Arrears: []Arrear{{5, "2026-10-01"}}, AsOf: "2026-11-01", By: sam})
	ch, err := SetFinance{Customer: petra, Account: Account{Margin: of(int64(0))}}.Decide(env, d)
	if err != nil {
		t.Fatal(err)
	}
	c, f := finance(t, ch)
	if c == nil || c.Revenue != 900 || c.Margin != 0 {
		t.Errorf("card %+v", c)
	}
	if f == nil || f.Direct != 7 || len(f.Arrears) != 1 || f.AsOf != "2026-11-24" || f.By != karin {
		t.Errorf("account %+v", f)
	}
	// Amounts are put in order of their age, and take the place of the old ones.
	ch, err = SetFinance{Customer: petra, Account: Account{Arrears: []Arrear{{2, "2026-11-02"}, {9, "2026-01-02"}}}}.Decide(env, d)
	if err != nil {
		t.Fatal(err)
	}
	c, f = finance(t, ch)
	if c != nil || f == nil || !slices.Equal(f.Arrears, []Arrear{{9, "2026-01-02"}, {2, "2026-11-02"}}) {
		t.Errorf("card %v, account %+v", c, f)
	}
	// What stands already is no change.
	_, err = SetFinance{Customer: petra, Account: Account{Margin: of(int64(100)), AsOf: "2026-11-01"}}.Decide(env, d)
	wantRefusal(t, err, "error.edit.nothing")
}

// TestFinanceRowsAddUp: the lines of one file that speak of a customer's arrears
// are added up and take the place of what was known; so is what a later run of
// the same file says.
func TestFinanceRowsAddUp(t *testing.T) {
	env, imp := moneyEnv(karin, RoleAgent), idOf(50)
	d := desk(&Finance{Customer: petra, Direct: 7, Arrears: []Arrear{{5, "2020-10-01"}}, AsOf: "2026-11-01"})
	row := func(cents int64, since Day) FinanceRow {
		return FinanceRow{Customer: petra, Account: Account{Arrears: []Arrear{{cents, since}}}}
	}
	ch, err := FinanceRows{Import: imp, File: "a.csv", Rows: []FinanceRow{row(30, "2026-11-01"), row(20, "2026-10-01"),
		{Customer: petra, Account: Account{Revenue: of(int64(8)), Arrears: []Arrear{}}}}}.Decide(env, d)
	if err != nil {
		t.Fatal(err)
	}
	c, f := finance(t, ch)
	if len(ch.Puts) != 2 || c.Revenue != 8 || f.Direct != 7 || !slices.Equal(f.Arrears, []Arrear{{20, "2026-10-01"}, {30, "2026-11-01"}}) {
		t.Fatalf("card %+v, account %+v", c, f)
	}
	d = d.with(c, f)
	ch, err = FinanceRows{Import: imp, File: "a.csv", Rows: []FinanceRow{row(1, "2026-11-03")}}.Decide(env, d)
	if err != nil {
		t.Fatal(err)
	}
	if _, f = finance(t, ch); len(f.Arrears) != 3 {
		t.Errorf("a later run: %+v", f)
	}
	ch, err = FinanceRows{Import: idOf(51), File: "b.csv", Rows: []FinanceRow{row(1, "2026-11-03")}}.Decide(env, d)
	if err != nil {
		t.Fatal(err)
	}
	if _, f = finance(t, ch); len(f.Arrears) != 1 {
		t.Errorf("another file: %+v", f)
	}
	_, err = FinanceRows{Import: imp, Rows: []FinanceRow{row(-1, "2026-11-03")}}.Decide(env, d)
	wantRefusal(t, err, "error.finance.arrear")
	_, err = FinanceRows{Import: imp, Rows: []FinanceRow{{Customer: idOf(99)}}}.Decide(env, d)
	wantRefusal(t, err, "error.customer.gone")
}

func TestAddSurveyRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		r  Reply
		id string
	}{
		"words":            {Reply{Describe: "friendly"}, ""},
		"mark alone":       {Reply{Mark: of(0)}, ""},
		"felt alone":       {Reply{Felt: of(0)}, ""},
		"topics alone":     {Reply{Topics: []string{"lead-time", "telephone"}}, ""},
		"all of it":        {Reply{Describe: "a", Better: "b", Mark: of(10), Topics: []string{"telephone"}, Felt: of(4), On: "2026-11-20"}, ""},
		"nothing":          {Reply{Describe: " \n", Better: "\t"}, "error.survey.empty"},
		"a day alone":      {Reply{On: "2026-11-20"}, "error.survey.empty"},
		"mark of 11":       {Reply{Mark: of(11)}, "error.survey.mark"},
		"mark below 0":     {Reply{Mark: of(-1)}, "error.survey.mark"},
		"felt below 0":     {Reply{Felt: of(-1)}, "error.survey.felt"},
		"felt for ever":    {Reply{Felt: of(MaxFelt + 1)}, "error.survey.felt"},
		"unknown topic":    {Reply{Topics: []string{"weather"}}, "error.survey.topic"},
		"topic twice":      {Reply{Topics: []string{"telephone", "telephone"}}, "error.survey.twice"},
		"tomorrow":         {Reply{Mark: of(5), On: "2026-11-25"}, "error.date.future"},
		"more than a book": {Reply{Better: strings.Repeat("x", MaxWords+1)}, "error.words.long"},
	} {
		t.Run(name, func(t *testing.T) {
			ch, err := AddSurvey{Customer: petra, Reply: c.r}.Decide(moneyEnv(karin, RoleAgent), desk())
			wantRefusal(t, err, c.id)
			if err != nil {
				return
			}
			s, _ := ch.Puts[0].After.(*Survey)
			mark, marked := s.Score()
			if marked != (c.r.Mark != nil) || marked && mark != *c.r.Mark || (s.Felt > 0) != (c.r.Felt != nil) || s.Day == "" || s.By != karin {
				t.Errorf("survey %+v", s)
			}
		})
	}
}

func TestWithdrawSurvey(t *testing.T) {
	s := &Survey{ID: idOf(60), Customer: petra, Mark: 8, Day: "2026-11-20", By: karin}
	d := desk(s)
	a := WithdrawSurvey{Customer: petra, Survey: s.ID, Reason: "somebody else said it"}
	for name, c := range map[string]struct {
		who  ID
		role Role
		a    WithdrawSurvey
		d    memory
		id   string
	}{
		"one's own":     {karin, RoleAgent, a, d, ""},
		"a lead":        {anna, RoleLead, a, d, ""},
		"a colleague's": {sam, RoleAgent, a, d, "error.not-allowed.others-survey"},
		"no reason":     {karin, RoleAgent, WithdrawSurvey{Customer: petra, Survey: s.ID}, d, "error.reason"},
		"unknown":       {karin, RoleAgent, WithdrawSurvey{Customer: petra, Survey: idOf(61), Reason: "x"}, d, "error.survey.gone"},
		"twice":         {karin, RoleAgent, a, desk(&Survey{ID: s.ID, Customer: petra, By: karin, Withdrawn: &Ruling{}}), "error.survey.gone"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := c.a.Decide(moneyEnv(c.who, c.role), c.d)
			wantRefusal(t, err, c.id)
		})
	}
	after := *s
	after.Withdrawn = &Ruling{}
	wantRefusal(t, mayRestoreSurvey(moneyEnv(sam, RoleAgent), Put{Before: s, After: &after}), "error.not-allowed.others-survey")
	wantRefusal(t, mayRestoreSurvey(moneyEnv(sam, RoleAgent), Put{Before: &after, After: s}), "")
}

// TestSurveyRowsDoubleNothing: the same words and mark of the same day are one
// survey, in the book and in the file.
func TestSurveyRowsDoubleNothing(t *testing.T) {
	env := moneyEnv(karin, RoleAgent)
	known := &Survey{ID: idOf(60), Customer: petra, Mark: 8, Better: "shorter waits", Day: "2026-11-20", By: sam}
	row := func(mark int, better string, on Day) SurveyRow {
		return SurveyRow{Customer: petra, Reply: Reply{Mark: of(mark), Better: better, On: on}}
	}
	rows := []SurveyRow{row(7, " shorter waits ", "2026-11-20"), row(7, "shorter waits", "2026-11-21"), row(6, "shorter waits", "2026-11-20"),
		row(6, "shorter waits", "2026-11-20")}
	ch, err := SurveyRows{Import: idOf(50), File: "a.csv", Rows: rows}.Decide(env, desk(known))
	if err != nil || len(ch.Puts) != 2 || ch.Left != 2 || ch.Quiet {
		t.Fatalf("%v: %+v", err, ch)
	}
	gone := *known
	gone.Withdrawn = &Ruling{}
	if ch, err = (SurveyRows{Rows: rows[:1]}).Decide(env, desk(&gone)); err != nil || len(ch.Puts) != 1 {
		t.Errorf("one that was withdrawn: %v, %+v", err, ch)
	}
	if ch, err = (SurveyRows{Rows: rows[:1]}).Decide(env, desk(known)); err != nil || len(ch.Puts) != 0 || !ch.Quiet {
		t.Errorf("nothing new: %v, %+v", err, ch)
	}
	_, err = SurveyRows{Rows: []SurveyRow{row(11, "", "")}}.Decide(env, desk())
	wantRefusal(t, err, "error.survey.mark")
	_, err = SurveyRows{Rows: []SurveyRow{{Customer: idOf(99), Reply: Reply{Mark: of(1)}}}}.Decide(env, desk())
	wantRefusal(t, err, "error.customer.gone")
}
