package terminal

import (
	"sync"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// unknown stands for a sign that has nothing like it in ASCII.
const unknown = '?'

// signs are pairs: what our screens draw and what people type besides letters,
// and the ASCII that says the same in one cell.
var signs = []struct {
	of string
	as byte
}{
	{"─━┄┅┈┉╌╍╴╶╸╺▔‐‑‒–—―−⎯", '-'},
	{"│┃┆┇┊┋╎╏╵╷╹╻║▌▐▍▎▏❘", '|'},
	{"┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬╭╮╯╰", '+'},
	{"═", '='}, {"╱", '/'}, {"╲", '\\'}, {"╳", 'X'},
	// A bar that grows: eighths of a cell from below, then shades.
	{"▁", '_'}, {"▂░", '.'}, {"▃▄", '-'}, {"▅▒", '='}, {"▆", '+'}, {"▇", '*'}, {"█▉▊▋▓■", '#'}, {"▀", '"'},
	{"▖▗▘▝▚▞", '.'}, {"▙▛▜▟", '#'},
	{"←◀◂◁◃⇐↤‹«↶↩⟲↵⏎↲", '<'}, {"→▶▸▷▹⇒↦›»↷↪⟳⇥", '>'}, {"↑▲▴△▵⇑↥", '^'}, {"↓▼▾▽▿⇓↧", 'v'}, {"↔⇔", '-'}, {"↕⇕", '|'},
	{"●•◉◆★✦✱∗⚫", '*'}, {"○◦◌◯◇☆◎", 'o'}, {"◐◑◒◓", '@'}, {"☐□▢", '.'},
	{"✓✔☑", 'v'}, {"✗✘✕✖×☒", 'x'}, {"⚠❗‼¡", '!'}, {"¿", '?'},
	{"·…‥‧∙⋯⋮․", '.'}, {"“”„‟″＂", '"'}, {"‘’‚‛′`´ʼʹ", '\''}, {"≈∼±½⅓¼¾⅔", '~'}, {"≤", '<'}, {"≥", '>'}, {"≠", '#'}, {"÷⁄∕", '/'},
	{"€", 'E'}, {"£", 'L'}, {"¥", 'Y'}, {"¢©", 'c'}, {"®", 'r'}, {"°º", 'o'}, {"ª", 'a'}, {"§", 'S'}, {"¶", 'P'}, {"µμ", 'u'}, {"¦", '|'},
	{"¬", '-'}, {"¯‾", '-'}, {"¸", ','}, {"¨", '"'}, {"¤", '*'}, {"∞", '8'}, {"∑Σ", 'S'}, {"Δ∆", 'D'}, {"√", 'V'}, {"⌃", '^'}, {"⌘⌥⇧⎋", '^'},
	{"†‡✚", '+'}, {"☎☏✆", 'T'}, {"✉", '@'}, {"♥❤♡", '*'}, {"\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", ' '},
	// Letters that are no letter with an accent.
	{"ßſ", 's'}, {"ẞ", 'S'}, {"æ", 'a'}, {"Æ", 'A'}, {"œø", 'o'}, {"ŒØ", 'O'}, {"łƚ", 'l'}, {"Ł", 'L'}, {"đð", 'd'}, {"ĐÐ", 'D'}, {"þŧ", 't'},
	{"ÞŦ", 'T'}, {"ħ", 'h'}, {"Ħ", 'H'}, {"ı", 'i'}, {"ȷ", 'j'}, {"ĳ", 'y'}, {"Ĳ", 'Y'}, {"ĸ", 'k'}, {"ŋŉ", 'n'}, {"Ŋ", 'N'}, {"ə", 'e'}, {"Ə", 'E'}, {"ƒ", 'f'},
}

// signOf is [signs] by rune; it is made when the first terminal without UTF-8
// comes.
var signOf = sync.OnceValue(func() map[rune]byte {
	m := map[rune]byte{}
	for _, s := range signs {
		for _, r := range s.of {
			if _, twice := m[r]; !twice {
				m[r] = s.as
			}
		}
	}
	return m
})

// known remembers the ASCII of signs that came lately: a screen has few. Working
// one out makes garbage.
type known [64]struct {
	of    rune
	as    byte
	cells uint8
}

func (k *known) plain(r rune) (as byte, cells int) {
	e := &k[uint32(r)%uint32(len(k))] //nolint:gosec // a rune is never negative here
	if e.of != r {
		as, cells = plain(r)
		e.of, e.as, e.cells = r, as, uint8(cells) //nolint:gosec // 0, 1 or 2
	}
	return e.as, int(e.cells)
}

// plain gives the ASCII for a rune and the cells it takes: 0 for a mark on the
// sign before, which goes; 2 for a wide one, whose second cell is the sign again
// where it is unknown, and a blank otherwise.
func plain(r rune) (sign byte, cells int) {
	if r >= 0x2800 && r <= 0x28ff {
		return braille(byte(r & 0xff)), 1
	}
	var buf [utf8.UTFMax]byte
	text := buf[:utf8.EncodeRune(buf[:], r)]
	cells = min(ansi.StringWidthWc(string(text)), 2)
	if cells == 0 {
		return 0, 0
	}
	if s, ok := signOf()[r]; ok {
		return s, cells
	}
	if base := norm.NFKD.Properties(text).Decomposition(); len(base) > 0 && base[0] > ' ' && base[0] < 0x7f {
		return base[0], cells
	}
	return unknown, cells
}

// The dots of a braille sign (Unicode, block 2800): bits of each of its four rows.
const (
	dotsTop    = 0x01 | 0x08
	dotsUpper  = 0x02 | 0x10
	dotsLower  = 0x04 | 0x20
	dotsBottom = 0x40 | 0x80
)

// braille gives the sign that lies where the dots of a curve do.
func braille(dots byte) byte {
	switch {
	case dots == 0:
		return ' '
	case dots&^dotsBottom == 0:
		return '_'
	case dots&^(dotsLower|dotsBottom) == 0:
		return '.'
	case dots&^(dotsUpper|dotsLower) == 0:
		return '-'
	case dots&^(dotsTop|dotsUpper) == 0:
		return '\''
	case dots == 0xff:
		return '#'
	}
	return ':'
}
