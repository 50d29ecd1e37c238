/* http_test.c - the client reaches the server it was told of and no other; the server knows who is
 * at the other end; an answer may come from another thread; limits hold. Real TLS on loopback. */
#include "sync/ca.h"
#include "sync/http_client.h"
#include "sync/http_server.h"
#include "sync/sign.h"

#include "tests/test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT = 100000, THREADS = 16, EACH = 8 };

struct world {
	char folder[64], base[64], ca_file[128], other_ca[128], crt[128], key[128], foreign[128],
		foreign_key[128], pin[CA_PIN_MAX];
	struct ca_pair ca, other, server;
	struct http_server *http;
	atomic_int handled;
	_Atomic(struct http_request *) held;
};
static struct world w;

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static size_t limit(void *self, const struct http_request *r)
{
	(void)self;
	return strcmp(http_path(r), "/none") == 0   ? 0
	       : strcmp(http_path(r), "/drop") == 0 ? HTTP_BODY_DROPPED
						    : LIMIT;
}

static void *answer_later(void *self)
{
	struct http_request *r = self;
	size_t len;
	const unsigned char *body = http_body(r, &len);
	const struct http_answer a = {
		.status = 200, .type = "text/plain", .body = body, .len = len};
	http_answer(r, &a);
	return NULL;
}

static void give_body(void *self, struct http_request *r)
{
	(void)self;
	answer_later(r);
}

static void *answer_by(void *self)
{
	http_answer_by(self, give_body, NULL);
	return NULL;
}

/* The first waits for the second; then both are answered with what they sent. */
static void hold_one(struct http_request *r)
{
	http_park(r);
	struct http_request *first = atomic_exchange(&w.held, r);
	if (first == NULL)
		return;
	atomic_store(&w.held, NULL);
	answer_later(first);
	answer_later(r);
}

static void handle(void *self, struct http_request *r)
{
	size_t len;
	const unsigned char *body = http_body(r, &len);
	const char *path = http_path(r);
	(void)self;
	atomic_fetch_add(&w.handled, 1);
	if (strcmp(path, "/later") == 0) {
		pthread_t t;
		http_park(r);
		assert_int_equal(pthread_create(&t, NULL, answer_later, r), 0);
		pthread_detach(t);
	} else if (strcmp(path, "/hold") == 0) {
		http_park(r);
		atomic_store(&w.held, r);
	} else if (strcmp(path, "/pair") == 0) {
		hold_one(r);
	} else if (strcmp(path, "/by") == 0) {
		pthread_t t;
		http_park(r);
		assert_int_equal(pthread_create(&t, NULL, answer_by, r), 0);
		pthread_detach(t);
	} else if (strcmp(path, "/who") == 0) {
		const struct http_answer a = {.status = 200,
					      .type = "text/plain",
					      .body = http_subject(r),
					      .len = strlen(http_subject(r))};
		http_answer(r, &a);
	} else if (strcmp(path, "/wait") == 0) {
		const struct http_answer a = {.status = 503, .header = {"Retry-After", "77", NULL}};
		http_answer(r, &a);
	} else if (strcmp(path, "/long") == 0) {
		static char long_text[60000];
		const struct http_answer a = {.status = 200,
					      .type = "text/plain",
					      .body = long_text,
					      .len = sizeof long_text};
		http_answer(r, &a);
	} else if (strcmp(path, "/silent") != 0) {
		const struct http_answer a = {
			.status = 200, .type = "text/plain", .body = body, .len = len};
		http_answer(r, &a);
	}
}

