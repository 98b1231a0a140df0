package store

import (
	"encoding/binary"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// noDay stands in a key for a thing that is due whatever the day is.
const noDay = "0001-01-01"

// todayKey gives the place in the queue of a record that only Today shows; nil
// when it asks for nothing.
func todayKey(r model.Record) []byte {
	place := func(class byte, at string) []byte {
		return append(append([]byte{class}, at...), r.Key()...)
	}
	switch r := r.(type) {
	case *model.Promise:
		switch {
		case r.State == model.PromiseBroken && r.Side == model.Ours && r.Closed != nil:
			return place(classBroken, string(binary.BigEndian.AppendUint64(nil, uint64(r.Closed.At)))) //nolint:gosec // as it is
		case r.State != model.PromiseOpen:
		case r.Side == model.Ours:
			return place(classPromise, string(r.Due))
		default:
			return place(classTheirs, string(r.Due))
		}
	case *model.Terms:
		if r.State == model.TermsStated && r.Withdrawn == nil {
			return place(classTerms, string(r.AnswerBy))
		}
	case *model.Farewell:
		switch {
		case r.State != model.FarewellGoing:
		case r.Next() == model.StepOutcome && r.AskOutcome != "":
			return place(classFarewell, string(r.AskOutcome))
		default:
			return place(classFarewell, noDay)
		}
	case *model.Improvement:
		if r.State == model.ImprovementDone && r.Ended != nil {
			return place(classTell, string(binary.BigEndian.AppendUint64(nil, uint64(r.Ended.At)))) //nolint:gosec // as it is
		}
	}
	return nil
}

// spaceHurt lists the customers of an improvement: improvement, 0 for one who is
// to be told or 1 for one who was, customer.
const spaceHurt = engine.Space("hurt")

func hurtIndexKey(h *model.Hurt) []byte {
	k := append([]byte(nil), h.Improvement[:]...)
	k = append(k, byte(one(h.Told != nil)))
	return append(k, h.Customer[:]...)
}

// indexHurt moves a customer in the list of an improvement.
func indexHurt(tx engine.DerivedTx, was, now *model.Hurt) error {
	if was != nil {
		if err := tx.Erase(spaceHurt, hurtIndexKey(was)); err != nil {
			return err
		}
	}
	if now == nil {
		return nil
	}
	return tx.Store(spaceHurt, hurtIndexKey(now), []byte{})
}
