package kit

import tea "charm.land/bubbletea/v2"

// Screen is one page of the console. It holds cursor, filter and page only and
// reads what it shows from the book in commands, never in Update or View.
type Screen interface {
	// Init gives the first command, mostly the loading of what is shown.
	Init() tea.Cmd
	// Update takes a message and gives the screen to go on with. Keys that are
	// commands never arrive here.
	Update(msg tea.Msg) (Screen, tea.Cmd)
	// View draws exactly h rows of w cells at most. Rows left out are blank.
	View(w, h int) string
	// Title is the screen's name in the header, cleaned.
	Title() string
	// Commands are what a person can do here and now.
	Commands() []Command
}

// Typist is a screen that may have a text field in focus. While Typing is true
// printing keys are text, never commands.
type Typist interface{ Typing() bool }

// Pointer is a screen that shows the terminal's own cursor, at a place within
// its view.
type Pointer interface {
	Cursor() (x, y int, ok bool)
}

// Located is a screen that is about one thing, such as a customer, or now and
// then is. About gives a value that can be compared, nil for nothing.
type Located interface{ About() any }

// Footed is a screen with rows at its bottom that have the keys now and then,
// which what comes from others must not lie over.
type Footed interface{ Foot() int }

// Closer is a screen with something to keep when it is left, such as a draft.
// The command is run to its end before the program goes on to quit.
type Closer interface{ Closing() tea.Cmd }
