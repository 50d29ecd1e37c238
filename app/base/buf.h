/* buf.h - bytes that grow up to a ceiling given at birth.
 *
 * When the ceiling is reached, or memory is, the buffer drops what does not
 * fit and remembers it: a writer may write on and ask once, at the end. */
#pragma once
#include "app/base/err.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	unsigned char *p; /* always followed by one NUL that len does not count */
	size_t len, cap, ceiling;
	bool full; /* something was left out */
};

/* Nothing is allocated before the first byte. */
void buf_init(struct buf *b, size_t ceiling);
void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_text(struct buf *b, const char *s); /* NUL-terminated */
void buf_print(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprint(struct buf *b, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* Room for `len` bytes the caller fills in; NULL when it does not fit. */
unsigned char *buf_room(struct buf *b, size_t len);
/* Integers travel little-endian. */
void buf_u32(struct buf *b, uint32_t v);
void buf_u64(struct buf *b, uint64_t v);
/* OK, or ERR_FULL when something was left out. */
must_use enum err buf_end(const struct buf *b);
/* "" when empty. */
const char *buf_str(const struct buf *b);
void buf_clear(struct buf *b);           /* keeps the memory */
void buf_cut(struct buf *b, size_t len); /* takes back what was added behind `len` */
void buf_free(struct buf *b);
/* As buf_free, for what must not be read afterwards. */
void buf_wipe(struct buf *b);

/* A whole file of at most `ceiling` bytes, appended. ERR_MISSING, ERR_FULL (too long), ERR_IO. */
must_use enum err buf_read_file(struct buf *b, const char *path);
/* Writes beside, fsyncs, renames over `path`, fsyncs the folder: after a power cut the old bytes
 * or the new ones. `mode` as open(2). */
must_use enum err file_replace(const char *path, const void *bytes, size_t len, unsigned mode);
