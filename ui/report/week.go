package report

import (
	"math"
	"slices"
	"strconv"
	"time"

	"pasvorm/model"
	"pasvorm/ui/kit/svg"
	"pasvorm/ui/say"
)

// Week is what the sheet of a team is made from.
type Week struct {
	Week         model.Week
	Year         model.Thermometer // the last twelve months
	Today        model.Today       // of everybody
	Mirror       model.Mirror
	Improvements []model.ImprovementLine
	Lessons      []model.LessonLine
	Queue        model.Queue
	Now          time.Time
}

// weekGauges are the measures of the sheet, in their order. Speed stands only
// beside right first time, and says so.
var weekGauges = []string{"contacts", "right", "quick", "repeat", "effort", "mark", "lead", "felt", "kept", "failed", "annoyances"}

// mostLines is how many lines of a kind the sheet shows.
const mostLines = 8

type weekMaker struct {
	maker
	Week
}

// Weekly makes the sheet of a team: how the week went beside the year, what is
// to be done, what is repaired and what was learnt. Customers are named only
// where somebody is to do something for them.
func Weekly(sp say.Speaker, in Week) *Page {
	m := weekMaker{maker{sp.Text, sp, in.Now}, in}
	w := in.Week
	p := &Page{Lang: sp.Text.Lang(), Title: m.t("report.week.title", "From", m.day(w.From), "Until", m.day(w.Until)),
		About: joined(" · ", m.tx.N("report.week.contacts", int(w.Tally[model.CountContacts])), m.tx.N("report.week.customers", w.Customers))}
	p.add(m.measures())
	p.add(m.charts())
	for _, s := range m.due() {
		p.add(s)
	}
	p.add(m.procedures())
	p.add(m.repairs())
	p.add(m.lessons())
	p.add(m.demanding())
	p.add(m.review())
	p.Foot = m.t("report.week.foot", "Date", m.tx.Date(in.Now, time.Time{}))
	return p
}

// measures puts the week beside the year and beside half a year ago, each with
// the distinct customers behind it.
func (m *weekMaker) measures() Section {
	s := Section{Heading: m.t("report.week.measures")}
	y := &m.Year
	t := Table{Head: []string{m.t("report.col.measure"), m.t("report.col.week"), m.t("report.col.year"), m.t("report.col.behind"), m.t("report.col.drift")},
		Numbers: []bool{false, true, true, true, true}}
	for _, id := range weekGauges {
		g, ok := model.GaugeByID(id)
		if !ok {
			continue
		}
		drift, better := m.say.Drift(&g, &y.Then, &y.Now)
		switch {
		case drift == "":
		case better > 0:
			drift += " " + m.t("thermometer.drift.better")
		case better < 0:
			drift += " " + m.t("thermometer.drift.worse")
		}
		name := m.say.Gauge(&g)
		if id == "quick" {
			name = m.t("report.week.speed", "Gauge", name)
		}
		t.Rows = append(t.Rows, []string{name, m.say.Reading(&g, &m.Week.Week.Tally), m.say.Reading(&g, &y.Total), m.tx.Int(int(g.Customers(&y.Behind))), drift})
	}
	s.table(t)
	s.say(m.t("report.week.judged", "Date", m.day(m.Week.Week.JudgedUntil)))
	if y.Total[model.CountRepeat] > 0 {
		minutes := y.Total.RepeatMinutes()
		sum := 0
		for _, n := range minutes {
			sum += n
		}
		s.say(m.t("report.week.repeat", "Contacts", m.tx.Int(int(y.Total[model.CountRepeat])), "Hours", m.tx.Int((sum+30)/60), "Money", m.tx.Money(y.RepeatCost),
			"Customers", m.tx.Int(int(y.Behind[model.CountRepeat]))))
	}
	if y.Silent > 0 {
		s.say(m.tx.N("report.week.silent", y.Silent))
	}
	return s
}

