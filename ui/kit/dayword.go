package kit

import (
	"strings"
	"time"
)

// dayWords are the words for a day near today, in both languages of the product:
// whoever types one is understood whatever the screen speaks.
var dayWords = map[string]int{
	"yesterday": -1, "gisteren": -1, "today": 0, "vandaag": 0, "tomorrow": 1, "morgen": 1, "overmorgen": 2,
}

// weekdayWords are the names of the days of the week and their usual short forms.
var weekdayWords = map[string]time.Weekday{
	"sun": time.Sunday, "sunday": time.Sunday, "zo": time.Sunday, "zondag": time.Sunday,
	"mon": time.Monday, "monday": time.Monday, "ma": time.Monday, "maandag": time.Monday,
	"tue": time.Tuesday, "tuesday": time.Tuesday, "di": time.Tuesday, "dinsdag": time.Tuesday,
	"wed": time.Wednesday, "wednesday": time.Wednesday, "wo": time.Wednesday, "woensdag": time.Wednesday,
	"thu": time.Thursday, "thursday": time.Thursday, "do": time.Thursday, "donderdag": time.Thursday,
	"fri": time.Friday, "friday": time.Friday, "vr": time.Friday, "vrijdag": time.Friday,
	"sat": time.Saturday, "saturday": time.Saturday, "za": time.Saturday, "zaterdag": time.Saturday,
}

// monthWords are the names of the months and the short forms that the screens
// themselves show: a day copied from a screen is read again.
var monthWords = map[string]time.Month{
	"jan": time.January, "january": time.January, "januari": time.January,
	"feb": time.February, "february": time.February, "februari": time.February,
	"mar": time.March, "march": time.March, "mrt": time.March, "maart": time.March,
	"apr": time.April, "april": time.April,
	"may": time.May, "mei": time.May,
	"jun": time.June, "june": time.June, "juni": time.June,
	"jul": time.July, "july": time.July, "juli": time.July,
	"aug": time.August, "august": time.August, "augustus": time.August,
	"sep": time.September, "september": time.September,
	"oct": time.October, "october": time.October, "okt": time.October, "oktober": time.October,
	"nov": time.November, "november": time.November,
	"dec": time.December, "december": time.December,
}

// dayByWord reads a word for a day. A day of the week is the next one after
// today: who says a weekday in a form mostly means one to come.
func dayByWord(s string, today time.Time) (time.Time, bool) {
	s = strings.ToLower(s)
	days, ok := dayWords[s]
	if w, weekday := weekdayWords[s]; weekday {
		days, ok = (int(w)-int(today.Weekday())+6)%7+1, true
	}
	if !ok {
		return time.Time{}, false
	}
	y, m, d := today.Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, today.Location()), true
}
