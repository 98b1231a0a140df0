package console

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// help is the overlay with every key that works here.
type help struct{ top int }

// groupOrder is the order of the groups in help; others follow by name.
var groupOrder = []string{"move", "look", "change", "go", "program"}

func sortGroups(groups []string) {
	rank := func(g string) int {
		if i := slices.Index(groupOrder, g); i >= 0 {
			return i
		}
		return len(groupOrder)
	}
	slices.SortFunc(groups, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
}

func (r *Root) helpKey(key string) tea.Cmd {
	_, h := r.body()
	last := max(len(r.helpRows())-h, 0)
	switch key {
	case "?", "q", "esc", "enter":
		r.help = nil
	case "j", "down":
		r.help.top = min(r.help.top+1, last)
	case "k", "up":
		r.help.top = max(r.help.top-1, 0)
	case "pgdown", "space":
		r.help.top = min(r.help.top+h, last)
	case "pgup":
		r.help.top = max(r.help.top-h, 0)
	case "g", "home":
		r.help.top = 0
	case "G", "end":
		r.help.top = last
	}
	return nil
}

func (r *Root) viewHelp() string {
	_, h := r.body()
	rows := r.helpRows()
	top := min(r.help.top, max(len(rows)-h, 0))
	return strings.Join(rows[top:min(top+h, len(rows))], "\n")
}

// helpRows lists the commands by group: their keys, what they do, and why not
// now.
func (r *Root) helpRows() []string {
	all := r.all()
	byGroup := map[string][]offered{}
	keyWidth := 0
	for _, c := range all {
		if c.keyless {
			continue
		}
		byGroup[c.Group] = append(byGroup[c.Group], c)
		keyWidth = max(keyWidth, kit.Width(r.keysOf(&c)))
	}
	keyWidth = min(keyWidth, r.w/3)
	groups := make([]string, 0, len(byGroup))
	for g := range byGroup {
		groups = append(groups, g)
	}
	sortGroups(groups)
	var rows []string
	for _, g := range groups {
		if len(rows) > 0 {
			rows = append(rows, "")
		}
		rows = append(rows, " "+r.th.Paint(kit.InkTitle, r.tx.T("cmd.group."+g)))
		for _, c := range byGroup[g] {
			rows = append(rows, r.helpOf(&c, keyWidth)...)
		}
	}
	return rows
}

// helpOf is the row of a command, going on below where it is too long.
func (r *Root) helpOf(c *offered, keyWidth int) []string {
	words, ink := c.Title(r.tx), kit.InkText
	if why := c.Reason(); why != "" {
		words, ink = words+" — "+kit.Clean(why), kit.InkUnavailable
	}
	rows := kit.Wrap(words, max(r.w-keyWidth-5, 10))
	keys := kit.Fit(r.keysOf(c), keyWidth)
	for i, row := range rows {
		switch {
		case i > 0:
			keys = strings.Repeat(" ", keyWidth)
		case ink == kit.InkText:
			keys = r.th.Paint(kit.InkKey, keys)
		}
		rows[i] = "   " + keys + "  " + row
		if ink != kit.InkText {
			rows[i] = "   " + r.th.Paint(ink, keys+"  "+row)
		}
	}
	return rows
}

func (r *Root) keysOf(c *offered) string {
	return keyList(r.tx, &c.Command)
}
