/* pdf_fuzz.c - any bytes as an uploaded PDF: fit pages or a refusal. */
#include "app/intake/page_pdf.h"
#include "app/village/picture.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct picture_pages pages;
	static bool started;
	struct buf out;
	if (!started && page_pdf_start() != OK)
		abort();
	started = true;
	buf_init(&out, PICTURE_OUT_MAX);
	page_pdf(data, size, &out);
	enum err e = picture_pages_read(out.p, out.len, &pages);
	if (e != OK && e != ERR_REFUSED)
		abort();
	buf_free(&out);
	return 0;
}
