#include "app/village/settings.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/village/json.h"

#include <stdlib.h>
#include <string.h>

/* The body of the signed text:
 *   format 1, serial, day
 *   places    [{id, level, name, parent?, code?}]            parents first
 *   bodies    [{id, role, place, name, short, phone, serial, office, identity}]   keys in hex
 *   services  [{place, sign, seal, serial?}]  the highest serial of a place is in force, without
 * one: 1 publishers [{place, key, from?, until?}]  may sign for the place and all below, on these
 * days days      [[yyyymmdd, 0 off | 1 work]]                   ascending */

enum { PLACES_MAX = 20000, SERVICES_MAX = 256, PUBLISHERS_MAX = 1024, DAYS_MAX = 2000 };

struct service_entry {
	char place[PLACE_ID_MAX + 1];
	char id[SIGN_ID_CHARS + 1];
	uint32_t serial;
	struct service_keys keys;
};
struct publisher {
	char place[PLACE_ID_MAX + 1];
	char id[SIGN_ID_CHARS + 1];
	struct sign_public key;
	int32_t from, until; /* 0: without a limit */
};

struct settings {
	uint32_t serial;
	size_t places, bodies, services, publishers, days;
	struct place *place;
	struct body *body;
	struct service_entry *service;
	struct publisher *publisher;
	struct workday_exception *day;
	struct workday_calendar calendar;
};

static const char *const role_name[BODY_ROLES] = {"township", "county", "discipline", "receiving"};

void settings_close(struct settings *s)
{
	if (s == NULL)
		return;
	free(s->place);
	free(s->body);
	free(s->service);
	free(s->publisher);
	free(s->day);
	free(s);
}

static enum err wrong(const char *what, const char *id)
{
	log_warn("settings: %s: %s", what, id);
	return ERR_CORRUPT;
}

static enum err read_places(struct settings *s, const json_t *list)
{
	const json_t *o;
	size_t i;
	json_array_foreach(list, i, o)
	{
		struct place *p = &s->place[s->places];
		char level[16];
		if (!json_text(o, "id", p->id, sizeof p->id) || !place_id_valid(p->id) ||
		    !json_text(o, "level", level, sizeof level) ||
		    !place_level_parse(level, &p->level) ||
		    !json_text(o, "name", p->name, sizeof p->name) ||
		    !json_text_or_empty(o, "parent", p->parent, sizeof p->parent) ||
		    !json_text_or_empty(o, "code", p->code, sizeof p->code))
			return wrong("a place is not as it should be", p->id);
		if (settings_place(s, p->id) != NULL)
			return wrong("two places have one id", p->id);
		const struct place *parent = settings_place(s, p->parent);
		if (p->parent[0] != 0 && (parent == NULL || parent->level >= p->level))
			return wrong("the parent is not above it or not before it", p->id);
		s->places++;
	}
	return OK;
}

static enum err read_bodies(struct settings *s, const json_t *list)
{
	const json_t *o;
	size_t i;
	json_array_foreach(list, i, o)
	{
		struct body *b = &s->body[s->bodies];
		char role[16];
		int64_t serial;
		if (!json_text(o, "id", b->id, sizeof b->id) || !place_id_valid(b->id) ||
		    !json_text(o, "role", role, sizeof role) ||
		    !json_text(o, "place", b->place, sizeof b->place) ||
		    !json_text(o, "name", b->name, sizeof b->name) ||
		    !json_text(o, "short", b->short_name, sizeof b->short_name) ||
		    !json_text_or_empty(o, "phone", b->phone, sizeof b->phone) ||
		    !json_whole(o, "serial", 1, UINT32_MAX, &serial) ||
		    !json_hex(o, "office", b->office.b, sizeof b->office.b) ||
		    !json_hex(o, "identity", b->identity.b, sizeof b->identity.b))
			return wrong("a body is not as it should be", b->id);
		int r = 0;
		while (r < BODY_ROLES && strcmp(role_name[r], role) != 0)
			r++;
		if (r == BODY_ROLES || settings_place(s, b->place) == NULL ||
		    settings_body(s, b->id) != NULL)
			return wrong("a body has an unknown role or place, or stands twice", b->id);
		b->role = (enum body_role)r;
		b->key_serial = (uint32_t)serial;
		s->bodies++;
	}
	return OK;
}

