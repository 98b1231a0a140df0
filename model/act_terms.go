package model

import (
	"slices"
	"strings"
)

// StateTerms puts limits and prices of ours to a customer, by when an answer is
// asked (article 001: limits are said before anybody is held to them). Terms
// that name a limit of the register are what makes later conduct a matter of
// limits that were known.
type StateTerms struct {
	Customer   ID
	Standards  []ID // of the register
	Words      string
	Price      int64  // cents
	Channel    string // id in the playbook; "" where it is not known
	On         Day    // when they were told; "" is today
	AnswerBy   Day
	Assessment ID // the verdict they follow from
}

// Name is [ActStateTerms].
func (StateTerms) Name() ActionName { return ActStateTerms }

// Decide notes the terms.
func (a StateTerms) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	t := &Terms{Customer: c.ID, Words: strings.TrimSpace(a.Words), Price: a.Price, Channel: a.Channel, On: a.On, By: env.Actor.Person,
		AnswerBy: a.AnswerBy, State: TermsStated, Assessment: a.Assessment, At: env.Stamp()}
	if t.On == "" {
		t.On = env.Today()
	}
	if err := checkTerms(env, t); err != nil {
		return nil, err
	}
	for _, id := range a.Standards {
		s, err := mustStandard(r, id)
		switch {
		case err != nil:
			return nil, err
		case s.Retired != nil:
			return nil, Invalid("error.standard.retired", "Standard", s.Name).WithHint("hint.terms.retired")
		case !slices.Contains(t.Standards, id):
			t.Standards = append(t.Standards, id)
		}
	}
	if t.Words == "" && len(t.Standards) == 0 {
		return nil, Invalid("error.terms.words", "Field", "words").WithHint("hint.terms.words")
	}
	if a.Assessment != NoID {
		if _, _, err := mustAssessment(r, c.ID, a.Assessment); err != nil {
			return nil, err
		}
	}
	t.ID = env.NewID()
	ch := &Change{Message: Say("journal.terms.state", "Customer", c.Name, "Date", string(t.AnswerBy)), Made: t.ID}
	ch.Add(t)
	return ch, repairFirst(r, ch, c.ID)
}

func checkTerms(env *Env, t *Terms) error {
	if err := checkDay("on", t.On); err != nil {
		return err
	}
	if err := checkDay("answer", t.AnswerBy); err != nil {
		return err
	}
	if err := checkCents("price", t.Price); err != nil {
		return err
	}
	switch {
	case t.On > env.Today():
		return Invalid("error.date.future").WithHint("hint.date.past")
	case t.AnswerBy == "" || t.AnswerBy < env.Today():
		return Invalid("error.terms.answer", "Field", "answer").WithHint("hint.date.ahead")
	case t.Price < 0:
		return Invalid("error.money.negative", "Field", "price")
	}
	if t.Channel != "" {
		if _, ok := env.Playbook.Desk.Channel(t.Channel); !ok {
			return Invalid("error.terms.channel", "Value", t.Channel).WithHint("hint.terms.channel")
		}
	}
	return checkWords("words", t.Words)
}

// repairFirst says with the terms that something is to be repaired before
// anything is asked of this customer (fit.md, R2). Limits of conduct may be
// said even then, so that it is no refusal.
func repairFirst(r Reader, ch *Change, customer ID) error {
	all, err := FindAll[*Assessment](r, prefixOf(TableAssessment, customer))
	if err != nil {
		return err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if n := all[i]; n.State == FitSettled || n.State == FitProposed {
			if n.HasFlag(FitFlagRepairFirst) {
				ch.Notes = append(ch.Notes, Say("note.terms.repair"))
			}
			return nil
		}
	}
	return nil
}

// AnswerTerms notes what a customer said to our terms, or that terms which were
// accepted are not kept. Refused and broken terms may end in parting (fit.md,
// R8), so they take words on what was said or done.
type AnswerTerms struct {
	Customer, Terms ID
	State           TermsState // accepted, refused, or broken after accepted
	Words           string
}

// Name is [ActAnswerTerms].
func (AnswerTerms) Name() ActionName { return ActAnswerTerms }

// Decide writes the answer. Who refused may come round; who accepted cannot
// refuse any more, only keep the terms or break them.
func (a AnswerTerms) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustTerms(r, a.Customer, a.Terms)
	if err != nil {
		return nil, err
	}
	switch a.State {
	case TermsAccepted, TermsRefused, TermsBroken:
	default:
		return nil, Invalid("error.terms.state", "Value", string(a.State)).WithHint("hint.terms.state")
	}
	switch {
	case a.State == TermsBroken && before.State != TermsAccepted:
		return nil, Invalid("error.terms.not-accepted").WithHint("hint.terms.broken")
	case a.State == before.State, a.State == TermsRefused && before.State != TermsStated, a.State == TermsAccepted && before.State == TermsBroken:
		return nil, Invalid("error.terms.answered").WithHint("hint.terms.answered")
	case a.State != TermsAccepted && blank(a.Words):
		return nil, Invalid("error.terms.said", "Field", "words").WithHint("hint.terms.said")
	}
	if err := checkWords("words", a.Words); err != nil {
		return nil, err
	}
	after := *before
	after.State, after.Answered = a.State, env.Rule(strings.TrimSpace(a.Words))
	ch := &Change{Message: Say("journal.terms."+string(a.State), "Customer", c.Name), Why: after.Answered.Reason, Made: after.ID}
	ch.Replace(before, &after)
	return ch, nil
}

// WithdrawTerms takes terms back that were noted by mistake or that we no
// longer ask: one's own, or as a lead any.
type WithdrawTerms struct {
	Customer, Terms ID
	Reason          string
}

// Name is [ActWithdrawTerms].
func (WithdrawTerms) Name() ActionName { return ActWithdrawTerms }

// Decide marks the terms as withdrawn; the journal keeps them.
func (a WithdrawTerms) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustTerms(r, a.Customer, a.Terms)
	if err != nil {
		return nil, err
	}
	if !env.Actor.Is(before.By) && env.Role < RoleLead {
		return nil, NotAllowed("error.not-allowed.others-terms").WithHint("hint.ask-lead")
	}
	if err := mustReason(a.Reason); err != nil {
		return nil, err
	}
	after := *before
	after.Withdrawn = env.Rule(strings.TrimSpace(a.Reason))
	ch := &Change{Message: Say("journal.terms.withdraw", "Customer", c.Name), Why: a.Reason, Made: after.ID}
	ch.Replace(before, &after)
	return ch, nil
}

// mustTerms gives terms that stand.
func mustTerms(r Reader, customer, id ID) (*Customer, *Terms, error) {
	c, err := mustCustomer(r, customer)
	if err != nil {
		return nil, nil, err
	}
	t, err := Find[*Terms](r, TermsKey(customer, id))
	if err == nil && (t == nil || t.Withdrawn != nil) {
		err = NotFound("error.terms.gone").WithHint("hint.refresh")
	}
	return c, t, err
}

// mayRestoreTerms asks for a lead where a withdrawal would.
func mayRestoreTerms(env *Env, p Put) error {
	before, _ := p.Before.(*Terms)
	after, _ := p.After.(*Terms)
	if before == nil || after == nil || before.Withdrawn != nil || after.Withdrawn == nil {
		return nil
	}
	if !env.Actor.Is(after.By) && env.Role < RoleLead {
		return NotAllowed("error.not-allowed.others-terms").WithHint("hint.ask-lead")
	}
	return nil
}
