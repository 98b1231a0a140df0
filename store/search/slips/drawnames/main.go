// Command drawnames draws misheard, misspelled and half-typed names from a list
// of customers, or scores what a search found of such a draw.
//
//	go run ./store/search/slips/drawnames -customers list.tsv.gz -seed 7 > held-out.tsv
//	tail -n +2 held-out.tsv | cut -f4 | pasvorm find --batch > found.tsv
//	go run ./store/search/slips/drawnames -score held-out.tsv found.tsv
package main

import (
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"pasvorm/store/search/slips"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "drawnames:", err)
		}
		os.Exit(2)
	}
}

func run(args []string, out, log io.Writer) error {
	flags := flag.NewFlagSet("drawnames", flag.ContinueOnError)
	flags.SetOutput(log)
	list := flags.String("customers", "", "`file` of customers, tab-separated, gzipped if it ends in .gz")
	seed := flags.Uint64("seed", 1, "`number` that the draw follows from")
	n := flags.Int("n", 2000, "`number` of queries")
	only := flags.String("classes", "", "`names` of classes, set apart by commas; all when empty")
	score := flags.Bool("score", false, "score: drawnames -score QUERIES FOUND")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *score {
		if flags.NArg() != 2 {
			return errors.New("-score wants a file of queries and one of what was found")
		}
		return judge(flags.Arg(0), flags.Arg(1), out)
	}
	if *list == "" || flags.NArg() > 0 {
		return errors.New("-customers wants a file")
	}
	classes, err := choose(*only)
	if err != nil {
		return err
	}
	var customers []slips.Customer
	err = open(*list, func(r io.Reader) error {
		customers, err = slips.ReadCustomers(r)
		return err
	})
	if err != nil {
		return err
	}
	queries, tally := slips.Draw(customers, *seed, *n, classes)
	fmt.Fprintln(log, tally)
	return slips.WriteQueries(out, queries)
}

// choose gives the classes of those names.
func choose(names string) ([]slips.Class, error) {
	all := slips.Classes()
	if names == "" {
		return all, nil
	}
	var some []slips.Class
next:
	for name := range strings.SplitSeq(names, ",") {
		for _, c := range all {
			if c.Name == name {
				some = append(some, c)
				continue next
			}
		}
		return nil, fmt.Errorf("no class %q", name)
	}
	return some, nil
}

func judge(queryFile, foundFile string, out io.Writer) error {
	var queries []slips.Query
	err := open(queryFile, func(r io.Reader) (err error) {
		queries, err = slips.ReadQueries(r)
		return err
	})
	if err != nil {
		return err
	}
	return open(foundFile, func(r io.Reader) error {
		rows, ran, err := slips.ReadResults(r, queries)
		if err != nil {
			return err
		}
		for _, s := range slips.Judge(queries, rows, ran) {
			if _, err := fmt.Fprintln(out, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// open reads a file, unpacked if its name says so.
func open(name string, read func(io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		r = z
	}
	if err := read(r); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
