package screen

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// logPanel notes a contact. The usual one takes the words and enter: the topic,
// the channel and the minutes are proposed, everything else is a tab away.
type logPanel struct {
	env   *Env
	of    model.ID
	name  string
	cells []*logCell
	at    int // cell in focus

	began   time.Time     // since when the clock runs; zero while it stands
	spent   time.Duration // up to then
	ticking int           // number of the tick that is awaited

	answers []model.AnswerLine // at hand for the topic
	served  string             // topic of the answers

	ready  bool         // what is proposed has been read
	owed   bool         // to be saved as soon as it is
	offer  *model.Draft // an earlier draft, until it is taken or thrown away
	known  bool         // the book holds a draft
	warned []string     // said before saving; saving again saves as it is
	wrong  string
	busy   bool
	saved  bool
	height int
	cx, cy int
}

// recentContact is what the person noted last in this session, to be proposed
// for the next one.
type recentContact struct{ topic, channel string }

// answersShown is how many ready answers the panel offers.
const answersShown = 3

type (
	// logReady brings what a panel reads of the book.
	logReady struct {
		of        *logPanel
		newest    *model.Contact
		standards []model.StandardLine
		draft     *model.Draft
		err       error
	}
	// logAnswers brings the answers at hand of a topic.
	logAnswers struct {
		of    *logPanel
		topic string
		lines []model.AnswerLine
		err   error
	}
	// logTick moves the clock of the panel on.
	logTick struct {
		of *logPanel
		n  int
	}
)

func (logReady) news()   {}
func (logAnswers) news() {}
func (logTick) news()    {}

// newLog opens the noting of a contact with a customer. The clock runs from now.
func newLog(env *Env, name string, of model.ID) *logPanel {
	p := &logPanel{env: env, of: of, name: name, began: env.now(), cells: logCells(env)}
	d := &env.Play.Desk
	topic, channel := env.recent.topic, env.recent.channel
	if _, ok := d.Topic(topic); !ok {
		topic = usualTopic(d)
	}
	if _, ok := d.Channel(channel); !ok && len(d.Channels) > 0 {
		channel = d.Channels[0].ID
	}
	p.cell("topic").propose(topic)
	p.cell("channel").propose(channel)
	p.cell("answered").propose("yes")
	p.focus(0)
	return p
}

// usualTopic is proposed where nothing is known: a question, where the playbook
// has that, else the last in the list.
func usualTopic(d *model.DeskSettings) string {
	if _, ok := d.Topic("question"); ok || len(d.Topics) == 0 {
		return "question"
	}
	return d.Topics[len(d.Topics)-1].ID
}

// logCells are the parts of the panel in the order of the tab key.
func logCells(env *Env) []*logCell {
	lang := env.Text.Lang()
	text := func(id, label, hint string, row int, needs string, limit int) *logCell {
		return &logCell{id: id, label: label, hint: hint, row: row, needs: needs, in: kit.NewInput("", limit)}
	}
	yes := func(id, label string, row int) *logCell {
		return &logCell{id: id, label: label, kind: cellYes, row: row}
	}
	count := func(id, label, hint string, row, most int) *logCell {
		return &logCell{id: id, label: label, hint: hint, kind: cellNumber, row: row, most: most}
	}
	topics := picker{must: true}
	for _, t := range env.Play.Desk.Topics {
		topics.items = append(topics.items, kit.Option{Value: t.ID, Label: kit.Clean(t.Label.In(lang))})
	}
	channels := picker{must: true}
	for _, c := range env.Play.Desk.Channels {
		channels.items = append(channels.items, kit.Option{Value: c.ID, Label: kit.Clean(c.Label.In(lang))})
	}
	said := picker{items: []kit.Option{{Value: string(model.ExceptionGranted), Label: env.T("log.granted")},
		{Value: string(model.ExceptionRefused), Label: env.T("log.refused")}}}
	return []*logCell{
		text("words", "", "", 0, "", 4000),
		{id: "topic", label: "log.topic", kind: cellPick, pick: topics, row: 1},
		{id: "channel", label: "log.channel", kind: cellPick, pick: channels, row: 1},
		yes("out", "log.out", 1),
		yes("answered", "log.answered", 1),
		yes("failed", "log.failed", 1),
		text("date", "log.date", "log.date.hint", 1, "", 20),
		count("service", "log.service", "log.minutes.hint", 2, model.MaxMinutes),
		count("complaint", "log.complaint", "log.minutes.hint", 2, model.MaxMinutes),
		count("primary", "log.primary", "log.minutes.hint", 2, model.MaxMinutes),
		count("transfers", "log.transfers", "log.transfers.hint", 2, model.MaxTransfers),
		yes("told", "log.told", 3),
		yes("number", "log.number", 3),
		count("effort", "log.effort", "log.effort.hint", 3, model.MaxEffort),
		count("waited", "log.waited", "log.waited.hint", 3, model.MaxWaited),
		count("felt", "log.felt", "log.felt.hint", 3, model.MaxFelt),
		{id: "answer", label: "log.answer", kind: cellPick, hint: "log.answer.none", row: 3},
		text("missing", "log.missing", "log.missing.hint", 4, "", 2000),
		text("promise", "log.promise", "log.promise.hint", 4, "", 2000),
		text("due", "log.due", "log.due.hint", 4, "promise", 20),
		{id: "exception", label: "log.exception", kind: cellPick, pick: picker{free: true}, hint: "log.exception.hint", row: 4},
		text("asked", "log.asked", "log.asked.hint", 4, "exception", 2000),
		{id: "said", label: "log.said", kind: cellPick, pick: said, row: 4, needs: "exception"},
		text("reason", "log.reason", "log.reason.hint", 4, "said", 2000),
	}
}

