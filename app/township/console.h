/* console.h - the office's pages in the browser. */
#pragma once
#include "app/township/routes.h"

extern const struct route console_routes[];
extern const size_t console_route_count;

/* True when a live session comes with the request that may do what the route is for. */
bool console_awaits(const struct server *s, const struct route *route,
		    const struct http_request *r);
/* Sessions and the office's opened keys live here, in memory only. */
must_use enum err console_open(struct server *s);
void console_close(struct server *s);