static int start(void **state)
{
	static const char *const names[] = {"127.0.0.1", "localhost"};
	char key[CA_PEM_MAX], request[CA_PEM_MAX], crt[CA_PEM_MAX];
	int64_t now = (int64_t)time(NULL);
	(void)state;
	snprintf(w.folder, sizeof w.folder, "/tmp/elutong-http-XXXXXX");
	if (sign_start() != SYNC_OK || mkdtemp(w.folder) == NULL)
		return -1;
	assert_int_equal(ca_make("test CA", now, &w.ca), SYNC_OK);
	assert_int_equal(ca_make("other CA", now, &w.other), SYNC_OK);
	assert_int_equal(ca_server(&w.ca, names, 2, now, &w.server), SYNC_OK);
	assert_int_equal(ca_pin(w.server.certificate, w.pin), SYNC_OK);
	snprintf(w.ca_file, sizeof w.ca_file, "%s/ca", w.folder);
	snprintf(w.other_ca, sizeof w.other_ca, "%s/other", w.folder);
	snprintf(w.crt, sizeof w.crt, "%s/crt", w.folder);
	snprintf(w.key, sizeof w.key, "%s/key", w.folder);
	snprintf(w.foreign, sizeof w.foreign, "%s/fcrt", w.folder);
	snprintf(w.foreign_key, sizeof w.foreign_key, "%s/fkey", w.folder);
	put(w.ca_file, w.ca.certificate);
	put(w.other_ca, w.other.certificate);
	assert_int_equal(ca_request("kiosk-1", key, request), SYNC_OK);
	assert_int_equal(ca_issue(&w.ca, request, "kiosk-1", now, crt), SYNC_OK);
	put(w.crt, crt);
	put(w.key, key);
	assert_int_equal(ca_issue(&w.other, request, "kiosk-1", now, crt), SYNC_OK);
	put(w.foreign, crt);
	put(w.foreign_key, key);
	const struct http_options o = {.address = "127.0.0.1",
				       .workers = 2,
				       .certificate = w.server.certificate,
				       .key = w.server.key,
				       .ca = w.ca.certificate,
				       .body_limit = limit,
				       .handle = handle};
	assert_int_equal(http_server_open(&o, &w.http), SYNC_OK);
	snprintf(w.base, sizeof w.base, "https://127.0.0.1:%u", (unsigned)http_server_port(w.http));
	return 0;
}

static int stop(void **state)
{
	(void)state;
	http_server_close(w.http, 2000);
	unlink(w.ca_file);
	unlink(w.other_ca);
	unlink(w.crt);
	unlink(w.key);
	unlink(w.foreign);
	unlink(w.foreign_key);
	rmdir(w.folder);
	return 0;
}

static struct http_client *client(const struct http_client_options *more)
{
	struct http_client *c;
	struct http_client_options o = *more;
	o.base = o.base == NULL ? w.base : o.base;
	assert_int_equal(http_client_open(&o, &c), SYNC_OK);
	return c;
}

static struct http_client *plain(void)
{
	const struct http_client_options o = {.ca_file = w.ca_file};
	return client(&o);
}

static void what_was_sent_comes_back_whole(void **state)
{
	(void)state;
	struct http_reply r;
	struct http_client *c = plain();
	static unsigned char body[LIMIT];
	for (size_t i = 0; i < sizeof body; i++)
		body[i] = (unsigned char)(i * 31 >> 3);
	for (int round = 0; round < 3; round++) {
		assert_true(http_post(c, round == 1 ? "/later" : "/echo",
				      &(struct http_message){"application/octet-stream", body,
							     sizeof body, LIMIT},
				      &r));
		assert_int_equal(r.status, 200);
		assert_int_equal(r.len, sizeof body);
		assert_memory_equal(r.body, body, sizeof body);
	}
	http_client_close(c);
}

static void two_posts_are_under_way_and_each_gets_its_own_answer(void **state)
{
	(void)state;
	struct http_reply r;
	struct http_client *c = plain();
	static unsigned char body[HTTP_LANES][LIMIT];
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < HTTP_LANES; i++) {
			const struct http_message m = {.type = "application/octet-stream",
						       .body = body[i],
						       .len = LIMIT - (size_t)i,
						       .most = LIMIT};
			memset(body[i], 'a' + i + round, LIMIT);
			http_send(c, i, "/pair", &m);
		}
		for (int i = 0; i < HTTP_LANES; i++) {
			assert_true(http_wait(c, i, &r));
			assert_int_equal(r.status, 200);
			assert_int_equal(r.len, LIMIT - i);
			assert_memory_equal(r.body, body[i], r.len);
		}
	}
	/* Between them and after them an ordinary one. */
	assert_true(http_post(c, "/echo", &(struct http_message){"text/plain", "x", 1, LIMIT}, &r));
	assert_int_equal(r.len, 1);
	http_client_close(c);
}

