/* road_bench.c - how many letters a second a township takes: 64 kiosks, a connection each.
 *
 * road_bench letters URL CA KIOSK CODES EACH   CODES holds a one-time code a line; every letter is
 * a distinct parcel of its own kiosk, a request each road_bench transport TLS EACH the same bytes
 * to a server that only answers: what TLS and HTTP cost without verifying and keeping Prints "bench
 * NAME VALUE UNIT budget LIMIT ok|OVER". */
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/kiosk/books.h"
#include "app/store/kiosk/home.h"
#include "app/village/wire.h"
#include "sync/ca.h"
#include "sync/http_client.h"
#include "sync/http_server.h"
#include "tests/bench/bench.h"

#include <curl/curl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KIOSKS = 64, EACH_MAX = 2000, MATTER_MAX = 4000, PATH = 512 };

struct letter {
	unsigned char *bytes; /* a batch of one */
	size_t len;
};

struct sender {
	struct parcel_kiosk kiosk;
	char certificate[PATH], key[PATH];
	struct letter letter[EACH_MAX];
	int next;
	double from;
	CURL *easy;
};

struct load {
	char url[256], ca[PATH];
	int each, done, failed;
	int warm; /* answers that came before the clock was started */
	struct sender sender[KIOSKS];
	double *took;
};

static void give_up(const char *why)
{
	fprintf(stderr, "road_bench: %s\n", why);
	exit(1);
}

/* --- the load: one easy handle a kiosk, a new request as soon as the last is answered --- */

static size_t swallow(char *p, size_t size, size_t n, void *to)
{
	(void)p;
	(void)to;
	return size * n;
}

static void send_next(struct load *l, struct sender *s, CURLM *multi)
{
	const struct letter *one = &s->letter[s->next++];
	curl_easy_setopt(s->easy, CURLOPT_POSTFIELDSIZE, (long)one->len);
	curl_easy_setopt(s->easy, CURLOPT_POSTFIELDS, one->bytes);
	s->from = bench_ms();
	if (curl_multi_add_handle(multi, s->easy) != CURLM_OK)
		give_up("no transfer");
	(void)l;
}

static void open_sender(struct load *l, struct sender *s, struct curl_slist *headers)
{
	s->easy = curl_easy_init();
	if (s->easy == NULL)
		give_up("no connection");
	curl_easy_setopt(s->easy, CURLOPT_URL, l->url);
	curl_easy_setopt(s->easy, CURLOPT_CAINFO, l->ca);
	if (s->certificate[0] != 0) {
		curl_easy_setopt(s->easy, CURLOPT_SSLCERT, s->certificate);
		curl_easy_setopt(s->easy, CURLOPT_SSLKEY, s->key);
	}
	curl_easy_setopt(s->easy, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(s->easy, CURLOPT_WRITEFUNCTION, swallow);
	curl_easy_setopt(s->easy, CURLOPT_PRIVATE, s);
	curl_easy_setopt(s->easy, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(s->easy, CURLOPT_POST, 1L);
}

static void take_answers(struct load *l, CURLM *multi)
{
	int left;
	for (CURLMsg *m = curl_multi_info_read(multi, &left); m != NULL;
	     m = curl_multi_info_read(multi, &left)) {
		struct sender *s = NULL;
		long status = 0;
		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &s);
		curl_easy_getinfo(m->easy_handle, CURLINFO_RESPONSE_CODE, &status);
		l->took[l->done++] = bench_ms() - s->from;
		l->failed += m->data.result != CURLE_OK || status != 200;
		curl_multi_remove_handle(multi, s->easy);
		if (s->next < l->each)
			send_next(l, s, multi);
	}
}

/* Seconds from the first 64 answers on: those pay for the handshakes. */
static double run_load(struct load *l)
{
	CURLM *multi = curl_multi_init();
	struct curl_slist *headers =
		curl_slist_append(NULL, "Content-Type: application/octet-stream");
	int running = 1;
	double from = 0;
	headers = curl_slist_append(headers, "Expect:");
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)KIOSKS);
	for (int i = 0; i < KIOSKS; i++) {
		open_sender(l, &l->sender[i], headers);
		send_next(l, &l->sender[i], multi);
	}
	while (l->done < KIOSKS * l->each) {
		curl_multi_perform(multi, &running);
		take_answers(l, multi);
		if (from == 0 && l->done >= KIOSKS) {
			from = bench_ms();
			l->warm = l->done;
		}
		if (l->done < KIOSKS * l->each)
			curl_multi_poll(multi, NULL, 0, 100, NULL);
	}
	double seconds = (bench_ms() - from) / 1000;
	for (int i = 0; i < KIOSKS; i++)
		curl_easy_cleanup(l->sender[i].easy);
	curl_multi_cleanup(multi);
	curl_slist_free_all(headers);
	return seconds;
}

