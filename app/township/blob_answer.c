#include "app/township/blob_answer.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/township/blobs.h"
#include "app/township/routes.h"
#include "app/village/record.h"

#include <stdio.h>
#include <string.h>

static bool number_before(const char **p, char end, int64_t *out)
{
	size_t n = strspn(*p, "0123456789");
	const char *at = *p;
	if (n == 0 || at[n] != end || !text_number(at, n, out))
		return false;
	*p += n;
	return true;
}

bool blob_range(const char *header, size_t len, size_t *from, size_t *to, bool *part)
{
	static const char unit[] = "bytes=";
	int64_t first, last;
	*from = 0;
	*to = len;
	*part = false;
	if (header == NULL || strncmp(header, unit, sizeof unit - 1) != 0 ||
	    strchr(header, ',') != NULL)
		return true;
	const char *p = header + sizeof unit - 1;
	if (*p == '-') { /* the last so many */
		p++;
		if (!number_before(&p, 0, &last))
			return true;
		*from = (uint64_t)last < len ? len - (size_t)last : 0;
		*part = true;
		return last > 0;
	}
	if (!number_before(&p, '-', &first))
		return true;
	p++;
	last = INT64_MAX - 1;
	if (*p != 0 && (!number_before(&p, 0, &last) || last < first))
		return true;
	*part = true;
	if ((uint64_t)first >= len)
		return false;
	*from = (size_t)first;
	*to = (uint64_t)last + 1 < len ? (size_t)last + 1 : len;
	return true;
}

static void send(struct http_request *r, const struct buf *bytes, const char *name)
{
	size_t from, to;
	bool part;
	char range[80], tag[72];
	bool there = blob_range(http_header(r, "Range"), bytes->len, &from, &to, &part);
	snprintf(tag, sizeof tag, "\"%.64s\"", name);
	if (!there)
		snprintf(range, sizeof range, "bytes */%zu", bytes->len);
	else
		snprintf(range, sizeof range, "bytes %zu-%zu/%zu", from, to - 1, bytes->len);
	struct http_answer a = {.status = !there ? 416
					  : part ? 206
						 : 200,
				.type = there ? "image/jpeg" : NULL,
				.body = bytes->p + from,
				.len = there ? to - from : 0,
				.header = {"Accept-Ranges", "bytes", "ETag", tag, "Cache-Control",
					   "max-age=31536000, immutable", "X-Content-Type-Options",
					   "nosniff", "Content-Security-Policy",
					   "default-src 'none'", part ? "Content-Range" : NULL,
					   range}};
	http_answer(r, &a);
}

void blob_answer(struct server *s, struct http_request *r, const char *name, size_t digits,
		 bool open_only)
{
	struct hash hash;
	struct buf bytes;
	bool open = false;
	enum err e = text_unhex(name, digits, hash.b, HASH_BYTES) ? OK : ERR_MISSING;
	if (e == OK) {
		struct db *db = township_read_begin(s->township);
		e = blobs_public(db, &hash, &open);
		township_read_end(s->township);
	}
	if (e == OK && open_only && !open)
		e = ERR_MISSING;
	buf_init(&bytes, PAGE_BYTES_MAX);
	if (e == OK)
		e = blobs_get(s->office->folder, &hash, &bytes);
	if (e == OK && bytes.len > 0)
		send(r, &bytes, name);
	else if (e == ERR_MISSING)
		answer_error(r, 404, "no such picture");
	else
		answer_later(r);
	buf_free(&bytes);
}
