/* ack.h - the server's signed acknowledgement (确认): what is durable there, what is missing.
 *
 * Signed text of kind "ack", body JSON. Nothing but this settles a parcel; it is
 * kept and passed on as it came. */
#pragma once
#include "app/base/buf.h"
#include "sync/sign.h"

#include <stdint.h>

enum { ACK_GAPS_MAX = 256, ACK_BYTES_MAX = 16384, EPOCH_CHARS = 32 };

struct ack {
	struct hash kiosk;
	char epoch[EPOCH_CHARS + 1]; /* changes when the server was put back from a backup */
	uint64_t through;            /* every parcel up to here is durable, except the gaps */
	uint64_t backed_up_to;       /* in a second place up to here */
	/* Numbers that are not covered, in runs, ascending. When there are more runs, `through`
	 * ends before the first that found no room. */
	struct ack_gap {
		uint64_t first, last;
	} gap[ACK_GAPS_MAX];
	size_t gap_count;
	int64_t time;            /* server's clock, Unix seconds */
	uint64_t event_sequence; /* newest link of the server's event chain, */
	struct hash event_head;  /* witnessed by every kiosk */
};

must_use enum err ack_make(const struct ack *a, const struct sign_public *pub,
			   const struct sign_secret *sec, struct buf *out);
/* ERR_REFUSED when the service key did not sign it, ERR_CORRUPT. */
must_use enum err ack_read(const void *bytes, size_t len, const struct sign_public *service,
			   struct ack *out);
