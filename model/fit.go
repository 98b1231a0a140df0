package model

import (
	"fmt"
	"maps"
	"slices"
)

// FitKey names one of the ten questions on which the fit of a customer is
// judged.
type FitKey string

// The ten questions, in the order in which they are asked (article 004).
const (
	KeyEvidence  FitKey = "evidence"  // do dated facts carry this?
	KeyGrievance FitKey = "grievance" // is the customer right to feel wronged? (article 000)
	KeyNeed      FitKey = "need"      // is the core need what we do?
	KeyDemand    FitKey = "demand"    // do the demands fall within agreement and standards?
	KeyFriction  FitKey = "friction"  // where does the friction start? (articles 002, 003)
	KeyOurWin    FitKey = "our_win"   // our win, all costs counted?
	KeyTheirWin  FitKey = "their_win" // their win?
	KeyWill      FitKey = "will"      // do both still want this? (article 001)
	KeyConduct   FitKey = "conduct"   // conduct against our stated limits?
	KeyTerms     FitKey = "terms"     // were clear terms tried?
)

// Answer is one of the fixed answers to a question. Several questions share a
// word, such as "within" or "unknown"; the key tells what it means there.
type Answer string

// The answers of the ten questions.
const (
	AnswerEnough Answer = "enough"
	AnswerThin   Answer = "thin"

	AnswerNone      Answer = "none" // grievance, terms
	AnswerUnfounded Answer = "unfounded"
	AnswerOpen      Answer = "open"
	AnswerRepaired  Answer = "repaired"
	AnswerUnchecked Answer = "unchecked"

	AnswerYes     Answer = "yes" // need, their_win
	AnswerPartly  Answer = "partly"
	AnswerNo      Answer = "no"      // need, their_win
	AnswerUnknown Answer = "unknown" // need, demand, our_win, their_win

	AnswerWithin    Answer = "within" // demand, conduct
	AnswerPriceable Answer = "priceable"
	AnswerOutside   Answer = "outside"

	AnswerNobody  Answer = "nobody"
	AnswerOurs    Answer = "ours"
	AnswerTheirs  Answer = "theirs"
	AnswerBoth    Answer = "both"
	AnswerUnclear Answer = "unclear"

	AnswerNow       Answer = "now"
	AnswerReachable Answer = "reachable" // our_win, their_win
	AnswerNever     Answer = "never"

	AnswerMutual Answer = "mutual"
	AnswerDoubt  Answer = "doubt"
	AnswerGone   Answer = "gone"

	AnswerUntold  Answer = "untold"
	AnswerWarned  Answer = "warned"
	AnswerSerious Answer = "serious"

	AnswerAccepted Answer = "accepted"
	AnswerRefused  Answer = "refused"
	AnswerBroken   Answer = "broken"
)

// fitQuestion is one question: its answers in order, of which the first is
// the one counted while the question is open, and its "don't know" answer.
type fitQuestion struct {
	key      FitKey
	answers  []Answer
	dontKnow Answer // empty: a question that cannot be closed without knowing
}

// fitQuestions is the table of questions, in the order of asking.
var fitQuestions = []fitQuestion{
	{KeyEvidence, []Answer{AnswerEnough, AnswerThin}, AnswerThin},
	{KeyGrievance, []Answer{AnswerNone, AnswerUnfounded, AnswerOpen, AnswerRepaired, AnswerUnchecked}, AnswerUnchecked},
	{KeyNeed, []Answer{AnswerYes, AnswerPartly, AnswerNo, AnswerUnknown}, AnswerUnknown},
	{KeyDemand, []Answer{AnswerWithin, AnswerPriceable, AnswerOutside, AnswerUnknown}, AnswerUnknown},
	{KeyFriction, []Answer{AnswerNobody, AnswerOurs, AnswerTheirs, AnswerBoth, AnswerUnclear}, AnswerUnclear},
	{KeyOurWin, []Answer{AnswerNow, AnswerReachable, AnswerNever, AnswerUnknown}, AnswerUnknown},
	{KeyTheirWin, []Answer{AnswerYes, AnswerReachable, AnswerNo, AnswerUnknown}, AnswerUnknown},
	{KeyWill, []Answer{AnswerMutual, AnswerDoubt, AnswerGone}, ""},
	{KeyConduct, []Answer{AnswerWithin, AnswerUntold, AnswerWarned, AnswerSerious}, ""},
	{KeyTerms, []Answer{AnswerNone, AnswerAccepted, AnswerRefused, AnswerBroken}, ""},
}

