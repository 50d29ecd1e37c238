/* log.h - what happened, for a person; one line each, never what a resident wrote.
 *
 * Goes to standard error until log_to names a file. The finder of a trouble
 * logs it once; callers pass the code on. */
#pragma once

void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Program name at the head of each line; borrowed. */
void log_name(const char *program);
/* When standard error is a file, it is kept below about this size: then all of it becomes FILE.1,
 * the only older one, and it begins anew. Whoever else writes into it goes on doing so. The file's
 * times tell the day alone. Before the program is confined. */
void log_bound(long most_bytes);
enum { LOG_BYTES_MAX = 1 << 20 };
/* Appends to `path` from now on; keeps standard error when it cannot be opened. */
void log_to(const char *path);
