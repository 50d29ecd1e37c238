/* stamp.h - file times that tell the day and not the hour.
 *
 * Whoever holds the disk must not read from a file's times when somebody filed. Last access and
 * last change are set to the beginning of the day; the time of the last change of the inode is the
 * kernel's own and cannot be set. */
#pragma once

/* What cannot be set (only a file's owner may) is left; times that are right cost nothing. */
void stamp_day(const char *path);
/* The same for a database, its -wal and its -shm. */
void stamp_database(const char *path);
