#include "sync/http_client.h"

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
	CONNECT_S = 20,
	STALL_S = 30,
	STALL_BYTES = 100,
	URL_MAX = 1024,
	PINS_MAX = 300,
	POLL_MS = 1000
};

/* One transfer at a time. */
struct lane {
	struct http_client *client;
	CURL *curl;
	struct curl_slist *headers;
	unsigned char *body;
	size_t len, cap, most;
	bool too_large, under_way, sent;
	CURLcode result;
	int retry_after_s;
	int64_t part_from, part_of;
	char type[64];
};

struct http_client {
	CURLM *multi;                     /* holds the connections */
	struct lane lane[HTTP_LANES + 1]; /* the last: transfers that are waited for at once */
	char base[512], ca_file[512], certificate[512], key[512], proxy[256], pins[PINS_MAX];
	int64_t floor;
	int connect_s, stall_s;
	const volatile int *stop;
};

/* --- time of certificates --- */

static int64_t judged_at(const struct http_client *c)
{
	int64_t now = (int64_t)time(NULL);
	return now > c->floor ? now : c->floor;
}

static int client_index = -1;

/* A clock that runs ahead must not make a good certificate old: what was still good at the newest
 * signed server time is taken. One that fell behind must not keep a new kiosk out: a certificate
 * younger than the clock is taken when the key is pinned, because the pin says who it is. */
static int on_verify(int good, X509_STORE_CTX *ctx)
{
	int error = X509_STORE_CTX_get_error(ctx);
	if (good != 0 ||
	    (error != X509_V_ERR_CERT_HAS_EXPIRED && error != X509_V_ERR_CERT_NOT_YET_VALID))
		return good;
	SSL *ssl = X509_STORE_CTX_get_ex_data(ctx, SSL_get_ex_data_X509_STORE_CTX_idx());
	const struct http_client *c =
		ssl == NULL ? NULL : SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), client_index);
	const X509 *crt = X509_STORE_CTX_get_current_cert(ctx);
	if (c == NULL || crt == NULL)
		return 0;
	time_t floor = (time_t)c->floor;
	if (error == X509_V_ERR_CERT_NOT_YET_VALID
		    ? c->pins[0] == 0
		    : c->floor <= 0 || X509_cmp_time(X509_get0_notAfter(crt), &floor) <= 0)
		return 0;
	X509_STORE_CTX_set_error(ctx, X509_V_OK);
	return 1;
}

static CURLcode on_ssl(CURL *curl, void *ssl_ctx, void *self)
{
	struct http_client *c = self;
	SSL_CTX *ctx = ssl_ctx;
	(void)curl;
	if (client_index < 0)
		client_index = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, NULL);
	X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(ctx), (time_t)judged_at(c));
	if (c->ca_file[0] != 0) {
		SSL_CTX_set_ex_data(ctx, client_index, c);
		SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, on_verify);
	}
	return CURLE_OK;
}

/* --- what comes back --- */

static size_t on_body(char *bytes, size_t one, size_t count, void *self)
{
	struct lane *l = self;
	size_t len = one * count;
	if (l->len + len > l->most) {
		l->too_large = true;
		return 0;
	}
	if (l->len + len + 1 > l->cap) {
		size_t cap = (l->len + len + 1) * 2;
		unsigned char *grown = realloc(l->body, cap);
		if (grown == NULL)
			return 0;
		l->body = grown;
		l->cap = cap;
	}
	memcpy(l->body + l->len, bytes, len);
	l->len += len;
	l->body[l->len] = 0;
	return len;
}

/* The value of header `name` in one header line; NULL when it is another. */
static const char *header_value(const char *line, size_t len, const char *name, size_t *value_len)
{
	size_t n = strlen(name);
	if (len <= n || line[n] != ':' || strncasecmp(line, name, n) != 0)
		return NULL;
	const char *at = line + n + 1, *end = line + len;
	while (at < end && *at == ' ')
		at++;
	while (end > at && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' '))
		end--;
	*value_len = (size_t)(end - at);
	return at;
}

