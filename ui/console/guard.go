package console

import (
	"reflect"
	"runtime/debug"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

var cmdType = reflect.TypeFor[tea.Cmd]()

// guard wraps a command of a screen: a panic in it becomes a message, and its
// answer finds the way back to the screen it is of. Commands within a batch or
// sequence are wrapped as well.
func (r *Root) guard(id uint64, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = crashed{id: id, ref: r.report(p, debug.Stack())}
			}
		}()
		return r.address(id, cmd())
	}
}

func (r *Root) address(id uint64, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case nil:
		return nil
	case addressed, crashed:
		return msg
	}
	t := reflect.TypeOf(msg)
	switch {
	case t.Kind() == reflect.Func:
		return msg // a fault; Update says so
	case t.Kind() == reflect.Slice && t.Elem() == cmdType:
		// tea.BatchMsg and the library's own sequence message: rebuilt in the
		// type they came in, which only the library knows by name.
		from := reflect.ValueOf(msg)
		to := reflect.MakeSlice(t, from.Len(), from.Len())
		for i := range from.Len() {
			inner, _ := from.Index(i).Interface().(tea.Cmd)
			to.Index(i).Set(reflect.ValueOf(r.guard(id, inner)))
		}
		return to.Interface()
	case ofLibrary(t):
		return msg // asks something of the terminal, such as tea.Quit
	}
	return addressed{id: id, msg: msg}
}

func ofLibrary(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	p := t.PkgPath()
	return strings.HasPrefix(p, "charm.land/bubbletea/") || strings.HasPrefix(p, "github.com/charmbracelet/ultraviolet")
}

// guarded runs a piece of a screen. When it panics the fault is kept and then
// is called with its reference.
func (r *Root) guarded(run func(), then func(ref string)) (ok bool) {
	defer func() {
		if p := recover(); p != nil {
			ref := r.report(p, debug.Stack())
			if then != nil {
				then(ref)
			}
		}
	}()
	run()
	return true
}

func (r *Root) report(fault any, stack []byte) string {
	if r.cfg.Report == nil {
		return ""
	}
	return r.cfg.Report(fault, stack)
}

// fault is a mistake in the program that nothing is lost by: kept and said.
func (r *Root) fault(what string) {
	ref := r.report(what, nil)
	s := r.tx.T("console.fault")
	if ref != "" {
		s += " " + r.tx.T("console.reference", "Ref", ref)
	}
	r.notice = &kit.Notice{Level: kit.Wrong, Text: s}
}

// crash shows the error screen over the one whose command panicked, which
// stays as it was underneath.
func (r *Root) crash(c crashed) tea.Cmd {
	var o kit.Open
	if e := r.find(c.id); e != nil {
		o = e.open
	}
	r.ids++
	r.stack = append(r.stack, &entry{id: r.ids, open: o, s: r.broken(kit.Open{}, c.ref)})
	r.help, r.palette = nil, nil
	return nil
}

// broken is the screen shown where another one failed.
func (r *Root) broken(o kit.Open, ref string) kit.Screen {
	return &brokenScreen{r: r, open: o, ref: ref}
}

type brokenScreen struct {
	r    *Root
	open kit.Open
	ref  string
}

func (b *brokenScreen) Init() tea.Cmd                        { return nil }
func (b *brokenScreen) Update(tea.Msg) (kit.Screen, tea.Cmd) { return b, nil }
func (b *brokenScreen) Title() string                        { return b.r.tx.T("console.broken.title") }
func (b *brokenScreen) Commands() []kit.Command {
	if b.open.Kind == "" {
		return nil
	}
	return []kit.Command{{
		ID: "retry", Keys: []string{"r"}, Group: "program", Footer: 90,
		Run: func() tea.Cmd { return kit.Send(kit.Replace(b.open)) },
	}}
}

func (b *brokenScreen) View(w, h int) string {
	rows := []string{"", " " + b.r.th.Paint(kit.InkDanger, b.r.tx.T("console.broken.title")), ""}
	for _, s := range kit.Wrap(b.r.tx.T("console.broken.body"), max(w-2, 1)) {
		rows = append(rows, " "+s)
	}
	if b.ref != "" {
		rows = append(rows, "", " "+b.r.th.Paint(kit.InkMuted, b.r.tx.T("console.reference", "Ref", b.ref)))
	}
	return strings.Join(rows[:min(len(rows), h)], "\n")
}
