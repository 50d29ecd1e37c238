/* html.h - a page that grows; text goes through one of three doors and is escaped by its kind.
 *
 * html_raw takes literals of the program only (the macro does not compile with anything else).
 * html_text is for what stands between tags, html_attr for a whole attribute. Broken UTF-8 and
 * control characters come out as U+FFFD. */
#pragma once
#include "app/base/buf.h"

enum { HTML_MAX = 8 << 20 };

struct html {
	struct buf b;
};

void html_start(struct html *h);
void html_free(struct html *h);

#define html_raw(h, literal) html_bytes((h), "" literal, sizeof(literal) - 1)
void html_bytes(struct html *h, const char *literal, size_t len);
/* NULL is nothing. */
void html_text(struct html *h, const char *text);
void html_text_len(struct html *h, const char *text, size_t len);
void html_number(struct html *h, int64_t v);
/* Writes: space, name="escaped value". */
#define html_attr(h, name, value) html_attr_named((h), "" name, (value))
void html_attr_named(struct html *h, const char *name, const char *value);
void html_attr_number(struct html *h, const char *name, int64_t v);
/* 1,234.50 */
void html_fen(struct html *h, int64_t fen);
/* 2026-11-20 14:02, office time; — for 0. */
void html_time(struct html *h, int64_t time);
void html_day(struct html *h, int32_t day);
/* An icon of assets/web, `px` wide. */
void html_icon(struct html *h, const char *name, int px);
