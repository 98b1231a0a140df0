package wire

import "time"

// Limits holds every limit of a server. See DefaultLimits for what is usual.
type Limits struct {
	Handshake         time.Duration // to sign in, and then again to ask for a session
	Idle              time.Duration // without a key pressed; 0 is never
	KeepAlive         time.Duration // between questions whether the client is there
	KeepAliveMissed   int           // unanswered questions until the line is given up
	Stall             time.Duration // a write that nobody reads
	UnauthPerSource   int           // connections at once that have not signed in, by address (IPv6: by /64)
	UnauthAll         int
	SessionsPerPerson int
	SessionsAll       int
	Tries             int // keys offered in one connection, eight at most
	// Refused sign-ins cost their source, and the account of a known key, a wait
	// that doubles from PenaltyFirst to PenaltyMost and is forgotten after
	// PenaltyForget without another.
	PenaltyFirst, PenaltyMost, PenaltyForget time.Duration
	RefusedChannels                          int // in one connection, until it is closed
	Requests                                 int // of one channel before its shell or command; window changes are not counted
	EnvVars                                  int // sent in all; those not wanted are dropped
	EnvBytes                                 int // of one value
	Command                                  int // bytes of a command line
	WindowsPerSecond                         int // size changes looked at; the newest always is
}

// DefaultLimits are the limits of a server that nobody set otherwise.
func DefaultLimits() Limits {
	return Limits{
		Handshake: 20 * time.Second, Idle: time.Hour, KeepAlive: 15 * time.Second, KeepAliveMissed: 4, Stall: 20 * time.Second,
		UnauthPerSource: 10, UnauthAll: 100, SessionsPerPerson: 10, SessionsAll: 1000, Tries: 6,
		PenaltyFirst: time.Second, PenaltyMost: 5 * time.Minute, PenaltyForget: 10 * time.Minute,
		RefusedChannels: 16, Requests: 16, EnvVars: 32, EnvBytes: 256, Command: 32 << 10, WindowsPerSecond: 10,
	}
}

// filled gives the limits with those of [DefaultLimits] where they are zero.
func (l Limits) filled() Limits {
	d := DefaultLimits()
	for _, t := range [...]struct {
		v *time.Duration
		d time.Duration
	}{
		{&l.Handshake, d.Handshake}, {&l.KeepAlive, d.KeepAlive}, {&l.Stall, d.Stall},
		{&l.PenaltyFirst, d.PenaltyFirst}, {&l.PenaltyMost, d.PenaltyMost}, {&l.PenaltyForget, d.PenaltyForget},
	} {
		if *t.v <= 0 {
			*t.v = t.d
		}
	}
	for _, n := range [...]struct {
		v *int
		d int
	}{
		{&l.KeepAliveMissed, d.KeepAliveMissed}, {&l.UnauthPerSource, d.UnauthPerSource}, {&l.UnauthAll, d.UnauthAll},
		{&l.SessionsPerPerson, d.SessionsPerPerson}, {&l.SessionsAll, d.SessionsAll}, {&l.Tries, d.Tries},
		{&l.RefusedChannels, d.RefusedChannels}, {&l.Requests, d.Requests}, {&l.EnvVars, d.EnvVars},
		{&l.EnvBytes, d.EnvBytes}, {&l.Command, d.Command}, {&l.WindowsPerSecond, d.WindowsPerSecond},
	} {
		if *n.v <= 0 {
			*n.v = n.d
		}
	}
	l.Tries = min(l.Tries, mostTries)
	return l
}
