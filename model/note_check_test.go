package model

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// guiltyNotes are notes with what CheckNote has to say of them: kind and words.
var guiltyNotes = []struct{ text, want string }{
	// English
	{"Customer is an idiot and will not read the manual.", "insult:idiot"},
	{"Told me to my face: \"you are all morons\".", "insult:morons"},
	{"She is stupid, explained it three times.", "insult:stupid"},
	{"Another lazy customer who does not look it up.", "insult:lazy"},
	{"What a jerk.", "insult:jerk"},
	{"Typical drama, what a crybaby.", "insult:crybaby"},
	{"He is fat and out of breath on the phone.", "looks:fat"},
	{"The ugly man from number 12 came by.", "looks:ugly"},
	{"Customer stinks, opened the window.", "looks:stinks"},
	{"Man with a beard, came to the counter.", "looks:beard"},
	{"She has tattoos on both arms.", "looks:tattoos"},
	{"Customer is ill, call back Friday.", "health:ill"},
	{"He was clearly drunk when he called.", "health:drunk"},
	{"Caller is deaf, so write.", "health:deaf"},
	{"She has cancer and cannot come.", "health:cancer"},
	{"He suffers from dementia, speak to the son.", "health:dementia"},
	{"Said she cannot pay because of her illness.", "health:illness"},
	{"Mentally unstable, be careful.", "health:Mentally"},
	{"Probably a narcissist.", "health:narcissist"},
	{"Asked for a later date for medical reasons.", "health:medical"},
	{"Moroccan customer, wants a discount.", "origin:Moroccan"},
	{"He is German and wants it in writing.", "origin:German"},
	{"That Turk from the bakery called.", "origin:Turk"},
	{"Foreign lady, did not understand the form.", "origin:Foreign"},
	{"A black man asked for the director.", "origin:black"},
	{"Hard to follow because of a heavy accent.", "origin:accent"},
	{"Customer of Turkish descent.", "origin:Turkish"},
	{"They are foreigners and do not know our rules.", "origin:foreigners"},
	{"Muslim customer, no calls on Friday.", "belief:Muslim"},
	{"He is very religious and quotes from it.", "belief:religious"},
	{"She wears a headscarf.", "belief:headscarf"},
	{"Customer goes to church on Sunday, call Monday.", "belief:church"},
	{"Wants Saturday free because of his faith.", "belief:faith"},
	{"The jews from the corner shop.", "belief:jews"},
	{"He is a crook.", "crime:crook"},
	{"Customer steals from the counter.", "crime:steals"},
	{"She is a criminal if you ask me.", "crime:criminal"},
	{"Customer committed fraud with the voucher.", "crime:fraud"},
	{"He has a handicap and a fraudster for a son.", "health:handicap crime:fraudster"},
	{"Customer is blackmailing us.", "crime:blackmailing"},
	{"He blackmails us with a bad review.", "crime:blackmails"},
	{"They always complain.", "always:always complain"},
	{"Complains always, about everything.", "always:Complains always"},
	{"She is never satisfied.", "always:is never satisfied"},
	{"Moaning again.", "always:Moaning again"},
	{"Constantly complaining about the invoice.", "always:Constantly complaining"},
	{"Keeps moaning about parking.", "always:Keeps moaning"},
	{"Customer is always difficult.", "always:is always difficult"},
	{"As usual unhappy with the answer.", "always:As usual"},
	{"Never stops complaining.", "always:Never stops complaining"},
	{"It is never good enough.", "always:is never good enough"},
	{"Always the same story with them.", "always:Always the same story"},
	{"Calls for the umpteenth time.", "always:Calls for the umpteenth"},
	// Dutch
	{"Klant is een idioot.", "insult:idioot"},
	{"Wat een zeur.", "insult:zeur"},
	{"Die heks belde weer.", "insult:heks"},
	{"Domme klant, leest niets.", "insult:Domme"},
	{"Hij is lui en laat ons alles uitzoeken.", "insult:lui"},
	{"Echt een zeikerd aan de lijn.", "insult:zeikerd"},
	{"Zei tegen Karin: 'stomme trut'.", "insult:trut"},
	{"Mevrouw Jansen is gek.", "insult:gek"},
	{"Dikke man, kwam aan de balie.", "looks:Dikke"},
	{"Zij is lelijk.", "looks:lelijk"},
	{"Klant stinkt.", "looks:stinkt"},
	{"Meneer met een baard en een bierbuik.", "looks:baard looks:bierbuik"},
	{"Ziet er slonzig uit, die klant: hij is onverzorgd.", "looks:slonzig looks:onverzorgd"},
	{"Klant is ziek, vrijdag terugbellen.", "health:ziek"},
	{"Kan niet komen omdat hij ziek is.", "health:ziek"},
	{"Volgens de buurvrouw is zij verslaafd.", "health:verslaafd"},
	{"Mevrouw heeft kanker, graag uitstel.", "health:kanker"},
	{"Klant zegt: ik ben overspannen.", "health:overspannen"},
	{"Uitstel gevraagd vanwege haar ziekte.", "health:ziekte"},
	{"Heeft psychische problemen.", "health:psychische"},
	{"Was weer dronken aan de telefoon.", "health:dronken"},
	{"Is zwanger en verhuist in mei.", "health:zwanger"},
	{"Marokkaanse klant, wil korting.", "origin:Marokkaanse"},
	{"Die Turk belde weer.", "origin:Turk"},
	{"De klant is een Pool.", "origin:Pool"},
	{"Vol met die Polen.", "origin:Polen"},
	{"Typisch Belgisch.", "origin:Belgisch"},
	{"Klant is van Surinaamse afkomst.", "origin:Surinaamse"},
	{"Buitenlandse mevrouw, begrijpt het formulier niet.", "origin:Buitenlandse"},
	{"Weer zo'n allochtoon.", "origin:allochtoon"},
	{"Hij is een Duitser.", "origin:Duitser"},
	{"Praat met een zwaar accent.", "origin:accent"},
	{"Joodse klant, niet op zaterdag bellen.", "belief:Joodse"},
	{"Hij is moslim.", "belief:moslim"},
	{"Mevrouw draagt een hoofddoek.", "belief:hoofddoek"},
	{"Klant gaat vrijdag naar de moskee.", "belief:moskee"},
	{"Gelovige klant, wil op zondag geen mail.", "belief:Gelovige"},
	{"Vanwege zijn geloof niet op zaterdag.", "belief:geloof"},
	{"Volgens mij een oplichter.", "crime:oplichter"},
	{"Die dief krijgt geen krediet meer.", "crime:dief"},
	{"Klant steelt van ons.", "crime:steelt"},
	{"Hij heeft een strafblad.", "crime:strafblad"},
	{"Klant pleegt fraude met de facturen.", "crime:fraude"},
	{"Klaagt altijd.", "always:Klaagt altijd"},
	{"Klaagt echt altijd over de prijs.", "always:Klaagt echt altijd"},
	{"Is nooit tevreden.", "always:Is nooit tevreden"},
	{"Petra is nooit ergens tevreden over.", "always:is nooit ergens tevreden"},
	{"Zeurt weer over de factuur.", "always:Zeurt weer"},
	{"Belt, weer zeuren over niets.", "always:weer zeuren"},
	{"Altijd maar klagen.", "always:Altijd maar klagen"},
	{"Heeft altijd iets te klagen.", "always:altijd iets te klagen"},
	{"Zoals gewoonlijk boos aan de lijn.", "always:Zoals gewoonlijk"},
	{"Doet altijd moeilijk.", "always:Doet altijd moeilijk"},
	{"Weer aan het klagen geweest.", "always:Weer aan het klagen"},
	{"Blijft maar zeuren.", "always:Blijft maar zeuren"},
	{"Wat een gezeur.", "always:gezeur"},
	{"Er is altijd wat.", "always:is altijd wat"},
	{"Het is ook nooit goed.", "always:is ook nooit goed"},
	{"Het is nooit goed.", "always:is nooit goed"},
	{"Betaalt nooit op tijd.", "always:Betaalt nooit"},
	{"Belt voor de zoveelste keer.", "always:Belt voor de zoveelste"},
	{"Zij liegt altijd.", "always:liegt altijd"},
}

