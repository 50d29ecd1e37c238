/* loop.h - a kiosk that is measured in its own loop, asked by a driver. */
#pragma once
#include "app/kiosk/kiosk.h"

#include "tests/bench/bench.h"

/* Ends the program when there is no kiosk in `data`. */
static inline struct kiosk *bench_kiosk(const char *data, const struct kiosk_driver *d)
{
	struct kiosk *k;
	const struct kiosk_options o = {.data = data, .assets = "assets", .w = 1920, .h = 1080};
	if (sign_start() != SYNC_OK || kiosk_open(&o, d, &k) != OK)
		exit(1);
	return k;
}
