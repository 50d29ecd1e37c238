/* kiosk_bench.c - how fast a finger gets its answer, measured inside the kiosk's own loop.
 *
 * kiosk_bench start DATA | touch DATA | drag DATA NAME | search DATA NAME | glass
 * DATA NAME | frames DATA STOP | idle DATA | seal DATA
 * Each prints lines "bench NAME VALUE UNIT budget LIMIT ok|OVER". */
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/kiosk/letter.h"
#include "app/kiosk/screens.h"
#include "app/store/kiosk/search.h"
#include "tests/bench/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 40, DRAG_FRAMES = 180, SEALS = 300, SEARCHES = 40 };

/* --- exec to the home screen on the glass --- */

static int first_poll(void *self, struct kiosk *k)
{
	int *state = self;
	if (*state == 0) {
		kiosk_replace(k, SCREEN_HOME);
		*state = 1;
		return 0;
	}
	/* Drawn, and the sums stand on it. */
	if (*state == 1 && !k->redraw)
		*state = 2;
	if (*state == 2) {
		printf("ready %ld\n", bench_pss_kib());
		fflush(stdout);
		k->running = false;
	}
	return 0;
}

static void child_start(const char *data)
{
	int state = 0;
	const struct kiosk_driver d = {.self = &state, .poll = first_poll};
	struct kiosk *k = bench_kiosk(data, &d);
	(void)kiosk_run(k);
	kiosk_close(k);
}

static void bench_start(const char *self, const char *data)
{
	double took[15];
	for (int i = 0; i < 15; i++) {
		int pipe_ends[2];
		char line[64];
		if (pipe(pipe_ends) != 0)
			exit(1);
		double from = bench_ms();
		pid_t child = fork();
		if (child == 0) {
			dup2(pipe_ends[1], STDOUT_FILENO);
			execl(self, self, "child", data, (char *)NULL);
			_exit(127);
		}
		close(pipe_ends[1]);
		FILE *f = fdopen(pipe_ends[0], "r");
		if (f == NULL || fgets(line, sizeof line, f) == NULL)
			exit(1);
		took[i] = bench_ms() - from;
		fclose(f);
		waitpid(child, NULL, 0);
	}
	bench_say("start_to_home", bench_part(took, 15, 0.5), "ms", 150);
}

/* --- press, tap, drag: through the loop --- */

struct finger {
	enum { FINGER_SETTLE, FINGER_DOWN, FINGER_SEEN, FINGER_UP, FINGER_OPEN } step;
	int rounds, polls;
	double from, press[ROUNDS], tap[ROUNDS];
	int x, y;
	bool drag;
	int frame;
	double gap[DRAG_FRAMES];
	int at_y, moved;
};

static void push(struct kiosk *k, enum ui_event_kind kind, int x, int y)
{
	const struct ui_event e = {.kind = kind, .x = x, .y = y};
	ui_window_push(k->window, &e);
}

/* The loop calls poll after taking an event and before drawing: the second call after a push comes
 * when it is on the glass. */
static bool drawn(struct finger *f, const struct kiosk *k)
{
	return ++f->polls >= 2 && !k->redraw;
}

static void step_to(struct finger *f, int step)
{
	f->step = step;
	f->polls = 0;
}

static int touch_poll(void *self, struct kiosk *k)
{
	struct finger *f = self;
	switch (f->step) {
	case FINGER_SETTLE:
		if (f->polls == 0)
			kiosk_replace(k, SCREEN_FINANCE);
		/* A second tap within a quarter of a second would be one. */
		if (++f->polls < 75 || k->redraw)
			return 4;
		push(k, UI_EVENT_DOWN, f->x, f->y);
		f->from = bench_ms();
		step_to(f, FINGER_DOWN);
		break;
	case FINGER_DOWN:
		if (!drawn(f, k))
			break;
		f->press[f->rounds] = bench_ms() - f->from;
		step_to(f, FINGER_SEEN);
		break;
	case FINGER_SEEN:
		if (bench_ms() - f->from < 20) /* a short touch */
			break;
		push(k, UI_EVENT_UP, f->x, f->y);
		step_to(f, FINGER_UP);
		break;
	case FINGER_UP:
		if (!drawn(f, k) || k->at != SCREEN_LEDGER)
			break;
		f->tap[f->rounds] = bench_ms() - f->from;
		if (++f->rounds == ROUNDS)
			k->running = false;
		step_to(f, FINGER_SETTLE);
		break;
	case FINGER_OPEN:
	default:
		break;
	}
	return 0;
}

