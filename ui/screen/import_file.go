package screen

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// ListMost is how many names [Files.List] gives at most. A list of so many may
// be cut, so that nothing can be said of the names it lacks.
const ListMost = 50

// importName asks for the name of a file, completed as in a shell.
type importName struct {
	env   *Env
	in    *kit.Input
	wrong string

	names []string // what the name may become, after a tab
	at    int      // which of them is filled in, -1 for none
	x, y  int
}

// importNames are the names that begin as a text does.
type importNames struct {
	begin string
	names []string
	by    int // 1 for the first of them, -1 for the last
}

func newImportName(env *Env) *importName {
	n := &importName{env: env, in: kit.NewInput("", 4096), at: -1}
	n.in.Focus()
	return n
}

// chosen is the name as typed; a blank one is told of.
func (n *importName) chosen() string {
	n.names, n.at = nil, -1
	name := n.in.Value()
	if strings.TrimSpace(name) == "" {
		n.wrong = n.env.T("import.name.empty")
		return ""
	}
	n.wrong = ""
	return name
}

func (n *importName) update(msg tea.Msg) {
	if n.in.Update(msg) {
		n.wrong, n.names, n.at = "", nil, -1
	}
}

// complete asks which names there are; a further tab goes through them.
func (n *importName) complete(by int) tea.Cmd {
	n.wrong = ""
	if len(n.names) > 1 {
		n.next(by)
		return nil
	}
	begin, files := n.in.Value(), n.env.Files
	return func() tea.Msg { return importNames{begin: begin, names: files.List(begin), by: by} }
}

// next fills in the name after or before the one that stands there.
func (n *importName) next(by int) {
	if n.at < 0 && by < 0 {
		n.at = 0
	}
	n.at = (n.at + by + len(n.names)) % len(n.names)
	n.in.SetValue(n.names[n.at])
}

// take fills in what all names share. An answer for a text that was changed
// meanwhile is too late.
func (n *importName) take(msg importNames) {
	if msg.begin != n.in.Value() {
		return
	}
	n.names, n.at = nil, -1
	switch len(msg.names) {
	case 0:
		n.wrong = n.env.T("import.name.none")
	case 1:
		n.in.SetValue(msg.names[0])
	default:
		n.names = msg.names
		if shared := importShared(msg.names); len(msg.names) < ListMost && len(shared) > len(msg.begin) {
			n.in.SetValue(shared)
			return
		}
		n.next(msg.by)
	}
}

// importShared is what every name begins with, whole characters only.
func importShared(names []string) string {
	shared := names[0]
	for _, name := range names[1:] {
		i := 0
		for i < len(shared) && i < len(name) && shared[i] == name[i] {
			i++
		}
		for i > 0 && i < len(shared) && !utf8.RuneStart(shared[i]) {
			i--
		}
		shared = shared[:i]
	}
	return shared
}

func (n *importName) cursor() (x, y int, ok bool) { return n.x, n.y, true }

func (n *importName) view(w, h int) []string {
	th, e := n.env.Theme, n.env
	room := max(w-3, 1)
	rows := []string{"", " " + th.Paint(kit.InkTitle, kit.Cut(e.T("import.name.ask"), room)),
		" " + th.Paint(kit.InkInput, n.in.View(room))}
	n.x, n.y = 1+n.in.CursorX(), 2
	rows = append(rows, "")
	if n.wrong != "" {
		for _, r := range kit.Wrap(n.wrong, room) {
			rows = append(rows, " "+th.Paint(kit.InkError, r))
		}
		rows = append(rows, "")
	}
	if len(n.names) > 0 {
		return append(rows, n.viewNames(w, h-len(rows))...)
	}
	for _, r := range kit.Wrap(e.T("import.name.hint"), room) {
		rows = append(rows, " "+th.Paint(kit.InkHint, r))
	}
	return rows
}

// viewNames lists the names found, the one filled in always in sight.
func (n *importName) viewNames(w, room int) []string {
	th := n.env.Theme
	top := min(max(n.at-room+1, 0), max(len(n.names)-room, 0))
	var rows []string
	for i := top; i < min(top+room, len(n.names)); i++ {
		row := kit.Cell("   "+importBase(n.names[i]), w)
		if i == n.at {
			row = th.Paint(kit.InkSelected, " ▌"+row[2:])
		}
		rows = append(rows, row)
	}
	return rows
}

// importBase is the last part of a path, with the mark of a folder.
func importBase(name string) string {
	body := strings.TrimRight(name, `/\`)
	if i := strings.LastIndexAny(body, `/\`); i >= 0 {
		return name[i+1:]
	}
	return name
}
