package screen

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// cellKind says what one part of the log panel holds.
type cellKind uint8

const (
	cellText cellKind = iota
	cellNumber
	cellYes
	cellPick
)

// logCell is one part of the log panel: a few words, a number, yes or no, or a
// choice.
type logCell struct {
	id    string // also in a draft
	label string // text id
	kind  cellKind
	row   int    // in which it is drawn; a row folds where it is too wide
	needs string // id of the cell that must be filled for this one to be there
	hint  string // text id, while it is in focus

	in    *kit.Input
	pick  picker
	on    bool
	n     string // digits, "" for none
	most  int
	first string // as it was proposed
}

// raw is the value as a draft keeps it.
func (c *logCell) raw() string {
	switch c.kind {
	case cellText:
		return c.in.Value()
	case cellNumber:
		return c.n
	case cellPick:
		return c.pick.value
	case cellYes:
	}
	if c.on {
		return "yes"
	}
	return ""
}

func (c *logCell) set(v string) {
	switch c.kind {
	case cellText:
		c.in.SetValue(v)
	case cellNumber:
		c.n = v
	case cellPick:
		c.pick.value, c.pick.typed = v, ""
	case cellYes:
		c.on = v == "yes"
	}
}

// propose fills in what a person has not touched.
func (c *logCell) propose(v string) {
	if c.raw() == c.first {
		c.set(v)
		c.first = c.raw()
	}
}

func (c *logCell) filled() bool { return strings.TrimSpace(c.raw()) != "" }

// number is the value of a number, and whether one was given.
func (c *logCell) number() (n int, given bool) {
	n, err := strconv.Atoi(c.n)
	return n, err == nil
}

// update takes a typed key or pasted text.
func (c *logCell) update(msg tea.Msg) {
	if c.kind == cellText {
		c.in.Update(msg)
		return
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return
	}
	switch c.kind {
	case cellNumber:
		c.count(key.String())
	case cellYes:
		switch key.String() {
		case "1", "y", "Y", "j", "J":
			c.on = true
		case "2", "n", "N", "0", "backspace", "delete":
			c.on = false
		case "space", "left", "right":
			c.on = !c.on
		}
	case cellPick:
		c.pick.key(key)
	case cellText:
	}
}

// count takes a key of a number.
func (c *logCell) count(key string) {
	n, _ := c.number()
	switch {
	case len(key) == 1 && key >= "0" && key <= "9":
		if v := c.n + key; c.most < 10 {
			c.put(key)
		} else if len(v) < 7 {
			c.put(v)
		}
	case key == "backspace":
		if len(c.n) > 0 {
			c.n = c.n[:len(c.n)-1]
		}
	case key == "delete":
		c.n = ""
	case key == "+" || key == "right":
		c.put(strconv.Itoa(n + 1))
	case (key == "-" || key == "left") && n > 0:
		c.put(strconv.Itoa(n - 1))
	}
}

// put takes a number within bounds, without zeros before it.
func (c *logCell) put(v string) {
	if n, err := strconv.Atoi(v); err == nil && n <= c.most {
		c.n = strconv.Itoa(n)
	}
}
