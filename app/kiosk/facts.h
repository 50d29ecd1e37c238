/* facts.h - what a row of any template says, in words for villagers: the catalogue decides. */
#pragma once
#include "app/base/buf.h"
#include "app/kiosk/kiosk.h"

/* A field as people read it: 11 月 20 日, 12,865.00 元, 3.5 亩, 已批准. False when the row has
 * none. Appended to `out`. */
bool fact_text(const struct kiosk *k, const struct catalogue_template *t, const struct record *r,
	       int field, struct buf *out);
/* 申请人 or Applicant. */
const char *fact_label(const struct kiosk *k, const struct field *f);
const char *fact_title(const struct kiosk *k, const struct catalogue_template *t);
/* The second line of a list: the template's `sub` fields, and how long it still is posted. */
void fact_sub(const struct kiosk *k, const struct catalogue_template *t, const struct record *r,
	      struct buf *out);
enum { FACT_CHANGES_MAX = 4 * RECORD_LINE_MAX };
/* "多深：原来是 12 米，到 11 月 25 日改为 13 米" for every field of the row being read that was
 * changed, a line each, and why. False when nothing is known to have been. */
bool fact_changes(const struct kiosk *k, struct buf *out);
/* A day as people say it, with its year when that is not this year. */
void fact_day(const struct kiosk *k, int32_t day, struct buf *out);
/* "2026-10" as 2026 年 10 月; appends nothing for "once". */
void fact_period(const struct kiosk *k, const char *period, struct buf *out);
/* Label of the state a row is in; false when the template has none. */
bool fact_state(const struct kiosk *k, const struct catalogue_template *t, const struct record *r,
		struct buf *out);
