package console

import (
	"reflect"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// push opens a screen on top.
func (r *Root) push(o kit.Open) tea.Cmd {
	maker, ok := r.cfg.Makers[o.Kind]
	if !ok {
		r.fault("no maker for the screen " + o.Kind)
		return nil
	}
	r.ids++
	e := &entry{id: r.ids, open: o}
	r.help, r.palette = nil, nil
	var cmd tea.Cmd
	ok = r.guarded(func() {
		e.s = maker(o.Arg)
		cmd = e.s.Init()
	}, func(ref string) {
		e.s = r.broken(o, ref)
	})
	r.stack = append(r.stack, e)
	if !ok {
		return nil
	}
	return tea.Batch(r.guard(e.id, cmd), r.size(e))
}

// swap opens a screen in the place of the one on top.
func (r *Root) swap(o kit.Open) tea.Cmd {
	closing := r.drop()
	return tea.Batch(closing, r.push(o))
}

// back leaves the screen on top; the first one stays.
func (r *Root) back() tea.Cmd {
	if len(r.stack) < 2 {
		return nil
	}
	kind := r.top().open.Kind
	closing := r.drop()
	return tea.Batch(closing, r.deliver(r.top(), kit.Resumed{Kind: kind}), r.refresh())
}

// goTo comes back to a screen that is open, leaving those above it, or opens it.
func (r *Root) goTo(o kit.Open) tea.Cmd {
	at := slices.IndexFunc(r.stack, func(e *entry) bool { return same(e.open, o) })
	if at < 0 {
		return r.push(o)
	}
	if at == len(r.stack)-1 {
		return nil
	}
	kind := r.top().open.Kind
	var cmds []tea.Cmd
	for len(r.stack)-1 > at {
		cmds = append(cmds, r.drop())
	}
	return tea.Batch(append(cmds, r.deliver(r.top(), kit.Resumed{Kind: kind}), r.refresh())...)
}

// same tells whether two openings mean one screen. Arguments that cannot be
// compared are of different ones.
func same(a, b kit.Open) bool {
	if a.Kind != b.Kind {
		return false
	}
	if a.Arg == nil || b.Arg == nil {
		return a.Arg == b.Arg
	}
	return reflect.TypeOf(a.Arg).Comparable() && a.Arg == b.Arg
}

// drop takes the top screen off and gives what it wants to keep.
func (r *Root) drop() tea.Cmd {
	e := r.top()
	if e == nil {
		return nil
	}
	r.stack = r.stack[:len(r.stack)-1]
	return r.closing(e)
}

func (r *Root) closing(e *entry) tea.Cmd {
	c, ok := e.s.(kit.Closer)
	if !ok {
		return nil
	}
	var cmd tea.Cmd
	r.guarded(func() { cmd = c.Closing() }, nil)
	return r.guard(e.id, cmd)
}

// quit ends the program after every screen has kept what it wants to keep.
func (r *Root) quit() tea.Cmd {
	if r.leaving {
		return tea.Quit
	}
	r.leaving = true
	var cmds []tea.Cmd
	for i := len(r.stack) - 1; i >= 0; i-- {
		if cmd := r.closing(r.stack[i]); cmd != nil {
			cmds = append(cmds, cmd)
		}
	}
	return tea.Sequence(append(cmds, tea.Quit)...)
}

// body is the room a screen has between header and footer.
func (r *Root) body() (w, h int) { return r.w, max(r.h-2, 0) }

func (r *Root) size(e *entry) tea.Cmd {
	if r.w == 0 || r.h == 0 {
		return nil
	}
	w, h := r.body()
	return r.deliver(e, kit.Resized{W: w, H: h})
}

func (r *Root) resize() tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(r.stack))
	for _, e := range r.stack {
		cmds = append(cmds, r.size(e))
	}
	return tea.Batch(cmds...)
}

// deliver gives a message to a screen and guards what it wants done.
func (r *Root) deliver(e *entry, msg tea.Msg) tea.Cmd {
	if e == nil || msg == nil {
		return nil
	}
	var cmd tea.Cmd
	r.guarded(func() {
		s, c := e.s.Update(msg)
		if s != nil {
			e.s = s
		}
		cmd = c
	}, func(ref string) {
		e.s = r.broken(e.open, ref)
	})
	return r.guard(e.id, cmd)
}
