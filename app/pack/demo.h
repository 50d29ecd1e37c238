/* demo.h - everything a first look needs: a township with its staff and two years of books, and a
 * kiosk folder ready to be enrolled. All under the demo root, so every screen says 演示数据. */
#pragma once
#include "app/pack/county.h"

#define DEMO_PASSWORD "yanshi-2026"

struct demo_options {
	const char *out; /* township/ kiosk/ offline/ are made in it */
	const char *assets;
	const char *server; /* https://127.0.0.1:PORT, as the kiosk will reach it */
	size_t rows, villages;
	int months;
	int32_t today;
};
/* OK also when it is there already: nothing is changed then. */
must_use enum err demo_make(const struct demo_options *o);
