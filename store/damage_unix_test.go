//go:build unix

package store_test

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"pasvorm/model"
	"pasvorm/store"
)

// fullDisk is the child of TestFullDisk.
func fullDisk(path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	b, err := store.Open(path, opening())
	if err != nil {
		return err
	}
	defer func() { _ = b.Close() }()
	actor, err := b.Actor(1000, "")
	if err != nil {
		return err
	}
	n := 0
	add := func() error {
		_, err := b.Do(context.Background(), actor, model.AddCustomer{Values: map[string]string{"name": fmt.Sprint("Klant ", n), "note": strings.Repeat("n", 9000)}})
		if err == nil {
			n++
		}
		return err
	}
	count := func(when string) error {
		page, err := b.As(actor).Page(model.PageRequest{N: 1})
		if err == nil && page.Total != n {
			err = fmt.Errorf("%s: %d customers of %d", when, page.Total, n)
		}
		return err
	}
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	for round := range 3 {
		st, err := os.Stat(path)
		if err != nil {
			return err
		}
		full := was
		full.Cur = uint64(st.Size()) + uint64(round)*20_000
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
			return err
		}
		for err = nil; err == nil && n < 1000; err = add() {
		}
		if model.KindOf(err) != model.KindReadOnly {
			return fmt.Errorf("a full disk gave %w after %d customers", err, n)
		}
		for range 3 {
			if err := add(); model.KindOf(err) != model.KindReadOnly {
				return fmt.Errorf("a disk that is still full gave %w", err)
			}
		}
		if err := count("full"); err != nil {
			return err
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
			return err
		}
		if err := add(); err != nil {
			return fmt.Errorf("with room again: %w", err)
		}
		if err := count("with room again"); err != nil {
			return err
		}
	}
	if rep, err := b.Doctor(context.Background(), nil); err != nil || len(rep.Faults) > 0 {
		return fmt.Errorf("doctor: %+v %w", rep.Faults, err)
	}
	return nil
}
