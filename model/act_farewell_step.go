package model

import (
	"slices"
	"strings"
)

// DoFarewellStep does one step of a farewell, or does it again. Only the fields
// of that step are looked at.
type DoFarewellStep struct {
	Customer, Farewell ID
	Step               FarewellStep
	Reason             string // needed to do a step again

	Referral ID     // referral: of the referral book
	To       string // referral: in words, or the search that found nobody
	Searched bool   // referral: To is such a search

	Contract string // contract: what was checked
	Ends     Day    // contract: the day on which the relation ends, notice kept

	Text    string // text
	Contact ID     // contact: somebody who works here

	Channel string // sent: how it was said
	SentOn  Day    // sent: "" is today
	Typed   string // sent: the customer's name typed over

	WinTheirs, WinOurs, WinOther string // wins, all three

	Objection string // objection, in the customer's words
	None      bool   // objection: none was made

	Outcome string // outcome
}

// Name is [ActFarewellStep].
func (DoFarewellStep) Name() ActionName { return ActFarewellStep }

// Decide does the step. What the customer was told and then changes has to be
// told anew: nobody is parted with in silence.
func (a DoFarewellStep) Decide(env *Env, r Reader) (*Change, error) {
	c, before, err := mustFarewell(r, a.Customer, a.Farewell, FarewellGoing)
	if err != nil {
		return nil, err
	}
	if err := checkWords("words", a.Reason, a.To, a.Contract, a.Text, a.WinTheirs, a.WinOurs, a.WinOther, a.Objection, a.Outcome); err != nil {
		return nil, err
	}
	do, ok := stepActs[a.Step]
	if !ok {
		return nil, Invalid("error.farewell.step").WithHint("hint.farewell.step")
	}
	after := cloneFarewell(before)
	if before.Done[a.Step] != nil && a.Objection == "" && blank(a.Reason) {
		return nil, Invalid("error.farewell.reason", "Field", "reason").WithHint("hint.reason")
	}
	after.Done[a.Step] = env.Rule(strings.TrimSpace(a.Reason))
	ch := &Change{Made: after.ID, Why: strings.TrimSpace(a.Reason)}
	if ch.Message, err = do(a, env, r, c, after); err != nil {
		return nil, err
	}
	reopen(ch, before, after, a.Step)
	ch.Replace(before, after)
	return ch, nil
}

// stepActs does each step on a copy of the farewell and words it.
var stepActs = map[FarewellStep]func(DoFarewellStep, *Env, Reader, *Customer, *Farewell) (Message, error){
	StepReferral: DoFarewellStep.referral, StepContract: DoFarewellStep.contract, StepText: DoFarewellStep.text,
	StepContact: DoFarewellStep.contact, StepSent: DoFarewellStep.sent, StepWins: DoFarewellStep.wins,
	StepObjection: DoFarewellStep.objection, StepOutcome: DoFarewellStep.outcome,
}

// needs are the sentences about steps that are not done yet.
var needs = map[FarewellStep]string{
	StepReferral: "error.farewell.need.referral", StepContract: "error.farewell.need.contract", StepText: "error.farewell.need.text",
	StepContact: "error.farewell.need.contact", StepSent: "error.farewell.need.sent", StepWins: "error.farewell.need.wins",
	StepObjection: "error.farewell.need.objection", StepOutcome: "error.farewell.need.outcome",
}

func needStep(s FarewellStep) error { return NotAllowed(needs[s]).WithHint("hint.farewell.order") }

func (a DoFarewellStep) referral(_ *Env, r Reader, c *Customer, f *Farewell) (Message, error) {
	f.Referral, f.To, f.Searched = a.Referral, strings.TrimSpace(a.To), a.Searched && a.Referral == NoID
	if a.Referral == NoID {
		if f.To == "" {
			return Message{}, Invalid("error.farewell.referral", "Field", "to").WithHint("hint.farewell.referral")
		}
		if f.Searched {
			return Say("journal.farewell.searched", "Customer", c.Name), nil
		}
		return Say("journal.farewell.referral", "Customer", c.Name, "Referral", f.To), nil
	}
	g, err := mustReferral(r, a.Referral)
	if err != nil {
		return Message{}, err
	}
	return Say("journal.farewell.referral", "Customer", c.Name, "Referral", g.Name), nil
}

