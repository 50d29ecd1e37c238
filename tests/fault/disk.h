/* disk.h - a disk whose power can be cut: an SQLite VFS in shared memory.
 *
 * Writes reach the disk for sure only by a sync. A cut keeps, drops or garbles each 512-byte sector
 * written since, at random. Two models of folders: ordered (as ext4: any sync also commits earlier
 * creations and deletions) and strict (as POSIX allows: a file's entry is safe after its own first
 * sync, a deletion only when asked to be synced). The disk lives across fork, so the process that
 * is cut simply ends. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Before the first fork. */
void disk_make(void);
void disk_format(bool strict_folders, bool syncs_lie);
/* Registers the VFS as the default one, in this process. */
void disk_mount(void);
/* Ends the process at this operation (1, 2 ...); 0 never. Operations are writes, truncations,
 * syncs, deletions. */
void disk_cut_at(long operation);
long disk_operations(void); /* done since disk_cut_at */
/* What remains after the power went. */
void disk_power_cut(uint32_t seed);
