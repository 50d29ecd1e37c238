/* inbox.c - bundles that came by another road than the line: applied like the feed, then kept. One
 * that is no bundle is put aside under its name with ".refused", once. */
#include "app/base/log.h"
#include "app/courier/courier.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static bool is_bundle(const char *name)
{
	size_t len = strlen(name);
	return len > 8 && len < 200 && name[0] != '.' && strcmp(name + len - 8, ".tar.zst") == 0;
}

static enum round take(struct courier *c, const char *name)
{
	char from[4096], to[4096], inner[300];
	struct buf bytes;
	struct wire_manifest m;
	snprintf(inner, sizeof inner, "inbox/%s", name);
	home_path(&c->home, inner, from);
	buf_init(&bytes, WIRE_FEED_MAX);
	enum err e = buf_read_file(&bytes, from);
	if (e == OK)
		e = courier_apply(c, bytes.p, bytes.len, &m);
	buf_free(&bytes);
	if (e == ERR_IO || e == ERR_FULL)
		return ROUND_TROUBLE;
	bool good = e == OK || e == ERR_MISSING;
	snprintf(inner, sizeof inner, good ? "applied/%s" : "inbox/%s.refused", name);
	if (!good)
		courier_alarm(c, "inbox", "收件夹里有一个文件不是公开内容包");
	return rename(from, home_path(&c->home, inner, to)) == 0 ? ROUND_DONE : ROUND_TROUBLE;
}

enum round courier_inbox(struct courier *c)
{
	char path[4096];
	enum round round = ROUND_DONE;
	DIR *d = opendir(home_path(&c->home, "inbox", path));
	if (d == NULL)
		return ROUND_DONE;
	for (struct dirent *f = readdir(d); f != NULL && round == ROUND_DONE; f = readdir(d))
		if (is_bundle(f->d_name))
			round = take(c, f->d_name);
	closedir(d);
	return round;
}
