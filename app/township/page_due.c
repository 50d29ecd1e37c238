/* page_due.c - /due: by the rules of the templates, what is not public yet; the same count as on
 * the touch screens, but by this server's clock. */
#include "app/base/clock.h"
#include "app/store/township/urges.h"
#include "app/township/disclosed.h"
#include "app/township/due_shown.h"
#include "app/township/pages.h"
#include "app/village/due.h"

#include <stdlib.h>
#include <string.h>

enum { DUE_MAX = 256, CARD_ROWS = 6, LOOKED_MAX = 64, PLACES_A_PAGE = 40 };

static bool public_has(void *self, const char *template_id, const char *period)
{
	size_t count;
	disclosed_find(self, template_id, period, &count);
	return count > 0;
}

static bool in_office(const struct visit *v, const struct place *p)
{
	return (p->level == PLACE_VILLAGE || p->level == PLACE_GROUP) &&
	       access_covers(v->s->office->settings, &v->me.who, p->id);
}

/* What one place owes; gives how many. */
static enum err owed_by(const struct visit *v, struct db *db, const struct place *p,
			struct due_item *out, size_t *count)
{
	struct disclosed d = {0};
	enum err e = disclosed_read(db, p->id, &d);
	const struct due_shelf shelf = {public_has, &d};
	*count = e == OK ? due_missing(v->catalogue, p->level, clock_day(v->now), &shelf, out,
				       DUE_MAX)
			 : 0;
	disclosed_free(&d);
	return e;
}

static void late_pill(struct visit *v, const struct due_item *item, int64_t urged)
{
	struct html *h = &v->h;
	html_raw(h, "<span class=\"due late\">晚 ");
	html_number(h, clock_days_between(item->day, clock_day(v->now)));
	html_raw(h, " 天</span>");
	if (urged > 0) {
		html_raw(h, " <span class=\"t y\">村民催了 ");
		html_number(h, urged);
		html_raw(h, " 次</span>");
	}
}

static enum err due_row(struct visit *v, struct db *db, const char *place,
			const struct due_item *item)
{
	struct html *h = &v->h;
	int64_t urged;
	enum err e = urges_of(db, place, item->template->id, item->period, &urged);
	if (e != OK)
		return e;
	html_raw(h, "<tr><td class=\"num\">");
	visit_place_full(v, place);
	html_raw(h, "</td><td>");
	visit_period(v, item->period);
	html_raw(h, " <b>");
	html_text(h, item->template->title);
	html_raw(h, "</b></td><td class=\"num\">");
	html_day(h, item->day);
	html_raw(h, "</td><td>");
	late_pill(v, item, urged);
	html_raw(h, "</td><td>");
	html_text(h, item->template->rule);
	html_raw(h, "</td></tr>");
	return OK;
}

static void table_head(struct html *h)
{
	html_raw(h, "<section class=\"card\"><table><thead><tr><th scope=\"col\">哪里</th>"
		    "<th scope=\"col\">哪张表</th>"
		    "<th scope=\"col\">最迟哪天</th><th scope=\"col\">晚了多久</th>"
		    "<th scope=\"col\">按哪条规定</th></tr></thead><tbody>");
}

/* The places of page `page`; *more when there are others behind them. */
static enum err due_rows(struct visit *v, struct db *db, size_t page, size_t *rows, bool *more)
{
	struct due_item *item = calloc(DUE_MAX, sizeof *item);
	const struct place *p;
	size_t seen = 0;
	enum err e = item == NULL ? ERR_FULL : OK;
	*rows = 0;
	*more = false;
	for (size_t i = 0; e == OK && (p = settings_place_at(v->s->office->settings, i)) != NULL;
	     i++) {
		size_t n = 0;
		if (!in_office(v, p) || seen++ < page * PLACES_A_PAGE)
			continue;
		*more = seen > (page + 1) * PLACES_A_PAGE;
		if (*more)
			break;
		e = owed_by(v, db, p, item, &n);
		for (size_t j = 0; j < n && e == OK; j++)
			e = due_row(v, db, p->id, &item[j]);
		*rows += n;
	}
	free(item);
	return e;
}

