/* console.c - from a request to a page.
 *
 * Pages run on two threads of their own, fed by one queue, so that a slow page (a password takes
 * 100 ms and 64 MiB) never holds up a kiosk and at most two passwords are worked on at once.
 * Whoever has no session waits in a line of their own and has one thread at most, so that a crowd
 * at the login page does not stand in the way of those who work. These threads touch the database
 * only through township_read_begin, the writer and the connection of totals.h. */
#include "app/township/console.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/township/pages.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const char *const web_files_name[];
extern const char *const web_files_text[];
extern const int web_files_count;

enum { THREADS = 2, WAITING_MAX = 64, STATIC_NAME_MAX = 64 };

enum line_of { STAFF, STRANGERS, LINES };

struct line {
	struct http_request *waiting[WAITING_MAX];
	size_t first, count;
};

struct console {
	struct access *access;
	struct catalogue *catalogue;
	struct chart chart;
	struct totals_kept *totals;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct line line[LINES];
	int strangers; /* being served now */
	bool ending;
	struct server *server;
	pthread_t thread[THREADS];
	int threads;
};

#define PAGE(method, path, size, act, page) {method, path, act, page},
const struct console_page console_pages[] = {CONSOLE_PAGES(PAGE)};
#undef PAGE
const size_t console_page_count = sizeof console_pages / sizeof console_pages[0];

/* --- the letter box --- */

/* Seconds that never go back, for sessions and waits. */
static int64_t ticks(const struct server *s)
{
	return s->fixed_now != 0 ? s->fixed_now : clock_ms() / 1000;
}

static bool comes_with_session(const struct server *s, const struct http_request *r,
			       enum access_act act)
{
	char token[ACCESS_TOKEN_CHARS + 1];
	bool alive = http_cookie(r, "__Host-sid", token, sizeof token) != NULL &&
		     access_alive(s->console->access, token, act, ticks(s));
	seal_wipe(token, sizeof token);
	return alive;
}

bool console_awaits(const struct server *s, const struct route *route, const struct http_request *r)
{
	return comes_with_session(s, r, console_pages[route - console_routes].act);
}

static void take_in(struct server *s, struct http_request *r)
{
	struct console *c = s->console;
	struct line *line = &c->line[comes_with_session(s, r, ACT_NOTHING) ? STAFF : STRANGERS];
	pthread_mutex_lock(&c->lock);
	bool room = !c->ending && line->count < WAITING_MAX;
	if (room) {
		http_park(r);
		line->waiting[(line->first + line->count++) % WAITING_MAX] = r;
		pthread_cond_signal(&c->more);
	}
	pthread_mutex_unlock(&c->lock);
	if (!room)
		answer_later(r);
}

/* --- style sheets and icons --- */

static const char *type_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	if (dot != NULL && strcmp(dot, ".js") == 0)
		return "text/javascript; charset=utf-8";
	return dot != NULL && strcmp(dot, ".css") == 0 ? "text/css; charset=utf-8"
						       : "image/svg+xml";
}

static void static_file(struct server *s, struct http_request *r)
{
	const char *name = http_path(r) + strlen("/static/");
	(void)s;
	for (int i = 0; i < web_files_count; i++) {
		if (strcmp(web_files_name[i], name) != 0)
			continue;
		const struct http_answer a = {
			.status = 200,
			.type = type_of(name),
			.body = web_files_text[i],
			.len = strlen(web_files_text[i]),
			.header = {"Cache-Control", "max-age=3600", "X-Content-Type-Options",
				   "nosniff", "Content-Security-Policy",
				   "default-src 'none'; style-src 'unsafe-inline'", NULL}};
		http_answer(r, &a);
		return;
	}
	answer_error(r, 404, "no such file");
}

#define ROUTE(method, path, size, act, page)                                                       \
	{method, path, size, act == ACT_NOTHING ? WHO_ANYBODY : WHO_STAFF, take_in},
