/* server.h - a server with a certificate of its own for the courier of kiosk.h to call. Included
 * once by each program. */
#pragma once
#include "sync/ca.h"
#include "sync/http_server.h"

#include "tests/courier/kiosk.h"

#include <time.h>

static struct {
	struct http_server *http;
	struct ca_pair ca, own;
} server;

static inline void server_connect(void)
{
	char base[64], ca_file[128];
	snprintf(ca_file, sizeof ca_file, "%s/keys/ca.crt", folder);
	snprintf(base, sizeof base, "https://127.0.0.1:%u",
		 (unsigned)http_server_port(server.http));
	const struct http_client_options c = {.base = base, .ca_file = ca_file};
	http_client_close(courier->client);
	assert_int_equal(http_client_open(&c, &courier->client), SYNC_OK);
}

/* Up, trusted by the courier and connected to it. */
static inline void server_open(size_t (*limit)(void *self, const struct http_request *r),
			       void (*handle)(void *self, struct http_request *r))
{
	static const char *const names[] = {"127.0.0.1"};
	char ca_file[128];
	assert_int_equal(ca_make("test", (int64_t)time(NULL), &server.ca), SYNC_OK);
	assert_int_equal(ca_server(&server.ca, names, 1, (int64_t)time(NULL), &server.own),
			 SYNC_OK);
	const struct http_options o = {.address = "127.0.0.1",
				       .workers = 1,
				       .certificate = server.own.certificate,
				       .key = server.own.key,
				       .body_limit = limit,
				       .handle = handle};
	assert_int_equal(http_server_open(&o, &server.http), SYNC_OK);
	snprintf(ca_file, sizeof ca_file, "%s/keys/ca.crt", folder);
	FILE *f = fopen(ca_file, "w");
	assert_non_null(f);
	fputs(server.ca.certificate, f);
	fclose(f);
	server_connect();
}

static inline int without_server(void **state)
{
	http_server_close(server.http, 1000);
	return gone(state);
}
