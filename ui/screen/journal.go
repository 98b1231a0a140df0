package screen

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// journalPage is how many lines are read at a time, journalMost how many at
// most on the way to the oldest one: nobody reads further back by paging.
const (
	journalPage = 120
	journalMost = 20_000
)

// journal shows what happened, newest first, of one customer or of the whole
// book. It reads on as one goes down and holds what it has read.
type journal struct {
	stage
	customer model.ID
	w, h     int
	lines    []model.Line
	all      bool // the oldest line is here
	loaded   bool
	failed   bool
	waiting  bool // a page is on its way
	again    bool // the book changed meanwhile
	toEnd    bool // on the way to the oldest line
	cur, top int
	mine     bool // a change of one's own is to come, to be shown
}

// journalLoaded is a page of lines. fresh ones take the place of all.
type journalLoaded struct {
	lines []model.Line
	all   bool
	fresh bool
}

func newJournal(env *Env, customer model.ID) kit.Screen {
	return &journal{stage: newStage(env), customer: customer}
}

// Init loads the newest lines.
func (j *journal) Init() tea.Cmd { return j.reload() }

// Title is the screen's name.
func (j *journal) Title() string { return j.env.T("journalpage.title") }

// reload reads again what is held: old lines change too, when they are undone.
func (j *journal) reload() tea.Cmd {
	if j.waiting {
		j.again = true
		return nil
	}
	return j.read(0, max(len(j.lines), journalPage), true)
}

func (j *journal) read(before model.Rev, n int, fresh bool) tea.Cmd {
	j.waiting = true
	desk, customer := j.env.Desk, j.customer
	return func() tea.Msg {
		lines, err := desk.Journal(customer, before, n)
		if err != nil {
			return kit.Failed{Err: err}
		}
		return journalLoaded{lines: lines, all: len(lines) < n, fresh: fresh}
	}
}

// more reads on when the end of what is held comes near.
func (j *journal) more() tea.Cmd {
	if j.all || j.waiting || len(j.lines) == 0 || !j.toEnd && len(j.lines)-j.cur > 2*max(j.h, 1) {
		return nil
	}
	n := journalPage
	if j.toEnd {
		n *= 10
	}
	return j.read(j.lines[len(j.lines)-1].Rev, n, false)
}

func (j *journal) take(m journalLoaded) tea.Cmd {
	j.waiting = false
	held := len(j.lines)
	if m.fresh {
		was := j.selected()
		if j.mine { // what one did oneself at the newest line is the newest line now
			was, j.mine = nil, false
		}
		j.lines = m.lines
		for i := range j.lines {
			if was != nil && j.lines[i].Rev == was.Rev {
				j.top += i - j.cur
				j.cur = i
				break
			}
		}
	} else if held > 0 {
		last := j.lines[held-1].Rev
		for _, l := range m.lines {
			if l.Rev < last { // nothing twice, whatever the page holds
				j.lines, last = append(j.lines, l), l.Rev
			}
		}
	}
	// A page that brings nothing new is the end as well.
	j.all, j.loaded, j.failed = m.all || !m.fresh && len(j.lines) == held, true, false
	if j.toEnd {
		j.cur, j.toEnd = len(j.lines)-1, !j.all && len(j.lines) < journalMost
	}
	j.cur = max(min(j.cur, len(j.lines)-1), 0)
	if j.again {
		j.again = false
		return j.reload()
	}
	return j.more()
}

// Update takes a message.
func (j *journal) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case kit.Resized:
		j.w, j.h = msg.W, msg.H
		return j, j.more()
	case kit.Changed, kit.Resumed:
		return j, j.reload()
	case kit.Failed:
		j.waiting, j.failed = false, !j.loaded
		return j, nil
	case journalLoaded:
		return j, j.take(msg)
	}
	cmd, _, done := j.hear(msg)
	j.mine = j.mine || done && j.cur == 0
	return j, cmd
}

func (j *journal) selected() *model.Line {
	if j.cur >= len(j.lines) {
		return nil
	}
	return &j.lines[j.cur]
}

// Typing tells whether a dialog has the keys.
func (j *journal) Typing() bool { return j.open() }

// Commands are what a person can do here.
func (j *journal) Commands() []kit.Command { return j.commands(j.own) }

func (j *journal) own() []kit.Command {
	by := func(n int) tea.Cmd { return j.move(n) }
	page := func(n int) tea.Cmd { return j.move(n * max(j.h-3, 1)) }
	cmds := movement(by, page, func() tea.Cmd { return j.move(-j.cur) }, j.last)
	if j.selected() == nil {
		return cmds
	}
	return append(cmds, kit.Command{ID: "journalpage.undo", Keys: []string{"u"}, Group: "change", Footer: 95, WhyNot: j.noUndo, Run: j.undo})
}

