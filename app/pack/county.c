#include "app/pack/county.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_FILE_MAX = 1 << 20, FIELDS = 4 };

/* Calls `take` for every line of a plain list (no quotes in it), head line left out. */
static enum err each_line(const char *assets, const char *name,
			  enum err (*take)(struct demo_county *, char *[FIELDS]),
			  struct demo_county *c)
{
	char path[4096];
	struct buf b;
	snprintf(path, sizeof path, "%s/domain/%s", assets, name);
	buf_init(&b, LIST_FILE_MAX);
	enum err e = buf_read_file(&b, path);
	if (e != OK)
		log_warn("county: %s cannot be read", path);
	char *rest = e == OK ? (char *)b.p : NULL;
	strsep(&rest, "\n");
	while (e == OK && rest != NULL && *rest != 0) {
		static char none[] = "";
		char *line = strsep(&rest, "\n"), *field[FIELDS] = {none, none, none, none};
		for (int i = 0; i < FIELDS && line != NULL; i++)
			field[i] = strsep(&line, ",\r");
		e = take(c, field);
	}
	buf_free(&b);
	return e;
}

static struct place *add_place(struct demo_county *c, const char *id, const char *parent,
			       const char *name, enum place_level level)
{
	if (c->places == COUNTY_PLACES_MAX)
		return NULL;
	struct place *p = &c->place[c->places++];
	*p = (struct place){.level = level};
	snprintf(p->id, sizeof p->id, "%s", id);
	snprintf(p->parent, sizeof p->parent, "%s", parent);
	snprintf(p->name, sizeof p->name, "%s", name);
	return p;
}

static enum err take_township(struct demo_county *c, char *field[FIELDS])
{
	char id[PLACE_ID_MAX + 1];
	if (strcmp(field[1], "township") != 0)
		return OK;
	if (strcmp(field[2], "草坝镇") == 0)
		snprintf(id, sizeof id, "%s", COUNTY_TOWN);
	else
		snprintf(id, sizeof id, "%s.t%.6s", COUNTY_ID, field[0] + 3);
	struct place *p = add_place(c, id, COUNTY_ID, field[2], PLACE_TOWNSHIP);
	if (p == NULL)
		return ERR_FULL;
	snprintf(p->code, sizeof p->code, "%s", field[0]);
	return OK;
}

static enum err take_day(struct demo_county *c, char *field[FIELDS])
{
	int32_t day;
	if (c->days == COUNTY_DAYS_MAX || !clock_day_parse(field[0], &day))
		return ERR_CORRUPT;
	c->day[c->days++] =
		(struct workday_exception){.day = day, .off = strcmp(field[1], "off") == 0};
	return OK;
}

/* 一, 二 ... 十, 十一 ...: up to 999. */
static void chinese(size_t n, char *out, size_t size)
{
	static const char *const digit[] = {"",   "一", "二", "三", "四",
					    "五", "六", "七", "八", "九"};
	if (n >= 100)
		snprintf(out, size, "%s百%s%s%s", digit[n / 100 % 10],
			 n / 10 % 10 == 0 && n % 10 ? "零" : digit[n / 10 % 10],
			 n / 10 % 10 ? "十" : "", digit[n % 10]);
	else
		snprintf(out, size, "%s%s%s", n >= 20 ? digit[n / 10] : "", n >= 10 ? "十" : "",
			 digit[n % 10]);
}

static enum err add_villages(struct demo_county *c, size_t villages)
{
	for (size_t v = 1; v <= villages; v++) {
		char id[PLACE_ID_MAX + 1], name[64], number[32];
		chinese(v, number, sizeof number);
		snprintf(id, sizeof id, "%s.v%zu", COUNTY_TOWN, v);
		snprintf(name, sizeof name, "示范%s村", number);
		if (add_place(c, id, COUNTY_TOWN, name, PLACE_VILLAGE) == NULL)
			return ERR_FULL;
		for (size_t g = 1; g <= COUNTY_GROUPS; g++) {
			char group[PLACE_ID_MAX + 1];
			chinese(g, number, sizeof number);
			snprintf(group, sizeof group, "%.50s.g%zu", id, g);
			snprintf(name, sizeof name, "%s组", number);
			if (add_place(c, group, id, name, PLACE_GROUP) == NULL)
				return ERR_FULL;
		}
	}
	return OK;
}

