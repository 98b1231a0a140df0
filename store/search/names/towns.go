package names

import (
	"strings"
	"sync"
)

// townText lists other names of towns: what people say and write for a town,
// then the town as address books have it, either way. One group a line, each
// name without spaces.
const townText = `
sgravenhage denhaag dhaag haag thehague lahaye
shertogenbosch denbosch dbosch bosch boisleduc
amsterdam adam asd mokum
rotterdam rdam rtd
eindhoven ehv
utrecht utr
groningen gron
nijmegen nmgn nijm
enschede ens
leeuwarden ljouwert lwd
maastricht mtricht mestreech
apeldoorn apd
amersfoort amf
arnhem ahm
tilburg tlb
breda bda
haarlem hlm
dordrecht dordt
zwolle zwl
bergenopzoom boz
alphenaandenrijn alphen
capelleaandenijssel capelle
krimpenaandenijssel krimpen
nieuwerkerkaandenijssel nieuwerkerk
sneek snits
bolsward boalsert
franeker frjentsjer
drachten dr8en
heerenveen hearrenfean
antwerpen anvers antwerp
brussel bruxelles brussels bxl
gent gand ghent
brugge bruges
leuven louvain
luik liege
namen namur
bergen mons
doornik tournai
kortrijk courtrai
mechelen malines
ieper ypres
oostende ostende
hasselt hss
aalst alost
lier lierre
dendermonde termonde
roeselare roulers
tongeren tongres
vilvoorde vilvorde
halle hal
aarlen arlon
waver wavre
nijvel nivelles
geldenaken jodoigne
edingen enghien
keulen koln cologne
aken aachen aixlachapelle
`

// townGroups are the lines of townText.
var townGroups = sync.OnceValue(func() (groups [][]string) {
	for line := range strings.Lines(townText) {
		if group := strings.Fields(line); len(group) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
})

// costAlias is the weight of another name of a town.
const costAlias = 1

// minAlias is of how many letters the beginning of another name must be.
const minAlias = 5

// townAliases gives the other names of the town with a name, without spaces;
// begun tells that the name may be half typed.
func townAliases(name string, begun bool) (out []string) {
	for _, group := range townGroups() {
		for i, g := range group {
			if g == name || begun && len(name) >= minAlias && strings.HasPrefix(g, name) {
				out = append(append(out, group[:i]...), group[i+1:]...)
				break
			}
		}
	}
	return out
}

// unspaced gives a folded town without spaces.
func unspaced(town string) string { return strings.ReplaceAll(town, " ", "") }
