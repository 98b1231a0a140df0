package playbook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"pasvorm/model"
)

// Ids of the reasons for which a playbook is refused. The interface words them;
// Detail of the Problem holds what the words need.
const (
	ProblemSyntax        = "playbook.problem.syntax"         // not TOML; Detail: what the TOML library says
	ProblemTooLarge      = "playbook.problem.too-large"      // Detail: bytes allowed
	ProblemLineTooLong   = "playbook.problem.line-too-long"  // Detail: bytes allowed
	ProblemTooDeep       = "playbook.problem.too-deep"       // Detail: depth allowed
	ProblemRulesFixed    = "playbook.problem.rules-fixed"    // rules are no part of a playbook
	ProblemUnknownKey    = "playbook.problem.unknown-key"    // Detail: the keys known there
	ProblemMissingKey    = "playbook.problem.missing-key"    // Key is the one missing
	ProblemWrongType     = "playbook.problem.wrong-type"     // Detail: the TOML type wanted
	ProblemOutOfRange    = "playbook.problem.out-of-range"   // Detail: the range, such as 1–4
	ProblemTooFew        = "playbook.problem.too-few"        // Detail: the least number of elements
	ProblemTooMany       = "playbook.problem.too-many"       // Detail: the largest number of elements
	ProblemBadID         = "playbook.problem.bad-id"         // Detail: the id
	ProblemDuplicateID   = "playbook.problem.duplicate-id"   // Detail: the id
	ProblemEmptyText     = "playbook.problem.empty-text"     // a text without words
	ProblemTextTooLong   = "playbook.problem.text-too-long"  // Detail: characters allowed
	ProblemTextForm      = "playbook.problem.text-form"      // Detail: the sign that may not stand there
	ProblemWordCrime     = "playbook.problem.word-crime"     // Detail: the word
	ProblemWordHealth    = "playbook.problem.word-health"    // Detail: the word
	ProblemWordBelief    = "playbook.problem.word-belief"    // Detail: the word
	ProblemWordOrigin    = "playbook.problem.word-origin"    // Detail: the word
	ProblemBadCountry    = "playbook.problem.bad-country"    // Detail: the countries supplied
	ProblemBadTime       = "playbook.problem.bad-time"       // Detail: the form wanted
	ProblemBadDate       = "playbook.problem.bad-date"       // Detail: the form wanted
	ProblemBadWeekday    = "playbook.problem.bad-weekday"    // Detail: the words known
	ProblemDuplicateItem = "playbook.problem.duplicate-item" // Detail: what stands there twice
	ProblemNotMore       = "playbook.problem.not-more"       // must be more than; Detail: the other key
	ProblemNotAtMost     = "playbook.problem.not-at-most"    // may not be more than; Detail: the other key
	ProblemBadAmount     = "playbook.problem.bad-amount"     // more than two decimals; Detail: the form wanted
	ProblemPlaceholder   = "playbook.problem.placeholder"    // not one that is filled in; Detail: what stands there
)

// ProblemIDs lists every text id that a Problem may carry, for the catalogues.
func ProblemIDs() []string {
	return []string{
		ProblemSyntax, ProblemTooLarge, ProblemLineTooLong, ProblemTooDeep, ProblemRulesFixed,
		ProblemUnknownKey, ProblemMissingKey, ProblemWrongType, ProblemOutOfRange, ProblemTooFew,
		ProblemTooMany, ProblemBadID, ProblemDuplicateID, ProblemEmptyText, ProblemTextTooLong,
		ProblemTextForm, ProblemWordCrime, ProblemWordHealth, ProblemWordBelief, ProblemWordOrigin,
		ProblemBadCountry, ProblemBadTime, ProblemBadDate, ProblemBadWeekday, ProblemDuplicateItem,
		ProblemNotMore, ProblemNotAtMost, ProblemBadAmount, ProblemPlaceholder,
	}
}

// Problem is one reason why a playbook is refused; ID is one of [ProblemIDs].
type Problem = model.PlaybookProblem

// Problems are all reasons why a playbook is refused, by line; never empty when
// returned as an error, and cut at maxProblems.
type Problems []*Problem

// maxProblems keeps the report on a hopeless file readable.
const maxProblems = 100

// Error puts each problem on a line of its own.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives each problem to errors.As.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}

// sorted puts the problems in the order of the file and cuts the list.
func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key))
	})
	return ps[:min(len(ps), maxProblems)]
}

// quoted shows foreign text in a problem, without control signs and cut short.
func quoted(s string) string {
	const longest = 40
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return strconv.QuoteToGraphic(s)
}
