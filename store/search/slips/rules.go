package slips

import "strings"

// place is where in a word a rule holds.
type place uint8

const (
	anywhere place = iota
	atStart
	atEnd
	inside // neither first nor last
)

// rule writes one of several other letters for some letters.
type rule struct {
	from string
	to   []string
	at   place
}

// rules reads "m>n p>b,d ^g>ch oglu$>oloe": letters, what they become, with ^
// for the start and $ for the end of a word; nothing after > leaves them out.
func rules(text string) []rule {
	var out []rule
	for _, f := range strings.Fields(text) {
		from, to, _ := strings.Cut(f, ">")
		r := rule{to: strings.Split(to, ",")}
		switch {
		case strings.HasPrefix(from, "^"):
			from, r.at = from[1:], atStart
		case strings.HasSuffix(from, "$"):
			from, r.at = from[:len(from)-1], atEnd
		case strings.HasPrefix(from, "_"):
			from, r.at = from[1:], inside
		}
		r.from = from
		out = append(out, r)
	}
	return out
}

// fits reports whether the rule's letters stand at s[i:].
func (r rule) fits(s string, i int) bool {
	if !strings.HasPrefix(s[i:], r.from) {
		return false
	}
	end := i + len(r.from)
	switch r.at {
	case atStart:
		return i == 0
	case atEnd:
		return end == len(s)
	case inside:
		return i > 0 && end < len(s)
	}
	return true
}

// apply uses one rule that fits, in one of the places where one does. It
// reports whether that gave another word, and else gives s.
func (d *dice) apply(s string, from []rule) (string, bool) {
	type hit struct{ at, rule int }
	var hits []hit
	for i := range s {
		for j, r := range from {
			if r.fits(s, i) {
				hits = append(hits, hit{i, j})
			}
		}
	}
	if len(hits) == 0 {
		return s, false
	}
	h := pick(d, hits)
	r := from[h.rule]
	out := s[:h.at] + pick(d, r.to) + s[h.at+len(r.from):]
	if len(out) < 2 || out == s || tripled(out) && !tripled(s) {
		return s, false
	}
	return out, true
}

// tripled reports whether a letter stands three times in a row, as nobody types
// or says it.
func tripled(s string) bool {
	for i := 2; i < len(s); i++ {
		if strings.Count(s[i-2:i+1], s[i:i+1]) == 3 {
			return true
		}
	}
	return false
}

// fitsAny reports whether one of the rules fits somewhere.
func fitsAny(s string, from []rule) bool {
	for i := range s {
		for _, r := range from {
			if r.fits(s, i) {
				return true
			}
		}
	}
	return false
}

