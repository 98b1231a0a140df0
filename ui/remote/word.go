package remote

import (
	"errors"

	"pasvorm/ui/remote/wire"
	"pasvorm/ui/say"
)

// lines are the texts of what the line itself refuses.
var lines = map[error]string{
	wire.ErrMethod:      "serve.line.method",
	wire.ErrKeyKind:     "serve.line.kind",
	wire.ErrCertificate: "serve.line.certificate",
	wire.ErrPenalty:     "serve.line.penalty",
	wire.ErrMany:        "serve.line.many",
	wire.ErrFull:        "serve.line.full",
	wire.ErrCommand:     "serve.line.command",
	wire.ErrStopping:    "serve.line.stopping",
}

// word says to somebody who is not let in why that is, in the language of the
// settings: theirs is not known yet.
func (s *Server) word(err error) string {
	var fault *wire.Fault
	if errors.As(err, &fault) {
		return s.faulted(s.words, fault.Reference)
	}
	for e, id := range lines {
		if errors.Is(err, e) {
			return s.words.T(id)
		}
	}
	return say.Speaker{Text: s.words}.Error(err)
}
