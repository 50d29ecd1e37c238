#include "app/base/log.h"

#include "app/base/stamp.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct {
	const char *program;
	FILE *to;
	char file[4096]; /* what standard error is; "": no file, or nobody asked */
	long most_bytes;
} sink = {.program = "elutong"};

/* Whole lines are not looked for: the older file is there to be read by a person. */
static void copy(const char *from, const char *to)
{
	unsigned char piece[16384];
	ssize_t n;
	int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int out =
		in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
	while (out >= 0 && (n = read(in, piece, sizeof piece)) > 0)
		if (write(out, piece, (size_t)n) != n)
			break; /* a full disk: the room is needed more than the older lines */
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
}

/* Several processes append to one file, so it is emptied in place: each goes on at its new end. Of
 * the threads of one only one copies. */
static void keep_bound(void)
{
	static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
	char older[sizeof sink.file + 2];
	struct stat s;
	if (sink.file[0] == 0 || sink.to != NULL || fstat(STDERR_FILENO, &s) != 0)
		return;
	pthread_mutex_lock(&one);
	if (fstat(STDERR_FILENO, &s) == 0 && s.st_size > sink.most_bytes) {
		snprintf(older, sizeof older, "%s.1", sink.file);
		copy(sink.file, older);
		stamp_day(older);
		(void)!ftruncate(STDERR_FILENO, 0);
	}
	stamp_day(sink.file);
	pthread_mutex_unlock(&one);
}

void log_bound(long most_bytes)
{
	struct stat s;
	int flags = fcntl(STDERR_FILENO, F_GETFL);
	sink.file[0] = 0;
	sink.most_bytes = most_bytes;
	if (fstat(STDERR_FILENO, &s) != 0 || !S_ISREG(s.st_mode) || flags < 0 ||
	    (flags & O_APPEND) == 0)
		return;
	ssize_t n = readlink("/proc/self/fd/2", sink.file, sizeof sink.file - 1);
	sink.file[n > 0 ? n : 0] = 0;
	keep_bound();
}

static void line(const char *level, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void line(const char *level, const char *format, va_list args)
{
	/* The day only: an hour in a log could tell who stood at the kiosk. */
	char text[1024], day[16] = "";
	time_t now = time(NULL) + 8L * 3600;
	struct tm tm;
	if (gmtime_r(&now, &tm) != NULL)
		strftime(day, sizeof day, "%Y-%m-%d", &tm);
	vsnprintf(text, sizeof text, format, args);
	for (char *c = text; *c != 0; c++)
		if ((unsigned char)*c < 0x20)
			*c = ' ';
	FILE *to = sink.to == NULL ? stderr : sink.to;
	fprintf(to, "%s %s %s%s\n", day, sink.program, level, text);
	fflush(to);
	keep_bound();
}

void log_info(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	line("", format, args);
	va_end(args);
}

void log_warn(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	line("warning: ", format, args);
	va_end(args);
}

void log_name(const char *program)
{
	sink.program = program;
}

void log_to(const char *path)
{
	FILE *f = fopen(path, "ae");
	if (f == NULL)
		return;
	if (sink.to != NULL)
		fclose(sink.to);
	sink.to = f;
}
