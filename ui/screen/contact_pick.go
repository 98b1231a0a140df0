package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// picker chooses one of a list: by its number, by the beginning of its name, or
// with the arrows. With free a name that the list lacks may be typed as well.
type picker struct {
	items []kit.Option
	free  bool
	must  bool // something is always chosen
	value string
	typed string
	was   string // the value before anything was typed
}

// chosen is the place in the list of what is chosen, -1 for none.
func (p *picker) chosen() int {
	for i, it := range p.items {
		if it.Value == p.value {
			return i
		}
	}
	return -1
}

// label is what is chosen, in words.
func (p *picker) label() string {
	if i := p.chosen(); i >= 0 {
		return p.items[i].Label
	}
	return p.value
}

// key takes a key.
func (p *picker) key(msg tea.KeyPressMsg) {
	key := msg.String()
	switch {
	case key == "left" || key == "right":
		p.step(key == "right")
	case key == "backspace" || key == "delete":
		p.erase()
	case p.typed == "" && len(key) == 1 && key >= "0" && key <= "9":
		p.number(int(key[0] - '0'))
	case p.typed == "" && key == "space":
		p.step(true)
	case kit.Printing(msg):
		if p.typed == "" {
			p.was = p.value
		}
		p.typed += msg.Text
		p.find()
	}
}

// number chooses by number; 0 takes the choice back.
func (p *picker) number(n int) {
	switch {
	case n == 0 && !p.must:
		p.value = ""
	case n >= 1 && n <= len(p.items):
		p.value = p.items[n-1].Value
	}
}

// step goes to the next or the previous of the list, past none where nothing
// need be chosen.
func (p *picker) step(on bool) {
	p.typed = ""
	n, at := len(p.items), p.chosen()
	if n == 0 {
		return
	}
	if on {
		at++
	} else {
		at--
	}
	switch {
	case at >= 0 && at < n:
		p.value = p.items[at].Value
	case p.must && on:
		p.value = p.items[0].Value
	case p.must || at < -1:
		p.value = p.items[n-1].Value
	default:
		p.value = ""
	}
}

func (p *picker) erase() {
	if r := []rune(p.typed); len(r) > 0 {
		p.typed = string(r[:len(r)-1])
		p.find()
		return
	}
	if !p.must {
		p.value = ""
	}
}

// find chooses what begins with what was typed, else what holds it. What was
// chosen before stays where nothing does. Where a name may be new, only a whole
// name is one of the list.
func (p *picker) find() {
	hits := p.hits()
	typed := strings.TrimSpace(p.typed)
	switch {
	case typed == "":
		p.value = p.was
	case p.free && (len(hits) == 0 || !strings.EqualFold(typed, hits[0].Label)):
		p.value = typed
	case len(hits) > 0:
		p.value = hits[0].Value
	default:
		p.value = p.was
	}
}

// hits are what matches what was typed, all while nothing was.
func (p *picker) hits() []kit.Option {
	want := strings.ToLower(strings.TrimSpace(p.typed))
	if want == "" {
		return p.items
	}
	var first, rest []kit.Option
	for _, it := range p.items {
		switch label := strings.ToLower(it.Label); {
		case strings.HasPrefix(label, want):
			first = append(first, it)
		case strings.Contains(label, want):
			rest = append(rest, it)
		}
	}
	return append(first, rest...)
}
