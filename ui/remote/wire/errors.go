package wire

import "errors"

// Why a session was ended; the cause of its context.
var (
	ErrLine     = errors.New("the line dropped")
	ErrIdle     = errors.New("idle too long")
	ErrStalled  = errors.New("the client stopped reading")
	ErrShutdown = errors.New("the server stops")
	ErrAbuse    = errors.New("the client asked for too much that is refused")
)

// Why somebody is not let in, or a session does not begin. [Config.Word] says
// them; the last five reach the client on the error stream of the session, with
// the exit code [CodeTurnedAway].
var (
	ErrMethod      = errors.New("sign in with a public key; nothing else is accepted here")
	ErrKeyKind     = errors.New("keys of this kind are not accepted; use an ed25519 key, which may be on a security key")
	ErrCertificate = errors.New("certificates are not accepted; sign in with the key itself")
	ErrPenalty     = errors.New("too many sign-ins were refused; try again in a few minutes")
	ErrMany        = errors.New("you have as many sessions as one person may have; end one first")
	ErrFull        = errors.New("the server has as many sessions as it may have; try again later")
	ErrCommand     = errors.New("the command line is too long")
	ErrStopping    = errors.New("the server stops; try again in a minute")
)

// Fault is a panic of the handler, for [Config.Word]. What went wrong is told to
// [Config.Report] alone.
type Fault struct{ Reference string }

func (f *Fault) Error() string {
	if f.Reference == "" {
		return "a fault of the program ended the session"
	}
	return "a fault of the program ended the session; reference " + f.Reference
}

// Exit codes of the line itself.
const (
	CodeFault      = 1 // the handler panicked
	CodeTurnedAway = 8 // a limit of sessions, an overlong command or a server that stops
)
