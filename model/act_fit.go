package model

import (
	"maps"
	"strings"
)

// FitStart opens a run of "does this customer fit us?". A customer has one
// running assessment at most; a finished one is run again by starting anew.
type FitStart struct {
	Customer ID
	Answers  FitAnswers // what the book already knows, accepted by the person
}

// Name is [ActFitStart].
func (FitStart) Name() ActionName { return ActFitStart }

// Decide opens the assessment.
func (a FitStart) Decide(env *Env, r Reader) (*Change, error) {
	c, err := mustCustomer(r, a.Customer)
	if err != nil {
		return nil, err
	}
	if err := checkAnswers(a.Answers); err != nil {
		return nil, err
	}
	all, err := FindAll[*Assessment](r, prefixOf(TableAssessment, a.Customer))
	if err != nil {
		return nil, err
	}
	n := &Assessment{ID: env.NewID(), Customer: c.ID, State: FitOpen, Answers: maps.Clone(a.Answers),
		StartedBy: env.Actor.Person, StartedAt: env.Stamp()}
	for _, o := range all {
		if o.Running() {
			return nil, Invalid("error.fit.running", "Customer", c.Name).WithHint("hint.fit.resume")
		}
		if o.State == FitSettled {
			n.Previous = o.ID
		}
	}
	if err := measure(env, r, c, n); err != nil {
		return nil, err
	}
	ch := &Change{Message: Say("journal.fit.start", "Customer", c.Name), Made: n.ID}
	ch.Add(n)
	return ch, nil
}

// measure records the kind and the size beside the answers; neither is judged.
func measure(env *Env, r Reader, c *Customer, n *Assessment) error {
	total, err := r.Revenue()
	if err != nil {
		return err
	}
	n.Kind, n.Large = c.FitKind(), c.Large(total, env.Playbook.Thresholds.LargePercent)
	return nil
}

func checkAnswers(a FitAnswers) error {
	if err := a.Check(); err != nil {
		return &Error{Kind: KindInvalid, ID: "error.fit.answer", Cause: err}
	}
	return nil
}

// FitAnswer answers one question of a run, or takes the answer back with "".
type FitAnswer struct {
	Customer, Assessment ID
	Question             FitKey
	Answer               Answer
	Note                 string // a fact to go with it
	Stance               Stance // kept when empty
}

// Name is [ActFitAnswer].
func (FitAnswer) Name() ActionName { return ActFitAnswer }

// Decide writes the answer. A returned case that is answered again is open.
func (a FitAnswer) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustAssessment(r, a.Customer, a.Assessment)
	if err != nil {
		return nil, err
	}
	if before.State != FitOpen && before.State != FitReturned {
		return nil, Invalid("error.fit.not-open")
	}
	if AnswersFor(a.Question) == nil {
		return nil, Invalid("error.fit.answer")
	}
	if err := checkWords("note", a.Note); err != nil {
		return nil, err
	}
	after := cloneAssessment(before)
	if a.Answer == "" {
		delete(after.Answers, a.Question)
	} else {
		after.Answers[a.Question] = a.Answer
	}
	if err := checkAnswers(after.Answers); err != nil {
		return nil, err
	}
	if n := strings.TrimSpace(a.Note); n != "" {
		after.Notes[a.Question] = n
	} else {
		delete(after.Notes, a.Question)
	}
	if a.Stance != "" {
		after.Stance = a.Stance
	}
	after.State, after.AnswerBy, after.AnswerAt = FitOpen, env.Actor.Person, env.Stamp()
	if err := measure(env, r, c, after); err != nil {
		return nil, err
	}
	ch := &Change{Message: Say("journal.fit.answer", "Customer", c.Name, "Question", string(a.Question), "Answer", string(a.Answer)), Made: after.ID}
	ch.Replace(before, after)
	return ch, nil
}

// FitFinish closes the questions with the verdict that the rules give, and the
// next step that the verdict asks for. Fits and gather stand at once; so do
// improve and terms of a lead where no second pair of eyes is asked; anything
// else is a proposal that waits for a lead (fit.md, Safeguards).
type FitFinish struct {
	Customer, Assessment ID
	Next                 NextStep
	Reason               string
}

// Name is [ActFitFinish].
func (FitFinish) Name() ActionName { return ActFitFinish }