// charts draws the year: right first time and marks by month, annoyances by
// topic.
func (m *weekMaker) charts() Section {
	s := Section{Heading: m.t("report.week.year")}
	if m.Year.Total.Zero() {
		s.say(m.t("thermometer.empty"))
		return s
	}
	for _, c := range []struct {
		id         string
		lo, hi     float64
		low, high  string
		ref, scale float64
		name       string
	}{
		{"right", 0, 100, "0 %", "100 %", math.NaN(), 10, ""},
		{"mark", 1, 10, "1", "10", 4.8, 100, m.t("thermometer.ref.mark")},
	} {
		if g, ok := model.GaugeByID(c.id); ok {
			o := svg.LineOptions{Lo: c.lo, Hi: c.hi, LoLabel: c.low, HiLabel: c.high, Ref: c.ref, RefLabel: c.name}
			m.months(&s, g, o, c.scale)
		}
	}
	m.annoyances(&s)
	return s
}

// months draws a gauge by month, with a table for who reads no picture.
func (m *weekMaker) months(s *Section, g model.Gauge, o svg.LineOptions, scale float64) {
	t := Table{Head: []string{m.t("report.col.month"), m.say.Gauge(&g), m.t("report.col.met")}, Numbers: []bool{false, true, true}, Fold: m.t("report.numbers")}
	desc, any := "", false
	for i := range m.Year.Months {
		month := &m.Year.Months[i]
		v, ok := g.Read(&month.Tally)
		any = any || ok
		o.Values, o.Gaps = append(o.Values, float64(v)/scale), append(o.Gaps, !ok)
		label := m.month(month.Month)
		o.Labels = append(o.Labels, label)
		shown := m.say.Reading(&g, &month.Tally)
		desc = joined(", ", desc, label+" "+shown)
		t.Rows = append(t.Rows, []string{label, shown, m.tx.Int(month.Customers)})
	}
	if !any {
		return
	}
	o.Head = svg.Head{Title: m.say.Gauge(&g), Desc: desc, W: 720, H: 190}
	s.say(m.say.Gauge(&g))
	s.Blocks = append(s.Blocks, Block{Chart: svg.Line(o)})
	s.table(t)
}

func (m *weekMaker) month(d model.Month) string {
	t := model.Day(string(d) + "-01").Time(time.UTC)
	if t.IsZero() {
		return one(string(d))
	}
	return m.t("text.month."+[]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}[t.Month()-1]) + " " + strconv.Itoa(t.Year())
}

// annoyances ranks topics by how often customers name them.
func (m *weekMaker) annoyances(s *Section) {
	topics := slices.Clone(m.Year.Topics)
	slices.SortStableFunc(topics, func(a, b model.TopicTally) int {
		return int(b.Tally[model.CountAnnoyances] - a.Tally[model.CountAnnoyances])
	})
	var bars []svg.Bar
	t := Table{Head: []string{m.t("report.col.topic"), m.t("report.col.named"), m.t("report.col.behind")}, Numbers: []bool{false, true, true}, Fold: m.t("report.numbers")}
	desc := ""
	for _, x := range topics {
		n := x.Tally[model.CountAnnoyances]
		if n == 0 || len(bars) == 5 {
			break
		}
		label := one(m.say.Topic(x.Key))
		behind := int(x.Behind[model.CountAnnoyances])
		bars = append(bars, svg.Bar{Label: label, Value: float64(n), Shown: m.tx.Int(int(n)), Note: m.tx.N("report.customers", behind)})
		t.Rows = append(t.Rows, []string{label, m.tx.Int(int(n)), m.tx.Int(behind)})
		desc = joined(", ", desc, label+" "+m.tx.Int(int(n)))
	}
	if len(bars) > 0 {
		s.say(m.t("report.week.annoys"))
		s.Blocks = append(s.Blocks, Block{Chart: svg.Bars(svg.BarsOptions{Head: svg.Head{Title: m.t("report.week.annoys"), Desc: desc, W: 720}, Rows: bars})})
		s.table(t)
	}
}