// fitIndex gives the place of a key in fitQuestions, -1 for an unknown key.
func fitIndex(k FitKey) int {
	return slices.IndexFunc(fitQuestions, func(q fitQuestion) bool { return q.key == k })
}

// FitKeys lists the ten keys in the order of asking.
func FitKeys() []FitKey {
	keys := make([]FitKey, len(fitQuestions))
	for i, q := range fitQuestions {
		keys[i] = q.key
	}
	return keys
}

// AnswersFor lists the allowed answers to a question in their fixed order; nil
// for an unknown key.
func AnswersFor(k FitKey) []Answer {
	i := fitIndex(k)
	if i < 0 {
		return nil
	}
	return slices.Clone(fitQuestions[i].answers)
}

// DontKnow gives the answer that says "don't know" to a question: thin,
// unchecked, unclear or unknown. It reports false for will, conduct and terms,
// which have none and stay open until somebody knows, and for an unknown key.
func DontKnow(k FitKey) (Answer, bool) {
	i := fitIndex(k)
	if i < 0 || fitQuestions[i].dontKnow == "" {
		return "", false
	}
	return fitQuestions[i].dontKnow, true
}

// FitAnswers holds the answers given so far. A missing key, or an empty
// answer, is an open question; nil is a set with every question open.
type FitAnswers map[FitKey]Answer

// FitAnswerError says that a set of answers holds a key that is no question,
// or an answer that the question does not have.
type FitAnswerError struct {
	Key        FitKey
	Answer     Answer
	UnknownKey bool // the key itself is unknown; otherwise the answer is
}

// Error gives a short English sentence for machine interfaces.
func (e *FitAnswerError) Error() string {
	if e.UnknownKey {
		return "unknown key " + fitQuote(string(e.Key)) + " in answers"
	}
	return "unknown value " + fitQuote(string(e.Answer)) + " for " + fitQuote(string(e.Key))
}

// fitQuote quotes foreign text for an error, cut so that one hostile line
// cannot flood a log.
func fitQuote(s string) string {
	const longest = 40
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// Open lists the questions without an answer, in the order of asking; never
// nil.
func (a FitAnswers) Open() []FitKey {
	open := []FitKey{}
	for _, q := range fitQuestions {
		if a[q.key] == "" {
			open = append(open, q.key)
		}
	}
	return open
}

// Complete reports whether all ten questions have an answer. It does not tell
// whether the answers are allowed: see [FitAnswers.Check].
func (a FitAnswers) Complete() bool { return len(a.Open()) == 0 }

// Check returns a [*FitAnswerError] for the first unknown key (by spelling) or
// else the first answer its question does not have (in the order of asking);
// nil when all given answers are allowed. Open questions are no error.
func (a FitAnswers) Check() error {
	for _, k := range slices.Sorted(maps.Keys(a)) {
		if fitIndex(k) < 0 {
			return &FitAnswerError{Key: k, Answer: a[k], UnknownKey: true}
		}
	}
	for _, q := range fitQuestions {
		if v := a[q.key]; v != "" && !slices.Contains(q.answers, v) {
			return &FitAnswerError{Key: q.key, Answer: v}
		}
	}
	return nil
}

// WithDefaults returns a copy in which every open question has the answer that
// is counted for it in a provisional verdict: enough, none, yes, within,
// nobody, now, yes, mutual, within, none. The set itself is not changed.
func (a FitAnswers) WithDefaults() FitAnswers {
	full := make(FitAnswers, len(fitQuestions))
	maps.Copy(full, a)
	for _, q := range fitQuestions {
		if full[q.key] == "" {
			full[q.key] = q.answers[0]
		}
	}
	return full
}
