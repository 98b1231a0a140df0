package terminal

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
)

func TestOf(t *testing.T) {
	const (
		no, mono, few, many256, all = colorprofile.NoTTY, colorprofile.ASCII, colorprofile.ANSI, colorprofile.ANSI256, colorprofile.TrueColor
	)
	for _, c := range []struct {
		term, colorterm string
		want            colorprofile.Profile
		old             bool
	}{
		{"xterm", "", few, false},
		{"xterm-256color", "", many256, false},
		{"XTERM-256COLOR", "", many256, false},
		{"xterm-256color", "truecolor", all, false},
		{"xterm-256color", "24bit", all, false},
		{"xterm-256color", "1", many256, false},
		{"xterm-direct", "", all, false},
		{"xterm-direct256", "", all, false},
		{"xterm-16color", "", few, false},
		{"xterm-88color", "", few, false},
		{"xterm-mono", "", mono, false},
		{"xterm-256color", "none", mono, false},
		{"kitty", "none", mono, false},
		{"xterm-kitty", "", all, false},
		{"xterm-ghostty", "", all, false},
		{"kitty-direct", "", all, false},
		{"alacritty", "", all, false},
		{"st-256color", "", all, false},
		{"foot-extra", "", all, false},
		{"screen", "", many256, false},
		{"screen-256color", "truecolor", many256, false},
		{"screen.xterm-256color", "truecolor", many256, false},
		{"tmux", "", many256, false},
		{"tmux-256color", "truecolor", many256, false},
		{"tmux-direct", "", all, false},
		{"putty", "", few, false},
		{"putty-256color", "", many256, false},
		{"rxvt-unicode-256color", "", many256, false},
		{"linux", "", few, true},
		{"linux-16color", "", few, true},
		{"linux-m", "", mono, true},
		{"vt100", "", few, true},
		{"vt220", "", few, true},
		{"vt100-fast", "", few, true}, // holds the letters of st
		{"ansi", "", few, true},
		{"wy60", "", few, true},
		{"postscript", "", few, true},
		{"dumb", "truecolor", no, true},
		{"", "", no, true},
		{"emacs", "", no, true},
	} {
		k := Of(c.term, "", c.colorterm, true)
		if k.Profile != c.want || k.old != c.old || !k.UTF8 || !k.PTY {
			t.Errorf("%q %q: %+v, want %v, old %v", c.term, c.colorterm, k, c.want, c.old)
		}
		if bare := c.want == no; k.Screen == bare || (k.Note != "") != bare {
			t.Errorf("%q: %+v", c.term, k)
		}
	}
}

// TestLibraryAgrees holds what is ours to the conventions it writes out, for names
// that these do not mistake for others.
func TestLibraryAgrees(t *testing.T) {
	for _, term := range []string{"xterm", "xterm-256color", "xterm-direct", "screen", "tmux-256color", "putty-256color", "linux", "vt100", "alacritty", "foot", "dumb"} {
		for _, colorterm := range []string{"", "truecolor", "24bit", "8"} {
			want := colorprofile.Env([]string{"TERM=" + term, "COLORTERM=" + colorterm})
			if got := Of(term, "", colorterm, true).Profile; got != want {
				t.Errorf("%q %q: %v, and the library says %v", term, colorterm, got, want)
			}
		}
	}
}

func TestOfLang(t *testing.T) {
	for lang, want := range map[string]bool{
		"": true, "nl_NL.UTF-8": true, "en_US.utf8": true, "C.UTF-8": true, "C.utf8": true, "nl_NL.UTF-8@euro": true, "nl": true, "nl_NL": true,
		"C": false, "POSIX": false, "nl_NL.ISO-8859-1": false, "nl_NL.ISO8859-15@euro": false, "nl_NL@euro": false, "ja_JP.eucJP": false, "nl_NL.": false,
	} {
		k := Of("xterm-256color", lang, "", true)
		note := "terminal.note.utf8"
		if want {
			note = ""
		}
		if k.UTF8 != want || k.Note != note {
			t.Errorf("%q: %+v", lang, k)
		}
	}
}

// TestNoTerminal: what goes to a file or a program is never changed, whatever
// the client says of its terminal.
func TestNoTerminal(t *testing.T) {
	k := Of("xterm-256color", "C", "truecolor", false)
	if k != (Kind{Profile: colorprofile.NoTTY, UTF8: true}) {
		t.Errorf("%+v", k)
	}
	var b sink
	if w := NewWriter(&b, k); w != &b {
		t.Error("a file gets more than its bytes")
	}
	if r := NewReader(&b, k); r != &b {
		t.Error("a file gives more than its bytes")
	}
}
