package wire

import (
	"time"

	"golang.org/x/crypto/ssh"
)

// loop serves a connection until the library has let go of it and the handler has
// returned. It is the one place that answers the client: whatever takes long runs
// beside it. Closing the line is how everything here ends.
func (c *conn) loop(chans <-chan ssh.NewChannel, reqs <-chan *ssh.Request) {
	c.answer = make(chan struct{}, 1)
	wake := time.NewTimer(0)
	defer wake.Stop()
	closed := c.srv.closed
	var asked <-chan *ssh.Request // of the session's channel
	var ended <-chan struct{}     // the session
	for chans != nil || reqs != nil || asked != nil || c.done != nil {
		select {
		case nc, ok := <-chans:
			if !ok {
				chans = nil
				c.drop(ErrLine)
				break
			}
			if in := c.channel(nc); in != nil {
				asked, ended = in, c.session.ctx.Done()
			}
		case r, ok := <-reqs:
			if !ok {
				reqs = nil
				break
			}
			c.global(r)
		case r, ok := <-asked:
			if !ok { // the client closed the channel
				asked = nil
				c.drop(ErrLine)
				break
			}
			c.request(r)
		case <-ended:
			if ended = nil; c.done != nil {
				c.leave(grace)
			}
		case <-c.done:
			c.done = nil
			c.leave(parting)
		case <-c.answer:
			c.asking = time.Time{}
		case <-closed:
			closed = nil
			if !c.running {
				c.close()
			}
		case <-wake.C:
		}
		wake.Reset(c.tick(time.Now()))
	}
	if c.session != nil {
		c.session.cancel(nil)
	}
}

// drop ends everything: there is nobody at the other end.
func (c *conn) drop(cause error) {
	if c.session != nil {
		if c.line.stalled.Load() {
			cause = ErrStalled
		}
		c.session.cancel(cause)
	}
	c.close()
}

// close closes the line. The loop goes on until all who use it have noticed.
func (c *conn) close() {
	c.over = true
	_ = c.line.Close()
}

// leave has the line closed after a while.
func (c *conn) leave(after time.Duration) { c.leaveBy = time.Now().Add(min(after, c.srv.lim.Stall)) }

// tick does what is due and gives the time until it must look again.
func (c *conn) tick(now time.Time) time.Duration {
	if c.over {
		return time.Hour
	}
	lim := &c.srv.lim
	// A quarter of the stall time is how late a client is found not to read.
	next := now.Add(min(lim.KeepAlive, lim.Stall/4))
	sooner := func(t time.Time) {
		if t.Before(next) {
			next = t
		}
	}
	switch {
	case !c.leaveBy.IsZero():
		if !now.Before(c.leaveBy) {
			c.close()
			return time.Hour
		}
		sooner(c.leaveBy)
	case !c.running:
		if !now.Before(c.startBy) {
			c.srv.refused("no-session", c.from, "person", c.id.Person)
			c.close()
			return time.Hour
		}
		sooner(c.startBy)
	default:
		if lim.Idle > 0 {
			idle := c.session.used().Add(lim.Idle)
			if !now.Before(idle) {
				c.session.End(ErrIdle)
				return lim.Stall
			}
			sooner(idle)
		}
		if !c.nextAt.IsZero() {
			if !now.Before(c.nextAt) {
				c.show(c.next, now)
			} else {
				sooner(c.nextAt)
			}
		}
	}
	sooner(c.check(now))
	return max(next.Sub(now), time.Millisecond)
}

// check finds out whether the client is there, and gives when to look again. What
// the client sends of its own is as good as an answer, and so is that it takes
// what a command gives it. It is asked after [Limits.KeepAlive] of silence, and an
// answer may take [Limits.KeepAliveMissed] times as long. A terminal that was
// shown something is asked after a quarter of [Limits.Stall] and has the whole of
// it to answer: what a console shows is too little to ever block a write.
func (c *conn) check(now time.Time) time.Time {
	lim := &c.srv.lim
	heard := time.Unix(0, c.line.in.Load())
	shown := false
	if s := c.session; s != nil {
		switch wrote := time.Unix(0, s.wrote.Load()); {
		case s.tty:
			shown = wrote.After(heard)
		case wrote.After(heard):
			heard = wrote
		}
	}
	if c.asking.IsZero() {
		due := heard.Add(lim.KeepAlive)
		if shown {
			due = heard.Add(min(lim.KeepAlive, lim.Stall/4))
		}
		if now.Before(due) {
			return due
		}
		c.asking = now
		c.wg.Go(func() {
			if c.asks() {
				c.answer <- struct{}{}
			}
		})
	}
	since := c.asking
	if heard.After(since) {
		since = heard
	}
	by, cause := since.Add(lim.KeepAlive*time.Duration(lim.KeepAliveMissed)), ErrLine
	if stall := since.Add(lim.Stall); shown && stall.Before(by) {
		by, cause = stall, ErrStalled
	}
	if !now.Before(by) {
		c.srv.refused("silent-client", c.from, "person", c.id.Person)
		c.drop(cause)
		return now.Add(time.Hour)
	}
	return by
}

