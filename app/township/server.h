/* server.h - what every page and call of the township server stands on. */
#pragma once
#include "app/store/township/office.h"
#include "app/store/township/township.h"
#include "app/store/township/writer.h"
#include "sync/http_server.h"

#include <stdatomic.h>

struct console; /* sessions and what they need; console.h */
struct teller;  /* teller.h; NULL: everybody is told at once */

struct server {
	struct office *office;
	struct township *township;
	struct writer *writer;
	struct console *console;
	struct teller *teller;
	char origin[300];       /* "https://host:port" of this server, for forms */
	char programs[2048];    /* folder this program stands in: elutong-intake is beside it */
	char assets[4096];      /* catalogue */
	uint32_t first_version; /* of a new case's capsule; cases_first_version */
	int64_t fixed_now;      /* tests: this time instead of the clock's; 0: the clock's */
	/* The newest event the database knew when the clock last showed another second. */
	_Atomic int64_t looked, newest;
	/* Batches of letters: on their way through this server, and through. */
	_Atomic unsigned delivering, delivered;
};

/* The clock's time, but never before the newest event: what is received after something is never
 * dated before it. Not between township_read_begin and _end. */
int64_t server_now(struct server *s);
/* How far the clock lags behind the newest event, in seconds; or behind the first day this program
 * can have run on. 0: nothing to be seen. */
int64_t server_clock_lag(struct server *s);
