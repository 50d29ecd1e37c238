#include "app/kiosk/scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *base(void)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	if (runtime != NULL && strlen(runtime) < SCRATCH_PATH - 32 && access(runtime, W_OK) == 0)
		return runtime;
	return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

const char *scratch_make(char path[SCRATCH_PATH])
{
	snprintf(path, SCRATCH_PATH, "%s/elutong-pinyin-XXXXXX", base());
	if (mkdtemp(path) == NULL)
		path[0] = 0;
	return path[0] == 0 ? NULL : path;
}

void scratch_remove(const char *path)
{
	if (path[0] == 0)
		return;
	DIR *d = opendir(path);
	for (struct dirent *e = d == NULL ? NULL : readdir(d); e != NULL; e = readdir(d))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(dirfd(d), e->d_name, 0);
	if (d != NULL)
		closedir(d);
	rmdir(path);
}
