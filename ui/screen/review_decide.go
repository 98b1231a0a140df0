package screen

import (
	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// deciding is what a lead can do with a case, on the queue and on its own page.
type deciding struct {
	stage
	people []*model.Person
	hold   hold
}

func newDeciding(env *Env) deciding { return deciding{stage: newStage(env)} }

// may says why a role may not do something, "" when it may.
func (d *deciding) may(name model.ActionName) string {
	if err := model.MayDo(d.env.Me.Role, name); err != nil {
		return d.env.Say.Error(err)
	}
	return ""
}

func (d *deciding) mayApprove(c model.Case) func() string {
	return func() string {
		if c.Blocked != nil {
			return d.env.Say.Error(c.Blocked)
		}
		if why := d.may(model.ActApprove); why != "" {
			return why
		}
		return d.held(c)
	}
}

// mayOtherwise says why a lead cannot decide otherwise: what holds an approval
// holds that too, save the day between (model.Otherwise).
func (d *deciding) mayOtherwise(c model.Case) func() string {
	return func() string {
		if why := d.may(model.ActOtherwise); why != "" {
			return why
		}
		if involved(c) {
			return d.env.Say.Error(c.Blocked)
		}
		return d.held(c)
	}
}

// mayRule says why a contest is not for who looks: whoever noted the sighting
// or contests it leaves the ruling to another.
func (d *deciding) mayRule(c model.Case) string {
	if c.Kind != model.CaseContest {
		return ""
	}
	if why := d.may(model.ActRuleContest); why != "" {
		return why
	}
	me, s := d.env.Me.Actor, c.Sighting
	if me.Is(s.By) || me.Is(s.Contested.By) || me.Is(s.Contested.Real) {
		return d.env.Say.Error(model.NotAllowed("error.not-allowed.own-contest").WithHint("hint.other-lead"))
	}
	return ""
}

// caseKeys are the commands for one case, by its kind.
func (d *deciding) caseKeys(c model.Case) []kit.Command {
	right := func(name model.ActionName) func() string {
		return func() string {
			if why := d.may(name); why != "" {
				return why
			}
			return d.held(c)
		}
	}
	begin := func(run func(model.Case) tea.Cmd) tea.Cmd { return tea.Batch(run(c), d.begin(c)) }
	cmd := func(id, key string, footer int, why func() string, run func(model.Case) tea.Cmd) kit.Command {
		return kit.Command{ID: id, Keys: []string{key}, Group: "change", Footer: footer, WhyNot: why, Run: func() tea.Cmd { return begin(run) }}
	}
	var cmds []kit.Command
	switch c.Kind {
	case model.CaseProposal:
		cmds = []kit.Command{
			cmd("review.approve", "a", 95, d.mayApprove(c), d.approve),
			cmd("review.return", "b", 90, right(model.ActReturn), d.giveBack),
			cmd("review.otherwise", "o", 85, d.mayOtherwise(c), d.otherwise),
		}
	case model.CaseFlag:
		cmds = []kit.Command{cmd("review.clear", "c", 95, right(model.ActClearFlag), d.clearFlag)}
	case model.CaseContest:
		rule := func() string {
			if why := d.mayRule(c); why != "" {
				return why
			}
			return d.held(c)
		}
		cmds = []kit.Command{cmd("review.uphold", "a", 95, rule, d.uphold), cmd("review.letgo", "d", 90, rule, d.letGo)}
	case model.CaseDate, model.CaseReturned:
		cmds = []kit.Command{{ID: "review.again", Keys: []string{"w"}, Group: "go", Footer: 95, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindWizard, Arg: c.Customer}) }}}
	case model.CaseDouble:
		cmds = []kit.Command{cmd("review.notsame", "x", 95, right(model.ActDismissDouble), d.dismiss),
			{ID: "review.merge", Keys: []string{"m"}, Group: "change", Footer: 97, Moves: true, WhyNot: right(model.ActMerge),
				Run: func() tea.Cmd {
					return kit.Send(kit.Open{Kind: KindMerge, Arg: MergeAsk{Keep: c.Double.A, Gone: c.Double.B}})
				}}}
	}
	if d.heldByOther(c) && d.mayTake(c) {
		cmds = append(cmds, kit.Command{ID: "review.over", Keys: []string{"T"}, Group: "change", Footer: 98, Run: func() tea.Cmd { return d.askOver(c) }})
	}
	return append(cmds, kit.Command{ID: "review.customer", Keys: []string{"i"}, Group: "go", Footer: 60, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: c.Customer}) }})
}

// approve asks for the customer's name before a parting, for anything else for
// a reason that may be left out.
func (d *deciding) approve(c model.Case) tea.Cmd {
	e, a := d.env, c.Assessment
	if a.Verdict != model.VerdictPart {
		return d.ask(e.T("review.approve.ask", "Verdict", e.Say.Verdict(a.Verdict), "Customer", flat(c.Name)), false, func(line string) model.Action {
			return model.Approve{Customer: c.Customer, Assessment: c.ID, Reason: line}
		})
	}
	body := e.T("review.approve.part", "Customer", flat(c.Name), "Person", flat(c.By))
	o := &overlay{confirm: kit.NewConfirmName(e.Text, e.Theme, e.T("review.approve.title"), body, c.Name), saveID: "ask.go"}
	o.accept = func() tea.Cmd {
		return o.do(model.Approve{Customer: c.Customer, Assessment: c.ID, Typed: c.Name})
	}
	return d.show(o)
}