static void make_bodies(struct demo_county *c)
{
	static const struct {
		const char *id, *place, *name, *brief, *phone;
	} list[BODY_ROLES] = {
		[BODY_TOWNSHIP] = {"caoba-office", COUNTY_TOWN, "草坝镇信访办", "镇信访办",
				   "0873-0000001"},
		[BODY_COUNTY] = {"county-office", COUNTY_ID, "蒙自市信访局", "市信访局",
				 "0873-0000002"},
		[BODY_DISCIPLINE] = {"discipline", COUNTY_ID, "蒙自市纪检", "市纪检", "12388"},
		[BODY_RECEIVING] = {"receiving", COUNTY_ID, "蒙自市诉求收件处", "市收件处",
				    "0873-0000003"},
	};
	for (int i = 0; i < BODY_ROLES; i++) {
		struct demo_body *b = &c->body[i];
		b->body = (struct body){.role = (enum body_role)i, .key_serial = 1};
		snprintf(b->body.id, sizeof b->body.id, "%s", list[i].id);
		snprintf(b->body.place, sizeof b->body.place, "%s", list[i].place);
		snprintf(b->body.name, sizeof b->body.name, "%s", list[i].name);
		snprintf(b->body.short_name, sizeof b->body.short_name, "%s", list[i].brief);
		snprintf(b->body.phone, sizeof b->body.phone, "%s", list[i].phone);
		seal_generate(&b->body.office, &b->office);
		seal_generate(&b->body.identity, &b->identity);
	}
	static const char *const service_place[2] = {COUNTY_ID, COUNTY_TOWN};
	for (int i = 0; i < 2; i++) {
		struct demo_service *s = &c->service[i];
		snprintf(s->entry.place, sizeof s->entry.place, "%s", service_place[i]);
		sign_generate(&s->entry.keys.sign, &s->sign);
		seal_generate(&s->entry.keys.seal, &s->seal);
	}
	sign_generate(&c->publisher, &c->publisher_secret);
}

static enum err sign_settings(struct demo_county *c, int32_t day)
{
	struct body body[BODY_ROLES];
	struct settings_service_entry service[2];
	struct settings_publication_entry publisher = {.place = COUNTY_TOWN, .key = c->publisher};
	for (int i = 0; i < BODY_ROLES; i++)
		body[i] = c->body[i].body;
	for (int i = 0; i < 2; i++)
		service[i] = c->service[i].entry;
	const struct settings_draft d = {.serial = 1,
					 .day = day,
					 .places = c->place,
					 .place_count = c->places,
					 .bodies = body,
					 .body_count = BODY_ROLES,
					 .services = service,
					 .service_count = 2,
					 .publication_keys = &publisher,
					 .publication_key_count = 1,
					 .exceptions = c->day,
					 .exception_count = c->days};
	enum err e = settings_make(&d, &c->root, &c->root_secret, &c->settings_bytes);
	return e == OK ? settings_read(c->settings_bytes.p, c->settings_bytes.len, &c->root,
				       &c->settings)
		       : e;
}

enum err county_make(const char *assets, size_t villages, int32_t day, struct demo_county **out)
{
	*out = NULL;
	struct demo_county *c = calloc(1, sizeof *c);
	if (c == NULL)
		return ERR_FULL;
	buf_init(&c->settings_bytes, SETTINGS_BYTES_MAX);
	settings_demo_root(&c->root, &c->root_secret);
	enum err e = add_place(c, COUNTY_ID, "", "蒙自市", PLACE_COUNTY) == NULL ? ERR_FULL : OK;
	if (e == OK)
		e = each_line(assets, "mengzi_divisions.csv", take_township, c);
	if (e == OK)
		e = add_villages(c, villages);
	if (e == OK)
		e = each_line(assets, "workcal.csv", take_day, c);
	if (e == OK) {
		make_bodies(c);
		e = sign_settings(c, day);
	}
	if (e != OK) {
		county_close(c);
		return e;
	}
	*out = c;
	return OK;
}

void county_close(struct demo_county *c)
{
	if (c == NULL)
		return;
	settings_close(c->settings);
	buf_free(&c->settings_bytes);
	seal_wipe(c, sizeof *c);
	free(c);
}
