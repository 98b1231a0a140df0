package slips

import (
	"slices"
	"strings"
)

// called lists formal first names with the names their bearers are called by.
const called = `
johannes: jan johan hans joop jo hannes | jan: johannes jantje | johan: johannes hans | johanna: annie jo hanna joke jannie ans | cornelis: kees cor nelis cees |
cornelia: corrie nel cora neeltje cor | willem: wim pim bill willy | wilhelmus: wim willem | wilhelmina: mina willy wil minie | hendrik: henk rik hein harrie |
hendrika: rika hennie riek henny | hendricus: henk harrie hein | henk: hendrik hendricus | petrus: piet peter | pieter: piet peter | peter: pieter petrus | piet: pieter |
jacobus: jaap koos jacob ko sjaak | jacob: jaap koos | jaap: jacob | antonius: ton toon anton twan | antonia: toos tonnie | theodorus: theo door dorus | theodora: thea dora |
gerardus: gerard ger geert | gerhardus: gerard gert | gerrit: gert ger | geertruida: truus geertje trudy | truus: geertruida | franciscus: frans cis | francisca: cisca fransje |
lambertus: bert lammert | albertus: bert albert ab | albert: bert ab appie | hubertus: huub bert | robert: rob bob bert | robertus: rob robbert | engelbertus: bert engel |
adrianus: ad arie adriaan janus | adriana: adrie jana ada | adriaan: arie ad | arie: adrianus | maria: ria marie mies riet marietje | marie: maria | catharina: trijntje toos rina cato |
elisabeth: els bep lies betty elly lisa betsie | elizabeth: liz els betty | els: elisabeth | margaretha: greet gre greetje marga | margriet: greet griet | marijke: maria rijke |
anna: annie ans anneke anne | annemarie: anne annemiek | annie: anna | martinus: tinus martin rinus | martina: tineke tina | martin: tinus | nicolaas: klaas nico niek |
klaas: nicolaas | michael: mike michel | michiel: giel | mattheus: thijs matthijs | matthijs: thijs | thijs: matthijs | laurentius: laurens lau | bernardus: ben bernard bennie |
benjamin: ben bennie | christiaan: chris christ | christina: tineke stien chris | christopher: chris | josephus: jos sjef jef | joseph: jos sjef | jozef: jef jos | alexander: alex lex sander xander |
alexandra: alex sandra | sebastiaan: bas | bastiaan: bas | frederik: frits fred freek | richard: rick dick | dirk: dick derk | leonardus: leo leen | ludovicus: lowie wiek |
abraham: bram | abdelkader: kader | mohamed: mo med moh | mohammed: mo med moh | muhammed: mo memo | mehmet: memo memet | mustapha: mus moes | mustafa: mus musti | abdellah: abdel appie | abderrahman: rahman abdel |
ibrahim: ibo brahim ibra | ismail: isma smail | hassan: has | fatima: fatma fati fatiha | fatma: fatima | khadija: dija khadi hatice | youssef: jos joesoef yusuf | yusuf: joesoef yussuf |
ahmed: appie med | ahmet: ahmed | huseyin: huso husein | suleyman: sulo soeleiman | thomas: tom | daniel: daan dani | daniella: dani ella | jeroen: jer | vincent: vin vince |
ronald: ron ronnie | raymond: ray | edward: ed eddy ward | eduard: ed eddie | edwin: ed | leendert: leen | samuel: sam | stephanie: steffie | stefan: steef steven | nicolette: nicole letty | dominique: nick |
katarzyna: kasia kasja | malgorzata: gosia gosja | agnieszka: aga agnes | krzysztof: kris krys | aleksandra: ola alex | andrzej: andre andre | tomasz: tomek tom | piotr: piotrek peter | jerzy: jurek george |
geertje: geert | neeltje: nel | jolanda: jo jolan | monique: mo moon | patricia: pat trish | angelique: ange | jacqueline: jac sjakie | yvonne: vonnie | suzanne: suus suze | marianne: jan marian | roelof: roel | evert: eef | lucas: luuk luc`

// calling is what bearers of a first name are called by.
var calling = func() map[string][]string {
	m := map[string][]string{}
	for _, line := range strings.Split(called, "|") {
		formal, short, _ := strings.Cut(line, ":")
		formal = strings.TrimSpace(formal)
		for _, s := range strings.Fields(short) {
			if s != formal && !slices.Contains(m[formal], s) {
				m[formal] = append(m[formal], s)
			}
		}
	}
	return m
}()

// townSays is what people say for a town, other than its name.
var townSays = map[string][]string{
	"amsterdam": {"a'dam", "adam", "amst", "amsterdm"}, "rotterdam": {"r'dam", "rdam", "rott"}, "s hertogenbosch": {"den bosch", "'s bosch", "dn bosch"},
	"shertogenbosch": {"den bosch", "s bosch", "denbosch"}, "den haag": {"'s-gravenhage", "s gravenhage", "sgravenhage", "dhaag"}, "dordrecht": {"dordt", "dort"},
	"leeuwarden": {"ljouwert", "leewarden"}, "eindhoven": {"ehv", "e'hoven"}, "groningen": {"gron", "grunn"}, "utrecht": {"utr", "utreg"}, "bergen op zoom": {"bergen", "b.o.z.", "bergen o zoom"},
	"alphen aan den rijn": {"alphen", "alphen a/d rijn", "alphen ad rijn"}, "capelle aan den ijssel": {"capelle", "capelle a/d ijssel", "capelle ad yssel"},
	"krimpen aan den ijssel": {"krimpen", "krimpen a/d ijssel"}, "nieuwerkerk aan den ijssel": {"nieuwerkerk", "nieuwerkerk a/d ijssel"}, "etten leur": {"etten", "ettenleur"},
	"hoek van holland": {"hoek v holland", "de hoek"}, "hengelo": {"hengel"}, "enschede": {"eschede", "enskede"}, "apeldoorn": {"apeldrn", "apd"}, "amersfoort": {"a'foort", "amersvoort"},
	"maastricht": {"mestreech", "m'tricht"}, "nijmegen": {"nimwegen", "nijmgn"}, "schiedam": {"s'dam", "sgiedam"}, "zoetermeer": {"zmeer", "z'meer"}, "hilversum": {"hversum", "hilv"},
	"zaandam": {"z'dam", "saandam"}, "arnhem": {"arnem", "arhem"}, "almere": {"almeer", "almere stad"}, "breda": {"breida"}, "zwolle": {"swolle"}, "venlo": {"venloo"}, "haarlem": {"h'lem"},
}