func (d *deciding) giveBack(c model.Case) tea.Cmd {
	return d.ask(d.env.T("review.return.ask", "Person", flat(c.By)), true, func(line string) model.Action {
		return model.Return{Customer: c.Customer, Assessment: c.ID, Question: line}
	})
}

// otherwise asks which verdict, then for its next step and a reason. Parting
// comes from the rules alone, and what must be repaired first gives no terms.
func (d *deciding) otherwise(c model.Case) tea.Cmd {
	e := d.env
	var options []kit.Option
	for _, v := range model.FitVerdicts() {
		if v == c.Assessment.Verdict || v == model.VerdictPart || v == model.VerdictTerms && c.Assessment.HasFlag(model.FitFlagRepairFirst) {
			continue
		}
		options = append(options, kit.Option{Value: string(v), Label: e.Say.Verdict(v)})
	}
	o := &overlay{choose: kit.NewChoose(e.Theme, e.T("review.otherwise.ask"), options), saveID: "ask.go"}
	o.accept = func() tea.Cmd { return d.otherDraft(c, model.Verdict(o.choose.Chosen())) }
	return d.show(o)
}

// decideDraft brings what was typed for another verdict before, nil for nothing.
type decideDraft struct {
	c      model.Case
	v      model.Verdict
	values map[string]string
}

// decideForm names the draft of another verdict in the book.
func decideForm(c model.Case, v model.Verdict) string {
	return "decide/" + c.ID.String() + "/" + string(v)
}

// otherDraft reads what was typed before; the form opens with the answer.
func (d *deciding) otherDraft(c model.Case, v model.Verdict) tea.Cmd {
	desk := d.env.Desk
	d.hold.between = true
	return func() tea.Msg {
		kept, err := desk.Draft(decideForm(c, v))
		if err != nil {
			return kit.Failed{Err: err}
		}
		out := decideDraft{c: c, v: v}
		if kept != nil {
			out.values = kept.Values
		}
		return out
	}
}

// Closing keeps what is typed, and gives the case back to the queue.
func (d *deciding) Closing() tea.Cmd {
	d.hold.between = false
	return tea.Batch(d.keepOpen(), d.release())
}

// hear opens the form of another verdict; all else is the stage's.
func (d *deciding) hear(msg tea.Msg) (cmd tea.Cmd, done bool) {
	m, ok := msg.(decideDraft)
	if ok {
		d.hold.between = false
	}
	switch {
	case !ok:
		cmd, _, done = d.stage.hear(msg)
		return cmd, done
	case d.open():
		return nil, false
	}
	return d.otherStep(m.c, m.v, m.values), false
}

func (d *deciding) otherStep(c model.Case, v model.Verdict, kept map[string]string) tea.Cmd {
	e, a := d.env, c.Assessment
	s := step{env: e, verdict: v, impact: a.HasFlag(model.FitFlagImpactSheet), must: true, people: d.people}
	f := s.form()
	if a.Next.Impact != "" {
		f.SetValues(map[string]string{"impact": a.Next.Impact})
		f.Settle()
	}
	o := &overlay{form: f, about: stepErrors(), saveID: "review.decide"}
	o.head = []string{e.T("review.otherwise.head", "Customer", flat(c.Name), "Verdict", e.Say.Verdict(v), "Was", e.verdict(a.Verdict, a.Rule))}
	f.SetValues(kept)
	form := decideForm(c, v)
	o.keep = func() tea.Cmd {
		if !f.Dirty() {
			return nil
		}
		keep := e.keepDraft(form, f.Values())
		return func() tea.Msg {
			if failed := keep(); failed != nil {
				return failed
			}
			return kit.Notice{Level: kit.Info, Text: e.T("edit.draft.kept")}
		}
	}
	o.accept = func() tea.Cmd {
		next, reason := s.read(f.Values())
		decided := o.do(model.Otherwise{Customer: c.Customer, Assessment: c.ID, Verdict: v, Next: next, Reason: reason})
		if kept == nil {
			return decided
		}
		return func() tea.Msg {
			msg := decided()
			if m, ok := msg.(answered); ok && m.err == nil {
				if f, failed := e.keepDraft(form, nil)().(kit.Failed); failed {
					m.err = f.Err
					return m
				}
			}
			return msg
		}
	}
	return d.show(o)
}

func (d *deciding) clearFlag(c model.Case) tea.Cmd {
	p := newClearFlag(d.env, c.Flag)
	d.low.show(p)
	return p.keeps(draftOf("clear", c.Flag.ID))
}

func (d *deciding) uphold(c model.Case) tea.Cmd { return d.rule(c, true, "review.uphold.ask") }
func (d *deciding) letGo(c model.Case) tea.Cmd  { return d.rule(c, false, "review.letgo.ask") }

func (d *deciding) rule(c model.Case, uphold bool, id string) tea.Cmd {
	return d.ask(d.env.T(id), true, func(line string) model.Action {
		return model.RuleContest{Customer: c.Customer, Sighting: c.ID, Uphold: uphold, Reason: line}
	})
}

func (d *deciding) dismiss(c model.Case) tea.Cmd {
	return d.ask(d.env.T("review.notsame.ask", "A", flat(c.Name), "B", flat(c.OtherName)), false, func(line string) model.Action {
		return model.DismissDouble{Double: c.ID, Reason: line}
	})
}