// last goes to the oldest line, reading on until it is there.
func (j *journal) last() tea.Cmd {
	j.toEnd = !j.all
	return j.move(len(j.lines))
}

func (j *journal) move(n int) tea.Cmd {
	j.cur = max(min(j.cur+n, len(j.lines)-1), 0)
	return j.more()
}

func (j *journal) noUndo() string {
	l := j.selected()
	switch {
	case l.Undone:
		return j.env.T("journalpage.undone.why")
	case l.Action == model.ActUndo || l.Rev == 0:
		return j.env.T("journalpage.undo.not")
	}
	return ""
}

// undo says in words what it takes back, and asks.
func (j *journal) undo() tea.Cmd {
	e, l := j.env, *j.selected()
	o := &overlay{saveID: "ask.go", choose: kit.NewChoose(e.Theme, e.T("journalpage.undo.ask"), []kit.Option{
		{Value: "no", Label: e.T("journalpage.undo.no")},
		{Value: "yes", Label: e.T("journalpage.undo.yes", "What", e.message(l.Message))},
	})}
	o.accept = func() tea.Cmd {
		if o.choose.Chosen() != "yes" {
			return nil
		}
		return func() tea.Msg {
			r, err := e.Desk.Undo(e.Ctx, l.Rev, false)
			return answered{of: o, receipt: r, err: err}
		}
	}
	return j.show(o)
}

// View draws the lines.
func (j *journal) View(w, h int) string {
	j.w = w
	return j.view(w, h, j.body)
}

func (j *journal) body(w, h int) []string {
	e := j.env
	if !j.loaded {
		id := "journalpage.loading"
		if j.failed {
			id = "journalpage.failed"
		}
		return []string{"", " " + e.Theme.Paint(kit.InkMuted, e.T(id))}
	}
	what := e.T("journalpage.book")
	if j.customer != model.NoID {
		what = e.T("journalpage.customer")
	}
	head := " " + e.Theme.Paint(kit.InkTitle, what)
	n := e.Text.N("journalpage.lines", len(j.lines))
	if !j.all {
		n = e.T("journalpage.more", "N", e.Text.Int(len(j.lines)))
	}
	rows := []string{kit.Ends(head, e.Theme.Paint(kit.InkMuted, n)+" ", w), kit.Rule(e.Theme, w, -1)}
	if len(j.lines) == 0 {
		return append(rows, "", "  "+e.Theme.Paint(kit.InkMuted, e.T("journalpage.none")))
	}
	detail := j.detail(w)
	room := max(h-len(rows)-len(detail), 1)
	j.top = max(min(j.top, j.cur), j.cur-room+1, 0)
	for i := j.top; i < len(j.lines) && i < j.top+room; i++ {
		rows = append(rows, j.row(&j.lines[i], i == j.cur, w))
	}
	for len(rows) < h-len(detail) {
		rows = append(rows, "")
	}
	return append(rows, detail...)
}

// detail shows the line under the cursor in full.
func (j *journal) detail(w int) []string {
	e, l := j.env, j.selected()
	out := []string{kit.Rule(e.Theme, w, -1)}
	words := e.message(l.Message)
	if l.Why != "" {
		words += " · “" + flat(clip(l.Why, 600)) + "”"
	}
	rows := kit.Wrap(words, max(w-2, 8))
	for _, s := range cutRows(e, rows, 2, "") {
		out = append(out, " "+s)
	}
	for len(out) < 3 {
		out = append(out, "")
	}
	return out
}

func (j *journal) row(l *model.Line, selected bool, w int) string {
	e := j.env
	by := l.Person
	if l.Real != "" {
		by = e.T("desk.as", "Real", kit.Clean(l.Real), "Person", kit.Clean(l.Person))
	}
	rev := ""
	if l.Rev > 0 {
		rev = strconv.FormatUint(uint64(l.Rev), 10)
	}
	widths := []int{16, 14, max(w-2-16-14-7-6-1, 10), 7}
	if w < wideFrom {
		widths = []int{16, 10, max(w-2-16-10-6-6-1, 10), 6}
	}
	words := e.message(l.Message)
	if j.customer != model.NoID {
		words = e.messageOf(l.Message)
	}
	if l.Undone {
		words = "↶ " + e.T("journalpage.undone") + ": " + words
	}
	row := "  " + kit.Columns([]string{kit.Cut(e.Text.DateTime(e.at(l.At), e.now()), widths[0]), kit.Cell(by, widths[1]), words, rev}, widths)
	switch {
	case selected:
		return e.Theme.Over(kit.InkSelected, kit.Fit("▌"+row[1:], w))
	case l.Undone:
		return e.Theme.Paint(kit.InkMuted, row)
	}
	return row
}
