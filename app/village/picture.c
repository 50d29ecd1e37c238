#include "app/village/picture.h"

#include "app/base/text.h"

#include <stdio.h>
#include <string.h>

/* --- the markers of a JPEG (ITU-T T.81, annex B) --- */

enum {
	M_SOF0 = 0xc0,
	M_DHT = 0xc4,
	M_RST0 = 0xd0,
	M_RST7 = 0xd7,
	M_SOI = 0xd8,
	M_EOI = 0xd9,
	M_SOS = 0xda,
	M_DQT = 0xdb,
	M_DRI = 0xdd,
	M_APP0 = 0xe0,
	JFIF_BYTES = 16 /* of its segment, when no thumbnail is in it */
};

static int number2(const unsigned char *p)
{
	return p[0] << 8 | p[1];
}

/* One segment before the picture; `p` stands on its length. */
static bool segment_fit(int marker, const unsigned char *p, int len, int *width, int *height)
{
	switch (marker) {
	case M_APP0:
		return len == JFIF_BYTES && memcmp(p + 2, "JFIF", 5) == 0 && p[14] == 0 &&
		       p[15] == 0;
	case M_SOF0:
		if (*width != 0 || len < 8 || p[2] != 8 || (p[7] != 1 && p[7] != 3) ||
		    len != 8 + 3 * p[7])
			return false;
		*height = number2(p + 3);
		*width = number2(p + 5);
		return *width > 0 && *height > 0 && *width <= PAGE_SIDE_MAX &&
		       *height <= PAGE_SIDE_MAX;
#if SEEDED_BUG == 52 /* whatever a camera adds is let through */
	case 0xe1:
	case 0xfe:
#endif
	case M_DQT:
	case M_DHT:
	case M_DRI:
		return true;
	case M_SOS: /* all components at once: there is no second scan */
		return *width != 0 && len >= 3 && (p[2] == 1 || p[2] == 3) && len == 6 + 2 * p[2];
	default:
		return false;
	}
}

/* The picture itself: up to the end mark, which is the end of the bytes. */
static bool scan_fit(const unsigned char *p, const unsigned char *end)
{
	for (; p + 1 < end; p++) {
		if (p[0] != 0xff || p[1] == 0 || (p[1] >= M_RST0 && p[1] <= M_RST7))
			continue;
		return p[1] == M_EOI && p + 2 == end;
	}
	return false;
}

enum err picture_fit(const void *bytes, size_t len, int *width, int *height)
{
	const unsigned char *p = bytes, *end = p + len;
	*width = *height = 0;
	if (len < 4 || len > PAGE_BYTES_MAX || p[0] != 0xff || p[1] != M_SOI)
		return ERR_CORRUPT;
	p += 2;
	while (end - p >= 4 && p[0] == 0xff) {
		int marker = p[1], segment = number2(p + 2);
		if (segment < 2 || end - p < 2 + segment ||
		    !segment_fit(marker, p + 2, segment, width, height))
			return ERR_CORRUPT;
		p += 2 + segment;
		if (marker == M_SOS)
			return scan_fit(p, end) ? OK : ERR_CORRUPT;
	}
	return ERR_CORRUPT;
}

/* --- what the reader writes --- */

void picture_page_put(struct buf *out, const void *jpeg, size_t len)
{
	buf_print(out, "page %zu\n", len);
	buf_add(out, jpeg, len);
}

void picture_end_put(struct buf *out, size_t pages)
{
	buf_print(out, "end %zu\n", pages);
}

void picture_refused_put(struct buf *out, const char *words)
{
	buf_print(out, "refused %s\n", words);
}

/* What stands after `word` up to the end of the line; NULL when it is another line. */
static const char *after_word(const char **p, const char *end, const char *word, size_t *len)
{
	size_t n = strlen(word);
	const char *feed = memchr(*p, '\n', (size_t)(end - *p)), *at = *p;
	if (feed == NULL || (size_t)(feed - at) < n || memcmp(at, word, n) != 0)
		return NULL;
	*len = (size_t)(feed - at) - n;
	*p = feed + 1;
	return at + n;
}

static bool take_page(const char **p, const char *end, const char *digits, size_t n,
		      struct picture_pages *out)
{
	int64_t len;
	if (out->count == PICTURE_PAGES_MAX || !text_number(digits, n, &len) || len < 0 ||
	    len > end - *p)
		return false;
	struct picture_page *page = &out->page[out->count++];
	page->bytes = (const unsigned char *)*p;
	page->len = (size_t)len;
	*p += len;
	return picture_fit(page->bytes, page->len, &page->width, &page->height) == OK;
}

enum err picture_pages_read(const void *bytes, size_t len, struct picture_pages *out)
{
	const char *p = bytes, *end = p + len, *rest;
	size_t n;
	int64_t count;
	*out = (struct picture_pages){0};
	rest = len == 0 ? NULL : after_word(&p, end, "refused ", &n);
	if (rest != NULL) {
		if (p != end || n == 0 || n >= sizeof out->refused || !text_is_plain(rest, n))
			return ERR_CORRUPT;
		text_copy(out->refused, sizeof out->refused, rest, n);
		return ERR_REFUSED;
	}
	while (p < end) {
		rest = after_word(&p, end, "page ", &n);
		if (rest != NULL) {
			if (!take_page(&p, end, rest, n, out))
				return ERR_CORRUPT;
			continue;
		}
		rest = after_word(&p, end, "end ", &n);
		return rest != NULL && p == end && text_number(rest, n, &count) && count > 0 &&
				       (size_t)count == out->count
			       ? OK
			       : ERR_CORRUPT;
	}
	return ERR_CORRUPT;
}

/* --- boxes --- */

static bool box_fits(const struct picture_box *b)
{
	return b->left >= 0 && b->top >= 0 && b->width > 0 && b->height > 0 && b->width <= 1000 &&
	       b->height <= 1000 && b->left + b->width <= 1000 && b->top + b->height <= 1000;
}

void picture_boxes_write(const struct picture_box *box, size_t count, char out[PICTURE_BOXES_TEXT])
{
	size_t n = 0;
	out[0] = 0;
	for (size_t i = 0; i < count && i < PICTURE_BOXES_MAX; i++)
		n += (size_t)snprintf(out + n, PICTURE_BOXES_TEXT - n, "%s%d %d %d %d",
				      i == 0 ? "" : ";", box[i].left, box[i].top, box[i].width,
				      box[i].height);
}

static bool take_number(const char **p, char after, int *out)
{
	int64_t v;
	size_t n = strspn(*p, "0123456789");
	if (n == 0 || n > 4 || (*p)[n] != after || !text_number(*p, n, &v))
		return false;
	*out = (int)v;
	*p += n;
	return true;
}

bool picture_boxes_read(const char *text, struct picture_box box[PICTURE_BOXES_MAX], size_t *count)
{
	const char *p = text;
	*count = 0;
	while (*p != 0) {
		struct picture_box b;
		if (*count == PICTURE_BOXES_MAX || !take_number(&p, ' ', &b.left) || *p++ != ' ' ||
		    !take_number(&p, ' ', &b.top) || *p++ != ' ' ||
		    !take_number(&p, ' ', &b.width) || *p++ != ' ')
			return false;
		const char *last = p + strspn(p, "0123456789");
		if (!take_number(&p, *last == ';' ? ';' : 0, &b.height) || !box_fits(&b))
			return false;
		box[(*count)++] = b;
		p += *p == ';';
	}
	return true;
}
