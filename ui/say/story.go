package say

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pasvorm/model"
	"pasvorm/ui/kit"
)

// Story words the line to read aloud to a customer, made from facts alone: whom
// they spoke with, when, about what, and what we promised by when (article 002,
// the story is told once). People are names by id, me is who reads it aloud. It
// is "" when there is nothing to tell.
func (s Speaker) Story(st *model.Story, people map[model.ID]string, me model.ID, now time.Time) string {
	spoke, promised := "", ""
	if st.Last != nil {
		spoke = s.spoke(st.Last, people, me, now)
	}
	if st.Promised != nil {
		promised = s.promised(st.Promised, now)
	}
	switch {
	case spoke == "" && promised == "":
		return ""
	case promised == "":
		return capital(spoke) + "."
	case spoke == "":
		return capital(promised) + "."
	}
	return s.Text.T("story.both", "Spoke", capital(spoke), "Promise", promised)
}

// manners sort the channels that a playbook has unless it was changed by how one
// speaks of them. Any other channel is spoken of as contact.
var manners = map[string]string{
	"phone": "phone", "visit": "visit", "mail": "written", "letter": "written", "form": "written", "chat": "written",
}

// spokenIn and spokenOut are the sentences by manner.
var (
	spokenIn = map[string]string{
		"phone": "story.in.spoken", "visit": "story.in.spoken", "written": "story.in.written", "": "story.in.other",
	}
	spokenOut = map[string]string{
		"phone": "story.out.phone", "visit": "story.out.visit", "written": "story.out.written", "": "story.out.other",
	}
)

func (s Speaker) spoke(c *model.Contact, people map[model.ID]string, me model.ID, now time.Time) string {
	person := kit.Clean(people[c.By])
	if person == "" || person == "?" {
		person = s.Text.T("story.colleague")
	}
	id := spokenIn[manners[c.Channel]]
	if c.Out {
		id = spokenOut[manners[c.Channel]]
	}
	if c.By == me && me != model.NoID {
		person = s.Text.T("story.me")
		if c.Out {
			person = s.Text.T("story.i")
		}
	}
	return s.Text.T(id, "Person", person, "When", s.storyDay(c.On.Time().In(now.Location()), now, "story.on.date"), "About", s.about(c.Topic))
}

// about words the topic with a blank before it; "" for one that says nothing.
// What a topic of the playbook is called in a sentence is in the catalogue by
// its id; any other is named by its label.
func (s Speaker) about(topic string) string {
	switch {
	case topic == "" || topic == "other":
		return ""
	case s.Text.Has("story.topic." + topic):
		return " " + s.Text.T("story.about", "Topic", s.Text.T("story.topic."+topic))
	}
	return " " + s.Text.T("story.about", "Topic", s.Topic(topic))
}

// promised words a promise of ours: within the sentence where its words can
// stand there, after a colon where they cannot.
func (s Speaker) promised(p *model.Promise, now time.Time) string {
	const most = 160 // what one can read aloud in a breath
	words := strings.TrimRight(strings.Join(strings.Fields(kit.CleanLines(p.Words)), " "), ".;, ")
	if utf8.RuneCountInString(words) > most {
		words = kit.Cut(words, most)
	}
	due := p.Due.Time(now.Location())
	id := "story.promise.list"
	first, _, _ := strings.Cut(strings.ToLower(words), " ")
	if slices.Contains(leadIns, first) {
		id = "story.promise.inline"
	}
	if p.Due < model.DayOf(now) {
		id += ".late"
	}
	return s.Text.T(id, "Words", words, "When", s.storyDay(due, now, "story.date"))
}

// leadIns are the words with which a promise fits into a sentence.
var leadIns = strings.Fields("a an the to your our that you een de het uw onze ons dat om")

var weekdays = [...]string{
	"story.day.sun", "story.day.mon", "story.day.tue", "story.day.wed", "story.day.thu", "story.day.fri", "story.day.sat",
}

var months = [...]string{
	"story.month.jan", "story.month.feb", "story.month.mar", "story.month.apr", "story.month.may", "story.month.jun",
	"story.month.jul", "story.month.aug", "story.month.sep", "story.month.oct", "story.month.nov", "story.month.dec",
}

// storyDay words a day as one says it: today, a weekday within the six days
// around, else the date with the month in full. What has a preposition before it
// is for the past (story.on.*); for a date to come the sentence brings one.
func (s Speaker) storyDay(d, now time.Time, dateID string) string {
	past := dateID == "story.on.date"
	days := daysBetween(now, d)
	switch {
	case days == 0:
		return s.Text.T("story.today")
	case days == -1:
		return s.Text.T("story.yesterday")
	case days == 1:
		return s.Text.T("story.tomorrow")
	case past && days < 0 && days >= -6:
		return s.Text.T("story.on.day", "Day", s.Text.T(weekdays[d.Weekday()]))
	case !past && days > 0 && days <= 6:
		return s.Text.T(weekdays[d.Weekday()])
	}
	date := s.Text.T("story.daymonth", "Day", d.Day(), "Month", s.Text.T(months[d.Month()-1]))
	if d.Year() != now.Year() {
		date = s.Text.T("story.year", "Date", date, "Year", d.Year())
	}
	if past {
		return s.Text.T("story.on.date", "Date", date)
	}
	return date
}

// daysBetween counts the midnights from a to b, both in the zone of the desk.
func daysBetween(a, b time.Time) int {
	noon := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(b).Sub(noon(a)) / (24 * time.Hour))
}

// StoryCounts words how often the customer had to tell the story again, was put
// through, was asked for a number again and was failed; empty for a smooth one.
func (s Speaker) StoryCounts(st *model.Story) []string {
	var out []string
	for _, c := range []struct {
		id string
		n  int
	}{{"story.told", st.ToldAgain}, {"story.transfers", st.Transfers}, {"story.numbers", st.NumberAsks}, {"story.failed", st.Failed}} {
		if c.n > 0 {
			out = append(out, s.Text.N(c.id, c.n))
		}
	}
	return out
}

// Limbo words how long a customer has heard nothing: in hours up to two days,
// then in days. Closed days do not count, see [model.Limbo].
func (s Speaker) Limbo(l *model.Limbo) string {
	hours := int(l.Waited / time.Hour)
	if hours < 48 {
		return s.Text.N("story.limbo.hours", hours)
	}
	return s.Text.N("story.limbo.days", hours/24)
}

// YourContact is the line that names the customer's own contact, ready to be
// copied into a message; "" when nobody is named.
func (s Speaker) YourContact(owner string) string {
	if owner = kit.Clean(owner); owner == "" {
		return ""
	}
	return s.Text.T("story.contact", "Person", owner)
}

// capital makes the first letter a capital.
func capital(t string) string {
	r, size := utf8.DecodeRuneInString(t)
	if size == 0 {
		return t
	}
	return string(unicode.ToUpper(r)) + t[size:]
}
