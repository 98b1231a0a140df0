package kit

import tea "charm.land/bubbletea/v2"

// Open asks the console to put a screen on the stack: Kind is its maker's name,
// Arg what that maker takes.
type Open struct {
	Kind string
	Arg  any
}

// Go is as [Open], but comes back to the screen when it is open already: those
// above it are left.
type Go struct {
	Kind string
	Arg  any
}

// Replace is as [Open], but takes the place of the screen that asks.
type Replace struct {
	Kind string
	Arg  any
}

// Back leaves the screen that asks; a screen that is no longer on top is not
// listened to, so that a late answer moves nothing under one's hands.
type Back struct{}

// Level says how a notice is meant.
type Level uint8

// The levels of a notice.
const (
	Info Level = iota
	Done
	Caution
	Wrong
)

// Notice is one sentence shown above the footer until the next key.
type Notice struct {
	Level Level
	Text  string
	// Keys is how many keys more it outlasts: what somebody else has to say comes
	// while one types. Such a notice lies over nothing that has the keys.
	Keys int
}

// Failed reports an error. The console words it for the person; the screen
// that sent it gets it too, so that it can stop waiting.
type Failed struct{ Err error }

// Changed says that the book has come to a revision. A screen reloads what it
// shows; one that is covered gets it when it comes back on top.
type Changed struct{ Rev uint64 }

// FloorChanged says that others came, went, moved or began to type. The screen
// on top asks the floor again for what it shows; one that is covered does when it
// is resumed.
type FloorChanged struct{}

// Resized tells a screen the cells it has, before its first drawing and when
// the window changes.
type Resized struct{ W, H int }

// Resumed tells a screen that it is on top again. Kind names the screen that
// was left.
type Resumed struct{ Kind string }

// Send makes a command that delivers a message.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Tell makes a command that shows a notice.
func Tell(level Level, s string) tea.Cmd { return Send(Notice{Level: level, Text: s}) }

// Fail makes a command that reports an error, nil for no error.
func Fail(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	return Send(Failed{Err: err})
}