/* A day that need not be there. */
static bool day_or_none(const json_t *o, const char *key, int32_t *out)
{
	int64_t day = 0;
	*out = 0;
	if (json_object_get(o, key) == NULL)
		return true;
	if (!json_whole(o, key, 19700101, 99991231, &day) || !clock_day_valid((int32_t)day))
		return false;
	*out = (int32_t)day;
	return true;
}

static enum err read_services(struct settings *s, const json_t *services)
{
	const json_t *o;
	size_t i;
	json_array_foreach(services, i, o)
	{
		struct service_entry *e = &s->service[s->services];
		int64_t serial = 1;
		if (!json_text(o, "place", e->place, sizeof e->place) ||
		    settings_place(s, e->place) == NULL ||
		    !json_hex(o, "sign", e->keys.sign.b, sizeof e->keys.sign.b) ||
		    !json_hex(o, "seal", e->keys.seal.b, sizeof e->keys.seal.b) ||
		    (json_object_get(o, "serial") != NULL &&
		     !json_whole(o, "serial", 1, UINT32_MAX, &serial)))
			return wrong("a service key is not as it should be", e->place);
		e->serial = (uint32_t)serial;
		sign_key_id(&e->keys.sign, e->id);
		for (size_t n = 0; n < s->services; n++)
			if (s->service[n].serial == e->serial &&
			    strcmp(s->service[n].place, e->place) == 0)
				return wrong("two service keys have one number", e->place);
		s->services++;
	}
	return OK;
}

static enum err read_keys(struct settings *s, const json_t *publishers)
{
	const json_t *o;
	size_t i;
	json_array_foreach(publishers, i, o)
	{
		struct publisher *p = &s->publisher[s->publishers++];
		if (!json_text(o, "place", p->place, sizeof p->place) ||
		    settings_place(s, p->place) == NULL ||
		    !json_hex(o, "key", p->key.b, sizeof p->key.b) ||
		    !day_or_none(o, "from", &p->from) || !day_or_none(o, "until", &p->until))
			return wrong("a publication key is not as it should be", p->place);
		sign_key_id(&p->key, p->id);
	}
	return OK;
}

static enum err read_days(struct settings *s, const json_t *list)
{
	const json_t *d;
	size_t i;
	json_array_foreach(list, i, d)
	{
		int64_t day = json_integer_value(json_array_get(d, 0)),
			work = json_integer_value(json_array_get(d, 1));
		if (json_array_size(d) != 2 || day <= 0 || day > 99991231 ||
		    !clock_day_valid((int32_t)day) || (work != 0 && work != 1) ||
		    (i > 0 && s->day[i - 1].day >= (int32_t)day))
			return wrong("the calendar is not ascending days", "days");
		s->day[s->days++] =
			(struct workday_exception){.day = (int32_t)day, .off = work == 0};
	}
	s->calendar = (struct workday_calendar){s->day, s->days};
	return OK;
}

static void *room(const json_t *list, size_t each)
{
	return calloc(json_array_size(list) + 1, each);
}

static enum err read_body(struct settings *s, const json_t *o)
{
	int64_t format, serial;
	const json_t *places = json_list(o, "places", PLACES_MAX),
		     *bodies = json_list(o, "bodies", SETTINGS_BODIES_MAX);
	const json_t *services = json_list(o, "services", SERVICES_MAX);
	const json_t *publishers = json_list(o, "publishers", PUBLISHERS_MAX),
		     *days = json_list(o, "days", DAYS_MAX);
	if (!json_whole(o, "format", 1, 1, &format) ||
	    !json_whole(o, "serial", 1, UINT32_MAX, &serial) || places == NULL || bodies == NULL ||
	    services == NULL || publishers == NULL || days == NULL)
		return wrong("a part is missing or of another format", "head");
	s->serial = (uint32_t)serial;
	s->place = room(places, sizeof *s->place);
	s->body = room(bodies, sizeof *s->body);
	s->service = room(services, sizeof *s->service);
	s->publisher = room(publishers, sizeof *s->publisher);
	s->day = room(days, sizeof *s->day);
	if (s->place == NULL || s->body == NULL || s->service == NULL || s->publisher == NULL ||
	    s->day == NULL)
		return ERR_FULL;
	enum err e = read_places(s, places);
	if (e == OK)
		e = read_bodies(s, bodies);
	if (e == OK)
		e = read_services(s, services);
	if (e == OK)
		e = read_keys(s, publishers);
	return e == OK ? read_days(s, days) : e;
}

