package screen

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// formStage is a stage on which forms open whose drafts are kept in the book.
type formStage struct {
	stage
	box          *formbox
	wide, height int // of the last view
}

func newFormStage(env *Env) formStage { return formStage{stage: newStage(env)} }

// formSpec is a form that a screen opens.
type formSpec struct {
	id      string   // of the form; with the subject it names the draft
	subject string   // what it is about, such as the id of a record; "" for a new one
	title   string   // worded
	head    []string // sentences above the fields, worded and cleaned
	fields  []kit.Field
	values  map[string]string           // to begin with
	about   map[string]string           // id of an error: the field it speaks of
	saveID  string                      // of the command that saves, ask.save when ""
	beside  func(w int) []string        // what stands beside it in a wide window
	check   []string                    // fields whose words are looked at before saving
	warn    func(text string) []string  // what there is to say of such words, worded; nil for no looking
	then    func(model.Receipt) tea.Cmd // what follows on saving; nil for nothing
	// was holds the fields as the book had them, by the ids of the form, for a
	// form that changes what others may change meanwhile. act goes by it, and it
	// learns what stands when two people changed the same. nil for any other form.
	was   map[string]string
	shown func(id, value string) string // a value of the book as the form has it; nil for the same
	// act turns the values, without blanks around them, into what is to be done;
	// several actions, all of one kind, are one change and none is no change. An
	// error is shown at its field.
	act func(values map[string]string) ([]model.Action, error)
}

// formbox is a form that is open.
type formbox struct {
	env     *Env
	spec    formSpec
	over    *overlay
	first   map[string]string // the values as it opened
	waiting bool              // for the book to say whether there is a draft
	held    []tea.Msg         // keys that came meanwhile
	offer   *model.Draft      // a draft, until it is taken or thrown away
	known   bool              // the book holds a draft
	warned  []string          // shown, so that saving again saves as it is
	clash   *clash            // the fields that a colleague changed meanwhile, to be settled first
	saving  chan error        // gives the outcome once, for who leaves meanwhile
}

// formDraft brings the draft of a form.
type formDraft struct {
	of    *formbox
	draft *model.Draft
	err   error
}

// form opens a form. The keys are the form's at once; those typed before the
// book has said whether there is a draft wait for that.
func (s *formStage) form(spec formSpec) tea.Cmd {
	e := s.env
	f := kit.NewForm(e.Text, e.Theme, e.now(), spec.fields)
	f.SetValues(spec.values)
	f.Settle()
	b := &formbox{env: e, spec: spec, first: f.Values(), waiting: true}
	b.over = &overlay{form: f, about: spec.about, beside: spec.beside, keep: b.keep}
	b.over.accept = func() tea.Cmd { return s.save(b) }
	b.heads()
	s.box = b
	return tea.Batch(s.show(b.over), func() tea.Msg {
		d, err := e.Desk.Draft(b.name())
		return formDraft{of: b, draft: d, err: err}
	})
}

// name is the draft's in the book.
func (b *formbox) name() string {
	if b.spec.subject == "" {
		return b.spec.id + "/new"
	}
	return b.spec.id + "/" + b.spec.subject
}

// filling tells whether a form of here is open.
func (s *formStage) filling() bool { return s.box != nil && s.over == s.box.over }

// hear hands a message to what is open, as [stage.hear].
// done tells that an action was carried out.
func (s *formStage) hear(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch m := msg.(type) {
	case formDraft:
		if s.filling() && m.of == s.box {
			cmd = s.drafted(m)
		}
		return cmd, false
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.filling() {
			return s.typed(m), false
		}
	case answered:
		b := s.box
		if !s.filling() || m.of != b.over {
			break
		}
		if b.clashes(m.err) {
			return nil, false
		}
		cmd, _, done = s.stage.hear(msg)
		b.heads()
		if done && b.spec.then != nil {
			cmd = tea.Batch(cmd, b.spec.then(m.receipt))
		}
		return cmd, done
	}
	cmd, _, done = s.stage.hear(msg)
	return cmd, done
}

