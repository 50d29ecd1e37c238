#include "app/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

static struct {
	const char *program;
	FILE *to;
} sink = {.program = "elutong"};

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
