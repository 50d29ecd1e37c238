/* office.h - the data folder of a township server: what stands in it, read once.
 *
 *   township.conf       place = the installation's place (normally the county)
 *   root.pub            the county root's public key, 64 hex digits
 *   settings            the settings publication in force, signed by the root
 *   keys/service-PLACE  service keys (0600): signing seed and opening secret, hex, one a line
 *   keys/retired-PLACE-SERIAL  those they replaced: they sign nothing, but letters of kiosks that
 *                       do not know it yet are still sealed to them
 *   tls/                ca.crt ca.key server.crt server.key, PEM
 *   township.db         everything else (township.h)
 *   blobs/              pictures (blobs.h)
 *   log/ */
#pragma once
#include "app/base/buf.h"
#include "app/village/settings.h"
#include "sync/ca.h"

enum { OFFICE_SERVICES_MAX = 16 };

struct office_service {
	char place[PLACE_ID_MAX + 1];
	struct sign_public sign_pub;
	struct sign_secret sign;
	struct seal_public seal_pub;
	struct seal_secret seal;
	bool retired;
};

struct office {
	char folder[2048];
	char place[PLACE_ID_MAX + 1];
	struct sign_public root;
	struct buf settings_bytes;
	struct settings *settings;
	struct office_service service[OFFICE_SERVICES_MAX]; /* the installation's own comes first */
	size_t services;
	struct ca_pair ca, server;
};

/* ERR_MISSING: no such folder; ERR_REFUSED: the root did not sign the settings; ERR_CORRUPT. The
 * log says which file. */
must_use enum err office_open(const char *folder, struct office **out);
void office_close(struct office *o); /* wipes the keys; NULL is fine */
const char *office_path(const struct office *o, const char *name, char out[4096]);

/* The installation's own service keys: they sign hello, acknowledgements, capsules. */
const struct office_service *office_own(const struct office *o);

/* True when the county's own key is here: its acknowledgement settles a letter, and every waybill
 * opens. */
bool office_topmost(const struct office *o);

/* Making the folder (demo, first installation). Writes every file but the database. */
struct office_draft {
	const char *place;
	const struct sign_public *root;
	const void *settings;
	size_t settings_len;
	const struct office_service *service;
	size_t services;
	const char *const *name; /* the server is reached by */
	size_t names;
	int64_t now;
};
must_use enum err office_make(const char *folder, const struct office_draft *d);
