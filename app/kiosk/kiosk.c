#include "app/kiosk/kiosk.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/notify.h"
#include "app/kiosk/input.h"
#include "app/kiosk/keys.h"
#include "app/kiosk/page.h"
#include "app/kiosk/peers.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/secret.h"
#include "app/kiosk/speak.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	TICK_MS = 1000,
	RETRY_MS = 5000,
	LINE_FRESH_MS = 20 * 60 * 1000,
	OFFLINE_MS = 120 * 1000,
	WORK_US = 4000,
	SHOW_MS = 60
};

static volatile sig_atomic_t told_to_stop;

static void on_stop(int signal_number)
{
	(void)signal_number;
	told_to_stop = 1;
}

void kiosk_heed_signals(void)
{
	const struct sigaction stop = {.sa_handler = on_stop};
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
}

/* --- opening --- */

static enum err load_settings(struct kiosk *k)
{
	struct buf bytes;
	if (k->books == NULL || !k->home.have_root)
		return ERR_MISSING;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	struct settings *s = NULL;
	enum err e = books_settings(k->books, &bytes);
	if (e == OK)
		e = settings_read(bytes.p, bytes.len, &k->home.root, &s);
	buf_free(&bytes);
	if (e != OK)
		return e;
	settings_close(k->settings);
	k->settings = s;
	return OK;
}

static void read_server_time(struct kiosk *k)
{
	if (books_server_time(k->books, &k->server_time) != OK)
		k->server_time = 0;
}

/* What the screens read the books through; both follow the settings. */
static void open_views(struct kiosk *k)
{
	accounts_close(k->accounts);
	roll_close(k->roll);
	margin_close(k->margin);
	fresh_close(k->fresh);
	peers_close(k->peers);
	k->peers = NULL;
	search_page_moved(k);
	k->accounts = NULL;
	k->roll = NULL;
	k->margin = NULL;
	k->fresh = NULL;
	read_server_time(k);
	if (k->settings == NULL)
		return;
	if (accounts_open(k->books, k->catalogue, k->settings, &k->accounts) == OK)
		accounts_select(k->accounts, k->place);
	if (roll_open(k->books, k->catalogue, k->settings, &k->roll) != OK)
		k->roll = NULL;
	if (margin_open(k->books, k->catalogue, &k->margin) != OK)
		k->margin = NULL;
	if (fresh_open(k->books, k->catalogue, &k->fresh) != OK)
		k->fresh = NULL;
	if (peers_open(k->books, k->catalogue, k->settings, &k->peers) != OK)
		k->peers = NULL;
}

/* Without books the kiosk still takes letters and says that its data is being repaired; it is tried
 * again and again, and said once. */
static void open_books(struct kiosk *k)
{
	const char *trouble = NULL;
	if (k->books == NULL && books_open(k->o.data, BOOKS_READ, &k->books) != OK) {
		k->books = NULL;
		trouble = "the books cannot be read";
	} else if (load_settings(k) != OK) {
		trouble = "no settings that the root signed";
	}
	if (trouble != NULL && !k->books_told)
		log_warn("kiosk: %s", trouble);
	k->books_told = trouble != NULL;
	if (k->books != NULL)
		open_views(k);
}

static void close_books(struct kiosk *k)
{
	accounts_close(k->accounts);
	roll_close(k->roll);
	margin_close(k->margin);
	fresh_close(k->fresh);
	peers_close(k->peers);
	k->peers = NULL;
	search_page_moved(k);
	books_close(k->books);
	k->accounts = NULL;
	k->roll = NULL;
	k->margin = NULL;
	k->fresh = NULL;
	k->books = NULL;
}

/* The courier has written something. Most of what it writes are answers and positions. */
static void take_news(struct kiosk *k)
{
	int64_t serial = books_settings_serial(k->books);
	read_server_time(k);
	if (serial != settings_serial(k->settings) && load_settings(k) == OK)
		open_views(k);
	else
		accounts_again(k->accounts);
}

enum err kiosk_open(const struct kiosk_options *o, const struct kiosk_driver *driver,
		    struct kiosk **out)
{
	char folder[4096];
	*out = NULL;
	struct kiosk *k = calloc(1, sizeof *k);
	if (k == NULL)
		return ERR_FULL;
	k->o = *o;
	k->driver = driver;
	k->rating = -1;
	k->notify = notify_open();
	ui_init(&k->ui);
	enum err e = home_open(o->data, &k->home);
	snprintf(folder, sizeof folder, "%s/catalogue", o->assets);
	if (e == OK)
		e = catalogue_open(folder, &k->catalogue);
	if (e == OK)
		e = queue_open_again(o->data, &k->queue);
	if (e != OK) {
		kiosk_close(k);
		return e;
	}
	snprintf(k->place, sizeof k->place, "%s", k->home.place);
	open_books(k);
	const struct ui_window_options w = {
		.title = "e路通", .w = o->w, .h = o->h, .windowed = o->windowed};
	if (ui_window_open(&w, &k->window) != UI_OK) {
		kiosk_close(k);
		return ERR_IO;
	}
	speak_open(k);
	*out = k;
	return OK;
}

