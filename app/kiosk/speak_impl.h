/* speak_impl.h - what speak.c and listen.c share. */
#pragma once
#include "app/kiosk/speak.h"
#include "app/kiosk/speech.h"

enum { SPEAK_WORDS = 4096, LISTEN_NEXT_MS = 3000, VOLUME_NORMAL = 100, VOLUME_LOUD = 170 };

enum speak_mode { SPEAK_OFF, SPEAK_READING, SPEAK_LISTENING };

struct speak {
	struct ui_voice *voice;
	struct pronounce *pronounce;
	enum speak_mode mode;
	enum speak_mode wanted; /* what was asked for on a page about a person, until the yes */
	bool asking;
	bool consent;       /* yes, in this visit */
	bool codes;         /* yes, on this page, to digits and words */
	int answered;       /* the screen the last yes was for; -1 none */
	bool just_answered; /* the question was on the glass in this round */
	bool swallow;       /* the touch that stopped it must not start it again */
	bool rested;        /* every item was heard once: no further by itself */
	bool said;          /* the item was given to the voice */
	bool intro;         /* how listening works was said */
	bool slower;        /* 再听 */
	bool paused;        /* the item is said again from its beginning when it goes on */
	int turning;        /* rounds until the next page of a text is on the glass; 0 none */
	const char *before; /* said before the next item, or NULL */
	int at;
	int64_t over_ms;        /* when the item was over; 0: it is not */
	uint32_t page;          /* what page the outline is of */
	uint32_t item;          /* which item has the focus, to find it again */
	uint32_t press;         /* target to be pressed in the next frame; 0 none */
	int seek_by, seek_edge; /* the list was moved: where the item was that was left */
	struct packs packs;
	int heard; /* which other language; -1: the one on the screen */
	enum ui_voice_speed speed;
	int volume;
	char words[SPEAK_WORDS]; /* of the item */
	struct ui_outline outline;
};

/* Begins at the title, without a question. */
void speak_start(struct kiosk *k, enum speak_mode mode);
/* The page shows digits or words that open a case. */
bool speak_shows_codes(const struct kiosk *k);
/* Items skipped in this mode, and moving over them. */
bool speak_skips(const struct speak *s, const struct ui_item *it);
/* The recordings that what is said now is made of; NULL: none. */
const struct pack *speak_pack(const struct kiosk *k);
/* Moves the focus by one; scrolls the region where it ends. */
void speak_move(struct kiosk *k, int by);
void speak_again(struct kiosk *k);
/* Silence that keeps the place, or on from there. */
void speak_pause(struct kiosk *k);
void speak_choose(struct kiosk *k);

/* The listening page in place of the one in the list. */
void listen_draw(struct kiosk *k, struct ui *u);
