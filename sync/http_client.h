/* http_client.h - HTTPS to one server, on kept-alive connections, believing nothing it need not.
 *
 * TLS 1.3. The server's certificate must come from the given CA and no other, and its key match one
 * of the pins when pins are given. Certificates are judged at max(clock, floor), so a clock that
 * fell back to 1970 still connects; with a pin also those that only begin later. No redirects, no
 * proxies from the environment. Answers are read up to a limit. */
#pragma once
#include "sync/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_client;

struct http_client_options {
	const char *base;                        /* "https://host:port"; nothing else is taken */
	const char *ca_file;                     /* PEM */
	const char *pin[2];                      /* "sha256//..."; NULL or "": not given */
	const char *certificate_file, *key_file; /* NULL: without */
	const char *proxy;                       /* NULL or "": none */
	int64_t clock_floor;                     /* Unix seconds */
	int connect_s, stall_s;   /* give up connecting after; give up when slower than 100 bytes a
				     second   for so long. 0: 20, 30 */
	const volatile int *stop; /* not 0: end every transfer soon; NULL: never */
};

/* What is posted, and how much of an answer is taken. */
struct http_message {
	const char *type;
	const void *body;
	size_t len, most;
};

enum http_trouble {
	HTTP_FINE,
	HTTP_NO_LINE,   /* could not connect, or the line broke */
	HTTP_NOT_THEM,  /* TLS refused: wrong CA, pin, name or time */
	HTTP_TOO_LARGE, /* longer than asked for */
	HTTP_STOPPED
};

struct http_reply {
	enum http_trouble trouble;
	int status;                /* 0 without an answer */
	int retry_after_s;         /* -1: not said */
	char type[64];             /* of the content, lower case, without parameters */
	const unsigned char *body; /* until the next call; of http_wait, until the next http_send */
	size_t len;
	/* Of a part (206), as the server says: where it begins, how long the whole is. -1: not said
	 */
	int64_t part_from, part_of;
};

sync_must_use enum sync_err http_client_open(const struct http_client_options *o,
					     struct http_client **out);
void http_client_close(struct http_client *c); /* NULL is fine */
void http_client_set_floor(struct http_client *c, int64_t clock_floor);

/* True when an answer came, whatever its status. `path` begins with '/'. */
bool http_get(struct http_client *c, const char *path, size_t most, struct http_reply *out);
bool http_post(struct http_client *c, const char *path, const struct http_message *m,
	       struct http_reply *out);

/* Several posts under way, each in a lane of its own, so that the server works on one while the
 * next is sent. http_send gives back as soon as the body is wholly sent (or all is over): two never
 * share a slow line. `body` lives until http_wait of that lane, which is called once for every
 * http_send and says as http_post does. */
enum { HTTP_LANES = 2 };
void http_send(struct http_client *c, int lane, const char *path, const struct http_message *m);
bool http_wait(struct http_client *c, int lane, struct http_reply *out);
/* Bytes `from` up to but not with `to` of what lies there. An answer may also be the whole (200),
 * or 416 when nothing lies so far. When the line breaks within a part, what came of it is in `body`
 * although false is given; status is 206 then. */
bool http_get_part(struct http_client *c, const char *path, size_t from, size_t to, size_t most,
		   struct http_reply *out);