// drafted goes on with what the book says.
func (s *formStage) drafted(m formDraft) tea.Cmd {
	b := s.box
	b.waiting = false
	if m.draft != nil {
		b.offer, b.known = m.draft, true
		b.heads()
		return nil
	}
	return tea.Batch(kit.Fail(m.err), s.replay())
}

// replay hands over the keys that were held.
func (s *formStage) replay() tea.Cmd {
	held := s.box.held
	s.box.held = nil
	var cmds []tea.Cmd
	for _, msg := range held {
		if s.filling() {
			cmds = append(cmds, s.typed(msg))
		}
	}
	return tea.Batch(cmds...)
}

// mostHeld is how many keys wait for the book at most.
const mostHeld = 1000

func (s *formStage) typed(msg tea.Msg) tea.Cmd {
	b := s.box
	switch {
	case b.waiting:
		if len(b.held) < mostHeld {
			b.held = append(b.held, msg)
		}
		return nil
	case b.offer != nil:
		return nil // first it is taken or thrown away
	case b.clash != nil:
		b.clash.key(msg)
		return nil
	}
	return s.press(msg)
}

// formKey runs a command of the form.
func (s *formStage) formKey(key string) tea.Cmd {
	if !s.filling() {
		return nil
	}
	b := s.box
	if b.offer == nil {
		if key == "ctrl+s" {
			return s.typed(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
		}
		return s.typed(tea.KeyPressMsg{Code: tea.KeyEscape})
	}
	switch key {
	case "enter":
		b.take(b.offer.Values)
		b.offer, b.held = nil, nil // what was typed was not meant for the draft
	case "ctrl+x":
		drop := b.drop()
		b.offer, b.known = nil, false
		b.heads()
		return tea.Batch(drop, s.replay())
	default: // the draft stays for another time
		s.over = nil
	}
	b.heads()
	return nil
}

// commands are those of what is open, else the screen's own.
func (s *formStage) commands(own func() []kit.Command) []kit.Command {
	if !s.filling() {
		return s.stage.commands(own)
	}
	leave := kit.Command{ID: "panel.leave", Keys: []string{"esc"}, Group: "go", Footer: 80, RunKey: s.formKey}
	if s.box.offer != nil {
		return []kit.Command{
			{ID: "draft.take", Keys: []string{"enter"}, Group: "change", Footer: 100, RunKey: s.formKey},
			{ID: "draft.drop", Keys: []string{"ctrl+x"}, Group: "change", Danger: true, Footer: 90, RunKey: s.formKey},
			leave,
		}
	}
	if c := s.box.clash; c != nil {
		return clashCommands(c.move, s.settle, func() tea.Cmd { s.box.clash = nil; return nil })
	}
	id := s.box.spec.saveID
	if id == "" {
		id = "ask.save"
	}
	return []kit.Command{{ID: id, Keys: []string{"ctrl+s"}, Group: "change", Footer: 100, RunKey: s.formKey}, leave}
}

// view draws the screen's rows with what is open.
func (s *formStage) view(w, h int, own func(w, h int) []string) string {
	s.wide, s.height = w, h
	if s.filling() && s.box.clash != nil {
		return s.box.clash.view(w, h)
	}
	return s.stage.view(w, h, own)
}

// cursor is that of what is open; a form behind an offered draft has none.
func (s *formStage) cursor(h int) (x, y int, ok bool) {
	if s.filling() && (s.box.offer != nil || s.box.clash != nil) {
		return 0, 0, false
	}
	return s.stage.cursor(h)
}

// heads words the rows above the fields, what matters now first.
func (b *formbox) heads() {
	e := b.env
	var out []string
	put := func(ink kit.Token, s string) { out = append(out, paintWords(e.Theme, ink, s)) }
	switch {
	case b.over.busy:
		put(kit.InkMuted, e.T("formbox.saving"))
	case b.offer != nil:
		put(kit.InkWarn, e.T("draft.here", "Date", e.Text.DateTime(e.at(b.offer.At), e.now())))
	case len(b.warned) > 0:
		for _, s := range b.warned {
			put(kit.InkWarn, "▲ "+kit.Clean(s))
		}
		put(kit.InkText, e.T("formbox.warned"))
	}
	if b.spec.title != "" {
		put(kit.InkTitle, kit.Clean(b.spec.title))
	}
	b.over.head = slices.Concat(out, b.spec.head)
}

// paintWords paints word by word, so that the text can be wrapped afterwards.
func paintWords(th *kit.Theme, ink kit.Token, s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = th.Paint(ink, w)
	}
	return strings.Join(words, " ")
}