func (a DoFarewellStep) contract(env *Env, _ Reader, c *Customer, f *Farewell) (Message, error) {
	f.Contract, f.Ends = strings.TrimSpace(a.Contract), a.Ends
	if f.Contract == "" {
		return Message{}, Invalid("error.farewell.contract", "Field", "contract").WithHint("hint.farewell.contract")
	}
	if _, ok := ParseDay(string(a.Ends)); !ok || a.Ends == "" || a.Ends < env.Today() {
		return Message{}, Invalid("error.farewell.ends", "Field", "ends").WithHint("hint.date.ahead")
	}
	return Say("journal.farewell.contract", "Customer", c.Name, "Date", string(f.Ends)), nil
}

func (a DoFarewellStep) text(_ *Env, _ Reader, c *Customer, f *Farewell) (Message, error) {
	if f.Text = strings.TrimSpace(a.Text); f.Text == "" {
		return Message{}, Invalid("error.farewell.text", "Field", "text").WithHint("hint.farewell.text")
	}
	if open := LeftOpen(f.Text); len(open) > 0 {
		return Message{}, Invalid("error.farewell.open", "Field", "text", "Open", strings.Join(open, " ")).WithHint("hint.farewell.open")
	}
	return Say("journal.farewell.text", "Customer", c.Name), nil
}

func (a DoFarewellStep) contact(_ *Env, r Reader, c *Customer, f *Farewell) (Message, error) {
	f.Contact = a.Contact
	p, err := lastContact(r, f)
	if err != nil {
		return Message{}, err
	}
	return Say("journal.farewell.contact", "Customer", c.Name, "Person", p.Name), nil
}

// lastContact finds the last named contact: somebody who works here.
func lastContact(r Reader, f *Farewell) (*Person, error) {
	p, err := knownPerson(r, f.Contact)
	if err != nil {
		return nil, err
	}
	if p == nil || p.Gone {
		return nil, Invalid("error.farewell.contact", "Field", "contact").WithHint("hint.farewell.contact")
	}
	return p, nil
}

func (a DoFarewellStep) sent(env *Env, r Reader, c *Customer, f *Farewell) (Message, error) {
	if todo := f.Unsaid(); len(todo) > 0 {
		return Message{}, needStep(todo[0])
	}
	f.Channel, f.SentOn = strings.TrimSpace(a.Channel), a.SentOn
	if f.SentOn == "" {
		f.SentOn = env.Today()
	}
	_, isDay := ParseDay(string(f.SentOn))
	switch {
	case !isDay, f.SentOn > env.Today():
		return Message{}, Invalid("error.farewell.sent-on", "Field", "on").WithHint("hint.date.past")
	case f.SentOn < DayOf(f.Begun.At.Time().In(env.Now.Location())):
		return Message{}, Invalid("error.farewell.sent-before", "Field", "on").WithHint("hint.date.past")
	case f.Ends < f.SentOn:
		return Message{}, NotAllowed("error.farewell.ends-past", "Field", "ends").WithHint("hint.farewell.ends")
	}
	if _, known := env.Playbook.Desk.Channel(f.Channel); !known {
		return Message{}, Invalid("error.farewell.channel", "Field", "channel").WithHint("hint.farewell.channel")
	}
	if err := a.maySay(env, r, c, f); err != nil {
		return Message{}, err
	}
	days := env.Playbook.Desk.OutcomeDays
	if days <= 0 {
		days = 30
	}
	f.AskOutcome = DayOf(f.SentOn.Time(env.Now.Location()).AddDate(0, 0, days))
	delete(f.Done, StepOutcome)
	f.Outcome = ""
	return Say("journal.farewell.sent", "Customer", c.Name, "Channel", f.Channel, "Date", string(f.SentOn)), nil
}

