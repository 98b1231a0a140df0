package screen

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// caseKinds is the order of the queue.
var caseKinds = [...]model.CaseKind{
	model.CaseFlag, model.CaseProposal, model.CaseContest, model.CaseDate, model.CaseReturned, model.CaseDouble,
}

// review is a lead's queue: everything that waits for a second person.
type review struct {
	deciding
	w, h   int
	queue  *model.Queue
	seq    int
	failed bool
	cur    int // of queue.Cases
	top    int // first line shown
}

type reviewLoaded struct {
	seq    int
	queue  model.Queue
	people []*model.Person
}

func newReview(env *Env) kit.Screen {
	r := &review{deciding: newDeciding(env)}
	return r
}

// Init loads the queue.
func (r *review) Init() tea.Cmd { return r.load() }

// Title is the screen's name.
func (r *review) Title() string { return r.env.T("review.title") }

func (r *review) load() tea.Cmd {
	r.seq++
	seq, desk := r.seq, r.env.Desk
	return func() tea.Msg {
		q, err := desk.Review()
		if err != nil {
			return kit.Failed{Err: err}
		}
		people, err := desk.People()
		if err != nil {
			return kit.Failed{Err: err}
		}
		return reviewLoaded{seq: seq, queue: q, people: active(people)}
	}
}

// Update takes a message.
func (r *review) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case kit.Resized:
		r.w, r.h = msg.W, msg.H
		return r, nil
	case kit.Changed, kit.Resumed:
		return r, r.load()
	case kit.Failed:
		r.failed = r.queue == nil
		return r, nil
	case reviewLoaded:
		if msg.seq == r.seq {
			r.take(msg)
		}
		return r, nil
	case caseTaken:
		return r, tea.Batch(r.tookCase(msg), r.load())
	}
	cmd, _ := r.hear(msg)
	return r, tea.Batch(cmd, r.idle())
}

// idle gives a case back that was taken to decide it from the list, once nothing
// is open any more.
func (r *review) idle() tea.Cmd {
	if r.open() || r.hold.asked {
		return r.stay()
	}
	return r.release()
}

// take puts the cursor on the case it was on, or on what came in its place, and
// leaves it on its line of the screen.
func (r *review) take(m reviewLoaded) {
	was, line := aroundIndex(r.cases(), r.cur), r.place()-r.top
	r.queue, r.people, r.failed = &m.queue, m.people, false
	for _, old := range was {
		if i := slices.IndexFunc(m.queue.Cases, func(c model.Case) bool { return c.ID == old.ID && c.Kind == old.Kind }); i >= 0 {
			r.cur = i
			break
		}
	}
	r.cur = max(min(r.cur, len(m.queue.Cases)-1), 0)
	r.top = r.place() - line
}

// place is the line of the cursor, counted from the first of all.
func (r *review) place() int {
	if r.queue == nil {
		return 0
	}
	return max(slices.IndexFunc(r.lines(), func(l queueLine) bool { return l.i == r.cur }), 0)
}

func (r *review) selected() (model.Case, bool) {
	if r.queue == nil || r.cur >= len(r.queue.Cases) {
		return model.Case{}, false
	}
	return r.queue.Cases[r.cur], true
}

// Typing tells whether a field or dialog has the keys.
func (r *review) Typing() bool { return r.open() }

// Cursor is the place of the terminal's cursor.
func (r *review) Cursor() (x, y int, ok bool) { return r.cursor(r.h) }

// Commands are what a person can do with the case under the cursor.
func (r *review) Commands() []kit.Command { return also(r.commands(r.own), r.idle) }

func (r *review) own() []kit.Command {
	by := func(n int) tea.Cmd { return r.move(n) }
	page := func(n int) tea.Cmd { return r.move(n * max(r.h-3, 1)) }
	cmds := movement(by, page, func() tea.Cmd { return r.move(-r.cur) }, func() tea.Cmd { return r.move(len(r.cases())) })
	c, ok := r.selected()
	if !ok {
		return cmds
	}
	cmds = append(cmds, kit.Command{ID: "review.evidence", Keys: []string{"enter", "right"}, Group: "look", Footer: 100, Moves: true,
		Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCase, Arg: c}) }})
	return append(cmds, r.caseKeys(c)...)
}

func (r *review) cases() []model.Case {
	if r.queue == nil {
		return nil
	}
	return r.queue.Cases
}

func (r *review) move(n int) tea.Cmd {
	r.cur = max(min(r.cur+n, len(r.cases())-1), 0)
	return nil
}

// queueCounts are the numbers of the top line.
type queueCounts struct {
	open   int
	oldest time.Duration
	yours  int // what who looks can settle now
	locked int // proposals of who looks, which another has to approve
}

func (r *review) count() queueCounts {
	var c queueCounts
	for _, n := range r.queue.Counts {
		c.open += n
	}
	lead := r.env.Me.Role >= model.RoleLead
	for _, k := range r.queue.Cases {
		c.oldest = max(c.oldest, r.env.now().Sub(r.env.at(k.Since)))
		switch {
		case k.Kind == model.CaseProposal && k.Mine:
			c.locked++
		case k.Kind == model.CaseReturned && k.Mine,
			k.Kind != model.CaseReturned && lead && k.Blocked == nil && !r.heldByOther(k) && r.mayRule(k) == "":
			c.yours++
		}
	}
	return c
}
