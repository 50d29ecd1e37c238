/* main.c - the township server: HTTPS for kiosks, the office's pages, one writer. */
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/options.h"
#include "app/store/township/backup.h"
#include "app/store/township/blobs.h"
#include "app/store/township/cases.h"
#include "app/store/township/feed.h"
#include "app/store/township/kiosks.h"
#include "app/township/console.h"
#include "app/township/routes.h"
#include "app/township/teller.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DRAIN_MS = 10000 };

struct asked {
	const char *data, *listen, *assets, *enrol, *backup, *restore;
};

static bool address_of(const char *text, char address[64], uint16_t *port)
{
	const char *colon = strrchr(text, ':');
	long n;
	if (colon == NULL || (size_t)(colon - text) >= 64 ||
	    !options_number("listen", colon + 1, 0, 65535, &n))
		return false;
	snprintf(address, 64, "%.*s", (int)(colon - text), text);
	*port = (uint16_t)n;
	return true;
}

/* --- small errands beside a running server --- */

struct errand {
	const struct asked *asked;
	char code[WIRE_CODE_CHARS + 1];
};

static enum err make_code(struct db *db, void *self)
{
	struct errand *e = self;
	return kiosks_code(db, e->asked->enrol, clock_now(), e->code);
}

/* Pictures stand beside a copy of the database, in COPY.blobs. */
static const char *blobs_beside(const char *copy, char out[4096])
{
	snprintf(out, 4096, "%.4000s.blobs", copy);
	return out;
}

/* A copy in the place of the database; the next start makes a new epoch of it. */
static int restore(const char *data, const char *path, const char *copy)
{
	char beside[4096];
	enum err e = backup_restore(path, copy);
	if (e == OK)
		e = blobs_copy_back(blobs_beside(copy, beside), data);
	if (e == OK) {
		printf("%s stands in its place; the one before is %s.before\n", copy, path);
		return 0;
	}
	fprintf(stderr, "elutong-township: %s\n",
		e == ERR_REFUSED ? "stop the server first (or the copy is of a newer release)"
				 : "the copy cannot be used; nothing was changed");
	return 1;
}

static int run_errand(struct server *s, const struct asked *asked)
{
	struct errand e = {.asked = asked};
	if (asked->enrol != NULL) {
		if (settings_place(s->office->settings, asked->enrol) == NULL) {
			fprintf(stderr, "elutong-township: the settings know no place %s\n",
				asked->enrol);
			return 2;
		}
		if (writer_do(s->writer, make_code, &e) != OK)
			return 1;
		printf("%s\n", e.code);
		return 0;
	}
	/* The pictures after the database: what its copy names was there before it was made. */
	char beside[4096];
	enum err copied = backup_make(s->township, s->writer, asked->backup);
	if (copied == OK)
		copied = blobs_copy(s->office->folder, blobs_beside(asked->backup, beside));
	return copied == OK ? 0 : 1;
}

/* --- serving --- */

/* New settings travel once; the feed remembers which serial it carries. */
static enum err offer_settings(struct db *db, void *self)
{
	struct server *s = self;
	return feed_offer_settings(db, settings_serial(s->office->settings));
}

static enum err note_restored(struct db *db, void *self)
{
	struct server *s = self;
	return backup_note_restored(db, server_now(s));
}

/* From here on this process answers for the database. */
static enum err claim(struct server *s)
{
	bool renewed;
	enum err e = township_claim(s->township, &renewed);
	if (e == ERR_REFUSED)
		fprintf(stderr, "elutong-township: another server uses this data folder\n");
	if (e == OK && renewed)
		e = writer_do(s->writer, note_restored, s);
	if (e != OK)
		return e;
	struct db *db = township_read_begin(s->township);
	e = cases_first_version(db, &s->first_version);
	if (e == OK)
		e = blobs_sweep(db, s->office->folder);
	township_read_end(s->township);
	return e;
}

