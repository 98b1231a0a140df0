package settings

import (
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// setting is one line of the file: where it goes and what it may be.
type setting struct {
	key string
	// at points into the settings: *string, *int, *time.Duration, *fs.FileMode or
	// *slog.Level.
	at        func(*Settings) any
	low, high int64    // of a number or, in nanoseconds, of a duration; both are allowed
	never     bool     // 0 is allowed too, below low
	choices   []string // of a text; nil for any that check takes
	check     func(string) bool
	wrong     string // text id of what is said when check does not take it
}

const (
	ms  = int64(time.Millisecond)
	sec = int64(time.Second)
	hr  = int64(time.Hour)
)

// table is every setting, in the order of the file.
var table = []setting{
	{key: "reach.listen", at: func(s *Settings) any { return &s.Listen }, check: address, wrong: "error.settings.address"},
	{key: "reach.socket", at: func(s *Settings) any { return &s.Socket }, check: path, wrong: "error.settings.path"},
	{key: "reach.socket_mode", at: func(s *Settings) any { return &s.SocketMode }, choices: []string{"0600", "0660", "0666"}},
	{key: "reach.socket_group", at: func(s *Settings) any { return &s.SocketGroup }, check: group, wrong: "error.settings.group"},
	{key: "reach.host_key", at: func(s *Settings) any { return &s.HostKey }, check: path, wrong: "error.settings.path"},
	{key: "reach.metrics", at: func(s *Settings) any { return &s.Metrics }, check: loopback, wrong: "error.settings.loopback"},
	{key: "console.language", at: func(s *Settings) any { return &s.Language }, choices: []string{"en", "nl"}},
	{key: "console.frames_per_second", at: func(s *Settings) any { return &s.FPS }, low: 1, high: 60},
	{key: "console.calm", at: func(s *Settings) any { return &s.Calm }, high: 10 * sec},
	{key: "people.revoke", at: func(s *Settings) any { return &s.Revoke }, low: 100 * ms, high: 5 * sec},
	{key: "stop.drain", at: func(s *Settings) any { return &s.Drain }, high: hr},
	{key: "log.level", at: func(s *Settings) any { return &s.LogLevel }, choices: []string{"debug", "info", "warn", "error"}},
	{key: "log.format", at: func(s *Settings) any { return &s.LogFormat }, choices: []string{"json", "text"}},

	{key: "limits.handshake", at: func(s *Settings) any { return &s.Wire.Handshake }, low: sec, high: 300 * sec},
	{key: "limits.idle", at: func(s *Settings) any { return &s.Wire.Idle }, low: 60 * sec, high: 168 * hr, never: true},
	{key: "limits.keep_alive", at: func(s *Settings) any { return &s.Wire.KeepAlive }, low: sec, high: 600 * sec},
	{key: "limits.keep_alive_missed", at: func(s *Settings) any { return &s.Wire.KeepAliveMissed }, low: 1, high: 100},
	{key: "limits.stall", at: func(s *Settings) any { return &s.Wire.Stall }, low: sec, high: 30 * sec},
	{key: "limits.unauth_per_source", at: func(s *Settings) any { return &s.Wire.UnauthPerSource }, low: 1, high: 10_000},
	{key: "limits.unauth_all", at: func(s *Settings) any { return &s.Wire.UnauthAll }, low: 1, high: 100_000},
	{key: "limits.sessions_per_person", at: func(s *Settings) any { return &s.Wire.SessionsPerPerson }, low: 1, high: 1000},
	{key: "limits.sessions_all", at: func(s *Settings) any { return &s.Wire.SessionsAll }, low: 1, high: 100_000},
	{key: "limits.tries", at: func(s *Settings) any { return &s.Wire.Tries }, low: 1, high: 8},
	{key: "limits.penalty_first", at: func(s *Settings) any { return &s.Wire.PenaltyFirst }, low: 10 * ms, high: 60 * sec},
	{key: "limits.penalty_most", at: func(s *Settings) any { return &s.Wire.PenaltyMost }, low: sec, high: 24 * hr},
	{key: "limits.penalty_forget", at: func(s *Settings) any { return &s.Wire.PenaltyForget }, low: sec, high: 168 * hr},
	{key: "limits.refused_channels", at: func(s *Settings) any { return &s.Wire.RefusedChannels }, low: 1, high: 10_000},
	{key: "limits.requests", at: func(s *Settings) any { return &s.Wire.Requests }, low: 4, high: 1000},
	{key: "limits.env_vars", at: func(s *Settings) any { return &s.Wire.EnvVars }, high: 1000},
	{key: "limits.env_bytes", at: func(s *Settings) any { return &s.Wire.EnvBytes }, low: 16, high: 4096},
	{key: "limits.command", at: func(s *Settings) any { return &s.Wire.Command }, low: 256, high: 1 << 20},
	{key: "limits.windows_per_second", at: func(s *Settings) any { return &s.Wire.WindowsPerSecond }, low: 1, high: 1000},
}

// notAbove are pairs of settings of which the first may not be above the second.
var notAbove = [][2]string{
	{"limits.unauth_per_source", "limits.unauth_all"},
	{"limits.sessions_per_person", "limits.sessions_all"},
	{"limits.penalty_first", "limits.penalty_most"},
	{"limits.penalty_most", "limits.penalty_forget"},
}

func named(key string) *setting {
	i := slices.IndexFunc(table, func(s setting) bool { return s.key == key })
	if i < 0 {
		return nil
	}
	return &table[i]
}

// value is what a number or duration stands at.
func (d *setting) value(s *Settings) int64 {
	switch at := d.at(s).(type) {
	case *int:
		return int64(*at)
	case *time.Duration:
		return int64(*at)
	}
	return 0
}

// words writes a value as the file does.
func (d *setting) words(v int64) string {
	if _, is := d.at(new(Settings)).(*time.Duration); !is {
		return strconv.FormatInt(v, 10)
	}
	out := time.Duration(v).String()
	for _, tail := range []string{"m0s", "h0m"} { // 5m0s is 5m, 1h0m0s is 1h
		if strings.HasSuffix(out, tail) {
			out = out[:len(out)-2]
		}
	}
	return out
}

// put sets a text that was checked.
func (d *setting) put(s *Settings, text string) {
	switch at := d.at(s).(type) {
	case *string:
		*at = text
	case *fs.FileMode:
		n, _ := strconv.ParseUint(text, 8, 32) // one of the choices
		*at = fs.FileMode(n)
	case *slog.Level:
		_ = at.UnmarshalText([]byte(text)) // one of the choices
	}
}

// address takes host:port with a port of figures; the host may be left out.
func address(s string) bool {
	if s == "" {
		return true
	}
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// loopback takes an address of this machine alone, or the path of a socket.
func loopback(s string) bool {
	if s == "" || path(s) {
		return true
	}
	host, _, err := net.SplitHostPort(s)
	if err != nil || !address(s) {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}

// path takes an absolute path: a server has no directory of its own to begin at.
func path(s string) bool {
	return s == "" || filepath.IsAbs(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' })
}

// group takes the name or number of a Unix group; whether there is one the start
// tells.
func group(s string) bool {
	return len(s) <= 32 && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == ':' || r == '/' })
}
