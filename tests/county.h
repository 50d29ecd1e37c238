/* county.h - a small county for tests: one township, two villages, one with two groups, and every
 * key. */
#pragma once
#include "app/base/text.h"
#include "app/village/parcel.h"
#include "app/village/publication.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct county {
	struct sign_public root, publisher, county_sign, town_sign;
	struct sign_secret root_secret, publisher_secret, county_sign_secret, town_sign_secret;
	struct seal_public county_seal, town_seal, office[BODY_ROLES], identity[BODY_ROLES];
	struct seal_secret county_seal_secret, town_seal_secret, office_secret[BODY_ROLES],
		identity_secret[BODY_ROLES];
	struct parcel_kiosk kiosk;
	int32_t publisher_until; /* last day of the publication key in new settings, 0: none */
	/* Keys that were replaced, for new settings; then those above have this number. */
	struct settings_service_entry retired[2];
	size_t retired_count;
	uint32_t service_serial; /* 0: their first */
	struct buf settings_bytes;
	struct settings *settings;
};

static const char *const county_body_id[BODY_ROLES] = {"caoba-office", "county-office",
						       "discipline", "receiving"};

static inline int county_settings(struct county *c, uint32_t serial, const struct sign_public *pub,
				  const struct sign_secret *sec, struct buf *out)
{
	static const struct place places[] = {
		{.id = "mz", .name = "蒙自市", .level = PLACE_COUNTY},
		{.id = "mz.caoba", .parent = "mz", .name = "草坝镇", .level = PLACE_TOWNSHIP},
		{.id = "mz.caoba.v1",
		 .parent = "mz.caoba",
		 .name = "示范一村",
		 .level = PLACE_VILLAGE},
		{.id = "mz.caoba.v1.g1",
		 .parent = "mz.caoba.v1",
		 .name = "一组",
		 .level = PLACE_GROUP},
		{.id = "mz.caoba.v1.g2",
		 .parent = "mz.caoba.v1",
		 .name = "二组",
		 .level = PLACE_GROUP},
		{.id = "mz.caoba.v2",
		 .parent = "mz.caoba",
		 .name = "示范二村",
		 .level = PLACE_VILLAGE},
	};
	static const char *const name[BODY_ROLES] = {"草坝镇信访办", "蒙自市信访局", "蒙自市纪检",
						     "蒙自市收件处"};
	static const char *const brief[BODY_ROLES] = {"镇信访办", "县里", "纪检", "县里的收件处"};
	static const struct workday_exception days[] = {
		{20260101, true}, {20260102, true}, {20260104, false},
		{20261001, true}, {20261002, true}, {20261005, true},
		{20261006, true}, {20261007, true}, {20261010, false}};
	struct body body[BODY_ROLES];
	memset(body, 0, sizeof body);
	for (int i = 0; i < BODY_ROLES; i++) {
		snprintf(body[i].id, sizeof body[i].id, "%s", county_body_id[i]);
		snprintf(body[i].place, sizeof body[i].place, "%s",
			 i == BODY_TOWNSHIP ? "mz.caoba" : "mz");
		snprintf(body[i].name, sizeof body[i].name, "%s", name[i]);
		snprintf(body[i].short_name, sizeof body[i].short_name, "%s", brief[i]);
		body[i].role = (enum body_role)i;
		body[i].key_serial = 1;
		body[i].office = c->office[i];
		body[i].identity = c->identity[i];
	}
	struct settings_service_entry service[4] = {
		{.place = "mz", .keys = {c->county_sign, c->county_seal}},
		{.place = "mz.caoba", .keys = {c->town_sign, c->town_seal}}};
	for (size_t i = 0; i < 2; i++)
		service[i].serial = c->service_serial;
	for (size_t i = 0; i < c->retired_count; i++)
		service[2 + i] = c->retired[i];
	struct settings_publication_entry publisher[1] = {
		{.place = "mz.caoba", .key = c->publisher, .until = c->publisher_until}};
	struct settings_draft d = {.serial = serial,
				   .day = 20261101,
				   .places = places,
				   .place_count = sizeof places / sizeof places[0],
				   .bodies = body,
				   .body_count = BODY_ROLES,
				   .services = service,
				   .service_count = 2 + c->retired_count,
				   .publication_keys = publisher,
				   .publication_key_count = 1,
				   .exceptions = days,
				   .exception_count = sizeof days / sizeof days[0]};
	return settings_make(&d, pub, sec, out);
}

