/* console.h - the office's pages in the browser. */
#pragma once
#include "app/township/routes.h"

extern const struct route console_routes[];
extern const size_t console_route_count;

/* Sessions and the office's opened keys live here, in memory only. */
must_use enum err console_open(struct server *s);
void console_close(struct server *s);
