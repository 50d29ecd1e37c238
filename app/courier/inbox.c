/* inbox.c - bundles that came by another road than the line: applied like the feed, then kept. One
 * that is no bundle is put aside under its name with ".refused"; one that lacks another before it
 * waits where it lies. */
#include "app/base/log.h"
#include "app/courier/courier.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void refuse(struct courier *c, const char *name)
{
	char from[4096], to[4096], inner[BUNDLE_NAME_MAX + 32];
	snprintf(inner, sizeof inner, "inbox/%s", name);
	home_path(&c->home, inner, from);
	snprintf(inner, sizeof inner, "inbox/%s.refused", name);
	courier_alarm(c, "inbox", "收件夹里有一个文件不是公开内容包");
	if (rename(from, home_path(&c->home, inner, to)) != 0)
		log_warn("inbox: %s cannot be put aside: %s", name, strerror(errno));
}

/* OK: applied and kept. ERR_MISSING: it must wait. ERR_REFUSED: put aside. */
static enum err take(struct courier *c, const char *name)
{
	struct buf bytes;
	struct wire_manifest m;
	buf_init(&bytes, WIRE_FEED_MAX);
	enum err e = bundles_read(c, "inbox", name, &bytes);
	c->road = BOOKS_ROAD_STICK;
	if (e == OK)
		e = courier_apply(c, bytes.p, bytes.len, &m);
	c->road = BOOKS_ROAD_UNKNOWN;
	if (e == OK)
		e = bundles_move(c, name, &bytes);
	buf_free(&bytes);
	if (e == ERR_REFUSED || e == ERR_CORRUPT) {
		refuse(c, name);
		e = ERR_REFUSED;
	}
	return e;
}

/* One pass in the order of names. */
static enum err pass(struct courier *c, const struct bundle_names *all, size_t *applied,
		     size_t *waiting)
{
	*applied = *waiting = 0;
	for (size_t i = 0; i < all->count && *c->stop == 0; i++) {
		enum err e = take(c, all->name[i]);
		if (e == ERR_IO || e == ERR_FULL)
			return e;
		*applied += e == OK;
		*waiting += e == ERR_MISSING;
	}
	return OK;
}

/* What lies there and how much was applied so far: as long as neither moves, what waits waits. */
static void look(struct courier *c, const struct bundle_names *all, struct hash *out)
{
	struct buf text;
	buf_init(&text, 1 << 20);
	buf_print(&text, "%u\n", c->applied);
	for (size_t i = 0; i < all->count; i++) {
		char path[4096], inner[BUNDLE_NAME_MAX + 32];
		struct stat s = {0};
		snprintf(inner, sizeof inner, "inbox/%s", all->name[i]);
		if (lstat(home_path(&c->home, inner, path), &s) != 0)
			continue;
		buf_print(&text, "%s %llu %lld %lld.%09ld\n", all->name[i],
			  (unsigned long long)s.st_ino, (long long)s.st_size,
			  (long long)s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
	}
	hash_bytes(buf_str(&text), text.len, out);
	buf_free(&text);
}

enum round courier_inbox(struct courier *c)
{
	struct bundle_names all;
	struct hash seen;
	size_t applied, waiting;
	enum err e;
	do {
		applied = waiting = 0;
		e = bundles_list(c, "inbox", &all);
		if (e != OK || all.count == 0) {
			free(all.name);
			break;
		}
		look(c, &all, &seen);
		if (!hash_equal(&seen, &c->inbox_seen))
			e = pass(c, &all, &applied, &waiting);
		if (applied == 0 && waiting > 0)
			look(c, &all, &c->inbox_seen);
		free(all.name);
	} while (e == OK && applied > 0 && waiting > 0 && *c->stop == 0);
	if (e == OK && waiting > 0) {
		log_warn("inbox: %zu bundles wait for one that is not here", waiting);
		courier_alarm(c, "gap", "收件夹里的公开内容缺了前面的一号");
	}
	return e == OK ? ROUND_DONE : ROUND_TROUBLE;
}