// What a bad line, a tired ear and a second language do to letters.
var (
	// consonants that a narrow line or a noisy room makes alike
	line = rules("m>n n>m p>t,b,k b>d,p t>p,d,k d>b,g f>s s>f v>f,z z>v k>t,p w>v g>h h>g l>n r>l")
	// vowels that an unstressed syllable or a dialect makes alike
	vowel = rules("aa>ae,o _a>e,o ee>i,eu _e>a,i oo>oe,au _o>a,u ie>e,ee _i>e,ee _u>o,eu uu>ie ij>aai,ee ei>ai,aa ui>au,oi eu>ui,oo oe>o,uu ou>oo,a au>aa")

	turkish = rules("ş>sj,ch,s ç>tsj,ts,c ğ>gh,ch, oğlu$>oglou,olu,oloe ı>e,u,ie ö>eu,u,oo ü>uu,oe,eu y>j,ij ^c>dj _c>dj,tj z>s kk>k tt>t ll>l u>oe k>c " +
		"ay$>aai,ai ğa>a han$>gan v>w,f h>g,ch")
	moroccan = rules("ou>u,w,oo,uu kh>ch,k,h gh>r,ch,h q>k,c ss>s zz>z dd>d ll>l mm>m bb>b aa>a,ah dj>j,zj ch>sh,sj ai>ay,ei aoui$>awi,oui,aui i$>ie,y,ij y>i,j " +
		"^ha>a,ga ^a>ha h>,g bd>bed,bt ah$>a,e _e>i,a ine$>in i>ie f>ff th>t,s z>s")
	slavic = rules("sz>sj,s,ss cz>tsj,ts,ch rz>zj,r,sj ż>zj,z ź>zj,z w>v,f ł>w,l ń>nj,n ski$>skie,sky,skij cki$>tski,skie ska$>sca,skaa ś>sj,sh ć>tsj,tj,ch č>tsj,ch š>sj,sh ž>zj,sj " +
		"ó>oo,oe ą>on,om ę>en,em y>i,ie j>i vić$>vich,fits,witsj wicz$>vits,wits c>k,s ch>g,k dz>z ow>of,au")
	frisian = rules("stra$>sstra,stera,straa,stro sma$>smaa,sema,sna inga$>ingha,enga,inge ema$>ima,ama tj>ts,ch,tsj ^sj>ch,s ^ts>tj,s wie>wei,wi ie>ee,ia,i y>ij,ie,i jk>k,ik oe>oo,u " +
		"ea>ee,ja ae>aa ga$>gha,ge k>c,ck nd>n rd>r a$>e,ah d>dt ij>i,ei uu>u,eu sk>sch ei>y")
	surinamese = rules("bh>b,p dh>d kh>k,g gh>g,k dj>j,tj,di sj>sh,ch oe>u,o,ou singh>sing,sinch sing$>singh,sink persad>prasad,persaat,pershad ri>rie,ry ie>i,y dien>din,dhien " +
		"w>v v>w nd>n,nt _a>aa,e ram>raam,rham mo>moe r>rr ardjo>arjo,ardio th>t y>j,i tj>ch,ts")
	// letters whose Dutch names sound alike when a name is spelled out
	spelled = rules("b>p,d,t p>b,t,d d>b,t,p t>d,p,b g>c,ch c>s,z,g v>w,f w>v m>n n>m f>s,v s>f,c x>s k>a,h h>k,a i>e,j e>i j>i,g z>s,c ij>y,ei y>ij aa>a ee>e oo>o ll>l nn>n ss>s tt>t kk>k mm>m rr>r pp>p u>q,o q>k")
	// a letter with a mark as some keyboards and forms write it
	digraph = rules("ö>oe,o ü>ue,uu,u ä>ae å>aa ø>oe æ>ea ş>sj,sh ç>tsj,ch ğ>gh,g ı>i,y é>ee,e ë>ee,ie,e è>ee,e ê>ee ï>ij,ie,i í>ie,i á>aa â>aa ã>an à>aa ó>oo ô>oo ú>oe û>ou " +
		"ł>w,l ń>nj ć>tj,ch č>tsj,ch š>sj,sh ž>zj,zh ż>zj,z ź>z ś>sj ą>on,a ę>en,e ñ>nj,ny đ>dj")
)

// neighbours gives for each key those beside it on a board whose rows are given
// from the top, without the keys above and below.
func neighbours(rows ...string) []rule {
	var out []rule
	for _, row := range rows {
		for i := range row {
			var to []string
			if i > 0 {
				to = append(to, row[i-1:i])
			}
			if i+1 < len(row) {
				to = append(to, row[i+1:i+2])
			}
			out = append(out, rule{from: row[i : i+1], to: to})
		}
	}
	return out
}

// above gives for each key the nearest one in the row over it.
func above(rows ...string) []rule {
	var out []rule
	for i := 1; i < len(rows); i++ {
		for j := range rows[i] {
			if j < len(rows[i-1]) {
				out = append(out, rule{from: rows[i][j : j+1], to: []string{rows[i-1][j : j+1]}})
			}
		}
	}
	return out
}

var (
	qwerty   = neighbours("qwertyuiop", "asdfghjkl", "zxcvbnm")
	azerty   = append(neighbours("azertyuiop", "qsdfghjklm", "wxcvbn"), rules("a>q,q q>a z>w,w w>z,z")...)
	rowAbove = above("qwertyuiop", "asdfghjkl", "zxcvbnm")
	digits   = rules("o>0,9 i>1,8 e>3 l>1 s>5 b>8 t>5,6 a>4 r>4 u>7 w>2 p>0 g>9 z>2")
)
