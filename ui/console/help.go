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
			rows = append(rows, r.helpRow(&c, keyWidth))
		}
	}
	return rows
}

func (r *Root) helpRow(c *offered, keyWidth int) string {
	room := max(r.w-keyWidth-5, 1)
	keys := kit.Fit(r.keysOf(c), keyWidth)
	title := c.Title(r.tx)
	why := c.Reason()
	if why == "" {
		return "   " + r.th.Paint(kit.InkKey, keys) + "  " + kit.Cut(title, room)
	}
	return "   " + r.th.Paint(kit.InkUnavailable, keys+"  "+kit.Cut(title+" — "+kit.Clean(why), room))
}

func (r *Root) keysOf(c *offered) string {
	return keyList(r.tx, &c.Command)
}
