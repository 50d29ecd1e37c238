/* main.c - elutong-play: the kiosk's own objects, driven by a script. Never installed.
 *
 * The script is read here; the kiosk runs in a child and is started again whenever it exits to
 * forget a person, as its launcher does, so a script goes on across the wipe. */
#include "app/base/buf.h"
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/options.h"
#include "app/kiosk/confine.h"
#include "app/kiosk/scratch.h"
#include "tests/play/player.h"
#include "tests/play/script.h"
#include "tests/play/thanks.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MAX = 4096, PAUSE_MS = 700, SCRIPT_MAX = 1 << 20 };

struct play {
	struct kiosk_options kiosk;
	const char *thanks;
	int pause_ms;
	pid_t child;
	int socket, noted;
	bool unnoted; /* a thank-you could not be written down */
	int ended;    /* by this signal, 0 while none did */
	FILE *answers;
};

/* --- the child --- */

static int child_main(const struct play *p, int fd, int noted)
{
	char scratch[SCRATCH_PATH];
	struct kiosk *k;
	struct player player = {.commands = fd,
				.answers = fd,
				.thanks = p->thanks != NULL,
				.noted = noted,
				.pause_ms = p->pause_ms,
				.command = player_command_new()};
	const struct kiosk_driver driver = {
		.self = &player, .poll = player_poll, .thanked = player_thanked};
	struct kiosk_options o = p->kiosk;
	int code = 1;
	if (player.command == NULL || sign_start() != SYNC_OK)
		return 1;
	kiosk_heed_signals();
	o.scratch = scratch_make(scratch);
	if (kiosk_open(&o, &driver, &k) == OK) {
		if (confine(&o, "/") == OK) /* scripts write pictures and notes anywhere */
			code = kiosk_run(k);
		kiosk_close(k);
	}
	scratch_remove(scratch);
	player_command_free(player.command);
	return code;
}

static bool start(struct play *p)
{
	int pair[2], noted[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, noted) != 0)
		return false;
	fflush(NULL);
	p->child = fork();
	if (p->child == 0) {
		close(pair[0]);
		close(noted[0]);
		if (p->answers != NULL)
			fclose(p->answers);
		exit(child_main(p, pair[1], noted[1]));
	}
	close(pair[1]);
	close(noted[1]);
	if (p->answers != NULL)
		close(p->noted);
	p->socket = pair[0];
	p->noted = noted[0];
	if (p->answers != NULL)
		fclose(p->answers);
	p->answers = fdopen(p->socket, "r");
	return p->child > 0 && p->answers != NULL;
}

/* 0 when it ended to be started again. */
static int reap(struct play *p)
{
	int status = 0;
	while (waitpid(p->child, &status, 0) < 0 && errno == EINTR)
		;
	p->child = 0;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	fprintf(stderr, "elutong-play: the kiosk ended by signal %d\n", WTERMSIG(status));
	p->ended = WTERMSIG(status);
	return 128 + p->ended;
}

/* --- the parent --- */

enum answer { ANSWER_OK, ANSWER_FAILED, ANSWER_GONE };

static enum answer ask(struct play *p, const char *line, char why[ANSWER_MAX])
{
	size_t len = strlen(line);
	if (send(p->socket, line, len, MSG_NOSIGNAL) != (ssize_t)len)
		return ANSWER_GONE;
	while (fgets(why, ANSWER_MAX, p->answers) != NULL) {
		if (why[0] == ' ') {
			fputs(why + 1, stdout);
			continue;
		}
		why[strcspn(why, "\n")] = 0;
		if (why[0] == '=') {
			if (!thanks_note(p->thanks, p->kiosk.data, why + 1) ||
			    send(p->noted, "", 1, MSG_NOSIGNAL) != 1)
				p->unnoted = true;
			continue;
		}
		return strcmp(why, "ok") == 0 ? ANSWER_OK : ANSWER_FAILED;
	}
	return ANSWER_GONE;
}

static bool pressed(const struct script_line *w)
{
	return strcmp(w->word[0], "tap") == 0 || strcmp(w->word[0], "key") == 0 ||
	       strcmp(w->word[0], "release") == 0 || strcmp(w->word[0], "idle") == 0 ||
	       strcmp(w->word[0], "sleep") == 0;
}

/* True when the command did what it should. */
static bool run_line(struct play *p, const char *line, const struct script_line *w)
{
	char text[SCRIPT_LINE + 2], why[ANSWER_MAX];
	snprintf(text, sizeof text, "%.*s\n", (int)strcspn(line, "\r\n"), line);
	enum answer a = ask(p, text, why);
	if (a == ANSWER_GONE) {
		int code = reap(p);
		if (code != 0 || !start(p)) {
			fprintf(stderr, "line %d: the kiosk ended with %d\n", w->number, code);
			return false;
		}
		/* A touch that made it forget has done its work; anything else is asked again. */
		if (pressed(w))
			return true;
		a = ask(p, text, why);
	}
	if (a == ANSWER_OK)
		return true;
	fprintf(stderr, "line %d: %.*s: %s\n", w->number, (int)strcspn(line, "\r\n"), line,
		a == ANSWER_FAILED ? why + strlen("fail ") : "the kiosk is gone");
	fprintf(stderr, "on the screen:\n");
	fflush(stderr);
	int out = dup(STDOUT_FILENO);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	(void)ask(p, "dump\n", why);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	return false;
}

