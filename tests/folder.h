/* folder.h - a throw-away folder with all that a test puts in it. */
#pragma once
#include <stdio.h>
#include <stdlib.h>

/* 0 when nothing of it is left. */
static inline int folder_remove(const char *folder)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}
