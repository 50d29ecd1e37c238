/* backoff.h - how long to wait after a failure: full jitter from 30 seconds to an hour, or what the
 * server asked for. Lives in memory only. Pure: time and chance are arguments. */
#pragma once
#include <stdint.h>

enum { BACKOFF_FIRST_S = 30, BACKOFF_MOST_S = 3600, BACKOFF_ASKED_MOST_S = 86400 };

struct backoff {
	int failures;
	int64_t until_ms; /* monotonic; 0: now */
	int first_s;      /* 0: BACKOFF_FIRST_S; a test or a demo waits less */
};

/* `chance` is any random number; `asked_s` what Retry-After said, -1: nothing. */
void backoff_failed(struct backoff *b, int64_t now_ms, uint32_t chance, int asked_s);
void backoff_worked(struct backoff *b);
/* Milliseconds still to wait. */
int64_t backoff_left(const struct backoff *b, int64_t now_ms);
