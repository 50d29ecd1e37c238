#include "tests/play/player.h"

#include "app/base/clock.h"
#include "tests/play/ear.h"
#include "tests/play/script.h"
#include "tests/play/seen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SETTLE_FRAMES = 2, TAP_MS = 20, CARET_MS = 530, REST_MS = 20000 };

struct player_command {
	char line[SCRIPT_LINE];
	size_t len;
	struct script_line words;
	int x, y;           /* of the tap */
	size_t at;          /* in what is typed */
	char keys[512][40]; /* ids still to be tapped */
	int count;
};

struct player_command *player_command_new(void)
{
	return calloc(1, sizeof(struct player_command));
}

void player_command_free(struct player_command *c)
{
	free(c);
}

static void say(struct player *p, const char *text)
{
	size_t len = strlen(text);
	while (len > 0) {
		ssize_t n = write(p->answers, text, len);
		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

static int finish(struct player *p, const char *why)
{
	char text[2200];
	p->busy = false;
	p->since_ms = clock_ms();
	if (why == NULL)
		say(p, "ok\n");
	else {
		snprintf(text, sizeof text, "fail %s\n", why);
		say(p, text);
	}
	return 0;
}

/* The parent looks into the queue and notes the moment before the kiosk goes on. */
void player_thanked(void *self, const char *parcel_id)
{
	struct player *p = self;
	char text[80], noted;
	if (!p->thanks || strcmp(p->said, parcel_id) == 0)
		return;
	snprintf(p->said, sizeof p->said, "%s", parcel_id);
	snprintf(text, sizeof text, "=%s\n", parcel_id);
	say(p, text);
	if (read(p->noted, &noted, 1) != 1)
		_exit(0); /* the parent is gone */
}

/* --- a line from the parent --- */

static bool read_line(struct player *p)
{
	struct player_command *c = p->command;
	struct pollfd in = {.fd = p->commands, .events = POLLIN};
	while (poll(&in, 1, 0) > 0) {
		char byte;
		ssize_t n = read(p->commands, &byte, 1);
		if (n <= 0)
			_exit(0); /* the parent is gone */
		if (byte == '\n') {
			c->line[c->len] = 0;
			c->len = 0;
			return true;
		}
		if (c->len + 1 < sizeof c->line)
			c->line[c->len++] = byte;
	}
	return false;
}

/* --- commands --- */

static void press(struct kiosk *k, enum ui_event_kind kind, int x, int y)
{
	const struct ui_event e = {.kind = kind, .x = x, .y = y};
	ui_window_push(k->window, &e);
}

static bool quiet(const struct kiosk *k)
{
	return !k->redraw && k->deferred == NULL && k->busy == NULL;
}

/* Down, a moment, up; then until nothing moves any more. True when it is over. */
static bool tapping(struct player *p, struct kiosk *k)
{
	struct player_command *c = p->command;
	switch (p->step) {
	case 0:
		press(k, UI_EVENT_DOWN, c->x, c->y);
		p->step = 1;
		p->since_ms = clock_ms();
		return false;
	case 1:
		if (clock_ms() - p->since_ms < TAP_MS)
			return false;
		press(k, UI_EVENT_UP, c->x, c->y);
		p->step = 2;
		p->frames = 0;
		return false;
	default:
		return ++p->frames > SETTLE_FRAMES && quiet(k);
	}
}

static bool aim(struct player *p, struct kiosk *k, const struct script_line *w)
{
	struct player_command *c = p->command;
	if (w->words == 3 && !w->quoted[1]) {
		c->x = atoi(w->word[1]);
		c->y = atoi(w->word[2]);
		return true;
	}
	struct ui_rect r = {0};
	bool found = w->word[1][0] == '@' && !w->quoted[1]
			     ? seen_target(&k->ui.list, w->word[1] + 1, &r)
			     : seen_text(&k->ui.list, w->word[1], &r);
	c->x = r.x + r.w / 2;
	c->y = r.y + r.h / 2;
	return found;
}

static int do_tap(struct player *p, struct kiosk *k)
{
	if (p->step == 0 && !aim(p, k, &p->command->words))
		return finish(p, "nothing like that can be touched");
	if (tapping(p, k))
		return finish(p, NULL);
	return 4;
}

static void key_add(struct player_command *c, const char *id)
{
	if (c->count < 512)
		snprintf(c->keys[c->count++], sizeof c->keys[0], "%s", id);
}

/* Ids to be tapped for letters and digits, for a receipt's digits or its words. */
static bool plan_keys(struct player *p)
{
	struct player_command *c = p->command;
	const char *what = c->words.word[0], *text = c->words.word[1];
	char id[40], line[256] = "";
	c->count = 0;
	if (strcmp(what, "type") == 0) {
		for (const char *t = text; *t != 0; t++) {
			snprintf(id, sizeof id, *t == ' ' ? "key.space" : "key.%c", *t);
			key_add(c, id);
		}
		return true;
	}
	FILE *f = fopen(text, "r");
	if (f == NULL)
		return false;
	bool digits = strcmp(what, "enter-digits") == 0;
	bool good = fgets(line, sizeof line, f) != NULL;
	for (int i = 0; good && digits && i < RECEIPT_DIGITS; i++) {
		snprintf(id, sizeof id, "key.%c", line[i]);
		key_add(c, id);
	}
	for (int i = 0; good && !digits && i < RECEIPT_WORDS; i++) {
		good = fgets(line, sizeof line, f) != NULL;
		uint16_t n = (uint16_t)atoi(line);
		snprintf(id, sizeof id, "track.i.%s", receipt_word_initial(n));
		key_add(c, id);
		snprintf(id, sizeof id, "track.s.%s", receipt_word_syllable(n));
		key_add(c, id);
		snprintf(id, sizeof id, "track.w.%u", (unsigned)n);
		key_add(c, id);
	}
	fclose(f);
	return good;
}

static int do_keys(struct player *p, struct kiosk *k)
{
	struct player_command *c = p->command;
	struct ui_rect r;
	if (p->step == 0 && c->at == 0 && !plan_keys(p))
		return finish(p, "the file cannot be read");
	if ((int)c->at >= c->count)
		return finish(p, NULL);
	if (p->step == 0) {
		if (!seen_target(&k->ui.list, c->keys[c->at], &r))
			return finish(p, c->keys[c->at]);
		c->x = r.x + r.w / 2;
		c->y = r.y + r.h / 2;
	}
	if (tapping(p, k)) {
		c->at++;
		p->step = 0;
	}
	return 1;
}

static int do_finger(struct player *p, struct kiosk *k)
{
	const struct script_line *w = &p->command->words;
	if (p->step == 0) {
		press(k,
		      strcmp(w->word[0], "press") == 0  ? UI_EVENT_DOWN
		      : strcmp(w->word[0], "drag") == 0 ? UI_EVENT_MOVE
							: UI_EVENT_UP,
		      atoi(w->word[1]), atoi(w->word[2]));
		p->step = 1;
		p->frames = 0;
		return 0;
	}
	return ++p->frames > SETTLE_FRAMES && quiet(k) ? finish(p, NULL) : 4;
}

static int do_wait(struct player *p, struct kiosk *k)
{
	const struct script_line *w = &p->command->words;
	int64_t most = w->words > 2 ? atoi(w->word[2]) : 5000;
	if (p->step == 0) {
		p->step = 1;
		p->since_ms = clock_ms();
	}
	if (seen_anywhere(&k->ui.list, w->word[1]))
		return finish(p, NULL);
	if (clock_ms() - p->since_ms > most)
		return finish(p, "it did not come");
	return 10;
}

/* Nothing is being checked, opened or drawn any more. */
static int do_rest(struct player *p, struct kiosk *k)
{
	if (p->step == 0) {
		p->step = 1;
		p->frames = 0;
		p->since_ms = clock_ms();
	}
	p->frames = quiet(k) && !kiosk_checking(k) ? p->frames + 1 : 0;
	if (p->frames > 2 * SETTLE_FRAMES)
		return finish(p, NULL);
	return clock_ms() - p->since_ms > REST_MS ? finish(p, "it does not come to rest") : 2;
}

static int do_sleep(struct player *p, struct kiosk *k)
{
	(void)k;
	int64_t most = atoi(p->command->words.word[1]);
	if (p->step == 0) {
		p->step = 1;
		p->since_ms = clock_ms();
	}
	int64_t left = most - (clock_ms() - p->since_ms);
	return left <= 0 ? finish(p, NULL) : (int)left;
}

/* As if nobody had touched the screen for so many seconds more. */
static int do_idle(struct player *p, struct kiosk *k)
{
	if (p->step == 0) {
		p->idle_ms = (int64_t)atoi(p->command->words.word[1]) * 1000;
		k->touched_ms = clock_ms() - p->idle_ms;
		k->ticked_ms = 0;
		k->redraw = true;
		p->step = 1;
		p->frames = 0;
		return 0;
	}
	return ++p->frames > 2 * SETTLE_FRAMES ? finish(p, NULL) : 4;
}

/* Two runs must keep the same page: a caret is lit, and the count of the idle page stands where
 * `idle` put it. */
static bool stands(struct player *p, struct kiosk *k)
{
	if (k->warning && p->step == 0) {
		k->touched_ms = clock_ms() - p->idle_ms;
		k->redraw = true;
		p->step = 1;
		return false;
	}
	return k->warning || k->ui.wake_ms == INT64_MAX || k->ui.now_ms / CARET_MS % 2 == 0;
}

static int do_shot(struct player *p, struct kiosk *k)
{
	if (!stands(p, k))
		return 0;
	return finish(p, ui_window_png(k->window, p->command->words.word[1]) == UI_OK
				 ? NULL
				 : "the picture cannot be written");
}

/* The receipt on the glass, as a resident would note it: digits, then the words' numbers. */
static int do_remember(struct player *p, struct kiosk *k)
{
	if (k->at != SCREEN_SEALED || k->letter == NULL)
		return finish(p, "no receipt is shown");
	FILE *f = fopen(p->command->words.word[1], "w");
	if (f == NULL)
		return finish(p, "the file cannot be written");
	fprintf(f, "%s\n", k->letter->receipt.digits);
	for (int i = 0; i < RECEIPT_WORDS; i++)
		fprintf(f, "%u\n", (unsigned)k->letter->receipt.word[i]);
	fclose(f);
	return finish(p, NULL);
}

/* The next letter gets this receipt instead of one by chance, so that its page can be compared. */
static int do_receipt(struct player *p, struct kiosk *k)
{
	if (k->letter == NULL || k->letter->sealed ||
	    receipt_from_digits(p->command->words.word[1], &k->letter->receipt) != OK)
		return finish(p, "no letter is being written, or these are no receipt's digits");
	k->letter->have_receipt = true;
	return finish(p, NULL);
}

/* What the county's acknowledgement does to the queue once the courier has checked it. */
static int do_acknowledge(struct player *p, struct kiosk *k)
{
	if (p->step == 0) {
		if (k->letter == NULL || !k->letter->sealed)
			return finish(p, "no letter is sealed");
		const struct ack a = {.epoch = "00112233445566778899aabbccddeeff",
				      .through = k->letter->sequence,
				      .time = k->now};
		uint64_t all[64];
		struct queue_stored stored = {.sequence = all};
		for (uint64_t n = 1; n <= a.through && n <= 64; n++)
			all[stored.count++] = n;
		if (queue_acknowledge(k->queue, &a, "", 0, &stored) != OK)
			return finish(p, "it cannot be noted");
		k->ticked_ms = 0;
		k->redraw = true;
		p->step = 1;
		p->frames = 0;
		return 0;
	}
	return ++p->frames > 2 * SETTLE_FRAMES && quiet(k) ? finish(p, NULL) : 4;
}

/* What the courier would have found. */
static int do_line(struct player *p, struct kiosk *k)
{
	bool up = strcmp(p->command->words.word[1], "up") == 0;
	if (p->step == 0) {
		if (line_write(k->o.data, up) != OK)
			return finish(p, "the line cannot be noted");
		k->ticked_ms = 0;
		k->redraw = true;
		p->step = 1;
		p->frames = 0;
		return 0;
	}
	return ++p->frames > 2 * SETTLE_FRAMES && quiet(k) ? finish(p, NULL) : 4;
}

/* The display list in full, for golden files; lines with ! say what did not fit or has no font. */
static int do_list(struct player *p, struct kiosk *k)
{
	const struct ui_list *l = &k->ui.list;
	if (!stands(p, k))
		return 0;
	FILE *f = fopen(p->command->words.word[1], "w");
	if (f == NULL)
		return finish(p, "the file cannot be written");
	if (l->overflowed)
		fputs("! the list overflowed\n", f);
	if (l->clipped)
		fputs("! some text did not fit its place\n", f);
	if (l->missing)
		fputs("! some character has no font\n", f);
	ui_list_print(l, f);
	fclose(f);
	return finish(p, NULL);
}

/* A key of the five-key pad or of the code reader. */
static int do_key(struct player *p, struct kiosk *k)
{
	if (p->step == 0) {
		const struct ui_event e = {.kind = UI_EVENT_KEY,
					   .key = ui_key_of(p->command->words.word[1])};
		if (e.key == UI_KEY_NONE)
			return finish(p, "no such key");
		ui_window_push(k->window, &e);
		p->step = 1;
		p->frames = 0;
		return 0;
	}
	return ++p->frames > SETTLE_FRAMES && quiet(k) ? finish(p, NULL) : 4;
}

static int do_dump(struct player *p, struct kiosk *k)
{
	char *text = seen_dump(&k->ui.list);
	if (text != NULL)
		say(p, text);
	free(text);
	return finish(p, NULL);
}

static int do_expect(struct player *p, struct kiosk *k, bool wanted)
{
	bool seen = seen_anywhere(&k->ui.list, p->command->words.word[1]);
	return finish(p, seen == wanted ? NULL : wanted ? "it is not there" : "it is there");
}

static int do_expect_seen(struct player *p, struct kiosk *k)
{
	return do_expect(p, k, true);
}

static int do_expect_not(struct player *p, struct kiosk *k)
{
	return do_expect(p, k, false);
}

static int do_ear(struct player *p, struct kiosk *k)
{
	if (p->step == 0)
		p->since_ms = clock_ms();
	p->step = 1;
	switch (ear_run(k, &p->command->words, clock_ms() - p->since_ms)) {
	case EAR_DONE:
		return finish(p, NULL);
	case EAR_WAIT:
		return 10;
	case EAR_FAILED:
		break;
	}
	return finish(p, "it is not heard");
}

static const struct {
	const char *name, *words, *help;
	int (*run)(struct player *p, struct kiosk *k);
	int least; /* words after the name */
} command[] = {
	{"tap", "\"TEXT\" | @ID | X Y", "a finger down and up", do_tap, 1},
	{"press", "X Y", "a finger down", do_finger, 2},
	{"drag", "X Y", "the finger moves there", do_finger, 2},
	{"release", "X Y", "the finger is lifted there", do_finger, 2},
	{"type", "LETTERS", "taps the keys on the screen one by one", do_keys, 1},
	{"key", "up|down|enter|esc|f1|back|0-9", "a key of a pad that is plugged in", do_key, 1},
	{"enter-digits", "FILE", "taps the digits that `remember` wrote", do_keys, 1},
	{"enter-words", "FILE", "taps the words that `remember` wrote", do_keys, 1},
	{"hear", "\"TEXT\" [MS]", "until the words being said hold it (20000)", do_ear, 1},
	{"silent", "", "nothing is being read or listened to", do_ear, 0},
	{"items", "FILE", "what the page would say, one item a line", do_ear, 1},
	{"voices", "FILE", "the same, what is recorded in brackets", do_ear, 1},
	{"wait", "\"TEXT\" [MS]", "until it is on the screen (5000)", do_wait, 1},
	{"expect", "\"TEXT\"", "it is on the screen now", do_expect_seen, 1},
	{"expect-not", "\"TEXT\"", "it is not", do_expect_not, 1},
	{"rest", "", "until all that the page shows has been checked and drawn", do_rest, 0},
	{"sleep", "MS", "does nothing", do_sleep, 1},
	{"idle", "SECONDS", "as if nobody had touched the screen for so long", do_idle, 1},
	{"line", "up|down", "what the courier would have found", do_line, 1},
	{"receipt", "DIGITS", "the letter being written gets this receipt", do_receipt, 1},
	{"acknowledge", "", "as if the county had signed for the sealed letter", do_acknowledge, 0},
	{"dump", "", "every visible text and target with its rectangle", do_dump, 0},
	{"list", "FILE", "the display list", do_list, 1},
	{"shot", "FILE.png", "a picture of the screen", do_shot, 1},
	{"remember", "FILE", "the receipt on the screen, as a resident would note it", do_remember,
	 1},
};
enum { COMMANDS = sizeof command / sizeof command[0] };

void player_help(FILE *to)
{
	fputs("commands, one a line, # begins a comment:\n", to);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-12s %-30s %s\n", command[i].name, command[i].words,
			command[i].help);
	fprintf(to, "  %-12s %-30s %s\n", "quit", "", "ends the script");
}

static int run(struct player *p, struct kiosk *k)
{
	const struct script_line *w = &p->command->words;
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(command[i].name, w->word[0]) == 0)
			return w->words > command[i].least
				       ? command[i].run(p, k)
				       : finish(p, "something is missing behind it");
	return finish(p, "no such command; --help lists them");
}

int player_poll(void *self, struct kiosk *k)
{
	struct player *p = self;
	if (!p->busy) {
		int64_t left = p->pause_ms - (clock_ms() - p->since_ms);
		if (left > 0)
			return (int)left;
		/* Commands look at a screen that stands still. */
		if (!quiet(k) || k->window == NULL)
			return 4;
		if (!read_line(p))
			return 4;
		if (!script_split(p->command->line, 0, &p->command->words) ||
		    p->command->words.words == 0)
			return finish(p, "cannot be read");
		p->busy = true;
		p->step = 0;
		p->command->at = 0;
	}
	return run(p, k);
}
