package store

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// magics are the numbers that statfs gives for network file systems
// (linux/magic.h). FUSE is looked up by name, because local disks use it too.
var magics = map[int64]string{
	0x6969: "nfs", 0x517B: "smb", 0xFF534D42: "cifs", 0xFE534D42: "smb2", 0x01021997: "9p", 0x5346414F: "afs",
	0x564C: "ncp", 0x73757245: "coda", 0x00C36400: "ceph", 0x0BD00BD0: "lustre", 0x786F4256: "vboxsf", 0xBACBACBC: "vmhgfs",
}

const fuseMagic = 0x65735546

// fileSystem names the kind of file system that a folder lies on, "" when unknown.
func fileSystem(folder string) string {
	var st unix.Statfs_t
	if unix.Statfs(folder, &st) != nil {
		return ""
	}
	magic := int64(uint32(st.Type)) //nolint: the field is 32 or 64 bits wide by machine; all magics fit 32
	if magic != fuseMagic {
		return magics[magic]
	}
	f, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	defer f.Close()
	return mountKind(bufio.NewScanner(f), folder)
}

// mountKind finds the type of the mount that holds the folder: the longest
// mount point that is a part of its path.
func mountKind(lines *bufio.Scanner, folder string) string {
	best, kind := -1, ""
	for lines.Scan() {
		// 36 35 98:0 /root /mount/point rw,noatime master:1 - fuse.sshfs host:/ rw
		left, right, ok := strings.Cut(lines.Text(), " - ")
		fields, types := strings.Fields(left), strings.Fields(right)
		if !ok || len(fields) < 5 || len(types) == 0 {
			continue
		}
		point := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\134`, `\`).Replace(fields[4])
		if rel, err := filepath.Rel(point, folder); err != nil || rel == ".." || strings.HasPrefix(rel, "../") {
			continue
		}
		if len(point) >= best {
			best, kind = len(point), types[0]
		}
	}
	return kind
}