const struct route console_routes[] = {
	CONSOLE_PAGES(ROUTE){HTTP_GET, "/static/*", 0, WHO_ANYBODY, static_file},
};
#undef ROUTE
const size_t console_route_count = sizeof console_routes / sizeof console_routes[0];

/* --- being let in --- */

/* A form must come from a page of this very server. */
static bool from_here(const struct http_request *r)
{
	char here[300];
	const char *host = http_header(r, "Host"), *from = http_header(r, "Origin");
	if (host == NULL || strlen(host) > 255)
		return false;
	int len = snprintf(here, sizeof here, "https://%s", host);
	if (from != NULL && strcmp(from, "null") != 0)
		return strcmp(from, here) == 0;
	from = http_header(r, "Referer");
	return from != NULL && strncmp(from, here, (size_t)len) == 0 &&
	       (from[len] == '/' || from[len] == 0);
}

/* Looks at every character, whichever differs. */
static bool same_secret(const char *a, const char *b)
{
	size_t n = strlen(b);
	unsigned different = strlen(a) != n;
	for (size_t i = 0; i < n && i < strlen(a); i++)
		different |= (unsigned)(a[i] ^ b[i]);
	return different == 0;
}

/* A form of a session carries the session's own word; the login form has none to carry yet. */
static bool read_form(struct visit *v, bool with_word)
{
	size_t len;
	char csrf[ACCESS_CSRF_CHARS + 1];
	const char *type = http_header(v->r, "Content-Type");
	const unsigned char *body = http_body(v->r, &len);
	v->form_room = malloc(len + 1);
	if (type == NULL || v->form_room == NULL ||
	    form_read(type, body, len, v->form_room, &v->form) != SYNC_OK)
		return false;
	return !with_word ||
	       (visit_field(v, "csrf", csrf, sizeof csrf) && same_secret(csrf, v->me.csrf));
}

static void refuse_entry(struct visit *v, const struct console_page *p)
{
	char words[200];
	snprintf(words, sizeof words, "这一步不归%s办。要换人办，请找管理员。",
		 staff_role_words(v->me.who.role));
	visit_say(v, 403, "不归您办", words, "/");
	(void)p;
}

/* Whoever left, or works elsewhere now, does so from the next request on. */
static bool still_here(struct visit *v)
{
	struct staff now;
	struct db *db = township_read_begin(v->s->township);
	enum err e = staff_by_login(db, v->me.who.login, &now, NULL);
	township_read_end(v->s->township);
	if (e != OK || now.id != v->me.who.id) {
		if (e == OK || e == ERR_MISSING)
			access_end(v->access, v->token);
		return false;
	}
	access_renew(v->access, v->token, &now);
	return access_find(v->access, v->token, v->ticks, &v->me) == OK;
}

static void let_in(struct visit *v, const struct console_page *p)
{
	if (http_cookie(v->r, "__Host-sid", v->token, sizeof v->token) != NULL &&
	    access_find(v->access, v->token, v->ticks, &v->me) == OK)
		v->known = still_here(v);
	if (!v->known)
		seal_wipe(v->token, sizeof v->token);
	if (p->act != ACT_NOTHING && !v->known) {
		if (p->method == HTTP_GET)
			visit_go(v, "/login", NULL);
		else
			visit_say(v, 403, "请重新登录",
				  "30 分钟没有动静，或者登录满了 12 小时，已经替您退出登录，刚才这"
				  "一步没有办。",
				  "/login");
		return;
	}
	if (p->act != ACT_NOTHING && !access_may(v->me.who.role, p->act)) {
		refuse_entry(v, p);
		return;
	}
	if (p->method == HTTP_POST && (!from_here(v->r) || !read_form(v, p->act != ACT_NOTHING))) {
		visit_say(v, 403, "这张表不对",
			  "这张表不是从本系统的页面交来的，没有办。请回到页面重新填。", "/");
		return;
	}
	p->page(v);
}

static const struct console_page *page_of(const struct http_request *r, const char **rest)
{
	bool other;
	const struct route *route = route_find(http_method(r), http_path(r), &other);
	*rest = route_rest(route, http_path(r));
	return &console_pages[route - console_routes];
}

