package screen

import (
	"context"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
)

// measured is a desk whose measures the test sets.
type measured struct {
	ui.Desk
	thermometer model.Thermometer
	mirror      model.Mirror
	silent      []model.SilentLine
	voices      []model.VoiceLine
	asked       []model.ThermometerRequest
}

func (m *measured) Thermometer(_ context.Context, req model.ThermometerRequest, _ func(done, total int)) (model.Thermometer, error) {
	m.asked = append(m.asked, req)
	return m.thermometer, nil
}

func (m *measured) Mirror(context.Context, int, func(done, total int)) (model.Mirror, error) {
	return m.mirror, nil
}

func (m *measured) Silent(context.Context, int) ([]model.SilentLine, error) { return m.silent, nil }

func (m *measured) Voices(context.Context, int, int) ([]model.VoiceLine, error) {
	return m.voices, nil
}

// year is a thermometer of twelve months of which one is empty.
func year() model.Thermometer {
	t := model.Thermometer{From: "2025-12-01", Until: "2026-11-24", Pending: 3, Silent: 2, InTouch: 388, AnyTrait: 23,
		Demanding: [4]int{8, 12, 4, 4}, RepeatCost: 124_000}
	months := []model.Month{"2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"}
	for i, m := range months {
		n := model.MonthTally{Month: m, Customers: 30 + i}
		if i != 4 {
			k := int64(i)
			n.Tally[model.CountContacts], n.Tally[model.CountIncoming] = 90+k, 80+k
			n.Tally[model.CountIssues], n.Tally[model.CountRight] = 60, 30+2*k
			n.Tally[model.CountRepeat], n.Tally[model.CountRepeatService] = 20-k, 10*(20-k)
			n.Tally[model.CountWaits], n.Tally[model.CountQuick] = 50, 46
			n.Tally[model.CountEffort], n.Tally[model.CountEffortSum] = 10, 45+k
			n.Tally[model.CountMarks], n.Tally[model.CountMarkSum] = 4, 20+k
			n.Tally[model.CountLeads], n.Tally[model.CountLeadSum] = 40, 80-3*k
			n.Tally[model.CountFelt], n.Tally[model.CountFeltSum] = 5, 20
			n.Tally[model.CountKept], n.Tally[model.CountBroken] = 10, 2
		}
		t.Months = append(t.Months, n)
		t.Total.Add(&n.Tally, 1)
		switch {
		case i > 8:
			t.Now.Add(&n.Tally, 1)
		case i > 2 && i < 6:
			t.Then.Add(&n.Tally, 1)
		}
	}
	t.Behind[model.CountContacts], t.Behind[model.CountIssues], t.Behind[model.CountMarks] = 388, 301, 41
	for i, topic := range []string{"procedure", "invoice", "telephone"} {
		l := model.TopicTally{Key: topic}
		l.Tally[model.CountContacts], l.Tally[model.CountIssues], l.Tally[model.CountRight] = int64(100-20*i), 40, int64(20+5*i)
		l.Tally[model.CountAnnoyances] = int64(14 - 5*i)
		l.Behind[model.CountContacts], l.Behind[model.CountAnnoyances] = int64(60-i), int64(9-i)
		t.Topics = append(t.Topics, l)
	}
	return t
}

func TestThermometer(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		e := b.env(b.Admin, lang)
		desk := &measured{Desk: e.Desk, thermometer: year()}
		e.Desk = desk
		d := openScreens(t, e, w, h, kit.Open{Kind: KindThermometer})
		d.Golden("thermometer" + name)
		for range 5 { // the mark out of ten, with the figure of the article
			d.Key("j")
		}
		d.Key("v")
		d.Golden("thermometer_mark" + name)
		if !strings.Contains(d.Screen(), "4.8") && !strings.Contains(d.Screen(), "4,8") {
			t.Error("the figure of the article is not beside the mark")
		}
		d.Key("esc")
		d.Key("G")
		d.Key("enter")
		if last := desk.asked[len(desk.asked)-1]; last.Topic != "telephone" {
			t.Errorf("asked of topic %q", last.Topic)
		}
		d.Key("m")
		if last := desk.asked[len(desk.asked)-1]; last.Months != 24 {
			t.Errorf("asked for %d months", last.Months)
		}
		d.Key("esc")
		if last := desk.asked[len(desk.asked)-1]; last.Topic != "" {
			t.Errorf("asked of topic %q after leaving it", last.Topic)
		}
	})
}