// cell finds a part by its id.
func (p *logPanel) cell(id string) *logCell {
	for _, c := range p.cells {
		if c.id == id {
			return c
		}
	}
	return nil
}

// there tells whether a part is shown.
func (p *logPanel) there(c *logCell) bool {
	return c.needs == "" || p.cell(c.needs).filled() && p.there(p.cell(c.needs))
}

// form names the draft of the panel in the book.
func (p *logPanel) form() string { return "log/" + p.of.String() }

// load reads what is proposed, and starts the clock's first second.
func (p *logPanel) load() tea.Cmd {
	e, of, form := p.env, p.of, p.form()
	read := func() tea.Msg {
		r := logReady{of: p}
		page, err := e.Desk.Contacts(of, "", 1)
		if r.err = err; err != nil {
			return r
		}
		if len(page.Contacts) > 0 {
			r.newest = page.Contacts[0]
		}
		if r.standards, r.err = e.Desk.Standards(); r.err == nil {
			r.draft, r.err = e.Desk.Draft(form)
		}
		return r
	}
	return tea.Batch(read, p.tick())
}

func (p *logPanel) loaded(r logReady) tea.Cmd {
	if r.of != p {
		return nil
	}
	p.ready = true
	if r.newest != nil {
		if _, ok := p.env.Play.Desk.Topic(r.newest.Topic); ok {
			p.cell("topic").propose(r.newest.Topic)
		}
	}
	names := p.cell("exception")
	for _, s := range r.standards {
		if s.Standard.Retired == nil {
			names.pick.items = append(names.pick.items, kit.Option{Value: s.Standard.Name, Label: kit.Clean(s.Standard.Name)})
		}
	}
	p.known = r.draft != nil
	if p.known && !p.touched() {
		p.offer = r.draft
	}
	cmd := tea.Batch(kit.Fail(r.err), p.fetch())
	if p.owed {
		p.owed = false
		return tea.Batch(cmd, p.save())
	}
	return cmd
}

// fetch reads the answers at hand when the topic is another one.
func (p *logPanel) fetch() tea.Cmd {
	topic := p.cell("topic").raw()
	if topic == p.served || topic == "" {
		return nil
	}
	p.served = topic
	e := p.env
	return func() tea.Msg {
		a, err := e.Desk.Answers(topic)
		return logAnswers{of: p, topic: topic, lines: a.Lines, err: err}
	}
}

func (p *logPanel) answered(a logAnswers) tea.Cmd {
	if a.of != p || a.topic != p.served {
		return nil
	}
	c := p.cell("answer")
	p.answers, c.pick.items = nil, nil
	for _, l := range a.lines {
		if l.Answer.Retired == nil && len(p.answers) < answersShown {
			p.answers = append(p.answers, l)
			c.pick.items = append(c.pick.items, kit.Option{Value: l.Answer.ID.String(), Label: flat(clip(l.Answer.Question, 60))})
		}
	}
	if c.pick.chosen() < 0 {
		c.pick.value = "" // of another topic
	}
	return kit.Fail(a.err)
}

// elapsed is how long the contact has taken.
func (p *logPanel) elapsed() time.Duration {
	if p.began.IsZero() {
		return p.spent
	}
	return p.spent + max(p.env.now().Sub(p.began), 0)
}

// tick waits for the next second while the clock runs and somebody sees it.
func (p *logPanel) tick() tea.Cmd {
	if p.env.Tick == nil || p.began.IsZero() {
		return nil
	}
	p.ticking++
	n := p.ticking
	return p.env.Tick(time.Second-p.elapsed()%time.Second, func(time.Time) tea.Msg { return logTick{of: p, n: n} })
}

// pause stops the clock, or lets it run on.
func (p *logPanel) pause() tea.Cmd {
	if p.began.IsZero() {
		p.began = p.env.now()
		return p.tick()
	}
	p.spent, p.began = p.elapsed(), time.Time{}
	return nil
}

// zero puts the clock back to nothing; it runs on if it ran.
func (p *logPanel) zero() tea.Cmd {
	p.spent = 0
	if p.began.IsZero() {
		return nil
	}
	p.began = p.env.now()
	return p.tick()
}

// proposed is the minutes that the clock comes to, and the part that they go
// to; none when a person gave minutes, or when it was another day.
func (p *logPanel) proposed() (cell string, minutes int) {
	for _, id := range []string{"service", "complaint", "primary"} {
		if p.cell(id).n != "" {
			return "", 0
		}
	}
	if on, ok := p.on(); !ok || on != 0 {
		return "", 0
	}
	cell = "service"
	if p.cell("failed").on {
		cell = "complaint"
	}
	return cell, min(int((p.elapsed()+time.Minute-1)/time.Minute), model.MaxMinutes)
}

// clock is how long it has taken, as m:ss.
func (p *logPanel) clock() string {
	s := int(p.elapsed() / time.Second)
	sec := strconv.Itoa(s % 60)
	if len(sec) < 2 {
		sec = "0" + sec
	}
	return strconv.Itoa(s/60) + ":" + sec
}
