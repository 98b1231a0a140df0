package bolt

import (
	"os"

	bbolt "go.etcd.io/bbolt"
)

// Stats gives figures of the file by name; those that only grow end in _total
// and count from the moment it was opened. Nil once it is closed. It reads one
// page and never waits for a batch that is being written, except while bbolt
// maps a file that grew.
func (d *DB) Stats() map[string]float64 {
	var out map[string]float64
	err := d.view(func(tx *bbolt.Tx) error {
		s := d.db.Stats()
		file, err := os.Stat(d.db.Path()) // the open transaction keeps the file from being closed
		if err != nil {
			return err
		}
		out = map[string]float64{
			"file_bytes":          float64(file.Size()),
			"data_bytes":          float64(tx.Size()), // up to the highest page in use
			"page_bytes":          float64(d.db.Info().PageSize),
			"free_pages":          float64(s.FreePageN),
			"pending_pages":       float64(s.PendingPageN), // free as soon as nobody reads them
			"freelist_bytes":      float64(s.FreelistInuse),
			"reads_open":          float64(s.OpenTxN - 1), // without this one
			"reads_total":         float64(s.TxN),
			"revision":            float64((&boltTx{tx: tx}).Rev()),
			"writes_total":        float64(s.TxStats.GetWrite()), // of runs of pages, some to a batch
			"write_seconds_total": s.TxStats.GetWriteTime().Seconds(),
			"page_splits_total":   float64(s.TxStats.GetSplit()),
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return out
}
