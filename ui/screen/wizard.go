package screen

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Pages of the wizard.
const (
	pageQuestion = iota
	pageSummary
	pageFacts // of one question, in full
	pagePanel // the side panel alone
)

// wizard asks the ten questions of "does this customer fit us?", one a page.
// Each answer is in the book at once; leaving pauses.
type wizard struct {
	stage
	customer model.ID
	w, h     int

	d      *model.Detail
	facts  map[model.FitKey]model.FitFact
	people []*model.Person
	runID  model.ID
	run    *model.Assessment // as the book has it, with what is being saved; nil before the first answer
	seq    int               // of the newest load
	lost   bool              // the customer could not be read

	at     int // the question
	page   int
	sheet  sheet
	queue  []fitSave
	flight chan struct{} // closed when the save on its way is through
	field  string        // in focus when the draft was kept last
}

// fitSave is one answer on its way to the book.
type fitSave struct {
	key    model.FitKey
	answer model.Answer
	note   string
	stance model.Stance
}

type wizardLoaded struct {
	seq    int
	d      *model.Detail
	people []*model.Person
}

type wizardSaved struct {
	id  model.ID
	err error
}

// wizardDraft brings what was typed in the form of the next step before.
type wizardDraft struct{ values map[string]string }

func newWizard(env *Env, customer model.ID) kit.Screen {
	return &wizard{stage: newStage(env), customer: customer}
}

// Init loads the customer.
func (w *wizard) Init() tea.Cmd { return w.load() }

// Title is the screen's name.
func (w *wizard) Title() string { return w.env.T("wizard.title") }

func (w *wizard) load() tea.Cmd {
	w.seq++
	seq, desk, id := w.seq, w.env.Desk, w.customer
	return func() tea.Msg {
		d, err := desk.Customer(id)
		if err != nil {
			return kit.Failed{Err: err}
		}
		people, err := desk.People()
		if err != nil {
			return kit.Failed{Err: err}
		}
		return wizardLoaded{seq: seq, d: d, people: active(people)}
	}
}

// Update takes a message.
func (w *wizard) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case kit.Resized:
		w.w, w.h = msg.W, msg.H
		return w, nil
	case kit.Changed, kit.Resumed:
		return w, w.load()
	case kit.Failed:
		w.lost = w.d == nil
		return w, nil
	case wizardLoaded:
		return w, w.loaded(msg)
	case wizardSaved:
		return w, w.saved(msg)
	case wizardDraft:
		return w, w.openStep(msg.values)
	}
	finishing := w.over
	cmd, handled, done := w.hear(msg)
	if done && finishing != nil && finishing.form != nil {
		cmd = tea.Batch(w.dropDraft(), cmd)
	}
	if handled && !done {
		cmd = tea.Batch(cmd, w.keepTyped())
	}
	return w, cmd
}

// loaded takes what the book has. Answers still on their way count as given.
func (w *wizard) loaded(m wizardLoaded) tea.Cmd {
	if m.seq != w.seq {
		return nil
	}
	first := w.d == nil
	w.d, w.people, w.lost = m.d, m.people, false
	w.facts = model.FitFacts(m.d, w.env.Play, w.env.now())
	was := w.state()
	w.run = w.find()
	for _, s := range w.queue {
		w.apply(s)
	}
	switch {
	case w.readonly():
		w.page, w.over, w.low.p = pageSummary, nil, nil
	case first:
		w.at = w.firstOpen()
		if w.run != nil && w.run.Answers.Complete() {
			w.page = pageSummary
		}
	case w.page == pageSummary && (w.run == nil || !w.run.Answers.Complete()):
		w.page, w.at = pageQuestion, w.firstOpen()
	}
	if was != w.state() {
		w.sheet.first()
	}
	if was != "" && w.state() == model.FitDropped {
		return kit.Send(kit.Back{})
	}
	return nil
}

// find gives the assessment this wizard is about: the one it began or resumed,
// also when it is decided meanwhile, else the one that is running.
func (w *wizard) find() *model.Assessment {
	var found *model.Assessment
	for _, a := range w.d.Assessments {
		if a.ID == w.runID && w.runID != model.NoID {
			found = a
		}
	}
	if found == nil {
		found = w.d.Running()
	}
	if found == nil {
		w.runID = model.NoID
		return nil
	}
	w.runID = found.ID
	clone := *found
	clone.Answers, clone.Notes = maps.Clone(found.Answers), maps.Clone(found.Notes)
	return &clone
}

