package console

import (
	"reflect"

	tea "charm.land/bubbletea/v2"
)

// Keep lets every screen keep what it wants to keep, and waits for it, after
// the program has ended in another way than by quitting: the line dropped, the
// terminal closed, the server stops. It does nothing after a person quit.
func (r *Root) Keep() {
	if r.leaving {
		return
	}
	r.leaving = true
	for i := len(r.stack) - 1; i >= 0; i-- {
		runOut(r.closing(r.stack[i]))
	}
}

// runOut runs a command and the commands it holds; nobody is left to hear what
// they say.
func runOut(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if msg == nil {
		return
	}
	// A batch and a sequence are both slices of commands, of which only the
	// type of the first has a name.
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice {
		return
	}
	for i := range v.Len() {
		if c, ok := v.Index(i).Interface().(tea.Cmd); ok {
			runOut(c)
		}
	}
}
