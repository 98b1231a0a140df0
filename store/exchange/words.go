package exchange

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// headerWords are the headers that mean a field, in Dutch and English, as they
// are met in exports of address books, shops, invoicing and ticket systems.
// They are compared folded, so one spelling of each is enough.
var headerWords = map[Field][]string{
	Number: {"id", "nr", "number", "nummer", "klantnummer", "klantnr", "klant nr", "klant id", "klantcode", "customer number", "customer no", "customer nr",
		"customer id", "client id", "client number", "relatienummer", "relatienr", "relatiecode", "debiteurnummer", "debiteurnr", "debiteur",
		"debiteurencode", "debtor number", "account number", "account no", "account id", "accountnummer", "external id", "reference", "referentie"},
	Name: {"naam", "name", "full name", "fullname", "volledige naam", "klantnaam", "naam klant", "customer name", "customer", "klant", "contact",
		"contact name", "contactpersoon", "naam contactpersoon", "contact person", "display name", "weergavenaam", "relatienaam", "client", "client name"},
	First: {"voornaam", "voornamen", "first name", "firstname", "first", "given name", "roepnaam", "forename", "voorletters", "initials", "initialen"},
	Infix: {"tussenvoegsel", "tussenvoegsels", "tussenv", "tv", "infix", "voorvoegsel", "voorvoegsels", "prefix", "name prefix", "middle name", "tussen"},
	Last:  {"achternaam", "last name", "lastname", "last", "surname", "family name", "familienaam", "geslachtsnaam"},
	Company: {"bedrijf", "bedrijfsnaam", "company", "company name", "organisatie", "organization", "organisation", "organisatienaam", "organization name",
		"organisation name", "firma", "firmanaam", "onderneming", "business name", "employer", "werkgever", "instelling", "business", "naam bedrijf"},
	Kind: {"kind", "soort klant", "klantsoort", "klanttype", "type klant", "customer type", "customer kind", "client type", "particulier/zakelijk",
		"zakelijk/particulier", "b2b/b2c", "relatietype", "soort relatie", "relatiesoort"},
	Relation: {"relation", "relatie", "relationship", "klantstatus", "customer status", "status klant", "lifecycle stage", "relatiestatus"},
	Duty:     {"duty", "wettelijke plicht", "wettelijk", "statutory", "statutory duty", "legal duty", "plicht", "wettelijke aanspraak"},
	Phone: {"telefoon", "tel", "phone", "telefoonnummer", "telefoonnr", "telnr", "telefoon nr", "phone number", "phone no", "telephone",
		"telephone number", "telefoon vast", "vast nummer", "vaste telefoon", "vaste lijn", "landline", "work phone", "business phone", "home phone",
		"telefoon werk", "telefoon zakelijk", "phone1", "telefoon1", "tel1"},
	Mobile: {"mobiel", "mobile", "mobile phone", "mobile number", "mobiele telefoon", "mobiel nummer", "mobielnr", "mob", "gsm", "gsm nummer", "cell", "cell phone", "cellphone",
		"06", "06 nummer", "telefoon mobiel", "phone2", "telefoon2", "tel2"},
	Email: {"email", "mail", "e-mailadres", "mailadres", "email address", "mail address", "emailaddress"},
	Street: {"straat", "straatnaam", "street", "street name", "adres", "address", "address line 1", "address 1", "adres 1", "adresregel 1",
		"street address", "straat en huisnummer", "straat en nummer", "bezoekadres", "postadres"},
	HouseNo:  {"huisnummer", "huisnr", "house number", "house no", "houseno", "housenumber", "street number", "straatnummer", "nummer en toevoeging", "hnr", "huisnummer en toevoeging"},
	Postcode: {"postcode", "post code", "postal code", "zip", "zip code", "zipcode", "pc", "postnummer"},
	Town:     {"plaats", "woonplaats", "stad", "gemeente", "town", "city", "plaatsnaam", "vestigingsplaats", "locality"},
	Country:  {"land", "country", "landcode", "country code", "natie"},
	Channel: {"kanaal", "channel", "voorkeurskanaal", "preferred channel", "contact via", "contactvoorkeur", "contact preference", "voorkeur kanaal", "preferred contact method",
		"bereikbaar via"},
	Owner: {"eigenaar", "owner", "accountmanager", "account manager", "relatiebeheerder", "klantbeheerder", "vaste medewerker", "account owner", "beheerder",
		"behandelaar", "verantwoordelijke", "contact owner", "vertegenwoordiger", "sales rep"},
	Revenue: {"omzet", "revenue", "jaaromzet", "omzet per jaar", "yearly revenue", "annual revenue", "turnover", "sales", "omzet excl btw"},
	Margin:  {"marge", "margin", "brutomarge", "gross margin", "brutowinst", "winst", "profit", "gross profit", "jaarmarge"},
	Level: {"level", "service level", "serviceniveau", "servicelevel", "niveau", "sla", "service", "servicepakket", "pakket", "package",
		"abonnement", "subscription", "support plan", "plan", "contractvorm"},
	Response: {"response", "reactietijd", "response time", "respons", "responstijd", "reactie", "sla response", "hersteltijd"},
	Minutes: {"minuten", "minutes", "included minutes", "inbegrepen minuten", "minuten per maand", "minutes per month", "bundel", "bundelminuten", "minuten p/m",
		"belminuten", "supportminuten", "support minutes", "tegoed minuten", "vrije minuten"},
	ContractEnd: {"contract end", "contract_end", "einde contract", "einddatum", "einddatum contract", "contract einddatum", "contract end date", "end date",
		"contract tot", "contract until", "contract expires", "expiry date", "renewal date", "looptijd tot", "afloopdatum", "contract loopt tot", "vervaldatum contract", "einddatum abonnement"},
	KeyAccount:   {"key account", "keyaccount", "sleutelklant", "grote klant", "vip", "topklant", "a klant", "belangrijke klant", "large customer"},
	Preferences:  {"preferences", "voorkeuren", "voorkeur", "wensen", "wishes", "preference"},
	Expectations: {"expectations", "verwachtingen", "verwachting", "expectation", "verwacht"},
	Helps:        {"helps", "helpt", "wat helpt", "what helps", "werkt goed", "werkt wel"},
	Hinders:      {"hinders", "hindert", "helpt niet", "wat helpt niet", "what does not help", "werkt niet", "what hinders", "wat hindert", "liever niet"},
	Note: {"note", "notes", "opmerking", "opmerkingen", "notitie", "notities", "memo", "toelichting", "comment", "comments", "remark", "remarks", "bijzonderheden",
		"aantekening", "aantekeningen", "description", "omschrijving", "vrije tekst"},
	Theirs:   {"theirs", "hun nummers", "eigen nummers", "their numbers", "uw kenmerk", "kenmerk klant", "their reference"},
	Drives:   {"drives", "drijfveren", "drijfveer", "wat drijft", "what drives", "motivation", "motivatie"},
	Tone:     {"tone", "toon", "aanspreken", "aanspreekvorm", "tone of voice", "form of address"},
	Channels: {"channels", "kanalen", "afgesproken kanalen", "agreed channels"},
	Notice:   {"notice", "opzegtermijn", "notice period", "opzegging"},
}

