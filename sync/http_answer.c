/* http_answer.c - the one answer of a request: at once, or later from another thread. */
#include "sync/http_server_impl.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ANSWER_HEADERS = 16 };

void http_let_go(struct http_request *r)
{
	if (atomic_fetch_sub(&r->holders, 1) > 1)
		return;
	if (r->response != NULL)
		MHD_destroy_response(r->response);
	if (r->body != NULL)
		explicit_bzero(r->body, r->cap);
	free(r->body);
	free(r);
}

struct copy {
	size_t len;
	unsigned char bytes[];
};

/* What was answered may be somebody's letter: no copy of it stays in memory. */
static void free_copy(void *self)
{
	struct copy *c = self;
	explicit_bzero(c->bytes, c->len);
	free(c);
}

static struct MHD_Response *response_of(const struct http_answer *a)
{
	union {
		const void *in;
		void *out;
	} bytes = {.in = a->body};
	if (a->len > 0 && a->release != NULL)
		return MHD_create_response_from_buffer_with_free_callback(a->len, bytes.out,
									  a->release);
	struct copy *copy = malloc(sizeof *copy + a->len + 1);
	if (copy == NULL)
		return NULL;
	copy->len = a->len;
	if (a->len > 0)
		memcpy(copy->bytes, a->body, a->len);
	return MHD_create_response_from_buffer_with_free_callback_cls(a->len, copy->bytes,
								      free_copy, copy);
}

static void set_answer(struct http_request *r, const struct http_answer *a)
{
	r->response = response_of(a);
	r->status = a->status;
	if (r->response == NULL) {
		static char none[1];
		r->response = MHD_create_response_from_buffer(0, none, MHD_RESPMEM_PERSISTENT);
		r->status = 503;
	}
	if (a->type != NULL)
		MHD_add_response_header(r->response, MHD_HTTP_HEADER_CONTENT_TYPE, a->type);
	for (int i = 0; i + 1 < ANSWER_HEADERS && a->header[i] != NULL; i += 2)
		MHD_add_response_header(r->response, a->header[i], a->header[i + 1]);
}

/* PARKED: this thread goes on with it. HANDLED: it was not parked. READY: the server
 * ended first and has answered. */
static enum request_state win(struct http_request *r)
{
	int was = PARKED;
	atomic_compare_exchange_strong(&r->state, &was, READY); /* was: PARKED when it did */
	return (enum request_state)was;
}

/* Off the list, and the connection goes on: its worker may end the request at once. */
static void resume(struct http_request *r)
{
	struct http_server *s = r->server;
	pthread_mutex_lock(&s->lock);
	if (r->before != NULL)
		r->before->after = r->after;
	else
		s->parked = r->after;
	if (r->after != NULL)
		r->after->before = r->before;
	MHD_resume_connection(r->connection);
	pthread_mutex_unlock(&s->lock);
}

static void drop_answer(const struct http_answer *a)
{
	union {
		const void *in;
		void *out;
	} bytes = {.in = a->body};
	if (a->len > 0 && a->release != NULL)
		a->release(bytes.out);
}

void http_answer(struct http_request *r, const struct http_answer *a)
{
	if (r->abandoned) {
		drop_answer(a);
		return;
	}
	if (r->making) {
		set_answer(r, a);
		return;
	}
	switch (win(r)) {
	case PARKED:
		set_answer(r, a);
		resume(r);
		http_let_go(r);
		return;
	case READY:
		drop_answer(a);
		http_let_go(r);
		return;
	case READING:
	case HANDLED:
	default:
		set_answer(r, a);
		atomic_store(&r->state, READY);
	}
}

void http_answer_by(struct http_request *r, void (*make)(void *self, struct http_request *r),
		    void *self)
{
	switch (win(r)) {
	case PARKED:
		r->make = make;
		r->make_self = self;
		resume(r);
		http_let_go(r);
		return;
	case READY:
		r->abandoned = true;
		make(self, r);
		http_let_go(r);
		return;
	case READING:
	case HANDLED:
	default:
		make(self, r);
	}
}

void http_plain_answer(struct http_request *r, int status, const char *text)
{
	const struct http_answer a = {.status = status,
				      .type = "text/plain; charset=utf-8",
				      .body = text,
				      .len = strlen(text)};
	http_answer(r, &a);
}

void http_make_answer(struct http_request *r)
{
	r->making = true;
	if (r->make != NULL)
		r->make(r->make_self, r);
	r->make = NULL;
	if (r->response == NULL) {
		static const struct http_answer none = {.status = 500};
		set_answer(r, &none);
	}
	r->making = false;
}

void http_park(struct http_request *r)
{
	struct http_server *s = r->server;
	r->parked = true;
	atomic_fetch_add(&r->holders, 1);
	pthread_mutex_lock(&s->lock);
	r->before = NULL;
	r->after = s->parked;
	if (r->after != NULL)
		r->after->before = r;
	s->parked = r;
	atomic_store(&r->state, PARKED);
	MHD_suspend_connection(r->connection);
	pthread_mutex_unlock(&s->lock);
}

void http_answer_parked(struct http_server *s)
{
	const struct http_answer a = {.status = 503};
	const struct timespec tick = {.tv_nsec = 1000000};
	for (;;) {
		pthread_mutex_lock(&s->lock);
		struct http_request *r = s->parked;
		while (r != NULL && win(r) != PARKED)
			r = r->after;
		bool none = s->parked == NULL;
		pthread_mutex_unlock(&s->lock);
		if (none)
			return;
		if (r == NULL) {
			nanosleep(&tick, NULL);
			continue;
		}
		set_answer(r, &a);
		resume(r);
	}
}

void http_set_context(struct http_request *r, void *p)
{
	r->context = p;
}

void *http_context(const struct http_request *r)
{
	return r->context;
}