func TestThermometerEmpty(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		e := b.env(b.Admin, lang)
		e.Desk = &measured{Desk: e.Desk}
		openScreens(t, e, w, h, kit.Open{Kind: KindThermometer}).Golden("thermometer_empty" + name)
		openScreens(t, e, w, h, kit.Open{Kind: KindMirror}).Golden("mirror_empty" + name)
		openScreens(t, e, w, h, kit.Open{Kind: KindSilent}).Golden("silent_empty" + name)
		openScreens(t, e, w, h, kit.Open{Kind: KindVoices}).Golden("voices_empty" + name)
	})
}

// TestMeasuresHostile shows names and words as they may come, in a small window.
func TestMeasuresHostile(t *testing.T) {
	b := newFitBench(t, "Petra Jansen")
	e := b.env(b.Admin, "en")
	desk := &measured{Desk: e.Desk, thermometer: year()}
	desk.thermometer.Topics[0].Key = nasty
	desk.mirror.Procedures = []model.ProcedureLine{{Standard: &model.Standard{ID: b.Agent, Name: nasty + nasty, Words: nasty}}}
	desk.mirror.Topics = desk.thermometer.Topics
	s := &model.Survey{ID: b.Agent, Customer: b.Agent, Describe: nasty, Better: nasty + nasty, Mark: 8, Day: "2026-11-02", Topics: []string{nasty}}
	desk.silent = []model.SilentLine{{Customer: b.Agent, Name: nasty, Survey: s, Failed: &model.Contact{Story: nasty}, Times: 3}}
	desk.voices = []model.VoiceLine{{Customer: b.Agent, Name: nasty, Survey: s}}
	e.Desk = desk
	for _, kind := range []string{KindThermometer, KindMirror, KindSilent, KindVoices} {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {39, 9}} {
			d := openScreens(t, e, size[0], size[1], kit.Open{Kind: kind})
			for range 12 {
				d.Key("j")
			}
			d.Screen() // complains itself of what does not fit
		}
	}
}

func TestMirror(t *testing.T) {
	each(t, func(t *testing.T, lang string, w, h int, name string) {
		b := newFitBench(t, "Petra Jansen")
		e := b.env(b.Admin, lang)
		desk := &measured{Desk: e.Desk}
		line := model.ProcedureLine{Standard: &model.Standard{ID: b.Agent, Name: "payment before delivery", Words: "We deliver once the invoice is paid."},
			Improves: []*model.Improvement{{Title: "pay by card at the door"}}}
		line.Tally[model.CountAsked], line.Tally[model.CountGranted], line.Tally[model.CountRefused] = 12, 4, 7
		line.Tally[model.CountLost], line.Tally[model.CountLostSum], line.Tally[model.CountCost] = 1, 42_100, 8_000
		line.Behind[model.CountAsked] = 9
		desk.mirror = model.Mirror{Procedures: []model.ProcedureLine{line}, Topics: year().Topics}
		s := &model.Survey{ID: b.Agent, Customer: b.Agent, Describe: "friendly, slow", Better: "tell me when it takes longer", Mark: 8, Day: "2026-11-02", Topics: []string{"lead-time"}}
		desk.silent = []model.SilentLine{{Customer: b.Agent, Name: "Petra Jansen", Survey: s, Failed: &model.Contact{Story: "the engineer did not come"}, Times: 2}}
		desk.voices = []model.VoiceLine{{Customer: b.Agent, Name: "Petra Jansen", Survey: s}}
		e.Desk = desk
		openScreens(t, e, w, h, kit.Open{Kind: KindMirror}).Golden("mirror" + name)
		openScreens(t, e, w, h, kit.Open{Kind: KindSilent}).Golden("silent" + name)
		openScreens(t, e, w, h, kit.Open{Kind: KindVoices}).Golden("voices" + name)
	})
}
