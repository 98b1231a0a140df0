package kit

import "strings"

// Token names what a piece of text means; the theme decides how it looks. A
// token never carries meaning alone: a mark, a word or a place says it too.
type Token uint8

// The tokens of the product.
const (
	InkText        Token = iota // running text
	InkMuted                    // less important
	InkTitle                    // the name of a screen or section
	InkAccent                   // what the eye should find first
	InkWarn                     // must not be missed
	InkDanger                   // cannot be taken back, or went wrong
	InkGood                     // done, in order
	InkSelected                 // the row under the cursor
	InkMarked                   // a row marked for bulk
	InkBorder                   // lines and boxes
	InkKey                      // a key in the footer and in help
	InkKeyLabel                 // what that key does
	InkUnavailable              // a command that does not work now
	InkTrait1                   // the four demanding traits, in the order of the model
	InkTrait2
	InkTrait3
	InkTrait4
	InkStep   // the step on the ladder
	InkLabel  // the name of a field
	InkHint   // help beside a field
	InkInput  // what is being typed
	InkError  // what is wrong with a field
	InkNotice // the line above the footer
	InkFound  // the letters that made a row fit what is looked for
	tokens    // their number
)

// Theme turns tokens into terminal styles. It is made once for each session and
// never changes. Only the sixteen colours of the terminal, bold, faint,
// underline and reverse are used, so that the reader's own palette holds.
type Theme struct {
	on   [tokens]string
	dark bool
}

const reset = "\x1b[m"

// NewTheme makes a theme for a dark or a light background.
func NewTheme(dark bool) *Theme {
	t := &Theme{dark: dark}
	// Bright colours read well on dark ground, the plain ones on light.
	pick := func(onDark, onLight string) string {
		if dark {
			return onDark
		}
		return onLight
	}
	set := func(tok Token, sgr string) { t.on[tok] = "\x1b[" + sgr + "m" }
	set(InkMuted, "2")
	set(InkTitle, "1")
	set(InkAccent, pick("1;96", "1;36"))
	set(InkWarn, pick("1;93", "1;33"))
	set(InkDanger, pick("1;91", "1;31"))
	set(InkGood, pick("92", "32"))
	set(InkSelected, "7")
	set(InkMarked, pick("1;94", "1;34"))
	set(InkBorder, "2")
	set(InkKey, "1")
	set(InkKeyLabel, "2")
	set(InkUnavailable, "2")
	set(InkTrait1, pick("95", "35"))
	set(InkTrait2, pick("93", "33"))
	set(InkTrait3, pick("91", "31"))
	set(InkTrait4, pick("96", "36"))
	set(InkStep, "1")
	set(InkLabel, "2")
	set(InkHint, "2")
	set(InkInput, "4")
	set(InkError, pick("91", "31"))
	set(InkNotice, "7")
	set(InkFound, "1;4")
	return t
}

// Dark tells which background the theme was made for.
func (t *Theme) Dark() bool { return t.dark }

// Write appends a text in the style of a token. The text is cleaned already and
// holds no style of its own.
func (t *Theme) Write(b *strings.Builder, tok Token, s string) {
	if on := t.on[tok]; on != "" && s != "" {
		b.WriteString(on)
		b.WriteString(s)
		b.WriteString(reset)
		return
	}
	b.WriteString(s)
}

// Paint gives a text in the style of a token, as [Theme.Write] does.
func (t *Theme) Paint(tok Token, s string) string {
	on := t.on[tok]
	if on == "" || s == "" {
		return s
	}
	return on + s + reset
}

// Over paints a whole row that may hold painted parts: each of its resets is
// followed by the row's own style again.
func (t *Theme) Over(tok Token, s string) string {
	on := t.on[tok]
	if on == "" || s == "" {
		return s
	}
	return on + strings.ReplaceAll(s, reset, reset+on) + reset
}
