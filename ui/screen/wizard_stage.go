package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// overlay takes the whole body of a screen while a form is filled in or a
// dialog answered. Exactly one of form, confirm and choose is set.
type overlay struct {
	env     *Env
	head    []string // rows above a form, worded and cleaned
	form    *kit.Form
	confirm *kit.ConfirmName
	choose  *kit.Choose
	busy    bool              // what was asked for is being done
	about   map[string]string // id of an error: the field it speaks of
	saveID  string            // of the command that saves, for the footer
	accept  func() tea.Cmd
	keep    func() tea.Cmd       // what is to be kept when it is left; nil for nothing
	above   int                  // rows drawn above the form
	beside  func(w int) []string // what stands beside a form in a wide window
}

// answered is the outcome of an action that an overlay asked for.
type answered struct {
	of      *overlay
	receipt model.Receipt
	err     error
}

// do carries out an action for the overlay, which stays until it is done, so
// that nothing typed is lost when the book refuses.
func (o *overlay) do(a model.Action) tea.Cmd {
	o.busy = true
	return func() tea.Msg {
		r, err := o.env.Desk.Do(o.env.Ctx, a)
		return answered{of: o, receipt: r, err: err}
	}
}

// update takes a key or pasted text.
func (o *overlay) update(msg tea.Msg) kit.Result {
	if o.busy {
		return kit.Going
	}
	switch {
	case o.form != nil:
		return o.form.Update(msg)
	case o.confirm != nil:
		return o.confirm.Update(msg)
	}
	return o.choose.Update(msg)
}

// fail shows why the book refused: under the field it is about, or as a notice.
func (o *overlay) fail(err error) tea.Cmd {
	o.busy = false
	if id := o.field(err); o.form != nil && id != "" {
		o.form.SetError(id, o.env.Say.Error(err))
		return nil
	}
	return kit.Fail(err)
}

func (o *overlay) field(err error) string {
	e, ok := asModel(err)
	if !ok {
		return ""
	}
	if id := o.about[e.ID]; id != "" {
		return id
	}
	if f, ok := e.Args["Field"].(string); ok && o.form != nil {
		if _, has := o.form.Values()[f]; has {
			return f
		}
	}
	return ""
}

func (o *overlay) view(w, h int) string {
	switch {
	case o.confirm != nil:
		return o.confirm.View(w, h)
	case o.choose != nil:
		return o.choose.View(w, h)
	}
	var rows []string
	for _, s := range o.head {
		for _, r := range kit.Wrap(s, max(w-2, 1)) {
			rows = append(rows, " "+r)
		}
	}
	// The form needs the room more than what stands above it.
	if most := max(h-8, 0); len(rows) > most {
		rows = rows[:most]
	}
	lw, cross := w, -1
	if o.beside != nil && w >= wideFrom {
		lw = w * 11 / 20
		cross = lw + 1
	}
	rows = append(rows, kit.Rule(o.env.Theme, w, cross))
	o.above = len(rows)
	below := max(h-o.above, 1)
	body := o.form.View(lw, below)
	if lw < w {
		side := cutRows(o.env, o.beside(w-lw-3), below, "")
		body = kit.Panes(o.env.Theme, strings.Split(body, "\n"), side, lw, w, below)
	}
	return strings.Join(rows, "\n") + "\n" + body
}

func (o *overlay) cursor() (x, y int, ok bool) {
	switch {
	case o.confirm != nil:
		return o.confirm.Cursor()
	case o.form != nil:
		x, y, ok = o.form.Cursor()
		return x, y + o.above, ok
	}
	return 0, 0, false
}

func (o *overlay) commands(run func(key string) tea.Cmd) []kit.Command {
	save := "enter"
	if o.form != nil {
		save = "ctrl+s"
	}
	id := o.saveID
	if id == "" {
		id = "ask.save"
	}
	return []kit.Command{
		{ID: id, Keys: []string{save}, Group: "change", Footer: 100, RunKey: run},
		{ID: "ask.leave", Keys: []string{"esc"}, Group: "go", Footer: 90, RunKey: run},
	}
}

// stage is what a screen shows over or under its own rows: an overlay, or a
// panel at the bottom.
type stage struct {
	env  *Env
	over *overlay
	low  bottom
}

func newStage(env *Env) stage { return stage{env: env, low: bottom{env: env}} }

// open tells whether something has the keys that is not the screen itself.
func (s *stage) open() bool { return s.over != nil || s.low.p != nil }

// ask opens a prompt at the bottom.
func (s *stage) ask(title string, must bool, act func(line string) model.Action) tea.Cmd {
	s.low.show(newPrompt(s.env, title, must, func(line string) []model.Action { return []model.Action{act(line)} }))
	return nil
}

// show opens an overlay.
func (s *stage) show(o *overlay) tea.Cmd {
	o.env = s.env
	s.over = o
	return nil
}

// hear hands a message to what is open; handled is false when it is for the
// screen. done tells that an action was carried out; the screen then hears of
// the change as of any other.
func (s *stage) hear(msg tea.Msg) (cmd tea.Cmd, handled, done bool) {
	switch m := msg.(type) {
	case answered:
		switch {
		case m.err != nil && s.over == m.of && m.of.form != nil:
			return m.of.fail(m.err), true, false
		case s.over == m.of:
			s.over = nil
		}
		if m.err != nil {
			return kit.Fail(m.err), true, false
		}
		return s.env.report(m.receipt), true, true
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.over != nil {
			return s.press(m), true, false
		}
	}
	return s.low.update(msg)
}

func (s *stage) press(msg tea.Msg) tea.Cmd {
	o := s.over
	switch o.update(msg) {
	case kit.Saved:
		if o.choose != nil {
			s.over = nil // the answer may open the next one
		}
		return o.accept()
	case kit.Left:
		s.over = nil
		return s.kept(o)
	case kit.Going:
	}
	return nil
}

func (s *stage) kept(o *overlay) tea.Cmd {
	if o == nil || o.keep == nil {
		return nil
	}
	return o.keep()
}

// keepOpen is what is to be kept when the screen is left.
func (s *stage) keepOpen() tea.Cmd { return tea.Batch(s.kept(s.over), s.low.keep()) }

// key runs a command of an overlay as the key it stands for.
func (s *stage) key(key string) tea.Cmd {
	if s.over == nil {
		return nil
	}
	switch key {
	case "ctrl+s":
		return s.press(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
	case "esc":
		return s.press(tea.KeyPressMsg{Code: tea.KeyEscape})
	}
	return s.press(tea.KeyPressMsg{Code: tea.KeyEnter})
}

// commands are those of what is open, else the screen's own.
func (s *stage) commands(own func() []kit.Command) []kit.Command {
	switch {
	case s.over != nil:
		return s.over.commands(s.key)
	case s.low.p != nil:
		return s.low.commands()
	}
	return own()
}

// view draws the screen's rows with what is open.
func (s *stage) view(w, h int, own func(w, h int) []string) string {
	if s.over != nil {
		return s.over.view(w, h)
	}
	low := s.low.view(w, h)
	rows := own(w, h-len(low))
	rows = rows[:min(len(rows), max(h-len(low), 0))]
	for len(rows) < h-len(low) {
		rows = append(rows, "")
	}
	return strings.Join(append(rows, low...), "\n")
}

func (s *stage) cursor(h int) (x, y int, ok bool) {
	if s.over != nil {
		return s.over.cursor()
	}
	return s.low.cursor(h)
}