// innocentNotes are notes of a service desk about which there is nothing to say.
var innocentNotes = []string{
	// English
	"Always calls after four.", "Always pays within a week.", "Never complains, so ask how things are.", "Is always happy with a short answer.",
	"Send the invoice as usual by mail.", "Asked again for the delivery date.", "Called again to complain about the invoice of 3 May.",
	"Complained on 12 November that the parcel was late.", "Complains that the printer always jams.", "You can always complain to the board.",
	"The printer is always difficult to reach under the desk.", "We were never satisfied with the old supplier, he says.",
	"Promised a German manual by Thursday.", "Needs the German manual for the black printer.", "Speaks German, so mail in German.",
	"Delivery to Poland takes five days.", "The customer's Turkish pizza order arrived cold.", "Belgian postcode is not accepted by the form.",
	"Black Friday discount was refused.", "Wants Italian tiles in the bathroom.", "Ordered the white men's shirt in size L.",
	"Put the manager in blind carbon copy.", "The skin of the phone is scratched.", "Picture has a dark skin for the app.",
	"Asked for the accent on the e in her name.", "The account is disabled since Monday.", "Customer is disabled in the system by mistake.",
	"VPN client is disabled after the update.", "Ran the diagnostics twice, no fault found.", "Fat client will not start after the update.",
	"Sick leave of our engineer: moved to Friday.", "Our engineer is ill, appointment moved.", "He is sick of waiting and wants a date.",
	"She is crazy about the new colour.", "The line was noisy, like a drunken modem.", "Race condition in the app, ticket with the maker.",
	"Phone was stolen last week, block the card.", "Theft reported, police number follows.", "Scam mail in our name, forwarded to security.",
	"Robbed by thieves on the way to the shop.", "Fraud department blocked the card.", "Works in a prison, reachable after six.",
	"Customer is a church in Zwolle, invoice to the treasurer.", "Hospital: ask for the ward, not for the patient.", "Oh my god, he said, that was quick.",
	"Spoke with Christian about the offer.", "I believe the second invoice is wrong, she said.", "Uses a wheelchair, ground floor please.",
	"Asked for the director and wrote to the board.", "Shouted at Karin on Tuesday and hung up.", "Said: I want my money back today.",
	"Mail to cancer.fund@example.org bounced.", "See www.turk-bakery.nl for the address.", "The terms are clear to the customer.",
	"Pole of the battery is loose.", "Please always mail, never call before ten.", "Never pays by card, only by bank.", "Angry about the second invoice; we had promised a credit note.",
	"Customer smells gas near the boiler, emergency line called.", "The pump stinks of oil, says the customer.",
	// Dutch
	"Belt altijd na vieren.", "Betaalt altijd per bank.", "Klaagt nooit; vraag dus hoe het gaat.", "Is altijd tevreden met een kort antwoord.",
	"Factuur zoals gewoonlijk per mail sturen.", "Vraagt weer naar de leverdatum.", "Klacht van 12 november over het late pakket.",
	"Klaagt dat de printer altijd vastloopt.", "Kan altijd klagen bij de geschillencommissie.", "Altijd lastig te bereiken voor tienen.",
	"We zijn nooit tevreden geweest over de oude leverancier, zegt hij.", "Printer heeft nooit goed gewerkt.", "Belt weer: de bestelling is nog niet binnen.",
	"Bestelling: twee keer Turkse pizza, één kwam koud aan.", "Belgische postcode wordt niet geaccepteerd.", "Wil een Duitse handleiding.",
	"Handleiding in het Duits nagestuurd.", "Spreekt alleen Engels, dus mailen in het Engels.", "Levering naar Polen duurt vijf dagen.",
	"De polen van de accu zijn verwisseld.", "Ligt in het ziekenhuis, zegt de buurvrouw niet.", "Ziekenhuis Sint Jansdal, afdeling inkoop.",
	"Onze monteur is ziek, afspraak verzet naar vrijdag.", "Afspraak verzet wegens ziekte van de monteur.", "Vraagt naar de ziektekostenverzekering.",
	"Vlek van jood op de hoes, wil een nieuwe.", "Zwarte printer, model 300.", "Wil zwarte dames sneakers ruilen.", "Zwart scherm na de update.",
	"Een pool van leenauto's is beschikbaar.", "Het zwembad lekt bij de pool.", "Dikke pakketten passen niet in de bus.", "Kale kabel gezien achter de kast.",
	"Gek genoeg werkte het daarna weer.", "Is gek op korte antwoorden.", "Het toestel maakt een gek geluid.", "De lijn is gestoord sinds maandag.",
	"Telefoon gestolen, graag de kaart blokkeren.", "Diefstal gemeld bij de politie.", "Slachtoffer van een oplichter, bank is gebeld.",
	"Verdachte transactie gemeld door de bank.", "Lampje licht op maar er gebeurt niets.", "Gevangenis Vught, meld je bij de poort.",
	"Kerkstraat 12 in Moordrecht.", "Klant is een kerk, factuur naar de penningmeester.", "Monteur gaat naar de kerk in Zwolle voor de storing.",
	"Ik geloof dat de factuur niet klopt.", "Reageerde ongelovig op de prijs.", "Joods Museum, vraag naar inkoop.", "Katholiek ziekenhuis, bestelt per kwartaal.",
	"Stuur de kopie naar kanker@example.org.", "Legt het accent op service.", "Naam met accent grave gespeld.", "Medisch Centrum West wil maandag levering.",
	"Rolstoel: graag begane grond.", "Liep achter de balie en wilde niet weg.", "Riep tegen Karin dat hij de directeur wil.",
	"Domplein 4, Utrecht, eerste verdieping.", "De Dom is dicht, lever bij de achterdeur.", "Eikels van de eik verstoppen de goot.", "Frans belt maandag terug.",
	"Dhr. De Wit vraagt om een creditnota.", "Kleur huid van het hoesje klopt niet.", "Klant ruikt gas, storingsdienst gebeld.", "Graag altijd mailen, nooit bellen voor tienen.",
	"Kept complaining after the matter was solved on 3 May.", "Bleef klagen nadat de zaak was opgelost.", "Klant heeft een accent aigu in de naam.",
	"He has a German shepherd, ring the bell.", "Customer is a German company.", "Klant heeft een Turkse bakkerij.", "Hij wordt steeds boos als we doorverbinden.",
	"Klant is een katholieke basisschool.", "She is a criminal lawyer.", "Customer is sick and tired of waiting.", "Klant wordt gestalkt, nummer geheim houden.",
	"Klant is bedrogen door een nepsite in onze naam.", "A stupid mistake on our side, apologised.", "Bestelde een hoofddoek in maat M.", "Klant met een Duitse rekening kan niet betalen.",
	"Says we are always difficult to deal with.", "Zegt dat wij altijd moeilijk doen.", "Is weer boos over de factuur.", "Klant zei dat ze niet ziek is.", "Meneer Frans de Turk belde.",
	"Boos over de tweede factuur; wij hadden een creditnota beloofd.", "",
}

