package screen

import (
	"math"
	"strings"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// thermometerHead says the period, what hurts and who is demanding.
func (e *Env) thermometerHead(t *model.Thermometer, w int) []string {
	now := e.now()
	loc := now.Location()
	line := func(ink kit.Token, s string) string { return " " + e.Theme.Paint(ink, kit.Cut(s, max(w-2, 1))) }
	period := e.T("thermometer.period", "From", e.Text.ShortDate(t.From.Time(loc), now), "Until", e.Text.ShortDate(t.Until.Time(loc), now))
	if t.Pending > 0 {
		period += " · " + e.Text.N("thermometer.pending", t.Pending)
	}
	out := []string{line(kit.InkMuted, period)}
	if t.Silent > 0 {
		out = append(out, line(kit.InkWarn, "▲ "+e.Text.N("thermometer.silent", t.Silent)))
	}
	return append(out, line(kit.InkText, e.demandingShare(t)))
}

// demandingShare is reported, never assumed (domain.md, the four traits).
func (e *Env) demandingShare(t *model.Thermometer) string {
	if t.AnyTrait == 0 || t.InTouch == 0 {
		return e.T("thermometer.demanding.none")
	}
	parts := make([]string, 0, 4)
	for i, trait := range model.Traits() {
		parts = append(parts, e.Say.TraitShort(trait)+" "+e.Text.Int(t.Demanding[i]))
	}
	share := e.Say.InUnit(model.InPermille, int64(t.AnyTrait*1000/t.InTouch))
	return e.T("thermometer.demanding", "Share", share, "Traits", strings.Join(parts, " · "))
}

// gaugeWidths are the columns of a measure: name, value, months, drift.
func gaugeWidths(w, months int) []int {
	most := 12
	if w >= 72 {
		most = 24
	}
	months = max(min(months, most), 8)
	name := max(min(w-8-months-12-6, 27), 12)
	return []int{name, 8, months, max(w-name-8-months-6, 6)}
}

func (e *Env) gaugeColumns(w, months int) string {
	return kit.Columns([]string{e.T("thermometer.column.gauge"), e.T("thermometer.column.value"),
		e.T("thermometer.column.months"), e.T("thermometer.column.drift")}, gaugeWidths(w, months))
}

func (e *Env) gaugeLine(t *model.Thermometer, g *model.Gauge, w int) string {
	widths := gaugeWidths(w, len(t.Months))
	values, gaps := readings(t, g)
	if len(values) > widths[2] {
		values, gaps = values[len(values)-widths[2]:], gaps[len(gaps)-widths[2]:]
	}
	lo, hi := math.NaN(), math.NaN()
	if g.Unit == model.InPermille || g.Unit == model.InNumber {
		lo = 0
		hi = 1
		for i, v := range values {
			if !gaps[i] {
				hi = max(hi, v)
			}
		}
	}
	spark := kit.Spark(e.Theme, values, gaps, lo, hi)
	drift, better := e.Say.Drift(g, &t.Then, &t.Now)
	switch better {
	case 1:
		drift = e.Theme.Paint(kit.InkGood, drift+" "+e.T("thermometer.drift.better"))
	case -1:
		drift = e.Theme.Paint(kit.InkDanger, drift+" "+e.T("thermometer.drift.worse"))
	}
	return kit.Columns([]string{e.Say.Gauge(g), e.Say.Reading(g, &t.Total), spark, drift}, widths)
}

// readings gives a measure month by month; a gap where nothing was measured.
func readings(t *model.Thermometer, g *model.Gauge) (values []float64, gaps []bool) {
	for i := range t.Months {
		v, ok := g.Read(&t.Months[i].Tally)
		values, gaps = append(values, float64(v)), append(gaps, !ok)
	}
	return values, gaps
}

// gaugeDetail draws the measure under the cursor by month, says what it means
// and how many customers are behind it.
func (e *Env) gaugeDetail(t *model.Thermometer, g *model.Gauge, w int) []string {
	p := e.writer(w)
	p.head(e.Say.Gauge(g) + "  " + e.Say.Reading(g, &t.Total))
	p.para(kit.InkMuted, 1, e.T("gauge.about."+g.ID))
	if g.ID == "repeat" {
		p.para(kit.InkText, 1, e.T("thermometer.repeat", "Contacts", e.Text.N("thermometer.contacts", int(t.Total[model.CountRepeat])),
			"Hours", e.Text.Int(hours(t.Total.RepeatMinutes())), "Cents", e.Text.Money(t.RepeatCost)))
	}
	if g.ID == "mark" && g.Of(&t.Total) > 0 {
		p.para(kit.InkText, 1, e.T("thermometer.answers"))
	}
	if of := g.Of(&t.Total); of > 0 {
		p.para(kit.InkMuted, 1, e.Text.N("thermometer.of", int(of))+" · "+
			e.Text.N("thermometer.customers", int(g.Customers(&t.Behind))))
	}
	if drift, better := e.Say.Drift(g, &t.Then, &t.Now); drift != "" {
		word := e.T("thermometer.drift.same")
		switch better {
		case 1:
			word = e.T("thermometer.drift.better")
		case -1:
			word = e.T("thermometer.drift.worse")
		}
		p.para(kit.InkText, 1, e.T("thermometer.drift", "Drift", drift+", "+word))
	}
	p.rows = append(p.rows, "")
	return append(p.rows, e.gaugeChart(t, g, w)...)
}

func hours(minutes [model.Activities]int) int {
	sum := 0
	for _, m := range minutes {
		sum += m
	}
	return (sum + 30) / 60
}

// gaugeChart draws a measure by month; the figures of the articles stand in it
// as a line where they belong.
func (e *Env) gaugeChart(t *model.Thermometer, g *model.Gauge, w int) []string {
	values, gaps := readings(t, g)
	o := kit.SeriesOptions{Values: values, Gaps: gaps, W: max(w-1, 8), H: 8}
	for i := range t.Months {
		o.Labels = append(o.Labels, e.monthLabel(t.Months[i].Month))
	}
	lo, hi := int64(0), int64(1)
	for i, v := range values {
		if !gaps[i] {
			hi = max(hi, int64(math.Ceil(v)))
		}
	}
	switch g.ID {
	case "mark":
		hi, o.Ref, o.RefLabel = 1000, 480, e.T("thermometer.ref.mark")
	case "effort":
		lo, hi = 100, 700
	case "quick":
		hi, o.Ref, o.RefLabel = 1000, 920, e.T("thermometer.ref.quick")
	case "lead":
		if felt, ok := gaugeOf("felt").Read(&t.Total); ok {
			hi, o.Ref, o.RefLabel = max(hi, felt), float64(felt), e.T("thermometer.ref.lead", "Value", e.Say.InUnit(model.InDays, felt))
		}
	default:
		if g.Unit == model.InPermille {
			hi = roundUp(hi)
		}
	}
	o.Lo, o.Hi = float64(lo), float64(hi)
	o.LoLabel, o.HiLabel = e.Say.InUnit(g.Unit, lo), e.Say.InUnit(g.Unit, hi)
	return kit.Series(e.Theme, o)
}

func gaugeOf(id string) *model.Gauge {
	g, _ := model.GaugeByID(id)
	return &g
}

// roundUp gives the top of a scale of shares: the next ten percent.
func roundUp(permille int64) int64 { return min((permille+99)/100*100, 1000) }

func (e *Env) topicLine(t *model.TopicTally, w int) string {
	name := max(min(w/5, 26), 10)
	return kit.Columns([]string{e.topicName(t.Key), e.topicWords(t)}, []int{name, max(w-name-2, 6)})
}

func (e *Env) topicName(id string) string {
	if id == "" {
		return "–"
	}
	return e.Say.Topic(id)
}

func (e *Env) topicWords(t *model.TopicTally) string {
	minutes := 0
	for _, m := range t.Tally.Minutes() {
		minutes += m
	}
	return e.T("thermometer.topic", "Contacts", e.Text.N("thermometer.contacts", int(t.Tally[model.CountContacts])),
		"Right", e.Say.Reading(gaugeOf("right"), &t.Tally), "Repeat", e.Say.Reading(gaugeOf("repeat"), &t.Tally), "Minutes", e.Text.Int(minutes))
}

// topicDetail reads every measure off one topic.
func (e *Env) topicDetail(t *model.TopicTally, w int) []string {
	p := e.writer(w)
	p.head(e.topicName(t.Key))
	label := gaugeWidths(w, 0)[0] // as wide as in the list: 7 and 14 days stay apart
	for _, g := range model.Gauges() {
		if g.Of(&t.Tally) == 0 {
			continue
		}
		p.rows = append(p.rows, " "+kit.Columns([]string{e.Say.Gauge(&g),
			e.Say.Reading(&g, &t.Tally) + " · " + e.Text.N("thermometer.customers", int(g.Customers(&t.Behind)))},
			[]int{label, max(w-label-3, 6)}))
	}
	return p.rows
}