// deny counts what a client asked for in vain, and closes the line of one that
// does not stop.
func (c *conn) deny(what string) {
	c.refused++
	c.srv.refused(what, c.from, "person", c.id.Person)
	if c.refused >= c.srv.lim.RefusedChannels {
		c.abuse()
	}
}

// abuse cuts a client off. What is on its way still is not looked at.
func (c *conn) abuse() {
	c.srv.refused("abuse", c.from, "person", c.id.Person)
	c.drop(ErrAbuse)
}

// channel answers a request for a channel. The one session channel is taken, with
// the requests that come on it.
func (c *conn) channel(nc ssh.NewChannel) <-chan *ssh.Request {
	switch {
	case c.over:
		return nil
	case nc.ChannelType() != "session":
		_ = nc.Reject(ssh.Prohibited, "nothing but a session is possible here")
		c.deny("channel")
		return nil
	case c.session != nil:
		_ = nc.Reject(ssh.Prohibited, "one session a connection")
		c.deny("channel-second")
		return nil
	case len(nc.ExtraData()) > 0:
		_ = nc.Reject(ssh.ConnectionFailed, "malformed request")
		c.deny("channel")
		return nil
	}
	ch, reqs, err := nc.Accept()
	if err != nil {
		return nil // the line dropped; its channels will be closed
	}
	c.session = newSession(c, ch)
	return reqs
}

// global answers a request about the connection. Forwarding is asked for here.
func (c *conn) global(r *ssh.Request) {
	if c.over {
		return
	}
	_ = r.Reply(false, nil)
	switch r.Type {
	case question, "no-more-sessions@openssh.com", "hostkeys-prove-00@openssh.com":
	default:
		c.deny("global")
	}
}

// request answers a request on the session's channel.
func (c *conn) request(r *ssh.Request) {
	if c.over {
		return
	}
	switch r.Type {
	case "window-change":
		c.resize(r.Payload)
		_ = r.Reply(true, nil)
	case question, "eow@openssh.com", "winadj@putty.projects.tartarus.org", "signal", "break":
		_ = r.Reply(false, nil) // what clients send of their own accord, and we have no use for
	case "env":
		c.variable(r)
	case "pty-req", "shell", "exec":
		if c.running {
			_ = r.Reply(false, nil)
			c.deny("request-late")
			return
		}
		if c.asked++; c.asked > c.srv.lim.Requests {
			c.abuse()
			return
		}
		if !c.prepare(r) {
			_ = r.Reply(false, nil)
			c.deny("request-malformed")
		}
	default: // a subsystem, an agent, X11 and whatever comes after them
		_ = r.Reply(false, nil)
		label := "request"
		switch r.Type {
		case "subsystem":
			label = "subsystem"
		case "x11-req":
			label = "x11"
		case "auth-agent-req@openssh.com":
			label = "agent"
		}
		c.deny(label)
	}
}

// prepare does what a request before the session asks for, and answers it; false
// when it makes no sense.
func (c *conn) prepare(r *ssh.Request) bool {
	s := c.session
	switch r.Type {
	case "pty-req":
		term, w, err := parsePTY(r.Payload)
		if err != nil || s.tty {
			return false
		}
		s.env["TERM"], s.win, s.tty = term, w, true
		_ = r.Reply(true, nil)
		return true
	case "shell":
		if len(r.Payload) > 0 {
			return false
		}
		_ = r.Reply(true, nil)
		c.begin(nil)
		return true
	}
	line, err := parseCommand(r.Payload, c.srv.lim.Command)
	if err != nil && err != ErrCommand { //nolint:errorlint // our own, never wrapped
		return false
	}
	s.command, s.exec = line, true
	_ = r.Reply(true, nil)
	c.begin(err)
	return true
}

// variable takes a variable of the environment. Those that are not wanted are
// dropped without a word, as clients send what their users set.
func (c *conn) variable(r *ssh.Request) {
	if c.running {
		_ = r.Reply(false, nil)
		c.deny("request-late")
		return
	}
	if c.vars++; c.vars > c.srv.lim.EnvVars {
		c.srv.refused("env", c.from, "person", c.id.Person)
		c.abuse()
		return
	}
	name, value, err := parseEnv(r.Payload, c.srv.lim.EnvBytes)
	if err != nil {
		_ = r.Reply(false, nil)
		c.deny("request-malformed")
		return
	}
	if name != "" && (name != "TERM" || !c.session.tty) {
		c.session.env[name] = value
	}
	_ = r.Reply(name != "", nil)
}

// resize takes a change of size. Of a flood only so many a second are made known,
// and always the last.
func (c *conn) resize(payload []byte) {
	w, err := parseWindow(payload)
	if err != nil || !c.session.tty {
		c.deny("request-malformed")
		return
	}
	now := time.Now()
	if turn := c.shown.Add(time.Second / time.Duration(c.srv.lim.WindowsPerSecond)); c.running && now.Before(turn) {
		c.next, c.nextAt = w, turn
		return
	}
	c.show(w, now)
}

func (c *conn) show(w Window, now time.Time) {
	c.nextAt, c.shown = time.Time{}, now
	if !c.running {
		c.session.win = w
		return
	}
	c.session.resize(w)
}
