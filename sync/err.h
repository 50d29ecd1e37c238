/* err.h - how a function in sync says that it failed; the same meanings as everywhere in the house.
 *
 * The finder says what happened through sync_log; callers pass the code on. */
#pragma once

enum sync_err {
	SYNC_OK = 0,
	SYNC_ERR_IO = -1,      /* disk or network; trying again later may help */
	SYNC_ERR_CORRUPT = -2, /* the bytes are wrong; trying again will not help */
	SYNC_ERR_MISSING = -3, /* there is none */
	SYNC_ERR_REFUSED = -4, /* a rule or the other side says no */
	SYNC_ERR_FULL = -5,    /* a fixed limit was reached */
};

#define sync_must_use __attribute__((warn_unused_result))

/* Where one-line messages go; NULL (the default) drops them. Set once in main. */
void sync_log_to(void (*line)(const char *text));
void sync_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