void kiosk_close(struct kiosk *k)
{
	if (k == NULL)
		return;
	speak_close(k);
	letter_end(k->letter);
	search_page_close(k);
	input_close(k->input);
	secret_end(k->found, sizeof *k->found);
	secret_end(k->keys, sizeof *k->keys);
	secret_end(k->more, COMPLAINT_TEXT_BYTES);
	accounts_close(k->accounts);
	roll_close(k->roll);
	margin_close(k->margin);
	fresh_close(k->fresh);
	peers_close(k->peers);
	settings_close(k->settings);
	books_close(k->books);
	queue_close(k->queue);
	catalogue_close(k->catalogue);
	home_close(&k->home);
	words_wipe();
	voucher_rest(k);
	project_rest(k);
	ui_forget(&k->ui);
	ui_window_close(k->window);
	if (k->notify >= 0)
		close(k->notify);
	explicit_bzero(k, sizeof *k);
	free(k);
}

/* --- moving --- */

void kiosk_replace(struct kiosk *k, enum screen_id s)
{
	if (s != SCREEN_VOUCHER)
		voucher_rest(k);
	if (s != SCREEN_PROJECT)
		project_rest(k);
	k->at = s;
	k->redraw = true;
}

void kiosk_go(struct kiosk *k, enum screen_id s)
{
	if (k->depth == KIOSK_STACK) {
		memmove(k->stack, k->stack + 1, (KIOSK_STACK - 1) * sizeof k->stack[0]);
		k->depth--;
	}
	k->stack[k->depth++] = k->at;
	kiosk_replace(k, s);
}

void kiosk_back(struct kiosk *k)
{
	kiosk_replace(k, k->depth > 0 ? k->stack[--k->depth] : SCREEN_HOME);
}

void kiosk_home(struct kiosk *k)
{
	/* Going home from anything personal forgets it. */
	if (k->personal) {
		kiosk_leave(k);
		return;
	}
	search_page_wipe(k);
	k->depth = 0;
	kiosk_replace(k, SCREEN_HOME);
}

void kiosk_mark_personal(struct kiosk *k)
{
	k->personal = true;
}

void kiosk_leave(struct kiosk *k)
{
	speak_stop(k, true);
	if (k->personal) {
		k->leaving = true;
		k->running = false;
		return;
	}
	search_page_wipe(k);
	snprintf(k->place, sizeof k->place, "%s", k->home.place);
	if (k->accounts != NULL)
		accounts_select(k->accounts, k->place);
	k->depth = 0;
	k->lang = LANG_ZH;
	k->size = UI_STANDARD;
	k->year = k->month = k->direction = 0;
	k->month_newest = false;
	k->have_row = false;
	k->marked_row[0] = 0;
	k->urged_count = 0;
	k->urge_failed = false;
	kiosk_replace(k, SCREEN_ATTRACT);
}

void kiosk_defer(struct kiosk *k, const char *busy, void (*step)(struct kiosk *k))
{
	k->busy = busy;
	k->deferred = step;
	k->redraw = true;
}

/* --- time --- */

static int64_t wall(const struct kiosk *k)
{
	return k->o.fixed_now != 0 ? k->o.fixed_now : clock_now();
}

static void look_at_idle(struct kiosk *k)
{
	int idle_s = screens[k->at].idle_s;
	int64_t idle_ms = k->now_ms - k->touched_ms;
	if (idle_s == 0 || k->deferred != NULL)
		return;
	if (!k->warning && idle_ms >= (int64_t)idle_s * 1000) {
		k->warning = true;
		k->redraw = true;
	}
	if (k->warning) {
		k->redraw = true; /* the count */
		if (idle_ms >= (int64_t)(idle_s + IDLE_WARNING_S) * 1000) {
			k->warning = false;
			kiosk_leave(k);
		}
	}
}

/* Once a second: have the books moved, is the line up, was the letter acknowledged, what time is
 * it. */
