/* kiosk.h - the touch screen program: one struct, one loop, no threads.
 *
 * It reads the books, writes letters into the queue, opens no socket and executes nothing. Once
 * something personal was entered or looked up, forgetting it is exiting: kiosk_leave ends the loop
 * and the program is started again by its launcher. */
#pragma once
#include "app/kiosk/accounts.h"
#include "app/kiosk/fresh.h"
#include "app/kiosk/letter.h"
#include "app/kiosk/lookup.h"
#include "app/kiosk/margin.h"
#include "app/kiosk/project.h"
#include "app/kiosk/roll.h"
#include "app/kiosk/voucher.h"
#include "app/kiosk/words.h"
#include "app/store/kiosk/home.h"
#include "app/store/kiosk/line.h"
#include "app/village/due.h"
#include "ui/frame.h"
#include "ui/window.h"

enum {
	KIOSK_STACK = 12,
	IDLE_BROWSE_S = 60,
	IDLE_FORM_S = 120,
	IDLE_PERSONAL_S = 45,
	IDLE_SEALED_S = 90,
	IDLE_WARNING_S = 20,
	OWED_MAX = 128,
	URGED_MAX = 64
};

enum screen_id {
	SCREEN_ATTRACT,
	SCREEN_LANGUAGE,
	SCREEN_HOME,
	SCREEN_PLACES,
	SCREEN_EMPTY,
	SCREEN_FULL,
	SCREEN_FINANCE,
	SCREEN_LEDGER,
	SCREEN_LINE,
	SCREEN_VOUCHER,
	SCREEN_COLUMN,
	SCREEN_ENTRY,
	SCREEN_PROJECT,
	SCREEN_SEARCH,
	SCREEN_SUBSIDY_FIND,
	SCREEN_SUBSIDY,
	SCREEN_OWED,
	SCREEN_NEWS,
	SCREEN_NEIGHBOURS,
	SCREEN_WHOM,
	SCREEN_TOPIC,
	SCREEN_MATTER,
	SCREEN_INPUT,
	SCREEN_NAME,
	SCREEN_REACH,
	SCREEN_REVIEW,
	SCREEN_SEALED,
	SCREEN_TRACK,
	SCREEN_NOT_FOUND,
	SCREEN_CASE,
	SCREENS
};

struct kiosk;

struct screen {
	const char *name; /* for scripts and golden files */
	void (*draw)(struct kiosk *k, struct ui *u);
	int idle_s;    /* seconds without a touch before the warning; 0: never */
	bool personal; /* leaving it means exiting */
};
extern const struct screen screens[SCREENS];

/* What a driver that plays scripts needs; all NULL in the product. */
struct kiosk_driver {
	void *self;
	/* Called between frames; returns milliseconds until it wants to be called again. */
	int (*poll)(void *self, struct kiosk *k);
	/* The thank-you of this parcel is on the glass. */
	void (*thanked)(void *self, const char *parcel_id);
};

struct kiosk_options {
	const char *data, *assets;
	int w, h; /* pixels; 0: the whole screen */
	bool windowed;
	int64_t fixed_now;   /* show this time (Unix seconds) instead of the clock's; 0: the clock's
			      */
	const char *scratch; /* throw-away folder of the pinyin engine, made by the caller */
};

/* What the resident looks for on screen 20. */
struct track {
	bool by_words;
	char digits[RECEIPT_DIGITS + 1];
	int group;               /* which group of four is being typed, 0..3 */
	int word[RECEIPT_WORDS]; /* -1: not chosen */
	int slot;                /* which word is being chosen */
	char initial[4], syllable[8];
	bool own, own_typing;
	char own_digits[RECEIPT_OWN + 1];
	bool check_failed;
	int wait_s;
	bool told; /* 没找到，告诉县里 was sent */
	enum letter_result tell_result;
};

/* Whose subsidies: a group and the first character of a name. */
struct subsidy {
	char group[PLACE_ID_MAX + 1], surname[8];
	int year, page;
};

/* What a place should have made public and has not (owed.h). */
struct owed {
	char place[PLACE_ID_MAX + 1];
	uint64_t publication; /* of the shelf it was counted from */
	int32_t day;          /* as of */
	size_t count;
	struct due_item item[OWED_MAX];
};

struct input;       /* input.c */
struct speak;       /* speak.h */
struct peers;       /* peers.h */
struct search_page; /* search.c */

struct kiosk {
	struct kiosk_options o;
	const struct kiosk_driver *driver;
	struct ui ui;
	struct ui_window *window;
	struct kiosk_home home;
	struct catalogue *catalogue;
	struct settings *settings; /* NULL before provisioning */
	struct books *books;       /* NULL when they cannot be opened */
	struct queue *queue;
	struct accounts *accounts;
	struct roll *roll;     /* rows of the other templates; NULL where there are no books */
	struct margin *margin; /* beside the row being read; NULL where there are no books */
	struct speak *speak;   /* reading aloud */
	struct fresh *fresh;   /* what is new; NULL where there are no books */