// weakWords mean a field only when the values below them say so.
var weakWords = map[Field][]string{
	Kind:     {"type", "soort", "cat", "categorie", "category", "segment", "klantgroep", "customer group", "groep", "group"},
	Relation: {"status", "fase", "stage", "phase", "state"},
}

// noiseWords add nothing to a header that means something without them.
var noiseWords = wordSet("klant klanten customer customers client contact contactpersoon relatie account eur euro eu in per jaar year p j de het van the of " +
	"primary primair main hoofd algemeen general werk work zakelijk business optioneel optional verplicht required excl btw vat indicatie")

func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

func headerTable(words map[Field][]string) map[string]Field {
	table := make(map[string]Field)
	for _, field := range allFields {
		table[fold(string(field))] = field
	}
	for field, list := range words {
		for _, w := range list {
			table[fold(w)] = field
		}
	}
	return table
}

var (
	fieldByHeader = headerTable(headerWords)
	fieldByWeak   = headerTable(weakWords)
)

// fold reduces a header or a word to its letters and digits in lower case,
// without diacritics.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '✓' || r == '✔' {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// core folds a header without its noise words and without words that are
// nothing but digits, such as a year: "Omzet 2025 (EUR)" is omzet.
func core(header string) string {
	words := strings.FieldsFunc(header, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	var b strings.Builder
	for _, w := range words {
		w = fold(w)
		if noiseWords[w] || strings.Trim(w, "0123456789") == "" {
			continue
		}
		b.WriteString(w)
	}
	return b.String()
}