enum err settings_read(const void *bytes, size_t len, const struct sign_public *root,
		       struct settings **out)
{
	struct signed_unchecked raw;
	struct signed_checked text;
	*out = NULL;
	if (len > SETTINGS_BYTES_MAX || signed_read(bytes, len, "settings", &raw) != SYNC_OK)
		return ERR_CORRUPT;
	if (signed_check(&raw, root, &text) != SYNC_OK)
		return ERR_REFUSED;
	json_t *o = json_object_of(text.body, text.body_len);
	struct settings *s = calloc(1, sizeof *s);
	enum err e = o == NULL ? ERR_CORRUPT : s == NULL ? ERR_FULL : read_body(s, o);
	json_decref(o);
	if (e != OK) {
		settings_close(s);
		return e;
	}
	*out = s;
	return OK;
}

uint32_t settings_serial(const struct settings *s)
{
	return s->serial;
}

const struct place *settings_place_at(const struct settings *s, size_t i)
{
	return i < s->places ? &s->place[i] : NULL;
}

const struct place *settings_place(const struct settings *s, const char *id)
{
	for (size_t i = 0; i < s->places; i++)
		if (strcmp(s->place[i].id, id) == 0)
			return &s->place[i];
	return NULL;
}

const struct place *settings_above(const struct settings *s, const char *id, enum place_level level)
{
	const struct place *p = settings_place(s, id);
	while (p != NULL && p->level != level)
		p = p->parent[0] == 0 ? NULL : settings_place(s, p->parent);
	return p;
}

bool settings_below(const struct settings *s, const char *id, const char *ancestor)
{
	const struct place *p = settings_place(s, id);
	while (p != NULL && strcmp(p->id, ancestor) != 0)
		p = p->parent[0] == 0 ? NULL : settings_place(s, p->parent);
	return p != NULL;
}

const struct body *settings_reader(const struct settings *s, const char *place, enum body_role role)
{
	for (size_t i = 0; i < s->bodies; i++)
		if (s->body[i].role == role && settings_below(s, place, s->body[i].place))
			return &s->body[i];
	return NULL;
}

const struct body *settings_body(const struct settings *s, const char *id)
{
	for (size_t i = 0; i < s->bodies; i++)
		if (strcmp(s->body[i].id, id) == 0)
			return &s->body[i];
	return NULL;
}

enum err settings_service(const struct settings *s, const char *place, struct service_keys *out)
{
	const struct service_entry *newest = NULL;
	for (size_t i = 0; i < s->services; i++)
		if (strcmp(s->service[i].place, place) == 0 &&
		    (newest == NULL || s->service[i].serial > newest->serial))
			newest = &s->service[i];
	if (newest == NULL)
		return ERR_MISSING;
	*out = newest->keys;
	return OK;
}

enum err settings_service_key(const struct settings *s, const char *place,
			      const char key_id[SIGN_ID_CHARS + 1], struct service_key *out)
{
	for (size_t i = 0; i < s->services; i++) {
		const struct service_entry *e = &s->service[i];
		if (strcmp(e->id, key_id) != 0 || !settings_below(s, place, e->place))
			continue;
		*out = (struct service_key){
			.place = e->place, .serial = e->serial, .sign = e->keys.sign};
		return OK;
	}
	return ERR_MISSING;
}

enum err settings_publication_key(const struct settings *s, const char *place, const char *key_id,
				  int32_t day, struct sign_public *out, int32_t *until)
{
	for (size_t i = 0; i < s->publishers; i++) {
		const struct publisher *p = &s->publisher[i];
		if (strcmp(p->id, key_id) != 0 || !settings_below(s, place, p->place) ||
		    day < p->from || (p->until != 0 && day > p->until))
			continue;
		*out = p->key;
		*until = p->until;
		return OK;
	}
	return ERR_REFUSED;
}

const struct workday_calendar *settings_calendar(const struct settings *s)
{
	return &s->calendar;
}

/* --- the demo root --- */

