package screen

import (
	"testing"

	"pasvorm/model"
	"pasvorm/ui/kit"
	"pasvorm/ui/kittest"
)

// A reason or a banner that was being typed when somebody left, or the line
// dropped, is offered the next time; saving takes the draft away.
func TestLinesAreKeptAsDrafts(t *testing.T) {
	for _, c := range []struct {
		name, kind, key string
		who             func(b *fitBench) model.ID
		arg             func(b *fitBench) any
		rest            []string // typed after the draft was taken, before enter
	}{
		{"flag", KindCustomer, "!", func(b *fitBench) model.ID { return b.Agent }, func(b *fitBench) any { return b.customer }, nil},
		{"clear in the queue", KindReview, "c", func(b *fitBench) model.ID { return b.Lead }, func(*fitBench) any { return nil }, nil},
		{"banner", KindCustomer, "b", func(b *fitBench) model.ID { return b.Agent }, func(b *fitBench) any { return b.customer }, []string{"tab", "2", "8", "enter"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := flagged(t)
			who, arg := c.who(b), c.arg(b)
			drafts := func() int {
				n := 0
				for _, form := range []string{"flag/" + b.customer.String(), "banner/" + b.customer.String(), "clear/" + flagOf(t, b).String()} {
					d, err := b.As(model.Solo(who)).Draft(form)
					if err != nil {
						t.Fatal(err)
					}
					if d != nil {
						n++
					}
				}
				return n
			}
			open := func() *kittest.Driver {
				if c.kind == KindReview {
					return b.open(who, "en", 80, 24, c.kind, arg)
				}
				return deskRigWith(t, b.Desk, b.As(model.Solo(who)), "en", 80, 24, kit.Open{Kind: c.kind, Arg: arg}).Driver
			}
			r := open()
			r.Key(c.key)
			r.Type("half a sentence")
			r.Key("esc")
			r.Contains("kept as a draft")
			if drafts() != 1 {
				t.Fatal("no draft")
			}
			r = open()
			r.Key(c.key)
			r.Contains("half a sentence")
			r.Type("x") // whoever types goes their own way
			r.Lacks("half a sentence")
			r.Key("backspace")
			r.Key("esc")
			if drafts() != 1 {
				t.Fatal("gone by looking")
			}
			r.Key(c.key)
			r.Key("enter")
			r.Type(" made whole")
			if len(c.rest) == 0 {
				r.Key("enter")
			} else {
				r.Keys(c.rest...)
			}
			if drafts() != 0 {
				t.Errorf("a draft stays behind:\n%s", r.Screen())
			}
		})
	}
}

func TestLineDraftIsThrownAway(t *testing.T) {
	b := flagged(t)
	r := deskRigWith(t, b.Desk, b.As(model.Solo(b.Agent)), "en", 80, 24, kit.Open{Kind: KindCustomer, Arg: b.customer})
	r.Key("b")
	r.Type("half a sentence")
	r.Key("esc")
	r.Key("b")
	r.Contains("half a sentence")
	r.Key("ctrl+x")
	r.Lacks("half a sentence")
	r.Key("esc")
	r.Key("b")
	r.Lacks("half a sentence")
}

func flagOf(t *testing.T, b *fitBench) model.ID {
	t.Helper()
	d, err := b.As(model.Solo(b.Lead)).Customer(b.customer)
	if err != nil || len(d.Flags) == 0 {
		t.Fatal(err, d.Flags)
	}
	return d.Flags[0].ID
}
