/* intake.h - one uploaded file through elutong-intake, the confined reader beside this program. */
#pragma once
#include "app/village/cells.h"

enum { INTAKE_TIMEOUT_MS = 20000 };

/* Runs `programs`/elutong-intake with the file on its standard input. ERR_REFUSED: it refused, or
 * the file was its end; the sentence is in out->refused. ERR_IO: it could not be run or took too
 * long; ERR_CORRUPT: it
 * wrote what no reader writes. End with cells_close in every case. */
must_use enum err intake_read(const char *programs, const void *bytes, size_t len,
			      struct cells *out);

/* The same for any of its jobs: `option` NULL or one option of elutong-intake; what it wrote is
 * appended to `said`. ERR_REFUSED: the file was its end. ERR_CORRUPT: it wrote too much. */
must_use enum err intake_run(const char *programs, char *option, const void *bytes, size_t len,
			     struct buf *said);
