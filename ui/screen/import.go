package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// importStep is how far bringing in a file is.
type importStep int

const (
	importNaming   importStep = iota // which file
	importChecking                   // it is read, nothing is written
	importMapping                    // what was found, and which column is what
	importRunning                    // it is brought in
	importStopped                    // that was stopped half-way
	importDone                       // the report
)

// importScreen brings a file of customers in: its name, a look at what is in
// it, then the work itself with the report at its end.
type importScreen struct {
	env  *Env
	w, h int
	step importStep

	file *importName
	name string // of the file that was looked at

	run   *importRun // the newest, running or ended
	plan  importPlan
	ask   *kit.Choose // before it starts
	pick  *importPick // of a field for a column
	wrong string      // why the last run failed

	report  model.ImportReport // of the import itself
	badFile string             // where its bad lines are
	scroll  int                // rows of the report above the window
	page    int                // rows of it in the window
}

// newImport opens the screen at the name of the file.
func newImport(env *Env) kit.Screen {
	return &importScreen{env: env, file: newImportName(env)}
}

// able tells whether this session can read files and work on the whole book.
func (s *importScreen) able() bool { return s.env.Book != nil && s.env.Files != nil }

// barred is why the person may not import; "" when they may.
func (s *importScreen) barred() string {
	if err := model.MayDo(s.env.Me.Role, model.ActImportStart); err != nil {
		return s.env.Say.Error(err)
	}
	return ""
}

func (s *importScreen) Init() tea.Cmd { return nil }

func (s *importScreen) Title() string { return s.env.T("import.title") }

// Typing holds while a text field or a question has the keys.
func (s *importScreen) Typing() bool {
	if !s.able() || s.barred() != "" {
		return false
	}
	return s.step == importNaming || s.step == importMapping && (s.ask != nil || s.pick != nil)
}

// Cursor is the place of the cursor within the last View.
func (s *importScreen) Cursor() (x, y int, ok bool) {
	switch {
	case !s.Typing():
		return 0, 0, false
	case s.step == importNaming:
		return s.file.cursor()
	case s.pick != nil:
		return s.pick.cursor()
	}
	return 0, 0, false
}

// Closing ends a run and waits for what it has in hand.
func (s *importScreen) Closing() tea.Cmd {
	if s.run == nil || s.step != importChecking && s.step != importRunning {
		return nil
	}
	return s.run.closing(s.env)
}

func (s *importScreen) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case kit.Resized:
		s.w, s.h = msg.W, msg.H
	case importNames:
		s.file.take(msg)
	case importNews:
		if msg.run == s.run {
			return s, s.run.take(msg)
		}
	case importEnded:
		if msg.run == s.run {
			s.ended(msg)
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.Typing() {
			s.typed(msg)
		}
	}
	return s, nil
}

// typed hands a key to what has the keys.
func (s *importScreen) typed(msg tea.Msg) {
	switch {
	case s.step == importNaming:
		s.file.update(msg)
	case s.pick != nil:
		s.pick.update(msg)
	case s.ask != nil:
		switch s.ask.Update(msg) {
		case kit.Left:
			s.ask = nil
		case kit.Saved, kit.Going: // a digit moves there; enter is a command
		}
	}
}

// check reads the file without writing anything; mapping "" proposes one.
func (s *importScreen) check(name, mapping string) tea.Cmd {
	s.name, s.wrong = name, ""
	s.step = importChecking
	s.run = newImportRun(s.env, name, mapping, true)
	return s.run.start(s.env)
}

// begin brings the file in as it was shown.
func (s *importScreen) begin() tea.Cmd {
	s.ask, s.wrong = nil, ""
	s.step = importRunning
	s.run = newImportRun(s.env, s.name, s.plan.report.Mapping, false)
	s.run.expected = s.plan.report.Rows
	s.run.expectBad = s.plan.report.Bad > 0
	return s.run.start(s.env)
}