static inline int county_open(struct county *c)
{
	memset(c, 0, sizeof *c);
	if (sign_start() != SYNC_OK)
		return -1;
	settings_demo_root(&c->root, &c->root_secret);
	sign_generate(&c->publisher, &c->publisher_secret);
	sign_generate(&c->county_sign, &c->county_sign_secret);
	sign_generate(&c->town_sign, &c->town_sign_secret);
	sign_generate(&c->kiosk.pub, &c->kiosk.sec);
	seal_generate(&c->county_seal, &c->county_seal_secret);
	seal_generate(&c->town_seal, &c->town_seal_secret);
	for (int i = 0; i < BODY_ROLES; i++) {
		seal_generate(&c->office[i], &c->office_secret[i]);
		seal_generate(&c->identity[i], &c->identity_secret[i]);
	}
	buf_init(&c->settings_bytes, SETTINGS_BYTES_MAX);
	if (county_settings(c, 1, &c->root, &c->root_secret, &c->settings_bytes) != OK)
		return -1;
	return settings_read(c->settings_bytes.p, c->settings_bytes.len, &c->root, &c->settings);
}

/* New service keys for county and township; the old ones are retired, or left out when they fell
 * into wrong hands. The settings are new ones too. */
static inline int county_replace_keys(struct county *c, bool leave_out)
{
	c->retired[0] = (struct settings_service_entry){.place = "mz",
							.keys = {c->county_sign, c->county_seal}};
	c->retired[1] = (struct settings_service_entry){.place = "mz.caoba",
							.keys = {c->town_sign, c->town_seal}};
	c->retired_count = leave_out ? 0 : 2;
	c->service_serial = 2;
	sign_generate(&c->county_sign, &c->county_sign_secret);
	sign_generate(&c->town_sign, &c->town_sign_secret);
	seal_generate(&c->county_seal, &c->county_seal_secret);
	seal_generate(&c->town_seal, &c->town_seal_secret);
	settings_close(c->settings);
	c->settings = NULL;
	buf_clear(&c->settings_bytes);
	if (county_settings(c, 2, &c->root, &c->root_secret, &c->settings_bytes) != OK)
		return -1;
	return settings_read(c->settings_bytes.p, c->settings_bytes.len, &c->root, &c->settings);
}

static inline void county_close(struct county *c)
{
	settings_close(c->settings);
	buf_free(&c->settings_bytes);
}

/* A sealed letter of `whom`; identity only when `name` is not NULL. */
static inline int county_letter(struct county *c, enum whom whom, const char *what,
				const char *name, const struct receipt_public *receipt,
				const struct parcel_place *at, struct buf *out,
				struct parcel_header *header)
{
	static struct complaint says;
	struct buf matter, identity;
	memset(&says, 0, sizeof says);
	says.whom = whom;
	says.named = name != NULL;
	snprintf(says.place, sizeof says.place, "mz.caoba.v1");
	snprintf(says.language, sizeof says.language, "zh-CN");
	snprintf(says.answer[ASK_WHAT], COMPLAINT_TEXT_BYTES, "%s", what);
	snprintf(says.name, sizeof says.name, "%s", name == NULL ? "" : name);
	buf_init(&matter, 60 << 10);
	buf_init(&identity, PARCEL_IDENTITY_BYTES);
	int e = complaint_matter(&says, &matter);
	if (e == OK && name != NULL)
		e = complaint_identity(&says, &identity);
	struct parcel_draft d = {.kind = PARCEL_COMPLAINT,
				 .whom = whom,
				 .place = "mz.caoba.v1",
				 .receipt = receipt,
				 .matter = matter.p,
				 .matter_len = matter.len,
				 .identity = name == NULL ? NULL : identity.p,
				 .identity_len = identity.len,
				 .day = 20261120};
	if (e == OK)
		e = parcel_make(&d, c->settings, &c->kiosk, at, out, header);
	buf_free(&matter);
	buf_free(&identity);
	return e;
}
