// Package settings reads the one file that sets a server up.
package settings

import (
	_ "embed"
	"io/fs"
	"log/slog"
	"time"

	"pasvorm/ui/remote/wire"
)

//go:embed default.toml
var defaultText string

// Settings are those of a server. What each is for, its unit and its range stand
// in the file that [Text] gives.
type Settings struct {
	Listen      string      // address for SSH, host:port; "" for none
	Socket      string      // path of the Unix socket; "" for the one beside the book
	SocketMode  fs.FileMode // permissions of the socket
	SocketGroup string      // Unix group that the socket is given to; "" leaves it
	HostKey     string      // file of the host key; "" for the one beside the book
	Metrics     string      // address of this machine, or path of a socket, for metrics; "" for none
	Language    string      // of sessions that ask for none: "en" or "nl"
	LogLevel    slog.Level
	LogFormat   string        // "json" or "text"
	Drain       time.Duration // how long sessions may finish when the server stops
	Calm        time.Duration // the least time between two refreshes of a console on account of others
	Revoke      time.Duration // between two looks at whether the people of live sessions may still be in
	FPS         int           // frames a second of a console at most
	Wire        wire.Limits
}

// Default are the settings of a server without a file; the file of [Text] says
// the same.
func Default() Settings {
	return Settings{
		SocketMode: 0o660, Language: "en", LogLevel: slog.LevelInfo, LogFormat: "json",
		Drain: 30 * time.Second, Calm: 500 * time.Millisecond, Revoke: 2 * time.Second, FPS: 30, Wire: wire.DefaultLimits(),
	}
}

// Text is the documented file that holds every setting with its default.
func Text() string { return defaultText }
