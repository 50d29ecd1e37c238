#include "sync/bundle.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NAME_MAX_BYTES = 200,
	DEPTH_MAX = 8,
	ENTRIES_DEFAULT = 10000,
	RATIO_DEFAULT = 100,
	RATIO_FLOOR = 1 << 20
};
static const uint64_t total_default = UINT64_C(256) << 20, one_default = UINT64_C(16) << 20;

/* Letters, digits, dot, underscore, dash; parts between slashes, none of them "." or "..". */
static bool name_good(const char *name)
{
	size_t len = strlen(name), part = 0;
	int depth = 1;
	if (len == 0 || len > NAME_MAX_BYTES || name[0] == '/' || name[len - 1] == '/')
		return false;
	for (size_t i = 0; i <= len; i++) {
		char c = name[i];
		if (c == '/' || c == 0) {
			size_t n = i - part;
			if (n == 0 || (n == 1 && name[part] == '.') ||
			    (n == 2 && name[part] == '.' && name[part + 1] == '.'))
				return false;
			part = i + 1;
			depth += c == '/';
		} else if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-')) {
			return false;
		}
	}
	return depth <= DEPTH_MAX;
}

/* --- writing --- */

struct bundle_writer {
	struct archive *a;
	unsigned char *bytes;
	size_t len, cap;
	uint64_t most;
	bool failed;
};

static la_ssize_t take(struct archive *a, void *self, const void *bytes, size_t len)
{
	struct bundle_writer *w = self;
	(void)a;
	if (w->len + len > w->most) {
		w->failed = true;
		return -1;
	}
	if (w->len + len > w->cap) {
		size_t cap = (w->len + len) * 2;
		unsigned char *grown = realloc(w->bytes, cap);
		if (grown == NULL) {
			w->failed = true;
			return -1;
		}
		w->bytes = grown;
		w->cap = cap;
	}
	memcpy(w->bytes + w->len, bytes, len);
	w->len += len;
	return (la_ssize_t)len;
}

enum sync_err bundle_begin(uint64_t most_bytes, struct bundle_writer **out)
{
	*out = NULL;
	struct bundle_writer *w = calloc(1, sizeof *w);
	if (w == NULL)
		return SYNC_ERR_FULL;
	w->most = most_bytes;
	w->a = archive_write_new();
	if (w->a == NULL || archive_write_set_format_ustar(w->a) != ARCHIVE_OK ||
	    archive_write_add_filter_zstd(w->a) != ARCHIVE_OK ||
	    archive_write_set_filter_option(w->a, "zstd", "compression-level", "3") != ARCHIVE_OK ||
	    archive_write_set_bytes_in_last_block(w->a, 1) != ARCHIVE_OK ||
	    archive_write_open(w->a, w, NULL, take, NULL) != ARCHIVE_OK) {
		bundle_abandon(w);
		return SYNC_ERR_FULL;
	}
	*out = w;
	return SYNC_OK;
}

enum sync_err bundle_add(struct bundle_writer *w, const char *name, const void *bytes, size_t len)
{
	if (!name_good(name))
		return SYNC_ERR_REFUSED;
	struct archive_entry *e = archive_entry_new();
	if (e == NULL)
		return SYNC_ERR_FULL;
	archive_entry_set_pathname(e, name);
	archive_entry_set_size(e, (la_int64_t)len);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_mtime(e, 0, 0);
	bool good = archive_write_header(w->a, e) == ARCHIVE_OK &&
		    (len == 0 || archive_write_data(w->a, bytes, len) == (la_ssize_t)len);
	archive_entry_free(e);
	return good && !w->failed ? SYNC_OK : SYNC_ERR_FULL;
}

enum sync_err bundle_finish(struct bundle_writer *w, unsigned char **out, size_t *len)
{
	bool good = archive_write_close(w->a) == ARCHIVE_OK && !w->failed;
	*out = NULL;
	*len = 0;
	if (good) {
		*out = w->bytes;
		*len = w->len;
		w->bytes = NULL;
	}
	bundle_abandon(w);
	return good ? SYNC_OK : SYNC_ERR_FULL;
}

void bundle_abandon(struct bundle_writer *w)
{
	if (w == NULL)
		return;
	if (w->a != NULL)
		archive_write_free(w->a);
	free(w->bytes);
	free(w);
}

/* --- reading --- */

struct bundle_reader {
	struct archive *a;
	struct bundle_limits limit;
	size_t packed, entries;
	uint64_t unpacked;
	unsigned char *bytes; /* of the entry in hand */
	size_t cap;
	char name[NAME_MAX_BYTES + 1];
	const char *reason;
};

