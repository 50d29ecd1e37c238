/* page.h - the frame of every page: header, banner, bottom bar; and the pages that stand over
 * others. */
#pragma once
#include "app/kiosk/kiosk.h"
#include "ui/page.h"

/* Header and, when the line is down, the banner; gives the top of what is free. */
int page_top(struct kiosk *k, struct ui *u);
/* As page_top without a banner, with the strip that says who will open the letter (once it is
 * known). */
int page_letter_top(struct kiosk *k, struct ui *u, int step);

/* Back and home on the left (`flags`), up to three more on the right; gives the id pressed or "".
 */
enum {
	PAGE_BACK = 1,
	PAGE_HOME = 2,
	PAGE_SIZE = 4,
	PAGE_LANGUAGE = 8,
	PAGE_LEAVE = 16,
	PAGE_SEARCH = 32,
	PAGE_BARE = 64 /* icons alone where they say enough: the page has words of its own there */
};
const char *page_bar(struct kiosk *k, struct ui *u, int flags, const struct ui_bar_button *more,
		     int count);

/* 上一页 and 下一页 for page `page` (from 0) of `pages`; `next` is how the second looks while there
 * is one. What page_bar gave becomes -1, +1 or 0. */
void page_turners(const struct kiosk *k, int page, int pages, enum ui_button_kind next,
		  struct ui_bar_button out[2]);
int page_turned(const char *hit);

/* 本村 · 各小组 · 别的村 in `r`; goes to the chooser by itself. Without its icons (`bare`) when `r`
 * is too narrow for them. */
void page_places(struct kiosk *k, struct ui *u, struct ui_rect r);
int page_places_width(struct kiosk *k, struct ui *u, bool bare);

/* 1–10 月 from two months yyyymm; names where numbers say nothing (Jan–Oct). */
const char *page_months(const struct kiosk *k, int first, int last);

/* A card in the middle with a round picture, a title, words and up to two buttons; gives the
 * pressed one or -1. */
struct page_notice {
	const char *icon, *title;
	struct ui_span body[4];
	int bodies;
	const char *small; /* below the buttons, or NULL */
	struct ui_bar_button button[3];
	int buttons;
};
int page_notice(struct kiosk *k, struct ui *u, struct ui_rect area, const struct page_notice *n);

/* 22: still there? */
void page_idle(struct kiosk *k, struct ui *u);
/* What takes longer than a frame says so. */
void page_busy(struct kiosk *k, struct ui *u);
