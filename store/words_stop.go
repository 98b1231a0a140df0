package store

import "strings"

// stopWords are folded words that stand in nearly every Dutch or English text
// and so tell no text from another. Shorter ones than a word may be are not
// listed, and neither are words that say something at a desk: not, again,
// never, wel.
var stopWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(dutchStops + englishStops) {
		set[w] = true
	}
	return set
}()

const dutchStops = `
aan als bij dan dat den der deze die dit door een een haar had heb hebben
heeft hem het hier hij hoe hun kan kon maar meer men met mij mijn naar nog
omdat ons ook over toen tot uit van voor want waren was wat wie wij wil worden
wordt zal zich zij zijn zonder zou zulk waar werd bent ben heel had hadden jij
jou jouw kunnen zullen moet moeten mag onze dus toch daar erop eraan erbij
ervan
`

const englishStops = `
about after all also and any are because been before being but can could did
does doing for from had has have her here hers him his how into its just more
most much nor now off only other our out over own per shall she should some
such than that the their them then there these they this those through too
upon very was were what when where which while who whom whose why will with
would you your
`