/* Digits at *at, at most eighteen; -1 when there are none. */
static int64_t number_at(const char **at, const char *end)
{
	enum { DIGITS_MAX = 18 };
	int64_t v = 0;
	int n = 0;
	for (; *at < end && **at >= '0' && **at <= '9' && n < DIGITS_MAX; (*at)++, n++)
		v = v * 10 + (**at - '0');
	return n == 0 ? -1 : v;
}

/* "bytes 0-65535/70000" */
static void take_part(struct lane *l, const char *v, size_t n)
{
	static const char unit[] = "bytes ";
	const char *at = v + sizeof unit - 1, *end = v + n;
	if (n < sizeof unit || memcmp(v, unit, sizeof unit - 1) != 0)
		return;
	int64_t from = number_at(&at, end);
	if (from < 0 || at == end || *at++ != '-')
		return;
	int64_t to = number_at(&at, end);
	if (to < from || at == end || *at++ != '/')
		return;
	int64_t of = number_at(&at, end);
	if (of <= to || at != end)
		return;
	l->part_from = from;
	l->part_of = of;
}

static size_t on_header(char *line, size_t one, size_t count, void *self)
{
	struct lane *l = self;
	size_t len = one * count, n;
	const char *v = header_value(line, len, "Retry-After", &n);
	if (v != NULL && n > 0 && n < 8) {
		int s = 0;
		for (size_t i = 0; i < n; i++)
			s = v[i] >= '0' && v[i] <= '9' && s >= 0 ? s * 10 + (v[i] - '0') : -1;
		l->retry_after_s = s;
	}
	v = header_value(line, len, "Content-Range", &n);
	if (v != NULL)
		take_part(l, v, n);
	v = header_value(line, len, "Content-Type", &n);
	if (v != NULL) {
		size_t i = 0;
		for (; i < n && i + 1 < sizeof l->type && v[i] != ';' && v[i] != ' '; i++)
			l->type[i] = (char)(v[i] >= 'A' && v[i] <= 'Z' ? v[i] + 32 : v[i]);
		l->type[i] = 0;
	}
	return len;
}

static int on_progress(void *self, curl_off_t a, curl_off_t b, curl_off_t total, curl_off_t sent)
{
	struct lane *l = self;
	(void)a;
	(void)b;
	l->sent = total > 0 && sent >= total;
	return l->client->stop != NULL && *l->client->stop != 0;
}

/* --- opening --- */

static void keep(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from == NULL ? "" : from);
}

static bool pins_of(struct http_client *c, const char *const pin[2])
{
	for (int i = 0; i < 2; i++) {
		if (pin[i] == NULL || pin[i][0] == 0)
			continue;
		if (strncmp(pin[i], "sha256//", 8) != 0 ||
		    strlen(c->pins) + strlen(pin[i]) + 2 > sizeof c->pins)
			return false;
		if (c->pins[0] != 0)
			strncat(c->pins, ";", 2);
		strncat(c->pins, pin[i], sizeof c->pins - strlen(c->pins) - 1);
	}
	return true;
}

enum sync_err http_client_open(const struct http_client_options *o, struct http_client **out)
{
	*out = NULL;
	if (o->base == NULL || strncmp(o->base, "https://", 8) != 0 || strlen(o->base) >= 500)
		return SYNC_ERR_REFUSED;
	struct http_client *c = calloc(1, sizeof *c);
	if (c == NULL)
		return SYNC_ERR_FULL;
	keep(c->base, sizeof c->base, o->base);
	keep(c->ca_file, sizeof c->ca_file, o->ca_file);
	keep(c->certificate, sizeof c->certificate, o->certificate_file);
	keep(c->key, sizeof c->key, o->key_file);
	keep(c->proxy, sizeof c->proxy, o->proxy);
	c->floor = o->clock_floor;
	c->connect_s = o->connect_s > 0 ? o->connect_s : CONNECT_S;
	c->stall_s = o->stall_s > 0 ? o->stall_s : STALL_S;
	c->stop = o->stop;
	size_t n = strlen(c->base);
	if (n > 0 && c->base[n - 1] == '/')
		c->base[n - 1] = 0;
	/* Somebody must vouch for the server: a CA, or a pin while there is no CA yet. */
	if (!pins_of(c, o->pin) || (c->ca_file[0] == 0 && c->pins[0] == 0)) {
		http_client_close(c);
		return SYNC_ERR_REFUSED;
	}
	c->multi = curl_multi_init();
	bool good = c->multi != NULL;
	for (int i = 0; i <= HTTP_LANES && good; i++) {
		c->lane[i].client = c;
		c->lane[i].curl = curl_easy_init();
		good = c->lane[i].curl != NULL;
	}
	if (!good) {
		http_client_close(c);
		return SYNC_ERR_FULL;
	}
	*out = c;
	return SYNC_OK;
}

