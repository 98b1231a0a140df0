package playbook

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/nl"

	"pasvorm/model"
)

// countries lists the countries whose public holidays are supplied.
func countries() []string { return []string{"NL", "BE"} }

// workCalendar is a model.Calendar. It is never altered once made, so many
// sessions may share it.
type workCalendar struct {
	business     *cal.BusinessCalendar
	opens        int // minutes after midnight
	loc          *time.Location
	closed, open map[model.Day]bool
}

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
		business: business, opens: s.Opens, loc: loc,
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
	date := model.DayOf(day)
	return !c.closed[date] && (c.open[date] || c.business.IsWorkday(day))
}

// Opens is the opening time on the day of a moment.
func (c *workCalendar) Opens(day time.Time) time.Time {
	year, month, date := day.In(c.loc).Date()
	return time.Date(year, month, date, c.opens/60, c.opens%60, 0, 0, c.loc)
}
