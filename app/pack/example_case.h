/* example_case.h - an answered case in a seeded kiosk, so that its time-line can be seen and
 * measured. Its receipt is always the same and known to everybody: 4712 0936 8850 2712. */
#pragma once
#include "app/pack/county.h"
#include "app/store/kiosk/books.h"

#define EXAMPLE_RECEIPT "4712093688502712"

must_use enum err example_case(struct books *b, const struct demo_county *c);
