package store_test

import (
	"context"
	"testing"

	"pasvorm/model"
	"pasvorm/store/storetest"
)

// Whoever was merged into another, even one whose card that left as it was, is
// not lost when the coming of the other is taken back.
func TestMergedIntoStays(t *testing.T) {
	d := storetest.New(t)
	ctx := context.Background()
	before := d.Customer(t, "Karel de Vries")
	mustImport(t, d, "name\nKarel de Vries\nSomebody Else\n", model.ImportOptions{})
	all, err := d.As(model.Solo(d.Agent)).Found(ctx, "karel de vries")
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	came := all[0]
	if came == before {
		came = all[1]
	}
	merge := mergeOf(t, d, d.Agent, came, before)
	lines, err := d.As(model.Solo(d.Lead)).Journal(model.NoID, 0, 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.Action == model.ActImportDone {
			if _, err := d.Undo(ctx, model.Solo(d.Lead), l.Rev, false); err != nil {
				t.Fatal(err)
			}
		}
	}
	if row, err := d.As(model.Solo(d.Agent)).Resolve(before.String()); err != nil || row.ID != came {
		t.Errorf("who was there before the import is %v, %v", row, err)
	}
	if n, err := d.As(model.Solo(d.Agent)).Totals(); err != nil || n.Customers != 1 {
		t.Errorf("%d customers, %v", n.Customers, err)
	}
	if _, err := d.Undo(ctx, model.Solo(d.Agent), merge.Rev, false); err != nil {
		t.Error(err)
	}
	healthy(t, d)

	a := d.Must(t, d.Agent, model.AddCustomer{Values: map[string]string{"name": "Petra"}})
	b := d.Customer(t, "Petra")
	mergeOf(t, d, d.Agent, a.Made, b)
	_, err = d.Undo(ctx, model.Solo(d.Agent), a.Rev, false)
	wantError(t, err, model.KindConflict, "error.undo.changed")
	for range 2 { // the merge, then Petra
		if _, err := d.Undo(ctx, model.Solo(d.Agent), 0, false); err != nil {
			t.Fatal(err)
		}
	}
	healthy(t, d)
}
