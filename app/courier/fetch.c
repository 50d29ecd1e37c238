/* fetch.c - the township's feed: what is newer than what is here. The cursor moves only after the
 * books hold it; applying twice changes nothing. */
#include "app/base/log.h"
#include "app/courier/courier.h"

#include <inttypes.h>
#include <stdio.h>

static enum round take(struct courier *c, const struct http_reply *r, uint64_t after)
{
	struct wire_manifest m = {0};
	struct buf own;
	/* Applying makes no further request, but the reply's bytes belong to the client. */
	buf_init(&own, WIRE_FEED_MAX);
	buf_add(&own, r->body, r->len);
	enum err e = buf_end(&own);
#if SEEDED_BUG == 6
	if (books_set_cursor(c->books, c->server_feed) != OK)
		e = ERR_IO;
#endif
	c->road = BOOKS_ROAD_LINE;
	if (e == OK)
		e = courier_apply(c, own.p, own.len, &m);
	c->road = BOOKS_ROAD_UNKNOWN;
	if (e == ERR_MISSING && c->too_new) {
		e = OK; /* the one before it is here, but waits for a later release */
	} else if (e == ERR_MISSING) {
		/* A publication before this one never came: everything is asked for once more. */
		courier_alarm(c, "gap", "公开内容缺了一号，重新去取");
		if (!c->gap_asked && after > 0) {
			c->gap_asked = true;
			buf_free(&own);
			return books_set_cursor(c->books, 0) == OK ? ROUND_MORE : ROUND_TROUBLE;
		}
		e = OK;
	}
	if (e == OK && (m.after != after || m.through <= after))
		e = ERR_CORRUPT;
	if (e == OK)
		e = bundles_keep(c, &m, own.p, own.len, NULL);
	if (e == OK)
		e = books_set_cursor(c->books, m.through);
	buf_free(&own);
	if (e == ERR_CORRUPT) {
		log_warn("fetch: what came is no bundle of our township");
		return ROUND_LATER;
	}
	if (e != OK)
		return ROUND_TROUBLE;
	return m.more || m.through < c->server_feed ? ROUND_MORE : ROUND_DONE;
}

enum round courier_fetch(struct courier *c, int *retry_after_s)
{
	char path[64];
	uint64_t cursor;
	struct http_reply r;
	if (books_cursor(c->books, &cursor) != OK)
		return ROUND_TROUBLE;
	if (c->server_feed <= cursor)
		return ROUND_DONE;
	snprintf(path, sizeof path, "/v1/feed?after=%" PRIu64, cursor);
	if (!http_get(c->client, path, WIRE_FEED_MAX, &r))
		return courier_trouble(&r, retry_after_s);
	if (r.status == 204)
		return ROUND_DONE;
	if (r.status != 200)
		return courier_trouble(&r, retry_after_s);
	return take(c, &r, cursor);
}
