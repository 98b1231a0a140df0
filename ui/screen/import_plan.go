package screen

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// importFields are what a column can become, in the order in which they are
// offered; the first of them are parts of a name that the book keeps as one.
var importFields = []string{
	"name", "first", "infix", "last", "company", "number", "kind", "relation", "duty", "phone", "mobile", "email",
	"street", "houseno", "postcode", "town", "country", "channel", "owner", "revenue", "margin", "level", "response",
	"minutes", "contract_end", "key_account", "preferences", "expectations", "helps", "hinders", "note",
}

// importColumn is a column of the file by the name a mapping has for it, with
// the field it becomes; "" leaves it out.
type importColumn struct{ key, field string }

// importPlan is what the look at a file found, and the cursor on its columns.
type importPlan struct {
	known   bool
	report  model.ImportReport
	columns []importColumn
	cur     int
	top     int
	page    int
}

// take keeps what a look found. A column keeps its place when only what it
// becomes was changed.
func (p *importPlan) take(r model.ImportReport) {
	found := importColumns(r)
	if p.known {
		found = importKept(p.columns, found)
		place := func(c importColumn) int {
			i := slices.IndexFunc(p.columns, func(old importColumn) bool { return old.key == c.key })
			if i < 0 {
				return len(p.columns)
			}
			return i
		}
		slices.SortStableFunc(found, func(a, b importColumn) int { return place(a) - place(b) })
	}
	p.known, p.report, p.columns = true, r, found
	p.move(0)
}

// importColumns takes a report's mapping apart.
func importColumns(r model.ImportReport) []importColumn {
	var out []importColumn
	for part := range strings.SplitSeq(r.Mapping, ",") {
		if i := strings.LastIndexByte(part, '='); i >= 0 {
			out = append(out, importColumn{key: strings.TrimSpace(part[:i]), field: strings.TrimSpace(part[i+1:])})
		}
	}
	for _, key := range r.LeftOut {
		out = append(out, importColumn{key: key})
	}
	return out
}

// importKept adds to the columns found those without a header that were in use
// before: a report names a column that is left out by its header only.
func importKept(before, found []importColumn) []importColumn {
	missing := len(before) - len(found)
	for _, c := range before {
		has := func(f importColumn) bool { return f.key == c.key }
		if missing > 0 && strings.HasPrefix(c.key, "#") && !slices.ContainsFunc(found, has) {
			found = append(found, importColumn{key: c.key})
			missing--
		}
	}
	return found
}

// importMap writes columns as a mapping.
func importMap(columns []importColumn) string {
	var parts []string
	for _, c := range columns {
		if c.field != "" {
			parts = append(parts, c.key+"="+c.field)
		}
	}
	return strings.Join(parts, ",")
}

// with gives the mapping in which the column under the cursor becomes a field;
// the column that had the field is left out.
func (p *importPlan) with(field string) string {
	columns := slices.Clone(p.columns)
	for i := range columns {
		if columns[i].field == field {
			columns[i].field = ""
		}
	}
	columns[p.cur].field = field
	return importMap(columns)
}

func (p *importPlan) move(n int) {
	p.cur = max(min(p.cur+n, len(p.columns)-1), 0)
}

// current is the column under the cursor.
func (p *importPlan) current() (importColumn, bool) {
	if p.cur >= len(p.columns) {
		return importColumn{}, false
	}
	return p.columns[p.cur], true
}

// customers is how many would come in or change.
func (p *importPlan) customers() int { return p.report.Added + p.report.Updated }

// importLabel names a field.
func importLabel(e *Env, field string) string { return e.Say.FieldLabel(clip(field, 40)) }

// whyFixed says why the column under the cursor cannot be given another field.
func (s *importScreen) whyFixed() string {
	c, ok := s.plan.current()
	switch {
	case !ok:
		return s.env.T("import.map.nothing")
	case c.field == "" && (c.key == "" || strings.ContainsAny(c.key, ",")):
		return s.env.T("import.map.unnamed")
	}
	return ""
}

// whyKept says why the column under the cursor cannot be left out.
func (s *importScreen) whyKept() string {
	c, ok := s.plan.current()
	switch {
	case !ok:
		return s.env.T("import.map.nothing")
	case c.field == "":
		return s.env.T("import.map.out")
	case s.plan.with("") == "":
		return s.env.T("import.map.last")
	}
	return ""
}

func (s *importScreen) planCommands() []kit.Command {
	line := func(n int) tea.Cmd { s.plan.move(n); return nil }
	page := func(n int) tea.Cmd { s.plan.move(n * max(s.plan.page-1, 1)); return nil }
	first := func() tea.Cmd { s.plan.cur = 0; return nil }
	last := func() tea.Cmd { s.plan.move(len(s.plan.columns)); return nil }
	own := []kit.Command{
		{ID: "import.start", Keys: []string{"enter"}, Group: "change", Footer: 100, WhyNot: func() string {
			if s.plan.customers() == 0 {
				return s.env.T("import.none")
			}
			return ""
		}, Run: s.question},
		{ID: "import.map", Keys: []string{"c", "right"}, Group: "change", Footer: 90, WhyNot: s.whyFixed, Run: func() tea.Cmd {
			s.pick = newImportPick(s.env, &s.plan)
			return nil
		}},
		{ID: "import.leaveout", Keys: []string{"x", "delete"}, Group: "change", Footer: 80, WhyNot: s.whyKept, Run: func() tea.Cmd {
			return s.check(s.name, s.plan.with(""))
		}},
		{ID: "import.rename", Keys: []string{"esc"}, Group: "go", Footer: 70, Run: s.rename},
	}
	return append(own, movement(line, page, first, last)...)
}

// question asks once before it starts.
func (s *importScreen) question() tea.Cmd {
	s.ask = kit.NewChoose(s.env.Theme, s.env.Text.N("import.ask", s.plan.customers()), []kit.Option{
		{Value: "yes", Label: s.env.T("import.ask.yes")}, {Value: "no", Label: s.env.T("import.ask.no")},
	})
	return nil
}

func (s *importScreen) askCommands() []kit.Command {
	answer := func(yes bool) tea.Cmd {
		if yes {
			return s.begin()
		}
		s.ask = nil
		return nil
	}
	return []kit.Command{
		{ID: "import.answer", Keys: []string{"enter"}, Group: "change", Footer: 100, Danger: true,
			Run: func() tea.Cmd { return answer(s.ask.Chosen() == "yes") }},
		{ID: "import.back", Keys: []string{"esc"}, Group: "go", Footer: 90,
			Run: func() tea.Cmd { return answer(false) }},
	}
}