func said(text string) string {
	var b []string
	for _, w := range CheckNote(text) {
		b = append(b, string(w.Kind)+":"+w.Word)
	}
	return strings.Join(b, " ")
}

func TestCheckNoteWarns(t *testing.T) {
	kinds := map[NoteKind]int{}
	for _, c := range guiltyNotes {
		if got := said(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
		for _, w := range CheckNote(c.text) {
			kinds[w.Kind]++
		}
	}
	for _, k := range NoteKinds() {
		if kinds[k] < 8 {
			t.Errorf("only %d notes try %s", kinds[k], k)
		}
	}
}

func TestCheckNoteLeavesOrdinaryNotesAlone(t *testing.T) {
	for _, text := range innocentNotes {
		if got := said(text); got != "" {
			t.Errorf("%q: %s", text, got)
		}
	}
	if n := len(guiltyNotes) + len(innocentNotes); n < 120 || len(innocentNotes)*2 < n {
		t.Errorf("%d notes, %d of them innocent", n, len(innocentNotes))
	}
}

// soundNote checks what holds for every text: warnings lie within it, on the
// borders of its letters, one behind the other, and hold what stands there.
func soundNote(t interface{ Fatalf(string, ...any) }, text string) {
	last := 0
	for _, w := range CheckNote(text) {
		if w.From < last || w.To <= w.From || w.To > len(text) {
			t.Fatalf("%q: warning at %d to %d, the one before ended at %d", text, w.From, w.To, last)
		}
		if text[w.From:w.To] != w.Word {
			t.Fatalf("%q: %q is not what stands there: %q", text, w.Word, text[w.From:w.To])
		}
		if !utf8.RuneStart(text[w.From]) || w.To < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[w.To]) {
			t.Fatalf("%q: %d to %d cuts a letter", text, w.From, w.To)
		}
		if first, _ := utf8.DecodeRuneInString(w.Word); !unicode.IsLetter(first) {
			t.Fatalf("%q: %q begins with no letter", text, w.Word)
		}
		if !slices.Contains(NoteKinds(), w.Kind) {
			t.Fatalf("%q: unknown kind %q", text, w.Kind)
		}
		last = w.To
	}
}