// ended takes the outcome of a run.
func (s *importScreen) ended(msg importEnded) {
	stopped := s.run.asked
	switch {
	case s.run.dry && stopped:
		s.name = ""
		s.plan = importPlan{}
		s.step = importNaming
	case msg.err == nil && s.run.dry:
		s.plan.take(msg.report)
		s.step = importMapping
	case msg.err == nil:
		s.report, s.badFile, s.scroll = msg.report, msg.badFile, 0
		s.step = importDone
	case stopped:
		s.badFile = msg.badFile
		s.step = importStopped
	case s.plan.known:
		s.wrong = s.env.Say.Error(msg.err)
		s.step = importMapping
	default:
		s.file.wrong = s.env.Say.Error(msg.err)
		s.step = importNaming
	}
}

// stop asks a run to end.
func (s *importScreen) stop() tea.Cmd {
	s.run.stop()
	return nil
}

// rename goes back to the name of the file.
func (s *importScreen) rename() tea.Cmd {
	s.plan, s.wrong = importPlan{}, ""
	s.step = importNaming
	return nil
}

// leave goes back to the screen below.
func (s *importScreen) leave() tea.Cmd { return kit.Send(kit.Back{}) }

func (s *importScreen) Commands() []kit.Command {
	if !s.able() || s.barred() != "" {
		return nil
	}
	switch s.step {
	case importNaming:
		return s.nameCommands()
	case importChecking, importRunning:
		return []kit.Command{{ID: "import.stop", Keys: []string{"esc"}, Group: "change", Footer: 100,
			WhyNot: func() string {
				if s.run.asked {
					return s.env.T("import.stopping")
				}
				return ""
			}, Run: s.stop}}
	case importMapping:
		switch {
		case s.pick != nil:
			return s.pickCommands()
		case s.ask != nil:
			return s.askCommands()
		}
		return s.planCommands()
	case importStopped:
		return []kit.Command{
			{ID: "import.goon", Keys: []string{"enter"}, Group: "change", Footer: 100, Danger: true, Run: s.begin},
			{ID: "import.rename", Keys: []string{"esc"}, Group: "go", Footer: 90, Run: s.rename},
		}
	case importDone:
		return s.doneCommands()
	}
	return nil
}

func (s *importScreen) nameCommands() []kit.Command {
	return []kit.Command{
		{ID: "import.look", Keys: []string{"enter"}, Group: "look", Footer: 100, Run: func() tea.Cmd {
			if name := s.file.chosen(); name != "" {
				return s.check(name, "")
			}
			return nil
		}},
		{ID: "import.complete", Keys: []string{"tab"}, Group: "look", Footer: 90,
			Run: func() tea.Cmd { return s.file.complete(1) }},
		{ID: "import.complete.back", Keys: []string{"shift+tab"}, Group: "look",
			Run: func() tea.Cmd { return s.file.complete(-1) }},
		{ID: "back", Keys: []string{"esc"}, Group: "go", Footer: 80, Run: s.leave},
	}
}

// View draws the step.
func (s *importScreen) View(w, h int) string {
	switch {
	case !s.able():
		return strings.Join(s.viewElsewhere(w), "\n")
	case s.barred() != "":
		return strings.Join(importSentence(s.barred(), w, 6), "\n")
	}
	var rows []string
	switch s.step {
	case importNaming:
		rows = s.file.view(w, h)
	case importChecking, importRunning:
		rows = s.viewRun(w)
	case importMapping:
		switch {
		case s.ask != nil:
			return s.ask.View(w, h)
		case s.pick != nil:
			return s.pick.view(w, h)
		}
		rows = s.viewPlan(w, h)
	case importStopped:
		rows = s.viewStopped(w)
	case importDone:
		rows = s.viewDone(w, h)
	}
	return strings.Join(rows[:min(len(rows), max(h, 0))], "\n")
}

// viewElsewhere says how to import where this session cannot.
func (s *importScreen) viewElsewhere(w int) []string {
	e := s.env
	rows := importSentence(e.T("import.elsewhere"), w, 4)
	return append(rows, "",
		kit.Cut("   pasvorm import "+e.T("import.elsewhere.file"), w), "",
		kit.Cut(" "+e.T("import.elsewhere.line"), w),
		"", kit.Cut("   ssh … pasvorm import - < "+e.T("import.elsewhere.file"), w))
}

// importSentence wraps a sentence below an empty row.
func importSentence(sentence string, w, most int) []string {
	rows := []string{""}
	for _, r := range kit.Wrap(sentence, max(w-2, 1)) {
		if rows = append(rows, " "+r); len(rows) > most {
			break
		}
	}
	return rows
}
