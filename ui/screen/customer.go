package screen

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// customer is the page of one customer: everything the book says, with a cursor
// on the parts that something can be done with.
type customer struct {
	env     *Env
	id      model.ID
	w, h    int
	detail  *model.Detail
	asked   uint64 // readings asked for; only the newest answer counts
	profile *profile
	top     int
	at      model.ID // the part under the cursor
	bottom  bottom
	confirm *kit.ConfirmName
	gone    bool
	company company
}

// customerLoaded is the answer to a reading.
type customerLoaded struct {
	asked  uint64
	detail *model.Detail
	err    error
}

// customerRemoved says that the customer was taken out of the book.
type customerRemoved struct{ receipt model.Receipt }

func newCustomer(env *Env, id model.ID) kit.Screen {
	return &customer{env: env, id: id, bottom: bottom{env: env}}
}

func (s *customer) Init() tea.Cmd { return s.load() }

// Title is the name of the customer.
func (s *customer) Title() string {
	if s.detail == nil {
		return s.env.T("customer.title")
	}
	return kit.Clean(clip(s.detail.Customer.Name, 80))
}

// Typing is true while a text field is in focus.
func (s *customer) Typing() bool { return s.bottom.p != nil || s.confirm != nil }

func (s *customer) load() tea.Cmd {
	s.company.look(s.env, s.id)
	s.asked++
	asked, id := s.asked, s.id
	return func() tea.Msg {
		d, err := s.env.Desk.Customer(id)
		return customerLoaded{asked: asked, detail: d, err: err}
	}
}

func (s *customer) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	if s.confirm != nil {
		if _, ok := msg.(tea.KeyPressMsg); ok {
			return s, s.confirming(msg)
		}
	}
	if cmd, handled, _ := s.bottom.update(msg); handled {
		return s, cmd
	}
	switch msg := msg.(type) {
	case kit.Resized:
		s.w, s.h = msg.W, msg.H
		s.layOut()
	case kit.Changed:
		return s, s.load()
	case kit.FloorChanged, kit.Resumed:
		s.company.look(s.env, s.id)
	case customerLoaded:
		return s, s.loaded(msg)
	case done:
		return s, s.env.report(msg.receipt)
	case customerRemoved:
		return s, tea.Batch(kit.Send(kit.Back{}), s.env.report(msg.receipt))
	}
	return s, nil
}

func (s *customer) loaded(a customerLoaded) tea.Cmd {
	if a.asked != s.asked {
		return nil
	}
	if a.err != nil {
		if to := mergedInto(a.err); to != model.NoID {
			s.id = to // they are one customer now, whose page this is from here on
			return tea.Batch(s.load(), kit.Tell(kit.Info, s.env.Say.Error(a.err)))
		}
		if model.KindOf(a.err) == model.KindNotFound {
			s.gone, s.detail, s.profile = true, nil, nil
			return nil // the page says so
		}
		return kit.Fail(a.err)
	}
	s.gone, s.detail = false, a.detail
	s.layOut()
	return nil
}

// mergedInto gives the customer whom one who is gone went into, by an error that
// says so.
func mergedInto(err error) model.ID {
	if e, ok := asModel(err); ok && e.ID == "error.customer.merged" && len(e.Candidates) == 1 {
		return e.Candidates[0].ID
	}
	return model.NoID
}

// layOut makes the rows again. The cursor stays on its part, or goes to the
// nearest one that is left, and what is looked at stays in its place: only at
// the very top of the page what comes there is seen at once.
func (s *customer) layOut() {
	if s.detail == nil || s.w == 0 {
		return
	}
	var was []profileItem
	at := s.cursor()
	if s.profile != nil {
		was = s.profile.items
	}
	s.profile = newProfile(s.env, s.detail, s.w-3, true)
	if s.cursor() < 0 && len(s.profile.items) > 0 {
		s.at = s.profile.items[0].id()
		for _, old := range aroundIndex(was, at) {
			if s.placeOf(old.id()) >= 0 {
				s.at = old.id()
				break
			}
		}
	}
	top := s.top
	for _, old := range aroundIndex(was, at) {
		i := s.placeOf(old.id())
		if s.top > 0 && i >= 0 && old.to > s.top && old.from < s.top+s.h { // it was in sight, and is there still
			top += s.profile.items[i].from - old.from
			break
		}
	}
	s.scroll(top)
}

// placeOf is the index of a part of the page, -1 for none.
func (s *customer) placeOf(id model.ID) int {
	return slices.IndexFunc(s.profile.items, func(it profileItem) bool { return it.id() == id })
}

