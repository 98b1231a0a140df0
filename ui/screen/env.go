// Package screen holds the pages of the console. A screen keeps cursor, filter
// and page only; what it shows it reads from the desk in commands. Screens open
// each other by kind and never know each other.
package screen

import (
	"context"
	"io"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pasvorm/model"
	"pasvorm/ui"
	"pasvorm/ui/kit"
	"pasvorm/ui/say"
	"pasvorm/ui/text"
)

// Kinds of screen, for kit.Open.
const (
	KindWelcome  = "welcome"  // no argument
	KindDesk     = "desk"     // no argument
	KindCustomer = "customer" // model.ID
	KindEdit     = "edit"     // model.ID; model.NoID or NewCustomer adds a customer
	KindWizard   = "wizard"   // model.ID of the customer
	KindReview   = "review"   // no argument
	KindCase     = "case"     // model.Case
	KindJournal  = "journal"  // model.ID; model.NoID is the whole book
	KindPeople   = "people"   // no argument
	KindImport   = "import"   // no argument
	KindUndo     = "undo"     // UndoAsk

	KindFarewell   = "farewell"    // no argument
	KindFarewellOf = "farewell-of" // FarewellOf, or the model.ID of a customer
	KindReferrals  = "referrals"   // no argument

	KindToday   = "today"   // no argument
	KindPromise = "promise" // PromiseAsk

	KindException = "exception" // ExceptionAsk
	KindTerms     = "terms"     // TermsAsk
	KindStandards = "standards" // no argument
	KindContacts  = "contacts"  // model.ID of the customer

	KindFinance = "finance" // model.ID of the customer
	KindSurvey  = "survey"  // model.ID of the customer
	KindWhale   = "whale"   // no argument

	KindThermometer = "thermometer" // no argument
	KindMirror      = "mirror"      // no argument
	KindSilent      = "silent"      // no argument
	KindVoices      = "voices"      // no argument

	KindImprovements = "improvements" // no argument
	KindImprovement  = "improvement"  // model.ID of the improvement, or TellAsk
	KindImproveFrom  = "improve-from" // ImproveFrom; a model.ID is of a standard, a text is a topic
	KindAnswers      = "answers"      // a topic as text, or no argument
	KindLessons      = "lessons"      // NewLesson, or no argument
	KindViews        = "views"        // the query to be saved as text, or no argument
	KindQueryHelp    = "query-help"   // no argument
	KindTwins        = "twins"        // model.ID of the customer, or TwinsAsk
	KindMerge        = "merge"        // MergeAsk
	KindFairness     = "fairness"     // no argument
	KindWho          = "who"          // no argument
	KindKeys         = "keys"         // model.ID of the person
)

// NewCustomer is the argument of [KindEdit] that adds a customer of whom something
// was typed already, such as in a search that found nobody.
type NewCustomer struct{ Name, Phone, Email, Postcode, HouseNo string }

// Env is what every screen of a session works with. It is made once and shared.
type Env struct {
	Ctx   context.Context //nolint:containedctx // the session's, which ends all its commands
	Desk  ui.Desk
	Text  *text.Text
	Theme *kit.Theme
	Say   say.Speaker
	Me    model.Me // replaced by the console when the role changes: a command copies it out before
	Play  *model.Playbook
	Cal   model.Calendar

	// Book does work on the whole book, such as an import; nil where a session
	// may not.
	Book ui.Book
	// Files opens a file that the person names, and makes the one beside it for
	// lines that could not be read; nil where a session has no files.
	Files Files

	// Floor is who else works on the book now; nil where nobody else can.
	Floor ui.Floor

	// Sample leads to a book with invented customers, for who wants to look
	// round; nil where there is none.
	Sample func() tea.Cmd

	// Tick sends a message after a while, as [tea.Tick]; nil where no clock is
	// shown to run, as in a test that waits until all is quiet.
	Tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd

	recent recentContact // noted last in this session
	wanted *string       // query that a screen wants the desk to show; nil for none
}

// Files is what a screen needs of the file system of the person.
type Files interface {
	// Open opens a file for reading and tells its size in bytes.
	Open(name string) (io.ReadCloser, int64, error)
	// Beside makes the file for the bad lines of another, and gives its name.
	Beside(name string) (io.WriteCloser, string, error)
	// List gives the names of files and folders in a folder that begin as the
	// text does, for completing a name.
	List(begin string) []string
}

// now gives the moment by the desk's clock.
func (e *Env) now() time.Time { return e.Desk.Now() }

// T words a text.
func (e *Env) T(id string, kv ...any) string { return e.Text.T(id, kv...) }

// done carries the receipt of an action back to the screen that asked for it.
type done struct {
	tag     string // which action of the screen
	receipt model.Receipt
}

// do carries out an action in a command. The screen gets a done with its tag,
// or a kit.Failed.
func (e *Env) do(tag string, a model.Action) tea.Cmd {
	return func() tea.Msg {
		r, err := e.Desk.Do(e.Ctx, a)
		if err != nil {
			return kit.Failed{Err: err}
		}
		return done{tag: tag, receipt: r}
	}
}

// report says what an action did and has every screen that shows it read again.
func (e *Env) report(r model.Receipt) tea.Cmd {
	return tea.Batch(e.tell(r), kit.Send(kit.Changed{Rev: uint64(r.Rev)}))
}

// tell words a receipt as a notice: what was done, and what the person should
// hear with it. A bulk change says the same of many customers: once is enough.
func (e *Env) tell(r model.Receipt) tea.Cmd {
	level, s := kit.Done, e.message(r.Message)
	said := map[string]bool{}
	for _, n := range r.Notes {
		level = kit.Caution
		if words := e.message(n); !said[words] {
			said[words] = true
			s += " · " + words
		}
	}
	return kit.Tell(level, s)
}

// nameInWords is the room a name has in a sentence, in cells.
const nameInWords = 40

// message words a message of the book with the name in it cut short: what
// happened stands after it and must not be pushed out of sight.
func (e *Env) message(m model.Message) string {
	if name, ok := m.Args["Customer"].(string); ok && len(name) > nameInWords {
		m.Args = maps.Clone(m.Args)
		m.Args["Customer"] = inWords(name)
	}
	return e.Say.Message(m)
}

// messageOf is as message, on a page of the customer alone, where the name
// before it goes without saying.
func (e *Env) messageOf(m model.Message) string {
	name, _ := m.Args["Customer"].(string)
	return strings.TrimPrefix(e.message(m), inWords(name)+": ")
}

// inWords is a name as a sentence holds it.
func inWords(name string) string {
	return strings.TrimSpace(kit.Cut(kit.Clean(clip(name, nameInWords)), nameInWords))
}
