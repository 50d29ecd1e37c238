#include "app/township/routes.h"

#include "app/base/clock.h"
#include "app/township/api_kiosk.h"
#include "app/township/console.h"

#include <stdio.h>
#include <string.h>

int64_t server_now(const struct server *s)
{
	return s->fixed_now != 0 ? s->fixed_now : clock_now();
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

size_t routes_body_limit(void *self, enum http_method m, const char *path, bool has_certificate)
{
	bool other;
	const struct route *r = route_find(m, path, &other);
	(void)self;
	if (r == NULL || (r->who == WHO_KIOSK && !has_certificate))
		return 0;
	return r->body_max;
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