static void a_post_that_cannot_be_sent_says_so_when_it_is_waited_for(void **state)
{
	(void)state;
	struct http_reply r;
	const struct http_client_options nobody = {.base = "https://127.0.0.1:1",
						   .ca_file = w.ca_file};
	const struct http_message m = {.type = "text/plain", .body = "x", .len = 1, .most = 10};
	struct http_client *c = client(&nobody);
	http_send(c, 0, "/echo", &m);
	assert_false(http_wait(c, 0, &r));
	assert_int_equal(r.trouble, HTTP_NO_LINE);
	http_send(c, 1, "/echo", &m); /* and nobody waits for it */
	http_client_close(c);
}

static void a_body_over_the_limit_is_refused_and_never_handled(void **state)
{
	(void)state;
	struct http_reply r;
	struct http_client *c = plain();
	unsigned char *body = calloc(1, LIMIT + 1);
	int before = atomic_load(&w.handled);
	assert_true(http_post(c, "/echo",
			      &(struct http_message){"text/plain", body, LIMIT + 1, LIMIT}, &r));
	assert_int_equal(r.status, 413);
	assert_true(
		http_post(c, "/none", &(struct http_message){"text/plain", body, 1, LIMIT}, &r));
	assert_int_equal(r.status, 413);
	assert_int_equal(atomic_load(&w.handled), before);
	free(body);
	http_client_close(c);
}

static void a_dropped_body_is_read_past_and_the_handler_answers(void **state)
{
	(void)state;
	struct http_reply r;
	struct http_client *c = plain();
	unsigned char *body = calloc(1, 30 * LIMIT);
	assert_true(http_post(c, "/drop",
			      &(struct http_message){"text/plain", body, 30 * LIMIT, LIMIT}, &r));
	assert_int_equal(r.status, 200);
	assert_int_equal(r.len, 0);
	assert_true(http_get(c, "/who", 100, &r)); /* the connection goes on */
	free(body);
	http_client_close(c);
}

static void *send_and_hold(void *self)
{
	struct http_client *c;
	struct http_reply r;
	const struct http_client_options o = {.base = self, .ca_file = w.ca_file};
	unsigned char *body = calloc(1, LIMIT);
	if (http_client_open(&o, &c) == SYNC_OK &&
	    http_post(c, "/hold", &(struct http_message){"text/plain", body, LIMIT, LIMIT}, &r) &&
	    r.status == 200)
		atomic_fetch_add(&w.handled, 100);
	free(body);
	http_client_close(c);
	return NULL;
}

static void all_bodies_together_have_a_limit(void **state)
{
	(void)state;
	const struct timespec tick = {.tv_nsec = 1000 * 1000};
	const struct http_options o = {.address = "127.0.0.1",
				       .workers = 2,
				       .certificate = w.server.certificate,
				       .key = w.server.key,
				       .body_limit = limit,
				       .bodies_max = LIMIT + LIMIT / 2,
				       .handle = handle};
	const struct http_answer done = {.status = 200};
	struct http_server *small;
	struct http_reply r;
	char base[64];
	pthread_t t;
	unsigned char *body = calloc(1, LIMIT);
	assert_int_equal(http_server_open(&o, &small), SYNC_OK);
	snprintf(base, sizeof base, "https://127.0.0.1:%u", (unsigned)http_server_port(small));
	const struct http_client_options to = {.base = base, .ca_file = w.ca_file};
	struct http_client *c = client(&to);
	assert_int_equal(pthread_create(&t, NULL, send_and_hold, base), 0);
	while (atomic_load(&w.held) == NULL)
		nanosleep(&tick, NULL);
	assert_true(http_post(c, "/echo", &(struct http_message){"text/plain", body, LIMIT, LIMIT},
			      &r));
	assert_int_equal(r.status, 503);
	assert_true(http_post(c, "/echo",
			      &(struct http_message){"text/plain", body, LIMIT / 10, LIMIT}, &r));
	assert_int_equal(r.status, 200);
	int before = atomic_load(&w.handled);
	http_answer(atomic_exchange(&w.held, NULL), &done);
	pthread_join(t, NULL);
	assert_int_equal(atomic_load(&w.handled), before + 100);
	/* What was answered takes nothing any more. */
	do
		assert_true(http_post(
			c, "/echo", &(struct http_message){"text/plain", body, LIMIT, LIMIT}, &r));
	while (r.status == 503);
	assert_int_equal(r.status, 200);
	http_client_close(c);
	http_server_close(small, 2000);
	free(body);
}

