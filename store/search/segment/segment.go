// Package segment keeps the files of the search indexes: named sections in one
// file that is mapped into memory, so that opening costs the same at ten
// thousand customers and at a million. A file is written whole and never
// changed; it names the state of the book that it was made from.
package segment

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"

	"pasvorm/model"
	"pasvorm/store/engine"
)

// Stamp names the state of a book that a segment was made from. One that does
// not fit the book any more must not be used.
type Stamp struct {
	Book  model.ID
	Rev   engine.Rev
	Chain [32]byte // head of the journal's hash chain at that revision
}

// ErrDamaged tells a file that is no segment of the kind asked for, was cut, or
// does not have the checksums it names. Match it with errors.Is.
var ErrDamaged = errors.New("segment: damaged")

// Section is one part of a segment. Names have at most eight bytes.
type Section struct {
	Name string
	Data []byte
}

// Layout of a file, all numbers little-endian:
//
//	magic [8], kind [8], book [16], rev u64, chain [32], size u64, sections u32, 0 u32
//	for each section: name [8], offset u64, length u64, CRC-32C u32, 0 u32
//	CRC-32C of all of the above u32, 0 u32
//	the sections, each beginning at a multiple of eight
const (
	magic       = "PASVSEG1"
	headSize    = 8 + 8 + 16 + 8 + 32 + 8 + 8
	entrySize   = 8 + 8 + 8 + 8
	align       = 8
	maxSections = 256
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// File is a segment that is open. Its bytes must not be used after Close.
type File struct {
	data     []byte
	stamp    Stamp
	sections map[string]place
	unmap    func() error
}

type place struct {
	data []byte
	sum  uint32
}

// Stamp gives the state of the book that the segment was made from.
func (f *File) Stamp() Stamp { return f.stamp }

// Size is that of the file in bytes.
func (f *File) Size() int64 { return int64(len(f.data)) }

// Section gives a part by its name; nil for none. It begins at an address that
// is a multiple of eight and must not be written to.
func (f *File) Section(name string) []byte { return f.sections[name].data }

// Verify reads everything and compares the checksums.
func (f *File) Verify() error {
	for name, s := range f.sections {
		if crc32.Checksum(s.data, castagnoli) != s.sum {
			return fmt.Errorf("%w: checksum of section %q", ErrDamaged, name)
		}
	}
	return nil
}

// Close gives the memory back.
func (f *File) Close() error {
	if f.unmap == nil {
		return nil
	}
	u := f.unmap
	f.unmap, f.data, f.sections = nil, nil, nil
	return u()
}

// Memory makes a segment on the heap.
func Memory(stamp Stamp, sections []Section) *File {
	f := &File{stamp: stamp, sections: map[string]place{}}
	for _, s := range sections {
		f.sections[s.Name] = place{data: s.Data, sum: crc32.Checksum(s.Data, castagnoli)}
	}
	return f
}

// Write writes a segment beside its place, has the disk keep it, and moves it
// there: whoever opens the path finds the old one or the new one whole.
func Write(path, kind string, stamp Stamp, mode fs.FileMode, sections []Section) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = writeAll(f, kind, stamp, sections)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func writeAll(f *os.File, kind string, stamp Stamp, sections []Section) error {
	if _, err := f.Write(head(kind, stamp, sections)); err != nil {
		return err
	}
	for _, s := range sections {
		if _, err := f.Write(s.Data); err != nil {
			return err
		}
		if _, err := f.Write(make([]byte, padding(len(s.Data)))); err != nil {
			return err
		}
	}
	return nil
}

func head(kind string, stamp Stamp, sections []Section) []byte {
	le := binary.LittleEndian
	at := uint64(headSize + len(sections)*entrySize + 8)
	entries := make([]byte, 0, len(sections)*entrySize)
	for _, s := range sections {
		entries = append(entries, fixed(s.Name)...)
		entries = le.AppendUint64(entries, at)
		entries = le.AppendUint64(entries, uint64(len(s.Data)))
		entries = le.AppendUint32(entries, crc32.Checksum(s.Data, castagnoli))
		entries = le.AppendUint32(entries, 0)
		at += uint64(len(s.Data) + padding(len(s.Data)))
	}
	b := append([]byte(magic), fixed(kind)...)
	b = append(b, stamp.Book[:]...)
	b = le.AppendUint64(b, uint64(stamp.Rev))
	b = append(b, stamp.Chain[:]...)
	b = le.AppendUint64(b, at)
	b = le.AppendUint32(b, uint32(len(sections))) // #nosec G115 -- a handful
	b = le.AppendUint32(b, 0)
	b = append(b, entries...)
	b = le.AppendUint32(b, crc32.Checksum(b, castagnoli))
	return le.AppendUint32(b, 0)
}

func fixed(name string) []byte {
	b := make([]byte, 8)
	copy(b, name)
	return b
}

func padding(n int) int { return (align - n%align) % align }

// parse reads the head. It takes nothing on trust: every place is checked
// against the size of the file.
func parse(data []byte, kind string) (*File, error) {
	le := binary.LittleEndian
	if len(data) < headSize+8 || string(data[:8]) != magic || string(data[8:16]) != string(fixed(kind)) {
		return nil, fmt.Errorf("%w: no index of this kind", ErrDamaged)
	}
	f := &File{data: data, sections: map[string]place{}}
	copy(f.stamp.Book[:], data[16:])
	f.stamp.Rev = engine.Rev(le.Uint64(data[32:]))
	copy(f.stamp.Chain[:], data[40:])
	n := int(le.Uint32(data[80:]))
	end := headSize + n*entrySize
	if n > maxSections || len(data) < end+8 || le.Uint64(data[72:]) != uint64(len(data)) ||
		crc32.Checksum(data[:end], castagnoli) != le.Uint32(data[end:]) {
		return nil, fmt.Errorf("%w: head", ErrDamaged)
	}
	for i := range n {
		e := data[headSize+i*entrySize:]
		from, size := le.Uint64(e[8:]), le.Uint64(e[16:])
		if from > uint64(len(data)) || size > uint64(len(data))-from || from%align != 0 {
			return nil, fmt.Errorf("%w: a section lies outside", ErrDamaged)
		}
		name := string(trimZero(e[:8]))
		f.sections[name] = place{data: data[from : from+size : from+size], sum: le.Uint32(e[24:])}
	}
	return f, nil
}

func trimZero(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return b
}

// Open maps a segment of a kind. Errors: fs.ErrNotExist, ErrDamaged. Only the
// head is checked, so that opening does not depend on the size; see Verify.
func Open(path, kind string) (*File, error) {
	data, unmap, err := mapFile(path)
	if err != nil {
		return nil, err
	}
	f, err := parse(data, kind)
	if err != nil {
		return nil, errors.Join(err, unmap())
	}
	f.unmap = unmap
	return f, nil
}
