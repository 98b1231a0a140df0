package exchange

import (
	"errors"
	"strings"
	"testing"
)

func TestCSVWriter(t *testing.T) {
	tests := []struct {
		name    string
		o       []CSVOptions
		columns []string
		rows    [][]string
		want    string
	}{
		{"plain", nil, []string{"number", "name"}, [][]string{{"1", "Zoë"}, {"", ""}}, "number,name\n1,Zoë\n,\n"},
		{"quoting", nil, []string{"a", "b"}, [][]string{{"x,y", "say \"hi\""}, {"p\nq", "r\rs"}, {" lead", "trail "}}, "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"p\nq\",\"r\rs\"\n\" lead\",\"trail \"\n"},
		{"formulas", nil, []string{"a", "b"}, [][]string{{"=1,2", "'t Hart"}, {"-12,5", "@x"}}, "a,b\n\"'=1,2\",'t Hart\n\"-12,5\",'@x\n"},
		{"one empty column", nil, []string{"a"}, [][]string{{""}, {"x"}}, "a\n\"\"\nx\n"},
		{"semicolons", []CSVOptions{{Delimiter: ';'}}, []string{"a", "b"}, [][]string{{"1,5", "x;y"}}, "a;b\n1,5;\"x;y\"\n"},
		{"mark keeps bytes", []CSVOptions{{Mark: true}}, []string{"a", "b"}, [][]string{{"x\xff", "\x00"}}, "\ufeffa,b\nx\xff,\x00\n"},
		{"without mark bytes are replaced", nil, []string{"a", "b"}, [][]string{{"é\xff", "\x00"}}, "a,b\né\ufffd,\x00\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			w, err := NewCSVWriter(&out, tt.columns, tt.o...)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range tt.rows {
				if err := w.Write(row); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Write(make([]string, len(tt.columns)+1)); err == nil {
				t.Error("a row of another width was written")
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if out.String() != tt.want {
				t.Errorf("got  %q\nwant %q", out.String(), tt.want)
			}
		})
	}
	var option *OptionError
	if _, err := NewCSVWriter(&strings.Builder{}, []string{"a"}, CSVOptions{Delimiter: '"'}); !errors.As(err, &option) {
		t.Errorf("a quote as delimiter: %v", err)
	}
	w, err := NewCSVWriter(fullDisk{}, []string{"a"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}

var errFull = errors.New("full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
