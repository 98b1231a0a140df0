package model

import "strings"

// wordClass is what a word does in a sentence, as far as the note check needs
// it; a word may do several things.
type wordClass uint64

const (
	isWho      wordClass = 1 << iota // stands for the person the note is on
	isTitle                          // stands before a name
	isPerson                         //  what an adjective of a person stands before
	isBe                             // he "is" …
	isFiller                         // may stand between: is "a really" …
	isThat                           // points: "that" …
	isThe                            // the, de
	isAfter                          // a noun ends before it
	isHas                            // has, wears, with
	isOwn                            // his, haar
	isGoes                           // goes, gaat
	isTo                             // to, naar
	isBody                           // problems, colour
	isHeavy                          // heavy, thick
	isAct                            // commits, suspected
	isEver                           // always
	isNever                          // never
	isAgain                          // again
	isMoan                           // complains, whines
	isSour                           // difficult, angry: of a person
	isPleased                        // satisfied: of a person
	isEnough                         // good, enough
	isKeeps                          // keeps
	isMay                            // can, may
	isCall                           // calls, asks
	isNot                            // not
	isWe                             // we: the customer speaks of an own experience
	isGrumble                        // grumbling, whatever stands beside it
	isArranged                       // after difficult: to reach
	isComplain                       // complaints
	isStop                           // stops
	isDescent                        // origin, afkomst
	isHedge                          // probably
	isLink                           // may stand between always and complain
)

// wordClasses are the small words of both languages, folded.
var wordClasses = func() map[string]wordClass {
	all := map[string]wordClass{}
	for _, l := range []struct {
		class wordClass
		words string
	}{
		{isWho, `he she they i who customer customers client caller callers man woman lady guy person people family husband wife mother
			father tenant mr mrs hij zij ze ik wie klant klanten beller bellers vrouw mevrouw meneer mijnheer dame heer mevr mw dhr mens mensen
			persoon kerel vent gezin echtgenoot echtgenote moeder vader huurder opdrachtgever`},
		{isTitle, "mevrouw meneer mijnheer heer mevr mw dhr mr mrs ms miss familie fam"},
		{isPerson, `customer customers client clients caller callers man men woman women lady ladies guy guys bloke person people couple
			family boy girl folks tenant seeker seekers
			klant klanten beller bellers mannen vrouw vrouwen mevrouw meneer heer heren dame dames persoon personen mens mensen
			kerel kerels vent gast lui stel echtpaar gezin familie jongen jongens meisje meisjes meid huurder huurders uiterlijk`},
		{isDescent, "descent origin background roots heritage afkomst komaf achtergrond"},
		{isBe, `is was are were am be been being s re seems seemed looks looked sounds sounded appears appeared acts acting
			ben bent zijn waren lijkt leek klinkt klonk oogt doet deed gedraagt blijkt bleek ziet zag wordt werd`},
		{isFiller, `a an very really quite just clearly obviously probably maybe perhaps bit so too totally completely absolutely total complete
			real typical typically like as always also already now currently seriously chronically mentally again still half of from rather
			pretty bloody damn originally poorly badly heavily severely another such
			een heel erg zo n nogal echt echte gewoon duidelijk waarschijnlijk vast misschien beetje wat te helemaal totaal weer ook wel toch als
			zoals altijd al nu ernstig ernstige chronisch chronische langdurig mentaal nog van typisch typische er slecht zwaar oorspronkelijk
			enorm aan ontzettend licht`},
		{isThat, "that this these those such another die deze dat zulke zo zon n stomme vuile een a an you jij jullie typisch typische typical"},
		{isThe, "the de"},
		{isAfter, `who that and with so but is was are were has had have wants wanted always again never from on at in for because when if or calls
			called says said keeps complains asks asked did does can will would anyway too
			die en met dus maar wil wilde willen heeft had kan kon gaat belt belde zegt zei vindt vond altijd weer nooit of want omdat op in
			uit bij voor niet ook wordt werd waren komt kwam vraagt vroeg klaagt te om toch gebeld gesproken betaalt mailt moet blijft doet
			deed als dan hij zij geworden geweest last yesterday today vandaag gisteren`},
		{isHas, "has had have having got wears wearing wore suffers suffering suffered with heeft had hebben draagt droeg lijdt leed met"},
		{isOwn, "his her their zijn haar hun"},
		{isGoes, "goes go going went gaat gaan ging"},
		{isTo, "to naar"},
		{isBody, `problem problems issue issues condition reason reasons complaint complaints instability unstable illness disorder colour color
			tone probleem problemen klacht klachten aandoening toestand reden redenen stoornis instabiel labiel situatie`},
		{isHeavy, "heavy strong thick foreign zwaar sterk dik buitenlands plat vet"},
		{isAct, "commit commits committed committing suspect suspected pleegt pleegde gepleegd plegen verdacht verdenk verdenken"},
		{isEver, "always constantly constant perpetually forever altijd continu steeds telkens voortdurend eeuwig"},
		{isNever, "never nooit"},
		{isAgain, "again weer alweer opnieuw"},
		{isMoan, `complain complains complained complaining moan moans moaning moaned whine whines whining whinge whinges whinging grumble
			grumbles grumbling nag nags nagging bitching lying yells yelling exaggerates
			klaagt klagen klaagde zeurt zeuren zeurde zeikt zeiken moppert mopperen zanikt zaniken dramt drammen jammert jammeren mekkert
			mekkeren scheldt schelden liegt liegen overdrijft`},
		{isSour, `difficult unhappy dissatisfied negative angry unreasonable grumpy annoying impossible
			moeilijk lastig ontevreden negatief boos onredelijk chagrijnig irritant vervelend onmogelijk`},
		{isPleased, "satisfied happy pleased grateful tevreden dankbaar"},
		{isEnough, "good enough goed genoeg"},
		{isKeeps, "keep keeps blijft blijven"},
		{isMay, "can may could please kan mag mogen kunnen kunt"},
		{isCall, "calls called calling asks asked mails belt belde vraagt vroeg mailt mailde klaagt"},
		{isNot, "not isn doesn don niet"},
		{isWe, "we i wij ik us ons our onze"},
		{isGrumble, "gezeur gezeik geklaag gemopper gejammer gezanik"},
		{isArranged, "to te om bereikbaar"},
		{isComplain, "complaint complaints klacht klachten"},
		{isStop, "stop stops stopt op"},
		{isHedge, "probably clearly obviously maybe perhaps waarschijnlijk duidelijk misschien vast"},
		{isLink, "te maar wel about iets wat aan het something to om over ergens eens ook met on and en calls belt"},
	} {
		for w := range strings.FieldsSeq(l.words) {
			all[w] |= l.class
		}
	}
	return all
}()
