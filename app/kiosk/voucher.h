/* voucher.h - 06: the pages a row carries, one at a time, beside the row's own figures.
 *
 * The bytes are hashed again and judged by their markers before they are decoded; a page that is
 * not here or does not hold is said so, and the file that does not hold is thrown away so that the
 * courier brings another. One decoded page is in memory, and none once the page is left. */
#pragma once
#include "app/village/record.h"
#include "ui/photo.h"

#include <stdint.h>

struct kiosk;

enum voucher_state {
	VOUCHER_WANTED, /* to be opened once the page that says so is on the glass */
	VOUCHER_OPENING,
	VOUCHER_SHOWN,
	VOUCHER_AWAY,   /* not here yet */
	VOUCHER_DAMAGED /* here, but not what was published */
};

struct voucher {
	struct hash page[RECORD_ATTACH_MAX];
	size_t count, at;
	enum voucher_state state;
	struct ui_photo *photo;
	int zoom; /* percent of what just fits: 100 .. 300 */
	int turn; /* quarters clockwise */
	int x, y; /* what stands in the middle, in 1/10000 of the turned picture */
};

/* Goes to page `at` of the row being looked at. Nothing happens when it carries none. */
void voucher_open(struct kiosk *k, size_t at);
/* The decoded page is given back; it is opened again when the screen is drawn. */
void voucher_rest(struct kiosk *k);
