// Package kittest drives a console in tests as a person at a terminal would:
// named keys in, the rows of a terminal emulator out, everything in one
// goroutine's time so that no test sleeps.
package kittest

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Limit is how long one command may take before the test fails.
const Limit = 5 * time.Second

// maxMessages ends a test whose commands keep asking for more.
const maxMessages = 10_000

// Driver runs a model without a program: every command is run to its end, one
// after another, until none is left.
type Driver struct {
	t        testing.TB
	m        tea.Model
	w, h     int
	quit     bool
	messages int
}

// New starts a model in a window of w by h cells.
func New(t testing.TB, m tea.Model, w, h int) *Driver {
	t.Helper()
	d := &Driver{t: t, m: m, w: w, h: h}
	d.exec(m.Init())
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

// Model is the model as it stands.
func (d *Driver) Model() tea.Model { return d.m }

// Quit tells whether the program has ended.
func (d *Driver) Quit() bool { return d.quit }

// Send delivers a message and runs what follows from it until all is quiet.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	d.messages = 0
	d.take(msg)
}

// Resize changes the window.
func (d *Driver) Resize(w, h int) {
	d.t.Helper()
	d.w, d.h = w, h
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Key presses one key, named as Bubble Tea names it: "j", "G", "enter",
// "shift+tab", "ctrl+p", "space".
func (d *Driver) Key(name string) {
	d.t.Helper()
	d.Send(d.press(name))
}

// Keys presses keys in turn.
func (d *Driver) Keys(names ...string) {
	d.t.Helper()
	for _, n := range names {
		d.Key(n)
	}
}

// Type presses the keys of a text one by one.
func (d *Driver) Type(s string) {
	d.t.Helper()
	for _, r := range s {
		d.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Paste delivers a text as a terminal's bracketed paste.
func (d *Driver) Paste(s string) {
	d.t.Helper()
	d.Send(tea.PasteMsg{Content: s})
}

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "f1": tea.KeyF1, "f2": tea.KeyF2,
}

func (d *Driver) press(name string) tea.KeyPressMsg {
	d.t.Helper()
	var k tea.KeyPressMsg
	rest := name
	for found := true; found; {
		found = false
		for prefix, mod := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "alt+": tea.ModAlt, "shift+": tea.ModShift} {
			if after, ok := strings.CutPrefix(rest, prefix); ok && after != "" {
				rest, found = after, true
				k.Mod |= mod
			}
		}
	}
	switch code, ok := named[rest]; {
	case ok:
		k.Code = code
		if rest == "space" && k.Mod == 0 {
			k.Text = " "
		}
	case utf8.RuneCountInString(rest) == 1:
		k.Code, _ = utf8.DecodeRuneInString(rest)
		if k.Mod&^tea.ModShift == 0 {
			k.Text = rest
		}
	default:
		d.t.Fatalf("kittest: no key is named %q", name)
	}
	return k
}

func (d *Driver) exec(cmd tea.Cmd) {
	d.t.Helper()
	if cmd == nil || d.quit {
		return
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	timer := time.NewTimer(Limit)
	defer timer.Stop()
	select {
	case msg := <-done:
		d.take(msg)
	case <-timer.C:
		d.t.Fatalf("kittest: a command took longer than %v", Limit)
	}
}

func (d *Driver) take(msg tea.Msg) {
	d.t.Helper()
	if msg == nil || d.quit {
		return
	}
	if d.messages++; d.messages > maxMessages {
		d.t.Fatalf("kittest: never quiet, the last message is %T", msg)
	}
	v := reflect.ValueOf(msg)
	switch {
	case v.Kind() == reflect.Func:
		d.t.Errorf("kittest: a command arrived as a message: %T", msg)
	case v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]():
		for i := range v.Len() { // a batch or a sequence
			cmd, _ := v.Index(i).Interface().(tea.Cmd)
			d.exec(cmd)
		}
		return
	}
	if _, ok := msg.(tea.QuitMsg); ok {
		d.quit = true
		return
	}
	var cmd tea.Cmd
	d.m, cmd = d.m.Update(msg)
	d.exec(cmd)
}

// Screen draws the model on a terminal emulator and gives its rows, each
// exactly as wide as the window. It fails the test when a row is wider than the
// window, or is when cells are counted in the terminal's other way, and when
// there are more rows than fit.
func (d *Driver) Screen() string {
	d.t.Helper()
	return Draw(d.t, d.m.View().Content, d.w, d.h)
}

// Cursor is the place of the terminal's cursor; false when it is hidden.
func (d *Driver) Cursor() (x, y int, ok bool) {
	c := d.m.View().Cursor
	if c == nil {
		return 0, 0, false
	}
	return c.X, c.Y, true
}

// Contains fails the test unless the screen shows a text.
func (d *Driver) Contains(want string) {
	d.t.Helper()
	if s := d.Screen(); !strings.Contains(s, want) {
		d.t.Fatalf("the screen does not show %q:\n%s", want, s)
	}
}

// Lacks fails the test when the screen shows a text.
func (d *Driver) Lacks(unwanted string) {
	d.t.Helper()
	if s := d.Screen(); strings.Contains(s, unwanted) {
		d.t.Fatalf("the screen shows %q:\n%s", unwanted, s)
	}
}