static void bench_touch(const char *data)
{
	struct finger f = {.x = 1690, .y = 1013};
	const struct kiosk_driver d = {.self = &f, .poll = touch_poll};
	struct kiosk *k = bench_kiosk(data, &d);
	(void)kiosk_run(k);
	bench_say("press_to_glass_median", bench_part(f.press, ROUNDS, 0.5), "ms", 10);
	bench_say("tap_to_ledger_rows_median", bench_part(f.tap, ROUNDS, 0.5), "ms", 40);
	bench_say("memory_pss", (double)bench_pss_kib() / 1024, "MB", 64);
	kiosk_close(k);
}

static int drag_poll(void *self, struct kiosk *k)
{
	struct finger *f = self;
	if (f->step == FINGER_SETTLE) {
		if (f->polls == 0)
			kiosk_replace(k, SCREEN_LEDGER);
		if (++f->polls < 40 || k->redraw)
			return 4;
		f->at_y = 800;
		push(k, UI_EVENT_DOWN, 900, f->at_y);
		step_to(f, FINGER_DOWN);
		f->from = bench_ms();
		return 0;
	}
	if (!drawn(f, k))
		return 0;
	double now = bench_ms();
	f->gap[f->frame++] = now - f->from;
	for (int i = 0; i < UI_SCROLLS; i++)
		f->moved += k->ui.scroll[i].seen && k->ui.scroll[i].offset > 0;
	if (f->frame == DRAG_FRAMES) {
		k->running = false;
		return 0;
	}
	/* Down the list and up again, like somebody looking for a line. */
	f->at_y += f->frame % 60 < 30 ? -13 : 13;
	f->polls = 0;
	f->from = bench_ms();
	push(k, UI_EVENT_MOVE, 900, f->at_y);
	return 0;
}

static void bench_drag(const char *data, const char *name)
{
	struct finger f = {.drag = true};
	const struct kiosk_driver d = {.self = &f, .poll = drag_poll};
	struct kiosk *k = bench_kiosk(data, &d);
	char label[64];
	(void)kiosk_run(k);
	if (f.moved == 0) {
		fprintf(stderr, "kiosk_bench: the list did not move\n");
		exit(1);
	}
	snprintf(label, sizeof label, "drag_%s_longest_frame", name);
	bench_say(label, bench_part(f.gap, DRAG_FRAMES, 1.0), "ms", 18);
	snprintf(label, sizeof label, "drag_%s_median_frame", name);
	bench_say(label, bench_part(f.gap, DRAG_FRAMES, 0.5), "ms", 16.7);
	kiosk_close(k);
}

