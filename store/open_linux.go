package store

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"

	"pasvorm/model"
)

// remote names file systems by their magic number (statfs(2)) that answer for
// another machine or another program: their locks, their memory maps or their
// sync do not hold what a book needs.
var remote = map[uint32]string{
	unix.NFS_SUPER_MAGIC:   "NFS",
	unix.SMB_SUPER_MAGIC:   "SMB",
	unix.CIFS_SUPER_MAGIC:  "CIFS",
	unix.SMB2_SUPER_MAGIC:  "SMB",
	unix.FUSE_SUPER_MAGIC:  "FUSE",
	unix.V9FS_MAGIC:        "9P",
	unix.AFS_SUPER_MAGIC:   "AFS",
	unix.AFS_FS_MAGIC:      "AFS",
	unix.CODA_SUPER_MAGIC:  "Coda",
	unix.CEPH_SUPER_MAGIC:  "Ceph",
	unix.OCFS2_SUPER_MAGIC: "OCFS2",
	0x564c:                 "NCP",
	0x01161970:             "GFS2",
	0x0bd00bd0:             "Lustre",
	0x47504653:             "GPFS",
	0x19830326:             "BeeGFS",
	0x786f4256:             "VirtualBox",
	0xbacbacbc:             "VMware",
}

// checkFileSystem refuses network and FUSE file systems.
func checkFileSystem(path string) error {
	var st unix.Statfs_t
	for {
		err := unix.Statfs(path, &st)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return openError(path, &os.PathError{Op: "statfs", Path: path, Err: err})
		}
		return judgeFileSystem(path, uint32(st.Type)) //nolint:gosec // a magic number of 32 bits
	}
}

func judgeFileSystem(path string, magic uint32) error {
	if kind, bad := remote[magic]; bad {
		return model.NotAllowed("error.book.network", "Path", path, "Kind", kind).WithHint("hint.book.network")
	}
	return nil
}

// renameNew gives a file its name unless something has that name already. Where
// the file system cannot do that in one step, a second name and taking the
// first away comes to the same.
func renameNew(from, to string) error {
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL) {
		return linkNew(from, to)
	}
	if err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}