void http_client_close(struct http_client *c)
{
	if (c == NULL)
		return;
	for (int i = 0; i <= HTTP_LANES; i++) {
		struct lane *l = &c->lane[i];
		if (l->under_way)
			curl_multi_remove_handle(c->multi, l->curl);
		if (l->curl != NULL)
			curl_easy_cleanup(l->curl);
		curl_slist_free_all(l->headers);
		if (l->body != NULL)
			explicit_bzero(l->body, l->cap);
		free(l->body);
	}
	if (c->multi != NULL)
		curl_multi_cleanup(c->multi);
	free(c);
}

void http_client_set_floor(struct http_client *c, int64_t clock_floor)
{
	c->floor = clock_floor;
}

/* --- a transfer --- */

static void prepare(struct lane *l)
{
	struct http_client *c = l->client;
	CURL *h = l->curl;
	curl_easy_reset(h);
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_3);
	curl_easy_setopt(h, CURLOPT_PROXY, c->proxy); /* "" switches the environment's off */
	curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, (long)c->connect_s);
	curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES);
	curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, (long)c->stall_s);
	curl_easy_setopt(h, CURLOPT_TCP_KEEPALIVE, 1L);
	if (c->ca_file[0] != 0) {
		curl_easy_setopt(h, CURLOPT_CAINFO, c->ca_file);
		curl_easy_setopt(h, CURLOPT_CAPATH, NULL); /* not the system's as well */
	} else {
		curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 0L);
		curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 0L);
	}
	if (c->pins[0] != 0)
		curl_easy_setopt(h, CURLOPT_PINNEDPUBLICKEY, c->pins);
	if (c->certificate[0] != 0) {
		curl_easy_setopt(h, CURLOPT_SSLCERT, c->certificate);
		curl_easy_setopt(h, CURLOPT_SSLKEY, c->key);
	}
	curl_easy_setopt(h, CURLOPT_SSL_CTX_FUNCTION, on_ssl);
	curl_easy_setopt(h, CURLOPT_SSL_CTX_DATA, c);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, l);
	curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(h, CURLOPT_HEADERDATA, l);
	curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(h, CURLOPT_XFERINFODATA, l);
}

static enum http_trouble trouble_of(const struct lane *l, CURLcode rc)
{
	if (rc == CURLE_OK)
		return HTTP_FINE;
	if (l->too_large)
		return HTTP_TOO_LARGE;
	switch ((int)rc) {
	case CURLE_ABORTED_BY_CALLBACK:
		return HTTP_STOPPED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
		return HTTP_NOT_THEM;
	default:
		return HTTP_NO_LINE;
	}
}

static void begin(struct lane *l, const char *path, size_t most)
{
	char url[URL_MAX];
	l->len = 0;
	l->most = most;
	l->too_large = l->sent = false;
	l->retry_after_s = -1;
	l->part_from = l->part_of = -1;
	l->type[0] = 0;
	l->result = CURLE_FAILED_INIT;
	if (snprintf(url, sizeof url, "%s%s", l->client->base, path) >= (int)sizeof url)
		return;
	curl_easy_setopt(l->curl, CURLOPT_URL, url);
	l->under_way = curl_multi_add_handle(l->client->multi, l->curl) == CURLM_OK;
}