static enum sync_err refuse(struct bundle_reader *r, enum sync_err e, const char *reason)
{
	r->reason = reason;
	return e;
}

enum sync_err bundle_open(const void *bytes, size_t len, const struct bundle_limits *l,
			  struct bundle_reader **out)
{
	*out = NULL;
	struct bundle_reader *r = calloc(1, sizeof *r);
	if (r == NULL)
		return SYNC_ERR_FULL;
	if (l != NULL)
		r->limit = *l;
	if (r->limit.entries == 0)
		r->limit.entries = ENTRIES_DEFAULT;
	if (r->limit.total == 0)
		r->limit.total = total_default;
	if (r->limit.one == 0)
		r->limit.one = one_default;
	if (r->limit.ratio == 0)
		r->limit.ratio = RATIO_DEFAULT;
	r->packed = len;
	r->reason = "";
	r->a = archive_read_new();
	if (r->a == NULL || archive_read_support_filter_zstd(r->a) != ARCHIVE_OK ||
	    archive_read_support_format_tar(r->a) != ARCHIVE_OK ||
	    archive_read_open_memory(r->a, bytes, len) != ARCHIVE_OK ||
	    archive_filter_code(r->a, 0) != ARCHIVE_FILTER_ZSTD) {
		bundle_close(r);
		return SYNC_ERR_CORRUPT;
	}
	*out = r;
	return SYNC_OK;
}

/* What the head of an entry says, before a byte of it is unpacked. */
static enum sync_err look(struct bundle_reader *r, struct archive_entry *e)
{
	const char *name = archive_entry_pathname(e);
	la_int64_t size = archive_entry_size(e);
	if (archive_entry_filetype(e) != AE_IFREG || archive_entry_hardlink(e) != NULL ||
	    archive_entry_symlink(e) != NULL)
		return refuse(r, SYNC_ERR_CORRUPT, "something that is no regular file");
	if (name == NULL || !name_good(name))
		return refuse(r, SYNC_ERR_CORRUPT, "a name that is not allowed");
	if (size < 0 || (uint64_t)size > r->limit.one)
		return refuse(r, SYNC_ERR_FULL, "an entry that is too large");
	if (++r->entries > r->limit.entries)
		return refuse(r, SYNC_ERR_FULL, "too many entries");
	r->unpacked += (uint64_t)size;
	if (r->unpacked > r->limit.total)
		return refuse(r, SYNC_ERR_FULL, "too much in all");
	if (r->unpacked > RATIO_FLOOR && r->unpacked / r->limit.ratio > r->packed)
		return refuse(r, SYNC_ERR_FULL, "unpacks to far too much");
	snprintf(r->name, sizeof r->name, "%s", name);
	return SYNC_OK;
}

static enum sync_err unpack(struct bundle_reader *r, size_t size)
{
	size_t got = 0;
	if (size + 1 > r->cap) {
		unsigned char *grown = realloc(r->bytes, size + 1);
		if (grown == NULL)
			return refuse(r, SYNC_ERR_FULL, "no memory");
		r->bytes = grown;
		r->cap = size + 1;
	}
	while (got < size) {
		la_ssize_t n = archive_read_data(r->a, r->bytes + got, size - got);
		if (n <= 0)
			return refuse(r, SYNC_ERR_CORRUPT, "an entry that ends too early");
		got += (size_t)n;
	}
	r->bytes[size] = 0;
	return SYNC_OK;
}

enum sync_err bundle_next(struct bundle_reader *r, struct bundle_entry *out)
{
	struct archive_entry *e;
	int rc = archive_read_next_header(r->a, &e);
	if (rc == ARCHIVE_EOF)
		return r->entries == 0 ? refuse(r, SYNC_ERR_CORRUPT, "nothing in it")
				       : SYNC_ERR_MISSING;
	if (rc != ARCHIVE_OK)
		return refuse(r, SYNC_ERR_CORRUPT, "no tar in zstd");
	enum sync_err err = look(r, e);
	size_t size = err == SYNC_OK ? (size_t)archive_entry_size(e) : 0;
	if (err == SYNC_OK)
		err = unpack(r, size);
	if (err == SYNC_OK)
		*out = (struct bundle_entry){.name = r->name, .bytes = r->bytes, .len = size};
	return err;
}

const char *bundle_reason(const struct bundle_reader *r)
{
	return r->reason;
}

void bundle_close(struct bundle_reader *r)
{
	if (r == NULL)
		return;
	if (r->a != NULL)
		archive_read_free(r->a);
	free(r->bytes);
	free(r);
}
