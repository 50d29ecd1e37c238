/* routes.h - one table of every address: method, path, size, who may, and who answers. */
#pragma once
#include "app/township/server.h"

enum route_who {
	WHO_ANYBODY,
	WHO_KIOSK, /* an enrolled kiosk with its certificate */
	WHO_STAFF  /* a session of the console; the handler asks access.h what this person may */
};

struct route {
	enum http_method method;
	const char *path; /* "/cases/ *" without the blank: a star stands for the rest */
	size_t body_max;  /* bytes; 0: none; of the staff only with a session that may do this */
	enum route_who who;
	void (*handle)(struct server *s, struct http_request *r);
};

/* NULL when there is none; *other_method tells that the path is known. */
const struct route *route_find(enum http_method m, const char *path, bool *other_method);
/* What the star stands for; "" without one. */
const char *route_rest(const struct route *route, const char *path);
const struct route *route_at(size_t i); /* all of them, NULL past the end; for tests */

/* As http_server.h wants them; `self` is the server. */
size_t routes_body_limit(void *self, const struct http_request *r);
void routes_handle(void *self, struct http_request *r);

/* Answers of few words. */
void answer_json(struct http_request *r, int status, const void *json, size_t len);
void answer_error(struct http_request *r, int status, const char *what);
/* Later, please: 503 and Retry-After. */
void answer_later(struct http_request *r);