// Decide judges, checks the next step and settles or proposes.
func (a FitFinish) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustAssessment(r, a.Customer, a.Assessment)
	if err != nil {
		return nil, err
	}
	if before.State != FitOpen && before.State != FitReturned {
		return nil, Invalid("error.fit.not-open")
	}
	if err := checkWords("reason", a.Reason); err != nil {
		return nil, err
	}
	if open := before.Answers.Open(); len(open) > 0 {
		return nil, Invalid("error.fit.incomplete", "Count", len(open), "Question", string(open[0])).WithHint("hint.fit.answer")
	}
	after := cloneAssessment(before)
	if err := measure(env, r, c, after); err != nil {
		return nil, err
	}
	j := Judge(after.Answers, after.Kind, after.Large)
	after.Verdict, after.Rule, after.Flags, after.Rules = j.Verdict, j.Rule, j.Flags, FitRulesVersion
	after.Next = a.Next
	after.Proposed, after.Settled, after.How, after.Returned = env.Rule(a.Reason), nil, "", nil
	if err := checkNext(env, r, after); err != nil {
		return nil, err
	}
	if after.AimedAt, err = aimedAt(r, c.ID); err != nil {
		return nil, err
	}
	id := "journal.fit.propose"
	if after.settlesAtOnce(env.Role) {
		id = "journal.fit.settle"
		after.settle(env, SettledAtOnce, a.Reason)
	} else {
		after.State = FitProposed
	}
	ch := &Change{Message: Say(id, "Customer", c.Name, "Verdict", string(j.Verdict), "Rule", string(j.Rule)), Why: a.Reason, Made: after.ID}
	ch.Replace(before, after)
	return ch, safetyFlag(env, r, ch, after)
}

func (n *Assessment) settlesAtOnce(role Role) bool {
	switch n.Verdict {
	case VerdictFits, VerdictGather:
		return true
	case VerdictImprove, VerdictTerms:
		return role >= RoleLead && !n.HasFlag(FitFlagFourEyes)
	}
	return false
}

// settle makes the verdict stand, with the day it comes back: the date of the
// step for terms and gather, else the re-run after so many months (fit.md,
// Safeguard 5).
func (n *Assessment) settle(env *Env, how Settling, reason string) {
	n.State, n.How, n.Settled = FitSettled, how, env.Rule(reason)
	n.Due = DayOf(env.Now.AddDate(0, env.Playbook.Thresholds.RerunMonths, 0))
	if (n.Verdict == VerdictTerms || n.Verdict == VerdictGather) && n.Next.By != "" && n.Next.By < n.Due {
		n.Due = n.Next.By
	}
}

// safetyFlag raises the safety flag at once for serious conduct, whatever the
// verdict (fit.md, Safeguard 4).
func safetyFlag(env *Env, r Reader, ch *Change, n *Assessment) error {
	if !n.HasFlag(FitFlagSafety) {
		return nil
	}
	flags, err := FindAll[*Flag](r, prefixOf(TableFlag, n.Customer))
	if err != nil {
		return err
	}
	for _, f := range flags {
		if f.Cleared == nil && f.Reason == FlagSafety {
			return nil
		}
	}
	ch.Add(&Flag{ID: env.NewID(), Customer: n.Customer, Reason: FlagSafety, By: env.Actor.Person, At: env.Stamp()})
	ch.Notes = append(ch.Notes, Say("note.flag.safety"))
	return nil
}

// aimedAt lists the colleagues at whom the live conduct of a customer was aimed.
func aimedAt(r Reader, customer ID) ([]ID, error) {
	all, err := FindAll[*Sighting](r, prefixOf(TableSighting, customer))
	if err != nil {
		return nil, err
	}
	var out []ID
	seen := map[ID]bool{}
	for _, s := range all {
		if s.AimedAt != NoID && s.Withdrawn == nil && !seen[s.AimedAt] {
			seen[s.AimedAt] = true
			out = append(out, s.AimedAt)
		}
	}
	return out, nil
}

// FitDrop ends a run without a verdict.
type FitDrop struct {
	Customer, Assessment ID
	Reason               string
}

// Name is [ActFitDrop].
func (FitDrop) Name() ActionName { return ActFitDrop }

// Decide drops the run. A proposal is dropped by who proposed it, or by a lead.
func (a FitDrop) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustAssessment(r, a.Customer, a.Assessment)
	if err != nil {
		return nil, err
	}
	if !before.Running() {
		return nil, Invalid("error.fit.not-open")
	}
	if err := checkWords("reason", a.Reason); err != nil {
		return nil, err
	}
	if before.State == FitProposed && !env.Actor.Is(before.Proposed.By) && env.Role < RoleLead {
		return nil, NotAllowed("error.not-allowed.others-proposal").WithHint("hint.ask-lead")
	}
	if before.State == FitProposed && !env.Actor.Is(before.Proposed.By) {
		if err := notHeld(env, r, a.Assessment); err != nil {
			return nil, err
		}
	}
	after := cloneAssessment(before)
	after.State = FitDropped
	ch := &Change{Message: Say("journal.fit.drop", "Customer", c.Name), Why: a.Reason, Made: after.ID}
	ch.Replace(before, after)
	return ch, nil
}

func mustAssessment(r Reader, customer, id ID) (*Customer, *Assessment, error) {
	c, err := mustCustomer(r, customer)
	if err != nil {
		return nil, nil, err
	}
	n, err := Find[*Assessment](r, AssessmentKey(customer, id))
	if err == nil && n == nil {
		err = NotFound("error.fit.gone")
	}
	return c, n, err
}

func cloneAssessment(n *Assessment) *Assessment {
	after := *n
	after.Answers, after.Notes = maps.Clone(n.Answers), maps.Clone(n.Notes)
	if after.Answers == nil {
		after.Answers = FitAnswers{}
	}
	if after.Notes == nil {
		after.Notes = map[FitKey]string{}
	}
	return &after
}
