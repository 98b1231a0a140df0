package slips

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

func decimal(n int) string { return strconv.Itoa(n) }

// number names the nth query of a draw.
func number(n int) string { return fmt.Sprintf("h%04d", n) }

// header names the columns of a file of queries.
const header = "query_id\tclass\tedits\tquery\tclean\ttarget_id\taccept_ids"

// WriteQueries writes a draw: a header, then one query a line, columns set apart
// by tabs and accepted numbers by commas.
func WriteQueries(w io.Writer, queries []Query) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, header)
	for _, q := range queries {
		fmt.Fprintf(out, "%s\t%s\t%d\t%s\t%s\t%s\t%s\n", q.ID, q.Class, q.Edits, q.Text, q.Clean, q.Target, strings.Join(q.Accept, ","))
	}
	return out.Flush()
}

// ReadQueries reads what [WriteQueries] wrote. An error names the line.
func ReadQueries(r io.Reader) ([]Query, error) {
	var all []Query
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), 4<<20)
	for line := 1; in.Scan(); line++ {
		if line == 1 && in.Text() == header {
			continue
		}
		f := strings.Split(in.Text(), "\t")
		if len(f) != 7 {
			return nil, fmt.Errorf("line %d: %d columns, want 7", line, len(f))
		}
		edits, err := strconv.Atoi(f[2])
		if err != nil {
			return nil, fmt.Errorf("line %d: edits: %w", line, err)
		}
		all = append(all, Query{ID: f[0], Class: f[1], Edits: edits, Text: f[3], Clean: f[4], Target: f[5], Accept: strings.Split(f[6], ",")})
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading queries: %w", err)
	}
	return all, nil
}

// ReadResults reads the answers to queries: query, rank from 1 and customer's
// number, set apart by tabs. A query is named by its id or by its place in the
// draw, from 1. Rows may come in any order; those of one query are put in order
// of rank, those of one rank in order of number. A line "#q" and a query says
// that it was run, found or not: when there are any, only those count, as ran
// says.
func ReadResults(r io.Reader, queries []Query) (rows map[string][]string, ran map[string]bool, err error) {
	ids := map[string]string{}
	for i, q := range queries {
		ids[decimal(i+1)] = q.ID
	}
	for _, q := range queries {
		ids[q.ID] = q.ID
	}
	found := map[string][]row{}
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), 1<<20)
	for line := 1; in.Scan(); line++ {
		f := strings.Split(in.Text(), "\t")
		if len(f) >= 2 && f[0] == "#q" {
			if ran == nil {
				ran = map[string]bool{}
			}
			ran[ids[f[1]]] = true
			continue
		}
		if len(f) < 3 || ids[f[0]] == "" {
			continue
		}
		rank, err := strconv.Atoi(f[1])
		if err != nil {
			return nil, nil, fmt.Errorf("line %d: rank: %w", line, err)
		}
		found[ids[f[0]]] = append(found[ids[f[0]]], row{rank, f[2]})
	}
	if err := in.Err(); err != nil {
		return nil, nil, fmt.Errorf("reading results: %w", err)
	}
	rows = make(map[string][]string, len(found))
	for id, list := range found {
		rows[id] = ordered(list)
	}
	return rows, ran, nil
}