// due lists what asks for somebody now: those in the dark first, then what is
// late or due.
func (m *weekMaker) due() []Section {
	limbo := Section{Heading: m.t("report.week.limbo", "Count", m.tx.Int(m.Today.Counts[model.TodayLimbo]))}
	now := Section{Heading: m.t("report.week.due")}
	today := model.DayOf(m.Now)
	var dark, todo []string
	counts := map[model.TodayKind]int{}
	for i := range m.Today.Items {
		it := &m.Today.Items[i]
		if it.Kind == model.TodayLimbo {
			mark := ""
			if it.Limbo != nil && it.Limbo.Red {
				mark = "! "
			}
			since := ""
			if it.Limbo != nil {
				since = m.t("report.week.since", "Date", m.stamp(it.Limbo.Since))
			}
			dark = append(dark, mark+joined(" · ", most(it.Name, 60), since, one(it.Who)))
			continue
		}
		if it.Due != "" && it.Due > today || it.Kind == model.TodayLapse {
			continue
		}
		if counts[it.Kind]++; counts[it.Kind] <= mostLines {
			todo = append(todo, joined(" · ", m.day(it.Due), most(it.Name, 60), m.doing(it), one(it.Who)))
		}
	}
	if n := m.Today.Counts[model.TodayLimbo]; len(dark) > mostLines || n > len(dark) {
		left := max(n, len(dark)) - min(len(dark), mostLines)
		dark = append(dark[:min(len(dark), mostLines)], m.tx.N("report.more", left))
	}
	for _, k := range model.TodayKinds() {
		if left := counts[k] - mostLines; left > 0 {
			todo = append(todo, m.tx.N("report.more", left))
		}
	}
	limbo.list(dark...)
	now.list(todo...)
	if len(dark) == 0 {
		limbo.say(m.t("report.week.limbo.none"))
	}
	if len(todo) == 0 {
		now.say(m.t("report.week.due.none"))
	}
	return []Section{limbo, now}
}

// doing words what is to be done for a line of Today.
func (m *weekMaker) doing(it *model.TodayItem) string {
	switch {
	case it.Promise != nil:
		return most(it.Promise.Words, 90)
	case it.Terms != nil:
		return m.t("report.do.terms")
	case it.Assessment != nil:
		return m.t("report.do.fit", "Verdict", m.say.Verdict(it.Assessment.Verdict))
	case it.Hurt != nil:
		return m.t("report.do.tell", "Title", most(it.Hurt.Improvement.Title, 80))
	case it.Farewell != nil && it.Farewell.Unheard():
		return m.t("report.do.farewell", "Step", m.t("farewell.unheard.short"))
	case it.Farewell != nil:
		step := it.Farewell.Next()
		if step == "" {
			return m.t("farewell.step.end")
		}
		return m.t("report.do.farewell", "Step", m.t("farewell.step."+string(step)))
	}
	return ""
}

// procedures are the five of ours that chafe most.
func (m *weekMaker) procedures() Section {
	s := Section{Heading: m.t("report.week.mirror")}
	t := Table{Head: []string{m.t("report.col.ours"), m.t("report.col.asked"), m.t("report.col.refused"), m.t("report.col.lost"), m.t("report.col.behind")},
		Numbers: []bool{false, true, true, true, true}}
	for i, l := range m.Mirror.Procedures {
		if i == 5 {
			break
		}
		name := ""
		if l.Standard != nil {
			name = most(l.Standard.Name, 80)
		}
		t.Rows = append(t.Rows, []string{name, m.tx.Int(int(l.Tally[model.CountAsked])), m.tx.Int(int(l.Tally[model.CountRefused])),
			m.tx.Int(int(l.Tally[model.CountLost])), m.tx.Int(int(l.Behind[model.CountAsked]))})
	}
	s.table(t)
	if len(t.Rows) == 0 {
		s.say(m.t("report.week.mirror.none"))
	}
	return s
}

