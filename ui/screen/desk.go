package screen

import (
	"slices"
	"sync"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// wideDesk is the width from which the customer under the cursor is shown
// beside the list.
const wideDesk = 100

// desk is the list of customers: find one, see who it is, go on from there.
type desk struct {
	env    *Env
	w, h   int
	list   *kit.List[model.Row]
	gate   gate
	asked  asked      // what the list shows, and what is being typed
	field  *kit.Input // in which that is typed
	typing bool
	page   model.Page // the last one, for its counts; Rows are the list's
	marked marks
	bottom bottom
	pane   pane

	cols    deskCols
	colsFor deskShape // what they were made for
}

// deskPage is the answer to a request of the list.
type deskPage struct {
	req  kit.Request
	page model.Page
	err  error
}

func newDesk(env *Env) kit.Screen {
	return &desk{env: env, list: kit.NewList[model.Row](), field: kit.NewInput("", model.MaxQuery), asked: asked{lex: env.Say.Lexicon()},
		bottom: bottom{env: env}, pane: pane{env: env}}
}

func (s *desk) Init() tea.Cmd { return nil } // the size comes first

func (s *desk) Title() string { return s.env.T("desk.title") }

// Typing is true while a text field is in focus.
func (s *desk) Typing() bool { return s.typing || s.bottom.p != nil }

func (s *desk) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	cmd, handled, done := s.bottom.update(msg)
	if done {
		s.marked.clear() // what they were marked for is done
	}
	if handled {
		return s, cmd
	}
	switch msg := msg.(type) {
	case kit.Resized:
		s.w, s.h = msg.W, msg.H
		return s, s.resumed()
	case kit.Changed:
		s.list.Reload()
		s.pane.stale = true
		return s, s.sync()
	case kit.FloorChanged:
		s.pane.company = company{}
		return s, s.syncPane()
	case kit.Resumed:
		s.pane.company = company{}
		if msg.Kind == KindMerge {
			s.marked.clear() // those two are looked at, and one may be gone
		}
		return s, s.resumed()
	case deskNames:
		s.asked.people = msg
		s.propose()
		return s, nil
	case deskMarked:
		return s, s.markedAll(msg)
	case deskPage:
		return s, s.filled(msg)
	case paneLoaded:
		return s, tea.Batch(s.pane.loaded(msg), s.syncPane())
	case tea.KeyPressMsg, tea.PasteMsg:
		if !s.typing {
			return s, nil
		}
		if s.field.Update(msg) {
			return s, s.refilter(s.field.Value())
		}
		s.propose() // the cursor may have moved
	}
	return s, nil
}

func (s *desk) filled(a deskPage) tea.Cmd {
	if a.err != nil {
		s.list.Drop(a.req)
		return s.refused(a.err)
	}
	rows := a.page.Rows
	if s.list.Fill(a.req, a.page.Rows, a.page.Keys, a.page.More) {
		s.asked.look(rows, s.asked.query.Sort.By == model.SortBest && fromTop(a.req, a.page.Keys))
		a.page.Rows, a.page.Keys = nil, nil
		s.page = a.page
	}
	return s.sync()
}

// fromTop tells whether the first row of an answer is the first of all: around a
// row that is so where fewer than were asked stand before it.
func fromTop(req kit.Request, keys []string) bool {
	switch req.Dir {
	case kit.First:
		return true
	case kit.Around:
		before, _ := slices.BinarySearch(keys, req.Key)
		return before < req.N/2
	case kit.Last, kit.After, kit.Before:
	}
	return false
}

// sync asks for what is missing: rows of the list, and the customer beside it.
func (s *desk) sync() tea.Cmd {
	if s.h == 0 {
		return nil
	}
	var rows tea.Cmd
	if req, ok := s.list.Need(s.lines()); ok {
		rows = s.load(req)
	}
	return tea.Batch(rows, s.syncPane())
}

func (s *desk) syncPane() tea.Cmd {
	if s.w < wideDesk {
		return nil
	}
	row, ok := s.list.Selected()
	if !ok || row.Same > 1 {
		s.pane.clear()
		return nil
	}
	s.pane.look(row.ID)
	return s.pane.want(row.ID)
}

var pageDirs = map[kit.Dir]model.PageDir{
	kit.First: model.PageFirst, kit.Last: model.PageLast, kit.After: model.PageAfter,
	kit.Before: model.PageBefore, kit.Around: model.PageAround,
}

// load reads a page. A page that nobody waits for any more, as while somebody
// types a filter, is not read at all.
func (s *desk) load(req kit.Request) tea.Cmd {
	ask := model.PageRequest{Filter: s.asked.filter, Dir: pageDirs[req.Dir], Key: req.Key, N: req.N}
	if req.Dir == kit.Around {
		ask.N = req.N / 2
	}
	turn := s.gate.next()
	return func() tea.Msg {
		if !s.gate.enter(turn) {
			return nil
		}
		defer s.gate.leave()
		page, err := s.env.Desk.Page(ask)
		return deskPage{req: req, page: page, err: err}
	}
}

// Closing keeps what is filled in at the bottom, and stops what is under way.
func (s *desk) Closing() tea.Cmd {
	s.marked.stop()
	return s.bottom.keep()
}

// Cursor is that of the filter, or of what is open at the bottom.
func (s *desk) Cursor() (x, y int, ok bool) {
	if s.bottom.p != nil {
		return s.bottom.cursor(s.h)
	}
	return filterAt + s.field.CursorX(), 0, s.typing
}

// gate lets one reader through at a time, and only the newest: those that were
// asked for earlier turn back.
type gate struct {
	newest atomic.Uint64
	one    sync.Mutex
}

// next gives a turn and makes all earlier ones void.
func (g *gate) next() uint64 { return g.newest.Add(1) }

// enter waits for the reader inside; false when the turn is void.
func (g *gate) enter(turn uint64) bool {
	g.one.Lock()
	if turn == g.newest.Load() {
		return true
	}
	g.one.Unlock()
	return false
}

func (g *gate) leave() { g.one.Unlock() }