// maySay looks once more at everything a farewell rests on, at the moment at
// which it is said.
func (a DoFarewellStep) maySay(env *Env, r Reader, c *Customer, f *Farewell) error {
	if f.Unheard() {
		return NotAllowed("error.farewell.unheard").WithHint("hint.farewell.hear")
	}
	if _, err := lastContact(r, f); err != nil {
		return err
	}
	if f.Referral != NoID {
		if _, err := mustReferral(r, f.Referral); err != nil {
			return err
		}
	}
	n, err := Find[*Assessment](r, AssessmentKey(f.Customer, f.Assessment))
	if err != nil {
		return err
	}
	if n == nil {
		return Invalid("error.farewell.verdict").WithHint("hint.fit.rerun")
	}
	if err := stillParts(env, r, n); err != nil {
		return err
	}
	return checkTyped(a.Typed, c.Name)
}

func (a DoFarewellStep) wins(_ *Env, _ Reader, c *Customer, f *Farewell) (Message, error) {
	f.WinTheirs, f.WinOurs, f.WinOther = strings.TrimSpace(a.WinTheirs), strings.TrimSpace(a.WinOurs), strings.TrimSpace(a.WinOther)
	for _, w := range []struct{ words, field string }{{f.WinTheirs, "theirs"}, {f.WinOurs, "ours"}, {f.WinOther, "other"}} {
		if w.words == "" {
			return Message{}, Invalid("error.farewell.wins", "Field", w.field).WithHint("hint.farewell.wins")
		}
	}
	return Say("journal.farewell.wins", "Customer", c.Name), nil
}

// objection notes that the customer objects, or that none was made. One that
// was made is done when somebody uninvolved has heard it.
func (a DoFarewellStep) objection(_ *Env, _ Reader, c *Customer, f *Farewell) (Message, error) {
	words := strings.TrimSpace(a.Objection)
	switch {
	case words == "" && !a.None:
		return Message{}, Invalid("error.farewell.objection", "Field", "objection").WithHint("hint.farewell.objection")
	case words != "":
		if f.Unheard() && blank(a.Reason) {
			return Message{}, Invalid("error.farewell.reason", "Field", "reason").WithHint("hint.reason")
		}
		f.Objection, f.Heard, f.HeardBy, f.Upheld = words, nil, NoID, false
		delete(f.Done, StepObjection)
		return Say("journal.farewell.objection", "Customer", c.Name), nil
	case f.Objection != "":
		return Message{}, NotAllowed("error.farewell.unheard").WithHint("hint.farewell.hear")
	case f.Done[StepSent] == nil:
		return Message{}, needStep(StepSent)
	}
	return Say("journal.farewell.unopposed", "Customer", c.Name), nil
}

func (a DoFarewellStep) outcome(env *Env, _ Reader, c *Customer, f *Farewell) (Message, error) {
	switch {
	case f.Done[StepSent] == nil:
		return Message{}, needStep(StepSent)
	case env.Today() < f.AskOutcome:
		return Message{}, NotAllowed("error.farewell.early", "Date", string(f.AskOutcome)).WithHint("hint.wait")
	}
	if f.Outcome = strings.TrimSpace(a.Outcome); f.Outcome == "" {
		return Message{}, Invalid("error.farewell.outcome", "Field", "outcome").WithHint("hint.farewell.outcome")
	}
	return Say("journal.farewell.outcome", "Customer", c.Name), nil
}

// reopen takes the steps off that no longer hold: a text that names another
// referral, day or contact is read again, and what the customer was told and is
// no longer so is told anew, with everything that followed from it.
func reopen(ch *Change, before, after *Farewell, step FarewellStep) {
	if !slices.Contains(beforeSaying(), step) {
		return
	}
	named := before.Referral != after.Referral || before.To != after.To || before.Searched != after.Searched ||
		before.Ends != after.Ends || before.Contact != after.Contact
	if !named && before.Text == after.Text && before.Contract == after.Contract {
		return
	}
	if named && before.Done[StepText] != nil && step != StepText {
		delete(after.Done, StepText)
		ch.Notes = append(ch.Notes, Say("note.farewell.reread"))
	}
	if before.Done[StepSent] == nil {
		return
	}
	for _, s := range []FarewellStep{StepSent, StepOutcome} {
		delete(after.Done, s)
	}
	if after.Objection == "" {
		delete(after.Done, StepObjection)
	}
	after.Channel, after.SentOn, after.AskOutcome, after.Outcome = "", "", "", ""
	ch.Notes = append(ch.Notes, Say("note.farewell.resend"))
}
