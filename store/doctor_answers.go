package store

import "pasvorm/model"

// answersOf looks up a contact among the answers at hand.
func (c *checkup) answersOf(r *model.Contact) {
	used, missing := answerKeys(r)
	for _, k := range [][]byte{used, missing} {
		if k != nil {
			c.key(spaceAnswer, r.Key().String(), k, nothing, false)
		}
	}
}
