package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
	"pasvorm/ui"
)

// between is a book on which a colleague is quicker: what they do comes after
// the verb has read and before it writes.
type between struct {
	*store.Session
	whole
	first func()
}

// whole is the work on the book as a whole, behind that of a person.
type whole struct{ *store.Book }

func (b *between) Do(ctx context.Context, a model.Action) (model.Receipt, error) {
	if b.first != nil {
		b.first()
		b.first = nil
	}
	return b.Session.Do(ctx, a)
}

func (*between) Close() error { return nil }

// oneBook opens one book, whatever is asked for.
type oneBook struct{ b ui.Book }

func (oneBook) DefaultPath() string                                   { return "/nowhere" }
func (l oneBook) Open(context.Context, ui.Opening) (ui.Book, error)   { return l.b, nil }
func (l oneBook) OpenSample(context.Context, string) (ui.Book, error) { return l.b, nil }

// An edit in which a colleague was first says both versions field by field and
// how to go on, and writes nothing.
func TestEditConflict(t *testing.T) {
	d := storetest.New(t)
	id := d.Customer(t, "Petra Jansen", "number", "1001", "phone", "030-1", "owner", d.Agent.String())
	edit := func(lang string, more ...string) (int, string) {
		b := &between{Session: d.As(model.Solo(d.Agent)), whole: whole{d.Book}, first: func() {
			was := model.FieldValues(card(t, d, id))
			d.Must(t, d.Lead, model.EditCustomer{Customer: id, Was: map[string]string{"phone": was["phone"], "owner": was["owner"]},
				Now: map[string]string{"phone": was["phone"] + "0", "owner": d.Lead.String()}})
		}}
		var out, errs bytes.Buffer
		code := Run(context.Background(), append([]string{"edit", "1001", "phone=030-9", "owner=Milan", "town=Zeist", "--lang", lang}, more...),
			Deps{Library: oneBook{b}, In: strings.NewReader(""), Out: &out, Err: &errs, Env: func(string) string { return "" }, Version: "test"})
		return code, errs.String()
	}
	code, errs := edit("en")
	want := `pasvorm: A colleague changed the same details of Petra Jansen meanwhile. Look at both and choose what is right.
  Phone: it was “030-1”, you made it “030-9”, a colleague made it “030-10”
  Owner: it was “Karin”, you made it “Milan”, a colleague made it “Anna”
Nothing was saved. Leave it to keep theirs; run the line again to write yours over it, or with both joined.
`
	if code != exitConflict || errs != want {
		t.Errorf("%d\n%s", code, errs)
	}
	if c := card(t, d, id); c.Town != "" || c.Phone != "030-10" {
		t.Errorf("written: %+v", c)
	}
	if code, errs = edit("nl"); code != exitConflict || !strings.Contains(errs, "Er is niets opgeslagen.") {
		t.Errorf("%d\n%s", code, errs)
	}
	code, errs = edit("en", "--json")
	for _, s := range []string{`"code":7`, `"field":"phone"`, `"yours":"030-9"`, `"stand":"030-1000"`} {
		if !strings.Contains(errs, s) {
			t.Errorf("%d: no %s in %s", code, s, errs)
		}
	}
}

func card(t *testing.T, d *storetest.Desk, id model.ID) *model.Customer {
	t.Helper()
	c, err := d.As(model.Solo(d.Lead)).Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	return c.Customer
}
