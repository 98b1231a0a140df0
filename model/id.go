// Package model is the domain of Pasvorm: records, the actions people take on
// them, the rules those actions obey and the rights they need. It is pure:
// standard library only, no clock, no input or output and no text for people.
// What it has to say it says as a [Message]: an id with arguments, worded by
// the interface in the language of the reader.
package model

import (
	"encoding/hex"
	"time"
)

// ID names a record. It is a UUID version 7 (RFC 9562), so that ids made later
// sort later and a run of new records loads in key order.
type ID [16]byte

// NoID is the absent id.
var NoID ID

// String gives the usual text form of a UUID, or "" for [NoID].
func (id ID) String() string {
	if id == NoID {
		return ""
	}
	var b [36]byte
	hex.Encode(b[0:8], id[0:4])
	hex.Encode(b[9:13], id[4:6])
	hex.Encode(b[14:18], id[6:8])
	hex.Encode(b[19:23], id[8:10])
	hex.Encode(b[24:36], id[10:16])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	return string(b[:])
}

// ParseID reads the text form of [ID.String]; "" is [NoID].
func ParseID(s string) (ID, bool) {
	var id ID
	if s == "" {
		return id, true
	}
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, false
	}
	raw := s[0:8] + s[9:13] + s[14:18] + s[19:23] + s[24:36]
	if _, err := hex.Decode(id[:], []byte(raw)); err != nil {
		return NoID, false
	}
	return id, true
}

// MarshalText writes the id as [ID.String] does, for JSON.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what [ID.MarshalText] wrote.
func (id *ID) UnmarshalText(b []byte) error {
	v, ok := ParseID(string(b))
	if !ok {
		return Invalid("error.id", "Text", string(b))
	}
	*id = v
	return nil
}

// Rev is a revision of the book: one for each applied batch, counted from 1.
// Order in the book is by revision, never by clock.
type Rev uint64

// Stamp is a moment in microseconds since 1970 UTC; 0 means none.
type Stamp int64

// StampOf makes a stamp of a moment; the zero time gives 0.
func StampOf(t time.Time) Stamp {
	if t.IsZero() {
		return 0
	}
	return Stamp(t.UnixMicro())
}

// Time gives the moment in UTC; the zero time for 0.
func (s Stamp) Time() time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(s)).UTC()
}

// MarshalText writes the stamp in RFC 3339, "" for none, for JSON.
func (s Stamp) MarshalText() ([]byte, error) {
	if s == 0 {
		return nil, nil
	}
	return []byte(s.Time().Format(time.RFC3339Nano)), nil
}

// Day is a calendar day as 2006-01-02, or "" for none. Days compare as text.
type Day string

// DayOf gives the day of a moment in that moment's own time zone.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return ""
	}
	return Day(t.Format(time.DateOnly))
}

// ParseDay checks the form 2006-01-02; "" is no day.
func ParseDay(s string) (Day, bool) {
	if s == "" {
		return "", true
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", false
	}
	return Day(s), true
}

// Time gives the start of the day in loc; the zero time for none.
func (d Day) Time(loc *time.Location) time.Time {
	if d == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation(time.DateOnly, string(d), loc)
	if err != nil {
		return time.Time{}
	}
	return t
}
