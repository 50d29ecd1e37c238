/* server.h - what every page and call of the township server stands on. */
#pragma once
#include "app/store/township/office.h"
#include "app/store/township/township.h"
#include "app/store/township/writer.h"
#include "sync/http_server.h"

struct console; /* sessions and what they need; console.h */

struct server {
	struct office *office;
	struct township *township;
	struct writer *writer;
	struct console *console;
	char origin[300];    /* "https://host:port" of this server, for forms */
	char programs[2048]; /* folder this program stands in: elutong-intake is beside it */
	char assets[4096];   /* catalogue */
	int64_t fixed_now;   /* tests: this time instead of the clock's; 0: the clock's */
};

int64_t server_now(const struct server *s);