static void report(struct load *l, double seconds, const char *name, double at_least)
{
	char label[64];
	int n = l->done - l->warm;
	if (l->failed > 0) {
		fprintf(stderr, "road_bench: %d requests failed\n", l->failed);
		exit(1);
	}
	snprintf(label, sizeof label, "%s_rate", name);
	bench_say_least(label, n / seconds, "per_second", at_least);
	snprintf(label, sizeof label, "%s_p99", name);
	bench_say(label, bench_part(l->took + l->warm, n, 0.99), "ms", 100);
}

/* --- letters of 64 kiosks --- */

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		give_up(path);
}

static void enrol(struct load *l, struct sender *s, int number, const char *base,
		  const char *folder, const char *code)
{
	char key[CA_PEM_MAX], subject[2 * HASH_BYTES + 1];
	struct wire_enroll *asked = calloc(1, sizeof *asked);
	struct wire_enrolled got;
	struct http_client *client;
	struct http_reply r;
	struct hash id;
	struct buf json;
	const struct http_client_options o = {.base = base, .ca_file = l->ca};
	sign_generate(&s->kiosk.pub, &s->kiosk.sec);
	parcel_kiosk_id(&s->kiosk.pub, &id);
	text_hex(id.b, HASH_BYTES, subject);
	buf_init(&json, WIRE_MESSAGE_MAX);
	if (asked == NULL || http_client_open(&o, &client) != SYNC_OK ||
	    ca_request(subject, key, asked->request) != SYNC_OK)
		give_up("no client");
	snprintf(asked->code, sizeof asked->code, "%s", code);
	asked->kiosk = s->kiosk.pub;
	wire_enroll_sign(asked, &s->kiosk.sec);
	if (wire_enroll_make(asked, &json) != OK ||
	    !http_post(client, "/v1/enroll",
		       &(struct http_message){"application/json", json.p, json.len,
					      SETTINGS_MESSAGE_MAX},
		       &r) ||
	    r.status != 200 || wire_enrolled_read(r.body, r.len, &got) != OK)
		give_up("a kiosk was not enrolled");
	snprintf(s->certificate, sizeof s->certificate, "%s/%d.crt", folder, number);
	snprintf(s->key, sizeof s->key, "%s/%d.key", folder, number);
	write_text(s->certificate, got.certificate);
	write_text(s->key, key);
	wire_enrolled_free(&got);
	http_client_close(client);
	buf_free(&json);
	free(asked);
}

static void make_letters(struct sender *s, const struct settings *settings, const char *place,
			 int each)
{
	static const struct hash first = {{0}};
	struct parcel_place at = {.sequence = 1, .previous = first};
	for (int i = 0; i < each; i++) {
		struct receipt_public receipt;
		struct seal_secret seal;
		struct sign_secret sign;
		struct parcel_header h;
		struct buf parcel, batch;
		char matter[64];
		seal_generate(&receipt.answer, &seal);
		sign_generate(&receipt.follow_up, &sign);
		seal_random(receipt.locator, sizeof receipt.locator);
		int len = snprintf(matter, sizeof matter, "{\"text\":\"%d\"}", i);
		const struct parcel_draft d = {.kind = PARCEL_COMPLAINT,
					       .whom = WHOM_VILLAGE,
					       .place = place,
					       .receipt = &receipt,
					       .matter = matter,
					       .matter_len = (size_t)len,
					       .day = clock_day(clock_now())};
		buf_init(&parcel, PARCEL_BYTES_MAX);
		buf_init(&batch, WIRE_BATCH_MAX);
		if (parcel_make(&d, settings, &s->kiosk, &at, &parcel, &h) != OK ||
		    wire_batch_add(&batch, parcel.p, parcel.len) != OK)
			give_up("no parcel");
		hash_bytes(parcel.p, parcel.len, &at.previous);
		at.sequence++;
		s->letter[i] = (struct letter){batch.p, batch.len};
		buf_free(&parcel);
	}
}

static struct settings *read_settings(struct kiosk_home *home)
{
	struct books *books;
	struct buf bytes;
	struct settings *s = NULL;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	if (books_open(home->folder, BOOKS_READ, &books) != OK ||
	    books_settings(books, &bytes) != OK ||
	    settings_read(bytes.p, bytes.len, &home->root, &s) != OK)
		give_up("no settings");
	buf_free(&bytes);
	books_close(books);
	return s;
}

