package model

import "slices"

// fitBits is a set of answer sets: one bit for every answer of every question,
// 39 in all, and a set of answers is in it when each of its answers has its bit
// on. One bit per question is a single complete set of answers; all bits of a
// question on means that the question does not matter.
type fitBits uint64

// fitFields holds for every question the bits of its answers, in the order of
// fitQuestions; an answer's bit follows the order of the answers.
var fitFields = fitLayOut()

// fitEverything has all bits on: every set of answers.
var fitEverything = fitUnion(fitFields)

func fitLayOut() []fitBits {
	fields := make([]fitBits, len(fitQuestions))
	offset := 0
	for i, q := range fitQuestions {
		fields[i] = (1<<len(q.answers) - 1) << offset
		offset += len(q.answers)
	}
	return fields
}

func fitUnion(parts []fitBits) fitBits {
	var all fitBits
	for _, p := range parts {
		all |= p
	}
	return all
}

// fitBit gives the bit of one answer to question i; 0 when the question does
// not have that answer.
func fitBit(i int, v Answer) fitBits {
	at := slices.Index(fitQuestions[i].answers, v)
	if at < 0 {
		return 0
	}
	lowest := fitFields[i] & -fitFields[i]
	return lowest << at
}

// fitIs is the condition that a question has one of the given answers.
func fitIs(k FitKey, values ...Answer) fitBits {
	i := fitIndex(k)
	bits := fitEverything &^ fitFields[i]
	for _, v := range values {
		bits |= fitBit(i, v)
	}
	return bits
}

// fitEncode turns answers into bits, with all bits of an open question on. It
// reports false for an unknown key or answer.
func fitEncode(a FitAnswers) (fitBits, bool) {
	var bits fitBits
	known := 0
	for i, q := range fitQuestions {
		v, given := a[q.key]
		if given {
			known++
		}
		if v == "" {
			bits |= fitFields[i]
			continue
		}
		bit := fitBit(i, v)
		if bit == 0 {
			return 0, false
		}
		bits |= bit
	}
	return bits, known == len(a)
}

// fitEncodeOne encodes a complete set: one bit per question. It reports false
// when a question is open or a key or answer unknown.
func fitEncodeOne(a FitAnswers) (fitBits, bool) {
	bits, ok := fitEncode(a)
	return bits, ok && a.Complete()
}

// empty reports whether no set of answers is left: some question has no bit.
func (b fitBits) empty() bool {
	for _, field := range fitFields {
		if b&field == 0 {
			return true
		}
	}
	return false
}

// within reports whether every set of answers in b is in c too.
func (b fitBits) within(c fitBits) bool { return b&^c == 0 }

// without cuts c out of b and gives what is left as sets that do not overlap.
func (b fitBits) without(c fitBits) []fitBits {
	if (b & c).empty() {
		return []fitBits{b}
	}
	var left []fitBits
	for _, field := range fitFields {
		if outside := b & field &^ c; outside != 0 {
			left = append(left, b&^field|outside)
			b &= ^field | c // the rest agrees with c on this question
		}
	}
	return left
}

// asks reports whether a condition looks at question i.
func (b fitBits) asks(i int) bool { return b&fitFields[i] != fitFields[i] }
