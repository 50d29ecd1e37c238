#include "app/store/kiosk/line.h"

#include "app/base/buf.h"
#include "app/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LINE_FILE_MAX = 256 };

static int64_t since_boot_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_BOOTTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The kernel's name for this start of the machine; "" where it cannot be read. */
static void boot_name(char out[64])
{
	struct buf b;
	buf_init(&b, 63);
	out[0] = 0;
	if (buf_read_file(&b, "/proc/sys/kernel/random/boot_id") == OK)
		snprintf(out, 64, "%.*s", (int)strcspn(buf_str(&b), "\n"), buf_str(&b));
	buf_free(&b);
}

struct line_file {
	bool up;
	int64_t first_ms, last_ms; /* since when so, and when last seen so */
};

static bool read_file(const char *path, struct line_file *out)
{
	char word[8], boot[64], now_boot[64];
	struct buf b;
	buf_init(&b, LINE_FILE_MAX);
	bool good = buf_read_file(&b, path) == OK;
	const char *at = buf_str(&b);
	good = good && text_word(&at, word, sizeof word) && text_whole(&at, &out->first_ms) &&
	       text_whole(&at, &out->last_ms) && text_word(&at, boot, sizeof boot);
	buf_free(&b);
	if (!good)
		return false;
	boot_name(now_boot);
	out->up = strcmp(word, "up") == 0;
	return strcmp(boot, now_boot) == 0;
}

enum line_state line_read(const char *folder, int64_t fresh_ms, int64_t *since_ms)
{
	char path[4096];
	struct line_file f;
	int64_t now = since_boot_ms();
	snprintf(path, sizeof path, "%s/line", folder);
	*since_ms = 0;
	if (!read_file(path, &f) || f.last_ms > now || now - f.last_ms > fresh_ms)
		return LINE_UNKNOWN;
	*since_ms = now - f.first_ms;
	return f.up ? LINE_UP : LINE_DOWN;
}

enum err line_write(const char *folder, bool up)
{
	char path[4096], text[LINE_FILE_MAX], boot[64];
	struct line_file f;
	int64_t now = since_boot_ms(), first = now;
	snprintf(path, sizeof path, "%s/line", folder);
	if (read_file(path, &f) && f.up == up && f.first_ms <= now)
		first = f.first_ms;
	boot_name(boot);
	int n = snprintf(text, sizeof text, "%s %" PRId64 " %" PRId64 " %s\n", up ? "up" : "down",
			 first, now, boot);
	return file_replace(path, text, (size_t)n, 0660);
}
