/* made_page.h - photos, scans and PDF made by the tests: good ones, turned ones, ones that lie. */
#pragma once
#include "app/base/buf.h"

/* Four quarters: red, green / blue, white. */
enum made_colour { MADE_RED, MADE_GREEN, MADE_BLUE, MADE_WHITE, MADE_BLACK };

struct made_photo {
	int width, height; /* as stored */
	int orientation;   /* EXIF; 0: no EXIF */
	bool little;       /* byte order of the EXIF */
	bool progressive;
	bool inks;           /* CMYK as Adobe's program writes it */
	const char *comment; /* NULL: none */
	bool noise;          /* instead of the quarters: what compresses worst */
};
void made_jpeg(struct buf *out, const struct made_photo *p);
/* `see_through`: the white quarter is not there, and has red under it. */
void made_png(struct buf *out, int width, int height, bool see_through, bool interlaced);
/* With an eXIf chunk. */
void made_png_turned(struct buf *out, int width, int height, int orientation);
/* Says it is this large, whatever it holds. */
void made_png_bomb(struct buf *out, unsigned width, unsigned height);
/* A4 pages with the quarters, and words in a font that is within when `words` is not NULL. */
void made_pdf(struct buf *out, int pages, const char *words);
/* Chinese words in a font that is not within and a character map of poppler-data. */
void made_pdf_of_system_font(struct buf *out);
/* Needs a password. */
void made_pdf_locked(struct buf *out);

/* What the libraries above keep for the next drawing. */
void made_page_end(void);

/* The colour around a point, in thousandths of the picture; -1 for a mixed one. */
int made_colour_at(const void *jpeg, size_t len, int x, int y);
/* How dark the darkest pixel of a part is, 0 ... 255. */
int made_darkest(const void *jpeg, size_t len, int left, int top, int width, int height);
