/* capital.h - amounts in the characters that cannot be altered: 壹万贰仟捌佰肆拾元整. */
#pragma once
#include "app/base/err.h"

#include <stddef.h>
#include <stdint.h>

/* Also in everyday characters (一千二百元), with places written out as printed forms have them
 * (壹万零仟零佰伍拾零元零角零分). What can be read in two ways is not read: 一万二千五 is no
 * amount. ERR_CORRUPT, ERR_FULL above MONEY_FEN_MAX. */
must_use enum err capital_parse(const char *text, size_t len, int64_t *fen);