	enum language lang;
	enum ui_size size;
	enum screen_id at, stack[KIOSK_STACK];
	int depth;
	bool running, leaving; /* leaving: end the program to forget a person */
	bool redraw;
	int64_t now, now_ms; /* of this frame */
	int64_t touched_ms;  /* last touch */
	bool warning;        /* screen 22 is up */
	int64_t ticked_ms;   /* last once-a-second look */
	int64_t drawn_ms;    /* last frame */
	int notify;          /* to who started us, -1: nobody */
	int64_t books_tried_ms;
	int64_t server_time; /* newest signed, as the books hold it */
	bool books_told;     /* that they are not there, in the log */
	enum line_state line;
	int64_t line_since_ms;
	bool personal; /* something of a person is in memory */
	/* A step longer than a frame: drawn first (`busy` says what), then run. */
	void (*deferred)(struct kiosk *k);
	const char *busy;

	/* browsing */
	char place[PLACE_ID_MAX + 1]; /* being looked at */
	const char *empty_title;      /* what screen EMPTY is about */
	int year;                     /* of the overview, 0: the newest */
	int month;                    /* of the ledger, yyyymm; 0: the newest */
	bool month_newest;            /* it is the newest, and stays the newest */
	int direction;                /* 0 all, +1, -1 */
	struct record row;            /* the line being looked at; texts are own copies below */
	struct shelf_sheet row_sheet;
	char row_line[RECORD_LINE_MAX + 1];
	bool have_row;
	struct voucher voucher;
	char project_row[RECORD_ID_MAX + 1], project_period[PERIOD_MAX + 1]; /* being looked at */
	size_t project_from; /* which of its pictures stands first */
	struct project_seen project_seen[PROJECT_SEEN];
	char marked_row[RECORD_ID_MAX + 1];    /* last opened, stays highlighted */
	char column[16];                       /* of the seven, being looked at */
	char column_kind[TEMPLATE_ID_MAX + 1]; /* one template of it; "": all */
	int entry_page;  /* of the row being read; -1: where questions begin */
	int column_page; /* of the kinds, where they do not fit */

	struct subsidy subsidy;
	struct owed owed;
	char owed_column[16];      /* of which the list is; "": of all */
	uint32_t urged[URGED_MAX]; /* asked for in this visit */
	int urged_count;
	bool urge_failed;                     /* the last press was not counted */
	struct peers *peers;                  /* the places around; NULL where there are no books */
	int near_first, near_last, near_page; /* months that are put together, page of places */
	char near_what[TEMPLATE_ID_MAX + 1];  /* template; "": the ledger */
	struct search_page *search;           /* NULL until somebody looks for something */

	/* filing */
	struct letter *letter;
	struct input *input;
	enum letter_result seal_result;
	bool seal_tried, acknowledged;
	int matter_page;
	bool own_open; /* the own-digits pad on the review page */
	bool changing; /* 改 was pressed: back to the review page afterwards */

	/* following */
	struct track track;
	struct lookup_result *found; /* locked memory */
	struct receipt_keys *keys;   /* locked memory */
	int rating;                  /* -1 none yet */
	bool steps_early;            /* the first steps are shown, not the last */
	enum letter_result follow_result;
	bool follow_sent, adding, added;
	char *more; /* locked memory of COMPLAINT_TEXT_BYTES; NULL until something is added */
};

/* ERR_MISSING: the data folder is none. A kiosk whose books cannot be read still takes letters. */
must_use enum err kiosk_open(const struct kiosk_options *o, const struct kiosk_driver *driver,
			     struct kiosk **out);
void kiosk_close(struct kiosk *k); /* NULL is fine */
/* SIGTERM and SIGINT end kiosk_run within a second, so that nothing is left behind. Before anything
 * is made that must be removed. */
void kiosk_heed_signals(void);
/* Runs until the window is closed or a person is forgotten. 0: start me again or I was closed; 1:
 * trouble. */
int kiosk_run(struct kiosk *k);
/* What the page shows is still being held to its checks. */
bool kiosk_checking(const struct kiosk *k);
/* Draws one frame and shows it; for tests and drivers. */
void kiosk_frame(struct kiosk *k);

/* Moves between screens. go keeps the way back; back returns along it (home at the end of it). */
void kiosk_go(struct kiosk *k, enum screen_id s);
void kiosk_replace(struct kiosk *k, enum screen_id s);
void kiosk_back(struct kiosk *k);
void kiosk_home(struct kiosk *k);
/* Something of a person is here from now on. */
void kiosk_mark_personal(struct kiosk *k);
/* Ends a visit: exits when something personal was here, else goes to the attract screen. */
void kiosk_leave(struct kiosk *k);
/* Runs `step` after the frame that shows `busy` is on the glass. */
void kiosk_defer(struct kiosk *k, const char *busy, void (*step)(struct kiosk *k));

/* Short cuts of screens. */
const char *kiosk_word(const struct kiosk *k, enum word w);
const struct place *kiosk_place(const struct kiosk *k,
				const char *id); /* never NULL: a nameless one */
int32_t kiosk_today(const struct kiosk *k);
/* The newest day somebody signed for: of the server's time or a publication; 0 before any. What is
 * late or new is counted from it, for this machine's own clock may be wrong and what it has not
 * fetched yet is nobody's fault. */
int32_t kiosk_signed_day(const struct kiosk *k);
struct letter_road kiosk_road(struct kiosk *k);
bool kiosk_offline(const struct kiosk *k);
