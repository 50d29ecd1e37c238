#include "sync/err.h"

#include <stdarg.h>
#include <stdio.h>

static void (*line_to)(const char *text);

void sync_log_to(void (*line)(const char *text))
{
	line_to = line;
}

void sync_log(const char *format, ...)
{
	char text[512];
	va_list args;
	if (line_to == NULL)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	line_to(text);
}
