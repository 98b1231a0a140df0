package kit

import (
	"testing"
	"time"
)

func TestParseDateByWord(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	tuesday := time.Date(2026, time.November, 24, 23, 30, 0, 0, zone)
	saturday := time.Date(2026, time.March, 28, 12, 0, 0, 0, zone) // the clocks change in the night that follows
	for _, c := range []struct {
		in    string
		today time.Time
		want  string
	}{
		{"today", tuesday, "2026-11-24"}, {"Vandaag", tuesday, "2026-11-24"}, {"tomorrow", tuesday, "2026-11-25"}, {" morgen ", tuesday, "2026-11-25"},
		{"overmorgen", tuesday, "2026-11-26"}, {"yesterday", tuesday, "2026-11-23"}, {"gisteren", tuesday, "2026-11-23"},
		{"thu", tuesday, "2026-11-26"}, {"DO", tuesday, "2026-11-26"}, {"donderdag", tuesday, "2026-11-26"}, {"mon", tuesday, "2026-11-30"},
		{"tue", tuesday, "2026-12-01"}, {"di", tuesday, "2026-12-01"}, // the next one, never today
		{"zo", saturday, "2026-03-29"}, {"ma", saturday, "2026-03-30"}, {"tomorrow", saturday, "2026-03-29"},
		{"1 dec", tuesday, "2026-12-01"}, {"27 Nov", tuesday, "2026-11-27"}, {"3 januari", tuesday, "2027-01-03"}, {"5 mei 2027", tuesday, "2027-05-05"},
		{"12 okt", tuesday, "2026-10-12"}, {"1 mrt", saturday, "2026-03-01"}, {"1-aug-26", tuesday, "2026-08-01"},
		{"31 feb", tuesday, ""}, {"dec", tuesday, ""}, {"1 1 dec", tuesday, ""}, {"0 dec", tuesday, ""},
		{"thuesday", tuesday, ""}, {"th", tuesday, ""}, {"morgen 3", tuesday, ""},
	} {
		d, ok := ParseDate(c.in, c.today)
		got := ""
		if ok {
			got = d.Format(time.DateOnly)
			if h, m, s := d.Clock(); h+m+s != 0 || d.Location() != zone {
				t.Errorf("ParseDate(%q) is %v, no midnight of here", c.in, d)
			}
		}
		if got != c.want {
			t.Errorf("ParseDate(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
