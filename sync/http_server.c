#include "sync/http_server_impl.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

enum {
	CONNECTION_MEMORY = 32768,
	DRAIN_MAX = 64 << 20,   /* what is read of a body that is too long, before hanging up */
	AT_ONCE_MAX = 64 << 10, /* of a body that is announced: room for it is made in one go */
	BODIES_MAX = 256 << 20
};

static const char priorities[] =
	"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-256-GCM:+AES-128-GCM:+"
	"CHACHA20-POLY1305";

/* --- the other end --- */

static void look_at_peer(struct http_server *s, struct MHD_Connection *c, struct peer *p)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	unsigned count = 0, status = 0;
	gnutls_x509_crt_t crt = NULL;
	size_t len = sizeof p->subject, sha_len = sizeof p->sha256;
	p->looked = true;
	if (info == NULL || s->ca == NULL)
		return;
	const gnutls_datum_t *chain =
		gnutls_certificate_get_peers((gnutls_session_t)info->tls_session, &count);
	if (chain == NULL || count == 0 || gnutls_x509_crt_init(&crt) != 0)
		return;
#if SEEDED_BUG == 11 /* any certificate will do */
	p->known = gnutls_x509_crt_import(crt, &chain[0], GNUTLS_X509_FMT_DER) == 0 &&
		   gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, p->subject,
						 &len) == 0;
	gnutls_x509_crt_deinit(crt);
	return;
#endif
	/* Time is left out on purpose: an expired certificate or a wrong clock must not stop
	 * letters. */
	p->known =
		gnutls_x509_crt_import(crt, &chain[0], GNUTLS_X509_FMT_DER) == 0 &&
		gnutls_x509_crt_verify(crt, &s->ca, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS,
				       &status) == 0 &&
		status == 0 &&
		gnutls_x509_crt_check_key_purpose(crt, GNUTLS_KP_TLS_WWW_CLIENT, 0) != 0 &&
		gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, p->subject,
					      &len) == 0 &&
		gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, p->sha256, &sha_len) == 0;
	if (!p->known)
		p->subject[0] = 0;
	gnutls_x509_crt_deinit(crt);
}

static void on_connection(void *self, struct MHD_Connection *c, void **socket_context,
			  enum MHD_ConnectionNotificationCode code)
{
	(void)self;
	(void)c;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*socket_context = calloc(1, sizeof(struct peer));
	} else {
		free(*socket_context);
		*socket_context = NULL;
	}
}

static struct peer *peer_of(struct http_server *s, struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct peer *p = info == NULL ? NULL : info->socket_context;
	if (p != NULL && !p->looked)
		look_at_peer(s, c, p);
	return p;
}

/* --- one request --- */

static enum http_method method_of(const char *text)
{
	static const struct {
		const char *text;
		enum http_method method;
	} known[] = {
		{"GET", HTTP_GET}, {"HEAD", HTTP_HEAD}, {"POST", HTTP_POST}, {"PATCH", HTTP_PATCH}};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(text, known[i].text) == 0)
			return known[i].method;
	return HTTP_OTHER;
}

