/* album.h - the pictures that published rows name, as files beside the books.
 *
 *   blobs/ab/abcd...        64 hex digits: BLAKE2b-256 of the bytes; whole and checked
 *   blobs/ab/abcd....part   what has come so far
 *
 * A file appears under its name only when its bytes are those of the name: written beside, fsynced,
 * renamed. Who reads one hashes it again, because whoever holds the disk can write in it. (Letters'
 * own sealed attachments lie in blobs/ itself and are none of this file's business.) `folder` is
 * the data folder. */
#pragma once
#include "app/base/buf.h"
#include "app/village/record.h"

enum { ALBUM_BYTES_MAX = PAGE_BYTES_MAX };

/* Bytes of the whole picture; -1: not (yet) here. */
int64_t album_size(const char *folder, const struct hash *which);
/* ERR_MISSING: not (yet) here. ERR_CORRUPT: the bytes are not those of the name. ERR_IO, ERR_FULL.
 */
must_use enum err album_read(const char *folder, const struct hash *which, struct buf *out);
/* ERR_CORRUPT when the bytes are not those of the name, ERR_FULL when there are too many. */
must_use enum err album_put(const char *folder, const struct hash *which, const void *bytes,
			    size_t len);

/* Bytes that came so far; 0 when none did. */
size_t album_part(const char *folder, const struct hash *which);
/* More of them, behind those. ERR_FULL when there are too many. */
must_use enum err album_part_add(const char *folder, const struct hash *which, const void *bytes,
				 size_t len);
/* All came. ERR_CORRUPT: they are not those of the name; all are thrown away. */
must_use enum err album_part_end(const char *folder, const struct hash *which);

/* File and part. Gone already is as good. */
void album_drop(const char *folder, const struct hash *which);

/* What lies there, in no order. Free `file`. */
struct album_file {
	struct hash hash;
	uint64_t bytes;  /* of the file and its part */
	int64_t changed; /* Unix seconds */
};
struct album_list {
	struct album_file *file;
	size_t count;
	uint64_t bytes;
};
must_use enum err album_list(const char *folder, struct album_list *out);
