/* sandbox.h - rights a process gives up for good: folders by landlock, system calls by seccomp.
 *
 * What is open stays open; libraries that need more must be started before. Nothing given up here
 * comes back, not in threads and not in children. */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum sandbox_right {
	SANDBOX_READ,        /* files and folders beneath it */
	SANDBOX_WRITE,       /* read, write, make and remove beneath it */
	SANDBOX_DEVICES,     /* read, write and steer what is there, make and remove nothing */
	SANDBOX_REMOVE_EMPTY /* nothing but removing empty folders in it */
};
struct sandbox_folder {
	const char *path; /* or a file; NULL or a missing one is passed over */
	enum sandbox_right right;
};

/* From here on no file can be opened, made or removed but as `folder` allows. ERR_MISSING: this
 * kernel has no landlock and nothing changed; ERR_REFUSED: it has and did not take the rules. */
must_use enum err sandbox_folders(const struct sandbox_folder *folder, size_t count);

/* No program, no other process (threads are fine), no look into another one, no socket but AF_UNIX,
 * nothing that administers the machine. A forbidden call fails with EPERM. ERR_REFUSED. */
must_use enum err sandbox_no_programs(void);

/* Nothing but these system calls; any other ends the process. With `path` one file may still be
 * opened for reading: by this name at this very address, which must be in memory that cannot be
 * written. ERR_REFUSED. */
must_use enum err sandbox_only_calls(const int *call, size_t count, const char *path);
/* As above for a library that opens files while it works. With `files` those that sandbox_folders
 * left can be opened for reading; without, opening is refused. Looking at files, asking for limits
 * or threads and the like is refused without harm. ERR_REFUSED. */
must_use enum err sandbox_only_calls_reading(const int *call, size_t count, bool files);
