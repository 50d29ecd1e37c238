#include "app/intake/page_pdf.h"

#include "app/base/log.h"
#include "app/base/sandbox.h"
#include "app/intake/cage.h"
#include "app/intake/page.h"
#include "app/intake/raster.h"

#include <fontconfig/fontconfig.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

/* --- the cage --- */

static const struct sandbox_folder readable[] = {
	{"/usr/share/fonts", SANDBOX_READ},   {"/usr/local/share/fonts", SANDBOX_READ},
	{"/usr/share/poppler", SANDBOX_READ}, {"/usr/share/fontconfig", SANDBOX_READ},
	{"/etc/fonts", SANDBOX_READ},         {"/var/cache/fontconfig", SANDBOX_READ}};

enum err page_pdf_start(void)
{
	/* The list of fonts is read here; looking a font up later opens that one. */
	if (!FcInit() || FcConfigGetFonts(NULL, FcSetSystem) == NULL)
		log_warn("no list of fonts: PDF without their own fonts come out empty");
	return OK;
}

enum err page_pdf_cage(unsigned memory_mib, unsigned cpu_s)
{
	enum err e = sandbox_folders(readable, sizeof readable / sizeof readable[0]);
	if (e != OK && e != ERR_MISSING)
		return e;
	return cage_close_reading(memory_mib, cpu_s, e == OK);
}

/* --- pages --- */

/* As many pixels as a page may have, but no more than 300 to the inch: a till receipt is not blown
 * up. */
static double scale_of(double width, double height)
{
	double longer = width > height ? width : height;
	double most = 300.0 / 72.0;
	return longer * most > PAGE_SIDE_MAX ? PAGE_SIDE_MAX / longer : most;
}

/* Cairo keeps 0xXXRRGGBB in the machine's order. */
static void take_pixels(cairo_surface_t *s, struct raster *r)
{
	const unsigned char *from = cairo_image_surface_get_data(s);
	int stride = cairo_image_surface_get_stride(s);
	for (int y = 0; y < r->height; y++)
		for (int x = 0; x < r->width; x++) {
			uint32_t v;
			unsigned char *to = r->rgb + 3 * ((size_t)y * (size_t)r->width + (size_t)x);
			memcpy(&v, from + (size_t)y * (size_t)stride + 4 * (size_t)x, sizeof v);
			to[0] = (unsigned char)(v >> 16);
			to[1] = (unsigned char)(v >> 8);
			to[2] = (unsigned char)v;
		}
}

static bool draw(PopplerPage *page, double scale, cairo_surface_t *s)
{
	cairo_t *c = cairo_create(s);
	cairo_set_source_rgb(c, 1, 1, 1);
	cairo_paint(c);
	cairo_scale(c, scale, scale);
	poppler_page_render(page, c);
	cairo_surface_flush(s);
	bool good = cairo_status(c) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(c);
	return good;
}

static enum page_fault one_page(PopplerPage *page, struct buf *jpeg)
{
	double width, height;
	struct raster r = {0};
	poppler_page_get_size(page, &width, &height);
	if (!(width >= 1 && height >= 1 && width < 20000 && height < 20000))
		return PAGE_BROKEN;
	double scale = scale_of(width, height);
	int w = (int)(width * scale + 0.5), h = (int)(height * scale + 0.5);
	w = w < 1 ? 1 : w;
	h = h < 1 ? 1 : h;
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	enum page_fault f = PAGE_MEMORY;
	if (cairo_surface_status(s) == CAIRO_STATUS_SUCCESS && draw(page, scale, s) &&
	    raster_make(w, h, &r) == OK) {
		take_pixels(s, &r);
		f = raster_write(&r, jpeg) == OK ? PAGE_FINE : PAGE_MEMORY;
	}
	raster_free(&r);
	cairo_surface_destroy(s);
	return f;
}

static enum page_fault all_pages(PopplerDocument *d, struct buf *out)
{
	int count = poppler_document_get_n_pages(d);
	enum page_fault f = count < 1                   ? PAGE_NONE
			    : count > PICTURE_PAGES_MAX ? PAGE_MANY
							: PAGE_FINE;
	struct buf jpeg;
	buf_init(&jpeg, PAGE_BYTES_MAX);
	for (int i = 0; f == PAGE_FINE && i < count; i++) {
		PopplerPage *page = poppler_document_get_page(d, i);
		buf_clear(&jpeg);
		f = page == NULL ? PAGE_BROKEN : one_page(page, &jpeg);
		if (page != NULL)
			g_object_unref(page);
		if (f == PAGE_FINE)
			picture_page_put(out, jpeg.p, jpeg.len);
	}
	if (f == PAGE_FINE)
		picture_end_put(out, (size_t)count);
	buf_free(&jpeg);
	return f;
}

/* What poppler notices of a broken file is told in one sentence, not line by line. */
static void quiet(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer self)
{
	(void)domain;
	(void)level;
	(void)text;
	(void)self;
}

void page_pdf(const void *bytes, size_t len, struct buf *out)
{
	GError *why = NULL;
	PopplerDocument *d = NULL;
	enum page_fault f = len > PICTURE_FILE_MAX ? PAGE_LONG : page_kind(bytes, len);
	g_log_set_default_handler(quiet, NULL);
	if (f == PAGE_FINE)
		f = PAGE_UNKNOWN; /* a picture where a PDF was told */
	if (f == PAGE_PDF) {
		GBytes *b = g_bytes_new_static(bytes, len);
		d = poppler_document_new_from_bytes(b, NULL, &why);
		g_bytes_unref(b);
		f = PAGE_FINE;
	}
	if (f == PAGE_FINE && d == NULL)
		f = g_error_matches(why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? PAGE_LOCKED
										 : PAGE_BROKEN;
	if (f == PAGE_FINE)
		f = all_pages(d, out);
	if (f == PAGE_FINE && out->full)
		f = PAGE_MEMORY;
	if (f != PAGE_FINE)
		page_refuse(f, out);
	if (d != NULL)
		g_object_unref(d);
	g_clear_error(&why);
}
