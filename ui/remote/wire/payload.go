package wire

import (
	"errors"
	"strings"

	"golang.org/x/crypto/ssh"
)

// errPayload is a request that is not what its name says.
var errPayload = errors.New("malformed request")

const (
	longestTerm = 64   // bytes of the name of a terminal
	mostModes   = 1024 // bytes of terminal modes, which are not used
	mostCells   = 1000 // of a window, each way
)

// wanted are the variables that a session keeps.
var wanted = map[string]bool{"TERM": true, "LANG": true, "COLORTERM": true}

// clamp brings a size to what can be drawn. Nothing at all is what clients without
// a window send, and becomes the usual 80 by 24.
func clamp(w, h uint32) Window {
	if w == 0 {
		w = 80
	}
	if h == 0 {
		h = 24
	}
	return Window{int(min(w, mostCells)), int(min(h, mostCells))}
}

// parsePTY reads a request for a terminal (RFC 4254, 6.2).
func parsePTY(payload []byte) (term string, w Window, err error) {
	var m struct {
		Term              string
		Columns, Rows     uint32
		WidthPx, HeightPx uint32
		Modes             []byte
	}
	if err := ssh.Unmarshal(payload, &m); err != nil {
		return "", w, errPayload
	}
	if len(m.Term) > longestTerm || len(m.Modes) > mostModes {
		return "", w, errPayload
	}
	return plain(m.Term), clamp(m.Columns, m.Rows), nil
}

// parseWindow reads a change of size (RFC 4254, 6.7).
func parseWindow(payload []byte) (Window, error) {
	var m struct{ Columns, Rows, WidthPx, HeightPx uint32 }
	if err := ssh.Unmarshal(payload, &m); err != nil {
		return Window{}, errPayload
	}
	return clamp(m.Columns, m.Rows), nil
}

// parseEnv reads a variable (RFC 4254, 6.4). One that is not wanted, or longer
// than most bytes, comes back without its name.
func parseEnv(payload []byte, most int) (name, value string, err error) {
	var m struct{ Name, Value []byte }
	if err := ssh.Unmarshal(payload, &m); err != nil {
		return "", "", errPayload
	}
	if len(m.Value) > most || len(m.Name) > longestTerm || !wanted[string(m.Name)] {
		return "", "", nil
	}
	return string(m.Name), plain(string(m.Value)), nil
}

// parseCommand reads a command line (RFC 4254, 6.5).
func parseCommand(payload []byte, most int) (string, error) {
	var m struct{ Command []byte }
	if err := ssh.Unmarshal(payload, &m); err != nil {
		return "", errPayload
	}
	if len(m.Command) > most {
		return "", ErrCommand
	}
	return string(m.Command), nil
}

// plain gives back a name of ASCII that can be printed, and nothing for any other:
// these values choose how to draw and are never shown.
func plain(s string) string {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ""
		}
	}
	return s
}

// sentence prepares a sentence for the client: no control codes, each line ended
// by newline.
func sentence(s, newline string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	if s == "" {
		return ""
	}
	return strings.ReplaceAll(s, "\n", newline) + newline
}