static void the_server_knows_who_its_ca_vouched_for_and_nobody_else(void **state)
{
	(void)state;
	struct http_reply r;
	const struct http_client_options own = {
		.ca_file = w.ca_file, .certificate_file = w.crt, .key_file = w.key};
	const struct http_client_options foreign = {
		.ca_file = w.ca_file, .certificate_file = w.foreign, .key_file = w.foreign_key};
	struct http_client *c = client(&own);
	assert_true(http_get(c, "/who", 100, &r));
	assert_int_equal(r.len, 7);
	assert_memory_equal(r.body, "kiosk-1", 7);
	http_client_close(c);
	c = plain();
	assert_true(http_get(c, "/who", 100, &r));
	assert_int_equal(r.len, 0);
	http_client_close(c);
	c = client(&foreign);
	/* Refused by the handshake or nameless: never the name. */
	if (http_get(c, "/who", 100, &r))
		assert_int_equal(r.len, 0);
	http_client_close(c);
}

static void another_ca_another_pin_another_name_are_not_them(void **state)
{
	(void)state;
	struct http_reply r;
	char base[64];
	const struct http_client_options ca = {.ca_file = w.other_ca};
	const struct http_client_options pin = {
		.ca_file = w.ca_file,
		.pin = {"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}};
	const struct http_client_options good = {
		.ca_file = w.ca_file,
		.pin = {"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", w.pin}};
	snprintf(base, sizeof base, "https://127.0.0.2:%u", (unsigned)http_server_port(w.http));
	struct http_client *c = client(&ca);
	assert_false(http_get(c, "/echo", 100, &r));
	assert_int_equal(r.trouble, HTTP_NOT_THEM);
	http_client_close(c);
	c = client(&pin);
	assert_false(http_get(c, "/echo", 100, &r));
	assert_int_equal(r.trouble, HTTP_NOT_THEM);
	http_client_close(c);
	c = client(&good);
	assert_true(http_get(c, "/echo", 100, &r));
	http_client_close(c);
	/* Without anybody to vouch for the server, or without TLS, no client is made at all. */
	const struct http_client_options none = {.base = w.base};
	const struct http_client_options clear = {.base = "http://127.0.0.1", .ca_file = w.ca_file};
	assert_int_equal(http_client_open(&none, &c), SYNC_ERR_REFUSED);
	assert_int_equal(http_client_open(&clear, &c), SYNC_ERR_REFUSED);
}

static void certificates_are_judged_at_the_floor_when_the_clock_fell_back(void **state)
{
	(void)state;
	struct http_reply r;
	/* A floor twenty-five years on stands for a certificate that is long over. */
	const struct http_client_options late = {.ca_file = w.ca_file,
						 .clock_floor = (int64_t)time(NULL) +
								INT64_C(25) * 366 * 86400};
	const struct http_client_options now = {.ca_file = w.ca_file,
						.clock_floor = (int64_t)time(NULL)};
	struct http_client *c = client(&late);
	assert_false(http_get(c, "/echo", 100, &r));
	assert_int_equal(r.trouble, HTTP_NOT_THEM);
	http_client_close(c);
	c = client(&now);
	assert_true(http_get(c, "/echo", 100, &r));
	http_client_close(c);
}

static void a_certificate_younger_than_the_clock_is_taken_only_with_its_pin(void **state)
{
	(void)state;
	static const char *const names[] = {"127.0.0.1"};
	const int64_t month = INT64_C(30) * 86400;
	struct ca_pair young, server;
	struct http_server *http;
	struct http_reply r;
	char base[64], ca_file[128], pin[CA_PIN_MAX];
	/* Made a month from now: to its server this machine's clock fell behind. */
	assert_int_equal(ca_make("young CA", (int64_t)time(NULL) + month, &young), SYNC_OK);
	assert_int_equal(ca_server(&young, names, 1, (int64_t)time(NULL) + month, &server),
			 SYNC_OK);
	assert_int_equal(ca_pin(server.certificate, pin), SYNC_OK);
	const struct http_options o = {.address = "127.0.0.1",
				       .workers = 1,
				       .certificate = server.certificate,
				       .key = server.key,
				       .body_limit = limit,
				       .handle = handle};
	assert_int_equal(http_server_open(&o, &http), SYNC_OK);
	snprintf(base, sizeof base, "https://127.0.0.1:%u", (unsigned)http_server_port(http));
	snprintf(ca_file, sizeof ca_file, "%s/young", w.folder);
	put(ca_file, young.certificate);
	const struct http_client_options unpinned = {.base = base, .ca_file = ca_file},
					 pinned = {.base = base, .ca_file = ca_file, .pin = {pin}},
					 wrong = {.base = base, .ca_file = ca_file, .pin = {w.pin}},
					 other = {.base = base, .ca_file = w.ca_file, .pin = {pin}};
	const struct {
		const struct http_client_options *o;
		bool taken;
	} cases[] = {{&unpinned, false}, {&pinned, true}, {&wrong, false}, {&other, false}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct http_client *c = client(cases[i].o);
		assert_int_equal(http_get(c, "/echo", 100, &r), cases[i].taken);
		if (!cases[i].taken)
			assert_int_equal(r.trouble, HTTP_NOT_THEM);
		http_client_close(c);
	}
	http_server_close(http, 1000);
	unlink(ca_file);
}

static void too_long_answers_later_answers_and_no_answers_are_told_apart(void **state)
{
	(void)state;
	struct http_reply r;
	struct http_client *c = plain();
	assert_false(http_get(c, "/long", 1000, &r));
	assert_int_equal(r.trouble, HTTP_TOO_LARGE);
	assert_true(http_get(c, "/wait", 1000, &r));
	assert_int_equal(r.status, 503);
	assert_int_equal(r.retry_after_s, 77);
	assert_true(http_get(c, "/silent", 1000, &r));
	assert_int_equal(r.status, 500);
	http_client_close(c);
	const struct http_client_options nobody = {.base = "https://127.0.0.1:1",
						   .ca_file = w.ca_file};
	c = client(&nobody);
	assert_false(http_get(c, "/", 1000, &r));
	assert_int_equal(r.trouble, HTTP_NO_LINE);
	http_client_close(c);
	volatile int stopped = 1;
	const struct http_client_options ended = {.ca_file = w.ca_file, .stop = &stopped};
	c = client(&ended);
	assert_false(http_get(c, "/echo", 1000, &r));
	http_client_close(c);
}

static void *many(void *self)
{
	struct http_reply r;
	struct http_client *c = plain();
	intptr_t wrong = 0;
	char text[64];
	(void)self;
	for (int i = 0; i < EACH; i++) {
		int len = snprintf(text, sizeof text, "%lu %d", (unsigned long)pthread_self(), i);
		if (!http_post(c, i % 2 ? "/later" : "/by",
			       &(struct http_message){"text/plain", text, (size_t)len, 100}, &r) ||
		    r.len != (size_t)len || memcmp(r.body, text, r.len) != 0)
			wrong++;
	}
	http_client_close(c);
	return (void *)wrong;
}

static void parked_requests_of_many_connections_each_get_their_own_answer(void **state)
{
	(void)state;
	pthread_t t[THREADS];
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&t[i], NULL, many, NULL), 0);
	for (int i = 0; i < THREADS; i++) {
		void *wrong;
		pthread_join(t[i], &wrong);
		assert_null(wrong);
	}
}

