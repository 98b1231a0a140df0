// Package slips draws misheard, misspelled and half-typed names from a list of
// customers and measures how often a search finds them all the same. It ships
// as a tool for tests: nothing of the console uses it.
//
// The same list, seed and classes give the same queries. Each query is made
// from one customer, the target, by one class of slip (see [Classes]), and
// names every customer who is as good an answer as the target. Who that is
// follows from what the query says:
//
//   - a whole name, slips or none: all with the same folded name, for a company
//     whatever its legal form;
//   - a name with its infix lost, wrong or moved: all with the same words
//     between which infixes were left out;
//   - an initial and a last name: all with that last name whose first name
//     begins with the initial;
//   - a calling name (Wim): all with the same last name whose first name may be
//     called so (Willem, Wilhelmus);
//   - one of the two last names of a double name: all with the same first names
//     and that last name in either place;
//   - a last or whole name with a town or postcode: all with that name there;
//   - the beginning of a company's name with a town: all companies that begin so
//     in that town;
//   - a half-typed name: all whose folded name begins with what is meant.
//
// A query is fair when somebody could know whom is meant. Left out are queries
// with more than a third of their letters wrong, queries that are exactly
// another customer's name or nearer to one than to the target's, and those
// where more than a handful of different names would do (see [Tally]).
package slips
