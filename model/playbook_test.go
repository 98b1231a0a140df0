package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"pasvorm/model"
)

func TestTraitNumbersAndWords(t *testing.T) {
	for i, trait := range model.Traits() {
		if trait.Number() != i+1 {
			t.Errorf("%s has number %d, want %d", trait, trait.Number(), i+1)
		}
		if got, ok := model.TraitByNumber(i + 1); !ok || got != trait {
			t.Errorf("TraitByNumber(%d) = %q, %v", i+1, got, ok)
		}
		if got, ok := model.ParseTrait(string(trait)); !ok || got != trait {
			t.Errorf("ParseTrait(%q) = %q, %v", trait, got, ok)
		}
	}
	if n := model.Trait("nice").Number(); n != 0 {
		t.Errorf("an unknown trait has number %d", n)
	}
	words := map[string]model.Trait{
		"1": model.TraitTopservice, " 4 ": model.TraitWronged, "TopService": model.TraitTopservice,
		"topservice gewend": model.TraitTopservice, "aandacht": model.TraitAttention,
		"Aandachtvrager": model.TraitAttention, "attention-seeker": model.TraitAttention,
		"brutaal": model.TraitBrazen, "BRUTALE": model.TraitBrazen, "onheus": model.TraitWronged,
		"voelt  zich onheus behandeld": model.TraitWronged,
	}
	for word, want := range words {
		if got, ok := model.ParseTrait(word); !ok || got != want {
			t.Errorf("ParseTrait(%q) = %q, %v; want %q", word, got, ok, want)
		}
	}
	for _, word := range []string{"", "0", "5", "-1", "nice", "top", "terrorist"} {
		if got, ok := model.ParseTrait(word); ok || got != "" {
			t.Errorf("ParseTrait(%q) = %q, %v; want none", word, got, ok)
		}
	}
}

func TestBilingualIn(t *testing.T) {
	both := model.Bilingual{EN: "farewell", NL: "afscheid"}
	cases := map[string]string{
		"nl": "afscheid", "NL": "afscheid", "nl-BE": "afscheid", "nl_NL.UTF-8": "afscheid",
		"en": "farewell", "en-GB": "farewell", "fr": "farewell", "": "farewell", "nld": "farewell",
	}
	for lang, want := range cases {
		if got := both.In(lang); got != want {
			t.Errorf("In(%q) = %q, want %q", lang, got, want)
		}
	}
	if got := (model.Bilingual{EN: "only"}).In("nl"); got != "only" {
		t.Errorf("a missing Dutch text gives %q, want the English one", got)
	}
}

func TestPlaybookLookup(t *testing.T) {
	p := &model.Playbook{Traits: []model.TraitPlay{{
		Trait:   model.TraitBrazen,
		Signals: []model.Signal{{ID: "snapped", Step: 2}, {ID: "past-limit", Step: 3}},
		Causes:  []model.Cause{{ID: "distrust"}},
	}}}
	if p.Trait(model.TraitWronged) != nil || p.Trait(model.TraitBrazen) == nil {
		t.Error("Trait finds the wrong traits")
	}
	if s, ok := p.Signal(model.TraitBrazen, "past-limit"); !ok || s.Step != 3 {
		t.Errorf("Signal = %v, %v", s, ok)
	}
	if s, ok := p.SignalByNumber(model.TraitBrazen, 1); !ok || s.ID != "snapped" {
		t.Errorf("SignalByNumber(1) = %v, %v", s, ok)
	}
	if c, ok := p.Cause(model.TraitBrazen, "distrust"); !ok || c.ID != "distrust" {
		t.Errorf("Cause = %v, %v", c, ok)
	}
	for _, n := range []int{-1, 0, 3} {
		if s, ok := p.SignalByNumber(model.TraitBrazen, n); ok {
			t.Errorf("SignalByNumber(%d) = %v", n, s)
		}
	}
	_, signal := p.Signal(model.TraitWronged, "snapped")
	_, numbered := p.SignalByNumber(model.TraitWronged, 1)
	_, cause := p.Cause(model.TraitBrazen, "snapped")
	if signal || numbered || cause {
		t.Error("found something that belongs to another trait or kind")
	}
}

// days is a calendar of given weekdays, less some dates, open from nine to five.
type days struct {
	loc    *time.Location
	week   map[time.Weekday]bool
	closed map[string]bool
}

func (d days) Workday(t time.Time) bool {
	t = t.In(d.loc)
	return d.week[t.Weekday()] && !d.closed[t.Format(time.DateOnly)]
}

func (d days) Opens(t time.Time) time.Time {
	y, m, day := t.In(d.loc).Date()
	return time.Date(y, m, day, 9, 0, 0, 0, d.loc)
}

func (d days) Closes(t time.Time) time.Time {
	y, m, day := t.In(d.loc).Date()
	return time.Date(y, m, day, 17, 0, 0, 0, d.loc)
}

func weekOf(loc *time.Location, closed ...string) days {
	d := days{loc: loc, week: map[time.Weekday]bool{}, closed: map[string]bool{}}
	for day := time.Monday; day <= time.Friday; day++ {
		d.week[day] = true
	}
	for _, date := range closed {
		d.closed[date] = true
	}
	return d
}

