package store

import (
	"pasvorm/model"
	"pasvorm/store/engine"
)

// spaceAnswer says of the answers at hand which contacts they served, and which
// contacts missed one:
//
//	u answer contact           served
//	m moment contact's key     missed, in order of time
const spaceAnswer = engine.Space("answer")

const (
	answerUsed    = 'u'
	answerMissing = 'm'
)

// answerKeys gives the places of a contact among the answers; nil for none. A
// contact that was withdrawn has none.
func answerKeys(c *model.Contact) (used, missing []byte) {
	if c == nil || !c.Stands() {
		return nil, nil
	}
	if c.Answer != model.NoID {
		used = append(append([]byte{answerUsed}, c.Answer[:]...), c.ID[:]...)
	}
	if c.Missing != "" {
		missing = append(stampKey([]byte{answerMissing}, c.On), c.Key()...)
	}
	return used, missing
}

// indexAnswers moves a contact's places among the answers.
func indexAnswers(tx engine.DerivedTx, was, now *model.Contact) error {
	u0, m0 := answerKeys(was)
	u1, m1 := answerKeys(now)
	for _, k := range [][2][]byte{{u0, u1}, {m0, m1}} {
		if string(k[0]) == string(k[1]) {
			continue
		}
		if k[0] != nil {
			if err := tx.Erase(spaceAnswer, k[0]); err != nil {
				return err
			}
		}
		if k[1] != nil {
			if err := tx.Store(spaceAnswer, k[1], nothing); err != nil {
				return err
			}
		}
	}
	return nil
}

// uses counts the contacts that an answer served.
func uses(d engine.Derived, answer model.ID) (n int) {
	walk(d, spaceAnswer, append([]byte{answerUsed}, answer[:]...), func(_, _ []byte) bool {
		n++
		return true
	})
	return n
}
