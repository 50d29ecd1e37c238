#include "app/pack/demo.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/pack/seed.h"
#include "app/store/kiosk/home.h"
#include "app/store/township/blobs.h"
#include "app/store/township/office.h"
#include "app/store/township/publications.h"
#include "app/store/township/staff.h"
#include "app/store/township/wraps.h"
#include "app/village/catalogue.h"
#include "sync/ca.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Who works in the demo township. All have the same password; it stands in the README. */
static const struct demo_staff {
	const char *login, *name, *place;
	enum staff_role role;
	bool publishes;
	const char *office, *identity; /* body whose key this member holds, or NULL */
} people[] = {
	{"liu", "刘晓芳", COUNTY_TOWN, STAFF_PREPARER, false, NULL, NULL},
	{"li", "李建国", COUNTY_TOWN, STAFF_APPROVER, true, NULL, NULL},
	{"yang", "杨丽", COUNTY_TOWN, STAFF_APPROVER, true, NULL, NULL},
	{"ma", "马志强", COUNTY_TOWN, STAFF_HANDLER, false, "caoba-office", "caoba-office"},
	{"bai", "白秀英", COUNTY_TOWN, STAFF_HANDLER, false, "caoba-office", "caoba-office"},
	{"zhao", "赵永华", COUNTY_ID, STAFF_HANDLER, false, "county-office", "county-office"},
	{"sun", "孙梅", COUNTY_ID, STAFF_HANDLER, false, "receiving", "receiving"},
	{"pu", "普玉珍", COUNTY_TOWN, STAFF_SUPERVISOR, false, NULL, NULL},
	{"admin", "何勇", COUNTY_ID, STAFF_ADMIN, false, NULL, NULL},
};

static const struct demo_body *body_of(const struct demo_county *c, const char *id)
{
	for (int i = 0; i < BODY_ROLES; i++)
		if (strcmp(c->body[i].body.id, id) == 0)
			return &c->body[i];
	return NULL;
}

static enum err add_member(struct db *db, const struct demo_county *c, const struct demo_staff *p)
{
	const struct staff_new n = {.login = p->login,
				    .name = p->name,
				    .place = p->place,
				    .password = DEMO_PASSWORD,
				    .role = p->role};
	int64_t id;
	enum err e = staff_add(db, &n, clock_now(), &id);
	if (e == OK && p->publishes)
		e = wraps_put(db, id, (struct wrap_of){WRAP_PUBLICATION, COUNTY_TOWN},
			      DEMO_PASSWORD, c->publisher_secret.b, sizeof c->publisher_secret.b);
	const struct demo_body *b = p->office == NULL ? NULL : body_of(c, p->office);
	if (e == OK && b != NULL)
		e = wraps_put(db, id, (struct wrap_of){WRAP_OFFICE, p->office}, DEMO_PASSWORD,
			      b->office.b, sizeof b->office.b);
	b = p->identity == NULL ? NULL : body_of(c, p->identity);
	if (e == OK && b != NULL)
		e = wraps_put(db, id, (struct wrap_of){WRAP_IDENTITY, p->identity}, DEMO_PASSWORD,
			      b->identity.b, sizeof b->identity.b);
	return e;
}

/* One seat on the supervision committee of each village: jian1 in 示范一村, jian2 in 示范二村 ...
 */
static enum err add_committees(struct db *db, const struct demo_county *c)
{
	static const char *const name[] = {"王志明", "普秀兰", "张国才", "罗春梅", "白有福"};
	size_t village = 0;
	enum err e = OK;
	for (size_t i = 0; i < c->places && e == OK; i++) {
		char login[16];
		if (c->place[i].level != PLACE_VILLAGE)
			continue;
		const struct demo_staff p = {.login = login,
					     .name = name[village % (sizeof name / sizeof name[0])],
					     .place = c->place[i].id,
					     .role = STAFF_COMMITTEE};
		snprintf(login, sizeof login, "jian%zu", ++village % 100);
		e = add_member(db, c, &p);
	}
	return e;
}

struct publishing {
	struct db *db;
	const struct settings *settings;
	const char *folder;
	int64_t now;
};

/* Public before the rows that name it are, as for every publication. */
static enum err publish_page(void *self, const struct hash *which, const void *bytes, size_t len)
{
	const struct publishing *x = self;
	struct hash stored;
	enum err e = blobs_put(x->folder, bytes, len, &stored);
	if (e == OK && !hash_equal(&stored, which))
		e = ERR_CORRUPT;
	return e == OK ? blobs_publish(x->db, &stored, len, true) : e;
}

static enum err publish_one(void *to, const struct publication *p, const struct buf *text,
			    const struct buf *sheet)
{
	const struct publishing *x = to;
	struct publication_sheet *list = calloc(p->sheet_count, sizeof *list);
	if (list == NULL)
		return ERR_FULL;
	for (size_t i = 0; i < p->sheet_count; i++)
		list[i] = (struct publication_sheet){sheet[i].p, sheet[i].len};
	enum err e = publications_put(x->db, x->settings, text, list, p->sheet_count, x->now);
	free(list);
	return e;
}

