/* voucher_files.h - the pictures of a draft while they wait: sealed to the server's own key, opened
 * to be shown, written out in clear when the draft becomes public. */
#pragma once
#include "app/store/township/vouchers.h"
#include "app/township/visit.h"

/* A picture and its draft, when this member may see it; ERR_MISSING otherwise. */
must_use enum err voucher_asked(struct visit *v, int64_t id, struct voucher *page,
				struct draft *draft);

must_use enum err voucher_keep(struct visit *v, const void *jpeg, size_t len, struct hash *kept);
/* The picture as it will be public, or `whole` without its boxes (when that is still kept).
 * Appended; wipe it. */
must_use enum err voucher_load(struct visit *v, const struct voucher *page, bool whole,
			       struct buf *out);
/* The uploaded file, sealed to the office that reads letters about the place. ERR_REFUSED: the
 * settings name none. */
must_use enum err voucher_keep_original(struct visit *v, const char *place, const void *bytes,
					size_t len, struct hash *out);

/* Every picture of a draft as a file in clear; before the job that makes them public. */
struct voucher_out {
	struct voucher *page;
	size_t *bytes; /* of each */
	size_t count;
};
must_use enum err voucher_write_out(struct visit *v, int64_t draft, struct voucher_out *o);
/* After that job: what was kept for it goes. */
void voucher_clear_away(struct visit *v, const struct voucher_out *o);
void voucher_out_free(struct voucher_out *o);
