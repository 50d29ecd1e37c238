#include "app/store/township/office.h"

#include "app/base/conf.h"
#include "app/base/log.h"
#include "app/base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { KEY_FILE_MAX = 512, ROOT_FILE_MAX = 256 };

static const char key_prefix[] = "service-", retired_prefix[] = "retired-";

const char *office_path(const struct office *o, const char *name, char out[4096])
{
	snprintf(out, 4096, "%s/%s", o->folder, name);
	return out;
}

const struct office_service *office_own(const struct office *o)
{
	return &o->service[0];
}

bool office_topmost(const struct office *o)
{
	const struct place *county = settings_above(o->settings, o->place, PLACE_COUNTY);
	for (size_t i = 0; i < o->services; i++)
		if (!o->service[i].retired &&
		    (county == NULL || strcmp(o->service[i].place, county->id) == 0))
			return true;
	return false;
}

static enum err text_file(const struct office *o, const char *name, char *out, size_t size)
{
	struct buf b;
	char path[4096];
	buf_init(&b, size - 1);
	enum err e = buf_read_file(&b, office_path(o, name, path));
	if (e == OK)
		memcpy(out, buf_str(&b), b.len + 1);
	else
		log_warn("office: %s cannot be read", path);
	buf_wipe(&b);
	return e;
}

static enum err read_root(struct office *o)
{
	char text[ROOT_FILE_MAX];
	enum err e = text_file(o, "root.pub", text, sizeof text);
	if (e != OK)
		return e;
	return text_unhex(text, strcspn(text, " \r\n"), o->root.b, sizeof o->root.b) ? OK
										     : ERR_CORRUPT;
}

static enum err read_settings(struct office *o)
{
	char path[4096];
	buf_init(&o->settings_bytes, SETTINGS_BYTES_MAX);
	enum err e = buf_read_file(&o->settings_bytes, office_path(o, "settings", path));
	if (e == OK)
		e = settings_read(o->settings_bytes.p, o->settings_bytes.len, &o->root,
				  &o->settings);
	if (e != OK)
		log_warn("office: %s are no settings that the root signed", path);
	return e;
}

/* "service-PLACE", "retired-PLACE-SERIAL"; false for another name. */
static bool place_of(const char *file, struct office_service *s)
{
	size_t skip = sizeof key_prefix - 1;
	s->retired = strncmp(file, retired_prefix, sizeof retired_prefix - 1) == 0;
	if (!s->retired && strncmp(file, key_prefix, skip) != 0)
		return false;
	const char *end = s->retired ? strrchr(file, '-') : file + strlen(file);
	if (end <= file + skip)
		return false;
	text_copy(s->place, sizeof s->place, file + skip, (size_t)(end - file) - skip);
	return true;
}

static enum err read_service(struct office *o, const char *file)
{
	char text[KEY_FILE_MAX], name[300];
	unsigned char seed[SIGN_SEED_BYTES];
	if (o->services == OFFICE_SERVICES_MAX)
		return ERR_FULL;
	struct office_service *s = &o->service[o->services];
	if (!place_of(file, s))
		return OK;
	snprintf(name, sizeof name, "keys/%.200s", file);
	enum err e = text_file(o, name, text, sizeof text);
	if (e != OK)
		return e;
	char *second = strchr(text, '\n');
	bool good = second != NULL &&
		    text_unhex(text, (size_t)(second - text), seed, sizeof seed) &&
		    text_unhex(second + 1, strcspn(second + 1, "\n"), s->seal.b, sizeof s->seal.b);
	if (good) {
		sign_from_seed(seed, &s->sign_pub, &s->sign);
		seal_public_of(&s->seal, &s->seal_pub);
		o->services++;
	} else {
		log_warn("office: %s is no service key", name);
	}
	seal_wipe(seed, sizeof seed);
	seal_wipe(text, sizeof text);
	return good ? OK : ERR_CORRUPT;
}

/* The installation's own key first. */
static void own_first(struct office *o)
{
	for (size_t i = 1; i < o->services; i++)
		if (strcmp(o->service[i].place, o->place) == 0 && !o->service[i].retired) {
			struct office_service own = o->service[i];
			o->service[i] = o->service[0];
			o->service[0] = own;
			seal_wipe(&own, sizeof own);
		}
}

/* Kiosks believe the key the settings name: with another one this server would be a stranger to
 * them. */
static enum err same_as_settings(const struct office *o)
{
	struct service_keys named;
	const struct office_service *own = office_own(o);
	if (settings_service(o->settings, o->place, &named) == OK &&
	    memcmp(&named.sign, &own->sign_pub, sizeof named.sign) == 0 &&
	    memcmp(&named.seal, &own->seal_pub, sizeof named.seal) == 0)
		return OK;
	log_warn("office: keys/service-%s is not the key the settings name", o->place);
	return ERR_REFUSED;
}

static enum err read_services(struct office *o)
{
	char path[4096];
	enum err e = OK;
	DIR *d = opendir(office_path(o, "keys", path));
	if (d == NULL)
		return ERR_MISSING;
	for (struct dirent *f = readdir(d); f != NULL && e == OK; f = readdir(d))
		e = read_service(o, f->d_name);
	closedir(d);
	own_first(o);
	if (e == OK && (o->services == 0 || o->service[0].retired ||
			strcmp(o->service[0].place, o->place) != 0)) {
		log_warn("office: there is no service key of %s", o->place);
		return ERR_MISSING;
	}
	return e == OK ? same_as_settings(o) : e;
}

