// Package bolt keeps an engine in one bbolt file.
package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	bbolt "go.etcd.io/bbolt"
	bberrors "go.etcd.io/bbolt/errors"

	"pasvorm/store/engine"
)

// The buckets of the file. Derived spaces have buckets of their own, named
// after the space with a leading dot.
var (
	bucketRecords = []byte("records") // key → revision (8 bytes), value
	bucketOps     = []byte("ops")     // operation id → revision
	bucketLog     = []byte("log")     // revision → operation id, keys
	bucketMeta    = []byte("meta")
	keyRev        = []byte("rev")
	keyLogFrom    = []byte("log-from")
)

// logKept is how many revisions of the feed are kept.
const logKept = 4096

// Options open a file.
type Options struct {
	Applier     engine.Applier // nil for none
	LockTimeout time.Duration  // how long to wait for another process; 0 is one second
	Mode        fs.FileMode    // of a new file; 0 is 0600
	ReadOnly    bool
	NoSync      bool             // for trials only: an acknowledged batch may be lost
	Now         func() time.Time // for the age of operation ids; nil is time.Now
	Limits      engine.Limits    // zero for the defaults
	// OpenFile opens the file, where more than its name is to be checked; nil
	// is os.OpenFile.
	OpenFile func(name string, flag int, mode fs.FileMode) (*os.File, error)
}

// DB is an engine in one bbolt file.
type DB struct {
	db  *bbolt.DB
	opt Options
}

// ErrLocked says that another process holds the file.
var ErrLocked = errors.New("bolt: file held by another process")

// ErrDamaged says that the file is no sound bbolt file.
var ErrDamaged = engine.ErrDamaged

var defaultLimits = engine.Limits{Operations: 200_000, Bytes: 256 << 20}

// Open opens or makes a file. One that cannot be written, for its mode or
// because its file system is mounted so, is opened for reading alone: see
// [DB.ReadOnly].
func Open(path string, opt Options) (*DB, error) {
	db, err := open(path, opt)
	if !opt.ReadOnly && (errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission)) {
		opt.ReadOnly = true
		if reads, e := open(path, opt); e == nil {
			return reads, nil
		}
	}
	return db, err
}

// ReadOnly reports whether every change will be refused.
func (d *DB) ReadOnly() bool { return d.opt.ReadOnly }

// open is [Open] in one of the two ways. The file's size is checked against its pages
// before it is mapped, for touching a page that was cut off kills the process.
func open(path string, opt Options) (*DB, error) {
	if opt.LockTimeout == 0 {
		opt.LockTimeout = time.Second
	}
	if opt.Mode == 0 {
		opt.Mode = 0o600
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Limits == (engine.Limits{}) {
		opt.Limits = defaultLimits
	}
	if err := checkSize(path); err != nil {
		return nil, err
	}
	var db *bbolt.DB
	err := guard(func() (err error) {
		db, err = bbolt.Open(path, opt.Mode, &bbolt.Options{
			Timeout: opt.LockTimeout, ReadOnly: opt.ReadOnly, NoSync: opt.NoSync, NoGrowSync: opt.NoSync, OpenFile: opt.OpenFile,
			FreelistType: bbolt.FreelistMapType, PreLoadFreelist: true,
		})
		return err
	})
	switch {
	case errors.Is(err, bberrors.ErrTimeout):
		return nil, ErrLocked
	case errors.Is(err, bberrors.ErrInvalid), errors.Is(err, bberrors.ErrChecksum), errors.Is(err, bberrors.ErrVersionMismatch):
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case err != nil:
		return nil, err
	}
	d := &DB{db: db, opt: opt}
	if !opt.ReadOnly {
		if err := d.prepare(); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return d, nil
}

func (d *DB) prepare() error {
	return d.update(func(tx *bbolt.Tx) error {
		for _, b := range [][]byte{bucketRecords, bucketOps, bucketLog, bucketMeta} {
			if _, err := tx.CreateBucketIfNotExists(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// Path gives the file's name.
func (d *DB) Path() string { return d.db.Path() }

// Close releases the file.
func (d *DB) Close() error { return d.db.Close() }

// Limits tells what one batch may hold.
func (d *DB) Limits() engine.Limits { return d.opt.Limits }

// View implements [engine.Engine].
func (d *DB) View(f func(engine.Tx) error) error {
	return d.Snapshot(func(tx engine.Tx, _ engine.Derived) error { return f(tx) })
}

// Snapshot implements [engine.Local].
func (d *DB) Snapshot(f func(engine.Tx, engine.Derived) error) error {
	return closed(d.view(func(tx *bbolt.Tx) error {
		t := &boltTx{tx: tx, records: tx.Bucket(bucketRecords)}
		return f(t, t)
	}))
}

// Rework implements [engine.Local].
func (d *DB) Rework(f func(engine.DerivedTx) error) error {
	return writeError(d.update(func(tx *bbolt.Tx) error {
		return f(&boltTx{tx: tx, records: tx.Bucket(bucketRecords)})
	}))
}

func closed(err error) error {
	if errors.Is(err, bberrors.ErrDatabaseNotOpen) {
		return engine.ErrClosed
	}
	return err
}
