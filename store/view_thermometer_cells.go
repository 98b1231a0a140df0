package store

import (
	"cmp"
	"slices"

	"pasvorm/model"
)

// customers counts the distinct customers behind each count.
func (g *gauge) customers() error {
	for m := g.period.first; m <= g.period.last; m++ {
		for _, dim := range g.dimensions() {
			prefix := cellsOf(dim, m)
			if g.topic != "" {
				prefix = cellsUnder(dim, m, g.topic)
			}
			if err := g.cells(dim, m, prefix); err != nil {
				return err
			}
		}
	}
	g.steps.tell(g.steps.total)
	g.out.Behind = g.crowd.whole.behind
	g.out.InTouch = int(g.out.Behind[model.CountContacts])
	for key, group := range g.crowd.topics {
		g.line(key).Behind = group.behind
	}
	for _, l := range g.topics {
		g.out.Topics = append(g.out.Topics, *l)
	}
	slices.SortFunc(g.out.Topics, func(a, b model.TopicTally) int {
		return cmp.Or(cmp.Compare(b.Tally[model.CountContacts], a.Tally[model.CountContacts]), cmp.Compare(a.Key, b.Key))
	})
	return g.steps.ctx.Err()
}

// cells walks the cells of a month under a prefix.
func (g *gauge) cells(dim model.Dimension, month monthNumber, prefix []byte) error {
	open := g.judge.touches(month)
	bad := false
	walk(g.v.der, spaceCell, prefix, func(k, sealed []byte) bool {
		key, customer, ok := cellParts(k)
		in, contacts, sound := sealedSet(sealed)
		if bad = !ok || !sound; bad {
			return false
		}
		place := g.crowd.place(customer)
		switch dim {
		case model.ByStandard:
			groupOf(g.crowd.asked, key).add(place, in)
		case model.ByTopic:
			if len(key) == 0 {
				break // no contact, and no line for it
			}
			line := groupOf(g.crowd.topics, key)
			if waits := in & issueCounts; open && waits&^(line.has(place)&g.crowd.whole.has(place)) != 0 {
				in = in&^issueCounts | g.judge.issues(g.v.der, customer, string(key), month)
			}
			line.add(place, in)
			if contacts > 0 {
				g.meets(place, month)
			}
		}
		g.crowd.whole.add(place, in)
		return g.steps.step(contacts)
	})
	if bad {
		return corrupt(string(spaceCell), "tally")
	}
	return g.steps.ctx.Err()
}

// meets notes a contact with a customer in a month; the months come in order.
func (g *gauge) meets(place int, month monthNumber) {
	for place >= len(g.met) {
		g.met = append(g.met, g.period.first-1)
	}
	if g.met[place] != month {
		g.met[place] = month
		g.out.Months[month-g.period.first].Customers++
	}
}

// demanding counts the customers with a sighting that is live now.
func (g *gauge) demanding() error {
	n := 0
	var failed error
	walk(g.v.der, spaceState, nil, func(k, sealed []byte) bool {
		if n++; n%someSteps == 0 && g.steps.ctx.Err() != nil {
			return false
		}
		var id model.ID
		copy(id[:], k)
		place, known := g.crowd.places[id]
		met := known && place < len(g.met) && g.met[place] >= g.period.first
		if g.topic != "" && !met || g.v.hidden(id) {
			return true
		}
		var s state
		if failed = unseal("state"+string(k), sealed, &s); failed != nil {
			return false
		}
		any := false
		for i, sightings := range s.standing(g.v.now).Traits {
			if sightings > 0 {
				g.out.Demanding[i]++
				any = true
			}
		}
		if any {
			g.out.AnyTrait++
			g.out.InTouch += one(!met)
		}
		return true
	})
	if failed != nil {
		return failed
	}
	return g.steps.ctx.Err()
}
