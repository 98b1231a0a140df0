package cli

import (
	"bytes"
	"testing"

	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// TestCheckNotes prints each warning once, on standard error, cleaned.
func TestCheckNotes(t *testing.T) {
	for _, c := range []struct {
		lang, want string
		notes      []string
	}{
		{"en", "", nil},
		{"en", "", []string{"", "calls always after four"}},
		{"en", "! “idiot” names the person, not the event: write what was said or done.\n" +
			"! “Turk” is about origin, which we do not keep: write what was said or done, or the language to use.\n",
			[]string{"an idiot", "that Turk, an idiot"}},
		{"en", "! “idi·ot” names the person, not the event: write what was said or done.\n", []string{"idi\u202eot"}},
		{"nl", "! “zeurt weer” geldt voor niemand: schrijf wat er deze keer gezegd of gedaan is.\n", []string{"zeurt weer", "zeurt weer!"}},
	} {
		tx, err := text.Load(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		a := &app{Deps: Deps{Out: &out, Err: &errs}, tx: tx, say: say.Speaker{Text: tx}}
		a.checkNotes(c.notes...)
		if errs.String() != c.want || out.Len() > 0 {
			t.Errorf("%q: %q on standard error, %q on standard output", c.notes, errs.String(), out.String())
		}
	}
}
