/* page_pdf.h - the pages of an uploaded PDF.
 *
 * Poppler draws them (poppler-glib, cairo, fontconfig): far more code than a picture needs, and it
 * opens fonts and character maps while it works. So it has a cage of its own: every call that is
 * not known to be needed ends the process, and only the folders of fonts and of poppler-data can be
 * read. Where the kernel cannot close the other folders, no file is opened at all, and a PDF whose
 * fonts are not within it comes out without them. */
#pragma once
#include "app/base/buf.h"

/* What poppler and fontconfig read once and keep; before the cage. */
must_use enum err page_pdf_start(void);
must_use enum err page_pdf_cage(unsigned memory_mib, unsigned cpu_s);
/* Writes all pages into `out`, which must be empty; a refusal is a line too. */
void page_pdf(const void *bytes, size_t len, struct buf *out);
