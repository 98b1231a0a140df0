package screen

import (
	"slices"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// onFloor lists who works on the book now, and what was told to all.
type onFloor struct{ listing }

type (
	// floorTick has the page say anew how long nobody pressed a key.
	floorTick struct{}
	// floorEnded says that a session was ended.
	floorEnded struct{ name string }
	// floorTold is the outcome of telling all.
	floorTold struct {
		of  *overlay
		err error
	}
)

func newOnFloor(env *Env) kit.Screen {
	s := &onFloor{}
	s.listing = newListing(env, listSpec{
		title: env.T("floor.title"),
		empty: []string{env.T("floor.alone"), env.T("floor.alone.next")},
		load:  s.load,
		own:   s.own,
	})
	return s
}

// Title is the screen's name.
func (s *onFloor) Title() string { return s.env.T("floor.title") }

// Init reads the page.
func (s *onFloor) Init() tea.Cmd { return tea.Batch(s.listing.Init(), s.tick()) }

func (s *onFloor) tick() tea.Cmd {
	if s.env.Tick == nil || s.env.Floor == nil {
		return nil
	}
	return s.env.Tick(time.Minute, func(time.Time) tea.Msg { return floorTick{} })
}

// Update takes a message.
func (s *onFloor) Update(msg tea.Msg) (kit.Screen, tea.Cmd) {
	switch m := msg.(type) {
	case kit.FloorChanged:
		return s, s.changed()
	case floorTick:
		return s, tea.Batch(s.changed(), s.tick())
	case floorEnded:
		return s, tea.Batch(kit.Tell(kit.Done, s.env.T("floor.ended", "Person", m.name)), s.changed())
	case floorTold:
		return s, s.told(m)
	}
	return s, s.update(msg)
}

func (s *onFloor) load() listLoad {
	e := s.env
	return func() (listContent, error) {
		if e.Floor == nil {
			return listContent{}, nil
		}
		all, told := e.Floor.Sessions(), e.Floor.Told()
		people := listSection{}
		for i := range all {
			people.rows = append(people.rows, e.sessionRow(&all[i]))
		}
		said := listSection{heading: e.T("floor.told"), none: e.T("floor.told.none")}
		slices.Reverse(told)
		for _, t := range told {
			said.rows = append(said.rows, e.tellingRow(t))
		}
		c := listContent{right: e.Text.N("floor.count", len(all)), columns: e.sessionColumns, sections: []listSection{people, said}}
		if len(all) < 2 {
			c.head = func(w int) []string {
				return []string{" " + e.Theme.Paint(kit.InkMuted, kit.Cut(e.T("floor.only"), max(w-2, 1)))}
			}
		}
		return c, nil
	}
}

// sessionWidths are the columns: who, role, from where, idle, on which customer.
// Where that customer would be cut to nothing the detail says from where.
func sessionWidths(w int) []int {
	const role, idle, least = 11, 6, 12
	from := 15
	name := min(max(w/4, 12), 24)
	rest := w - name - role - from - idle - 4*2
	if rest < least {
		from, rest = 0, rest+from+2
	}
	return []int{name, role, from, idle, max(rest, 6)}
}

func (e *Env) sessionColumns(w int) string {
	return kit.Columns([]string{e.T("floor.person"), e.T("floor.role"), e.T("floor.from"), e.T("floor.idle"), e.T("floor.where")}, sessionWidths(w))
}

// sessionRow is a session; it keeps its place by its id.
func (e *Env) sessionRow(l *ui.SessionLine) listRow {
	name := flat(clip(l.Name, 60))
	if l.Own {
		name += " (" + e.T("floor.self") + ")"
	}
	idle := e.idle(l)
	return listRow{key: "session " + l.ID, value: *l,
		draw: func(w int) string {
			ws := sessionWidths(w)
			return kit.Columns([]string{kit.Cell(name, ws[0]), kit.Cell(e.Say.Role(l.Role), ws[1]), kit.Cell(e.cameFrom(l, false), ws[2]),
				kit.Cell(idle, ws[3]), kit.Cell(e.whereabouts(l), ws[4])}, ws)
		},
		detail: func(w int) []string {
			p := e.writer(w)
			p.para(kit.InkTitle, 1, joined(" · ", kit.Clean(name), e.Say.Role(l.Role)))
			if at := e.whereabouts(l); at != "" {
				p.para(kit.InkText, 1, at)
			}
			p.para(kit.InkText, 1, joined(" · ", kit.Clean(e.cameFrom(l, true)), e.T("floor.since", "Time", e.clock(l.Since))))
			p.para(kit.InkText, 1, e.T("floor.last", "Ago", e.Text.Ago(l.Last.In(e.now().Location()), e.now())))
			p.para(kit.InkMuted, 1, e.T("floor.id", "Session", kit.Clean(l.ID)))
			return p.rows
		}}
}

// tellingRow is a sentence that was told to all.
func (e *Env) tellingRow(t ui.Telling) listRow {
	by := kit.Clean(clip(t.By, 40))
	if by == "" {
		by = e.T("floor.server")
	}
	return listRow{key: "told " + strconv.FormatInt(t.At.UnixNano(), 36), value: t,
		draw: func(w int) string {
			return kit.Cell(joined("  ", e.clock(t.At), by+": "+flat(clip(t.Text, w))), w)
		},
		detail: func(w int) []string {
			p := e.writer(w)
			p.para(kit.InkMuted, 1, joined(" · ", e.clock(t.At), by))
			p.para(kit.InkText, 1, flat(t.Text))
			return p.rows
		}}
}

// clock is the time of day, with the day when it is not of today.
func (e *Env) clock(at time.Time) string {
	now := e.now()
	at = at.In(now.Location())
	if model.DayOf(at) == model.DayOf(now) {
		return at.Format("15:04")
	}
	return e.Text.DateTime(at, now)
}

// idle is how long no key was pressed, in a few cells; a verb presses none.
func (e *Env) idle(l *ui.SessionLine) string {
	gap := e.now().Sub(l.Last)
	switch {
	case l.Verb != "":
		return "–"
	case gap < time.Minute:
		return e.T("floor.idle.none")
	case gap < time.Hour:
		return e.Text.N("floor.idle.minutes", int(gap/time.Minute))
	}
	return e.Text.N("floor.idle.hours", int(gap/time.Hour))
}

// cameFrom is how a session came in.
func (e *Env) cameFrom(l *ui.SessionLine, full bool) string {
	switch {
	case l.Way == "ssh" && l.From != "" && full:
		return e.T("floor.way.ssh", "From", clip(l.From, 60))
	case l.Way == "ssh" && l.From != "":
		return clip(l.From, 60)
	case l.Way == "ssh":
		return "SSH"
	case l.Way == "socket":
		return e.T("floor.way.socket")
	}
	return e.T("floor.way.here")
}

// whereabouts is the customer that a session is on, or the verb that it runs.
func (e *Env) whereabouts(l *ui.SessionLine) string {
	of := inWords(l.Of)
	switch {
	case l.Verb != "":
		return e.T("floor.verb", "Verb", kit.Clean(clip(l.Verb, 30)))
	case l.Place.Customer == model.NoID:
		return ""
	case of == "":
		of = e.T("floor.customer")
	}
	if l.Place.Typing {
		return e.T("floor.where.typing", "Customer", of)
	}
	return of
}

func (s *onFloor) own() []kit.Command {
	cmds := []kit.Command{
		{ID: "floor.tell", Keys: []string{"m"}, Group: "change", Footer: 90, WhyNot: func() string { return s.whyNot(model.ActTellAll) }, Run: s.tell},
		{ID: "floor.end", Keys: []string{"d", "x"}, Group: "change", Danger: true, Footer: 80, WhyNot: s.whyNotEnd, Run: s.end},
	}
	if l, ok := listValue[ui.SessionLine](&s.listing); ok && l.Of != "" {
		cmds = append(cmds, kit.Command{ID: "floor.customer", Keys: []string{"enter", "right"}, Group: "look", Footer: 100, Moves: true,
			Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: KindCustomer, Arg: l.Place.Customer}) }})
	}
	return cmds
}