// save does what the form is for, unless there is something to say of its words
// that was not said before.
func (s *formStage) save(b *formbox) tea.Cmd {
	v := b.over.form.Values()
	for k := range v {
		v[k] = strings.TrimSpace(v[k])
	}
	if b.words(v) {
		return s.remind(b)
	}
	actions, err := b.spec.act(v)
	switch {
	case err != nil:
		return b.over.fail(err)
	case len(actions) == 0:
		s.over = nil
		return tea.Batch(b.drop(), kit.Tell(kit.Info, b.env.T("edit.nothing")))
	}
	b.over.busy = true
	b.heads()
	return b.act(actions)
}

// words looks at the words of the fields to be checked; true when there is
// something to say that was not said before.
func (b *formbox) words(v map[string]string) bool {
	var all []string
	at := ""
	for _, id := range b.spec.check {
		if b.spec.warn == nil || v[id] == "" {
			continue
		}
		for _, s := range b.spec.warn(v[id]) {
			if at == "" && !slices.Contains(b.warned, s) {
				at = id
			}
			all = append(all, s)
		}
	}
	b.warned = slices.Compact(all)
	b.heads()
	b.over.form.FocusID(at)
	return at != ""
}

// remind says the warnings where the head has no room for them.
func (s *formStage) remind(b *formbox) tea.Cmd {
	rows := 0
	for _, line := range b.over.head {
		rows += len(kit.Wrap(line, max(s.wide-2, 1)))
	}
	if rows <= s.height-8 { // see overlay.view
		return nil
	}
	return kit.Tell(kit.Caution, strings.Join(b.warned, " ")+" "+b.env.T("formbox.warned"))
}

// act carries out the actions, and throws the draft away when that went well.
// A draft that stays does not undo what was saved: it is said, no more.
func (b *formbox) act(actions []model.Action) tea.Cmd {
	e, drop := b.env, b.drop()
	saving := make(chan error, 1)
	b.saving = saving
	return func() tea.Msg {
		a := answered{of: b.over}
		if len(actions) == 1 {
			a.receipt, a.err = e.Desk.Do(e.Ctx, actions[0])
		} else {
			a.receipt, a.err = e.Desk.DoAll(e.Ctx, actions)
		}
		var msg tea.Msg = a
		if a.err == nil && drop != nil {
			if f, failed := drop().(kit.Failed); failed {
				msg = tea.BatchMsg{kit.Send(a), kit.Fail(f.Err)}
			}
		}
		saving <- a.err
		return msg
	}
}

// drop takes the draft out of the book; nil when there is none.
func (b *formbox) drop() tea.Cmd {
	if !b.known {
		return nil
	}
	return b.env.keepDraft(b.name(), nil)
}

// keep saves what is filled in as a draft. Of a form that is being saved it
// waits for the outcome.
func (b *formbox) keep() tea.Cmd {
	if b.waiting || b.offer != nil {
		return nil
	}
	v := b.draft()
	if len(v) == 0 {
		return b.drop()
	}
	e, keep := b.env, b.env.keepDraft(b.name(), v)
	var saving chan error
	if b.over.busy {
		saving = b.saving
	}
	return func() tea.Msg {
		if saving != nil {
			select {
			case err := <-saving:
				if err == nil {
					return nil
				}
			case <-e.Ctx.Done():
				return nil
			}
		}
		if failed := keep(); failed != nil {
			return failed
		}
		return kit.Notice{Level: kit.Info, Text: e.T("edit.draft.kept")}
	}
}