/* --- a server that ends while requests are parked --- */

static struct {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct http_request *request[2];
	int count, made;
	char base[64];
} left = {.lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER};

static void park_for_ever(void *self, struct http_request *r)
{
	(void)self;
	http_park(r);
	pthread_mutex_lock(&left.lock);
	left.request[left.count++] = r;
	pthread_cond_signal(&left.more);
	pthread_mutex_unlock(&left.lock);
}

static void *ask_in_vain(void *self)
{
	struct http_reply r;
	const struct http_client_options o = {.ca_file = w.ca_file, .base = left.base};
	struct http_client *c = client(&o);
	(void)self;
	bool came = http_post(c, "/", &(struct http_message){"text/plain", "x", 1, 100}, &r) &&
		    r.status == 200;
	http_client_close(c);
	return came ? self : NULL;
}

static void make_late(void *self, struct http_request *r)
{
	const struct http_answer a = {.status = 200, .body = "late", .len = 4};
	(void)self;
	left.made++;
	http_answer(r, &a);
}

static void a_server_that_ends_does_not_wait_for_parked_requests_for_ever(void **state)
{
	(void)state;
	const struct http_options o = {.address = "127.0.0.1",
				       .workers = 2,
				       .certificate = w.server.certificate,
				       .key = w.server.key,
				       .ca = w.ca.certificate,
				       .body_limit = limit,
				       .handle = park_for_ever};
	struct http_server *server;
	pthread_t t[2];
	size_t len;
	assert_int_equal(http_server_open(&o, &server), SYNC_OK);
	snprintf(left.base, sizeof left.base, "https://127.0.0.1:%u",
		 (unsigned)http_server_port(server));
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&t[i], NULL, ask_in_vain, &left), 0);
	pthread_mutex_lock(&left.lock);
	while (left.count < 2)
		pthread_cond_wait(&left.more, &left.lock);
	pthread_mutex_unlock(&left.lock);
	http_server_close(server, 20);
	/* Their bodies live until whoever has them answers, late. */
	assert_memory_equal(http_body(left.request[0], &len), "x", 1);
	const struct http_answer a = {.status = 200, .body = "late", .len = 4};
	http_answer(left.request[0], &a);
	http_answer_by(left.request[1], make_late, NULL);
	assert_int_equal(left.made, 1);
	for (int i = 0; i < 2; i++) {
		void *came;
		pthread_join(t[i], &came);
		assert_null(came);
	}
}

