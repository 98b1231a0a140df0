package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Input is a text field of one line. What it holds may have come from outside
// and stays as it came until a person edits it; only the drawing is cleaned.
type Input struct {
	m       textinput.Model
	given   string
	touched bool
	off     int // cells scrolled out on the left
}

// NewInput makes a field holding at most limit characters, 0 for no limit.
func NewInput(value string, limit int) *Input {
	m := textinput.New()
	m.Prompt = ""
	m.CharLimit = limit
	m.SetVirtualCursor(false)
	// The library would read the clipboard of the machine the program runs on,
	// in a remote session somebody else's; the terminal's own paste arrives as
	// a message.
	m.KeyMap.Paste = key.NewBinding()
	in := &Input{m: m}
	in.SetValue(value)
	return in
}

// Update takes keys and pasted text while the field has the focus. It tells
// whether the text changed.
func (in *Input) Update(msg tea.Msg) bool {
	before := in.m.Value()
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if !in.m.Focused() {
			return false
		}
		in.m, _ = in.m.Update(msg)
	case tea.PasteMsg:
		if !in.m.Focused() {
			return false
		}
		in.m, _ = in.m.Update(tea.PasteMsg{Content: strings.ReplaceAll(visible(msg.Content), "\n", " ")})
	default:
		return false
	}
	if in.m.Value() == before {
		return false
	}
	in.touched = true
	return true
}

// Value is the text: as given when nobody edited it.
func (in *Input) Value() string {
	if !in.touched {
		return in.given
	}
	return in.m.Value()
}

// SetValue puts a text in the field, with the cursor at its end.
func (in *Input) SetValue(s string) {
	in.given, in.touched, in.off = s, false, 0
	in.m.SetValue(s)
	in.m.CursorEnd()
}

// Focus lets the field take keys, Blur ends it.
func (in *Input) Focus() { in.m.Focus() }

// Blur takes the focus away.
func (in *Input) Blur() { in.m.Blur() }

// Focused tells whether the field takes keys.
func (in *Input) Focused() bool { return in.m.Focused() }

// View draws exactly w cells, scrolled so that the cursor is seen.
func (in *Input) View(w int) string {
	if w <= 0 {
		return ""
	}
	value := []rune(in.m.Value())
	cx := Width(Clean(string(value[:min(in.m.Position(), len(value))])))
	if cx-in.off >= w {
		in.off = cx - w + 1
	}
	if cx < in.off {
		in.off = cx
	}
	shown := Clean(string(value))
	if in.off > 0 {
		shown = ansi.Cut(shown, in.off, in.off+w)
	}
	if Width(shown) > w {
		shown = ansi.Truncate(shown, w, "")
	}
	return Pad(shown, w)
}

// CursorX is the cell of the cursor within the last View.
func (in *Input) CursorX() int {
	value := []rune(in.m.Value())
	return Width(Clean(string(value[:min(in.m.Position(), len(value))]))) - in.off
}

// Area is a text field of several lines.
type Area struct {
	m       textarea.Model
	given   string
	touched bool
}

// NewArea makes a field holding at most limit characters, 0 for no limit.
func NewArea(value string, limit int) *Area {
	m := textarea.New()
	m.Prompt = ""
	m.ShowLineNumbers = false
	m.CharLimit = limit
	m.MaxHeight = 0
	m.SetStyles(textarea.Styles{})
	m.SetVirtualCursor(false)
	m.KeyMap.Paste = key.NewBinding()
	m.KeyMap.CopySelection = key.NewBinding()
	a := &Area{m: m}
	a.SetValue(value)
	return a
}

// Update takes keys and pasted text while the field has the focus. It tells
// whether the text changed.
func (a *Area) Update(msg tea.Msg) bool {
	if !a.m.Focused() {
		return false
	}
	before := a.m.Value()
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		a.m, _ = a.m.Update(msg)
	case tea.PasteMsg:
		a.m, _ = a.m.Update(tea.PasteMsg{Content: visible(msg.Content)})
	default:
		return false
	}
	if a.m.Value() == before {
		return false
	}
	a.touched = true
	return true
}

// Value is the text: as given when nobody edited it.
func (a *Area) Value() string {
	if !a.touched {
		return a.given
	}
	return a.m.Value()
}

// SetValue puts a text in the field, with the cursor at its end.
func (a *Area) SetValue(s string) {
	a.given, a.touched = s, false
	a.m.SetValue(s)
	a.m.MoveToEnd()
}

// Focus lets the field take keys, Blur ends it.
func (a *Area) Focus() { a.m.Focus() }

// Blur takes the focus away.
func (a *Area) Blur() { a.m.Blur() }

// Focused tells whether the field takes keys.
func (a *Area) Focused() bool { return a.m.Focused() }

// Line is the line of the text the cursor is on, from 0, of Lines.
func (a *Area) Line() int { return a.m.Line() }

// Lines is the number of lines of the text.
func (a *Area) Lines() int { return a.m.LineCount() }

// View draws h rows of exactly w cells.
func (a *Area) View(w, h int) []string {
	if w <= 0 || h <= 0 {
		return nil
	}
	a.size(w, h)
	rows := strings.Split(a.m.View(), "\n")
	out := make([]string, h)
	for i := range out {
		s := ""
		if i < len(rows) {
			s = strings.TrimRight(ansi.Strip(rows[i]), " ")
		}
		out[i] = Fit(Clean(s), w)
	}
	return out
}

func (a *Area) size(w, h int) {
	if a.m.Width() != w {
		a.m.SetWidth(w)
	}
	if a.m.Height() != h {
		a.m.SetHeight(h)
	}
}

// Cursor is the cell of the cursor within the last View.
func (a *Area) Cursor() (x, y int) {
	if c := a.m.Cursor(); c != nil {
		return c.X, c.Y
	}
	return 0, 0
}

// visible takes out of typed or pasted text what cannot be seen: controls,
// escape sequences, direction and zero-width characters. Line feeds stay.
func visible(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if n := escapeLen(s[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == utf8.RuneError && n <= 1:
		case r == '\r':
			if i >= len(s) || s[i] != '\n' {
				b.WriteByte('\n')
			}
		case r == '\n':
			b.WriteByte('\n')
		case r == '\t', unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case shown(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
