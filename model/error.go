package model

import (
	"errors"
	"fmt"
	"strings"
)

// ErrorKind sorts errors for exit codes and for what a screen does with them.
type ErrorKind string

// The kinds of error a person can meet.
const (
	KindUsage      ErrorKind = "usage"       // the call's words are off
	KindInvalid    ErrorKind = "invalid"     // the input breaks a rule
	KindNotFound   ErrorKind = "not-found"   // no such record
	KindAmbiguous  ErrorKind = "ambiguous"   // several records match
	KindNotAllowed ErrorKind = "not-allowed" // the person lacks the right, or a safeguard holds
	KindConflict   ErrorKind = "conflict"    // somebody changed it meanwhile
	KindBusy       ErrorKind = "busy"        // another process holds the book
	KindReadOnly   ErrorKind = "read-only"   // the book cannot be written now (full disk, no permission)
	KindCorrupt    ErrorKind = "corrupt"     // a record or the file fails its check
	KindLost       ErrorKind = "lost"        // the line to the server was lost
	KindInternal   ErrorKind = "internal"    // a fault of the program
)

// Error is an error for people: a kind, a sentence by its text id with
// arguments, and a next step where one is known. The cause goes to the log
// only, for it may hold more than a screen should show.
type Error struct {
	Kind  ErrorKind
	ID    string         // text id of the sentence
	Args  map[string]any // for the sentence
	Hint  string         // text id of what to do next; may be empty
	Cause error          // for the log

	Fields     []FieldConflict // for KindConflict of an edit
	Candidates []Candidate     // for KindAmbiguous
}

// FieldConflict is one field that two people changed at once.
type FieldConflict struct {
	Field string // id from [Fields]
	Was   string // when the edit began
	Yours string
	Stand string // what stands in the book now
}

// Candidate is one of several customers that match a search.
type Candidate struct {
	ID     ID     `json:"id"`
	Number string `json:"number"`
	Name   string `json:"name"`
	Town   string `json:"town"`
}

// Error gives the kind and id; it is meant for logs and tests, people see the
// worded sentence.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Kind))
	b.WriteString(": ")
	b.WriteString(e.ID)
	if e.Cause != nil {
		b.WriteString(": ")
		b.WriteString(e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// WithHint names what the person can do next.
func (e *Error) WithHint(id string) *Error { e.Hint = id; return e }

func newError(kind ErrorKind, id string, kv []any) *Error {
	return &Error{Kind: kind, ID: id, Args: argMap(kv)}
}

// Invalid makes an error of [KindInvalid] with key and value pairs as arguments.
func Invalid(id string, kv ...any) *Error { return newError(KindInvalid, id, kv) }

// NotFound makes an error of [KindNotFound].
func NotFound(id string, kv ...any) *Error { return newError(KindNotFound, id, kv) }

// NotAllowed makes an error of [KindNotAllowed].
func NotAllowed(id string, kv ...any) *Error { return newError(KindNotAllowed, id, kv) }

// NewError makes an error of any kind.
func NewError(kind ErrorKind, id string, kv ...any) *Error { return newError(kind, id, kv) }

// KindOf tells the kind of an error; anything that is no [*Error] is internal.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// Message is something to say: a text id and its arguments. Arguments are
// strings and whole numbers only, so that a message reads back as written.
type Message struct {
	ID   string         `cbor:"1,keyasint" json:"id"`
	Args map[string]any `cbor:"2,keyasint,omitempty" json:"args,omitempty"`
}

// Say makes a message from key and value pairs.
func Say(id string, kv ...any) Message { return Message{ID: id, Args: argMap(kv)} }

func argMap(kv []any) map[string]any {
	if len(kv) == 0 {
		return nil
	}
	m := make(map[string]any, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		k, _ := kv[i].(string)
		switch v := kv[i+1].(type) {
		case string, int, int64, uint64:
			m[k] = v
		case interface{ String() string }:
			m[k] = v.String()
		default:
			m[k] = fmt.Sprint(v)
		}
	}
	return m
}
