/* project.h - 08: how far a project is, what it costs, and its pictures from the first quarter on.
 *
 * A project is published anew every quarter; its rows of all quarters are one project
 * (roll_story). */
#pragma once
#include "app/kiosk/roll.h"
#include "app/village/record.h"
#include "ui/list.h"
#include "ui/photo.h"

struct kiosk;
struct ui;

enum { PROJECT_ROWS = 24, PROJECT_PICTURES = 64, PROJECT_SEEN = 3 };
enum {
	PROJECT_SMALL_W = 420,
	PROJECT_SMALL_H = 340
}; /* pixels; what stands on the page is no larger */

extern const char project_template[];

struct project {
	struct roll_row row[PROJECT_ROWS]; /* oldest quarter first; the last is how it stands now */
	size_t rows;
	size_t number, count; /* which of how many, from 0 */
};

/* The pictures on the page, made small; the large ones are not kept. */
struct project_seen {
	struct hash hash;
	struct ui_photo *photo;
	enum { PICTURE_NONE, PICTURE_WANTED, PICTURE_SHOWN, PICTURE_AWAY } state;
};

/* Pictures of all quarters in `r`, three at a time, the newest first seen. */
void project_pictures(struct kiosk *k, struct ui *u, struct ui_rect r, const struct project *p);
/* Gives the pictures back. */
void project_rest(struct kiosk *k);
/* "2026 年 3 季度"; "" for a row of another rhythm. */
const char *project_quarter(const struct kiosk *k, const struct roll_row *row);
/* 准备 招标 ...: a stage of the template as people are told, "" for none. */
const char *project_stage(const struct kiosk *k, const struct roll_row *row);
