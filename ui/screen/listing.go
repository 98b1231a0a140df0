package screen

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// listing is a page of sections with rows, for a screen to embed. The screen
// says how the page is read and what can be done with a row; the listing reads,
// draws, moves, and keeps the cursor on its row when the book changes.
type listing struct {
	formStage
	spec listSpec
	w, h int

	content listContent
	lines   []listLine
	at      []int // line of each row
	loaded  bool
	detail  bool // some row has one

	run     *listRun // under way; an answer of any other is not listened to
	again   bool     // the book changed meanwhile
	slow    bool     // the last run took long enough to show how far it was
	mine    bool     // the change to come is one's own
	stale   bool     // the book changed since, and reading it again takes long
	stopped bool
	failed  bool

	want     string // key of a row to go to as soon as it is there
	cur, top int    // row under the cursor, first line in sight
	room     int    // rows of the last view
	cut      bool   // the detail was not seen in full
	full     bool   // the detail has the page
	sheet    sheet
}

// listSpec is what a screen says of its page. One of load and work is set.
type listSpec struct {
	title string   // above the rows, worded
	empty []string // what an empty page says and the next step, worded
	// load prepares a quick reading. It is called in Update, where it may look
	// at the screen; what it gives runs in a command and may not.
	load func() listLoad
	// work prepares a reading that may take long, in the same way.
	work func() listWork
	// own are the screen's commands; nil for none. They come before those of
	// the listing.
	own func() []kit.Command
}

type (
	// listLoad reads a page.
	listLoad func() (listContent, error)
	// listWork reads a page, ends early when its context does and says how far
	// it is, as often as it likes; a total of 0 is not known.
	listWork func(ctx context.Context, progress func(done, total int)) (listContent, error)
)

// listContent is a page as it was read. It is not changed afterwards.
type listContent struct {
	right    string               // beside the title, such as a count; worded
	head     func(w int) []string // painted rows above the list; nil for none
	columns  func(w int) string   // names of the columns, as a row is drawn; nil for none
	empty    []string             // takes the place of that of the spec
	sections []listSection
}

// listSection is a heading with rows under it.
type listSection struct {
	heading string // worded; "" for none
	count   string // behind the heading, worded
	none    string // what stands here when there are no rows; "" for nothing
	rows    []listRow
}

// listRow is one row. It is drawn when it is in sight, and only then.
type listRow struct {
	key    string               // stays the same from one reading to the next
	draw   func(w int) string   // one row of at most w cells, may be painted
	detail func(w int) []string // more about it, in rows of at most w cells; nil for none
	value  any                  // for the commands of the screen
}

// listLine is a line of the page: a row of a section, or one of the below.
type listLine struct{ sec, row int }

const (
	lineHeading = -1
	lineGap     = -2
	lineNone    = -3
)

// listMoment is how long a reading goes on before the page says how far it is.
const listMoment = 300 * time.Millisecond

// listRun is one reading.
type listRun struct {
	cancel      context.CancelFunc
	over        chan struct{}
	done, total atomic.Int64 // written by the reading
	shown       bool         // it took a moment; used by Update alone
}

type (
	// listRead is the outcome of a reading.
	listRead struct {
		of      *listRun
		content listContent
		err     error
	}
	// listTick has the page say how far a reading is.
	listTick struct{ of *listRun }
)

func newListing(env *Env, spec listSpec) listing {
	return listing{formStage: newFormStage(env), spec: spec}
}

// Init reads the page.
func (l *listing) Init() tea.Cmd { return l.reread() }

