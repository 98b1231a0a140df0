package kit

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pasvorm/ui/text"
)

// Command is one thing a person can do on a screen. It is declared once and
// feeds key matching, the footer, help, the palette and the generated key page.
//
// Its words are in the catalogue: cmd.<ID> is the title, cmd.<ID>.short the
// label in the footer (the title when there is none), cmd.group.<Group> the
// heading in help.
type Command struct {
	// ID names the command and its texts, dotted lower-case words.
	ID string
	// Keys are the keys that run it as Bubble Tea names them: "j", "down",
	// "ctrl+p", "space". The first one is shown.
	Keys []string
	// Group gathers commands in help: move, look, change, go, program.
	Group string
	// Danger marks what loses something; a repeated key never runs it.
	Danger bool
	// Footer is the priority in the footer, highest first; 0 keeps it out.
	Footer int
	// WhyNot says in a sentence why the command does not work now; nil or ""
	// means it does.
	WhyNot func() string
	// Run does it. It may return nil.
	Run func() tea.Cmd
	// RunKey takes the place of Run for a command whose keys differ in what
	// they do, such as the digits of an answer; it gets the key.
	RunKey func(key string) tea.Cmd
	// Moves says that Run does no more than open a screen: its message is taken
	// before the next key, so that keys typed ahead, as over a slow line, reach
	// the screen they were meant for. A command with Goes moves as well.
	Moves bool
	// Goes is the screen the command leads to, if it is one; there the console
	// does not offer it.
	Goes Open
	// Shown is how the keys are written when that is not the first one: "1-4".
	Shown string
}

// Do runs the command as by the key; "" stands for its first key.
func (c *Command) Do(key string) tea.Cmd {
	switch {
	case c.RunKey != nil && key == "" && len(c.Keys) > 0:
		return c.RunKey(c.Keys[0])
	case c.RunKey != nil:
		return c.RunKey(key)
	case c.Run != nil:
		return c.Run()
	}
	return nil
}

// Reason is why the command does not work now, "" when it does.
func (c *Command) Reason() string {
	if c.WhyNot == nil {
		return ""
	}
	return c.WhyNot()
}

// Title is the command in words.
func (c *Command) Title(tx *text.Text) string { return tx.T("cmd." + c.ID) }

// Short is the command in one or two words, for the footer.
func (c *Command) Short(tx *text.Text) string {
	if id := "cmd." + c.ID + ".short"; tx.Has(id) {
		return tx.T(id)
	}
	return c.Title(tx)
}

// Match finds the command a key runs. With several, the first one that works
// now wins, then the first at all: its reason is worth saying.
func Match(cmds []Command, msg tea.KeyPressMsg) (*Command, bool) {
	key := msg.String()
	var found *Command
	for i := range cmds {
		if !slices.Contains(cmds[i].Keys, key) {
			continue
		}
		if cmds[i].Reason() == "" {
			return &cmds[i], true
		}
		if found == nil {
			found = &cmds[i]
		}
	}
	return found, found != nil
}

// Printing tells whether a key writes something into a text field; while one
// has the focus such a key is never a command.
func Printing(msg tea.KeyPressMsg) bool {
	return msg.Text != "" && msg.Mod&^(tea.ModShift|tea.ModCapsLock|tea.ModNumLock|tea.ModScrollLock) == 0
}

// Editing tells whether a key moves or deletes within a text field.
func Editing(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "backspace", "delete", "left", "right", "home", "end":
		return true
	}
	return false
}

// KeyLabel is a key as people read it, with the names of the language.
func KeyLabel(tx *text.Text, key string) string {
	if id := "kit.key." + key; tx.Has(id) {
		return tx.T(id)
	}
	return key
}
