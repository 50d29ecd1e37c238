/* http_server_impl.h - a request between the files of the server: http_server.c reads it,
 * http_answer.c answers it. */
#pragma once
#include "sync/http_server.h"

#include <gnutls/x509.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

struct http_server {
	pthread_mutex_t lock;        /* of the list */
	struct http_request *parked; /* those that wait for another thread */
	struct MHD_Daemon *daemon;
	struct http_options o;
	gnutls_x509_crt_t ca;
	atomic_int open; /* requests not answered yet */
	atomic_bool ending;
	atomic_size_t bodies; /* bytes taken by bodies */
};

/* One per connection: who is at the other end, looked at once. */
struct peer {
	bool looked, known;
	char subject[HTTP_SUBJECT_MAX + 1];
	unsigned char sha256[32];
};

/* From PARKED to READY goes exactly one: the other thread, or the server when it ends first. */
enum request_state { READING, HANDLED, PARKED, READY };

struct http_request {
	struct http_server *server;
	struct MHD_Connection *connection;
	struct peer *peer;
	enum http_method method;
	char path[HTTP_PATH_MAX + 1];
	unsigned char *body;
	size_t len, cap, limit, passed;
	size_t announced; /* length of the body, as the client says; 0: not said */
	bool too_large, no_room, too_long_path;
	bool parked;    /* by the handler that is running; touched by its worker only */
	bool making;    /* its answer is being made; touched by its worker only */
	bool abandoned; /* the server ended first; touched by the other thread only */
	atomic_int state;
	atomic_int holders;                  /* the connection, and the thread it is parked for */
	struct http_request *before, *after; /* in the server's list while parked */
	struct MHD_Response *response;
	int status;
	void (*make)(void *self, struct http_request *r);
	void *make_self;
	void *context;
};

/* http_answer.c */

/* The connection or the other thread has done with it; the last one frees it. */
void http_let_go(struct http_request *r);
/* Makes what http_answer_by left to be made; there is a response afterwards. */
void http_make_answer(struct http_request *r);
void http_plain_answer(struct http_request *r, int status, const char *text);
/* The library cannot end with suspended connections: what nobody answered in time is answered
 * here, and what somebody is just answering is waited for. */
void http_answer_parked(struct http_server *s);
