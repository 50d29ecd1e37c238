/* settings.h - the settings publication: the only thing a kiosk trusts by itself.
 *
 * Signed by the county root (kept offline). It alone names every other public
 * key, so no township key can add or replace a reader. It also carries the
 * places, the bodies that read letters and the working-day calendar.
 *
 * A publication key that is withdrawn stays in the list with the day it ended: what it signed until
 * then goes on to hold, what comes after does not.
 *
 * Signed text of kind "settings"; the body is JSON (settings.c lists its names).
 * A newer serial replaces an older one; an older or equal one changes nothing. */
#pragma once
#include "app/base/err.h"
#include "app/village/place.h"
#include "app/village/workday.h"
#include "sync/seal.h"
#include "sync/sign.h"

#include <stdint.h>

enum { SETTINGS_BYTES_MAX = 4 << 20, SETTINGS_BODIES_MAX = 256, SETTINGS_SLOTS = 4 };

/* Who may open letters (design: whom is it about fixes the reader). */
enum body_role {
	BODY_TOWNSHIP,   /* 镇信访办: about the village */
	BODY_COUNTY,     /* 县里: about the township */
	BODY_DISCIPLINE, /* 纪检: its key is on an offline computer only */
	BODY_RECEIVING,  /* 县里的收件处: not sure */
	BODY_ROLES
};

struct body {
	char id[PLACE_ID_MAX + 1];
	char place[PLACE_ID_MAX + 1]; /* the township or the county */
	char name[PLACE_NAME_MAX + 1]; /* 草坝镇信访办, as shown in 打开这封信的只有 {name} */
	char short_name[PLACE_NAME_MAX + 1]; /* 镇信访办 */
	char phone[24];
	enum body_role role;
	uint32_t key_serial;
	struct seal_public office;   /* opens matters */
	struct seal_public identity; /* opens names */
};

struct settings; /* checked, never changes */

/* ERR_REFUSED when `root` did not sign it, ERR_CORRUPT when the body is not settings.
 * *out is ended with settings_close and owns copies of everything. */
must_use enum err settings_read(const void *bytes, size_t len, const struct sign_public *root,
				struct settings **out);
void settings_close(struct settings *s); /* NULL is fine */

uint32_t settings_serial(const struct settings *s);
/* True when the root is the demo root, whose secret is public. */
bool settings_is_demo(const struct sign_public *root);

/* Places in the order of the settings; NULL past the end. */
const struct place *settings_place_at(const struct settings *s, size_t i);
const struct place *settings_place(const struct settings *s, const char *id);
/* The place itself or its nearest ancestor of this level; NULL when there is none. */
const struct place *settings_above(const struct settings *s, const char *id,
				   enum place_level level);
/* True when `id` is `ancestor` or below it. */
bool settings_below(const struct settings *s, const char *id, const char *ancestor);

/* The body that reads letters of this role written at `place`. */
const struct body *settings_reader(const struct settings *s, const char *place,
				   enum body_role role);
const struct body *settings_body(const struct settings *s, const char *id);

/* Service keys: the county's and each township's own, numbered; the highest number is in force, the
 * others are retired: what they signed and what was sealed to them stays good, nothing new is.
 * A key that fell into wrong hands is not retired but left out. ERR_MISSING. */
struct service_keys {
	struct sign_public sign;
	struct seal_public seal;
};
must_use enum err settings_service(const struct settings *s, const char *place,
				   struct service_keys *out);
/* The key with this id, in force or retired, of the county or the township `place` lies in.
 * ERR_MISSING. */
struct service_key {
	const char *place; /* whose it is; lives as long as the settings */
	uint32_t serial;
	struct sign_public sign;
};
must_use enum err settings_service_key(const struct settings *s, const char *place,
				       const char key_id[SIGN_ID_CHARS + 1],
				       struct service_key *out);
/* The key that may sign publications for `place` on `day` and has this id; *until is its last day,
 * 0 while none is set. ERR_REFUSED. */
must_use enum err settings_publication_key(const struct settings *s, const char *place,
					   const char *key_id, int32_t day, struct sign_public *out,
					   int32_t *until);
const struct workday_calendar *settings_calendar(const struct settings *s);

/* Making them (elutong-pack): the body from `draft`, signed by the root. */
struct settings_draft {
	uint32_t serial;
	int32_t day;
	const struct place *places;
	size_t place_count;
	const struct body *bodies;
	size_t body_count;
	const struct settings_service_entry {
		char place[PLACE_ID_MAX + 1];
		struct service_keys keys;
		uint32_t serial; /* of this place's keys; 0: its first */
	} * services;
	size_t service_count;
	const struct settings_publication_entry {
		char place[PLACE_ID_MAX + 1]; /* may sign for this place and all below */
		struct sign_public key;
		int32_t from, until; /* first and last day; 0: without a limit */
	} * publication_keys;
	size_t publication_key_count;
	const struct workday_exception *exceptions;
	size_t exception_count;
};
struct buf;
must_use enum err settings_make(const struct settings_draft *d, const struct sign_public *root,
				const struct sign_secret *root_secret, struct buf *out);
/* The demo root's secret; anybody can have it, which is why a kiosk with it says 演示数据. */
void settings_demo_root(struct sign_public *pub, struct sign_secret *sec);
