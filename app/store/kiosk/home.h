/* home.h - the data folder of a kiosk: what stands in it, read once.
 *
 *   kiosk.conf       place = ID, server = https://HOST:PORT, pin = / pin2 = (sha256//... of the
 * server's key), proxy =, panel = landscape | portrait; edited by a technician root.pub         the
 * county root's public key, 64 hex digits, compared with paper at provisioning keys/kiosk.sign this
 * kiosk's signing key (0640), made here keys/tls.key tls.crt ca.crt   its client certificate
 *   queue.db head blobs/   letters on their way (queue.h)
 *   blobs/ab/              pictures that published rows name (album.h)
 *   books.db         what was made public (books.h)
 *   applied/         the signed bundles books.db can be made from; packed anew when many
 *   inbox/           bundles to be applied
 *   line             whether the network is up (line.h) */
#pragma once
#include "app/village/parcel.h"

struct kiosk_home {
	char folder[2048];
	char place[PLACE_ID_MAX + 1];
	char server[256], pin[128], pin2[128], proxy[256];
	struct sign_public root;
	bool have_root, have_key;
	struct parcel_kiosk kiosk; /* wiped by home_close */
	struct hash kiosk_id;
};

/* ERR_MISSING: there is no such folder or no kiosk.conf; ERR_CORRUPT with the reason in the log. A
 * kiosk without a root or key yet is opened all the same (have_root, have_key). */
must_use enum err home_open(const char *folder, struct kiosk_home *out);
void home_close(struct kiosk_home *h);

/* Path of a file in the folder; the buffer holds 4096. */
const char *home_path(const struct kiosk_home *h, const char *name, char out[4096]);

/* Provisioning: makes the folder, its sub-folders, kiosk.conf, root.pub and a fresh signing key
 * (kept when there is one). Databases are created here, not at the first complaint. */
must_use enum err home_provision(const char *folder, const char *place,
				 const struct sign_public *root, const char *server,
				 const char *pin);