/* The next line of a text that is whole in memory: a child that exits must not move our place in a
 * file. */
static bool next_line(const char **at, char line[SCRIPT_LINE])
{
	size_t len = strcspn(*at, "\n");
	if (**at == 0)
		return false;
	snprintf(line, SCRIPT_LINE, "%.*s", (int)len, *at);
	*at += len + ((*at)[len] == '\n');
	return true;
}

static int play_script(struct play *p, const char *script)
{
	char line[SCRIPT_LINE];
	bool good = start(p);
	for (int number = 1; good && next_line(&script, line); number++) {
		struct script_line w;
		if (!script_split(line, number, &w)) {
			fprintf(stderr, "line %d cannot be read\n", number);
			good = false;
		} else if (w.words > 0 && strcmp(w.word[0], "quit") == 0) {
			break;
		} else if (w.words > 0) {
			good = run_line(p, line, &w);
		}
		fflush(stdout);
	}
	if (p->child > 0) {
		kill(p->child, SIGTERM);
		(void)reap(p);
	}
	if (p->answers != NULL)
		fclose(p->answers);
	/* As a shell would say it: who kills the kiosk learns from our exit that it was the kiosk
	 * he killed. */
	if (!good && p->ended != 0)
		return 128 + p->ended;
	return good && !p->unnoted ? 0 : 1;
}

static bool size_of(const char *text, int *w, int *h)
{
	char end;
	return sscanf(text, "%dx%d%c", w, h, &end) == 2 && *w >= 320 && *h >= 320;
}

static bool time_of(const char *text, int64_t *out)
{
	char day[11];
	int hour, minute;
	int32_t d;
	if (sscanf(text, "%10s %d:%d", day, &hour, &minute) != 3 || !clock_day_parse(day, &d))
		return false;
	*out = clock_day_start(d) + hour * 3600 + minute * 60;
	return true;
}

int main(int argc, char **argv)
{
	const char *data = NULL, *assets = NULL, *size = "1920x1080", *speed = "0", *now = NULL,
		   *script = NULL;
	char path[4096];
	struct play p = {0};
	long speed_n;
	int code;
	const struct option_entry entry[] = {
		{"data", "DIR", "data folder of a kiosk", &data, NULL},
		{"assets", "DIR", "folder of catalogue and lists", &assets, NULL},
		{"size", "WxH", "pixels (default 1920x1080)", &size, NULL},
		{"speed", "N", "pause between commands: 1 slow, 10 fast, 0 none (default)", &speed,
		 NULL},
		{"now", "TIME", "as if it were \"2026-11-20 09:41\"", &now, NULL},
		{"thanks", "FILE",
		 "note each letter thanked for, the moment, and whether the queue had it",
		 &p.thanks, NULL},
		{"window", NULL, "a window with a mouse pointer", NULL, &p.kiosk.windowed},
	};
	log_name("elutong-play");
	const struct option_table table = {.usage = "SCRIPT --data DIR [--size WxH]",
					   .entry = entry,
					   .entries = sizeof entry / sizeof entry[0],
					   .word = &script};
	if (!options_read(argc, argv, 1, &table, &code)) {
		if (code == 0)
			player_help(stdout);
		return code;
	}
	if (script == NULL || data == NULL || !size_of(size, &p.kiosk.w, &p.kiosk.h) ||
	    !options_number("speed", speed, 0, 100, &speed_n) ||
	    (now != NULL && !time_of(now, &p.kiosk.fixed_now))) {
		fprintf(stderr, "elutong-play: SCRIPT and --data DIR are needed; try --help\n");
		return 2;
	}
	if (getenv("DISPLAY") == NULL && getenv("SDL_VIDEODRIVER") == NULL)
		setenv("SDL_VIDEODRIVER", "dummy", 1);
	p.kiosk.data = data;
	p.kiosk.assets = options_assets(assets, path);
	p.pause_ms = speed_n == 0 ? 0 : PAUSE_MS / (int)speed_n;
	struct buf text;
	buf_init(&text, SCRIPT_MAX);
	if (buf_read_file(&text, strcmp(script, "-") == 0 ? "/dev/stdin" : script) != OK) {
		fprintf(stderr, "elutong-play: %s cannot be read\n", script);
		return 2;
	}
	code = play_script(&p, buf_str(&text));
	buf_free(&text);
	return code;
}