func (s *onFloor) whyNot(a model.ActionName) string {
	if s.env.Floor == nil {
		return s.env.T("floor.alone")
	}
	if err := model.MayDo(s.env.Me.Role, a); err != nil {
		return s.env.Say.Error(err)
	}
	return ""
}

func (s *onFloor) whyNotEnd() string {
	if why := s.whyNot(model.ActEndSession); why != "" {
		return why
	}
	switch l, ok := listValue[ui.SessionLine](&s.listing); {
	case !ok:
		return s.env.T("floor.why.none")
	case l.Own:
		return s.env.T("error.session.own")
	}
	return ""
}

// end asks before a session is ended, by the name of who sits there.
func (s *onFloor) end() tea.Cmd {
	l, ok := listValue[ui.SessionLine](&s.listing)
	if !ok {
		return nil
	}
	e, name := s.env, inWords(l.Name)
	o := &overlay{choose: kit.NewChoose(e.Theme, e.T("floor.end.ask", "Person", name, "From", kit.Clean(e.cameFrom(&l, false))), []kit.Option{
		{Value: "no", Label: e.T("floor.end.no")},
		{Value: "yes", Label: e.T("floor.end.yes")},
	}), saveID: "ask.go"}
	o.accept = func() tea.Cmd {
		if o.choose.Chosen() != "yes" {
			return nil
		}
		return func() tea.Msg {
			if err := e.Floor.End(l.ID); err != nil {
				return kit.Failed{Err: err}
			}
			return floorEnded{name: name}
		}
	}
	return s.show(o)
}

// maxTelling is how many characters a sentence to all may have.
const maxTelling = 200

// tell asks for the sentence that everybody is to read.
func (s *onFloor) tell() tea.Cmd {
	e := s.env
	f := kit.NewForm(e.Text, e.Theme, e.now(), []kit.Field{
		{ID: "text", Label: e.T("floor.tell.text"), Required: true, Limit: maxTelling},
	})
	o := &overlay{form: f, head: []string{e.T("floor.tell.head"), e.T("floor.tell.hint")}, saveID: "floor.tell.send"}
	o.accept = func() tea.Cmd {
		text := f.Values()["text"]
		o.busy = true
		return func() tea.Msg {
			_, err := e.Floor.TellAll(text)
			return floorTold{of: o, err: err}
		}
	}
	return s.show(o)
}

// told closes the form; the sentence itself appears here as it does everywhere.
func (s *onFloor) told(m floorTold) tea.Cmd {
	switch {
	case m.err != nil && s.over == m.of:
		return m.of.fail(m.err)
	case m.err != nil:
		return kit.Fail(m.err)
	case s.over == m.of:
		s.over = nil
	}
	return s.changed()
}
