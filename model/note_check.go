package model

// NoteKind is what is the matter with a word in a note.
type NoteKind string

// The kinds of word that do not belong in a note on a person (fit, safeguard 3;
// safety, Privacy; article 000: known by behaviour, never by looks).
const (
	NoteInsult NoteKind = "insult" // a name for the person in place of what happened
	NoteLooks  NoteKind = "looks"  // how somebody looks or smells
	NoteHealth NoteKind = "health" // illness, handicap, state of mind
	NoteOrigin NoteKind = "origin" // descent, colour, nationality
	NoteBelief NoteKind = "belief" // faith or conviction
	NoteCrime  NoteKind = "crime"  // accuses of a crime
	NoteAlways NoteKind = "always" // complains in general: "they always complain"
)

// NoteKinds lists the kinds in a fixed order.
func NoteKinds() []NoteKind {
	return []NoteKind{NoteInsult, NoteLooks, NoteHealth, NoteOrigin, NoteBelief, NoteCrime, NoteAlways}
}

// NoteWarning points at words in a note that somebody should look at again.
type NoteWarning struct {
	Kind NoteKind
	Word string // as it stands in the text; a few words for NoteAlways
	From int    // offset of its first byte
	To   int    // offset behind its last byte
}

// Message says why the words do not belong in a note, and what to write instead.
func (w NoteWarning) Message() Message { return Say(noteTexts[w.Kind], "Word", w.Word) }

var noteTexts = map[NoteKind]string{
	NoteInsult: "notecheck.insult",
	NoteLooks:  "notecheck.looks",
	NoteHealth: "notecheck.health",
	NoteOrigin: "notecheck.origin",
	NoteBelief: "notecheck.belief",
	NoteCrime:  "notecheck.crime",
	NoteAlways: "notecheck.always",
}

// CheckNote finds in a text what does not belong in a note on a person, in
// English and Dutch alike, in the order of the text and without overlap. It
// warns and never refuses: who writes decides. Quoted words count as well, for
// a colleague judges whether the quote is needed. Case, accents and signs
// without width make no difference.
//
// Most words count by what stands next to them only. "Turks" is about a person
// in "a Turkish customer" and in "he is Turkish", and not in "a Turkish pizza";
// "ziek" counts in "klant is ziek" and not in "ziekenhuis" or "de monteur is
// ziek".
//
// These pass on purpose:
//   - what a name is the subject of ("Petra is Turkish"): without a title before
//     it a name cannot be told from a thing, and capitals decide nothing;
//   - language and country ("speaks German", "lives in Poland"), age and family;
//   - aids such as a wheelchair, which a desk has to know of;
//   - judgement of conduct ("rude", "onbeschoft"), which the traits are about;
//   - illness, theft and the like that befell somebody ("the phone was stolen",
//     "moved, the engineer is ill"), and customers that are a church, a hospital
//     or a prison;
//   - words in addresses of mail and web, and words written so as to be missed.
func CheckNote(text string) []NoteWarning {
	n := readNote(text)
	var out []NoteWarning
	end := 0 // tokens before it are in a warning
	for i := range n {
		kind, from, to := NoteKind(""), i, i
		if e := n[i].entry; e != nil && n.counts(i) {
			kind = e.kind
		} else if f, t, ok := n.always(i); ok {
			kind, from, to = NoteAlways, f, t
		}
		if kind == "" || from < end {
			continue
		}
		end = to + 1
		a, b := n[from].from, n[to].to
		out = append(out, NoteWarning{Kind: kind, Word: text[a:b], From: a, To: b})
	}
	return out
}
