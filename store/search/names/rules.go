package names

import (
	"strings"
	"sync"
)

// Weights of edits. An ordinary letter is ten.
const (
	costLetter    = 10 // another letter
	costInsert    = 9  // a letter too many
	costDrop      = 7  // a letter too few
	costTurned    = 5  // two letters turned around
	costDouble    = 2  // a letter doubled, or one of two
	costNear      = 5  // the key next to it
	costNearExtra = 7  // the key next to it as well
	costVowel     = 7  // another vowel
	costSilent    = 3  // an h that is not heard
	costFirst     = 3  // on top, for the first letter
	costSign      = 1  // a point between initials
)

// A rule says that two spellings are heard alike. It holds both ways.
type rule struct {
	a, b string
	cost uint8
}

// ruleText lists the spellings of one sound, one cost a line: "2: ij y ei" makes
// each pair of the three cost 2. A $ after the cost means at the end of a word;
// - is no letter at all.
const ruleText = `
2: ij y ei ey eij eiy
2: y i
2: i ie
2: j y
3: ie y ij
3: ie ee
3: i j
3: ij i
3: ieu iu
4: i e
3: u oe ou uu
3: oe oo
4: oe eu
3: ou au auw ouw ow aw
3: au o
3: eu u
3: eu ue
3: eu o oe
3: ue u
3: ui uy uij eui oei
4: ui eu
3: ae aa a
3: ae e
3: ai ay ei aai
4: ai e
3: oi oy ooi
4: oi wa
3: eau o
3: ou w
3: ie je
2: c k
2: k q
2: ck k
2: ck c
2: ck kk
2: cc k
2: x ks
2: x cks
2: x cx
2: ks cks
2: ks cs
2: ks cx
2: qu kw
3: qu k
2: c s
2: c z
2: s z
3: s ss
3: s sz
3: s sch
3: s sh
3: s sj
3: sch sg
3: sch skh
3: sch sgh
2: sch sh sj sz
3: sch sk
3: ch sj
3: ch sh
3: ch tsj
3: tsj tj
3: tsj cz
3: tsj tch
3: tsj tsch
3: tsj c
3: cz ts
3: cz ch
3: cz tj
3: cz c
3: cz tsch
3: cz s
3: tz ts z
2: ts z
4: ts c
3: rz zj
3: rz z
3: rz sj
3: rz r
3: zj z
3: zj j
3: zj sj
3: zj g
3: dj j
3: dj dy
3: dj g
3: dj tj
3: dz z
3: dzj dj
4: c j
4: c dj
2: g ch gh kh
2: g h
3: ch h
3: gh h
3: kh k
3: kh h
4: g k
4: ch k
4: gh k
3: g j
3: ng nch
3: ng nk
3: ng ngh
3: gu g
2: d t dt
2: d dd
2: t th
3: d th
3: d dh
2: f v
2: f ph
2: v ph
3: f w
2: v w
3: pf f
3: b p
3: b v
3: b bh
4: m n
3: mb m
3: mp m
3: nb mb
3: np mp
4: n ng
3: n nn
3: gn nj nie
3: ny nj
3: ll lj
3: l r
3: wr vr
3$ gh -
4$ e -
4$ n -
3$ en e
3$ s sen
3$ s ssen
3$ s son
3$ s sens
3$ s ssens
3$ sen son
3$ sen sens
3$ sen ssens
3$ sen se
3$ z sen
4$ s zoon
4$ sen zn
4$ s zn
3$ ski sky
3$ ski skie
3$ sky skie
3$ sky skij
3$ ski ska
3$ ts tz
3$ s x
3$ s z
3$ s -
3$ aux o
3$ eaux o
3$ et e
3$ er re
3$ ck c
3$ oglu ogloe
3$ oglu olu
3$ oglu ooloe
3$ tt d
3$ dt tt
3$ je ie
3$ je y
3$ tje ke
3$ e a
`

// ruleBook finds the rules by the last letters of both sides, 0 for none.
type ruleBook [32][32][]rule

// rules hold anywhere in a word, endRules where both words end. The first index
// is that of the word of a name, the second that of the typed one. Like swapCost
// they are made by loadTables when the first word is weighed, so that programs
// that search for nothing do not wait for them.
var (
	rules, endRules *ruleBook
	swapCost        [32][32]uint8
	loadTables      = sync.OnceFunc(func() {
		rules, endRules = readRules(ruleText)
		swapCost = swapCosts()
	})
)

func readRules(text string) (anywhere, atEnd *ruleBook) {
	anywhere, atEnd = &ruleBook{}, &ruleBook{}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		cost, book := fields[0][0]-'0', anywhere
		if fields[0][1] == '$' {
			book = atEnd
		}
		for i, a := range fields[1:] {
			for _, b := range fields[i+2:] {
				book.add(strings.Trim(a, "-"), strings.Trim(b, "-"), cost)
				book.add(strings.Trim(b, "-"), strings.Trim(a, "-"), cost)
			}
		}
	}
	return anywhere, atEnd
}

func (book *ruleBook) add(a, b string, cost uint8) {
	if b == "" && a == "" {
		return
	}
	x, y := ruleIndex(b), ruleIndex(a)
	book[x][y] = append(book[x][y], rule{a: a, b: b, cost: cost})
}

func ruleIndex(s string) byte {
	if s == "" {
		return 0
	}
	return letterIndex(s[len(s)-1])
}

// letterIndex is 1 to 26 for a letter and 27 for everything else.
func letterIndex(c byte) byte {
	if isLetter(c) {
		return c - 'a' + 1
	}
	return 27
}

// swapCosts gives what it costs to type one letter for another: keys next to each
// other, vowels, anything else.
func swapCosts() (table [32][32]uint8) {
	for x := range table {
		for y := range table[x] {
			table[x][y] = costLetter
		}
	}
	for _, v := range "aeiou" {
		for _, w := range "aeiou" {
			table[letterIndex(byte(v))][letterIndex(byte(w))] = costVowel
		}
	}
	keys := [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}
	offset := [...]float64{0, 0.25, 0.75}
	for r, row := range keys {
		for c := range row {
			for r2, row2 := range keys {
				for c2 := range row2 {
					dx := float64(c) + offset[r] - float64(c2) - offset[r2]
					if dy := r - r2; dy*dy <= 1 && dx*dx <= 1 {
						x, y := letterIndex(row[c]), letterIndex(row2[c2])
						table[x][y] = min(table[x][y], costNear)
					}
				}
			}
		}
	}
	for x := range table[:27] {
		table[x][x] = 0
	}
	return table
}
