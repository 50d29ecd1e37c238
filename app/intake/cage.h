/* cage.h - a process that can only read what it was given and write what it found. */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>

/* From here on: no new file, no socket, no program, no other process; at most `memory_mib` of
 * memory and `cpu_s` of work. A forbidden call ends the process. ERR_REFUSED when the kernel does
 * not take the rules; nothing may be read then. */
must_use enum err cage_close(unsigned memory_mib, unsigned cpu_s);
/* As cage_close, and one path may still be opened for reading: `path` at this very address, which
 * must be in memory that cannot be written. NULL: none. */
must_use enum err cage_close_but(unsigned memory_mib, unsigned cpu_s, const char *path);
/* For a library that opens files while it works: reading them is left to what sandbox_folders
 * allowed before, and is refused with `files` false. What such libraries ask for beside that is
 * refused without harm; everything else ends the process. */
must_use enum err cage_close_reading(unsigned memory_mib, unsigned cpu_s, bool files);
