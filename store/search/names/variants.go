package names

import (
	"strings"
	"sync"
)

// variantText lists names that one person goes by, one group a line. A name may
// be in several groups; which ones a name shares a group with is what counts.
// Abbreviations of companies stand here too.
const variantText = `
jan johannes johan hans joannes jo johnny john han jannes jean
johanna jo hanna hanneke joke johanneke anna janna jannie annie jansje jans
hendrik henk hein rik hendrikus henri henny henrik harry heinrich
hendrika riek rika henny hennie hendrikje henriette ria
wilhelmus willem wim wil willy bill pim wilco
wilhelmina willemijn mien mina wil willy willemina miep mientje helma wilma
cornelis kees cor cees corneel nelis case
cornelia cor corrie cora neeltje nel corry lia nelly
adrianus adriaan arie ad adri aad ariaan janus
adriana ada adri jaantje sjaan janny arjana
antonius anton toon ton antoon toni tony teun teunis theunis
antonia toos tonnie antoinette ton teuntje
jacobus jacob jaap koos cor ko sjaak jaco jacques kobus co
jacoba coba koosje jacqueline co
gerardus gerard gerrit ger geert gerhard gert gerardo sjra
gerarda gerda gera geertje
geertruida truus geertje trudy gertrude geertrui truida ruda trui
gerritje gerrie gerda
pieter piet peter petrus pierre pit
petronella nel nelly petra ella pietje
maria marie mieke ria riet mia marijke miet mies marietje rie
margaretha greet greetje gre margriet margreet margo marga gretha griet
elisabeth elizabeth els lies betty elly bets liesbeth lisette elsje ilse bep betje lijsbeth elise
catharina cato trijntje kaatje toos karin tine tineke catrien katrien kate to ina rina catherina
martinus martijn martin tinus maarten tijn
martina tine tineke ina
franciscus frans francis franciskus cis frank sus
francisca cisca francien francine sisca
theodorus theo dorus dirk theodoor teo
theodora thea dora doortje
albertus albert bert appie bertus ab
hubertus hubert huub bert huib hub
lambertus bert lambert bertus lammert
robertus robert rob bert robbert bob robby
egbertus egbert bert
bertha berta bep
johannes joop sjef
josephus jozef jos sjef joseph jef joep joost
josephina josephine jos fien josje fientje
leonardus leo leonard leen lennert lennard
laurentius laurens lau rens louwe lourens
nicolaas klaas nico niek nicolas nicolaus claas
matthijs thijs mathijs matthias ties matthieu mattheus theo tijs
mathilda tilly til mathilde
christiaan chris christianus christian kris
christina christine stien tina stina christien chris
bernardus ben bernard bart barend nard bennie
bartholomeus bart meeuwis bartel
arnoldus arnold nol noud arno aart
aleida alida ali aaltje leida
alexander alex lex sander xander alexandre
alexandra alex sandra
michael michiel mike michel maikel machiel giel
richard rick ries
eduard ed edward edwin eddy ward
frederik fred freek frits freddy frederick
frederika freddie rika frederique
gijsbertus gijs gijsbert bert
ignatius naud ignace
hermanus herman harm manus
hermina mina mien hermien
everardus evert everard eef
wouter walter wout wouterus
willibrordus wil willibrord
stephanus stefan stef stephan steven stephen
samuel sam
daniel daan danny
david dave
jeroen hieronymus
rudolf ruud rudi dolf roelof rudy
roelof roel
simon siem sijmen symen
susanna suzanne sanne suus suzan
sara sarah saar
rebecca becky rebekka
rachel rachelle
paulus paul pauwel
paulina paula pauline
philippus philip filip flip philippe
sebastiaan bas bastiaan sebastian
benjamin ben benny
thomas tom tommy
timotheus tim timo timothy
vincentius vincent vin
victor vic
mohammed mohamed muhammed muhammet mohammad muhammad mo mehmet mohamad mohammet moh
ahmed ahmet achmed ahmad
mustafa mustapha moestafa
youssef yusuf joessoef yousef joseph youssouf
hassan hasan
hussein huseyin houssein hoessein hossein husain
ali aly
omar omer oemar umar
ibrahim ebrahim brahim abraham
abdullah abdoellah abdallah abdul abdellah
abderrahman abdurrahman abdulrahman
fatima fatma fatme fatiha
aisha ayse aicha aysha aischa
khadija hatice khadidja hadice
zeynep zainab zineb
mariam meryem maryam maria
yasmina yasmin jasmina jasmijn yasemin
katarzyna kasia
malgorzata gosia
agnieszka aga
krzysztof krzys
jerzy jurek
stanislaw staszek
tomasz tomek
piotr pjotr
pawel pavel
sjoerd siurd
sietske sietse
douwe douwine
gebroeders gebr gebrs
zonen zoon zn zo
stichting st
firma fa
company co comp compagnie
familie fam
groep group
straat str
sint st
international intl internationaal
technisch techn
service services
`

// variants gives the names that share a group with a name.
func variants(name string) []string { return variantTable()[name] }

var variantTable = sync.OnceValue(func() map[string][]string { return readVariants(variantText) })

func readVariants(text string) map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(text) {
		group := strings.Fields(line)
		for i, a := range group {
			for j, b := range group {
				if i != j {
					m[a] = append(m[a], b)
				}
			}
		}
	}
	return m
}
