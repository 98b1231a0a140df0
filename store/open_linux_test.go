package store_test

import (
	"testing"

	"golang.org/x/sys/unix"

	"pasvorm/model"
	"pasvorm/store"
)

func TestFileSystems(t *testing.T) {
	for _, magic := range []uint32{unix.NFS_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.FUSE_SUPER_MAGIC, unix.V9FS_MAGIC, unix.AFS_SUPER_MAGIC} {
		wantError(t, store.JudgeFileSystem("/x", magic), model.KindNotAllowed, "error.book.network")
	}
	for _, magic := range []uint32{unix.EXT4_SUPER_MAGIC, unix.TMPFS_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.OVERLAYFS_SUPER_MAGIC} {
		if err := store.JudgeFileSystem("/x", magic); err != nil {
			t.Errorf("%#x: %v", magic, err)
		}
	}
}