static void tick(struct kiosk *k)
{
	int64_t minute = k->now / 60;
	k->now_ms = clock_ms();
	k->now = wall(k);
	if (k->now / 60 != minute)
		k->redraw = true;
	if (k->now_ms - k->ticked_ms < TICK_MS)
		return;
	k->ticked_ms = k->now_ms;
	notify_say(k->notify, "WATCHDOG=1"); /* from the loop, so a loop that hangs is noticed */
	enum line_state line = line_read(k->o.data, LINE_FRESH_MS, &k->line_since_ms);
	bool was_offline = kiosk_offline(k);
	k->line = line;
	if (kiosk_offline(k) != was_offline)
		k->redraw = true;
	/* Books that were damaged are made anew under the same name: another file. */
	if (k->books != NULL && !books_there(k->books)) {
		close_books(k);
		open_books(k);
		k->redraw = true;
	}
	/* A kiosk that was not enrolled yet, or whose books were being repaired, looks again. */
	if (k->accounts == NULL && k->now_ms - k->books_tried_ms > RETRY_MS) {
		k->books_tried_ms = k->now_ms;
		open_books(k);
		k->redraw = true;
	}
	if (k->accounts != NULL && accounts_moved(k->accounts)) {
		k->redraw = true;
		take_news(k);
	}
	if (k->letter != NULL && k->letter->sealed && !k->acknowledged &&
	    queue_is_acknowledged(k->queue, k->letter->sequence) == OK) {
		k->acknowledged = true;
		k->redraw = true;
	}
	look_at_idle(k);
}

/* --- frames --- */

static void draw(struct kiosk *k)
{
	int w, h;
	ui_window_design(k->window, &w, &h);
	ui_latin(&k->ui, k->lang == LANG_EN);
	ui_begin(&k->ui, w, h, k->size, k->now_ms, UI_PAPER);
	speak_begin(k);
	if (k->warning)
		page_idle(k, &k->ui);
	else if (k->busy != NULL)
		page_busy(k, &k->ui);
	else if (speak_asks(k))
		speak_ask_draw(k, &k->ui);
	else
		screens[k->at].draw(k, &k->ui);
	speak_draw(k, &k->ui);
	ui_end(&k->ui);
}

void kiosk_frame(struct kiosk *k)
{
	/* A press changes what the frame shows: draw again until nothing moves (a few rounds at
	 * most). */
	for (int round = 0; round < 4; round++) {
		k->redraw = false;
		draw(k);
		if (!k->redraw || k->leaving)
			break;
	}
	if (k->leaving)
		return;
	ui_window_show(k->window, &k->ui.list);
	k->drawn_ms = clock_ms();
	if (k->at == SCREEN_SEALED && !k->warning && k->letter != NULL && k->letter->sealed &&
	    k->busy == NULL && k->driver != NULL && k->driver->thanked != NULL)
		k->driver->thanked(k->driver->self, k->letter->id);
	if (k->deferred != NULL) {
		void (*step)(struct kiosk *) = k->deferred;
		k->deferred = NULL;
		step(k);
		k->busy = NULL;
		k->touched_ms = k->now_ms = clock_ms();
		k->redraw = true;
	}
}

static void feed(struct kiosk *k, const struct ui_event *e)
{
	bool touch = e->kind == UI_EVENT_DOWN || e->kind == UI_EVENT_MOVE || e->kind == UI_EVENT_UP;
	k->redraw = true;
	if (speak_feed(k, e))
		return;
	if (touch) {
		k->touched_ms = clock_ms();
		if (k->at == SCREEN_ATTRACT && e->kind == UI_EVENT_UP && !k->warning &&
		    !speak_listening(k) && k->ui.pressed != ui_id("attract.listen")) {
			ui_pointer_up(&k->ui, e->x, e->y, k->touched_ms);
			attract_choose(k);
			k->ui.clicked = 0;
			kiosk_replace(k, SCREEN_LANGUAGE);
			return;
		}
	}
	switch (e->kind) {
	case UI_EVENT_DOWN:
		ui_pointer_down(&k->ui, e->x, e->y);
		break;
	case UI_EVENT_MOVE:
		ui_pointer_move(&k->ui, e->x, e->y);
		break;
	case UI_EVENT_UP:
		ui_pointer_up(&k->ui, e->x, e->y, k->touched_ms);
		break;
	case UI_EVENT_KEY:
		k->touched_ms = clock_ms();
		keys_press(k, e->key);
		break;
	case UI_EVENT_QUIT:
		k->running = false;
		break;
	case UI_EVENT_EXPOSED:
		ui_window_spoil(k->window);
		break;
	case UI_EVENT_NONE:
		break;
	}
}

static bool looks_at_roll(const struct kiosk *k)
{
	return k->at == SCREEN_COLUMN || k->at == SCREEN_PROJECT || k->at == SCREEN_SUBSIDY_FIND ||
	       k->at == SCREEN_SUBSIDY;
}

static bool looks_at_margin(const struct kiosk *k)
{
	return k->margin != NULL && (k->at == SCREEN_LINE || k->at == SCREEN_ENTRY) &&
	       margin_waiting(k->margin);
}