// tradeSays is how a trade is abbreviated or said otherwise.
var tradeSays = map[string][]string{
	"aannemersbedrijf": {"aann bedr", "aannbedr", "aannemersbedr", "aannemer"}, "installatietechniek": {"inst techniek", "inst.techn.", "installatie", "installtech"},
	"administratiekantoor": {"adm kantoor", "adm.kantoor", "administratie", "adm. ktr"}, "autobedrijf": {"autobedr", "autobdr", "auto bedrijf", "garage"}, "loonbedrijf": {"loonbedr", "loonbdr"},
	"elektrotechniek": {"elektro", "elektrotechn", "e-techniek", "electro techniek"}, "schilderwerken": {"schilderw", "schilder", "schilders"}, "handelsonderneming": {"handelsond", "h.o.", "handelsmij", "handelsbedr"},
	"uitzendbureau": {"uitzendburo", "uitzendb", "uitzend"}, "restaurant": {"rest.", "resto", "restau"}, "fysiotherapie": {"fysio", "fysioth"}, "makelaardij": {"makelaar", "mak."},
	"automatisering": {"autom.", "automat"}, "stichting": {"st.", "stg", "stg."}, "transport": {"transp", "trans"}, "groothandel": {"grooth.", "gr.handel", "groot handel"}, "houthandel": {"houth.", "hout handel"},
	"huisartsenpraktijk": {"huisarts", "ha praktijk", "huisartsen"}, "woonzorgcentrum": {"wzc", "woonzorg"}, "zorgcentrum": {"zorgc", "zorg centrum"}, "dierenkliniek": {"dierenklin", "dierenarts"},
	"kinderopvang": {"kinderopv", "kdv"}, "interieurbouw": {"interieur", "interieurb"}, "metaalbewerking": {"metaalbew", "metaal"}, "dakbedekking": {"dakbed", "dakdekker"}, "accountants": {"acc.", "accountant"},
	"architecten": {"arch.", "architect"}, "engineering": {"eng.", "engin"}, "basisschool": {"basissch", "bs", "b.s."}, "machinebouw": {"machineb", "mach.bouw"}, "advocaten": {"adv.", "advocaat"},
	"laboratorium": {"lab", "lab."}, "personeelsdiensten": {"personeelsd", "personeel"}, "verpakkingen": {"verpakking", "verp."}, "assurantien": {"assur", "ass."}, "koeltechniek": {"koeltechn", "koel techniek"},
	"zonen": {"zn", "zn.", "zoon"}, "zn": {"zonen", "zoon"}, "gebr": {"gebroeders", "gebrs", "gbr"}, "beveiliging": {"bev.", "security"}, "consultancy": {"consult", "cons."}, "tandartsen": {"tandarts", "tanda"},
	"bouw": {"bouwbedr", "bouwbedrijf"}, "catering": {"cat.", "cater"}, "schoonmaak": {"schoonm", "schoonmaakbedr"}, "notariaat": {"notaris", "not."}, "verwarming": {"verw.", "cv"},
}

// formSays is what is said or written for a legal form, right or wrong.
var formSays = []string{"bv", "b.v.", "nv", "n.v.", "vof", "v.o.f.", "b v", "cv", "bvba", "b.v", "holding", "v o f"}

// infixFor is what is heard for an infix instead.
var infixFor = map[string][]string{
	"van der": {"van de", "van den", "van", "vander"}, "van den": {"van der", "van de", "van", "vanden"}, "van de": {"van der", "van den", "van het", "van"}, "van": {"de", "van de", "von", "van der"},
	"de": {"van", "den", "te", "van de"}, "den": {"de", "van den"}, "ten": {"te", "ter", "van"}, "ter": {"ten", "te", "van der"}, "te": {"ten", "de"}, "van t": {"van het", "van de", "t", "van"},
	"el": {"al", "ell", "l"}, "ben": {"bin", "el"}, "ait": {"ayt", "el"}, "von": {"van"}, "in t": {"in het", "int", "van t"}, "op de": {"op den", "op"}, "du": {"de"}, "da": {"de"}, "dos": {"de", "do"}, "t": {"het", "van t"},
}

// infixShort is how an infix is abbreviated.
var infixShort = map[string][]string{
	"van der": {"v.d.", "vd", "v/d", "v d", "v. d.", "vdr", "v der"}, "van den": {"v.d.", "vd", "v/d", "v d", "vdn", "v den"}, "van de": {"v.d.", "vd", "v/d", "v d", "v de"}, "van": {"v.", "v", "vn"},
	"van t": {"v't", "v/h", "vant", "v t"}, "in t": {"i/h", "int"}, "op de": {"o/d", "od"}, "in de": {"i/d"}, "de": {"d.", "d"}, "aan den": {"a/d"}, "op den": {"o/d"}, "von der": {"v.d.", "vd"},
}
