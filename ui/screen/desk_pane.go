package screen

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// pane is the customer beside the list. It reads one at a time: while a key is
// held down the ones passed over are never read, and what was shown stays until
// the next is there.
type pane struct {
	env    *Env
	detail *model.Detail
	asked  model.ID // being read
	busy   bool
	failed model.ID // could not be read; not asked again by itself
	stale  bool     // the book changed since
	rows   []string
	made   int // width the rows were made for

	company company
}

type paneLoaded struct {
	id     model.ID
	detail *model.Detail
	err    error
}

// want asks for a customer unless it is here or another is being read.
func (p *pane) want(id model.ID) tea.Cmd {
	here := p.detail != nil && p.detail.Customer.ID == id || p.failed == id
	if p.busy || here && !p.stale {
		return nil
	}
	p.busy, p.asked, p.stale, p.failed = true, id, false, model.NoID
	return func() tea.Msg {
		d, err := p.env.Desk.Customer(id)
		return paneLoaded{id: id, detail: d, err: err}
	}
}

func (p *pane) loaded(a paneLoaded) tea.Cmd {
	p.busy = false
	p.rows, p.made = nil, 0
	if a.err == nil {
		p.detail, p.failed = a.detail, model.NoID
		return nil
	}
	p.detail, p.failed = nil, a.id
	if model.KindOf(a.err) == model.KindNotFound {
		return nil // gone a moment ago: the list will say so
	}
	return kit.Fail(a.err)
}

func (p *pane) clear() { p.detail, p.rows, p.made, p.company = nil, nil, 0, company{} }

// look asks who else is on a customer, once until the floor says that it changed.
func (p *pane) look(id model.ID) {
	if p.company.of != id {
		p.company.look(p.env, id)
	}
}

// view gives the rows for a width; they are laid out once.
func (p *pane) view(w int) []string {
	if p.detail == nil {
		return nil
	}
	if p.made != w {
		p.rows, p.made = newProfile(p.env, p.detail, w, false).rows, w
	}
	if c := &p.company; len(c.here) > 0 && c.of == p.detail.Customer.ID && len(p.rows) > 1 {
		rows := slices.Clone(p.rows)
		rows[1] = c.on(p.env, rows[1], w)
		return rows
	}
	return p.rows
}
