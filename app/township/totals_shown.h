/* totals_shown.h - the sum of the money made public, in words and as a table by place. */
#pragma once
#include "app/township/visit.h"

/* 收入 532.1 万元，支出 480.3 万元 ...: of one place. Writes nothing when nothing is public. */
void totals_sentence(struct visit *v, const struct totals *t);
/* A place, and under it the places of the next level that published something. */
must_use enum err totals_table(struct visit *v, const char *place);
