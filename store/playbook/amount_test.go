package playbook

import (
	"fmt"
	"testing"

	"github.com/BurntSushi/toml"
	"pgregory.net/rapid"
)

// rateOf reads an amount as it is written in a playbook.
func rateOf(t rapid.TB, amount string) (int64, Problems) {
	t.Helper()
	var values map[string]any
	if _, err := toml.Decode("rate = "+amount, &values); err != nil {
		t.Fatal(err)
	}
	r := &reader{name: "own.toml"}
	return (&table{r: r, values: values}).euros("rate", maxRate), r.problems
}

// Every amount in whole cents is read as it is written, and nothing between.
func TestAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(0, 1000_00).Draw(t, "cents")
		amount := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		if got, problems := rateOf(t, amount); len(problems) != 0 || got != cents {
			t.Fatalf("%s: %d cents, %v", amount, got, problems)
		}
		if cents < 1000_00 {
			between := amount + rapid.StringMatching(`[0-9]{0,4}[1-9]`).Draw(t, "more")
			if _, problems := rateOf(t, between); len(problems) != 1 || problems[0].ID != ProblemBadAmount {
				t.Fatalf("%s: %v", between, problems)
			}
		}
	})
	for amount, want := range map[string]int64{"0": 0, "-0.0": 0, "45": 4500, "1000": 1000_00, "4.5e1": 4500, "0x10": 1600} {
		if got, problems := rateOf(t, amount); len(problems) != 0 || got != want {
			t.Errorf("%s: %d cents, %v", amount, got, problems)
		}
	}
}