func TestApprovableFromSkipsOneWholeWorkingDay(t *testing.T) {
	const form = "2006-01-02 15:04"
	cal := weekOf(time.UTC, "2026-06-03")
	cases := map[string]string{
		"2026-05-25 10:00": "2026-05-27 09:00", // Monday: Tuesday goes by, Wednesday
		"2026-05-25 00:00": "2026-05-27 09:00", // before opening counts as that day
		"2026-05-25 23:59": "2026-05-27 09:00",
		"2026-05-28 16:00": "2026-06-01 09:00", // Thursday: Friday, then Monday
		"2026-05-29 16:00": "2026-06-02 09:00", // Friday: Monday, then Tuesday
		"2026-05-30 12:00": "2026-06-02 09:00", // Saturday: Monday goes by whole
		"2026-05-31 12:00": "2026-06-02 09:00", // Sunday
		"2026-06-01 12:00": "2026-06-04 09:00", // Tuesday goes by, Wednesday is closed
		"2026-06-03 12:00": "2026-06-05 09:00", // proposed on the closed day itself
	}
	for proposed, want := range cases {
		at, err := time.Parse(form, proposed)
		if err != nil {
			t.Fatal(err)
		}
		if got := model.ApprovableFrom(cal, at).Format(form); got != want {
			t.Errorf("proposed %s: approvable from %s, want %s", proposed, got, want)
		}
	}
}

func TestAddWorkdaysKeepsTheClock(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	cal := weekOf(amsterdam)
	// Clocks go forward on Sunday 29 March 2026.
	friday := time.Date(2026, 3, 27, 14, 30, 15, 7, amsterdam)
	for n, want := range map[int]string{0: "03-27", 1: "03-30", 5: "04-03", -1: "03-26", -5: "03-20"} {
		if got := model.AddWorkdays(cal, friday.UTC(), n).Format("01-02 15:04:05.000000000"); got != want+" 14:30:15.000000007" {
			t.Errorf("%d working days: %s, want %s at 14:30:15", n, got, want)
		}
	}
}

func TestAddWorkdaysStaysOnTheDay(t *testing.T) {
	santiago, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	cal := weekOf(santiago)
	cal.week[time.Sunday] = true
	// Clocks go forward at midnight on Sunday 8 September 2024: half past twelve
	// at night does not exist then.
	friday := time.Date(2024, 9, 6, 0, 30, 0, 0, santiago)
	if got := model.AddWorkdays(cal, friday, 1).Format("01-02 15:04"); got != "09-08 12:00" {
		t.Errorf("one working day on is %s, want noon on the 8th", got)
	}
}

func TestACalendarThatNeverOpensKeepsAPartingLocked(t *testing.T) {
	never := days{loc: time.UTC}
	proposed := time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC)
	if got := model.ApprovableFrom(never, proposed); got.Before(proposed.AddDate(10, 0, 0)) {
		t.Errorf("approvable from %s without a single working day", got)
	}
}

func TestWorkdaysProperties(t *testing.T) {
	zones := []string{"Europe/Amsterdam", "Europe/Brussels", "UTC", "America/Santiago", "Pacific/Apia"}
	rapid.Check(t, func(t *rapid.T) {
		loc, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		from := time.Unix(rapid.Int64Range(1_262_304_000, 2_524_608_000).Draw(t, "from"), 0)
		cal := weekOf(loc)
		for range rapid.IntRange(0, 12).Draw(t, "holidays") {
			away := rapid.IntRange(-20, 20).Draw(t, "away")
			cal.closed[from.In(loc).AddDate(0, 0, away).Format(time.DateOnly)] = true
		}

		opens := model.ApprovableFrom(cal, from)
		if !cal.Workday(opens) || !opens.Equal(cal.Opens(opens)) {
			t.Fatalf("approvable from %s, not an opening time of a working day", opens)
		}
		if n := workdaysBetween(cal, from, opens); n != 1 {
			t.Fatalf("%d whole working days between %s and %s, want 1", n, from.In(loc), opens)
		}

		n := rapid.IntRange(1, 15).Draw(t, "n")
		later := model.AddWorkdays(cal, from, n)
		if got := workdaysBetween(cal, from, later); got != n-1 {
			t.Fatalf("%d working days between %s and %s, want %d", got, from.In(loc), later, n-1)
		}
		if !cal.Workday(later) {
			t.Fatalf("%s is no working day", later)
		}
		if cal.Workday(from) {
			if back := model.AddWorkdays(cal, later, -n); model.DayOf(back) != model.DayOf(from.In(loc)) {
				t.Fatalf("there and back gives %s, want the day of %s", back, from.In(loc))
			}
		}
	})
}

// workdaysBetween counts the working days strictly between two days, on the
// calendar alone, so that a changed clock cannot matter.
func workdaysBetween(cal days, from, to time.Time) int {
	n := 0
	y, m, d := from.In(cal.loc).Date()
	last := to.In(cal.loc).Format(time.DateOnly)
	for i := 1; ; i++ {
		day := time.Date(y, m, d+i, 12, 0, 0, 0, cal.loc)
		if day.Format(time.DateOnly) >= last {
			return n
		}
		if cal.Workday(day) {
			n++
		}
	}
}
