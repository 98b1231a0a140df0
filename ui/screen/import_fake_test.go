package screen

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/console"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// importBook is a book whose imports the test plays.
type importBook struct {
	ui.Book
	now   time.Time
	calls []model.ImportOptions
	read  []string
	play  func(ctx context.Context, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error)
}

func (b *importBook) Now() time.Time { return b.now }

func (b *importBook) Import(ctx context.Context, src io.Reader, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error) {
	raw, err := io.ReadAll(src)
	if err != nil {
		return model.ImportReport{}, err
	}
	b.calls, b.read = append(b.calls, o), append(b.read, string(raw))
	return b.play(ctx, bad, o, progress)
}

// importFiles are files in memory.
type importFiles struct {
	have  map[string]string
	made  map[string]*importMade
	names map[string][]string
	full  bool // no file can be made
}

type importMade struct {
	bytes.Buffer
	closed bool
}

func (m *importMade) Close() error { m.closed = true; return nil }

func (f *importFiles) Open(name string) (io.ReadCloser, int64, error) {
	s, ok := f.have[name]
	if !ok {
		return nil, 0, &model.Error{Kind: model.KindNotFound, ID: "import.file.missing", Args: map[string]any{"File": name}, Hint: "hint.import.complete", Cause: fs.ErrNotExist}
	}
	return io.NopCloser(strings.NewReader(s)), int64(len(s)), nil
}

func (f *importFiles) Beside(name string) (io.WriteCloser, string, error) {
	if f.full {
		return nil, "", model.NewError(model.KindReadOnly, "import.file.beside", "File", name).WithHint("hint.import.copy")
	}
	m := &importMade{}
	f.made[name+".bad.csv"] = m
	return m, name + ".bad.csv", nil
}

func (f *importFiles) List(begin string) []string { return f.names[begin] }

// importFound is what a look at the tour's sort of file finds.
func importFound() model.ImportReport {
	return model.ImportReport{
		Encoding: "windows-1252", Delimiter: ";", Mapping: "Klantnr=number,Achternaam=last,Tel.=phone,E-mail=email,Woonplaats=town,Omzet 2025=revenue",
		LeftOut: []string{"Rayon", "Klant sinds"}, Rows: 12413, Added: 12000, Updated: 408, Bad: 5, Doubles: 17,
		BadRows: []model.BadRow{
			{Line: 14, Reason: model.Message{ID: "import.bad.quote"}}, {Line: 203, Reason: model.Message{ID: "import.value.date"}},
			{Line: 9001, Reason: model.Message{ID: "import.bad.wide"}}, {Line: 9100, Reason: model.Message{ID: "import.bad.wide"}},
		},
		Preview: []map[string]string{
			{"number": "1001", "name": "Zoë van der Meulen", "phone": "030-0550101", "email": "zoe@vandermeulen.example", "town": "Utrecht", "revenue": "412.50"},
			{"number": "1002", "name": "Piet Jansen", "phone": "020-0550102", "email": "piet.jansen@post.example", "town": "Amsterdam", "revenue": "265.00"},
			{"number": "1004", "name": "Bakkerij De Rijzende Zon", "email": "els@rijzendezon.example", "town": "Eindhoven"},
		},
	}
}

// importStage is a console with the import screen on it.
type importStage struct {
	*kittest.Driver
	book  *importBook
	files *importFiles
	env   *Env
	s     *importScreen
	held  *importHeld
}

// importHeld is a console whose commands can be kept from running, so that what
// is seen meanwhile can be looked at.
type importHeld struct {
	*console.Root
	hold bool
	cmds []tea.Cmd
}

func (h *importHeld) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := h.Root.Update(msg)
	if h.hold {
		if cmd != nil {
			h.cmds = append(h.cmds, cmd)
		}
		return h, nil
	}
	return h, cmd
}

// importBelow is the screen that the import is opened from.
type importBelow struct{}

func (importBelow) Init() tea.Cmd                          { return nil }
func (b importBelow) Update(tea.Msg) (kit.Screen, tea.Cmd) { return b, nil }
func (importBelow) View(int, int) string                   { return "below" }
func (importBelow) Title() string                          { return "Below" }
func (importBelow) Commands() []kit.Command {
	return []kit.Command{{ID: "import.look", Keys: []string{"i"}, Group: "go", Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindImport}) }}}
}

func openImport(t *testing.T, lang string, w, h int, change func(*Env)) *importStage {
	t.Helper()
	tx, err := text.Load(lang)
	if err != nil {
		t.Fatal(err)
	}
	g := &importStage{
		book:  &importBook{now: time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)},
		files: &importFiles{have: map[string]string{"klanten.csv": "Klantnr;Naam\n1;Anna\n"}, made: map[string]*importMade{}, names: map[string][]string{}},
	}
	g.book.play = func(_ context.Context, bad io.Writer, o model.ImportOptions, progress func(model.ImportProgress)) (model.ImportReport, error) {
		r := importFound()
		if o.Mapping != "" {
			r.Mapping = o.Mapping
		}
		if !o.DryRun {
			progress(model.ImportProgress{Rows: r.Rows, Bytes: o.Size, Phase: "done"})
			_, err := io.WriteString(bad, "the bad lines\n")
			return r, err
		}
		return r, nil
	}
	g.env = &Env{Ctx: t.Context(), Text: tx, Theme: kit.NewTheme(true), Say: say.Speaker{Text: tx}, Me: model.Me{Role: model.RoleAgent}, Desk: g.book, Book: g.book, Files: g.files}
	if change != nil {
		change(g.env)
	}
	g.held = &importHeld{Root: console.New(console.Config{Text: tx, Theme: g.env.Theme, Word: g.env.Say.Error, Start: kit.Open{Kind: "below"},
		Makers: map[string]func(any) kit.Screen{
			"below":    func(any) kit.Screen { return importBelow{} },
			KindImport: func(any) kit.Screen { g.s, _ = newImport(g.env).(*importScreen); return g.s },
		}})}
	g.Driver = kittest.New(t, g.held, w, h)
	g.Key("i")
	return g
}

// look types the file's name and looks into it.
func (g *importStage) look() {
	g.Type("klanten.csv")
	g.Key("enter")
}

var importSizes = []struct{ w, h int }{{80, 24}, {120, 40}}

// importGoldens draws one state in every size and language.
func importGoldens(t *testing.T, name string, change func(*Env), act func(*importStage)) {
	t.Helper()
	for _, lang := range text.Languages() {
		for _, size := range importSizes {
			g := openImport(t, lang, size.w, size.h, change)
			act(g)
			g.Golden("import." + name + "." + strconv.Itoa(size.w) + "." + lang)
		}
	}
}