static struct http_request *request_new(struct http_server *s, struct MHD_Connection *c,
					const char *url, const char *method)
{
	struct http_request *r = calloc(1, sizeof *r);
	if (r == NULL)
		return NULL;
	r->server = s;
	r->connection = c;
	atomic_init(&r->holders, 1);
	r->peer = peer_of(s, c);
	r->method = method_of(method);
	r->too_long_path = strlen(url) > HTTP_PATH_MAX;
	snprintf(r->path, sizeof r->path, "%s", url);
	r->limit = s->o.body_limit == NULL ? 0 : s->o.body_limit(s->o.self, r);
	const char *length =
		MHD_lookup_connection_value(c, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
	unsigned long long announced = length == NULL ? 0 : strtoull(length, NULL, 10);
	r->too_large = announced > r->limit;
	r->announced = announced > AT_ONCE_MAX ? 0 : (size_t)announced;
	atomic_fetch_add(&s->open, 1);
	return r;
}

static void drop_body(struct http_request *r)
{
	if (r->body != NULL)
		explicit_bzero(r->body, r->cap);
	free(r->body);
	atomic_fetch_sub(&r->server->bodies, r->cap);
	r->body = NULL;
	r->len = r->cap = 0;
}

/* Room for `len` bytes more, counted against what all bodies may take. */
static bool grow_body(struct http_request *r, size_t len)
{
	struct http_server *s = r->server;
	size_t cap = (r->len + len + 1) * 2, most = s->o.bodies_max;
	if (r->len + len + 1 <= r->cap)
		return true;
	if (r->len + len <= r->announced)
		cap = r->announced + 1;
	cap = cap > r->limit + 1 ? r->limit + 1 : cap;
	size_t more = cap - r->cap;
	if (atomic_fetch_add(&s->bodies, more) + more > (most == 0 ? (size_t)BODIES_MAX : most)) {
		atomic_fetch_sub(&s->bodies, more);
		return false;
	}
	unsigned char *grown = realloc(r->body, cap);
	if (grown == NULL) {
		atomic_fetch_sub(&s->bodies, more);
		return false;
	}
	r->body = grown;
	r->cap = cap;
	return true;
}

/* False when the other side goes on sending without end. */
static bool take_body(struct http_request *r, const char *bytes, size_t len)
{
	if (r->limit != HTTP_BODY_DROPPED && !r->too_large && !r->no_room) {
		r->too_large = r->len + len > r->limit;
		r->no_room = !r->too_large && !grow_body(r, len);
	}
	if (r->limit == HTTP_BODY_DROPPED || r->too_large || r->no_room) {
		drop_body(r);
		r->passed += len;
		return r->passed <= DRAIN_MAX;
	}
	memcpy(r->body + r->len, bytes, len);
	r->len += len;
	r->body[r->len] = 0;
	return true;
}

static void no_room_answer(struct http_request *r)
{
	static const char text[] = "busy, try again later\n";
	const struct http_answer a = {.status = 503,
				      .type = "text/plain; charset=utf-8",
				      .body = text,
				      .len = sizeof text - 1,
				      .header = {"Retry-After", "30", NULL}};
	http_answer(r, &a);
}

static void run_handler(struct http_request *r)
{
	atomic_store(&r->state, HANDLED);
	if (r->too_long_path)
		http_plain_answer(r, 414, "the address is too long\n");
	else if (r->too_large)
		http_plain_answer(r, 413, "too large\n");
	else if (r->no_room)
		no_room_answer(r);
	else if (atomic_load(&r->server->ending))
		http_plain_answer(r, 503, "ending\n");
	else
		r->server->o.handle(r->server->o.self, r);
	if (atomic_load(&r->state) == HANDLED)
		http_plain_answer(r, 500, "no answer\n");
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the library's */
static enum MHD_Result on_access(void *self, struct MHD_Connection *c, const char *url,
				 const char *method, const char *version, const char *upload,
				 size_t *upload_size, void **context)
{
	struct http_server *s = self;
	struct http_request *r = *context;
	(void)version;
	if (r == NULL) {
		r = request_new(s, c, url, method);
		*context = r;
		return r == NULL ? MHD_NO : MHD_YES;
	}
	if (*upload_size > 0) {
		bool on = take_body(r, upload, *upload_size);
		*upload_size = 0;
		return on ? MHD_YES : MHD_NO;
	}
	if (atomic_load(&r->state) == READING)
		run_handler(r);
	/* Parked: called again after the resume, even when the answer is there already. */
	if (r->parked || atomic_load(&r->state) != READY) {
		r->parked = false;
		return MHD_YES;
	}
	http_make_answer(r);
	return MHD_queue_response(c, (unsigned)r->status, r->response);
}

static void on_completed(void *self, struct MHD_Connection *c, void **context,
			 enum MHD_RequestTerminationCode why)
{
	struct http_request *r = *context;
	(void)self;
	(void)c;
	(void)why;
	if (r == NULL)
		return;
	/* Nobody listens any more; but who makes the answer has something to let go of. */
	if (r->make != NULL)
		http_make_answer(r);
	atomic_fetch_sub(&r->server->bodies, r->cap);
	atomic_fetch_sub(&r->server->open, 1);
	http_let_go(r);
	*context = NULL;
}

/* --- looking at it --- */

enum http_method http_method(const struct http_request *r)
{
	return r->method;
}

const char *http_path(const struct http_request *r)
{
	return r->path;
}

const char *http_query(const struct http_request *r, const char *name)
{
	return MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *http_header(const struct http_request *r, const char *name)
{
	return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

const char *http_cookie(const struct http_request *r, const char *name, char *out, size_t size)
{
	const char *at = http_header(r, MHD_HTTP_HEADER_COOKIE);
	size_t name_len = strlen(name);
	while (at != NULL && *at != 0) {
		at += strspn(at, " ;");
		size_t len = strcspn(at, ";");
		if (len > name_len && strncmp(at, name, name_len) == 0 && at[name_len] == '=' &&
		    len - name_len - 1 < size) {
			memcpy(out, at + name_len + 1, len - name_len - 1);
			out[len - name_len - 1] = 0;
			return out;
		}
		at += len;
	}
	return NULL;
}

const unsigned char *http_body(const struct http_request *r, size_t *len)
{
	static const unsigned char nothing[1];
	*len = r->len;
	return r->body == NULL ? nothing : r->body;
}

const char *http_subject(const struct http_request *r)
{
	return r->peer == NULL ? "" : r->peer->subject;
}

const unsigned char *http_certificate_sha256(const struct http_request *r)
{
	return r->peer == NULL || !r->peer->known ? NULL : r->peer->sha256;
}

/* --- the server --- */

static void on_log(void *self, const char *format, va_list args)
{
	/* Clients that hang up are no news. */
	(void)self;
	(void)format;
	(void)args;
}

static bool load_ca(struct http_server *s, const char *pem)
{
	union {
		const char *in;
		unsigned char *out;
	} u = {.in = pem};
	if (pem == NULL)
		return true;
	const gnutls_datum_t d = {.data = u.out, .size = (unsigned)strlen(pem)};
	return gnutls_x509_crt_init(&s->ca) == 0 &&
	       gnutls_x509_crt_import(s->ca, &d, GNUTLS_X509_FMT_PEM) == 0;
}

static bool address_of(const struct http_options *o, struct sockaddr_storage *out, bool *six)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
	memset(out, 0, sizeof *out);
	*six = strchr(o->address, ':') != NULL;
	if (*six) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(o->port);
		return inet_pton(AF_INET6, o->address, &v6->sin6_addr) == 1;
	}
	v4->sin_family = AF_INET;
	v4->sin_port = htons(o->port);
	return inet_pton(AF_INET, o->address, &v4->sin_addr) == 1;
}

static bool start(struct http_server *s)
{
	const struct http_options *o = &s->o;
	struct sockaddr_storage address;
	bool six;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned workers = (unsigned)(o->workers > 0 ? o->workers : cores > 0 ? cores : 1);
	unsigned most = (unsigned)(o->connections_max > 0 ? o->connections_max : 1024);
	if (!address_of(o, &address, &six))
		return false;
	workers = workers > HTTP_WORKERS_MAX ? HTTP_WORKERS_MAX : workers;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
			 MHD_USE_ERROR_LOG | MHD_USE_TLS | (six ? MHD_USE_DUAL_STACK : 0);
	union {
		const char *in;
		void *out;
	} ca = {.in = o->ca};
	/* What is only sometimes asked for; a pool of one is refused by the library. */
	struct MHD_OptionItem extra[3] = {{MHD_OPTION_END, 0, NULL}};
	int n = 0;
	if (o->ca != NULL)
		extra[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_TRUST, 0, ca.out};
	if (workers > 1)
		extra[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, workers, NULL};
	extra[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
	s->daemon = MHD_start_daemon(
		flags, o->port, NULL, NULL, on_access, s, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
		MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_LIMIT, most,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(o->idle_s > 0 ? o->idle_s : 60),
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_NOTIFY_CONNECTION,
		on_connection, s, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_HTTPS_MEM_KEY,
		o->key, MHD_OPTION_HTTPS_MEM_CERT, o->certificate, MHD_OPTION_HTTPS_PRIORITIES,
		priorities, MHD_OPTION_ARRAY, extra, MHD_OPTION_END);
	return s->daemon != NULL;
}

enum sync_err http_server_open(const struct http_options *o, struct http_server **out)
{
	*out = NULL;
	struct http_server *s = calloc(1, sizeof *s);
	if (s == NULL)
		return SYNC_ERR_FULL;
	s->o = *o;
	pthread_mutex_init(&s->lock, NULL);
	if (!load_ca(s, o->ca)) {
		http_server_close(s, 0);
		return SYNC_ERR_CORRUPT;
	}
	if (!start(s)) {
		sync_log("http: cannot listen on %s port %u", o->address, (unsigned)o->port);
		http_server_close(s, 0);
		return SYNC_ERR_IO;
	}
	*out = s;
	return SYNC_OK;
}

uint16_t http_server_port(const struct http_server *s)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info == NULL ? 0 : info->port;
}

void http_server_close(struct http_server *s, int ms)
{
	const struct timespec tick = {.tv_nsec = 10000000};
	if (s == NULL)
		return;
	if (s->daemon != NULL) {
		atomic_store(&s->ending, true);
		int listening = MHD_quiesce_daemon(s->daemon);
		for (int waited = 0; waited < ms && atomic_load(&s->open) > 0; waited += 10)
			nanosleep(&tick, NULL);
		http_answer_parked(s);
		MHD_stop_daemon(s->daemon);
		if (listening >= 0)
			close(listening);
	}
	if (s->ca != NULL)
		gnutls_x509_crt_deinit(s->ca);
	/* Who resumed the last one may still be letting go of the lock. */
	pthread_mutex_lock(&s->lock);
	pthread_mutex_unlock(&s->lock);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
