/* main.c - carries parcels to the township and what is new back, whenever there is a line. */
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/options.h"
#include "app/courier/courier.h"
#include "app/store/kiosk/line.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { POLL_MS = 20000, LOOK_MS = 1000 };

static volatile sig_atomic_t stopped;

static void on_stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

/* Two couriers on one folder would send everything twice. */
static int lock_folder(const char *folder)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/courier.lock", folder);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static uint32_t chance(void)
{
	uint32_t r;
	seal_random(&r, sizeof r);
	return r;
}

static void note_line(const struct courier *c, bool up)
{
	if (line_write(c->home.folder, up) != OK)
		log_warn("courier: whether the line is up could not be noted");
}

/* Letters, news, the report and pictures are errands of their own: trouble with one holds none of
 * the others up. */
static enum round errands(struct courier *c, int *retry_after_s)
{
	enum { ERRANDS = 4 };
	int later_s[ERRANDS] = {-1, -1, -1, -1};
	enum round done[ERRANDS] = {courier_deliver(c, &later_s[0])};
	/* What was delivered is answered at once by a first capsule. */
	if (done[0] != ROUND_NO_LINE && c->sent)
		done[0] = courier_hello(c, &later_s[0]) == ROUND_DONE ? done[0] : ROUND_NO_LINE;
	if (done[0] == ROUND_NO_LINE)
		return ROUND_NO_LINE;
	c->sent = false;
	do
		done[1] = courier_fetch(c, &later_s[1]);
	while (done[1] == ROUND_MORE && stopped == 0);
	done[2] = courier_report(c, &later_s[2]);
	done[3] = courier_blobs(c, &later_s[3]);
	enum round round = ROUND_DONE;
	for (size_t i = 0; i < ERRANDS; i++) {
		if (round == ROUND_DONE)
			round = done[i];
		if (later_s[i] > *retry_after_s)
			*retry_after_s = later_s[i];
	}
	return round;
}

/* Everything once. ROUND_DONE: all settled. */
static enum round go_round(struct courier *c, int *retry_after_s)
{
	*retry_after_s = -1;
	if (courier_look_after(c) != OK)
		return ROUND_TROUBLE;
	enum round inbox = courier_inbox(c);
	if (c->client == NULL)
		return ROUND_NO_LINE;
	enum round round = courier_hello(c, retry_after_s);
	note_line(c, round == ROUND_DONE);
	/* Numbers of a queue that was made again are asked for before a letter goes. */
	if (round == ROUND_DONE && courier_unsure(c))
		round = courier_report(c, retry_after_s);
	if (round == ROUND_DONE)
		round = errands(c, retry_after_s);
	if (courier_prune(c) != OK && stopped == 0)
		log_warn("courier: bundles that are not needed any more could not be cleared");
	return round == ROUND_DONE ? inbox : round;
}

static bool letters_wait(struct courier *c)
{
	bool waits;
	return c->queue != NULL && queue_waits(c->queue, &waits) == OK && waits;
}

static int once(struct courier *c)
{
	int retry_after_s;
	if (c->client == NULL) {
		log_warn("courier: this kiosk is not enrolled yet");
		return 1;
	}
	enum round round;
	do
		round = go_round(c, &retry_after_s);
	while (round == ROUND_DONE && c->blobs_left && stopped == 0);
	return round == ROUND_DONE && !letters_wait(c) ? 0 : 1;
}

static void loop(struct courier *c, int poll_ms)
{
	struct backoff backoff = {.first_s = poll_ms < POLL_MS ? 1 + poll_ms / 1000 : 0};
	int64_t next_ms = 0;
	while (stopped == 0) {
		int64_t now = clock_ms();
		if (c->queue != NULL)
			queue_stamp(c->queue);
		bool free_to_go = backoff_left(&backoff, now) == 0;
		if (free_to_go && (now >= next_ms || (c->client != NULL && letters_wait(c)))) {
			int retry_after_s;
			enum round round = go_round(c, &retry_after_s);
			if (round == ROUND_DONE)
				backoff_worked(&backoff);
			else
				backoff_failed(&backoff, clock_ms(), chance(), retry_after_s);
			next_ms = clock_ms() + (c->blobs_left ? 0 : poll_ms);
			continue;
		}
		/* A signal ends the wait at once. */
		poll(NULL, 0, poll_ms < LOOK_MS ? poll_ms : LOOK_MS);
	}
	log_info("courier: ending");
}

static void log_line(const char *text)
{
	log_warn("%s", text);
}

int main(int argc, char **argv)
{
	const char *data = NULL, *assets = NULL, *code_text = NULL, *poll_text = "20000";
	char path[4096];
	bool one_round = false;
	long poll_ms;
	int code;
	struct courier *c;
	const struct option_entry entry[] = {
		{"data", "DIR", "data folder of this kiosk", &data, NULL},
		{"assets", "DIR", "folder of catalogue and lists", &assets, NULL},
		{"once", NULL, "one round, then end: 0 when everything is settled", NULL,
		 &one_round},
		{"enrol", "CODE", "join the township with this one-time code, then end", &code_text,
		 NULL},
		{"poll", "MS", "how often to ask for news (default 20000)", &poll_text, NULL},
	};
	log_name("elutong-courier");
	log_bound(LOG_BYTES_MAX);
	sync_log_to(log_line);
	const struct option_table table = {.usage = "--data DIR [--once | --enrol CODE]",
					   .entry = entry,
					   .entries = sizeof entry / sizeof entry[0]};
	if (!options_read(argc, argv, 1, &table, &code))
		return code;
	if (data == NULL || !options_number("poll", poll_text, 100, 86400000, &poll_ms)) {
		fprintf(stderr, "elutong-courier: --data DIR is needed; try --help\n");
		return 2;
	}
	umask(0007);
	const struct sigaction act = {.sa_handler = on_stop};
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	int lock = sign_start() == SYNC_OK ? lock_folder(data) : -1;
	if (lock < 0) {
		fprintf(stderr,
			"elutong-courier: another courier works on %s, or it cannot be "
			"written to\n",
			data);
		return 1;
	}
	code = 1;
	if (courier_open(data, options_assets(assets, path), &stopped, &c) == OK) {
		code = 0;
		if (code_text != NULL)
			code = courier_enrol(c, code_text);
		else if (one_round)
			code = once(c);
		else
			loop(c, (int)poll_ms);
		courier_close(c);
	}
	close(lock);
	return code;
}