func (w *wizard) state() model.FitState {
	if w.run == nil {
		return ""
	}
	return w.run.State
}

// readonly tells that the case is out of the hands of who answers.
func (w *wizard) readonly() bool {
	return w.run != nil && w.run.State != model.FitOpen && w.run.State != model.FitReturned
}

func (w *wizard) answers() model.FitAnswers {
	if w.run == nil {
		return nil
	}
	return w.run.Answers
}

func (w *wizard) key() model.FitKey { return model.FitKeys()[w.at] }

func (w *wizard) firstOpen() int {
	if open := w.answers().Open(); len(open) > 0 {
		return slices.Index(model.FitKeys(), open[0])
	}
	return 0
}

// apply puts an answer into what is shown.
func (w *wizard) apply(s fitSave) {
	if w.run == nil {
		w.run = &model.Assessment{Customer: w.customer, State: model.FitOpen, Kind: w.d.Customer.FitKind(), Large: w.d.Large,
			StartedBy: w.env.Me.Actor.Person, StartedAt: model.StampOf(w.env.now())}
		if last := w.d.Settled(); last != nil {
			w.run.Previous = last.ID
		}
	}
	if w.run.Answers == nil {
		w.run.Answers = model.FitAnswers{}
	}
	w.run.Answers[s.key] = s.answer
	if s.answer == "" {
		delete(w.run.Answers, s.key)
	}
	if s.stance != "" {
		w.run.Stance = s.stance
	}
}

// save shows an answer and sends it to the book.
func (w *wizard) save(s fitSave) tea.Cmd {
	w.apply(s)
	w.queue = append(w.queue, s)
	return w.pump()
}

// pump sends the next answer; one at a time, for the first one opens the run.
func (w *wizard) pump() tea.Cmd {
	if w.flight != nil || len(w.queue) == 0 {
		return nil
	}
	s, id, through := w.queue[0], w.runID, make(chan struct{})
	w.flight = through
	return func() tea.Msg {
		defer close(through)
		made, err := w.env.answer(w.env.Ctx, w.customer, id, s)
		return wizardSaved{id: made, err: err}
	}
}

// answer writes one answer; the first of a run opens it.
func (e *Env) answer(ctx context.Context, customer, run model.ID, s fitSave) (model.ID, error) {
	if run == model.NoID {
		start := model.FitStart{Customer: customer}
		if s.answer != "" {
			start.Answers = model.FitAnswers{s.key: s.answer}
		}
		r, err := e.Desk.Do(ctx, start)
		return r.Made, err
	}
	_, err := e.Desk.Do(ctx, model.FitAnswer{Customer: customer, Assessment: run,
		Question: s.key, Answer: s.answer, Note: s.note, Stance: s.stance})
	return run, err
}

func (w *wizard) saved(m wizardSaved) tea.Cmd {
	w.flight = nil
	if m.err != nil {
		// What is shown must be what the book has.
		w.queue = nil
		return tea.Batch(kit.Fail(m.err), w.load())
	}
	w.runID = m.id
	if w.run != nil {
		w.run.ID = m.id
	}
	if len(w.queue) > 0 {
		w.queue = w.queue[1:]
	}
	if len(w.queue) > 0 {
		return w.pump()
	}
	return w.load()
}

// Closing waits for the answer on its way, sends those behind it, and keeps
// what was typed.
func (w *wizard) Closing() tea.Cmd {
	draft := w.keepOpen()
	if w.flight == nil {
		return draft
	}
	through, rest, id := w.flight, slices.Clone(w.queue[1:]), w.runID
	env, customer := w.env, w.customer
	flush := func() tea.Msg {
		select {
		case <-through:
		case <-env.Ctx.Done():
			return nil
		}
		for _, s := range rest {
			if id == model.NoID {
				d, err := env.Desk.Customer(customer)
				if err != nil {
					return kit.Failed{Err: err}
				}
				if r := d.Running(); r != nil {
					id = r.ID
				}
			}
			var err error
			if id, err = env.answer(env.Ctx, customer, id, s); err != nil {
				return kit.Failed{Err: err}
			}
		}
		return nil
	}
	return tea.Batch(flush, draft)
}

// Typing tells whether a field or dialog has the keys.
func (w *wizard) Typing() bool { return w.open() }

// Cursor is the place of the terminal's cursor.
func (w *wizard) Cursor() (x, y int, ok bool) { return w.cursor(w.h) }
