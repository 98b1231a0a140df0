package kit

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pasvorm/ui/text"
)

var today = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)

func english(t testing.TB) *text.Text {
	t.Helper()
	tx, err := text.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

var keyCodes = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace, "home": tea.KeyHome,
}

func press(name string) tea.KeyPressMsg {
	switch {
	case name == "shift+tab":
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	case name == "space":
		return tea.KeyPressMsg{Code: ' ', Text: " "}
	case strings.HasPrefix(name, "ctrl+"):
		return tea.KeyPressMsg{Code: rune(name[5]), Mod: tea.ModCtrl}
	case keyCodes[name] != 0:
		return tea.KeyPressMsg{Code: keyCodes[name]}
	}
	r := []rune(name)[0]
	return tea.KeyPressMsg{Code: r, Text: name}
}

func typed(u interface{ Update(tea.Msg) Result }, s string) {
	for _, r := range s {
		u.Update(press(string(r)))
	}
}

func sample(t testing.TB) *Form {
	return NewForm(english(t), NewTheme(true), today, []Field{
		{ID: "name", Label: "Name", Required: true},
		{ID: "kind", Label: "Kind", Kind: ChoiceField, Required: true,
			Options: []Option{{"private", "private person"}, {"business", "business"}}},
		{ID: "since", Label: "Since", Kind: DateField, Hint: "as 26-11-2026"},
		{ID: "price", Label: "Price", Kind: NumberField},
		{ID: "note", Label: "Note", Kind: AreaField, Lines: 2},
		{ID: "mail", Label: "A label that is far too long for its column", Check: func(v string) string {
			if v != "" && !strings.Contains(v, "@") {
				return "This is no mail address."
			}
			return ""
		}},
	})
}

func TestFormFromTheKeyboard(t *testing.T) {
	f := sample(t)
	typed(f, "Petra")
	f.Update(press("enter"))
	f.Update(press("2"))
	f.Update(press("tab"))
	typed(f, "26.11")
	f.Update(press("down"))
	typed(f, "12,50")
	f.Update(press("enter"))
	typed(f, "one")
	f.Update(press("enter"))
	typed(f, "two")
	f.Update(press("down"))
	typed(f, "x")
	if f.Update(press("enter")) != Going || f.Focused() != "mail" {
		t.Fatalf("a wrong mail address was taken, focus on %s", f.Focused())
	}
	if v := ansi.Strip(f.View(70, 20)); !strings.Contains(v, "This is no mail address.") {
		t.Errorf("no word about the error:\n%s", v)
	}
	typed(f, "@y")
	if v := ansi.Strip(f.View(70, 20)); strings.Contains(v, "no mail") {
		t.Errorf("the error stays after mending:\n%s", v)
	}
	if f.Update(press("enter")) != Saved {
		t.Fatal("not saved")
	}
	want := map[string]string{"name": "Petra", "kind": "business", "since": "2026-11-26", "price": "12.50",
		"note": "one\ntwo", "mail": "x@y"}
	for k, v := range f.Values() {
		if v != want[k] {
			t.Errorf("%s = %q, want %q", k, v, want[k])
		}
	}
}

func TestFormRefusesAndLeaves(t *testing.T) {
	f := sample(t)
	if f.Dirty() {
		t.Error("an untouched form is dirty")
	}
	if f.Update(press("ctrl+s")) != Going || f.Focused() != "name" {
		t.Error("saved without its name")
	}
	f.SetValues(map[string]string{"name": "Piet", "since": "soon", "price": "1.2.3", "other": "x", "kind": "private"})
	if f.Update(press("ctrl+s")) != Going || f.Focused() != "since" {
		t.Errorf("saved with a wrong date, focus on %s", f.Focused())
	}
	if !f.Dirty() {
		t.Error("a filled form is not dirty")
	}
	f.Settle()
	if f.Dirty() {
		t.Error("dirty after settling")
	}
	f.SetError("kind", "Already known.")
	if v := ansi.Strip(f.View(60, 20)); f.Focused() != "kind" || !strings.Contains(v, "Already known.") {
		t.Errorf("the rule's sentence is not shown:\n%s", v)
	}
	if f.Update(press("esc")) != Left {
		t.Error("esc does not leave")
	}
}