static int letters(char **arg)
{
	struct load *l = calloc(1, sizeof *l);
	struct kiosk_home *home = calloc(1, sizeof *home);
	char code[128], folder[PATH];
	FILE *codes = fopen(arg[3], "r");
	if (l == NULL || home == NULL || codes == NULL || home_open(arg[2], home) != OK)
		give_up("no kiosk or no codes");
	snprintf(l->url, sizeof l->url, "%s/v1/parcels", arg[0]);
	snprintf(l->ca, sizeof l->ca, "%s", arg[1]);
	snprintf(folder, sizeof folder, "%s.d", arg[3]);
	l->each = (int)strtol(arg[4], NULL, 10);
	if (l->each < 2 || l->each > EACH_MAX || mkdir(folder, 0700) != 0)
		give_up("no folder for certificates");
	struct settings *settings = read_settings(home);
	for (int i = 0; i < KIOSKS; i++) {
		if (fgets(code, sizeof code, codes) == NULL)
			give_up("too few codes");
		code[strcspn(code, "\n")] = 0;
		enrol(l, &l->sender[i], i, arg[0], folder, code);
		make_letters(&l->sender[i], settings, home->place, l->each);
	}
	l->took = calloc((size_t)(KIOSKS * l->each), sizeof *l->took);
	double seconds = run_load(l);
	report(l, seconds, "server_verified", 5000);
	fclose(codes);
	settings_close(settings);
	home_close(home);
	return 0;
}

/* --- transport alone --- */

static size_t any_length(void *self, const struct http_request *r)
{
	(void)self;
	(void)r;
	return 65536;
}

static void say_yes(void *self, struct http_request *r)
{
	(void)self;
	const struct http_answer a = {.status = 200, .type = "text/plain", .body = "ok", .len = 2};
	http_answer(r, &a);
}

static char *read_text(const char *folder, const char *name)
{
	char path[PATH];
	char *text = calloc(1, CA_PEM_MAX);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "r");
	if (text == NULL || f == NULL || fread(text, 1, CA_PEM_MAX - 1, f) == 0)
		give_up(path);
	fclose(f);
	return text;
}

static int transport(char **arg)
{
	struct load *l = calloc(1, sizeof *l);
	int ends[2];
	uint16_t port = 0;
	if (l == NULL || pipe(ends) != 0)
		give_up("no pipe");
	pid_t child = fork();
	if (child == 0) {
		const struct http_options o = {.address = "127.0.0.1",
					       .certificate = read_text(arg[0], "server.crt"),
					       .key = read_text(arg[0], "server.key"),
					       .ca = read_text(arg[0], "ca.crt"),
					       .body_limit = any_length,
					       .handle = say_yes};
		struct http_server *server;
		if (http_server_open(&o, &server) != SYNC_OK)
			give_up("no server");
		port = http_server_port(server);
		if (write(ends[1], &port, sizeof port) != (ssize_t)sizeof port)
			give_up("no pipe");
		for (;;)
			pause();
	}
	if (child < 0 || read(ends[0], &port, sizeof port) != (ssize_t)sizeof port)
		give_up("no server");
	snprintf(l->url, sizeof l->url, "https://127.0.0.1:%u/", (unsigned)port);
	snprintf(l->ca, sizeof l->ca, "%s/ca.crt", arg[0]);
	l->each = (int)strtol(arg[1], NULL, 10);
	if (l->each < 2 || l->each > EACH_MAX)
		give_up("2 to 2000 letters each");
	static unsigned char body[2048];
	for (int i = 0; i < KIOSKS; i++)
		for (int n = 0; n < l->each; n++)
			l->sender[i].letter[n] = (struct letter){body, sizeof body};
	l->took = calloc((size_t)(KIOSKS * l->each), sizeof *l->took);
	double seconds = run_load(l);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	report(l, seconds, "server_transport", 15000);
	return 0;
}

int main(int argc, char **argv)
{
	log_to("/dev/null");
	signal(SIGPIPE, SIG_IGN);
	curl_global_init(CURL_GLOBAL_ALL);
	if (sign_start() == SYNC_OK && argc == 7 && strcmp(argv[1], "letters") == 0)
		return letters(argv + 2);
	if (argc == 4 && strcmp(argv[1], "transport") == 0)
		return transport(argv + 2);
	fprintf(stderr, "usage: road_bench letters URL CA KIOSK CODES EACH | transport TLS EACH\n");
	return 2;
}