static void a_request_that_is_not_signed_by_its_key_gets_no_certificate(void **state)
{
	(void)state;
	char key[CA_PEM_MAX], request[CA_PEM_MAX], crt[CA_PEM_MAX];
	assert_int_equal(ca_request("kiosk-2", key, request), SYNC_OK);
	/* One letter in the middle of the base64. */
	char *at = request + strlen(request) / 2;
	*at = *at == 'A' ? 'B' : 'A';
	assert_int_not_equal(ca_issue(&w.ca, request, "kiosk-2", 1800000000, crt), SYNC_OK);
	assert_int_not_equal(ca_request("a,CN=other", key, request), SYNC_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sent_comes_back_whole),
		cmocka_unit_test(two_posts_are_under_way_and_each_gets_its_own_answer),
		cmocka_unit_test(a_post_that_cannot_be_sent_says_so_when_it_is_waited_for),
		cmocka_unit_test(a_body_over_the_limit_is_refused_and_never_handled),
		cmocka_unit_test(a_dropped_body_is_read_past_and_the_handler_answers),
		cmocka_unit_test(all_bodies_together_have_a_limit),
		cmocka_unit_test(the_server_knows_who_its_ca_vouched_for_and_nobody_else),
		cmocka_unit_test(another_ca_another_pin_another_name_are_not_them),
		cmocka_unit_test(certificates_are_judged_at_the_floor_when_the_clock_fell_back),
		cmocka_unit_test(a_certificate_younger_than_the_clock_is_taken_only_with_its_pin),
		cmocka_unit_test(too_long_answers_later_answers_and_no_answers_are_told_apart),
		cmocka_unit_test(parked_requests_of_many_connections_each_get_their_own_answer),
		cmocka_unit_test(a_server_that_ends_does_not_wait_for_parked_requests_for_ever),
		cmocka_unit_test(a_request_that_is_not_signed_by_its_key_gets_no_certificate),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