static bool looks_at_peers(const struct kiosk *k)
{
	return k->peers != NULL && k->at == SCREEN_NEIGHBOURS && peers_waiting(k->peers);
}

static bool looks_at_fresh(const struct kiosk *k)
{
	return k->fresh != NULL && fresh_waiting(k->fresh) &&
	       (k->at == SCREEN_HOME || k->at == SCREEN_COLUMN || k->at == SCREEN_NEWS);
}

/* What was asked for first: the page being looked at. */
static void work(struct kiosk *k)
{
	if (k->at == SCREEN_SEARCH && search_page_waiting(k))
		search_page_work(k, WORK_US);
	else if (looks_at_margin(k))
		margin_work(k->margin, WORK_US);
	else if (looks_at_peers(k))
		peers_work(k->peers, WORK_US);
	else if (k->roll != NULL && looks_at_roll(k) && roll_waiting(k->roll))
		roll_work(k->roll, WORK_US);
	else if (looks_at_fresh(k) && (k->accounts == NULL || !accounts_waiting(k->accounts)))
		fresh_work(k->fresh, WORK_US);
	else if (k->accounts != NULL)
		accounts_work(k->accounts, WORK_US);
}

bool kiosk_checking(const struct kiosk *k)
{
	return (k->accounts != NULL && accounts_waiting(k->accounts)) ||
	       (k->roll != NULL && looks_at_roll(k) && roll_waiting(k->roll)) ||
	       looks_at_margin(k) || looks_at_fresh(k) || looks_at_peers(k) ||
	       (k->at == SCREEN_SEARCH && search_page_waiting(k));
}

/* Milliseconds until something must be done without a touch. */
static int sleep_ms(const struct kiosk *k, bool working, int driver_ms)
{
	int64_t ms = TICK_MS;
	if (k->redraw || k->deferred != NULL)
		return 0;
	if (k->ui.wake_ms != INT64_MAX && k->ui.wake_ms - k->now_ms < ms)
		ms = k->ui.wake_ms - k->now_ms;
	if (driver_ms < ms)
		ms = driver_ms;
	if (working)
		ms = 0;
	ms = speak_sleep_ms(k, (int)ms);
	return ms < 0 ? 0 : (int)ms;
}

int kiosk_run(struct kiosk *k)
{
	bool working = false;
	int driver_ms = TICK_MS;
	k->running = true;
	k->redraw = true;
	k->touched_ms = k->now_ms = clock_ms();
	k->now = wall(k);
	k->line = line_read(k->o.data, LINE_FRESH_MS, &k->line_since_ms);
	while (k->running) {
		struct ui_event e;
		if (ui_window_wait(k->window, sleep_ms(k, working, driver_ms), &e))
			feed(k, &e);
		if (k->driver != NULL && k->driver->poll != NULL)
			driver_ms = k->driver->poll(k->driver->self, k);
		tick(k);
		speak_tick(k);
		if (told_to_stop != 0)
			k->running = false;
		if (k->ui.wake_ms <= k->now_ms)
			k->redraw = true;
		/* Drawing costs as much as checking: while it goes on the page is drawn at its end,
		 * and now and then for what can be seen already. */
		if (working) {
			work(k);
			if (!kiosk_checking(k) || clock_ms() - k->drawn_ms >= SHOW_MS)
				k->redraw = true;
		}
		if (k->redraw && k->running)
			kiosk_frame(k); /* it may ask for sums */
		working = kiosk_checking(k);
	}
	if (k->leaving)
		ui_window_wipe(k->window);
	return 0;
}

/* --- short cuts --- */

const char *kiosk_word(const struct kiosk *k, enum word w)
{
	return words_get(k->lang, w);
}

const struct place *kiosk_place(const struct kiosk *k, const char *id)
{
	static const struct place nowhere = {.level = PLACE_VILLAGE};
	const struct place *p = k->settings == NULL ? NULL : settings_place(k->settings, id);
	return p == NULL ? &nowhere : p;
}

int32_t kiosk_today(const struct kiosk *k)
{
	return clock_day(k->now);
}

int32_t kiosk_signed_day(const struct kiosk *k)
{
	int32_t day = k->server_time > 0 ? clock_day(k->server_time) : 0;
	const struct shelf *shelf = k->accounts == NULL ? NULL : accounts_shelf(k->accounts);
	return shelf != NULL && shelf->day > day ? shelf->day : day;
}

struct letter_road kiosk_road(struct kiosk *k)
{
	return (struct letter_road){.settings = k->settings,
				    .kiosk = k->home.have_key ? &k->home.kiosk : NULL,
				    .queue = k->queue,
				    .place = k->home.place};
}

bool kiosk_offline(const struct kiosk *k)
{
	return k->line != LINE_UP && (k->line == LINE_UNKNOWN || k->line_since_ms >= OFFLINE_MS);
}
