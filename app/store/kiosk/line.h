/* line.h - whether the network line is up, as the courier last found it.
 *
 * One small file beside the databases, because a row would move the books' version every minute.
 * It counts from the machine's start, so a wrong clock changes nothing; what another start of the
 * machine wrote counts for nothing. */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>
#include <stdint.h>

enum line_state { LINE_UNKNOWN, LINE_UP, LINE_DOWN };

/* `fresh_ms`: an answer older than this counts for nothing. `since_ms` is how long it has been so.
 */
enum line_state line_read(const char *folder, int64_t fresh_ms, int64_t *since_ms);
must_use enum err line_write(const char *folder, bool up);