static int serve(struct server *s, const char *listen_on)
{
	char address[64];
	struct http_options o = {.certificate = s->office->server.certificate,
				 .key = s->office->server.key,
				 .ca = s->office->ca.certificate,
				 .body_limit = routes_body_limit,
				 .handle = routes_handle,
				 .self = s};
	struct http_server *http;
	sigset_t wanted;
	int got;
	if (!address_of(listen_on, address, &o.port))
		return 2;
	o.address = address;
	sigemptyset(&wanted);
	sigaddset(&wanted, SIGTERM);
	sigaddset(&wanted, SIGINT);
	sigprocmask(SIG_BLOCK, &wanted, NULL);
	if (claim(s) != OK || writer_do(s->writer, offer_settings, s) != OK ||
	    console_open(s) != OK)
		return 1;
	if (teller_open(s, &s->teller) != OK || http_server_open(&o, &http) != SYNC_OK) {
		log_warn("township: cannot listen on %s", listen_on);
		teller_end(s->teller);
		console_close(s);
		return 1;
	}
	snprintf(s->origin, sizeof s->origin, "https://%s:%u", address,
		 (unsigned)http_server_port(http));
	printf("listening on %s\n", s->origin);
	fflush(stdout);
	sigwait(&wanted, &got);
	log_info("township: ending");
	http_server_close(http, DRAIN_MS);
	teller_end(s->teller);
	console_close(s);
	return 0;
}

static void own_folder(char *out, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", out, size - 1);
	out[n > 0 ? n : 0] = 0;
	char *slash = strrchr(out, '/');
	if (slash != NULL)
		*slash = 0;
}

static int run(const struct asked *asked)
{
	struct server s = {0};
	char path[4096];
	int code = 1;
	own_folder(s.programs, sizeof s.programs);
	snprintf(s.assets, sizeof s.assets, "%s", options_assets(asked->assets, path));
	if (office_open(asked->data, &s.office) != OK)
		return 1;
	office_path(s.office, "township.db", path);
	if (asked->restore != NULL) {
		code = restore(s.office->folder, path, asked->restore);
		office_close(s.office);
		return code;
	}
	enum err e = township_open(path, &s.township);
	if (e == ERR_REFUSED)
		fprintf(stderr,
			"elutong-township: %s was written by a newer release; install that one\n",
			path);
	if (e == OK && writer_open(s.township, &s.writer) == OK)
		code = asked->enrol != NULL || asked->backup != NULL ? run_errand(&s, asked)
								     : serve(&s, asked->listen);
	writer_close(s.writer);
	teller_close(s.teller);
	township_close(s.township);
	office_close(s.office);
	return code;
}

static void log_line(const char *text)
{
	log_warn("%s", text);
}

/* Opened letters and keys pass through this memory: no picture of it is ever left on disk, and no
 * other process of this user looks in. */
static void keep_memory_private(void)
{
	const struct rlimit none = {0, 0};
	if (setrlimit(RLIMIT_CORE, &none) != 0)
		log_warn("township: core dumps cannot be turned off");
#ifndef __SANITIZE_ADDRESS__ /* the hunt for leaks looks in */
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		log_warn("township: core dumps cannot be turned off");
#endif
}

int main(int argc, char **argv)
{
	struct asked asked = {.listen = "127.0.0.1:8443"};
	int code;
	const struct option_entry entry[] = {
		{"data", "DIR", "data folder of the installation", &asked.data, NULL},
		{"listen", "IP:PORT", "address (default 127.0.0.1:8443; port 0: a free one)",
		 &asked.listen, NULL},
		{"assets", "DIR", "folder of catalogue and lists", &asked.assets, NULL},
		{"enrol", "PLACE", "print a one-time code for a kiosk of this place and end",
		 &asked.enrol, NULL},
		{"backup", "FILE",
		 "write a consistent copy of the database, its pictures into FILE.blobs, and end",
		 &asked.backup, NULL},
		{"restore", "FILE", "put such a copy in the place of the database and end",
		 &asked.restore, NULL},
	};
	log_name("elutong-township");
	log_bound(LOG_BYTES_MAX);
	sync_log_to(log_line);
	const struct option_table table = {.usage = "--data DIR [--listen IP:PORT]",
					   .entry = entry,
					   .entries = sizeof entry / sizeof entry[0]};
	if (!options_read(argc, argv, 1, &table, &code))
		return code;
	if (asked.data == NULL) {
		fprintf(stderr, "elutong-township: --data DIR is needed; try --help\n");
		return 2;
	}
	keep_memory_private();
	umask(0007);
	signal(SIGPIPE, SIG_IGN);
	return sign_start() == SYNC_OK ? run(&asked) : 1;
}
