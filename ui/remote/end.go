package remote

import (
	"errors"
	"time"

	"pasvorm/ui/kit"
	"pasvorm/ui/remote/wire"
	"pasvorm/ui/text"
)

// Why a session was ended here; the wire has reasons of its own.
var (
	errWithdrawn = errors.New("access withdrawn")
	errFlood     = errors.New("too much typed at once")
	errKeyed     = errors.New("ctrl+c")
	errFault     = errors.New("a fault of the program")
)

// endedBy says that a colleague ended the session.
type endedBy struct{ name string }

func (endedBy) Error() string { return "ended by a colleague" }

// Exit codes of a session that did not end by itself; see cli.Run for the others.
const (
	codeFailure    = 1
	codeUsage      = 2
	codeNotAllowed = 6
)

// reason is the word for an end in logs and metrics.
func reason(cause error) string {
	var by endedBy
	switch {
	case cause == nil:
		return "done"
	case errors.Is(cause, wire.ErrLine):
		return "line"
	case errors.Is(cause, wire.ErrIdle):
		return "idle"
	case errors.Is(cause, wire.ErrStalled):
		return "stalled"
	case errors.Is(cause, wire.ErrShutdown):
		return "shutdown"
	case errors.Is(cause, wire.ErrAbuse):
		return "abuse"
	case errors.Is(cause, errWithdrawn):
		return "revoked"
	case errors.Is(cause, errFlood):
		return "flood"
	case errors.Is(cause, errKeyed):
		return "interrupted"
	case errors.Is(cause, errFault):
		return "fault"
	case errors.As(cause, &by):
		return "ended"
	}
	return "other"
}

// code is the exit code of a session that was ended.
func code(cause error) int {
	if r := reason(cause); r == "revoked" || r == "ended" {
		return codeNotAllowed
	}
	return codeFailure
}

// farewell says in a sentence why a session was ended; "" where nobody is left to
// read it or it goes without saying.
func farewell(tx *text.Text, cause error, idle time.Duration) string {
	var by endedBy
	switch {
	case errors.Is(cause, wire.ErrIdle):
		return tx.N("serve.end.idle", max(1, int(idle.Round(time.Minute)/time.Minute)))
	case errors.Is(cause, wire.ErrShutdown):
		return tx.T("serve.end.shutdown")
	case errors.Is(cause, errWithdrawn):
		return tx.T("serve.end.revoked")
	case errors.Is(cause, errFlood):
		return tx.T("serve.end.flood")
	case errors.Is(cause, errFault):
		return tx.T("serve.fault")
	case errors.As(cause, &by):
		return EndedBy(tx, by.name)
	}
	return ""
}

// EndedBy says that a colleague ended a session.
func EndedBy(tx *text.Text, person string) string {
	if person == "" {
		return tx.T("serve.end.somebody")
	}
	return tx.T("serve.end.by", "Person", kit.Clean(person))
}