void settings_demo_root(struct sign_public *pub, struct sign_secret *sec)
{
	static const unsigned char seed[SIGN_SEED_BYTES] = "elutong demo root, known to all";
	sign_from_seed(seed, pub, sec);
}

bool settings_is_demo(const struct sign_public *root)
{
	struct sign_public demo;
	struct sign_secret secret;
	settings_demo_root(&demo, &secret);
	return memcmp(demo.b, root->b, sizeof demo.b) == 0;
}

/* --- making --- */

static json_t *place_json(const struct place *p)
{
	json_t *o = json_object();
	json_put(o, "id", json_string(p->id));
	json_put(o, "level", json_string(place_level_name(p->level)));
	json_put(o, "name", json_string(p->name));
	if (p->parent[0] != 0)
		json_put(o, "parent", json_string(p->parent));
	if (p->code[0] != 0)
		json_put(o, "code", json_string(p->code));
	return o;
}

static json_t *body_json(const struct body *b)
{
	json_t *o = json_object();
	json_put(o, "id", json_string(b->id));
	json_put(o, "role", json_string(role_name[b->role]));
	json_put(o, "place", json_string(b->place));
	json_put(o, "name", json_string(b->name));
	json_put(o, "short", json_string(b->short_name));
	json_put(o, "phone", json_string(b->phone));
	json_put(o, "serial", json_integer(b->key_serial));
	json_put(o, "office", json_hex_value(b->office.b, sizeof b->office.b));
	json_put(o, "identity", json_hex_value(b->identity.b, sizeof b->identity.b));
	return o;
}

static json_t *draft_json(const struct settings_draft *d)
{
	json_t *o = json_object(), *places = json_array(), *bodies = json_array(),
	       *services = json_array();
	json_t *publishers = json_array(), *days = json_array();
	for (size_t i = 0; i < d->place_count; i++)
		json_array_append_new(places, place_json(&d->places[i]));
	for (size_t i = 0; i < d->body_count; i++)
		json_array_append_new(bodies, body_json(&d->bodies[i]));
	for (size_t i = 0; i < d->service_count; i++) {
		json_t *e = json_object();
		json_put(e, "place", json_string(d->services[i].place));
		json_put(e, "sign", json_hex_value(d->services[i].keys.sign.b, 32));
		json_put(e, "seal", json_hex_value(d->services[i].keys.seal.b, 32));
		if (d->services[i].serial != 0)
			json_put(e, "serial", json_integer(d->services[i].serial));
		json_array_append_new(services, e);
	}
	for (size_t i = 0; i < d->publication_key_count; i++) {
		json_t *e = json_object();
		json_put(e, "place", json_string(d->publication_keys[i].place));
		json_put(e, "key", json_hex_value(d->publication_keys[i].key.b, 32));
		if (d->publication_keys[i].from != 0)
			json_put(e, "from", json_integer(d->publication_keys[i].from));
		if (d->publication_keys[i].until != 0)
			json_put(e, "until", json_integer(d->publication_keys[i].until));
		json_array_append_new(publishers, e);
	}
	for (size_t i = 0; i < d->exception_count; i++) {
		json_t *e = json_array();
		json_array_append_new(e, json_integer(d->exceptions[i].day));
		json_array_append_new(e, json_integer(d->exceptions[i].off ? 0 : 1));
		json_array_append_new(days, e);
	}
	json_put(o, "format", json_integer(1));
	json_put(o, "serial", json_integer(d->serial));
	json_put(o, "day", json_integer(d->day));
	json_put(o, "places", places);
	json_put(o, "bodies", bodies);
	json_put(o, "services", services);
	json_put(o, "publishers", publishers);
	json_put(o, "days", days);
	return o;
}

enum err settings_make(const struct settings_draft *d, const struct sign_public *root,
		       const struct sign_secret *root_secret, struct buf *out)
{
	struct buf body;
	unsigned char *whole = NULL;
	size_t len = 0;
	buf_init(&body, SETTINGS_BYTES_MAX - SIGN_HEAD_MAX);
	enum err e = json_write(draft_json(d), &body);
	if (e == OK && signed_make("settings", signer(root, root_secret), body.p, body.len, &whole,
				   &len) != SYNC_OK)
		e = ERR_FULL;
	if (e == OK)
		buf_add(out, whole, len);
	free(whole);
	buf_free(&body);
	return e == OK ? buf_end(out) : e;
}