static enum err publish_all(struct db *db, const struct demo_options *o,
			    const struct demo_county *c, const char *township)
{
	char folder[4096];
	struct catalogue *catalogue;
	snprintf(folder, sizeof folder, "%s/catalogue", o->assets);
	enum err e = catalogue_open(folder, &catalogue);
	if (e != OK)
		return e;
	struct publishing x = {
		.db = db, .settings = c->settings, .folder = township, .now = clock_now()};
	const struct pages_keeper keeper = {publish_page, &x};
	const struct seed_amount amount = {.rows = o->rows / (o->villages * (1 + COUNTY_GROUPS)),
					   .months = o->months,
					   .today = o->today,
					   .assets = o->assets,
					   .registers = catalogue,
					   .pages = &keeper};
	for (size_t i = 0; i < c->places && e == OK; i++) {
		const struct place *p = &c->place[i];
		if (p->level == PLACE_VILLAGE || p->level == PLACE_GROUP)
			e = seed_place(c, p, &amount, publish_one, &x);
	}
	catalogue_close(catalogue);
	return e;
}

static enum err make_township(const struct demo_options *o, const struct demo_county *c,
			      const char *folder)
{
	static const char *const name[] = {"127.0.0.1", "localhost"};
	struct office_service service[2];
	char path[4096];
	for (int i = 0; i < 2; i++) {
		service[i] = (struct office_service){.sign_pub = c->service[i].entry.keys.sign,
						     .sign = c->service[i].sign,
						     .seal_pub = c->service[i].entry.keys.seal,
						     .seal = c->service[i].seal};
		snprintf(service[i].place, sizeof service[i].place, "%s",
			 c->service[i].entry.place);
	}
	const struct office_draft d = {.place = COUNTY_ID,
				       .root = &c->root,
				       .settings = c->settings_bytes.p,
				       .settings_len = c->settings_bytes.len,
				       .service = service,
				       .services = 2,
				       .name = name,
				       .names = sizeof name / sizeof name[0],
				       .now = clock_now()};
	enum err e = office_make(folder, &d);
	seal_wipe(service, sizeof service);
	struct township *t = NULL;
	snprintf(path, sizeof path, "%s/township.db", folder);
	if (e == OK)
		e = township_open(path, &t);
	if (e != OK)
		return e;
	struct db *db = township_write_db(t);
	e = db_begin(db);
	for (size_t i = 0; i < sizeof people / sizeof people[0] && e == OK; i++)
		e = add_member(db, c, &people[i]);
	if (e == OK)
		e = add_committees(db, c);
	if (e == OK)
		e = publish_all(db, o, c, folder);
	if (e == OK)
		e = db_commit(db);
	else
		db_rollback(db);
	township_close(t);
	return e;
}

static enum err copy(const char *from, const char *to, unsigned mode)
{
	struct buf b;
	buf_init(&b, 1 << 16);
	enum err e = buf_read_file(&b, from);
	if (e == OK)
		e = file_replace(to, b.p, b.len, mode);
	buf_wipe(&b);
	return e;
}

static enum err make_kiosk(const struct demo_options *o, const struct demo_county *c,
			   const char *folder, const char *township)
{
	char pin[CA_PIN_MAX] = "", from[4096], to[4096];
	struct buf crt;
	buf_init(&crt, CA_PEM_MAX);
	snprintf(from, sizeof from, "%s/tls/server.crt", township);
	enum err e = buf_read_file(&crt, from);
	if (e == OK && ca_pin(buf_str(&crt), pin) != SYNC_OK)
		e = ERR_CORRUPT;
	buf_free(&crt);
	if (e == OK)
		e = home_provision(folder, COUNTY_TOWN ".v1", &c->root, o->server, pin);
	snprintf(from, sizeof from, "%s/tls/ca.crt", township);
	snprintf(to, sizeof to, "%s/keys/ca.crt", folder);
	return e == OK ? copy(from, to, 0640) : e;
}

/* The discipline key never enters a server: it lies in a folder of its own. */
static enum err put_offline(const struct demo_county *c, const char *folder)
{
	char path[4096], text[2 * 64 + 3];
	const struct demo_body *b = body_of(c, "discipline");
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return ERR_IO;
	text_hex(b->office.b, 32, text);
	text[64] = '\n';
	text_hex(b->identity.b, 32, text + 65);
	text[129] = '\n';
	snprintf(path, sizeof path, "%s/discipline.key", folder);
	return file_replace(path, text, 130, 0600);
}

enum err demo_make(const struct demo_options *o)
{
	char township[2048], kiosk[2048], offline[2048], done[2100];
	struct demo_county *c;
	snprintf(township, sizeof township, "%.2000s/township", o->out);
	snprintf(kiosk, sizeof kiosk, "%.2000s/kiosk", o->out);
	snprintf(offline, sizeof offline, "%.2000s/offline", o->out);
	snprintf(done, sizeof done, "%s/ready", o->out);
	if (access(done, F_OK) == 0)
		return OK;
	if (mkdir(o->out, 0750) != 0 && errno != EEXIST)
		return ERR_IO;
	enum err e = county_make(o->assets, o->villages, o->today, &c);
	if (e != OK)
		return e;
	e = make_township(o, c, township);
	if (e == OK)
		e = make_kiosk(o, c, kiosk, township);
	if (e == OK)
		e = put_offline(c, offline);
	if (e == OK)
		e = file_replace(done, "", 0, 0640);
	else
		log_warn("demo: %s holds half a demo; remove it and try again", o->out);
	county_close(c);
	return e;
}
