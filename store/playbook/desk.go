package playbook

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pasvorm/model"
)

// Limits of the parts about contacts, money and farewell.
const (
	maxName     = 32   // characters of a topic or a channel, in lists and beside charts
	maxFarewell = 4000 // characters of the farewell in one language
	maxRate     = 1000 // euros an hour
)

// The parts that a playbook may leave out, because those of earlier versions
// did not have them.
const (
	partTopics   = "topics"
	partChannels = "channels"
	partRates    = "rates"
	partDesk     = "desk"
	partFarewell = "farewell"
)

// laterParts lists them in the order of the default text.
func laterParts() []string {
	return []string{partTopics, partChannels, partRates, partDesk, partFarewell}
}

// desk reads these parts. One that is missing is taken whole from r.older, so
// that nothing is put together from two hands.
func (r *reader) desk(root *table) model.DeskSettings {
	var d model.DeskSettings
	if r.older != nil {
		d = *r.older
	}
	for _, part := range laterParts() {
		if _, there := root.values[part]; !there && r.older != nil {
			root.known = append(root.known, part)
			continue
		}
		switch part {
		case partTopics:
			d.Topics = root.topics()
		case partChannels:
			d.Channels = root.channels()
		case partRates:
			d.Rates = root.rates()
		case partDesk:
			root.table(part).days(&d)
		case partFarewell:
			t := root.table(part)
			d.Farewell = t.letter("text")
			t.done()
		}
	}
	return d
}

func (t *table) topics() []model.Topic {
	seen := map[string]bool{}
	var topics []model.Topic
	for _, topic := range t.tables(partTopics, model.MaxTopics) {
		topics = append(topics, model.Topic{
			ID: topic.id(seen), Friction: topic.yesNo("friction"), Label: topic.bilingual("label", maxName),
		})
		topic.done()
	}
	return topics
}

func (t *table) channels() []model.Channel {
	seen := map[string]bool{}
	var channels []model.Channel
	for _, channel := range t.tables(partChannels, model.MaxChannels) {
		channels = append(channels, model.Channel{ID: channel.id(seen), Label: channel.bilingual("label", maxName)})
		channel.done()
	}
	return channels
}

// rates reads what an hour of each activity costs.
func (t *table) rates() model.Rates {
	sub := t.table(partRates)
	var rates model.Rates
	for a := range model.Activities {
		rates[a] = sub.euros(a.Key(), maxRate)
	}
	sub.done()
	return rates
}

// days reads the numbers of the desk. The windows of right first time and what
// counts as picked up quickly are not among them: measures are kept as contacts
// come in, and a month must not change because a number did.
func (t *table) days(d *model.DeskSettings) {
	d.LapseWarnDays = t.number("lapse_warn_days", 1, 180)
	d.DueSoonDays = t.number("due_soon_days", 1, 60)
	d.OutcomeDays = t.number("outcome_days", 1, 365)
	t.done()
}

// yesNo returns the true or false under a key.
func (t *table) yesNo(key string) bool {
	v, ok := t.take(key)
	yes, isBool := v.(bool)
	if ok && !isBool {
		t.wrongType(key, "true, false")
	}
	return yes
}

// euros returns the amount under a key, from 0 to most euros, in cents.
func (t *table) euros(key string, most int) int64 {
	v, ok := t.take(key)
	if !ok {
		return 0
	}
	var amount float64
	switch v := v.(type) {
	case int64:
		amount = float64(v)
	case float64:
		amount = v
	default:
		t.wrongType(key, "number")
		return 0
	}
	if !(amount >= 0 && amount <= float64(most)) { // written so because nan is neither
		t.r.refuse(keyPath(t.path, key), ProblemOutOfRange, fmt.Sprintf("0–%d", most))
		return 0
	}
	// A decimal of at most two places is the number nearest to its cents over a
	// hundred, and no other number is.
	cents := math.Round(amount * 100)
	if cents/100 != amount {
		t.r.refuse(keyPath(t.path, key), ProblemBadAmount, "45.50")
	}
	return int64(cents)
}

// letter returns a text of several lines in both languages.
func (t *table) letter(key string) model.Bilingual {
	sub := t.table(key)
	b := model.Bilingual{EN: sub.lines("en", maxFarewell), NL: sub.lines("nl", maxFarewell)}
	sub.done()
	return b
}

// lines returns a text like words does, in which lines may end and placeholders
// may stand. Line ends at either end are taken off: they come from the way TOML
// writes a text of several lines.
func (t *table) lines(key string, longest int) string {
	s, ok := t.text(key)
	if !ok {
		return ""
	}
	s = strings.Trim(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	sign, hidden := hiddenLineSign(s)
	t.readable(key, s, longest, sign, hidden)
	if piece, found := strangePlaceholder(s); found {
		t.r.refuse(keyPath(t.path, key), ProblemPlaceholder, quoted(piece))
	}
	return s
}

// strangePlaceholder finds the first piece in braces that nobody fills in, or a
// brace that stands alone: the customer would read it as it is.
func strangePlaceholder(s string) (piece string, found bool) {
	for {
		open := strings.IndexAny(s, "{}")
		if open < 0 {
			return "", false
		}
		s = s[open:]
		end := strings.IndexAny(s[1:], "{}\n")
		if s[0] == '}' || end < 0 || s[1+end] != '}' {
			return s[:1], true
		}
		piece, s = s[:end+2], s[end+2:]
		if !slices.Contains(model.FarewellPlaceholders(), piece) {
			return piece, true
		}
	}
}

// Complete gives a playbook with the parts that it leaves out, as they stand in
// the default text, after its own. What is not TOML or leaves nothing out stays
// as it is.
func Complete(text string) string {
	values, _, problem := decode(text)
	if problem != nil {
		return text
	}
	var more strings.Builder
	for _, part := range laterParts() {
		if _, there := values[part]; !there {
			more.WriteString("\n" + defaultPart(part))
		}
	}
	if more.Len() == 0 {
		return text
	}
	return strings.TrimRight(text, "\n") + "\n" + more.String()
}

// defaultPart is what stands in the default text under the heading of a part.
func defaultPart(part string) string {
	const heading = "\n# ── "
	for _, block := range strings.Split(string(defaultTOML), heading)[1:] {
		if strings.Contains(block, "\n["+part+"]\n") || strings.Contains(block, "\n[["+part+"]]\n") {
			return strings.TrimPrefix(heading, "\n") + strings.TrimRight(block, "\n") + "\n"
		}
	}
	return ""
}