func TestFormKeepsTheFocusInSight(t *testing.T) {
	f := sample(t)
	for range 8 {
		v := strings.Split(f.View(60, 3), "\n")
		if len(v) > 3 {
			t.Fatalf("%d rows drawn of 3", len(v))
		}
		if !strings.Contains(strings.Join(v, "\n"), "▌") {
			t.Errorf("the field %s is out of sight", f.Focused())
		}
		for _, r := range v {
			if Width(r) > 60 {
				t.Errorf("%d cells in a row of 60: %q", Width(r), r)
			}
		}
		if x, y, ok := f.Cursor(); ok && (x >= 60 || y >= 3) {
			t.Errorf("the cursor is at %d,%d", x, y)
		}
		f.Update(press("tab"))
	}
	f.Update(press("shift+tab"))
	f.Update(press("up"))
}

func TestChoiceKeys(t *testing.T) {
	f := sample(t)
	f.FocusID("kind")
	for _, c := range []struct{ key, want string }{
		{"right", "private"}, {"space", "business"}, {"right", "private"}, {"left", "business"},
		{"1", "private"}, {"9", "private"}, {"x", "private"}, {"backspace", "private"},
	} {
		f.Update(press(c.key))
		if got := f.Values()["kind"]; got != c.want {
			t.Errorf("after %s: %q, want %q", c.key, got, c.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in, want string
	}{
		{"2026-11-26", "2026-11-26"}, {"26-11-2026", "2026-11-26"}, {"26/11/26", "2026-11-26"}, {"26.11", "2026-11-26"},
		{" 5-1 ", "2027-01-05"}, {"30", "2026-11-30"}, {"29-2", ""}, {"29-2-2028", "2028-02-29"}, {"31-11", ""},
		{"", ""}, {"x", ""}, {"1-2-3-4", ""}, {"0-1", ""}, {"-1", "2026-11-01"}, {"12345-1-1", ""},
	} {
		d, ok := ParseDate(c.in, today)
		got := ""
		if ok {
			got = d.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("ParseDate(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	if got, ok := ParseNumber(" -3 "); !ok || got != "-3" {
		t.Errorf("blanks around a number: %q", got)
	}
	for in, want := range map[string]string{
		"12,5": "12.5", "12.5": "12.5", "+4": "4", "1.234,5": "", "1e9": "", "NaN": "", "": "", "0x1": "", "1-2": "",
	} {
		got, ok := ParseNumber(in)
		if ok != (want != "") || ok && got != want {
			t.Errorf("ParseNumber(%q) = %q, %v", in, got, ok)
		}
	}
}

func TestInputKeepsWhatCameUntilEdited(t *testing.T) {
	raw := "a\u202eb\x1b[31mc"
	in := NewInput(raw, 0)
	in.Focus()
	in.Update(press("left"))
	if in.Value() != raw {
		t.Errorf("looking changed the value to %q", in.Value())
	}
	if v := in.View(12); strings.ContainsAny(v, "\x1b\u202e") || Width(v) != 12 {
		t.Errorf("drawn raw: %q", v)
	}
	if !in.Update(press("x")) || in.Value() == raw {
		t.Errorf("editing left %q", in.Value())
	}
}

func TestInputPaste(t *testing.T) {
	in := NewInput("", 0)
	if in.Update(tea.PasteMsg{Content: "x"}) || in.Value() != "" {
		t.Error("a field without focus took a paste")
	}
	in.Focus()
	in.Update(tea.PasteMsg{Content: "Jan\x1b[2J\u200b\r\nsen\x00"})
	if in.Value() != "Jan sen" {
		t.Errorf("pasted %q", in.Value())
	}
	in.SetValue(strings.Repeat("abcdefghij", 5))
	for range 30 {
		if v := in.View(10); Width(v) != 10 || in.CursorX() < 0 || in.CursorX() >= 10 {
			t.Fatalf("%q with the cursor at %d", v, in.CursorX())
		}
		in.Update(press("left"))
	}
}

func TestInputNeverReadsTheHostsClipboard(t *testing.T) {
	in, a := NewInput("", 0), NewArea("", 0)
	in.Focus()
	a.Focus()
	if in.Update(press("ctrl+v")) || a.Update(press("ctrl+v")) {
		t.Error("ctrl+v pasted something")
	}
}

func TestArea(t *testing.T) {
	a := NewArea("first\nsecond", 0)
	a.Focus()
	a.Update(tea.PasteMsg{Content: "\nthird\x1b]0;x\x07 \u202eline"})
	if want := "first\nsecond\nthird line"; a.Value() != want {
		t.Errorf("%q, want %q", a.Value(), want)
	}
	rows := a.View(12, 4)
	if len(rows) != 4 || strings.TrimRight(rows[2], " ") != "third line" {
		t.Errorf("drawn %q", rows)
	}
	if x, y := a.Cursor(); x != 10 || y != 2 {
		t.Errorf("the cursor is at %d,%d", x, y)
	}
	for _, r := range NewArea("日本語"+strings.Repeat("word ", 40)+"\u202e\x1b[1m", 0).View(9, 3) {
		if Width(r) != 9 || strings.ContainsRune(r, 0x1b) {
			t.Errorf("row %q", r)
		}
	}
}

func TestConfirmNameNeedsTheName(t *testing.T) {
	c := NewConfirmName(english(t), NewTheme(true), "Part", "Petra Jansen will be told.", "Petra  Jänsen")
	for range 3 {
		if c.Update(press("enter")) != Going {
			t.Fatal("a bare enter went through")
		}
	}
	c.Update(tea.PasteMsg{Content: "Petra Jansen"})
	if c.Update(press("enter")) != Going {
		t.Fatal("a pasted name went through")
	}
	typed(c, "petra ja\u0308nsen ")
	v := c.View(60, 14)
	if x, y, ok := c.Cursor(); !ok || y >= 14 || x >= 60 {
		t.Errorf("cursor at %d,%d", x, y)
	}
	for _, r := range strings.Split(v, "\n") {
		if Width(r) > 60 {
			t.Errorf("row of %d cells", Width(r))
		}
	}
	if c.Update(press("enter")) != Saved {
		t.Error("the name typed was refused")
	}
	if c.Update(press("esc")) != Left {
		t.Error("esc does not leave")
	}
	if sameName("", "\u200b") || sameName("", "") {
		t.Error("nothing typed is a name")
	}
}

func TestChoose(t *testing.T) {
	c := NewChoose(NewTheme(false), "Which?", []Option{{"a", "Apple"}, {"b", "Pear\x1b[1m"}, {"c", "Plum"}})
	c.Update(press("down"))
	c.Update(press("j"))
	c.Update(press("j"))
	c.Update(press("k"))
	if c.Update(press("enter")) != Saved || c.Chosen() != "b" {
		t.Errorf("chosen %q", c.Chosen())
	}
	if c.Update(press("3")) != Saved || c.Chosen() != "c" {
		t.Errorf("chosen %q", c.Chosen())
	}
	if c.Update(press("7")) != Going || c.Update(press("esc")) != Left {
		t.Error("7 or esc")
	}
	if v := c.View(40, 4); strings.Count(v, "\n") > 3 || !strings.Contains(v, "Plum") {
		t.Errorf("the chosen row is not in sight:\n%s", v)
	}
}

// A label that is a little longer than its quarter is read whole at 80 cells.
func TestLongLabelIsReadWhole(t *testing.T) {
	long := "Is the customer right?"
	f := NewForm(english(t), &Theme{}, today, []Field{{ID: "a", Label: long}, {ID: "b", Label: "Why"}})
	if got := f.View(80, 4); !strings.Contains(got, long) {
		t.Errorf("cut at 80 cells:\n%s", got)
	}
	for _, row := range strings.Split(f.View(20, 4), "\n") {
		if Width(row) > 20 {
			t.Errorf("%q is wider than 20 cells", row)
		}
	}
}