static void serve(struct console *c, struct http_request *r)
{
	struct visit *v = calloc(1, sizeof *v);
	if (v == NULL) {
		answer_later(r);
		return;
	}
	const struct console_page *p = page_of(r, &v->rest);
	v->s = c->server;
	v->r = r;
	v->access = c->access;
	v->catalogue = c->catalogue;
	v->chart = &c->chart;
	v->totals = c->totals;
	v->now = server_now(c->server);
	v->ticks = ticks(c->server);
	html_start(&v->h);
	let_in(v, p);
	html_free(&v->h);
	free(v->form_room);
	seal_wipe(v, sizeof *v);
	free(v);
}

/* The next one to serve; NULL: nobody this thread may serve now. */
static struct http_request *call_next(struct console *c, enum line_of *from)
{
	for (*from = STAFF; *from < LINES; (*from)++) {
		struct line *line = &c->line[*from];
		if (line->count == 0 || (*from == STRANGERS && c->strangers >= THREADS - 1))
			continue;
		struct http_request *r = line->waiting[line->first];
		line->first = (line->first + 1) % WAITING_MAX;
		line->count--;
		return r;
	}
	return NULL;
}

static void *work(void *self)
{
	struct console *c = self;
	enum line_of from;
	pthread_mutex_lock(&c->lock);
	for (;;) {
		struct http_request *r = call_next(c, &from);
		if (r == NULL && c->ending && c->line[STAFF].count + c->line[STRANGERS].count == 0)
			break;
		if (r == NULL) {
			pthread_cond_wait(&c->more, &c->lock);
			continue;
		}
		c->strangers += from == STRANGERS;
		pthread_mutex_unlock(&c->lock);
		serve(c, r);
		pthread_mutex_lock(&c->lock);
		c->strangers -= from == STRANGERS;
		pthread_cond_broadcast(&c->more);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

/* --- the console's own life --- */

static enum err read_lists(struct console *c, const char *assets)
{
	char path[4200];
	struct buf accounts;
	snprintf(path, sizeof path, "%s/catalogue", assets);
	enum err e = catalogue_open(path, &c->catalogue);
	buf_init(&accounts, 1 << 16);
	snprintf(path, sizeof path, "%s/domain/coa_2024.csv", assets);
	if (e == OK)
		e = buf_read_file(&accounts, path);
	if (e == OK)
		e = chart_read(buf_str(&accounts), accounts.len, &c->chart);
	buf_free(&accounts);
	if (e != OK)
		log_warn("console: catalogue or chart of accounts cannot be read in %s", assets);
	return e;
}

enum err console_open(struct server *s)
{
	struct console *c = calloc(1, sizeof *c);
	if (c == NULL)
		return ERR_FULL;
	c->server = s;
	s->console = c;
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->more, NULL);
	enum err e = access_open(&c->access);
	if (e == OK)
		e = read_lists(c, s->assets);
	if (e == OK && s->township != NULL)
		e = totals_open(s->township, s->writer, c->catalogue, s->office->settings, &c->totals);
	while (e == OK && c->threads < THREADS) {
		if (pthread_create(&c->thread[c->threads], NULL, work, c) != 0)
			e = ERR_FULL;
		else
			c->threads++;
	}
	if (e != OK)
		console_close(s);
	return e;
}

void console_close(struct server *s)
{
	struct console *c = s->console;
	s->console = NULL;
	if (c == NULL)
		return;
	pthread_mutex_lock(&c->lock);
	c->ending = true;
	pthread_cond_broadcast(&c->more);
	pthread_mutex_unlock(&c->lock);
	for (int i = 0; i < c->threads; i++)
		pthread_join(c->thread[i], NULL);
	access_close(c->access);
	totals_close(c->totals);
	catalogue_close(c->catalogue);
	pthread_cond_destroy(&c->more);
	pthread_mutex_destroy(&c->lock);
	free(c);
}
