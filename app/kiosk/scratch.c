#include "app/kiosk/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char name[] = "elutong-pinyin-";

static const char *base(void)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	if (runtime != NULL && strlen(runtime) < SCRATCH_PATH - 32 && access(runtime, W_OK) == 0)
		return runtime;
	return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

/* The name says whose it is: elutong-pinyin-PID-XXXXXX. */
static bool is_left_over(const char *folder_name)
{
	const char *pid = folder_name + sizeof name - 1;
	char *end;
	if (strncmp(folder_name, name, sizeof name - 1) != 0)
		return false;
	long owner = strtol(pid, &end, 10);
	return end != pid && *end == '-' && owner > 0 && kill((pid_t)owner, 0) != 0 &&
	       errno == ESRCH;
}

static void remove_left_overs(const char *folder)
{
	char path[SCRATCH_PATH];
	struct stat st;
	DIR *d = opendir(folder);
	for (struct dirent *e = d == NULL ? NULL : readdir(d); e != NULL; e = readdir(d)) {
		if (!is_left_over(e->d_name) ||
		    (size_t)snprintf(path, sizeof path, "%s/%s", folder, e->d_name) >= sizeof path)
			continue;
		if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid())
			scratch_remove(path);
	}
	if (d != NULL)
		closedir(d);
}

const char *scratch_make(char path[SCRATCH_PATH])
{
	const char *folder = base();
	remove_left_overs(folder);
	snprintf(path, SCRATCH_PATH, "%s/%s%ld-XXXXXX", folder, name, (long)getpid());
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
