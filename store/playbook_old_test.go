package store_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"pasvorm/model"
	"pasvorm/store"
	"pasvorm/store/storetest"
)

// A playbook that was loaded before topics, rates and the farewell were part of
// it is still in force, and is shown with what it lacks.
func TestAPlaybookOfAnEarlierVersion(t *testing.T) {
	old, err := os.ReadFile("playbook/testdata/before-desk.toml")
	if err != nil {
		t.Fatal(err)
	}
	d := storetest.New(t)
	s := d.As(model.Solo(d.Admin))
	now, _, err := s.Playbook()
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(old), "large_percent = 10", "large_percent = 20", 1)
	if _, err := s.Do(context.Background(), model.LoadPlaybook{Text: own}); err != nil {
		t.Fatal(err)
	}
	play, _, err := s.Playbook()
	if err != nil || play.Thresholds.LargePercent != 20 || len(play.Desk.Topics) == 0 || !reflect.DeepEqual(play.Desk, now.Desk) {
		t.Fatalf("in force: %+v, %v", play, err)
	}
	text, err := s.PlaybookText()
	if err != nil || !strings.HasPrefix(text, own) {
		t.Fatal("what was loaded is not what is shown", err)
	}
	for _, part := range []string{"\n[[topics]]\n", "\n[[channels]]\n", "\n[rates]\n", "\n[desk]\n", "\n[farewell]\n"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not shown", part)
		}
	}
	if err := store.CheckPlaybook("shown.toml", text); err != nil {
		t.Errorf("what is shown cannot be loaded: %v", err)
	}
}
