package model

import "strings"

// wordUse tells where a word of the lists counts. In a label of the playbook a
// word counts wherever it stands; a note holds more of the world, so most words
// count there by their surroundings only.
type wordUse uint16

const (
	inLabel  wordUse = 1 << iota // is refused in a label of the playbook
	anywhere                     // counts wherever it stands
	asAdj                        // before a word for a person, or said of one: "he is …"
	asNoun                       // after "that", "a" and the like, or said of a person
	asVerb                       // done by a person: "hij stinkt"
	hasIt                        // a person has, wears or suffers from it
	ownsIt                       // "his …", "haar …"
	goesTo                       // a person goes to it
	ofBody                       // before "problems", "colour" and the like
	heavy                        // after "heavy", "strong": an accent
	closing                      // as noun, or said of a person: only where the phrase ends with it
	acted                        // a person committed it or is suspected of it
	ofSkin                       // a colour: before a word for a person that ends the phrase
)

// noteList is one row of the word lists: folded words in English and Dutch,
// split by blanks; a word that ends in * stands for every word that begins so.
// Of several that fit a word the longest decides, and of equals the later one.
// With unless, a word does not count in a sentence that holds one of those.
type noteList struct {
	kind   NoteKind
	use    wordUse
	words  string
	unless string
}

// LabelWords gives the words that the playbook refuses in labels (safety,
// Privacy: neutral labels in every output), as in the lists above: folded, split
// by blanks, * for every end. There are some for NoteCrime, NoteHealth,
// NoteBelief and NoteOrigin.
func LabelWords(kind NoteKind) string {
	var b strings.Builder
	for _, l := range noteLists {
		if l.kind == kind && l.use&inLabel != 0 {
			b.WriteString(l.words)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// The lists are short on purpose: they catch the slip of a pen, and the people
// of the desk still read what is written.
var noteLists = []noteList{
	{kind: NoteCrime, use: inLabel, words: `
		crime* theft* fraud* scam* terror* mafia* murder* jail* prison* steal stealing
		misdaad* misdad* dief* bedrog* chantage* chanteren moord* gevangen* stelen`},
	{kind: NoteCrime, use: inLabel | anywhere, unless: "by door slachtoffer victim tegen against alarm from politie police", words: `
		crook* thief* thiev* rapist* hooligan* gangster* felon* delinquent* dieven* boef* boeven*`},
	{kind: NoteCrime, use: anywhere, unless: "by door slachtoffer victim tegen against alarm from politie police", words: `
		dief terrorist terrorists terroristen fraudster* fraudeur* scammer* swindler* conman oplichter* bedrieger* moordenaar* afperser*`},
	{kind: NoteCrime, use: inLabel | asAdj | asNoun | closing, words: `
		criminal* crimin* convict* offender* veroordeeld* verdachte verdachten`},
	{kind: NoteCrime, use: inLabel | asVerb, words: `
		swindl* launder* blackmail* extort* stalk* steals oplicht* bedrieg* afpers* witwas* steelt`},
	{kind: NoteCrime, use: asVerb, words: "chanteert fraudeert bedroog"},
	{kind: NoteCrime, use: asNoun | asAdj, words: "stalker stalkers"},
	{kind: NoteCrime, use: inLabel | hasIt | closing, words: "stolen gestolen"},
	{kind: NoteCrime, use: inLabel | hasIt | ownsIt, words: "strafblad*"},
	{kind: NoteCrime, use: acted, words: "fraud fraude theft diefstal oplichting bedrog"},

	{kind: NoteHealth, use: inLabel, words: `
		diagnos* psych* narcis* medicat* medicijn* zieken gekken ziekte* kanker* lunatic* idiot* retard* idioot* idiote* achterlijk* waanzin*
		disorder* handicap* disabilit*`},
	{kind: NoteHealth, use: anywhere, words: `
		narcist* narcissis* psychopa* psychot* psycho schizofre* gezondheidsprobl* gezondheidsklacht*`},
	{kind: NoteHealth, use: inLabel | asAdj | asNoun | closing, words: "autis* schizo* paranoi* neurot* hyster* alcoholi* addict*"},
	{kind: NoteHealth, use: inLabel | asAdj, words: `
		ill sick crazy insane bipol* dement* drunk* pregnan* depress*
		ziek zieke ziekelijk* gestoord* verslaafd* dronk* invalide* overspannen zwanger* krankzinnig*`},
	{kind: NoteHealth, use: inLabel | asAdj, words: "gek gekke"},
	{kind: NoteHealth, use: inLabel | asAdj, unless: "client system account systeem portal portaal crm option feature toegang access login", words: "disabled"},
	{kind: NoteHealth, use: inLabel | asAdj | ofBody, words: "mental mentally mentaal mentale"},
	{kind: NoteHealth, use: asAdj | ofBody, words: "psychisch psychische"},
	{kind: NoteHealth, use: asAdj, words: "deaf blind doof dove slechthorend slechthorende slechtziend slechtziende kierewiet nuts"},
	{kind: NoteHealth, use: inLabel | ofBody, words: "medical* medisch*"},
	{kind: NoteHealth, use: inLabel | hasIt | ownsIt, words: `
		illness* sickness* disease* cancer* hiv burnout* adhd borderline*
		stoornis* verslaving*`},
	{kind: NoteHealth, use: hasIt | ownsIt, words: `
		ziekte kanker dementia dementie depressie depression addiction autisme autism alzheimer epilepsie epilepsy`},
	{kind: NoteHealth, use: hasIt, words: "psychose psychosis disorder"},
	{kind: NoteHealth, use: hasIt | ownsIt | closing, words: "disability disabilities handicap handicaps"},

	{kind: NoteBelief, use: inLabel, words: `
		church* synago* bible* quran* koran* sect sects cult cults god gods faiths politic*
		kerk* moskee* ongelovig* bijbel* sekte* politiek* mosque*`},
	{kind: NoteBelief, use: goesTo, words: "church mosque synagogue kerk moskee synagoge"},
	{kind: NoteBelief, use: inLabel | asNoun | asAdj | closing, words: `
		muslim* islam* christian* catholic* protestant* jew jews jewish hindu* buddhis* atheis* communis* fascis* nazi* extremis*
		moslim* christen* katholiek* jood joden joods* hindoe* boeddhis*`},
	{kind: NoteBelief, use: anywhere, words: "jews joden"},
	{kind: NoteBelief, use: inLabel | asAdj | ownsIt | closing, words: "relig* faith geloof"},
	{kind: NoteBelief, use: inLabel | asAdj | asNoun, words: "gelovig*"},
	{kind: NoteBelief, use: asAdj | asNoun | closing, words: "gereformeerd gereformeerde refo jehova jehovas"},
	{kind: NoteBelief, use: hasIt, words: "hoofddoek hoofddoekje boerka burka niqab hijab headscarf keppeltje tulband turban"},

	{kind: NoteOrigin, use: inLabel, words: `
		immigra* migrant* refugee* asylum* race races racial* racis* nationalit* descent arab* gyps* germans
		vreemdeling* vluchteling* asiel* ras rassen afkomst* herkomst* roemen polen`},
	{kind: NoteOrigin, use: inLabel | anywhere, words: "ethnic* gipsy etnisch* etnic* allocht* autocht* huidskleur* vlaming* zigeuner*"},
	{kind: NoteOrigin, use: anywhere, words: `
		gypsy gypsies foreigner foreigners immigrant immigrants refugee refugees asielzoeker* vluchteling vluchtelingen buitenlander buitenlanders
		migratieachtergrond turken marokkanen duitsers roemenen bulgaren syriers afghanen antillianen surinamers negers neger negro
		germans moroccans romanians bulgarians syrians`},
	{kind: NoteOrigin, use: asNoun, words: "turk marokkaan duitser roemeen bulgaar syrier afghaan antilliaan surinamer rus russen moor"},
	{kind: NoteOrigin, use: inLabel | asAdj | asNoun | closing, words: `
		foreign* turk* morocc* surinam* antill* romanian* bulgar* syrian* afghan* somali* chinese german belgian* african*
		buitenland* marokk* roemeen* syrier* syrisch* afgha* chinees* chinezen duits* belg belgen afrika* poolse`},
	{kind: NoteOrigin, use: asAdj | asNoun | closing, words: `
		polish arab arabs arabic asian russian ukrainian indian pakistani iranian iraqi israeli indonesian
		arabisch arabische belgisch belgische pools russisch russische roemeens roemeense bulgaars bulgaarse oekrains oekraiense
		oekrainer indiaas indiase pakistaans pakistaanse iraans iraanse iraaks iraakse somalisch somalische arabier arabieren
		antilliaanse surinaams surinaamse aziatisch aziatische aziaat moluks molukse hollands hollandse hollander hollanders`},
	{kind: NoteOrigin, use: asNoun | closing, words: "pool polen", unless: `
		zwembad auto autos leenauto leenautos carpool accu batterij magneet magneten plus min kabel stekker swimming pomp filter biljart we wij hebben`},
	{kind: NoteOrigin, use: asAdj | closing, words: "american british french italian spanish engelse franse italiaanse spaanse amerikaanse"},
	{kind: NoteOrigin, use: ofSkin, words: "black white coloured zwarte witte blanke gekleurde donkere"},
	{kind: NoteOrigin, use: anywhere, words: "skinned"},
	{kind: NoteOrigin, use: inLabel | ofBody, words: "skin", unless: "phone telephone case telefoon hoesje app theme website"},
	{kind: NoteOrigin, use: inLabel | heavy | hasIt | ownsIt | closing, words: "accent accents"},

	{kind: NoteInsult, use: anywhere, words: `
		idiot idiots idiotic moron morons moronic imbecile asshole assholes arsehole arseholes bastard bastards bitch bitches bitchy
		twat wanker wankers cunt dickhead prick scumbag scum tosser loser losers crybaby whiner whiners moaner moaners retard retarded
		lunatic lunatics nutcase nutter fatso weirdo halfwit nitwit dimwit
		idioot idioten idiote imbeciel imbecielen klootzak klootzakken hufter hufters lul lullen trut trutten wijf wijven kutwijf kutklant
		rotklant rotwijf kankerlijer* kankerwijf kankerhoer teringlijer* tyfuslijer* teringwijf tyfuswijf mongool mongolen debiel debielen sukkel sukkels oen domoor
		dombo mafkees mafkezen mafketel malloot zeikerd zeikerds zeikwijf zeurpiet zeurpieten zeurkous zeurkousen zeurzak querulant* lastpak
		lastpakken asociaal asociale aso tokkie tokkies uitvreter uitvreters nietsnut* slampamper dramaqueen dikzak vetzak dikkerd
		lelijkerd zuurpruim zuurpruimen zeurneus achterlijk achterlijke`},
	{kind: NoteInsult, use: asNoun | closing, words: "zeur eikel eikels heks teef jerk sul sufferd freak leech parasiet parasite clown",
		unless: "boom bomen hond"},
	{kind: NoteInsult, use: asAdj | asNoun | closing, words: "gek gekke"},
	{kind: NoteInsult, use: asAdj | closing, words: `
		stupid dumb lazy dom domme lui luie arrogant arrogante pathetic zielig zielige thick dense hopeless onbenullig onbenullige`},

	{kind: NoteLooks, use: asAdj, words: `
		fat ugly bald skinny overweight obese scruffy unkempt smelly sexy handsome tattooed
		dik dikke lelijk lelijke kaal kale mager magere slonzig slonzige onverzorgd onverzorgde getatoeeerd getatoeeerde
		blonde blond ongewassen gekleed dressed knappe`, unless: "client server"},
	{kind: NoteLooks, use: asVerb, words: "stinkt stonk stinks stank"},
	{kind: NoteLooks, use: hasIt, words: `
		tattoo tattoos tatoeage tatoeages baard beard piercing piercings neusring bierbuik gebit moustache snor overgewicht`},
}

// noteEntry is a word of the lists.
type noteEntry struct {
	text   string
	prefix bool
	kind   NoteKind
	use    wordUse
	unless []string
}

// noteIndex holds the words that count in notes, and those that only hide a
// shorter one, by their first two letters, the longest first.
var noteIndex = func() map[[2]byte][]noteEntry {
	index := map[[2]byte][]noteEntry{}
	for _, l := range noteLists {
		unless := strings.Fields(l.unless)
		for w := range strings.FieldsSeq(l.words) {
			text, prefix := strings.CutSuffix(w, "*")
			key := [2]byte{text[0], text[1]}
			e := noteEntry{text, prefix, l.kind, l.use &^ inLabel, unless}
			at := 0
			for at < len(index[key]) && index[key][at].decides(e) {
				at++
			}
			index[key] = append(index[key], noteEntry{})
			copy(index[key][at+1:], index[key][at:])
			index[key][at] = e
		}
	}
	return index
}()

// decides tells whether e goes before a later entry for words that both fit.
func (e noteEntry) decides(later noteEntry) bool {
	if e.prefix != later.prefix {
		return !e.prefix
	}
	return len(e.text) > len(later.text)
}

// noteEntryOf finds what the lists say about a folded word; nil for nothing.
func noteEntryOf(word string) *noteEntry {
	if len(word) < 2 {
		return nil
	}
	list := noteIndex[[2]byte{word[0], word[1]}]
	for i := range list {
		e := &list[i]
		if word == e.text || e.prefix && strings.HasPrefix(word, e.text) {
			if e.use == 0 {
				return nil
			}
			return e
		}
	}
	return nil
}