static void turn(struct visit *v, size_t page, bool more)
{
	struct html *h = &v->h;
	if (page == 0 && !more)
		return;
	html_raw(h, "<p>");
	if (page > 0) {
		html_raw(h, "<a class=\"b\" href=\"/due/");
		html_number(h, (int64_t)page - 1);
		html_raw(h, "\">前面的地方</a> ");
	}
	if (more) {
		html_raw(h, "<a class=\"b\" href=\"/due/");
		html_number(h, (int64_t)page + 1);
		html_raw(h, "\">后面的地方</a>");
	}
	html_raw(h, "</p>");
}

static void due_page(struct visit *v, size_t page)
{
	size_t rows;
	bool more;
	visit_top(v, "该公开、还没公开的", "按每种表的规定，算到今天", "/drafts");
	table_head(&v->h);
	struct db *db = township_read_begin(v->s->township);
	enum err e = due_rows(v, db, page, &rows, &more);
	township_read_end(v->s->township);
	html_raw(&v->h, "</tbody></table>");
	if (rows == 0)
		html_raw(&v->h, "<p class=\"hint\">这里没有该公开而没公开的。</p>");
	turn(v, page, more);
	html_raw(&v->h, "<p class=\"hint\">“村民催了几次”是各触摸屏上点“催一催”的次数，"
			"不记是谁、什么时候点的。</p></section>");
	if (e == OK)
		visit_send(v, 200);
	else
		visit_trouble(v, e, "/");
}

void page_due(struct visit *v)
{
	due_page(v, 0);
}

void page_due_more(struct visit *v)
{
	int64_t page;
	if (visit_number(v, &page) && page >= 0 && page < 10000)
		due_page(v, (size_t)page);
	else
		visit_trouble(v, ERR_MISSING, "/due");
}

/* --- the card --- */

/* Whether this is still owed; fills `out`. */
static enum err still_owed(const struct visit *v, struct db *db, const struct wire_urge *u,
			   struct due_item *room, const struct due_item **out)
{
	const struct place *p = settings_place(v->s->office->settings, u->place);
	size_t n = 0;
	*out = NULL;
	if (p == NULL || !in_office(v, p))
		return OK;
	enum err e = owed_by(v, db, p, room, &n);
	for (size_t i = 0; i < n && *out == NULL; i++)
		if (strcmp(room[i].template->id, u->template_id) == 0 &&
		    strcmp(room[i].period, u->period) == 0)
			*out = &room[i];
	return e;
}

static void card_row(struct visit *v, const struct wire_urge *u, const struct due_item *item)
{
	struct html *h = &v->h;
	html_raw(h, "<tr><td><b>");
	visit_place_full(v, u->place);
	html_raw(h, "</b></td><td>");
	visit_period(v, item->period);
	html_raw(h, " ");
	html_text(h, item->template->title);
	html_raw(h, "</td><td>");
	late_pill(v, item, u->count);
	html_raw(h, "</td></tr>");
}

enum err due_card(struct visit *v)
{
	struct html *h = &v->h;
	struct due_item *room = calloc(DUE_MAX, sizeof *room);
	struct wire_urge u;
	int shown = 0;
	if (room == NULL)
		return ERR_FULL;
	html_raw(h, "<section class=\"card\"><h2>公开预警<span class=\"sp\"></span>"
		    "<a class=\"b\" href=\"/due\">看该公开的</a></h2>");
	struct db *db = township_read_begin(v->s->township);
	enum err e = OK;
	for (size_t i = 0; e == OK && shown < CARD_ROWS && i < LOOKED_MAX; i++) {
		const struct due_item *item = NULL;
		e = urges_at(db, i, &u);
		if (e == OK)
			e = still_owed(v, db, &u, room, &item);
		if (e != OK || item == NULL)
			continue;
		if (shown++ == 0)
			html_raw(h, "<table><tbody>");
		card_row(v, &u, item);
	}
	township_read_end(v->s->township);
	free(room);
	if (shown > 0)
		html_raw(h, "</tbody></table>");
	else
		html_raw(h, "<p class=\"hint\">现在没有村民在催的。</p>");
	html_raw(h, "</section>");
	return e == ERR_MISSING ? OK : e;
}
