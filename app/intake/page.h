/* page.h - one uploaded picture or PDF becomes clean pages as picture.h names them, or one sentence
 * that says what to do.
 *
 * What the file is shows in its bytes, never in its name. JPEG and PNG are read in the strictest
 * cage; a PDF needs fonts, so it is read in another (page_pdf.h), and the caller says beforehand
 * which of the two it is. */
#pragma once
#include "app/base/buf.h"

enum page_fault {
	PAGE_FINE,
	PAGE_BROKEN,
	PAGE_LONG,
	PAGE_LARGE, /* more pixels than a camera or scanner makes */
	PAGE_EMPTY,
	PAGE_HEIC,
	PAGE_WEBP,
	PAGE_TIFF,
	PAGE_OTHER_PICTURE, /* GIF, BMP, AVIF */
	PAGE_PDF,           /* where a picture was to be */
	PAGE_TABLE,
	PAGE_ARCHIVE,
	PAGE_UNKNOWN,
	PAGE_LOCKED,
	PAGE_MANY,
	PAGE_NONE,
	PAGE_MEMORY,
	PAGE_FAULTS
};
const char *page_fault_words(enum page_fault f);

/* What the bytes are, when they are no picture this house reads; PAGE_PDF for a PDF. */
enum page_fault page_kind(const void *bytes, size_t len);

/* Writes the page of a JPEG or PNG into `out`, which must be empty; a refusal is a line too. */
void page_picture(const void *bytes, size_t len, struct buf *out);
/* The same picture with boxes burnt in; `boxes` as picture_boxes_write. */
void page_boxed(const void *bytes, size_t len, const char *boxes, struct buf *out);
/* The same picture, turned to the right by a quarter. */
void page_turned(const void *bytes, size_t len, struct buf *out);
/* Clears what was written and says it in words. */
void page_refuse(enum page_fault f, struct buf *out);
