package kit

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"pasvorm/ui/text"
)

// ConfirmName is the dialog before something that cannot be taken back: it is
// accepted only when the name of who it is about has been typed, so that no
// doubled key and no pasted enter does it.
type ConfirmName struct {
	tx     *text.Text
	th     *Theme
	title  string
	body   string
	name   string
	in     *Input
	wrong  bool
	cx, cy int
}

// NewConfirmName asks for name; title and body say what will happen.
func NewConfirmName(tx *text.Text, th *Theme, title, body, name string) *ConfirmName {
	c := &ConfirmName{tx: tx, th: th, title: title, body: body, name: name, in: NewInput("", 400)}
	c.in.Focus()
	return c
}

// Update takes keys; [Saved] means that the name was typed. Capitals and the
// spaces around words do not matter. Pasting is refused: it is no typing.
func (c *ConfirmName) Update(msg tea.Msg) Result {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return Going
	}
	switch k.String() {
	case "esc":
		return Left
	case "enter":
		if sameName(c.in.Value(), c.name) {
			return Saved
		}
		c.wrong = true
	default:
		c.in.Update(msg)
		c.wrong = false
	}
	return Going
}

// sameName compares what was typed with what was shown.
func sameName(typed, name string) bool {
	fold := func(s string) string {
		s = cases.Fold().String(norm.NFC.String(Clean(s)))
		return strings.Join(strings.Fields(s), " ")
	}
	return fold(name) != "" && fold(typed) == fold(name)
}

// View draws the dialog as a box in the middle of w by h cells.
func (c *ConfirmName) View(w, h int) string {
	inner := min(max(w-6, 10), 64)
	rows := Wrap(Clean(c.body), inner)
	rows = append(rows, "")
	for _, s := range Wrap(c.tx.T("kit.confirm.type", "Name", Clean(c.name)), inner) {
		rows = append(rows, c.th.Paint(InkLabel, s))
	}
	at := len(rows)
	rows = append(rows, c.th.Paint(InkInput, c.in.View(inner)), "")
	hint, ink := c.tx.T("kit.confirm.keys"), InkHint
	if c.wrong {
		hint, ink = c.tx.T("kit.confirm.wrong"), InkError
	}
	rows = append(rows, c.th.Paint(ink, Cut(hint, inner)))
	out, x, y := Box(c.th, c.title, rows, w, h)
	c.cx, c.cy = x+c.in.CursorX(), y+at
	return out
}

// Cursor is the place of the cursor within the last View.
func (c *ConfirmName) Cursor() (x, y int, ok bool) { return c.cx, c.cy, true }

// Choose is a dialog with a few numbered answers.
type Choose struct {
	th      *Theme
	title   string
	options []Option
	cur     int
}

// NewChoose asks for one of the options.
func NewChoose(th *Theme, title string, options []Option) *Choose {
	return &Choose{th: th, title: title, options: options}
}

// Update takes keys: a digit or enter chooses, esc leaves.
func (c *Choose) Update(msg tea.Msg) Result {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return Going
	}
	switch s := k.String(); s {
	case "esc", "q":
		return Left
	case "up", "k":
		c.cur = max(c.cur-1, 0)
	case "down", "j":
		c.cur = min(c.cur+1, len(c.options)-1)
	case "enter":
		if len(c.options) > 0 {
			return Saved
		}
	default:
		if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= len(c.options) {
			c.cur = n - 1
			return Saved
		}
	}
	return Going
}

// Chosen is the value of the answer under the cursor.
func (c *Choose) Chosen() string {
	if c.cur < 0 || c.cur >= len(c.options) {
		return ""
	}
	return c.options[c.cur].Value
}

// View draws the dialog as a box in the middle of w by h cells.
func (c *Choose) View(w, h int) string {
	inner := min(max(w-6, 10), 64)
	room := max(h-2, 1)
	top := min(max(c.cur-room+1, 0), max(len(c.options)-room, 0))
	var rows []string
	for i := top; i < min(top+room, len(c.options)); i++ {
		s := Cell("  "+strconv.Itoa(i+1)+" "+c.options[i].Label, inner)
		if i == c.cur {
			s = c.th.Paint(InkSelected, "▌"+s[1:])
		}
		rows = append(rows, s)
	}
	out, _, _ := Box(c.th, c.title, rows, w, h)
	return out
}
