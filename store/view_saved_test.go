package store_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// viewNames are the views that a person sees.
func viewNames(t *testing.T, d *storetest.Desk, who model.ID) []string {
	t.Helper()
	all, err := d.As(model.Solo(who)).Views()
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, 0, len(all))
	for _, l := range all {
		if (l.View.Owner == who) != l.Mine || l.Owner == "" {
			t.Errorf("%+v of %q", l, l.Owner)
		}
		out = append(out, l.View.Name)
	}
	return out
}

func TestViewsAreSeenByTheirAudience(t *testing.T) {
	d := storetest.New(t)
	for _, v := range []struct {
		who model.ID
		do  model.SaveView
	}{
		{d.Agent, model.SaveView{View: "zebra", Query: "owner:me"}}, {d.Agent, model.SaveView{View: "Apple", Query: "is:key"}},
		{d.Agent2, model.SaveView{View: "Late", Query: "is:overdue", Team: true}}, {d.Agent2, model.SaveView{View: "apple", Query: "is:key"}},
		{d.Lead, model.SaveView{View: "Calls", Query: "due:<fri", Team: true}},
	} {
		d.Must(t, v.who, v.do)
	}
	for who, want := range map[model.ID][]string{d.Agent: {"Calls", "Late", "Apple", "zebra"}, d.Agent2: {"Calls", "Late", "apple"}, d.Admin: {"Calls", "Late"}} {
		if got := viewNames(t, d, who); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	// An admin who acts as somebody sees what that one sees.
	all, err := d.As(model.Actor{Person: d.Agent2, Real: d.Admin}).Views()
	if err != nil || len(all) != 3 {
		t.Errorf("%d views, %v", len(all), err)
	}
}

func TestViewsAreTakenBackAndPutBack(t *testing.T) {
	d := storetest.New(t)
	ctx := context.Background()
	made := d.Must(t, d.Agent, model.SaveView{View: "Mine", Query: "owner:me"}).Made
	d.Must(t, d.Agent, model.SaveView{ID: made, View: "Ours", Query: "owner:me is:key", Team: true})
	d.Must(t, d.Agent, model.DropView{View: made})
	me := d.As(model.Solo(d.Agent))
	for _, want := range []string{"Ours", "Mine", ""} {
		if _, err := me.Undo(ctx, 0, false); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(viewNames(t, d, d.Agent), ","); got != want {
			t.Errorf("%q after undo, want %q", got, want)
		}
	}
	for _, want := range []string{"Mine", "Ours", ""} {
		if _, err := me.Undo(ctx, 0, true); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(viewNames(t, d, d.Agent), ","); got != want {
			t.Errorf("%q after redo, want %q", got, want)
		}
	}
	// The name was taken meanwhile: it does not come back twice.
	d.Must(t, d.Agent2, model.SaveView{View: "ours", Query: "is:key", Team: true})
	if _, err := me.Undo(ctx, 0, false); model.KindOf(err) != model.KindConflict {
		t.Errorf("undo: %v", err)
	}
}

// Two people who give the same name at once: one of them hears of it.
func TestViewNamesAreNotGivenTwice(t *testing.T) {
	d := storetest.New(t)
	errs := make(chan error, 2)
	for _, who := range []model.ID{d.Agent, d.Agent2} {
		go func() {
			_, err := d.Do(context.Background(), model.Solo(who), model.SaveView{View: "Late", Query: "is:overdue", Team: true})
			errs <- err
		}()
	}
	a, b := <-errs, <-errs
	if (a == nil) == (b == nil) {
		t.Errorf("%v and %v", a, b)
	}
	if got := viewNames(t, d, d.Lead); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// An export of what a filter finds is that, in the order customers were added,
// and is noted apart from one of all.
func TestExportOfAFilter(t *testing.T) {
	d := storetest.New(t)
	d.Customer(t, "Petra Jansen")
	d.Customer(t, "Ada Bos")
	d.Customer(t, "Arie Jansen")
	me := d.As(model.Solo(d.Agent))
	export := func(filter string) string {
		var out bytes.Buffer
		rep, err := me.Export(context.Background(), &out, filter, store.ExportJSON)
		if err != nil || rep.Customers != strings.Count(out.String(), "\n") {
			t.Fatalf("%q: %+v %v", filter, rep, err)
		}
		return out.String()
	}
	two := export("jansen")
	if p, a := strings.Index(two, "Petra"), strings.Index(two, "Arie"); p < 0 || a < p || strings.Contains(two, "Bos") {
		t.Errorf("exported %s", two)
	}
	if got := export("qwertyqwerty"); got != "" {
		t.Errorf("exported %s", got)
	}
	if got := export("sort:name"); strings.Count(got, "\n") != 3 {
		t.Errorf("exported %s", got)
	}
	export("jansen") // is covered by the line of all
	var said []string
	lines, err := me.Journal(model.NoID, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.Action == model.ActExport {
			said = append(said, l.Message.ID)
		}
	}
	if !slices.Equal(said, []string{"journal.export", "journal.export.some"}) {
		t.Errorf("the journal says %q", said)
	}
	if _, err := me.Export(context.Background(), &bytes.Buffer{}, "ower:me", store.ExportCSV); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a filter that cannot be read: %v", err)
	}
}