// reread starts a reading at once; one that is under way is given up. It is for
// a screen whose filter or period changed.
func (l *listing) reread() tea.Cmd {
	if l.run != nil {
		l.run.cancel()
	}
	ctx, cancel := context.WithCancel(l.env.Ctx)
	r := &listRun{cancel: cancel, over: make(chan struct{})}
	l.run, l.again, l.stale, l.stopped = r, false, false, false
	var read listLoad
	if l.spec.work != nil {
		work := l.spec.work()
		read = func() (listContent, error) { return work(ctx, r.progress) }
	} else {
		read = l.spec.load()
	}
	cmd := func() tea.Msg {
		defer close(r.over)
		defer cancel()
		c, err := read()
		return listRead{of: r, content: c, err: err}
	}
	if l.spec.work == nil {
		return cmd
	}
	return tea.Batch(cmd, r.tick())
}

func (r *listRun) progress(done, total int) {
	r.done.Store(int64(done))
	r.total.Store(int64(total))
}

// tick waits a moment, or until the reading is over.
func (r *listRun) tick() tea.Cmd {
	return func() tea.Msg {
		t := time.NewTimer(listMoment)
		defer t.Stop()
		select {
		case <-t.C:
			return listTick{of: r}
		case <-r.over:
			return nil
		}
	}
}

// stop gives up the reading that is under way.
func (l *listing) stop() tea.Cmd {
	if l.run != nil {
		l.run.cancel()
		l.run, l.again, l.stopped, l.slow = nil, false, true, true
	}
	return nil
}

// changed reads again after the book changed. What takes long is read again
// when the person asks for it: a busy desk would have it run for ever.
func (l *listing) changed() tea.Cmd {
	mine := l.mine
	l.mine = false
	switch {
	case l.run != nil:
		l.again = true
		return nil
	case l.slow && !mine:
		l.stale = true
		return nil
	}
	return l.reread()
}

// update takes a message; the screen hands on those it has no use for.
func (l *listing) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case kit.Resized:
		l.w, l.h = msg.W, msg.H
		return nil
	case kit.Changed:
		return l.changed()
	case kit.Resumed:
		if l.slow { // nothing but time went by
			return nil
		}
		return l.changed()
	case listRead:
		return l.take(msg)
	case listTick:
		if msg.of != l.run {
			return nil
		}
		l.run.shown = true
		return l.run.tick()
	}
	cmd, done := l.hear(msg)
	l.mine = l.mine || done
	return cmd
}

func (l *listing) take(m listRead) tea.Cmd {
	if m.of != l.run {
		return nil // given up
	}
	again := l.again
	l.slow, l.failed = l.run.shown, m.err != nil
	l.run, l.again = nil, false
	if m.err == nil {
		l.put(m.content)
	}
	switch {
	case again && l.slow:
		l.stale = true
	case again:
		return tea.Batch(kit.Fail(m.err), l.reread())
	}
	return kit.Fail(m.err)
}

// put shows another content. The cursor stays on its row and its screen line;
// when the row is gone it goes to the nearest one that is left.
func (l *listing) put(c listContent) {
	was, line := l.keysFrom(l.cur), 0
	if len(l.at) > 0 {
		line = l.at[l.cur] - l.top
	}
	l.content, l.loaded = c, true
	l.lines, l.at, l.detail = l.lines[:0], l.at[:0], false
	place := map[string]int{}
	for i := range c.sections {
		l.lay(i, place)
	}
	l.cur = max(min(l.cur, len(l.at)-1), 0)
	for i, key := range was {
		if n, ok := place[key]; ok {
			l.cur = n
			l.full = l.full && i == 0
			break
		}
	}
	if n, ok := place[l.want]; ok {
		l.cur, l.want = n, ""
	}
	if len(l.at) == 0 {
		l.top, l.full = 0, false
		return
	}
	l.top = l.at[l.cur] - line
}

// lay puts the lines of a section.
func (l *listing) lay(sec int, place map[string]int) {
	s := &l.content.sections[sec]
	if len(s.rows) == 0 && s.none == "" {
		return
	}
	if s.heading != "" {
		if len(l.lines) > 0 {
			l.lines = append(l.lines, listLine{sec, lineGap})
		}
		l.lines = append(l.lines, listLine{sec, lineHeading})
	}
	if len(s.rows) == 0 {
		l.lines = append(l.lines, listLine{sec, lineNone})
	}
	for i := range s.rows {
		place[s.rows[i].key] = len(l.at)
		l.at = append(l.at, len(l.lines))
		l.lines = append(l.lines, listLine{sec, i})
		l.detail = l.detail || s.rows[i].detail != nil
	}
}

