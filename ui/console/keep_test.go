package console

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
)

// closer keeps something when it is left.
type closer struct {
	probeless
	kept *[]string
	name string
}

func (c closer) Closing() tea.Cmd {
	keep := func(what string) tea.Cmd {
		return func() tea.Msg { *c.kept = append(*c.kept, c.name+what); return nil }
	}
	return tea.Batch(keep("1"), tea.Sequence(keep("2"), keep("3")))
}

// probeless is a screen without anything.
type probeless struct{}

func (probeless) Init() tea.Cmd                          { return nil }
func (p probeless) Update(tea.Msg) (kit.Screen, tea.Cmd) { return p, nil }
func (probeless) View(int, int) string                   { return "" }
func (probeless) Title() string                          { return "" }
func (probeless) Commands() []kit.Command                { return nil }

// When the line drops every screen keeps what it wants, the top one first and
// once only.
func TestKeep(t *testing.T) {
	var kept []string
	r := &Root{}
	for i, name := range []string{"a", "b"} {
		r.stack = append(r.stack, &entry{id: uint64(i), s: closer{kept: &kept, name: name}})
	}
	r.Keep()
	r.Keep()
	want := []string{"b1", "b2", "b3", "a1", "a2", "a3"}
	if len(kept) != len(want) {
		t.Fatalf("kept %v, want %v", kept, want)
	}
	for i := range want {
		if kept[i] != want[i] {
			t.Fatalf("kept %v, want %v", kept, want)
		}
	}
}