// inWeek tells whether a moment lies in the week.
func (m *weekMaker) inWeek(s model.Stamp) bool {
	d := model.DayOf(s.Time().In(m.now.Location()))
	return d >= m.Week.Week.From && d <= m.Week.Week.Until
}

// repairs are the improvements that were done in the week, and those of which
// customers are still to be told.
func (m *weekMaker) repairs() Section {
	s := Section{Heading: m.t("report.week.repairs"), Half: true}
	var lines []string
	for _, l := range m.Improvements {
		i := l.Improvement
		if i.State != model.ImprovementDone || i.Ended == nil || !m.inWeek(i.Ended.At) && l.Told >= l.Hurt {
			continue
		}
		told := m.t("report.week.told", "Told", m.tx.Int(l.Told), "Hurt", m.tx.Int(l.Hurt))
		lines = append(lines, joined(" · ", most(i.Title, 90), m.stamp(i.Ended.At), one(l.Owner), told))
	}
	if left := len(lines) - mostLines; left > 0 {
		lines = append(lines[:mostLines], m.tx.N("report.more", left))
	}
	s.list(lines...)
	if len(lines) == 0 {
		s.say(m.t("report.week.repairs.none"))
	}
	return s
}

// lessons are what demanding customers taught us in the week, without names.
func (m *weekMaker) lessons() Section {
	s := Section{Heading: m.t("report.week.lessons"), Half: true}
	var lines []string
	for _, l := range m.Lessons {
		if m.inWeek(l.Lesson.At) {
			lines = append(lines, most(l.Lesson.Words, 160))
		}
	}
	if left := len(lines) - mostLines; left > 0 {
		lines = append(lines[:mostLines], m.tx.N("report.more", left))
	}
	s.list(lines...)
	if len(lines) == 0 {
		s.say(m.t("report.week.lessons.none"))
	}
	return s
}

// demanding reports the share of demanding customers, which is never assumed.
func (m *weekMaker) demanding() Section {
	s := Section{Heading: m.t("report.week.demanding"), Half: true}
	y := &m.Year
	share := "–"
	if y.InTouch > 0 {
		share = m.tx.Decimal(float64(y.AnyTrait)*100/float64(y.InTouch), 1) + " %"
	}
	s.say(m.t("report.week.share", "Share", share, "Count", m.tx.Int(y.AnyTrait), "All", m.tx.Int(y.InTouch)))
	var rows [][2]string
	for i, t := range model.Traits() {
		rows = append(rows, [2]string{m.say.TraitShort(t), m.tx.Int(y.Demanding[i])})
	}
	s.pairs(rows...)
	return s
}

// review counts what waits for a lead, without names.
func (m *weekMaker) review() Section {
	s := Section{Heading: m.t("report.week.review"), Half: true}
	var rows [][2]string
	var oldest model.Stamp
	for _, k := range []model.CaseKind{model.CaseFlag, model.CaseProposal, model.CaseContest, model.CaseDate, model.CaseReturned, model.CaseDouble} {
		customers := map[model.ID]bool{}
		for _, c := range m.Queue.Cases {
			if c.Kind != k {
				continue
			}
			customers[c.Customer] = true
			if oldest == 0 || c.Since < oldest {
				oldest = c.Since
			}
		}
		if n := m.Queue.Counts[k]; n > 0 {
			rows = append(rows, [2]string{m.say.Case(k), m.t("report.week.cases", "Count", m.tx.Int(n), "Customers", m.tx.N("report.customers", len(customers)))})
		}
	}
	s.pairs(rows...)
	if len(rows) == 0 {
		s.say(m.t("report.week.review.none"))
	} else if oldest != 0 {
		s.say(m.t("report.week.oldest", "Date", m.stamp(oldest)))
	}
	return s
}