static double cpu_ms(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

/* --- frames while something else goes on --- */

enum { PACE_MS = 8, FRAMES_MAX = 20000, LONGEST_S = 60 };

struct drawing {
	const char *stop; /* a file: when it is there it is enough */
	char mark[256];   /* another: the second part begins */
	int frames, first, polls, at_y;
	bool down;
	double from, began, from_cpu, took[FRAMES_MAX], cpu[FRAMES_MAX];
};

/* A finger that draws the ledger up and down, a move every eight milliseconds. */
static int frames_poll(void *self, struct kiosk *k)
{
	struct drawing *d = self;
	k->touched_ms = k->now_ms;
	if (!d->down) {
		if (d->polls == 0)
			kiosk_replace(k, SCREEN_LEDGER);
		if (++d->polls < 60 || k->redraw)
			return 4;
		d->at_y = 800;
		d->down = true;
		d->began = bench_ms();
		push(k, UI_EVENT_DOWN, 900, d->at_y);
	} else {
		if (++d->polls < 2 || k->redraw)
			return 0;
		double now = bench_ms();
		if (d->from > 0) {
			d->cpu[d->frames] = cpu_ms() - d->from_cpu;
			d->took[d->frames++] = now - d->from;
			d->first += access(d->mark, F_OK) != 0;
		}
		d->from = 0;
		if (d->frames == FRAMES_MAX || now - d->began > LONGEST_S * 1000 ||
		    access(d->stop, F_OK) == 0) {
			k->running = false;
			return 0;
		}
		if (now - d->began < d->frames * PACE_MS)
			return 1;
		d->at_y += d->frames % 60 < 30 ? -13 : 13;
		push(k, UI_EVENT_MOVE, 900, d->at_y);
	}
	d->polls = 0;
	d->from = bench_ms();
	d->from_cpu = cpu_ms();
	return 0;
}

/* Prints within how many milliseconds 99 of 100 frames were drawn, and the same of the processor's
 * time: before STOP.mark was there, and after. */
static void frames(const char *data, const char *stop)
{
	static struct drawing d;
	d.stop = stop;
	snprintf(d.mark, sizeof d.mark, "%s.mark", stop);
	const struct kiosk_driver driver = {.self = &d, .poll = frames_poll};
	struct kiosk *k = bench_kiosk(data, &driver);
	(void)kiosk_run(k);
	if (d.frames == 0)
		exit(1);
	int rest = d.frames - d.first;
	printf("%.2f %.2f %.2f %.2f\n", d.first > 0 ? bench_part(d.took, d.first, 0.99) : 0,
	       d.first > 0 ? bench_part(d.cpu, d.first, 0.99) : 0,
	       rest > 0 ? bench_part(d.took + d.first, rest, 0.99) : 0,
	       rest > 0 ? bench_part(d.cpu + d.first, rest, 0.99) : 0);
	kiosk_close(k);
}

static int idle_poll(void *self, struct kiosk *k)
{
	double *until = self;
	if (*until == 0)
		*until = bench_ms() + 10000;
	if (bench_ms() > *until)
		k->running = false;
	k->touched_ms = k->now_ms; /* the countdown is no idling */
	return 1000;
}

static void bench_idle(const char *data)
{
	double until = 0;
	const struct kiosk_driver settle = {.self = &until, .poll = idle_poll};
	struct kiosk *k = bench_kiosk(data, &settle);
	kiosk_replace(k, SCREEN_HOME);
	until = bench_ms() + 2000;
	(void)kiosk_run(k);
	until = 0;
	double from = cpu_ms();
	(void)kiosk_run(k);
	bench_say("idle_cpu", (cpu_ms() - from) / 10000 * 100, "percent", 0.1);
	kiosk_close(k);
}

/* Through the index alone, the first 200 rows of the whole township. */
static double search_ms(struct books *b, const struct catalogue *c, const char *words)
{
	static struct search_hit hit[SEARCH_HITS_MAX];
	struct query q;
	struct search *s;
	size_t count = 0;
	enum err e = ERR_MISSING;
	double from = bench_ms();
	query_read(words, &q);
	if (search_begin(b, c, "mz.caoba", &q, &s) != OK)
		exit(1);
	while (e == ERR_MISSING)
		e = search_step(s, 5000, hit, SEARCH_HITS_MAX, &count);
	double took = bench_ms() - from;
	search_close(s);
	if (e != OK || count == 0) {
		fprintf(stderr, "kiosk_bench: nothing found for %s\n", words);
		exit(1);
	}
	return took;
}

static void bench_search(const char *data, const char *name)
{
	static const struct {
		const char *what, *words[4];
	} ask[] = {{"two_characters", {"砂石", "租金", "垃圾", "税务"}},
		   {"one_character", {"水", "租", "村", "税"}},
		   {"amount", {"4800", "4", "12", "1,800"}},
		   {"two_words", {"清理 陈某", "村委会 电费", "租金 2026年", "水 514"}}};
	char label[64];
	struct books *b;
	struct catalogue *c;
	double took[SEARCHES];
	if (books_open(data, BOOKS_READ, &b) != OK || catalogue_open("assets/catalogue", &c) != OK)
		exit(1);
	for (size_t a = 0; a < sizeof ask / sizeof ask[0]; a++) {
		for (int i = 0; i < SEARCHES; i++)
			took[i] = search_ms(b, c, ask[a].words[i % 4]);
		snprintf(label, sizeof label, "search_%s_%s_median", name, ask[a].what);
		bench_say(label, bench_part(took, SEARCHES, 0.5), "ms", 20);
	}
	catalogue_close(c);
	books_close(b);
}

/* --- looking for two characters: from the key to the rows on the glass --- */

struct typist {
	enum { TYPE_OPEN, TYPE_SETTLE, TYPE_LETTERS, TYPE_DOWN, TYPE_UP } step;
	int rounds, polls;
	const char *letters;
	double from, first[SEARCHES], all[SEARCHES];
	bool first_seen;
};

static bool target(const struct kiosk *k, const char *id, int *x, int *y)
{
	const struct ui_list *l = &k->ui.list;
	for (size_t i = 0; i < l->targets; i++) {
		const struct ui_target *t = &l->target[i];
		if (t->id_len != strlen(id) || memcmp(l->text + t->id_at, id, t->id_len) != 0)
			continue;
		*x = t->rect.x + t->rect.w / 2;
		*y = t->rect.y + t->rect.h / 2;
		return true;
	}
	return false;
}

static bool tap(struct kiosk *k, const char *id, enum ui_event_kind kind)
{
	int x, y;
	if (!target(k, id, &x, &y))
		return false;
	push(k, kind, x, y);
	return true;
}

static int glass_poll(void *self, struct kiosk *k)
{
	static const char *const words[] = {"zujin", "laji", "shuiwu", "dianfei"};
	struct typist *t = self;
	char id[] = "key.?";
	int x, y;
	switch (t->step) {
	case TYPE_OPEN:
		k->depth = 0;
		search_page_open(k);
		t->letters = words[t->rounds % 4];
		t->polls = 0;
		t->step = TYPE_SETTLE;
		break;
	case TYPE_SETTLE: /* half a second, as somebody who finds the first key */
		if (++t->polls < 100 || k->redraw)
			return 5;
		t->step = TYPE_LETTERS;
		break;
	case TYPE_LETTERS:
		if (++t->polls % 4 != 0)
			return 1;
		id[4] = *t->letters;
		if (*t->letters != 0 && tap(k, id, UI_EVENT_DOWN) && tap(k, id, UI_EVENT_UP))
			t->letters++;
		else if (tap(k, "key.candidate1", UI_EVENT_DOWN))
			t->step = TYPE_DOWN;
		t->polls = 0;
		break;
	case TYPE_DOWN: /* the key is down; what counts begins when it is let go */
		if (++t->polls < 8 || k->redraw)
			return 5;
		tap(k, "key.candidate1", UI_EVENT_UP);
		t->from = bench_ms();
		t->polls = 0;
		t->first_seen = false;
		t->step = TYPE_UP;
		break;
	case TYPE_UP:
		if (++t->polls < 2)
			break;
		if (!t->first_seen && target(k, "found.0", &x, &y)) {
			t->first[t->rounds] = bench_ms() - t->from;
			t->first_seen = true;
		}
		if (!t->first_seen || search_page_waiting(k) || k->redraw)
			break;
		t->all[t->rounds++] = bench_ms() - t->from;
		t->step = TYPE_OPEN;
		k->running = t->rounds < SEARCHES;
		break;
	default:
		break;
	}
	k->touched_ms = k->now_ms;
	return 0;
}

static void bench_glass(const char *data, const char *name)
{
	struct typist t = {0};
	const struct kiosk_driver d = {.self = &t, .poll = glass_poll};
	char label[64], scratch[] = "/tmp/elutong-bench-XXXXXX";
	struct kiosk *k;
	const struct kiosk_options o = {.data = data,
					.assets = "assets",
					.w = 1920,
					.h = 1080,
					.scratch = mkdtemp(scratch)};
	if (sign_start() != SYNC_OK || kiosk_open(&o, &d, &k) != OK)
		exit(1);
	(void)kiosk_run(k);
	snprintf(label, sizeof label, "search_glass_%s_first_rows_median", name);
	bench_say(label, bench_part(t.first, SEARCHES, 0.5), "ms", 20);
	snprintf(label, sizeof label, "search_glass_%s_first_rows_p90", name);
	bench_say(label, bench_part(t.first, SEARCHES, 0.9), "ms", 20);
	snprintf(label, sizeof label, "search_glass_%s_all_checked_median", name);
	bench_say(label, bench_part(t.all, SEARCHES, 0.5), "ms", 250);
	bench_say("memory_pss_searching", (double)bench_pss_kib() / 1024, "MB", 64);
	kiosk_close(k);
	rmdir(scratch);
}

static void bench_seal(const char *data)
{
	static double took[SEALS];
	struct kiosk *k = bench_kiosk(data, NULL);
	struct letter_road road = kiosk_road(k);
	struct receipt r;
	struct receipt_keys keys;
	receipt_make(&r);
	if (receipt_derive(&r, NULL, &keys) != OK)
		exit(1);
	for (int i = 0; i < SEALS; i++) {
		double from = bench_ms();
		if (letter_follow_up(&road, &keys, PARCEL_ADDITION, WHOM_VILLAGE,
				     "{\"text\":\"水沟\"}", 20261120) != LETTER_SEALED)
			exit(1);
		took[i] = bench_ms() - from;
	}
	bench_say("seal_and_commit_p99", bench_part(took, SEALS, 0.99), "ms", 50);
	kiosk_close(k);
}

int main(int argc, char **argv)
{
	log_to("/dev/null");
	if (argc < 3)
		return 2;
	setenv("SDL_VIDEODRIVER", "dummy", 0);
	if (strcmp(argv[1], "child") == 0)
		child_start(argv[2]);
	else if (strcmp(argv[1], "start") == 0)
		bench_start(argv[0], argv[2]);
	else if (strcmp(argv[1], "touch") == 0)
		bench_touch(argv[2]);
	else if (strcmp(argv[1], "drag") == 0 && argc > 3)
		bench_drag(argv[2], argv[3]);
	else if (strcmp(argv[1], "search") == 0 && argc > 3)
		bench_search(argv[2], argv[3]);
	else if (strcmp(argv[1], "glass") == 0 && argc > 3)
		bench_glass(argv[2], argv[3]);
	else if (strcmp(argv[1], "frames") == 0 && argc > 3)
		frames(argv[2], argv[3]);
	else if (strcmp(argv[1], "idle") == 0)
		bench_idle(argv[2]);
	else if (strcmp(argv[1], "seal") == 0)
		bench_seal(argv[2]);
	return 0;
}
