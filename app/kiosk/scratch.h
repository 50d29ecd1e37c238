/* scratch.h - a throw-away folder for the pinyin engine, which insists on having one. It never
 * learns; the folder is removed at the exit. */
#pragma once

enum { SCRATCH_PATH = 128 };

/* Under XDG_RUNTIME_DIR, else /dev/shm, else /tmp: memory rather than disk where there is a choice.
 * NULL when none can be made. What killed programs left there is removed first. */
const char *scratch_make(char path[SCRATCH_PATH]);
void scratch_remove(const char *path); /* "" is fine */
