package playbook

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// hiddenSign finds what may not stand in a text for a screen: line ends and
// other controls, marks of direction, signs without width, and a blank at
// either end (given as the blank itself).
func hiddenSign(s string) (sign string, found bool) {
	for _, r := range s {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) || r == unicode.ReplacementChar {
			return string(r), true
		}
	}
	if s != strings.TrimSpace(s) {
		return " ", true
	}
	return "", false
}

// A word list holds folded words in Dutch and English, split by blanks; a word
// that ends in * stands for every word that begins so. The lists are short on
// purpose: they catch the slip of a pen, a person still reads the playbook.
var sensitiveWords = []struct{ id, words string }{
	{ProblemWordCrime, `
		criminal* crimin* crime* crook* thief* thiev* theft* fraud* scam* swindl* felon* convict* terror*
		gangster* mafia* launder* blackmail* extort* murder* rapist* stalk* hooligan* delinquent* offender*
		jail* prison* steal steals stealing stolen
		misdaad* misdad* dief* dieven* oplicht* bedrieg* bedrog* afpers* chantage* chanteren witwas*
		strafblad* veroordeeld* verdachte verdachten boef* boeven* moord* gevangen* stelen steelt gestolen`},
	{ProblemWordHealth, `
		ill illness* sick sickness* disease* disorder* diagnos* psych* mental mentally insane crazy lunatic*
		autis* adhd dement* depress* borderline* bipol* paranoi* narcis* schizo* neurot* hyster* alcoholi*
		addict* drunk* disabled disabilit* handicap* pregnan* idiot* retard* burnout* medical* medicat*
		cancer* hiv
		ziek zieke zieken ziekte* ziekelijk* stoornis* gestoord* mentaal mentale gek gekke gekken idioot*
		idiote* achterlijk* verslaafd* verslaving* dronk* invalide* overspannen zwanger* medisch* medicijn*
		kanker* waanzin* krankzinnig*`},
	{ProblemWordBelief, `
		relig* muslim* islam* christian* catholic* protestant* jew jews jewish hindu* buddhis* atheis*
		church* mosque* synago* faith faiths bible* quran* koran* sect sects cult cults god gods
		communis* fascis* nazi* extremis* politic*
		moslim* christen* katholiek* jood joden joods* hindoe* boeddhis* kerk* moskee* geloof gelovig*
		ongelovig* bijbel* sekte* politiek*`},
	{ProblemWordOrigin, `
		foreign* immigra* migrant* refugee* asylum* ethnic* race races racial* racis* nationalit* skin
		descent turk* morocc* surinam* antill* romanian* bulgar* syrian* afghan* somali* chinese german
		germans belgian* african* arab* gyps* gipsy accent accents
		allocht* autocht* buitenland* vreemdeling* vluchteling* asiel* etnisch* etnic* ras rassen huidskleur*
		afkomst* herkomst* marokk* roemeen* roemen syrier* syrisch* afgha* chinees* chinezen duits* belg
		belgen vlaming* afrika* zigeuner* polen poolse`},
}

// sensitiveWord is what one list says about one word.
type sensitiveWord struct {
	text   string
	prefix bool
	id     string
}

// sensitiveIndex holds the lists by first letter.
var sensitiveIndex = func() map[byte][]sensitiveWord {
	index := map[byte][]sensitiveWord{}
	for _, list := range sensitiveWords {
		for _, w := range strings.Fields(list.words) {
			text, prefix := strings.CutSuffix(w, "*")
			index[text[0]] = append(index[text[0]], sensitiveWord{text, prefix, list.id})
		}
	}
	return index
}()

// sensitive finds the first word in a text that suggests crime, health, belief
// or origin, with the id of the problem it makes (safety, Privacy: neutral
// labels in every output).
func sensitive(s string) (word, id string, found bool) {
	for _, w := range strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, bad := range sensitiveIndex[w[0]] {
			if w == bad.text || bad.prefix && strings.HasPrefix(w, bad.text) {
				return w, bad.id, true
			}
		}
	}
	return "", "", false
}

// fold makes a text small, without accents and hidden signs, so that a word is
// found however it is written.
func fold(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			return -1
		}
		return r
	}, norm.NFKD.String(s)))
}
