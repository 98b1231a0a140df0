// Package terminal knows what the terminal at the other end of a line can show,
// going by what its client sends: TERM, COLORTERM and LANG. It fits what goes
// there and what comes from there. Nothing is asked of a terminal: one that does
// not know the question would print it.
package terminal

import (
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Kind is what the other end can show.
type Kind struct {
	Profile colorprofile.Profile // the colours that may be sent
	UTF8    bool                 // else every sign goes out as ASCII of the same width
	PTY     bool                 // there is a terminal; without one, bytes go as they are
	Screen  bool                 // it can place a cursor, so that a console can be shown
	Note    string               // text id of what is to be said about it; "" for nothing

	old bool // it may print sequences that it does not know, see [filter]
}

// Of tells the kind of terminal by what a client sent; "" is what it did not send.
// A pty is one that was asked for: without it, the other end is a file or a
// program and gets the bytes as they are.
//
// Colours follow the conventions of the colorprofile library: dumb has none, a
// name in -m or -mono no colours, -256color 256 of them, tmux and screen as many,
// -direct and those known for it all; COLORTERM=truecolor says so too, except
// through tmux and screen. Any other terminal has the sixteen that everything
// since the VT340 has, and those who have none leave the sequences out.
//
// LANG tells the character set after its dot (POSIX, section 8.2). C and POSIX
// alone say ASCII, a modifier @euro ISO 8859-15; a locale that names none, and no
// locale, say nothing, and UTF-8 is what a terminal reads then.
func Of(term, lang, colorterm string, pty bool) Kind {
	if !pty {
		return Kind{Profile: colorprofile.NoTTY, UTF8: true}
	}
	k := Kind{PTY: true, Screen: true, UTF8: readsUTF8(lang), Profile: profile(term, colorterm), old: !modern(term)}
	switch {
	case noScreen(term):
		k.Screen, k.Note = false, "terminal.note.dumb"
	case !k.UTF8:
		k.Note = "terminal.note.utf8"
	}
	return k
}

// Environ is what a console in that terminal gets as its environment. SSH_TTY
// has Bubble Tea ask nothing of a terminal that it does not know by name:
// Terminal.app prints a p for its question (DECRQM).
func Environ(term, lang, colorterm string) []string {
	return []string{"TERM=" + term, "LANG=" + lang, "COLORTERM=" + colorterm, "SSH_TTY=pasvorm"}
}

// families are terminals, by the first word of TERM, that parse every control
// sequence as ECMA-48 has it, and so swallow those they do not know.
var families = []string{
	"alacritty", "contour", "eterm", "foot", "ghostty", "gnome", "iterm", "iterm2", "kitty", "konsole", "mintty", "mlterm", "ms",
	"nsterm", "putty", "rio", "rxvt", "screen", "st", "terminator", "terminology", "tmux", "vscode", "vte", "wezterm", "xterm",
}

// many are those with all colours, whatever else their name says.
var many = []string{"alacritty", "contour", "foot", "ghostty", "kitty", "rio", "st", "wezterm"}

// first is the word of a terminal's name before its variants.
func first(term string) string {
	word, _, _ := strings.Cut(strings.ToLower(term), "-")
	word, _, _ = strings.Cut(word, ".") // screen.xterm-256color
	return word
}

func modern(term string) bool { return slices.Contains(families, first(term)) }

func noScreen(term string) bool {
	return slices.Contains([]string{"", "dumb", "unknown", "network", "dialup", "emacs"}, strings.ToLower(term))
}

// profile gives the colours by the rules of colorprofile.Env. They are written
// out here, for that looks for letters anywhere in a name (an st makes every name
// that holds one a terminal of all colours) and at variables of this process's
// kind that no client sends.
func profile(term, colorterm string) colorprofile.Profile {
	family, variants := first(term), strings.Split(strings.ToLower(term), "-")
	is := func(known ...string) bool {
		return slices.ContainsFunc(variants, func(v string) bool { return slices.Contains(known, v) })
	}
	switch {
	case noScreen(term):
		return colorprofile.NoTTY
	case is("m", "mono"), strings.EqualFold(colorterm, "none"): // the second is what NO_COLOR becomes
		return colorprofile.ASCII
	case slices.Contains(many, family), is(many...), is("direct", "direct2", "direct16", "direct256"):
		return colorprofile.TrueColor
	case family == "tmux", family == "screen":
		return colorprofile.ANSI256 // what COLORTERM says is of the terminal around it
	case slices.Contains([]string{"truecolor", "24bit", "yes", "true"}, strings.ToLower(colorterm)):
		return colorprofile.TrueColor
	case strings.HasSuffix(strings.ToLower(term), "256color"):
		return colorprofile.ANSI256
	}
	return colorprofile.ANSI
}

func readsUTF8(lang string) bool {
	locale, modifier, _ := strings.Cut(strings.ToUpper(lang), "@")
	locale, charset, named := strings.Cut(locale, ".")
	if named {
		return strings.ReplaceAll(charset, "-", "") == "UTF8"
	}
	return locale != "C" && locale != "POSIX" && modifier != "EURO"
}
