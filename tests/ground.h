/* ground.h - a small county and the catalogue, opened once for all tests of a program. Included
 * once by each program. */
#pragma once
#include "app/village/catalogue.h"

#include "tests/county.h"
#include "tests/test.h"

static struct catalogue *catalogue;
static struct county county;

static inline int ground_open(void **state)
{
	(void)state;
	return catalogue_open("assets/catalogue", &catalogue) != OK || county_open(&county) != 0;
}

static inline int ground_close(void **state)
{
	(void)state;
	catalogue_close(catalogue);
	county_close(&county);
	return 0;
}
