/* county.h - a demo county: Mengzi's townships of 2023, invented villages, every key made fresh
 * under the demo root.
 *
 * Village names are invented (示范一村 ...); no invented money ever stands on a real village. */
#pragma once
#include "app/base/buf.h"
#include "app/village/settings.h"

enum { COUNTY_PLACES_MAX = 400, COUNTY_DAYS_MAX = 200, COUNTY_GROUPS = 2 };

#define COUNTY_ID   "mz"
#define COUNTY_TOWN "mz.caoba"

struct demo_body {
	struct body body;
	struct seal_secret office, identity;
};
struct demo_service {
	struct settings_service_entry entry;
	struct sign_secret sign;
	struct seal_secret seal;
};

struct demo_county {
	struct sign_public root;
	struct sign_secret root_secret;
	struct place place[COUNTY_PLACES_MAX];
	size_t places;
	struct demo_body body[BODY_ROLES];
	struct demo_service service[2]; /* the county's, 草坝镇's */
	struct sign_public publisher;
	struct sign_secret publisher_secret;
	struct workday_exception day[COUNTY_DAYS_MAX];
	size_t days;
	struct buf settings_bytes;
	struct settings *settings;
};

/* Reads townships and the calendar from `assets`/domain. `villages` invented villages of
 * COUNTY_GROUPS groups each under 草坝镇. *out is ended with county_close and is large: one per
 * program. */
must_use enum err county_make(const char *assets, size_t villages, int32_t day,
			      struct demo_county **out);
void county_close(struct demo_county *c);
