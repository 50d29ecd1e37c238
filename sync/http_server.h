/* http_server.h - HTTPS for many clients: worker threads, client certificates, answers that may
 * come later.
 *
 * TLS 1.3 preferred, 1.2 only with AEAD. A client certificate is asked for, not demanded; when one
 * is given it is verified against the CA once per connection, and a request carries its subject. A
 * handler runs on a worker thread; it answers at once or parks the request and completes it from
 * another thread. Bodies are read whole, up to a limit that the route sets before the first byte is
 * read; beyond it 413. All bodies together have a limit too. Nothing of a request is ever logged.
 */
#pragma once
#include "sync/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_server;
struct http_request; /* lives until it was answered */

enum {
	HTTP_PATH_MAX = 512,
	HTTP_HEADERS_BYTES = 16384, /* all request headers together; 431 beyond */
	HTTP_SUBJECT_MAX = 64,
	HTTP_WORKERS_MAX = 64,
};

#define HTTP_BODY_DROPPED SIZE_MAX

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PATCH, HTTP_OTHER };

struct http_options {
	const char *address;                /* "127.0.0.1", "0.0.0.0", "::" */
	uint16_t port;                      /* 0: a free one */
	int workers;                        /* 0: one per core */
	int connections_max;                /* 0: 1024 */
	int idle_s;                         /* a silent connection is closed; 0: 60 */
	const char *certificate, *key, *ca; /* PEM texts; `ca` issues client certificates */
	/* Most bytes the body of this request may have; 0 refuses any body, HTTP_BODY_DROPPED reads
	 * past it: the handler answers and sees none. Called before it is read, with everything but
	 * the body there to be looked at. */
	size_t (*body_limit)(void *self, const struct http_request *r);
	/* Most bytes all bodies in memory may take together; beyond it 503. 0: 256 MiB. */
	size_t bodies_max;
	void (*handle)(void *self, struct http_request *r);
	void *self;
};

sync_must_use enum sync_err http_server_open(const struct http_options *o,
					     struct http_server **out);
uint16_t http_server_port(const struct http_server *s);
/* Takes no new connection, waits at most `ms` for open answers, then ends; who parked a request may
 * still answer it afterwards, to nobody. NULL is fine. */
void http_server_close(struct http_server *s, int ms);

/* --- the request; every pointer lives until it is answered --- */
enum http_method http_method(const struct http_request *r);
const char *http_path(const struct http_request *r); /* decoded, without the query */
const char *http_query(const struct http_request *r, const char *name);  /* NULL */
const char *http_header(const struct http_request *r, const char *name); /* NULL */
const char *http_cookie(const struct http_request *r, const char *name, char *out,
			size_t size); /* NULL */
const unsigned char *http_body(const struct http_request *r, size_t *len);
/* Subject common name of the verified client certificate, "" without one; and its SHA-256. */
const char *http_subject(const struct http_request *r);
const unsigned char *http_certificate_sha256(const struct http_request *r); /* 32 bytes or NULL */

/* --- the answer: exactly one per request --- */
struct http_answer {
	int status;
	const char *type; /* "text/html; charset=utf-8"; NULL: no body */
	const void *body;
	size_t len;
	void (*release)(void *body); /* called when it was sent; NULL: the bytes are copied */
	const char *header[16];      /* name, value, name, value ... NULL-ended */
};
void http_answer(struct http_request *r, const struct http_answer *a);
/* For a parked request, from the other thread: `make` gives the answer with http_answer, on the
 * request's own worker, so that work for an answer does not hold up whoever says that it is time.
 * Called exactly once, also when nobody listens any more. */
void http_answer_by(struct http_request *r, void (*make)(void *self, struct http_request *r),
		    void *self);
/* The handler returns without an answer; http_answer comes from another thread later. */
void http_park(struct http_request *r);
/* Room for the caller's own pointer while parked. */
void http_set_context(struct http_request *r, void *p);
void *http_context(const struct http_request *r);
