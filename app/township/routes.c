#include "app/township/routes.h"

#include "app/base/clock.h"
#include "app/store/township/desk.h"
#include "app/township/api_kiosk.h"
#include "app/township/console.h"

#include <stdio.h>
#include <string.h>

enum { CLOCK_FIRST = 1767225600 /* 2026-01-01 */ };

static int64_t clock_of(const struct server *s)
{
	return s->fixed_now != 0 ? s->fixed_now : clock_now();
}

/* The database is asked once for every second of the clock. */
static int64_t newest(struct server *s, int64_t clock)
{
	int64_t time;
	if (atomic_exchange(&s->looked, clock) != clock && s->township != NULL) {
		struct db *db = township_read_begin(s->township);
		if (desk_newest(db, &time) == OK)
			atomic_store(&s->newest, time);
		township_read_end(s->township);
	}
	time = atomic_load(&s->newest);
	return time > CLOCK_FIRST ? time : CLOCK_FIRST;
}

int64_t server_now(struct server *s)
{
	int64_t clock = clock_of(s), least = newest(s, clock);
	return clock > least ? clock : least;
}

int64_t server_clock_lag(struct server *s)
{
	int64_t clock = clock_of(s), least = newest(s, clock);
	return clock < least ? least - clock : 0;
}

const struct route *route_at(size_t i)
{
	if (i < kiosk_route_count)
		return &kiosk_routes[i];
	i -= kiosk_route_count;
	return i < console_route_count ? &console_routes[i] : NULL;
}

static bool matches(const char *pattern, const char *path)
{
	size_t len = strlen(pattern);
	if (len > 0 && pattern[len - 1] == '*')
		return strncmp(pattern, path, len - 1) == 0 && path[len - 1] != 0;
	return strcmp(pattern, path) == 0;
}

const struct route *route_find(enum http_method m, const char *path, bool *other_method)
{
	*other_method = false;
	for (size_t i = 0; route_at(i) != NULL; i++) {
		const struct route *r = route_at(i);
		if (!matches(r->path, path))
			continue;
		if (r->method == m || (m == HTTP_HEAD && r->method == HTTP_GET))
			return r;
		*other_method = true;
	}
	return NULL;
}

const char *route_rest(const struct route *route, const char *path)
{
	size_t len = strlen(route->path);
	return len > 0 && route->path[len - 1] == '*' ? path + len - 1 : "";
}

size_t routes_body_limit(void *self, const struct http_request *r)
{
	bool other;
	const struct route *route = route_find(http_method(r), http_path(r), &other);
	if (route == NULL || (route->who == WHO_KIOSK && http_subject(r)[0] == 0))
		return 0;
	/* Whose session ended while they wrote is told so, whatever they sent. */
	if (route->who == WHO_STAFF && route->body_max > 0 && !console_awaits(self, route, r))
		return HTTP_BODY_DROPPED;
	return route->body_max;
}

void answer_json(struct http_request *r, int status, const void *json, size_t len)
{
	const struct http_answer a = {.status = status,
				      .type = "application/json",
				      .body = json,
				      .len = len,
				      .header = {"Cache-Control", "no-store", NULL}};
	http_answer(r, &a);
}

void answer_error(struct http_request *r, int status, const char *what)
{
	char text[160];
	int len = snprintf(text, sizeof text, "{\"error\":\"%s\"}\n", what);
	answer_json(r, status, text, (size_t)len);
}

void answer_later(struct http_request *r)
{
	static const char text[] = "{\"error\":\"later\"}\n";
	const struct http_answer a = {
		.status = 503,
		.type = "application/json",
		.body = text,
		.len = sizeof text - 1,
		.header = {"Retry-After", "30", "Cache-Control", "no-store", NULL}};
	http_answer(r, &a);
}

void routes_handle(void *self, struct http_request *r)
{
	bool other;
	const struct route *route = route_find(http_method(r), http_path(r), &other);
	if (route == NULL)
		answer_error(r, other ? 405 : 404, other ? "method" : "no such address");
	else if (route->who == WHO_KIOSK && http_subject(r)[0] == 0)
		answer_error(r, 403, "a kiosk's certificate is needed");
	else
		route->handle(self, r);
}
