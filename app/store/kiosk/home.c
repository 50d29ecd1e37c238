#include "app/store/kiosk/home.h"

#include "app/base/conf.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/kiosk/books.h"
#include "app/store/kiosk/queue.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE_MAX = 256 };

const char *home_path(const struct kiosk_home *h, const char *name, char out[4096])
{
	snprintf(out, 4096, "%s/%s", h->folder, name);
	return out;
}

/* Hex digits in a file of their own line. */
static enum err read_hex(const char *path, unsigned char *out, size_t len)
{
	struct buf b;
	buf_init(&b, KEY_FILE_MAX);
	enum err e = buf_read_file(&b, path);
	if (e == OK && !text_unhex(buf_str(&b), strcspn(buf_str(&b), "\r\n"), out, len))
		e = ERR_CORRUPT;
	buf_wipe(&b);
	if (e == ERR_CORRUPT)
		log_warn("home: %s is not %zu bytes in hex", path, len);
	return e;
}

static void copy_conf(const struct conf *c, const char *name, char *out, size_t size)
{
	const char *v = conf_get(c, name, "");
	text_copy(out, size, v, strlen(v));
}

enum err home_open(const char *folder, struct kiosk_home *out)
{
	char path[4096];
	struct conf *c;
	memset(out, 0, sizeof *out);
	text_copy(out->folder, sizeof out->folder, folder, strlen(folder));
	enum err e = conf_open(home_path(out, "kiosk.conf", path), &c);
	if (e != OK) {
		log_warn("home: %s cannot be read; has this kiosk been provisioned", path);
		return e;
	}
	copy_conf(c, "place", out->place, sizeof out->place);
	copy_conf(c, "server", out->server, sizeof out->server);
	copy_conf(c, "pin", out->pin, sizeof out->pin);
	copy_conf(c, "pin2", out->pin2, sizeof out->pin2);
	copy_conf(c, "proxy", out->proxy, sizeof out->proxy);
	conf_close(c);
	if (!place_id_valid(out->place)) {
		log_warn("home: kiosk.conf names no place");
		return ERR_CORRUPT;
	}
	e = read_hex(home_path(out, "root.pub", path), out->root.b, sizeof out->root.b);
	out->have_root = e == OK;
	if (e != OK && e != ERR_MISSING)
		return e;
	unsigned char seed[SIGN_SEED_BYTES];
	e = read_hex(home_path(out, "keys/kiosk.sign", path), seed, sizeof seed);
	out->have_key = e == OK;
	if (e == OK) {
		sign_from_seed(seed, &out->kiosk.pub, &out->kiosk.sec);
		parcel_kiosk_id(&out->kiosk.pub, &out->kiosk_id);
	}
	seal_wipe(seed, sizeof seed);
	return e == OK || e == ERR_MISSING ? OK : e;
}

void home_close(struct kiosk_home *h)
{
	seal_wipe(&h->kiosk, sizeof h->kiosk);
}

static enum err make_folder(const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (mkdir(path, 02770) != 0 && errno != EEXIST) {
		log_warn("home: %s: %s", path, strerror(errno));
		return ERR_IO;
	}
	/* The umask takes from what mkdir gives; another user's folder stays as it is. */
	if (chmod(path, 02770) != 0)
		log_warn("home: the mode of %s stays: %s", path, strerror(errno));
	return OK;
}

static enum err write_hex(const char *path, const unsigned char *bytes, size_t len, unsigned mode)
{
	char hex[2 * 64 + 2];
	text_hex(bytes, len, hex);
	hex[2 * len] = '\n';
	enum err e = file_replace(path, hex, 2 * len + 1, mode);
	seal_wipe(hex, sizeof hex);
	return e;
}

static enum err make_key(const char *path)
{
	unsigned char seed[SIGN_SEED_BYTES];
	if (access(path, F_OK) == 0)
		return OK;
	seal_random(seed, sizeof seed);
	/* Kiosk and courier are two users of one group, and both sign. */
	enum err e = write_hex(path, seed, sizeof seed, 0640);
	seal_wipe(seed, sizeof seed);
	if (e == OK && chmod(path, 0640) != 0)
		e = ERR_IO;
	return e;
}

static enum err make_databases(const char *folder)
{
	struct queue *q;
	struct books *b;
	enum err e = queue_open(folder, true, &q);
	queue_close(q);
	if (e != OK)
		return e;
	e = books_open(folder, BOOKS_APPLY, &b);
	books_close(b);
	return e;
}

enum err home_provision(const char *folder, const char *place, const struct sign_public *root,
			const char *server, const char *pin)
{
	static const char *const folders[] = {"", "keys", "blobs", "applied", "inbox", "log"};
	char path[4096];
	struct buf conf;
	enum err e = OK;
	if (!place_id_valid(place))
		return ERR_REFUSED;
	for (size_t i = 0; i < sizeof folders / sizeof folders[0] && e == OK; i++)
		e = make_folder(folder, folders[i]);
	buf_init(&conf, 4096);
	buf_print(&conf, "place = %s\nserver = %s\npin = %s\n", place, server, pin);
	snprintf(path, sizeof path, "%s/kiosk.conf", folder);
	if (e == OK)
		e = file_replace(path, conf.p, conf.len, 0660);
	buf_free(&conf);
	snprintf(path, sizeof path, "%s/root.pub", folder);
	if (e == OK)
		e = write_hex(path, root->b, sizeof root->b, 0660);
	snprintf(path, sizeof path, "%s/keys/kiosk.sign", folder);
	if (e == OK)
		e = make_key(path);
	return e == OK ? make_databases(folder) : e;
}
