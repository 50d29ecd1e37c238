/* repair.c - queue and books opened, and made again when they are damaged or gone. Everything in
 * the books can be made again from the signed bundles in applied/. */
#include "app/base/log.h"
#include "app/base/stamp.h"
#include "app/courier/courier.h"

#include <stdlib.h>
#include <string.h>

enum err courier_keep_settings(struct courier *c, const void *bytes, size_t len)
{
	char path[4096];
	home_path(&c->home, "applied/settings", path);
	enum err e = file_replace(path, bytes, len, 0660);
	stamp_day(path);
	return e;
}

static enum err settings_again(struct courier *c)
{
	char path[4096];
	struct buf bytes;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	enum err e = buf_read_file(&bytes, home_path(&c->home, "applied/settings", path));
	if (e == OK)
		e = books_put_settings(c->books, &c->home.root, bytes.p, bytes.len);
	buf_free(&bytes);
	/* They may also come with a bundle. */
	return e == ERR_IO || e == ERR_FULL ? e : OK;
}

/* One pass over applied/. `gaps`: bundles that lacked one before them. */
static enum err apply_kept(struct courier *c, const struct bundle_names *all, size_t *gaps)
{
	enum err e = OK;
	*gaps = 0;
	for (size_t i = 0; i < all->count && e == OK && *c->stop == 0; i++) {
		struct buf bytes;
		struct wire_manifest m;
		buf_init(&bytes, WIRE_FEED_MAX);
		e = bundles_read(c, "applied", all->name[i], &bytes);
		if (e == OK)
			e = courier_apply(c, bytes.p, bytes.len, &m);
		buf_free(&bytes);
		*gaps += e == ERR_MISSING;
		if (e == ERR_MISSING || e == ERR_REFUSED || e == ERR_CORRUPT)
			e = OK; /* the server still has it */
	}
	return e;
}

/* Again until nothing more fits. The cursor stays at 0: whatever lacks here comes with the feed,
 * and what comes twice changes nothing. */
static enum err apply_all_kept(struct courier *c)
{
	struct bundle_names all;
	size_t gaps = 0;
	unsigned before;
	enum err e = bundles_list(c, "applied", &all);
	if (e != OK)
		return e;
	do {
		before = c->published;
		e = apply_kept(c, &all, &gaps);
	} while (e == OK && gaps > 0 && c->published != before);
	free(all.name);
	return e;
}

/* Books without settings are new ones: whatever was kept goes into them. */
static enum err fill_new(struct courier *c)
{
	enum err e = settings_again(c);
	if (e != OK)
		return e;
	e = courier_load_settings(c);
	if (e == ERR_MISSING)
		return OK; /* not enrolled yet, or a bundle of the feed will bring them */
	if (e != OK) {
		log_warn("courier: no settings that the root signed");
		return OK;
	}
	return apply_all_kept(c);
}

static enum err make_again(struct courier *c)
{
	courier_alarm(c, "books", "公开内容库坏了，从留着的内容包重建");
	enum err e = books_put_away(c->home.folder);
	if (e == OK)
		e = books_open(c->home.folder, BOOKS_APPLY, &c->books);
	if (e == OK)
		e = fill_new(c);
	if (e == OK)
		log_info("courier: the books are made again");
	return e;
}

/* What this release could not read, the next one may: everything is taken once more. */
static enum err look_at_release(struct courier *c)
{
	char by[64];
	enum err e = books_note(c->books, "too_new", by, sizeof by);
	c->too_new = e == OK && by[0] != 0;
	if (!c->too_new || strcmp(by, ELUTONG_VERSION) == 0)
		return e;
	c->too_new = false;
	e = books_set_note(c->books, "too_new", "");
	if (e == OK)
		e = books_set_cursor(c->books, 0);
	return e == OK ? apply_all_kept(c) : e;
}

static enum err open_books(struct courier *c)
{
	enum err e = books_open(c->home.folder, BOOKS_APPLY, &c->books);
	if (e == ERR_CORRUPT)
		return make_again(c);
	if (e != OK)
		return e;
	e = courier_load_settings(c);
	if (e == ERR_MISSING)
		return fill_new(c);
	if (e != OK)
		log_warn("courier: no settings that the root signed");
	return look_at_release(c);
}

enum err courier_open_stores(struct courier *c)
{
	enum err e = queue_open_again(c->home.folder, &c->queue);
	return e == OK ? open_books(c) : e;
}

enum err courier_look_after(struct courier *c)
{
	enum err e = OK;
	if (c->queue == NULL || !queue_there(c->queue)) {
		queue_close(c->queue);
		e = queue_open_again(c->home.folder, &c->queue);
		if (e != OK)
			return e;
	}
	if (c->books != NULL && books_there(c->books) && !books_damaged(c->books))
		return OK;
	bool damaged = c->books != NULL && books_damaged(c->books);
	books_close(c->books);
	c->books = NULL;
	e = damaged ? make_again(c) : open_books(c);
	if (e != OK) {
		books_close(c->books);
		c->books = NULL;
	}
	return e;
}
