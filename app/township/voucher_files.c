#include "app/township/voucher_files.h"

#include <stdlib.h>
#include <string.h>

enum err voucher_asked(struct visit *v, int64_t id, struct voucher *page, struct draft *draft)
{
	struct db *db = township_read_begin(v->s->township);
	enum err e = vouchers_find(db, id, page);
	if (e == OK)
		e = drafts_find(db, page->draft, draft, NULL, NULL);
	township_read_end(v->s->township);
	if (e == OK && !access_covers(v->s->office->settings, &v->me.who, draft->place))
		e = ERR_MISSING;
	return e;
}

enum err voucher_keep(struct visit *v, const void *jpeg, size_t len, struct hash *kept)
{
	const struct office_service *own = office_own(v->s->office);
	return blobs_seal(v->s->office->folder, &own->seal_pub, jpeg, len, kept);
}

enum err voucher_load(struct visit *v, const struct voucher *page, bool whole, struct buf *out)
{
	const struct office *o = v->s->office;
	const struct seal_secret *key = &office_own(o)->seal;
	if (whole && page->has_whole)
		return blobs_open(o->folder, &page->whole, key, out);
	return page->is_kept ? blobs_open(o->folder, &page->kept, key, out)
			     : blobs_get(o->folder, &page->hash, out);
}

enum err voucher_keep_original(struct visit *v, const char *place, const void *bytes, size_t len,
			       struct hash *out)
{
	const struct body *b = settings_reader(v->s->office->settings, place, BODY_TOWNSHIP);
	return b == NULL ? ERR_REFUSED
			 : blobs_seal(v->s->office->folder, &b->office, bytes, len, out);
}

static enum err write_one(struct visit *v, const struct voucher *page, size_t *bytes)
{
	struct buf jpeg;
	struct hash hash;
	int width, height;
	buf_init(&jpeg, PAGE_BYTES_MAX);
	enum err e = voucher_load(v, page, false, &jpeg);
	/* The bytes the second person saw, still fit to be public. */
	if (e == OK && picture_fit(jpeg.p, jpeg.len, &width, &height) != OK)
		e = ERR_CORRUPT;
	if (e == OK && page->is_kept)
		e = blobs_put(v->s->office->folder, jpeg.p, jpeg.len, &hash);
	if (e == OK && page->is_kept && !hash_equal(&hash, &page->hash))
		e = ERR_CORRUPT;
	*bytes = jpeg.len;
	buf_wipe(&jpeg);
	return e;
}

enum err voucher_write_out(struct visit *v, int64_t draft, struct voucher_out *o)
{
	struct db *db = township_read_begin(v->s->township);
	enum err e = vouchers_of(db, draft, &o->page, &o->count);
	township_read_end(v->s->township);
	if (e != OK)
		return e;
	o->bytes = calloc(o->count + 1, sizeof *o->bytes);
	if (o->bytes == NULL)
		return ERR_FULL;
	for (size_t i = 0; e == OK && i < o->count; i++)
		e = write_one(v, &o->page[i], &o->bytes[i]);
	return e;
}

void voucher_clear_away(struct visit *v, const struct voucher_out *o)
{
	struct db *db = township_read_begin(v->s->township);
	for (size_t i = 0; i < o->count; i++) {
		if (o->page[i].is_kept)
			blobs_drop(db, v->s->office->folder, &o->page[i].kept);
		if (o->page[i].has_whole)
			blobs_drop(db, v->s->office->folder, &o->page[i].whole);
	}
	township_read_end(v->s->township);
}

void voucher_out_free(struct voucher_out *o)
{
	free(o->page);
	free(o->bytes);
	*o = (struct voucher_out){0};
}