static void note_ends(struct http_client *c)
{
	int left;
	for (CURLMsg *m = curl_multi_info_read(c->multi, &left); m != NULL;
	     m = curl_multi_info_read(c->multi, &left)) {
		if (m->msg != CURLMSG_DONE)
			continue;
		for (int i = 0; i <= HTTP_LANES; i++)
			if (c->lane[i].curl == m->easy_handle && c->lane[i].under_way) {
				c->lane[i].result = m->data.result;
				c->lane[i].under_way = false;
				curl_multi_remove_handle(c->multi, c->lane[i].curl);
				break;
			}
	}
}

/* All lanes go on until this one is over, or wholly sent when that is enough. */
static void go_on(struct lane *l, bool sent_is_enough)
{
	struct http_client *c = l->client;
	int running;
	while (l->under_way && !(sent_is_enough && l->sent)) {
		CURLMcode rc = curl_multi_perform(c->multi, &running);
		note_ends(c);
		if (rc != CURLM_OK) {
			curl_multi_remove_handle(c->multi, l->curl);
			l->under_way = false;
		}
		if (l->under_way && !(sent_is_enough && l->sent))
			curl_multi_poll(c->multi, NULL, 0, POLL_MS, NULL);
	}
}

static bool answer_of(struct lane *l, struct http_reply *out)
{
	static const unsigned char nothing[1];
	long status = 0;
	CURLcode rc = l->result;
	*out = (struct http_reply){
		.trouble = trouble_of(l, rc), .retry_after_s = -1, .part_from = -1, .part_of = -1};
	curl_slist_free_all(l->headers);
	l->headers = NULL;
	if (out->trouble == HTTP_NOT_THEM)
		sync_log("http: %s is not the server it should be (%s)", l->client->base,
			 curl_easy_strerror(rc));
	curl_easy_getinfo(l->curl, CURLINFO_RESPONSE_CODE, &status);
	/* Of a part everything that came counts; of anything else only the whole. */
	if (rc != CURLE_OK && (status != 206 || l->too_large))
		return false;
	out->status = (int)status;
	out->retry_after_s = l->retry_after_s;
	out->part_from = l->part_from;
	out->part_of = l->part_of;
	out->body = l->body == NULL ? nothing : l->body;
	out->len = l->len;
	snprintf(out->type, sizeof out->type, "%s", l->type);
	return rc == CURLE_OK;
}

static void post(struct lane *l, const char *path, const struct http_message *m)
{
	char header[128];
	prepare(l);
	snprintf(header, sizeof header, "Content-Type: %s", m->type);
	l->headers = curl_slist_append(NULL, header);
	l->headers = curl_slist_append(l->headers, "Expect:");
	curl_easy_setopt(l->curl, CURLOPT_HTTPHEADER, l->headers);
	curl_easy_setopt(l->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)m->len);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDS, m->body);
	begin(l, path, m->most);
}

bool http_get(struct http_client *c, const char *path, size_t most, struct http_reply *out)
{
	struct lane *l = &c->lane[HTTP_LANES];
	prepare(l);
	begin(l, path, most);
	go_on(l, false);
	return answer_of(l, out);
}

bool http_get_part(struct http_client *c, const char *path, size_t from, size_t to, size_t most,
		   struct http_reply *out)
{
	char range[64];
	struct lane *l = &c->lane[HTTP_LANES];
	prepare(l);
	snprintf(range, sizeof range, "%zu-%zu", from, to - 1);
	curl_easy_setopt(l->curl, CURLOPT_RANGE, range);
	begin(l, path, most);
	go_on(l, false);
	return answer_of(l, out);
}

bool http_post(struct http_client *c, const char *path, const struct http_message *m,
	       struct http_reply *out)
{
	struct lane *l = &c->lane[HTTP_LANES];
	post(l, path, m);
	go_on(l, false);
	return answer_of(l, out);
}

void http_send(struct http_client *c, int lane, const char *path, const struct http_message *m)
{
	post(&c->lane[lane], path, m);
	go_on(&c->lane[lane], true);
}

bool http_wait(struct http_client *c, int lane, struct http_reply *out)
{
	go_on(&c->lane[lane], false);
	return answer_of(&c->lane[lane], out);
}
