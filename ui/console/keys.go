package console

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// key turns a key into a command, or hands it to the screen.
func (r *Root) key(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	if key == "alt+esc" { // esc twice in one reading, as over a slow line
		msg = tea.KeyPressMsg{Code: tea.KeyEscape}
		key = msg.String()
	}
	if key == "ctrl+c" {
		if r.armed {
			return r.quit()
		}
		r.armed = true
		r.notice = &kit.Notice{Text: r.tx.T("console.again")}
		return nil
	}
	r.armed = false
	r.pressed()
	switch {
	case r.help != nil:
		return r.helpKey(key)
	case r.palette != nil:
		return r.paletteKey(msg)
	case r.small():
		return nil // nobody acts on what cannot be seen
	}
	e := r.top()
	typing := r.typing(e)
	if typing && (kit.Printing(msg) || kit.Editing(msg)) {
		return r.deliver(e, msg)
	}
	if c, ok := kit.Match(r.commands(e), msg); ok {
		return r.run(e, c, key, msg.IsRepeat)
	}
	if typing && !reserved(msg) {
		return r.deliver(e, msg)
	}
	if c, ok := kit.Match(append(r.global(), r.builtin()...), msg); ok {
		return r.run(nil, c, key, msg.IsRepeat)
	}
	return r.deliver(e, msg)
}

// pressed lets the notice go, unless it outlasts the key.
func (r *Root) pressed() {
	if r.notice == nil || r.notice.Keys <= 0 {
		r.notice = nil
		return
	}
	n := *r.notice
	n.Keys--
	r.notice = &n
}

// reserved holds for keys no text field needs, which stay the console's while
// somebody types.
func reserved(msg tea.KeyPressMsg) bool {
	return msg.Mod&(tea.ModCtrl|tea.ModAlt) != 0 || strings.HasPrefix(msg.String(), "f") && len(msg.String()) > 1
}

func (r *Root) run(e *entry, c *kit.Command, key string, repeated bool) tea.Cmd {
	if why := c.Reason(); why != "" {
		r.notice = &kit.Notice{Level: kit.Caution, Text: why}
		return nil
	}
	if c.Danger && repeated {
		return nil
	}
	var cmd tea.Cmd
	id := uint64(0)
	if e != nil {
		id = e.id
	}
	r.guarded(func() { cmd = c.Do(key) }, func(ref string) {
		if e != nil {
			e.s = r.broken(e.open, ref)
			return
		}
		r.fault("command " + c.ID)
	})
	if cmd != nil && (c.Moves || c.Goes.Kind != "") {
		return r.move(c, cmd)
	}
	if id == 0 {
		return r.guardGlobal(cmd)
	}
	return r.guard(id, cmd)
}

// move takes the message of a command that opens a screen at once.
func (r *Root) move(c *kit.Command, cmd tea.Cmd) tea.Cmd {
	var msg tea.Msg
	r.guarded(func() { msg = cmd() }, func(string) { r.fault("command " + c.ID) })
	next, ours := r.own(r.top(), msg)
	if !ours && msg != nil {
		return r.guardGlobal(kit.Send(msg))
	}
	return next
}

// guardGlobal guards a command that is of no screen: its messages are taken as
// those of the one on top at that time.
func (r *Root) guardGlobal(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	e := r.top()
	if e == nil {
		return r.guard(0, cmd)
	}
	return r.guard(e.id, cmd)
}

func (r *Root) paste(msg tea.PasteMsg) tea.Cmd {
	if r.palette != nil {
		r.palette.in.Update(msg)
		r.palette.cur = 0
		return nil
	}
	if e := r.top(); r.help == nil && !r.small() && r.typing(e) {
		return r.deliver(e, msg)
	}
	return nil
}

func (r *Root) typing(e *entry) (typing bool) {
	if e == nil {
		return false
	}
	t, ok := e.s.(kit.Typist)
	if !ok {
		return false
	}
	r.guarded(func() { typing = t.Typing() }, func(ref string) { e.s = r.broken(e.open, ref) })
	return typing
}

// commands are the screen's own.
func (r *Root) commands(e *entry) (cmds []kit.Command) {
	if e == nil {
		return nil
	}
	r.guarded(func() { cmds = e.s.Commands() }, func(ref string) { e.s = r.broken(e.open, ref) })
	return cmds
}

// global are the commands of all screens, but those that lead to where one is.
func (r *Root) global() (cmds []kit.Command) {
	r.guarded(func() { cmds = r.cfg.Global() }, nil)
	e := r.top()
	return slices.DeleteFunc(cmds, func(c kit.Command) bool { return e != nil && c.Goes.Kind != "" && same(c.Goes, e.open) })
}

// builtin are the console's own commands.
func (r *Root) builtin() []kit.Command {
	cmds := []kit.Command{
		{ID: "help", Keys: []string{"?"}, Group: "program", Footer: 2, Run: func() tea.Cmd {
			r.help = &help{}
			return nil
		}},
		{ID: "palette", Keys: []string{":", "ctrl+p"}, Group: "program", Footer: 1, Run: func() tea.Cmd {
			r.openPalette()
			return nil
		}},
	}
	if len(r.stack) > 1 {
		return append(cmds, kit.Command{
			ID: "back", Keys: []string{"q", "esc"}, Group: "go", Footer: 3, Run: r.back,
		}, kit.Command{
			ID: "quit", Keys: []string{"ctrl+q"}, Group: "program", Run: r.quit,
		})
	}
	return append(cmds, kit.Command{
		ID: "quit", Keys: []string{"q", "ctrl+q"}, Group: "program", Footer: 3, Run: r.quit,
	})
}

// all are the commands that exist here, each with the screen it is of.
func (r *Root) all() []offered {
	e := r.top()
	var out []offered
	taken := map[string]bool{}
	for _, c := range r.commands(e) {
		out = append(out, offered{Command: c, of: e})
		for _, k := range c.Keys {
			taken[k] = true
		}
	}
	for _, c := range append(r.global(), r.builtin()...) {
		had := len(c.Keys)
		c.Keys = slices.DeleteFunc(slices.Clone(c.Keys), func(k string) bool { return taken[k] })
		out = append(out, offered{Command: c, keyless: had > 0 && len(c.Keys) == 0})
	}
	return out
}

// offered is a command with the screen it is of, nil for one of all screens.
type offered struct {
	kit.Command
	of      *entry
	keyless bool // the screen has its own use for every key of it
}

// keyNow is the key a command answers to at this moment, "" for none.
func (r *Root) keyNow(c *offered, typing bool) string {
	if !typing {
		if c.Shown != "" {
			return c.Shown
		}
		if len(c.Keys) > 0 {
			return kit.KeyLabel(r.tx, c.Keys[0])
		}
		return ""
	}
	for _, k := range c.Keys {
		if len([]rune(k)) == 1 || k == "space" || k == "backspace" || k == "delete" ||
			k == "left" || k == "right" || k == "home" || k == "end" {
			continue
		}
		if c.of == nil && !strings.HasPrefix(k, "ctrl+") && !strings.HasPrefix(k, "alt+") {
			continue
		}
		return kit.KeyLabel(r.tx, k)
	}
	return ""
}