static enum err read_place(struct office *o)
{
	char path[4096];
	struct conf *c = NULL;
	enum err e = conf_open(office_path(o, "township.conf", path), &c);
	if (e != OK)
		return e;
	snprintf(o->place, sizeof o->place, "%s", conf_get(c, "place", ""));
	conf_close(c);
	return o->place[0] == 0 ? ERR_CORRUPT : OK;
}

enum err office_open(const char *folder, struct office **out)
{
	*out = NULL;
	struct office *o = calloc(1, sizeof *o);
	if (o == NULL)
		return ERR_FULL;
	snprintf(o->folder, sizeof o->folder, "%s", folder);
	enum err e = read_place(o);
	if (e == OK)
		e = read_root(o);
	if (e == OK)
		e = read_settings(o);
	if (e == OK)
		e = read_services(o);
	if (e == OK)
		e = text_file(o, "tls/ca.crt", o->ca.certificate, sizeof o->ca.certificate);
	if (e == OK)
		e = text_file(o, "tls/ca.key", o->ca.key, sizeof o->ca.key);
	if (e == OK)
		e = text_file(o, "tls/server.crt", o->server.certificate,
			      sizeof o->server.certificate);
	if (e == OK)
		e = text_file(o, "tls/server.key", o->server.key, sizeof o->server.key);
	if (e != OK) {
		log_warn("office: %s is not complete", folder);
		office_close(o);
		return e;
	}
	*out = o;
	return OK;
}

void office_close(struct office *o)
{
	if (o == NULL)
		return;
	settings_close(o->settings);
	buf_free(&o->settings_bytes);
	seal_wipe(o, sizeof *o);
	free(o);
}

/* --- making one --- */

static enum err put(const struct office *o, const char *name, const void *bytes, size_t len,
		    unsigned mode)
{
	char path[4096];
	return file_replace(office_path(o, name, path), bytes, len, mode);
}

static enum err put_text(const struct office *o, const char *name, const char *text, unsigned mode)
{
	return put(o, name, text, strlen(text), mode);
}

static enum err put_service(const struct office *o, const struct office_service *s)
{
	char name[128], text[2 * SIGN_SEED_BYTES + 2 * 32 + 3];
	snprintf(name, sizeof name, "keys/%s%s", key_prefix, s->place);
	text_hex(s->sign.b, SIGN_SEED_BYTES, text); /* a secret begins with its seed */
	text[(size_t)2 * SIGN_SEED_BYTES] = '\n';
	text_hex(s->seal.b, sizeof s->seal.b, text + (size_t)2 * SIGN_SEED_BYTES + 1);
	memcpy(text + sizeof text - 2, "\n", 2);
	enum err e = put_text(o, name, text, 0600);
	seal_wipe(text, sizeof text);
	return e;
}

static enum err put_tls(const struct office *o, const struct office_draft *d)
{
	struct ca_pair ca, server;
	enum err e = ca_make("elutong CA", d->now, &ca) == SYNC_OK &&
				     ca_server(&ca, d->name, d->names, d->now, &server) == SYNC_OK
			     ? OK
			     : ERR_IO;
	if (e == OK)
		e = put_text(o, "tls/ca.crt", ca.certificate, 0644);
	if (e == OK)
		e = put_text(o, "tls/ca.key", ca.key, 0600);
	if (e == OK)
		e = put_text(o, "tls/server.crt", server.certificate, 0644);
	if (e == OK)
		e = put_text(o, "tls/server.key", server.key, 0600);
	seal_wipe(&ca, sizeof ca);
	seal_wipe(&server, sizeof server);
	return e;
}

static enum err make_folder(const struct office *o, const char *name)
{
	char path[4096];
	office_path(o, name, path);
	return mkdir(path, 0750) == 0 || errno == EEXIST ? OK : ERR_IO;
}

enum err office_make(const char *folder, const struct office_draft *d)
{
	struct office *o = calloc(1, sizeof *o);
	char text[2 * sizeof d->root->b + 128];
	enum err e = OK;
	if (o == NULL)
		return ERR_FULL;
	snprintf(o->folder, sizeof o->folder, "%s", folder);
	static const char *const part[] = {"", "keys", "tls", "log"};
	for (size_t i = 0; i < sizeof part / sizeof part[0] && e == OK; i++)
		e = make_folder(o, part[i]);
	snprintf(text, sizeof text, "place = %s\n", d->place);
	if (e == OK)
		e = put_text(o, "township.conf", text, 0640);
	text_hex(d->root->b, sizeof d->root->b, text);
	strncat(text, "\n", 2);
	if (e == OK)
		e = put_text(o, "root.pub", text, 0644);
	if (e == OK)
		e = put(o, "settings", d->settings, d->settings_len, 0644);
	for (size_t i = 0; i < d->services && e == OK; i++)
		e = put_service(o, &d->service[i]);
	if (e == OK)
		e = put_tls(o, d);
	free(o);
	return e;
}