func FuzzCheckNote(f *testing.F) {
	for _, c := range guiltyNotes {
		f.Add(c.text)
	}
	for _, s := range innocentNotes {
		f.Add(s)
	}
	for _, s := range []string{"is z\u0301\u200biek\u200d.", "\u0301\u200b", "\xffhij is ziek\xff", "zoals", "never", "weer aan het", "hij is", "ＩＤＩＯＴ",
		"a@b.nl idioot", "altijd maar maar maar", "the", strings.Repeat("een ", 500) + "Turk"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { soundNote(t, text) })
}

// noteText draws texts of words that the check knows, small words and signs.
func noteText() *rapid.Generator[string] {
	var words []string
	for _, c := range guiltyNotes {
		words = append(words, strings.FieldsFunc(c.text, func(r rune) bool { return r == ' ' })...)
	}
	words = append(words, "is", "hij", "she", "die", "een", ".", ",", "niet", "Zoë", "café", "ĳs", "Straße", "Łódź", "ſ", "ı", "İ", "ǆ")
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 0, 30), func(w []string) string { return strings.Join(w, " ") })
}

// verdictOf is what was found, by kind and place among the words.
func verdictOf(text string) string {
	var b strings.Builder
	for _, w := range CheckNote(text) {
		b.WriteString(string(w.Kind) + "@" + strings.Repeat(".", strings.Count(text[:w.From], " ")) + strings.Repeat("-", strings.Count(w.Word, " ")) + " ")
	}
	return b.String()
}

