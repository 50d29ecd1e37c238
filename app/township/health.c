#include "app/township/health.h"

#include "app/base/text.h"
#include "app/store/township/feed.h"
#include "app/store/township/publications.h"
#include "app/store/township/urges.h"
#include "app/township/api_kiosk.h"
#include "app/village/period.h"
#include "app/village/wire.h"

#include <stdlib.h>
#include <string.h>

struct telling {
	struct server *server;
	struct http_request *request;
	struct writer_job job;
	int64_t now;
	struct kiosk_row kiosk;
	struct wire_health health, before; /* before: what it said last; zeros when nothing */
	uint64_t newest;                   /* highest number stored when the job ran */
	const unsigned char *body;
	size_t len;
};

static enum err alarm(struct db *db, const struct telling *t, const char *kind, const char *text)
{
	return kiosks_alarm(db, &t->kiosk.id, t->now, kind, text);
}

/* The newest parcel the kiosk says it made must be the one that came, or one still under way. */
static enum err look_at_head(struct db *db, const struct telling *t)
{
	const struct wire_health *h = &t->health;
	if (h->tail_missing)
		return alarm(db, t, "tail", "机器里最新的信不见了");
	if (h->head_sequence < t->kiosk.newest)
		return alarm(db, t, "tail", "机器说的信比这里收到的少：机器被换过或被还原过");
	return OK;
}

static uint64_t publication_before(const struct wire_health *before, const char *place)
{
	for (size_t i = 0; i < before->place_count; i++)
		if (strcmp(before->place[i].place, place) == 0)
			return before->place[i].publication;
	return 0;
}

static enum err look_at_places(struct db *db, const struct telling *t)
{
	const struct wire_health *h = &t->health;
	enum err e = OK;
	for (size_t i = 0; i < h->place_count && e == OK; i++) {
		const struct wire_place *p = &h->place[i];
		uint64_t ours = 0;
		e = publications_number(db, p->place, &ours);
		if (e == OK && p->publication > ours)
			e = alarm(db, t, "rewind", "机器上的公开比这里的新：这里被还原过");
		if (e == OK && p->publication < publication_before(&t->before, p->place))
			e = alarm(db, t, "set-back", "机器上的公开比上次说的旧：机器被还原过");
	}
	return e;
}

static enum err look_at_counts(struct db *db, const struct telling *t)
{
	const struct wire_health *h = &t->health;
	uint64_t newest = 0;
	enum err e = feed_newest(db, &newest);
	if (e == OK && h->feed > newest)
		e = alarm(db, t, "rewind", "机器收到的比这里发出的还多：这里被还原过");
	if (e == OK && h->settings > settings_serial(t->server->office->settings))
		e = alarm(db, t, "rewind", "机器上的设置比这里的新：这里被还原过");
	if (e == OK &&
	    (h->settings < t->before.settings || h->head_sequence < t->before.head_sequence))
		e = alarm(db, t, "set-back", "机器上的东西比上次说的旧：机器被还原过");
	return e;
}

/* A kiosk shows its own township's places and counts only what a rule names; anything else is no
 * count of ours, and not asked for again. */
static bool is_urge(const struct telling *t, const struct wire_urge *u)
{
	const struct settings *s = t->server->office->settings;
	const struct place *town = settings_above(s, t->kiosk.place, PLACE_TOWNSHIP);
	return town != NULL && settings_below(s, u->place, town->id) &&
	       period_in_year(u->period) > 0 &&
	       text_is_plain(u->template_id, strlen(u->template_id));
}

static enum err take_urges(struct db *db, const struct telling *t)
{
	enum err e = OK;
	for (size_t i = 0; i < t->health.urge_count && e == OK; i++)
		if (is_urge(t, &t->health.urge[i]))
			e = urges_put(db, &t->kiosk.id, &t->health.urge[i]);
	return e;
}

static enum err tell_run(struct db *db, void *self)
{
	struct telling *t = self;
	const struct wire_health *h = &t->health;
	struct kiosk_row row;
	struct buf before;
	buf_init(&before, WIRE_MESSAGE_MAX);
	enum err e = kiosks_find(db, &h->kiosk, &row, &before);
	t->newest = e == OK ? row.newest : 0;
	if (e == OK && (before.len == 0 ||
			wire_health_read(before.p, before.len, &t->kiosk.sign, &t->before) != OK))
		memset(&t->before, 0, sizeof t->before);
	buf_free(&before);
	if (e == OK)
		e = kiosks_health(db, &h->kiosk, t->body, t->len, t->now);
	for (size_t i = 0; i < h->alarm_count && e == OK; i++)
		e = alarm(db, t, h->alarm[i].kind, h->alarm[i].text);
	if (e == OK)
		e = take_urges(db, t);
	if (e == OK)
		e = look_at_head(db, t);
	if (e == OK)
		e = look_at_places(db, t);
	return e == OK ? look_at_counts(db, t) : e;
}

static void tell_done(void *self, enum err result)
{
	struct telling *t = self;
	struct buf json;
	struct wire_told told = {.newest = t->newest, .urges = t->health.urge_count};
	buf_init(&json, WIRE_MESSAGE_MAX);
	for (size_t i = 0; i < t->health.alarm_count; i++)
		if (t->health.alarm[i].number > told.alarms_through)
			told.alarms_through = t->health.alarm[i].number;
	if (result == OK && wire_told_make(&told, &json) == OK)
		answer_json(t->request, 200, json.p, json.len);
	else
		answer_later(t->request);
	buf_free(&json);
	free(t);
}

void health_take(struct server *s, struct http_request *r)
{
	struct telling *t = calloc(1, sizeof *t);
	if (t == NULL) {
		answer_later(r);
		return;
	}
	t->server = s;
	t->request = r;
	t->now = server_now(s);
	t->body = http_body(r, &t->len);
	if (!api_kiosk_known(s, r, &t->kiosk)) {
		free(t);
		return;
	}
	if (wire_health_read(t->body, t->len, &t->kiosk.sign, &t->health) != OK ||
	    !hash_equal(&t->health.kiosk, &t->kiosk.id)) {
		answer_error(r, 400, "no health message of this kiosk");
		free(t);
		return;
	}
	t->job = (struct writer_job){.run = tell_run, .done = tell_done, .self = t};
	http_park(r);
	if (writer_submit(s->writer, &t->job) != OK)
		tell_done(t, ERR_FULL);
}
