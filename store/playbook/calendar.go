package playbook

import (
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/nl"

	"pasvorm/model"
)

// countries lists the countries whose public holidays are supplied.
func countries() []string { return []string{"NL", "BE"} }

// workCalendar is a model.Calendar. What it says never changes once it is made,
// and many sessions may share it.
type workCalendar struct {
	business      *cal.BusinessCalendar
	opens, closes int // minutes after midnight
	loc           *time.Location
	closed, open  map[model.Day]bool
	years         sync.Map // of int to *yearDays, filled as years are asked for
}

// yearDays says for each day of a year, from 1, whether people work on it. To
// work out the holidays of a day takes far longer than to look one up, and the
// time that goes by is counted over many days for many customers.
type yearDays [367]bool

// NewCalendar makes the calendar of an organisation in its time zone. For the
// Netherlands the holidays are those of the Algemene termijnenwet, article 3 (so
// Good Friday and 5 May too: an organisation that works then lists them as
// open); for Belgium the ten legal holidays. A country not supplied has none.
func NewCalendar(s model.CalendarSettings, loc *time.Location) model.Calendar {
	business := cal.NewBusinessCalendar()
	// The library's own cache is left off: it is not safe for shared use.
	switch s.Country {
	case "NL":
		business.AddHoliday(nl.Holidays...)
	case "BE":
		business.AddHoliday(be.Holidays...)
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		business.SetWorkday(day, false)
	}
	for _, day := range s.Days {
		business.SetWorkday(day, true)
	}
	return &workCalendar{
		business: business, opens: s.Opens, closes: s.Closes, loc: loc,
		closed: daySet(s.Closed), open: daySet(s.Open),
	}
}

func daySet(days []model.Day) map[model.Day]bool {
	set := make(map[model.Day]bool, len(days))
	for _, day := range days {
		set[day] = true
	}
	return set
}

// Workday reports whether people work on the day of a moment.
func (c *workCalendar) Workday(day time.Time) bool {
	day = day.In(c.loc)
	year := day.Year()
	days, ok := c.years.Load(year)
	if !ok {
		days, _ = c.years.LoadOrStore(year, c.yearDays(year))
	}
	known, _ := days.(*yearDays)
	return known[day.YearDay()]
}

// yearDays works out a year. A day is what it is called, so no time zone enters.
func (c *workCalendar) yearDays(year int) *yearDays {
	var days yearDays
	for n := 1; n < len(days); n++ {
		day := time.Date(year, time.January, n, 12, 0, 0, 0, time.UTC)
		date := model.DayOf(day)
		days[n] = !c.closed[date] && (c.open[date] || c.business.IsWorkday(day))
	}
	return &days
}

// Opens is the opening time on the day of a moment.
func (c *workCalendar) Opens(day time.Time) time.Time { return c.at(day, c.opens) }

// Closes is the closing time on the day of a moment.
func (c *workCalendar) Closes(day time.Time) time.Time { return c.at(day, c.closes) }

// at is a time on the clock on the day of a moment.
func (c *workCalendar) at(day time.Time, minutes int) time.Time {
	year, month, date := day.In(c.loc).Date()
	return time.Date(year, month, date, minutes/60, minutes%60, 0, 0, c.loc)
}
