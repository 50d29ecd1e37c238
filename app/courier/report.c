/* report.c - how this machine is: signed by its key, every ten minutes and whenever there is an
 * alarm. A deleted tail, an older server, a twin show by it. */
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/courier/courier.h"
#include "app/store/kiosk/urge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

enum { REPORT_MS = 10 * 60 * 1000, ALARM_TEXT = 512 };

static void add_places(struct courier *c, struct wire_health *h)
{
	const struct place *p;
	for (size_t i = 0; c->settings != NULL && h->place_count < WIRE_PLACES_MAX; i++) {
		struct publication last = {0};
		p = settings_place_at(c->settings, i);
		if (p == NULL)
			break;
		if (books_last_publication(c->books, p->id, &last) == OK) {
			struct wire_place *to = &h->place[h->place_count++];
			snprintf(to->place, sizeof to->place, "%s", p->id);
			to->publication = last.number;
		}
		publication_free(&last);
	}
}

static size_t add_alarms(struct courier *c, struct wire_health *h)
{
	struct buf text;
	int64_t number = 0;
	buf_init(&text, ALARM_TEXT);
	while (h->alarm_count < WIRE_ALARMS_MAX) {
		struct wire_alarm *to = &h->alarm[h->alarm_count];
		buf_clear(&text);
		if (queue_next_alarm(c->queue, number, &number, &text) != OK)
			break;
		/* "kind: text" */
		const char *all = buf_str(&text), *colon = strchr(all, ':');
		const char *rest = colon == NULL ? "" : colon + 2;
		to->number = number;
		to->day = clock_day(clock_now());
		text_copy(to->kind, sizeof to->kind, all,
			  colon == NULL ? strlen(all) : (size_t)(colon - all));
		text_copy(to->text, sizeof to->text, rest, strlen(rest));
		h->alarm_count++;
	}
	buf_free(&text);
	return h->alarm_count;
}

static void add_urges(struct courier *c, struct wire_health *h)
{
	struct urge u[WIRE_URGES_MAX];
	if (urge_untold(c->queue, u, WIRE_URGES_MAX, &h->urge_count) != OK)
		h->urge_count = 0;
	for (size_t i = 0; i < h->urge_count; i++) {
		struct wire_urge *to = &h->urge[i];
		text_copy(to->place, sizeof to->place, u[i].place, strlen(u[i].place));
		text_copy(to->template_id, sizeof to->template_id, u[i].template_id,
			  strlen(u[i].template_id));
		text_copy(to->period, sizeof to->period, u[i].period, strlen(u[i].period));
		to->count = u[i].count < WIRE_URGE_COUNT_MAX ? u[i].count : WIRE_URGE_COUNT_MAX;
	}
}

/* The township says how many it stored, the first ones; one that knows none says nothing. */
static enum err urges_told(struct courier *c, const struct wire_health *h, uint64_t stored)
{
	enum err e = OK;
	for (size_t i = 0; i < h->urge_count && i < stored && e == OK; i++) {
		struct urge u = {.count = h->urge[i].count};
		text_copy(u.place, sizeof u.place, h->urge[i].place, strlen(h->urge[i].place));
		text_copy(u.template_id, sizeof u.template_id, h->urge[i].template_id,
			  strlen(h->urge[i].template_id));
		text_copy(u.period, sizeof u.period, h->urge[i].period, strlen(h->urge[i].period));
		e = urge_told(c->queue, &u);
	}
	return e;
}

static void fill(struct courier *c, struct wire_health *h)
{
	struct queue_state q;
	struct statvfs v;
	h->kiosk = c->home.kiosk_id;
	if (queue_look(c->queue, &q) == OK) {
		h->head_sequence = q.head_sequence;
		h->head = q.head;
		h->waiting = q.waiting;
		h->aside = q.aside;
		h->tail_missing = q.tail_missing;
	}
	snprintf(h->version, sizeof h->version, "%s", ELUTONG_VERSION);
	h->settings = c->settings == NULL ? 0 : settings_serial(c->settings);
	if (books_cursor(c->books, &h->feed) != OK)
		h->feed = 0;
	if (statvfs(c->home.folder, &v) == 0)
		h->disk_free_mib = (uint64_t)v.f_bavail * v.f_frsize >> 20;
	h->day = clock_day(clock_now());
	add_places(c, h);
}

bool courier_unsure(struct courier *c)
{
	int64_t unsure;
	return queue_counter(c->queue, "unsure", &unsure) == OK && unsure != 0;
}

/* The newest number the server holds of this kiosk, against our own. Above: letters are gone here,
 * and their numbers must not be used again. Below, with nothing waiting: the server lost some, and
 * they are offered again. */
static enum err compare(struct courier *c, const struct wire_health *h, uint64_t newest)
{
	bool waits;
	size_t count;
	enum err e = OK;
	if (newest > h->head_sequence) {
		courier_alarm(c, "head", "服务器收到过的信比这里记着的多：信件库被换过或还原过");
		e = queue_raise(c->queue, newest, NULL);
		e = e == ERR_REFUSED ? OK : e;
	} else if (newest > 0 && newest < h->head_sequence) {
		e = queue_waits(c->queue, &waits);
		if (e == OK && !waits)
			e = queue_offer_above(c->queue, newest, &count);
		if (e == OK && !waits && count > 0)
			courier_alarm(c, "lost", "服务器上少了收过的信，重新送一遍");
	}
	return e == OK && courier_unsure(c) ? queue_counter_set(c->queue, "unsure", 0) : e;
}

static enum round tell(struct courier *c, const struct wire_health *h, int *retry_after_s)
{
	struct buf text;
	struct http_reply r;
	struct wire_told told;
	buf_init(&text, WIRE_MESSAGE_MAX);
	if (wire_health_make(h, &c->home.kiosk.pub, &c->home.kiosk.sec, &text) != OK) {
		buf_free(&text);
		return ROUND_TROUBLE;
	}
	bool answered = http_post(
		c->client, "/v1/health",
		&(struct http_message){"text/plain", text.p, text.len, WIRE_MESSAGE_MAX}, &r);
	buf_free(&text);
	if (!answered || r.status != 200 || wire_told_read(r.body, r.len, &told) != OK)
		return courier_trouble(&r, retry_after_s);
	c->health_told_ms = clock_ms();
	if (told.alarms_through > 0 && queue_alarm_told(c->queue, told.alarms_through) != OK)
		return ROUND_TROUBLE;
	if (urges_told(c, h, told.urges) != OK)
		return ROUND_TROUBLE;
	return compare(c, h, told.newest) == OK ? ROUND_DONE : ROUND_TROUBLE;
}

enum round courier_report(struct courier *c, int *retry_after_s)
{
	struct wire_health *h = calloc(1, sizeof *h);
	enum round round = ROUND_DONE;
	if (h == NULL)
		return ROUND_TROUBLE;
	bool alarms = add_alarms(c, h) > 0;
	if (alarms || courier_unsure(c) || c->health_told_ms == 0 ||
	    clock_ms() - c->health_told_ms > REPORT_MS) {
		fill(c, h);
		add_urges(c, h);
		round = tell(c, h, retry_after_s);
	}
	free(h);
	return round;
}
