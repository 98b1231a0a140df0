package store

import (
	"slices"
	"strings"

	"pasvorm/model"
	"pasvorm/store/search"
)

// sameName says of two customers that their names are heard alike and that they
// live in one place.
const sameName = "name"

// Twins gives customers who may be the same as a card, which need not be in the
// book: those with the same mail address, phone number, or name and postcode
// first, then those whose name may be the same in the same place.
func (s *Session) Twins(card *model.Customer, limit int) ([]model.Twin, error) {
	var heard []model.NameHit
	if strings.TrimSpace(card.Name) != "" {
		hits, err := s.Names(card.Name, maxAlike/10)
		if err != nil {
			return nil, err
		}
		heard = hits
	}
	var out []model.Twin
	err := s.snapshot(func(v *view) error {
		t := twins{v: v, card: card, seen: map[model.ID]bool{card.ID: true}}
		if err := t.byTerms(); err != nil {
			return err
		}
		for _, h := range heard {
			if len(t.out) >= limit {
				break
			}
			if err := t.byName(h); err != nil {
				return err
			}
		}
		out = t.out[:min(len(t.out), limit)]
		return nil
	})
	return out, err
}

// twins is one search for those who may be the same.
type twins struct {
	v    *view
	card *model.Customer
	seen map[model.ID]bool
	out  []model.Twin
}

// byTerms looks where the terms of a card stand in the index.
func (t *twins) byTerms() error {
	c := t.card
	for _, term := range []string{foldMail(c.Email), phoneTerm(c.Phone), phoneTerm(c.Mobile), foldPostcode(c.Postcode)} {
		if term == "" {
			continue
		}
		n := 0
		var failed error
		walk(t.v.der, search.SpaceTerm, append([]byte(term), 0), func(k, _ []byte) bool {
			n++
			failed = t.look(idOfNameKey(k), func(k *model.Customer) string { return alike(c, k) })
			return failed == nil && n < maxAlike
		})
		if failed != nil {
			return failed
		}
	}
	rank := func(t model.Twin) int { return slices.Index([]string{"mail", "phone", "name-postcode"}, t.Same) }
	slices.SortStableFunc(t.out, func(a, b model.Twin) int { return rank(a) - rank(b) })
	return nil
}

// byName looks at those of a name that is heard like that of the card. Of a name
// that several bear the one named is one of them.
func (t *twins) byName(h model.NameHit) error {
	ids := []model.ID{h.ID}
	if h.Same > 1 {
		walk(t.v.der, spaceName, append([]byte(search.SortName(h.Name)), 0), func(k, _ []byte) bool {
			ids = append(ids, idOfNameKey(k))
			return len(ids) < maxAlike
		})
	}
	for _, id := range ids {
		err := t.look(id, func(k *model.Customer) string {
			if same := alike(t.card, k); same != "" {
				return same
			}
			if near(t.card, k) {
				return sameName
			}
			return ""
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// look adds a customer when there is a reason; none is looked at twice for the
// same thing once it is in.
func (t *twins) look(id model.ID, why func(*model.Customer) string) error {
	if t.seen[id] || t.v.hidden(id) {
		return nil
	}
	row, c, ok, err := t.v.row(id)
	if err != nil || !ok {
		return err
	}
	if same := why(c); same != "" {
		t.seen[id] = true
		t.out = append(t.out, model.Twin{Row: row, Same: same})
	}
	return nil
}

// alike says what two cards share that tells people apart: mail, phone,
// name-postcode, or "".
func alike(a, b *model.Customer) string {
	if m := foldMail(a.Email); m != "" && m == foldMail(b.Email) {
		return "mail"
	}
	for _, x := range []string{phoneTerm(a.Phone), phoneTerm(a.Mobile)} {
		if x != "" && (x == phoneTerm(b.Phone) || x == phoneTerm(b.Mobile)) {
			return "phone"
		}
	}
	if p := foldPostcode(a.Postcode); p != "" && p == foldPostcode(b.Postcode) && search.Fold(a.Name) == search.Fold(b.Name) {
		return "name-postcode"
	}
	return ""
}

// phoneTerm is a phone number as it is indexed; "" for one too short to tell
// anybody apart.
func phoneTerm(s string) string {
	if p := search.Phone(s); len(p) >= minPhone {
		return p
	}
	return ""
}

// near says of two whose names are heard alike whether they may be the same:
// they live in one town or postcode, or of one it is not known and the first
// word of the name is the same.
func near(a, b *model.Customer) bool {
	place := func(x, y string) (same, known bool) {
		x, y = foldPostcode(x), foldPostcode(y)
		return x != "" && x == y, x != "" && y != ""
	}
	post, knowPost := place(a.Postcode, b.Postcode)
	town, knowTown := place(a.Town, b.Town)
	if post || town {
		return true
	}
	if knowPost || knowTown {
		return false
	}
	first := func(name string) string {
		if w := search.Words(name); len(w) > 0 {
			return w[0]
		}
		return ""
	}
	return first(a.Name) != "" && first(a.Name) == first(b.Name)
}
