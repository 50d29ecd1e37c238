/* open_frame.h - what every public page stands in: head, the seven columns, foot. No login, no
 * cookie, no script, nothing counted. */
#pragma once
#include "app/township/visit.h"

struct open_column {
	const char *id, *title;
};
/* NULL past the end. */
const struct open_column *open_column_at(size_t i);
const struct open_column *open_column_of(const char *id); /* NULL: no such column */

/* `place` may be NULL. */
void open_top(struct visit *v, const char *title, const char *place);
/* Ends the page and sends it; names whom to ring for this place. */
void open_bottom(struct visit *v, const char *place);
void open_columns(struct visit *v, const char *place, const char *column);
/* 404 in words. */
void open_missing(struct visit *v);
/* An icon of assets/web before a heading. */
void open_icon(struct visit *v, const char *name);
