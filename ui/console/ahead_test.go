package console

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/kit"
	"pasvorm/ui/text"
)

// Keys typed ahead, as over a slow line, reach the screen they were meant for:
// a key that opens a screen has opened it before the next key is looked at.
func TestKeysTypedAhead(t *testing.T) {
	tx, err := text.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	noted := false
	card := &probe{title: "Card"}
	desk := &probe{title: "Desk", cmds: []kit.Command{
		{ID: "help", Keys: []string{"w"}, Moves: true, Run: func() tea.Cmd { return kit.Send(kit.Open{Kind: "card"}) }},
		{ID: "quit", Keys: []string{"1"}, Run: func() tea.Cmd { noted = true; return nil }},
	}}
	r := New(Config{Text: tx, Theme: kit.NewTheme(true), Start: kit.Open{Kind: "desk"}, Makers: map[string]func(any) kit.Screen{
		"desk": func(any) kit.Screen { return desk },
		"card": func(any) kit.Screen { return card },
	}})
	r.Init()
	r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for _, key := range "w1" { // no command has been run between the two
		r.Update(tea.KeyPressMsg{Code: key, Text: string(key)})
	}
	if noted {
		t.Error("the key went to the screen below")
	}
	if n := len(card.seen); n == 0 || card.seen[n-1] != "1" {
		t.Errorf("the new screen saw %v", card.seen)
	}
}
