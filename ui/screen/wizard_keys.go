package screen

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Commands are what a person can do here and now.
func (w *wizard) Commands() []kit.Command { return w.commands(w.own) }

func (w *wizard) own() []kit.Command {
	switch {
	case w.d == nil:
		return nil
	case w.page == pageQuestion:
		return append(w.questionKeys(), w.runKeys()...)
	case w.page == pageSummary:
		return append(append(w.summaryKeys(), w.scrollKeys()...), w.runKeys()...)
	}
	back := kit.Command{ID: "wizard.close", Keys: []string{"esc", "q", "f", "v", "enter", "backspace"}, Group: "go", Footer: 95,
		Run: func() tea.Cmd { w.page = pageQuestion; return nil }}
	return append(w.scrollKeys(), back)
}

// scrollKeys move through a page that is longer than the screen.
func (w *wizard) scrollKeys() []kit.Command {
	by := func(f func(int)) func(int) tea.Cmd { return func(n int) tea.Cmd { f(n); return nil } }
	end := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	return movement(by(w.sheet.move), by(w.sheet.page), end(w.sheet.first), end(w.sheet.last))
}

func (w *wizard) questionKeys() []kit.Command {
	n := len(model.AnswersFor(w.key()))
	digits := make([]string, n)
	for i := range digits {
		digits[i] = strconv.Itoa(i + 1)
	}
	go1 := func(to int) func() tea.Cmd { return func() tea.Cmd { return w.goTo(to) } }
	panel := 75
	if w.wide() {
		panel = 0
	}
	return []kit.Command{
		{ID: "wizard.answer", Keys: digits, Shown: "1-" + strconv.Itoa(n), Group: "change", Footer: 100, RunKey: w.choose},
		{ID: "wizard.next", Keys: []string{"enter", "right", "down", "j"}, Group: "move", Footer: 95, Run: w.next},
		{ID: "wizard.prev", Keys: []string{"backspace", "left", "up", "k"}, Group: "move", Footer: 90, Run: go1(w.at - 1)},
		{ID: "wizard.first", Keys: []string{"g", "home"}, Group: "move", Run: go1(0)},
		{ID: "wizard.last", Keys: []string{"G", "end"}, Group: "move", Run: w.toEnd},
		{ID: "wizard.note", Keys: []string{"n"}, Group: "change", Footer: 70, WhyNot: w.unanswered, Run: w.note},
		{ID: "wizard.clear", Keys: []string{"0"}, Group: "change", WhyNot: w.unanswered, Run: w.clear},
		{ID: "wizard.facts", Keys: []string{"f"}, Group: "look", Footer: 65, Run: w.open1(pageFacts)},
		{ID: "wizard.panel", Keys: []string{"v"}, Group: "look", Footer: panel, Run: w.open1(pagePanel)},
	}
}

func (w *wizard) summaryKeys() []kit.Command {
	if w.readonly() {
		return nil
	}
	return []kit.Command{
		{ID: "wizard.finish", Keys: []string{"enter"}, Group: "change", Footer: 100, Run: w.draft},
		{ID: "wizard.prev", Keys: []string{"backspace", "left"}, Group: "move", Footer: 90,
			Run: func() tea.Cmd { return w.goTo(len(model.FitKeys()) - 1) }},
		{ID: "wizard.start", Keys: []string{"1"}, Group: "move", Footer: 85, Run: func() tea.Cmd { return w.goTo(0) }},
	}
}

// runKeys are about the run as a whole.
func (w *wizard) runKeys() []kit.Command {
	cmds := []kit.Command{{ID: "wizard.drop", Keys: []string{"D"}, Group: "change", Danger: true, WhyNot: w.noDrop, Run: w.drop}}
	if w.readonly() {
		return cmds
	}
	return append(cmds,
		kit.Command{ID: "wizard.stance", Keys: []string{"m"}, Group: "change", Footer: 40, WhyNot: w.notBegun, Run: w.stance},
		kit.Command{ID: "wizard.pause", Keys: []string{"p"}, Group: "go", Footer: 80, Run: w.pause})
}

func (w *wizard) notBegun() string {
	if w.run == nil {
		return w.env.T("wizard.why.begin")
	}
	return ""
}

func (w *wizard) unanswered() string {
	if w.answers()[w.key()] == "" {
		return w.env.T("wizard.why.answer")
	}
	return ""
}

func (w *wizard) noDrop() string {
	switch {
	case w.run == nil:
		return w.env.T("wizard.why.begin")
	case !w.run.Running():
		return w.env.T("wizard.why.over")
	case w.run.State == model.FitProposed && !w.env.Me.Actor.Is(w.run.Proposed.By) && w.env.Me.Role < model.RoleLead:
		return w.env.T("wizard.why.others")
	}
	return ""
}

func (w *wizard) choose(key string) tea.Cmd {
	i, err := strconv.Atoi(key)
	all := model.AnswersFor(w.key())
	if err != nil || i < 1 || i > len(all) || w.readonly() {
		return nil
	}
	if w.answers()[w.key()] == all[i-1] {
		return nil
	}
	return w.save(fitSave{key: w.key(), answer: all[i-1], note: w.noted()})
}

func (w *wizard) clear() tea.Cmd { return w.save(fitSave{key: w.key()}) }

// noted is the fact that goes with the answer.
func (w *wizard) noted() string {
	if w.run == nil {
		return ""
	}
	return w.run.Notes[w.key()]
}

