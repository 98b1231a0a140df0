package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"pasvorm/model"
)

// TestProgressIsSaidInLines holds how often, and that --json keeps it apart.
func TestProgressIsSaidInLines(t *testing.T) {
	b := newBench(t)
	var queries strings.Builder
	for range 50 {
		queries.WriteString("jansen\n")
	}
	// A bubble of time cannot hold a book that was made outside, so the work is not
	// of the book: the bar alone.
	synctest.Test(t, func(t *testing.T) {
		var errs bytes.Buffer
		a, err := begin(nil, b.deps(nil, io.Discard, &errs))
		if err != nil {
			t.Fatal(err)
		}
		bar := &bar{app: a, size: 1000}
		start := time.Now()
		for i := range 100 {
			time.Sleep(100 * time.Millisecond)
			bar.draw(model.ImportProgress{Rows: i + 1, Bytes: int64(i+1) * 10})
		}
		bar.end()
		bar.end()
		lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
		if n := int(time.Since(start) / sayEvery); len(lines) > n+1 || len(lines) < n-1 {
			t.Errorf("%d lines in %v", len(lines), time.Since(start))
		}
		if lines[len(lines)-1] != "100 rows · 100 %" || slices.Contains(lines[:len(lines)-1], lines[len(lines)-1]) {
			t.Errorf("said %q", lines)
		}
	})
	for _, json := range []bool{false, true} {
		args := []string{"import", "-", "--file-size=100"}
		if json {
			args = append(args, "--json")
		}
		code, out, errs := b.remotely(t.Context(), iotest.OneByteReader(strings.NewReader(rows)), args...)
		if code != 0 || !strings.HasPrefix(errs, "4 rows") || strings.Count(errs, "\n") != 1 || strings.Contains(out, "%") {
			t.Errorf("%d %q %q", code, out, errs)
		}
		if json && !jsonObject(out) {
			t.Errorf("no object: %q", out)
		}
	}
	if _, _, errs := b.remotely(t.Context(), strings.NewReader(queries.String()), "find", "--batch"); errs != "50 lines answered\n" {
		t.Errorf("batch: %q", errs)
	}
	if _, _, errs := b.remotely(t.Context(), nil, "export", "--csv"); errs != "2 customers\n" {
		t.Errorf("export: %q", errs)
	}
	if _, _, errs := b.remotely(t.Context(), nil, "undo"); strings.Count(errs, "\n") > 1 {
		t.Errorf("undo: %q", errs)
	}
	// At home nothing changed: without a terminal nothing is said.
	b.put("d.csv", "naam\nZoë\n")
	if _, _, errs := b.here("import", "d.csv", "--map", "naam=name"); errs != "" {
		t.Errorf("here: %q", errs)
	}
}

func jsonObject(s string) bool {
	var v map[string]any
	return json.Unmarshal([]byte(s), &v) == nil
}

// TestLinesOfAnExport counts customers and not the lines that they take.
func TestLinesOfAnExport(t *testing.T) {
	for _, c := range []struct {
		format, text string
		want         int
	}{
		{"csv", "a,b\n1,\"x\ny\"\n2,\"say \"\"hi\n\"\"\"\n", 2},
		{"json", `{"note":"a\"b"}` + "\n" + `{"x":1}` + "\n", 2},
		{"csv", "a,b\n", 0},
	} {
		h := newHall(t)
		a, err := begin(nil, h.deps(nil, io.Discard, io.Discard))
		if err != nil {
			t.Fatal(err)
		}
		e := a.exporting(c.format)
		if _, err := io.Copy(e, iotest.OneByteReader(strings.NewReader(c.text))); err != nil || e.lines != c.want {
			t.Errorf("%s %q: %d, %v", c.format, c.text, e.lines, err)
		}
	}
}
