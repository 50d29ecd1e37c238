#include "sync/backoff.h"

void backoff_failed(struct backoff *b, int64_t now_ms, uint32_t chance, int asked_s)
{
	int64_t most = b->first_s > 0 ? b->first_s : BACKOFF_FIRST_S;
	for (int i = 0; i < b->failures && most < BACKOFF_MOST_S; i++)
		most *= 2;
	most = most < BACKOFF_MOST_S ? most : BACKOFF_MOST_S;
	if (b->failures < 30)
		b->failures++;
	/* Full jitter: anywhere up to the step, so that seventy kiosks do not come back at once. */
	int64_t wait_ms = (int64_t)(chance % (uint32_t)(most * 1000 + 1));
	if (asked_s >= 0) {
		int64_t asked = asked_s < BACKOFF_ASKED_MOST_S ? asked_s : BACKOFF_ASKED_MOST_S;
		wait_ms = wait_ms > asked * 1000 ? wait_ms : asked * 1000;
	}
	b->until_ms = now_ms + wait_ms;
}

void backoff_worked(struct backoff *b)
{
	b->failures = 0;
	b->until_ms = 0;
}

int64_t backoff_left(const struct backoff *b, int64_t now_ms)
{
	return b->until_ms > now_ms ? b->until_ms - now_ms : 0;
}
