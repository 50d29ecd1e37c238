/* visit.h - one request of a member of staff: who it is, what the form said, the page it gets. */
#pragma once
#include "app/township/access.h"
#include "app/township/html.h"
#include "app/township/server.h"
#include "app/township/totals.h"
#include "app/village/catalogue.h"
#include "app/village/chart.h"
#include "sync/http_form.h"

struct visit {
	struct server *s;
	struct http_request *r;
	struct access *access;
	const struct catalogue *catalogue;
	const struct chart *chart;
	struct totals_kept *totals;
	const char *rest; /* what the star of the address stands for */
	int64_t now;      /* Unix seconds, for what is written down */
	int64_t ticks;    /* seconds that never go back, for access.h */
	bool known;       /* somebody is logged in */
	struct access_visitor me;
	char token[ACCESS_TOKEN_CHARS + 1];
	struct form form; /* of a POST */
	unsigned char *form_room;
	struct html h;
	bool script; /* this page has the office's own script to help; set before visit_top */
};

/* --- what was asked --- */

/* A form's field as text; false when it is missing, too long or not plain. Secrets likewise. */
bool visit_field(const struct visit *v, const char *name, char *out, size_t size);
/* A whole number in the address behind the star. */
bool visit_number(const struct visit *v, int64_t *out);

/* --- the answer, exactly one --- */

/* Head, side bar and title; the caller writes what stands in the middle. `here` is the address of
 * the side bar's entry, `aside` a few words beside the title or NULL. */
void visit_top(struct visit *v, const char *title, const char *aside, const char *here);
/* Ends the page and sends it. */
void visit_send(struct visit *v, int status);
/* Sends a page that is whole as it stands. */
void visit_send_bare(struct visit *v, int status);
/* A page of one sentence and a way on. */
void visit_say(struct visit *v, int status, const char *title, const char *words, const char *back);
/* After a form: go there (303). `cookie` NULL, or a whole Set-Cookie value; likewise `second`. */
void visit_go(struct visit *v, const char *address, const char *cookie);
void visit_go_with(struct visit *v, const char *address, const char *cookie, const char *second);
/* The sentence for what could not be stored or read. */
void visit_trouble(struct visit *v, enum err e, const char *back);

/* The hidden field every form of a session carries. */
void visit_csrf(struct visit *v);

/* A name for showing; the id itself when the settings do not know it. */
const char *visit_place(const struct visit *v, const char *id);
/* 示范一村二组: a group with its village. */
void visit_place_full(struct visit *v, const char *id);
/* 2026 年 10 月, 2026 年第 3 季度, 2026 年. */
void visit_period(struct visit *v, const char *period);