// keysFrom are the keys of the rows, those nearest to row i first: it, those
// after it, those before it.
func (l *listing) keysFrom(i int) []string {
	out := make([]string, 0, len(l.at))
	for n := i; n < len(l.at); n++ {
		out = append(out, l.row(n).key)
	}
	for n := min(i, len(l.at)) - 1; n >= 0; n-- {
		out = append(out, l.row(n).key)
	}
	return out
}

func (l *listing) row(n int) *listRow {
	at := l.lines[l.at[n]]
	return &l.content.sections[at.sec].rows[at.row]
}

// selected is the row under the cursor, nil when there is none.
func (l *listing) selected() *listRow {
	if l.cur >= len(l.at) {
		return nil
	}
	return l.row(l.cur)
}

// listValue is the value of the row under the cursor; false when there is none
// of that type.
func listValue[T any](l *listing) (v T, ok bool) {
	if r := l.selected(); r != nil {
		v, ok = r.value.(T)
	}
	return v, ok
}

// seek puts the cursor on a row, now or when it has been read.
func (l *listing) seek(key string) {
	l.want = key
	for n := range l.at {
		if l.row(n).key == key {
			l.cur, l.want = n, ""
			return
		}
	}
}

// Typing tells whether a form, field or dialog has the keys.
func (l *listing) Typing() bool { return l.open() }

// Cursor is the place of the terminal's cursor.
func (l *listing) Cursor() (x, y int, ok bool) { return l.cursor(l.h) }

// Closing gives up the reading and keeps what is typed.
func (l *listing) Closing() tea.Cmd {
	if l.run != nil {
		l.run.cancel()
	}
	return l.keepOpen()
}

// Commands are what a person can do here.
func (l *listing) Commands() []kit.Command { return l.commands(l.all) }

func (l *listing) all() []kit.Command {
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	if l.full {
		by := func(f func(int)) func(int) tea.Cmd { return func(n int) tea.Cmd { f(n); return nil } }
		return append(movement(by(l.sheet.move), by(l.sheet.page), do(l.sheet.first), do(l.sheet.last)),
			kit.Command{ID: "listing.close", Keys: []string{"esc", "v", "q"}, Group: "go", Footer: 95, Run: do(func() { l.full = false })})
	}
	by := func(n int) tea.Cmd { return l.move(n) }
	page := func(n int) tea.Cmd { return l.move(n * max(l.room-1, 1)) }
	var cmds []kit.Command
	if l.spec.own != nil {
		cmds = slices.Clone(l.spec.own())
	}
	cmds = append(cmds, movement(by, page, func() tea.Cmd { return l.move(-l.cur) }, func() tea.Cmd { return l.move(len(l.at)) })...)
	if r := l.selected(); r != nil && r.detail != nil && l.cut {
		cmds = append(cmds, kit.Command{ID: "listing.detail", Keys: []string{"v"}, Group: "look", Footer: 60, Run: do(func() { l.full, l.sheet = true, sheet{} })})
	}
	if l.run != nil && l.run.shown {
		return append(cmds, kit.Command{ID: "listing.stop", Keys: []string{"esc"}, Group: "go", Footer: 110, Run: l.stop})
	}
	if l.run == nil && (l.stopped || l.stale || l.failed) {
		cmds = append(cmds, kit.Command{ID: "listing.again", Keys: []string{"R"}, Group: "look", Footer: 110, Run: l.reread})
	}
	return cmds
}

func (l *listing) move(n int) tea.Cmd {
	l.cur = max(min(l.cur+n, len(l.at)-1), 0)
	return nil
}
