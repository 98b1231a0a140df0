package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDrawAndScore draws from a packed list and scores answers that are all
// right, and then answers that are not.
func TestDrawAndScore(t *testing.T) {
	dir := t.TempDir()
	list, queries, found := filepath.Join(dir, "list.tsv.gz"), filepath.Join(dir, "q.tsv"), filepath.Join(dir, "found.tsv")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprintln(z, "id\tkind\tname\tfirst\tlast\tcity\tpostcode\tphone\temail")
	for i, last := range strings.Fields("Bakkerman Vissering Kuipersma Drostenveld Westerhuis Molenkamp Haanstra Lindeboom") {
		fmt.Fprintf(z, "%d\tP\tJan %s\tJan\t%s\tBreda\t4811 AB\t\t\n", i+1, last, last)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, list, packed.Bytes())

	var out, log bytes.Buffer
	if err := run([]string{"-customers", list, "-n", "6", "-seed", "2", "-classes", "line,exact"}, &out, &log); err != nil {
		t.Fatal(err)
	}
	write(t, queries, out.Bytes())
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
	if len(lines) != 6 || !strings.HasPrefix(log.String(), "fair 6") {
		t.Fatalf("%d queries: %s\n%s", len(lines), log.String(), out.String())
	}
	var right strings.Builder
	for i, l := range lines {
		fmt.Fprintf(&right, "%d\t1\t%s\n", i+1, strings.Split(l, "\t")[5])
	}
	for _, tt := range []struct{ found, want string }{
		{right.String(), "n=    6  recall@1=1.0000  recall@5=1.0000  MRR@10=1.0000"},
		{"1\t1\t999\n", "n=    6  recall@1=0.0000  recall@5=0.0000  MRR@10=0.0000"},
	} {
		write(t, found, []byte(tt.found))
		out.Reset()
		if err := run([]string{"-score", queries, found}, &out, &log); err != nil {
			t.Fatal(err)
		}
		if all, _, _ := strings.Cut(out.String(), "\n"); !strings.HasPrefix(all, "ALL ") || !strings.HasSuffix(all, tt.want) {
			t.Errorf("scores %q, want %q", all, tt.want)
		}
		if n := strings.Count(out.String(), "\n"); n != 3 {
			t.Errorf("%d lines of scores, want one for all and one for each class", n)
		}
	}
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.tsv.gz")
	write(t, broken, []byte("not packed"))
	for _, tt := range []struct {
		args []string
		want string
	}{
		{nil, "-customers"},
		{[]string{"-customers", filepath.Join(dir, "none.tsv")}, "none.tsv"},
		{[]string{"-customers", broken}, "broken.tsv.gz"},
		{[]string{"-customers", broken, "-classes", "exact,mumbled"}, `no class "mumbled"`},
		{[]string{"-score", "one"}, "-score wants"},
	} {
		var out, log bytes.Buffer
		err := run(tt.args, &out, &log)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: %v, want an error with %s", tt.args, err, tt.want)
		}
	}
}

func write(t *testing.T, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
