package kit

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/text"
)

// Result is how far a form or dialog has come.
type Result uint8

// The results.
const (
	Going Result = iota // still being filled in
	Saved               // accepted, every value is in order
	Left                // left with esc
)

// Form is a column of fields filled in from the keyboard: tab and the arrows
// move, enter goes on and saves at the last field, ctrl+s saves, esc leaves.
type Form struct {
	tx      *text.Text
	th      *Theme
	fields  []*entry
	focus   int
	top     int // first row shown
	today   time.Time
	cx, cy  int
	pointed bool
}

// NewForm makes a form with its first field in focus. today fills in what a
// person leaves out of a date.
func NewForm(tx *text.Text, th *Theme, today time.Time, fields []Field) *Form {
	f := &Form{tx: tx, th: th, today: today}
	for _, d := range fields {
		f.fields = append(f.fields, newEntry(d))
	}
	f.Focus(0)
	return f
}

// SetValues fills fields by id, those of a record or a kept draft; ids the form
// does not have are passed over.
func (f *Form) SetValues(v map[string]string) {
	for _, e := range f.fields {
		if s, ok := v[e.ID]; ok {
			e.set(s)
		}
	}
}

// Settle takes the values as they stand for the unchanged ones, see [Form.Dirty].
func (f *Form) Settle() {
	for _, e := range f.fields {
		e.first = e.raw()
	}
}

// Values gives every field by id, dates as 2006-01-02 and numbers with a point.
// A date or number that cannot be read is given as typed.
func (f *Form) Values() map[string]string {
	out := make(map[string]string, len(f.fields))
	for _, e := range f.fields {
		out[e.ID], _ = e.value(f.today)
	}
	return out
}

// Dirty tells whether anything differs from the last [Form.Settle], or from an
// empty form.
func (f *Form) Dirty() bool {
	for _, e := range f.fields {
		if e.raw() != e.first {
			return true
		}
	}
	return false
}

// Focus puts the focus on a field by its place.
func (f *Form) Focus(i int) {
	if len(f.fields) == 0 {
		return
	}
	f.fields[f.focus].focus(false)
	f.focus = min(max(i, 0), len(f.fields)-1)
	f.fields[f.focus].focus(true)
}

// FocusID puts the focus on a field by its id.
func (f *Form) FocusID(id string) {
	for i, e := range f.fields {
		if e.ID == id {
			f.Focus(i)
		}
	}
}

// Focused is the id of the field in focus.
func (f *Form) Focused() string {
	if len(f.fields) == 0 {
		return ""
	}
	return f.fields[f.focus].ID
}

// SetError shows a sentence under a field, as for a rule the book refuses by.
func (f *Form) SetError(id, sentence string) {
	for i, e := range f.fields {
		if e.ID == id {
			e.wrong = sentence
			f.Focus(i)
		}
	}
}

// Update takes keys and pasted text.
func (f *Form) Update(msg tea.Msg) Result {
	if len(f.fields) == 0 {
		return Going
	}
	e := f.fields[f.focus]
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.edit(e, msg)
	case tea.KeyPressMsg:
		return f.key(e, msg)
	}
	return Going
}

func (f *Form) key(e *entry, msg tea.KeyPressMsg) Result {
	switch msg.String() {
	case "esc":
		return Left
	case "ctrl+s":
		return f.save()
	case "tab":
		f.Focus((f.focus + 1) % len(f.fields))
	case "shift+tab":
		f.Focus((f.focus + len(f.fields) - 1) % len(f.fields))
	case "enter":
		switch {
		case e.area != nil:
			f.edit(e, msg)
		case f.focus == len(f.fields)-1:
			return f.save()
		default:
			f.Focus(f.focus + 1)
		}
	case "up":
		if e.area != nil && e.area.Line() > 0 {
			f.edit(e, msg)
			break
		}
		f.Focus(f.focus - 1)
	case "down":
		if e.area != nil && e.area.Line() < e.area.Lines()-1 {
			f.edit(e, msg)
			break
		}
		f.Focus(f.focus + 1)
	default:
		f.edit(e, msg)
	}
	return Going
}

func (f *Form) edit(e *entry, msg tea.Msg) {
	before := e.raw()
	switch {
	case e.in != nil:
		e.in.Update(msg)
	case e.area != nil:
		e.area.Update(msg)
	default:
		if k, ok := msg.(tea.KeyPressMsg); ok {
			e.key(k)
		}
	}
	if e.raw() != before {
		e.wrong = ""
	}
}

// save accepts the form or puts the focus on the first field that is wrong.
func (f *Form) save() Result {
	first := -1
	for i, e := range f.fields {
		if e.wrong = f.check(e); e.wrong != "" && first < 0 {
			first = i
		}
	}
	if first >= 0 {
		f.Focus(first)
		return Going
	}
	return Saved
}

func (f *Form) check(e *entry) string {
	v, ok := e.value(f.today)
	switch {
	case strings.TrimSpace(v) == "" && e.Required:
		return f.tx.T("kit.form.required")
	case !ok && e.Kind == DateField:
		return f.tx.T("kit.form.date")
	case !ok:
		return f.tx.T("kit.form.number")
	case e.Check != nil:
		return e.Check(v)
	}
	return ""
}
