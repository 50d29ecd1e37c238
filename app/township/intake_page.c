#include "app/township/intake_page.h"

#include "app/township/intake.h"

#include <stdio.h>
#include <string.h>

static const char fatal_picture[] =
	"这个文件读到一半读不下去了，可能坏了，或者太复杂。请打印出来重新扫描，或者用手机照一张。";

static enum err pages_by(const char *programs, char *option, const void *bytes, size_t len,
			 struct buf *hold, struct picture_pages *out)
{
	*out = (struct picture_pages){0};
	buf_clear(hold);
	enum err e = intake_run(programs, option, bytes, len, hold);
	if (e == ERR_REFUSED)
		snprintf(out->refused, sizeof out->refused, "%s", fatal_picture);
	return e == OK ? picture_pages_read(hold->p, hold->len, out) : e;
}

enum err intake_pages(const char *programs, const void *bytes, size_t len, const char *boxes,
		      struct buf *hold, struct picture_pages *out)
{
	enum { HEAD = 1024 };
	char option[PICTURE_BOXES_TEXT + 16];
	bool pdf = len > 0 && memmem(bytes, len < HEAD ? len : HEAD, "%PDF-", 5) != NULL;
	if (boxes != NULL)
		snprintf(option, sizeof option, "--boxes=%s", boxes);
	else
		snprintf(option, sizeof option, "%s", pdf ? "--pdf" : "--picture");
	return pages_by(programs, option, bytes, len, hold, out);
}

enum err intake_turn(const char *programs, const void *bytes, size_t len, struct buf *hold,
		     struct picture_pages *out)
{
	char option[] = "--turn";
	return pages_by(programs, option, bytes, len, hold, out);
}
