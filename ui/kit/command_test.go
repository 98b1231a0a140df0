package kit

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pasvorm/ui/text"
)

func TestMatch(t *testing.T) {
	no := func() string { return "Not now." }
	cmds := []Command{
		{ID: "one", Keys: []string{"a", "down"}, WhyNot: no},
		{ID: "two", Keys: []string{"a", "space", "G"}, WhyNot: func() string { return "" }},
		{ID: "three", Keys: []string{"b", "ctrl+p"}, WhyNot: no},
		{ID: "four", Keys: []string{"b"}, WhyNot: no},
	}
	for key, want := range map[string]string{
		"a": "two", "down": "one", "space": "two", "G": "two", "g": "", "b": "three", "ctrl+p": "three", "p": "",
	} {
		c, ok := Match(cmds, press(key))
		got := ""
		if ok {
			got = c.ID
		}
		if got != want {
			t.Errorf("%s runs %q, want %q", key, got, want)
		}
	}
	if cmds[0].Reason() != "Not now." || (&Command{}).Reason() != "" {
		t.Error("reasons")
	}
}

func TestDo(t *testing.T) {
	got := ""
	run := Command{Run: func() tea.Cmd { got += "run "; return nil }}
	key := Command{Keys: []string{"7"}, RunKey: func(k string) tea.Cmd { got += "key" + k + " "; return nil }}
	run.Do("x")
	key.Do("8")
	key.Do("")
	if (&Command{}).Do("") != nil || got != "run key8 key7 " {
		t.Errorf("did %s", got)
	}
}

func TestPrintingAndEditing(t *testing.T) {
	for key, want := range map[string]bool{"a": true, "?": true, "space": true, "é": true, "enter": false, "ctrl+p": false, "up": false} {
		if got := Printing(press(key)); got != want {
			t.Errorf("Printing(%s) = %v", key, got)
		}
	}
	if !Printing(tea.KeyPressMsg{Code: 'a', Text: "A", Mod: tea.ModShift}) || Printing(tea.KeyPressMsg{Code: 'a', Text: "a", Mod: tea.ModAlt}) {
		t.Error("shift prints, alt does not")
	}
	for key, want := range map[string]bool{"left": true, "backspace": true, "home": true, "up": false, "tab": false} {
		if got := Editing(press(key)); got != want {
			t.Errorf("Editing(%s) = %v", key, got)
		}
	}
}

func TestWordsOfACommand(t *testing.T) {
	tx := english(t)
	nl, err := text.Load("nl")
	if err != nil {
		t.Fatal(err)
	}
	c := Command{ID: "back"}
	if c.Title(tx) != "Go back" || c.Short(tx) != "back" || c.Short(nl) != "terug" {
		t.Errorf("%s, %s, %s", c.Title(tx), c.Short(tx), c.Short(nl))
	}
	g := Command{ID: "group.move"}
	if g.Short(tx) != g.Title(tx) {
		t.Error("a command without a short label is named by its title")
	}
	if KeyLabel(nl, "space") != "spatie" || KeyLabel(nl, "j") != "j" || KeyLabel(tx, "up") != "↑" {
		t.Error("names of keys")
	}
}

func TestMessages(t *testing.T) {
	if Fail(nil) != nil {
		t.Error("no error is reported")
	}
	err := errors.New("x")
	if f, ok := Fail(err)().(Failed); !ok || !errors.Is(f.Err, err) {
		t.Error("the error is lost")
	}
	if n, ok := Tell(Done, "saved")().(Notice); !ok || n != (Notice{Level: Done, Text: "saved"}) {
		t.Errorf("notice %v", n)
	}
}

func TestPanes(t *testing.T) {
	th := NewTheme(true)
	left := []string{"one", strings.Repeat("long ", 9), th.Paint(InkWarn, "日本語日本語")}
	right := []string{strings.Repeat("wide ", 20)}
	rows := strings.Split(Panes(th, left, right, 10, 40, 4), "\n")
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, r := range rows {
		if Width(r) > 40 || !strings.HasPrefix(ansi.Cut(ansi.Strip(r), 10, 13), " │ ") {
			t.Errorf("row %q", ansi.Strip(r))
		}
	}
}

func TestRuleEndsColumns(t *testing.T) {
	th := NewTheme(true)
	for _, c := range []struct{ got, want string }{
		{Rule(th, 5, 2), "──┬──"}, {Rule(th, 4, -1), "────"}, {Rule(th, 0, 0), ""},
		{Ends("left", "right", 12), "left   right"}, {Ends("left", "right", 7), "l…right"}, {Ends("left", "right", 4), "rig…"},
		{Columns([]string{"a", "bcd", "e", "more"}, []int{2, 0, 3}), "a   e  "},
		{Pad("a", 300), "a" + strings.Repeat(" ", 299)},
	} {
		if got := ansi.Strip(c.got); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestBoxFits(t *testing.T) {
	th := NewTheme(true)
	for _, size := range [][2]int{{80, 24}, {40, 10}, {20, 5}, {10, 3}} {
		out, x, y := Box(th, "A title\x1b[1m that may be long", []string{"one", strings.Repeat("two ", 30), "日本語"}, size[0], size[1])
		rows := strings.Split(out, "\n")
		if len(rows) > size[1] || x >= size[0] || y >= size[1] {
			t.Errorf("%v: %d rows, inside at %d,%d", size, len(rows), x, y)
		}
		for _, r := range rows {
			if Width(r) > size[0] {
				t.Errorf("%v: a row of %d cells: %q", size, Width(r), ansi.Strip(r))
			}
		}
	}
}

func TestWidthOfStyles(t *testing.T) {
	for s, want := range map[string]int{
		"\x1b[1;31mab\x1b[m": 2, "\x1b[38:2::1:2:3mé\x1b[0m": 1, "\x1b]0;x\x07ab": 2, "\x1b[2Jab": 2, "│─█…–": 5, "▲●": 2, "日\x1b[m": 2, "\x1b": 0,
	} {
		if got := Width(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
	}
}