func (w *wizard) goTo(at int) tea.Cmd {
	w.page, w.at = pageQuestion, min(max(at, 0), len(model.FitKeys())-1)
	return nil
}

// next goes to the next question; after the last one to the summary, or to
// the first question that is still open.
func (w *wizard) next() tea.Cmd {
	if w.at < len(model.FitKeys())-1 {
		return w.goTo(w.at + 1)
	}
	return w.toEnd()
}

// toEnd goes to the summary, or says what keeps it closed.
func (w *wizard) toEnd() tea.Cmd {
	open := w.answers().Open()
	if len(open) == 0 {
		w.page = pageSummary
		w.sheet.first()
		return nil
	}
	if w.at == len(model.FitKeys())-1 {
		w.at = w.firstOpen()
	} else {
		w.at = len(model.FitKeys()) - 1
	}
	return kit.Tell(kit.Info, w.env.Text.N("wizard.still", len(open), "Open", w.env.keys(open)))
}

func (w *wizard) open1(page int) func() tea.Cmd {
	return func() tea.Cmd {
		w.page = page
		w.sheet.first()
		return nil
	}
}

// note asks for a fact to go with the answer.
func (w *wizard) note() tea.Cmd {
	k := w.key()
	p := newPrompt(w.env, w.env.T("wizard.note.ask", "Question", w.env.Say.Key(k)), false, func(line string) []model.Action {
		return []model.Action{model.FitAnswer{Customer: w.customer, Assessment: w.runID, Question: k, Answer: w.answers()[k], Note: line}}
	})
	p.in.SetValue(w.noted())
	w.low.show(p)
	return nil
}

// stance turns from one school to the other; it is recorded and never judged.
func (w *wizard) stance() tea.Cmd {
	to := model.StanceMaker
	if w.run.Stance == to {
		to = model.StanceCustomer
	}
	k := w.key()
	return w.save(fitSave{key: k, answer: w.answers()[k], note: w.noted(), stance: to})
}

func (w *wizard) pause() tea.Cmd {
	id := "wizard.paused"
	if w.run == nil {
		id = "wizard.paused.empty"
	}
	return tea.Sequence(kit.Tell(kit.Done, w.env.T(id)), kit.Send(kit.Back{}))
}

func (w *wizard) drop() tea.Cmd {
	return w.ask(w.env.T("wizard.drop.ask"), true, func(line string) model.Action {
		return model.FitDrop{Customer: w.customer, Assessment: w.runID, Reason: line}
	})
}

func (w *wizard) draftName() string { return "fit/" + w.runID.String() }

// draft reads what was typed in the form before, and opens it.
func (w *wizard) draft() tea.Cmd {
	if len(w.queue) > 0 {
		return kit.Tell(kit.Info, w.env.T("wizard.saving"))
	}
	form := w.draftName()
	return func() tea.Msg {
		d, err := w.env.Desk.Draft(form)
		if err != nil {
			return kit.Failed{Err: err}
		}
		if d == nil {
			return wizardDraft{}
		}
		return wizardDraft{values: d.Values}
	}
}

// openStep opens the form of the next step.
func (w *wizard) openStep(kept map[string]string) tea.Cmd {
	if w.page != pageSummary || w.readonly() || w.run == nil || w.open() {
		return nil
	}
	g := judge(w.run, w.d)
	flagged := model.Assessment{Flags: g.j.Flags}
	s := step{env: w.env, verdict: g.j.Verdict, impact: flagged.HasFlag(model.FitFlagImpactSheet), people: w.people, card: w.d.Customer}
	f := s.form()
	switch {
	case len(kept) > 0:
		f.SetValues(kept)
	case w.run.Next != (model.NextStep{}):
		f.SetValues(s.values(w.run.Next))
	}
	f.Settle()
	o := &overlay{form: f, about: stepErrors(), saveID: "wizard.send", keep: func() tea.Cmd { return w.keepDraft(f) }}
	o.head = append(o.head, w.env.verdict(g.j.Verdict, g.j.Rule)+" · "+w.env.T("wizard.next"))
	for _, flag := range g.j.Flags {
		o.head = append(o.head, "▲ "+w.env.Say.Flag(flag))
	}
	o.beside = func(width int) []string {
		p := w.env.writer(width)
		w.env.summary(p, g)
		return p.rows
	}
	o.accept = func() tea.Cmd {
		next, reason := s.read(f.Values())
		return o.do(model.FitFinish{Customer: w.customer, Assessment: w.runID, Next: next, Reason: reason})
	}
	w.field = f.Focused()
	return w.show(o)
}

// keepTyped keeps the draft whenever the focus comes to another field.
func (w *wizard) keepTyped() tea.Cmd {
	if w.over == nil || w.over.form == nil || w.over.form.Focused() == w.field {
		return nil
	}
	w.field = w.over.form.Focused()
	return w.keepDraft(w.over.form)
}

func (w *wizard) keepDraft(f *kit.Form) tea.Cmd {
	if !f.Dirty() {
		return nil
	}
	f.Settle()
	return w.env.keepDraft(w.draftName(), f.Values())
}

func (w *wizard) dropDraft() tea.Cmd { return w.env.keepDraft(w.draftName(), nil) }

// keepDraft keeps what is typed in a form; no values drops it.
func (e *Env) keepDraft(form string, values map[string]string) tea.Cmd {
	return func() tea.Msg {
		if _, err := e.Desk.Do(e.Ctx, model.SaveDraft{Form: form, Values: values}); err != nil {
			return kit.Failed{Err: err}
		}
		return nil
	}
}