// TestCheckNoteStable finds the same however a text is written: in capitals,
// with accents as signs of their own, with accents on plain letters or without.
func TestCheckNoteStable(t *testing.T) {
	strip := func(s string) string {
		out, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	accents := strings.NewReplacer("e", "é", "i", "ï", "o", "ö", "u", "ü", "a", "à", "c", "ç", "n", "ñ")
	rapid.Check(t, func(t *rapid.T) {
		text := noteText().Draw(t, "text")
		soundNote(t, text)
		want := verdictOf(text)
		for how, other := range map[string]string{
			"upper": strings.ToUpper(text), "lower": strings.ToLower(text), "nfd": norm.NFD.String(text), "nfc": norm.NFC.String(text),
			"plain": strip(text), "accents": accents.Replace(text), "soft hyphens": strings.ReplaceAll(text, "e", "e\u00ad"),
		} {
			if got := verdictOf(other); got != want {
				t.Fatalf("%s: %q gives %q, %q gives %q", how, other, got, text, want)
			}
		}
	})
}

func TestCheckNoteFindsOffsets(t *testing.T) {
	text := "Zoë → één Ｉdïoot\u0301."
	w := CheckNote(text)
	if len(w) != 1 || w[0] != (NoteWarning{Kind: NoteInsult, Word: "Ｉdïoot\u0301", From: 15, To: 26}) {
		t.Errorf("%+v", w)
	}
}

// TestNoteListsAreInOrder holds the lists to what the search in them needs.
func TestNoteListsAreInOrder(t *testing.T) {
	for _, l := range noteLists {
		for _, w := range strings.Fields(l.words + " " + l.unless) {
			bare := strings.TrimSuffix(w, "*")
			if read := readNote(bare); len(bare) < 2 && w != "s" || len(read) != 1 || read[0].word != bare {
				t.Errorf("%s: %q is not one folded word", l.kind, w)
			}
		}
	}
	for w := range wordClasses {
		if read := readNote(w); len(read) != 1 || read[0].word != w {
			t.Errorf("%q is not one folded word", w)
		}
	}
	for kind, has := range map[NoteKind]bool{NoteCrime: true, NoteHealth: true, NoteBelief: true, NoteOrigin: true,
		NoteInsult: false, NoteLooks: false, NoteAlways: false} {
		if got := LabelWords(kind) != ""; got != has {
			t.Errorf("%s has label words: %v", kind, got)
		}
	}
}

func BenchmarkCheckNote(b *testing.B) {
	var text strings.Builder
	for i := 0; text.Len() < 500; i++ {
		text.WriteString(innocentNotes[i%60] + " " + guiltyNotes[i].text + " ")
	}
	note := text.String()[:500]
	b.ReportAllocs()
	for b.Loop() {
		CheckNote(note)
	}
}