// aroundIndex gives the elements nearest to one first: it, those after it, those
// before it.
func aroundIndex[T any](all []T, i int) []T {
	i = min(max(i, 0), len(all))
	out := slices.Clone(all[i:])
	for n := i - 1; n >= 0; n-- {
		out = append(out, all[n])
	}
	return out
}

// cursor is the index of the part under the cursor, -1 for none.
func (s *customer) cursor() int {
	if s.profile == nil {
		return -1
	}
	return s.placeOf(s.at)
}

// item is the part under the cursor; an empty one for none.
func (s *customer) item() profileItem {
	if i := s.cursor(); i >= 0 {
		return s.profile.items[i]
	}
	return profileItem{}
}

func (s *customer) scroll(top int) {
	if s.profile != nil {
		s.top = max(min(top, len(s.profile.rows)-s.h), 0)
	}
}

// move goes to the next part, or by a line where there is none within a screen.
func (s *customer) move(n int) tea.Cmd {
	if s.profile == nil {
		return nil
	}
	items := s.profile.items
	next := s.cursor() + n
	if next >= 0 && next < len(items) {
		it := items[next]
		if n > 0 && it.from < s.top+s.h+1 || n < 0 && it.to > s.top-1 {
			s.at = it.id()
			s.reveal(it)
			return nil
		}
	}
	s.scroll(s.top + n)
	return nil
}

// reveal scrolls until a part is in sight, its first row above all.
func (s *customer) reveal(it profileItem) {
	if it.to > s.top+s.h {
		s.scroll(it.to - s.h)
	}
	if it.from < s.top {
		s.scroll(it.from)
	}
}

// turn goes on by screens; the cursor comes along.
func (s *customer) turn(n int) tea.Cmd {
	s.scroll(s.top + n*max(s.h-1, 1))
	s.follow()
	return nil
}

// follow puts the cursor on a part in sight, if there is one.
func (s *customer) follow() {
	if s.profile == nil {
		return
	}
	if it := s.item(); it.id() != model.NoID && it.to > s.top && it.from < s.top+s.h {
		return
	}
	for _, it := range s.profile.items {
		if it.from >= s.top && it.from < s.top+s.h {
			s.at = it.id()
			return
		}
	}
}

func (s *customer) first() tea.Cmd {
	s.scroll(0)
	if s.profile != nil && len(s.profile.items) > 0 {
		s.at = s.profile.items[0].id()
	}
	return nil
}

func (s *customer) last() tea.Cmd {
	if s.profile == nil {
		return nil
	}
	s.scroll(len(s.profile.rows))
	if n := len(s.profile.items); n > 0 {
		s.at = s.profile.items[n-1].id()
	}
	return nil
}

// View draws the part of the page in sight.
func (s *customer) View(w, h int) string {
	if s.confirm != nil {
		return s.confirm.View(w, h)
	}
	low := s.bottom.view(w, h-1)
	room := h - len(low)
	var b strings.Builder
	b.Grow(w * h * 2)
	var rows []string
	top := s.top
	at := profileItem{from: -1, to: -1}
	switch {
	case s.gone:
		rows = []string{"", s.env.Theme.Paint(kit.InkMuted, s.env.T("customer.gone"))}
		top = 0
	case s.profile != nil:
		rows = s.profile.rows
		if it := s.item(); it.id() != model.NoID {
			at = it
			if len(low) > 0 && at.to > top+room { // what is spoken of stays in sight
				top = max(min(at.from, at.to-room), 0)
			}
		}
	}
	for y := range room {
		if y > 0 {
			b.WriteByte('\n')
		}
		i := top + y
		if i >= len(rows) {
			continue
		}
		row := rows[i]
		if s.profile != nil && y == max(1-top, 0) { // beside the second row, the first in sight where that is not
			row = s.company.on(s.env, row, max(w-3, 0))
		}
		if i >= at.from && i < at.to {
			s.env.Theme.Write(&b, kit.InkAccent, "▌")
			b.WriteByte(' ')
		} else {
			b.WriteString("  ")
		}
		b.WriteString(row)
	}
	for _, r := range low {
		b.WriteByte('\n')
		b.WriteString(r)
	}
	return b.String()
}

// Cursor is that of what is open at the bottom, or of the confirmation.
func (s *customer) Cursor() (x, y int, ok bool) {
	if s.confirm != nil {
		return s.confirm.Cursor()
	}
	return s.bottom.cursor(s.h)
}

// Closing keeps what is filled in at the bottom.
func (s *customer) Closing() tea.Cmd { return s.bottom.keep() }
