package slips

import (
	"cmp"
	"fmt"
	"slices"
)

// Limit is how many rows of an answer count.
const Limit = 10

// Score says how well a class, or all, was found.
type Score struct {
	Class   string // "ALL" for all queries together
	Queries int
	At1     float64 // share found in the first row: recall@1
	At5     float64 // share found in the first five: recall@5
	MRR     float64 // mean of 1/rank, 0 where not in the first [Limit]: MRR@10
}

// String gives the score as one line of a table.
func (s Score) String() string {
	return fmt.Sprintf("%-16s n=%5d  recall@1=%.4f  recall@5=%.4f  MRR@10=%.4f", s.Class, s.Queries, s.At1, s.At5, s.MRR)
}

// Measure runs every query and gives the score of all, then of each class in
// order of name. find gives up to limit customers' numbers, best first.
func Measure(queries []Query, find func(query string, limit int) []string) []Score {
	rows := make(map[string][]string, len(queries))
	for _, q := range queries {
		rows[q.ID] = find(q.Text, Limit)
	}
	return Judge(queries, rows, nil)
}

// Judge gives the scores of answers by the query's id. A query without rows was
// not found. If ran is not nil, only the queries in it count.
func Judge(queries []Query, rows map[string][]string, ran map[string]bool) []Score {
	sums := map[string]*Score{}
	add := func(class string, rank int) {
		s := sums[class]
		if s == nil {
			s = &Score{Class: class}
			sums[class] = s
		}
		s.Queries++
		if rank == 0 {
			return
		}
		s.MRR += 1 / float64(rank)
		if rank == 1 {
			s.At1++
		}
		if rank <= 5 {
			s.At5++
		}
	}
	for _, q := range queries {
		if ran == nil || ran[q.ID] {
			rank := Rank(q, rows[q.ID])
			add(q.Class, rank)
			add("ALL", rank)
		}
	}
	out := make([]Score, 0, len(sums))
	for _, s := range sums {
		n := float64(s.Queries)
		s.At1, s.At5, s.MRR = s.At1/n, s.At5/n, s.MRR/n
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Score) int {
		if (a.Class == "ALL") != (b.Class == "ALL") {
			if a.Class == "ALL" {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Class, b.Class)
	})
	return out
}

// Rank gives the place, from 1, of the first row that the query accepts, or 0
// when none of the first [Limit] is.
func Rank(q Query, rows []string) int {
	for i, r := range rows[:min(len(rows), Limit)] {
		if slices.Contains(q.Accept, r) {
			return i + 1
		}
	}
	return 0
}

// row is one row of an answer.
type row struct {
	rank   int
	number string
}

// ordered gives the numbers by rank.
func ordered(rows []row) []string {
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.number, b.number)) })
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.number
	}
	return out
}
