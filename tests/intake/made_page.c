#include "tests/intake/made_page.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

static void must(bool good)
{
	if (!good)
		abort();
}

static const unsigned char quarter[4][3] = {
	{220, 20, 20}, {20, 200, 20}, {20, 20, 220}, {255, 255, 255}};

static const unsigned char *colour_of(int x, int y, int width, int height)
{
	return quarter[(y >= height / 2) * 2 + (x >= width / 2)];
}

static unsigned noise_next(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 24;
}

/* --- JPEG --- */

static void put_exif(struct jpeg_compress_struct *c, const struct made_photo *p)
{
	unsigned char exif[64] =
		"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
	exif[25] = (unsigned char)p->orientation;
	if (p->little) {
		static const unsigned char head[] =
			"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0";
		memcpy(exif + 6, head, sizeof head - 1);
		exif[24] = (unsigned char)p->orientation;
	}
	jpeg_write_marker(c, JPEG_APP0 + 1, exif, sizeof exif);
}

void made_jpeg(struct buf *out, const struct made_photo *p)
{
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr says;
	unsigned char *bytes = NULL;
	unsigned long len = 0;
	unsigned seed = 7;
	int inks = p->inks ? 4 : 3;
	c.err = jpeg_std_error(&says);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, &bytes, &len);
	c.image_width = (JDIMENSION)p->width;
	c.image_height = (JDIMENSION)p->height;
	c.input_components = inks;
	c.in_color_space = p->inks ? JCS_CMYK : JCS_RGB;
	jpeg_set_defaults(&c);
	jpeg_set_quality(&c, p->noise ? 100 : 90, TRUE);
	if (p->progressive)
		jpeg_simple_progression(&c);
	jpeg_start_compress(&c, TRUE);
	if (p->orientation > 0)
		put_exif(&c, p);
	if (p->comment != NULL)
		jpeg_write_marker(&c, JPEG_COM, (const JOCTET *)p->comment,
				  (unsigned)strlen(p->comment));
	unsigned char *row = malloc((size_t)p->width * 4);
	must(row != NULL);
	for (int y = 0; y < p->height; y++) {
		for (int x = 0; x < p->width; x++) {
			unsigned char *to = row + inks * x;
			memcpy(to, colour_of(x, y, p->width, p->height), 3);
			for (int i = 0; p->noise && i < 3; i++)
				to[i] = (unsigned char)noise_next(&seed);
			if (p->inks)
				to[3] = 255; /* inverted: no black */
		}
		jpeg_write_scanlines(&c, &row, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	buf_add(out, bytes, len);
	free(row);
	free(bytes);
}

/* --- PNG --- */

static void append(png_structp png, png_bytep bytes, png_size_t len)
{
	buf_add(png_get_io_ptr(png), bytes, len);
}

static void nothing(png_structp png)
{
	(void)png;
}

void made_png(struct buf *out, int width, int height, bool see_through, bool interlaced)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	size_t each = see_through ? 4 : 3;
	png_bytep *rows = calloc((size_t)height, sizeof *rows);
	must(png != NULL && info != NULL && rows != NULL);
	png_set_write_fn(png, out, append, nothing);
	png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8,
		     see_through ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB,
		     interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
	png_set_text(png, info,
		     &(png_text){.compression = PNG_TEXT_COMPRESSION_NONE,
				 .key = (char[]){"Author"},
				 .text = (char[]){"SECRET-NAME"},
				 .text_length = 11},
		     1);
	for (int y = 0; y < height; y++) {
		rows[y] = malloc((size_t)width * each);
		must(rows[y] != NULL);
		for (int x = 0; x < width; x++) {
			const unsigned char *q = colour_of(x, y, width, height);
			bool hole = see_through && q == quarter[3];
			memcpy(rows[y] + each * (size_t)x, hole ? quarter[0] : q, 3);
			if (see_through)
				rows[y][each * (size_t)x + 3] = hole ? 0 : 255;
		}
	}
	png_write_info(png, info);
	png_write_image(png, rows);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	for (int y = 0; y < height; y++)
		free(rows[y]);
	free(rows);
}

static void put_chunk(struct buf *out, const char *name, const void *bytes, size_t len)
{
	unsigned char number[4] = {(unsigned char)(len >> 24), (unsigned char)(len >> 16),
				   (unsigned char)(len >> 8), (unsigned char)len};
	buf_add(out, number, 4);
	size_t from = out->len;
	buf_add(out, name, 4);
	buf_add(out, bytes, len);
	unsigned long sum = crc32(0, out->p + from, (uInt)(out->len - from));
	for (int i = 0; i < 4; i++)
		number[i] = (unsigned char)(sum >> (24 - 8 * i));
	buf_add(out, number, 4);
}

void made_png_turned(struct buf *out, int width, int height, int orientation)
{
	enum { HEAD = 8 + 25 }; /* the mark and IHDR, which stands first */
	unsigned char exif[] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
	struct buf plain;
	exif[19] = (unsigned char)orientation;
	buf_init(&plain, out->ceiling);
	made_png(&plain, width, height, false, false);
	buf_add(out, plain.p, HEAD);
	put_chunk(out, "eXIf", exif, sizeof exif - 1);
	buf_add(out, plain.p + HEAD, plain.len - HEAD);
	buf_free(&plain);
}

void made_png_bomb(struct buf *out, unsigned width, unsigned height)
{
	unsigned char head[13] = {0,
				  0,
				  (unsigned char)(width >> 8),
				  (unsigned char)width,
				  0,
				  0,
				  (unsigned char)(height >> 8),
				  (unsigned char)height,
				  8,
				  2,
				  0,
				  0,
				  0};
	unsigned char packed[4096];
	static const unsigned char zeros[200000];
	uLongf len = sizeof packed;
	must(compress(packed, &len, zeros, sizeof zeros) == Z_OK);
	buf_add(out, "\x89PNG\r\n\x1a\n", 8);
	put_chunk(out, "IHDR", head, sizeof head);
	put_chunk(out, "IDAT", packed, len);
	put_chunk(out, "IEND", "", 0);
}

/* --- PDF --- */

static cairo_status_t append_pdf(void *out, const unsigned char *bytes, unsigned len)
{
	buf_add(out, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

void made_pdf(struct buf *out, int pages, const char *words)
{
	enum { WIDTH = 595, HEIGHT = 842 };
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(append_pdf, out, WIDTH, HEIGHT);
	cairo_t *c = cairo_create(s);
	for (int page = 0; page < pages; page++) {
		for (int i = 0; i < 4; i++) {
			cairo_set_source_rgb(c, quarter[i][0] / 255.0, quarter[i][1] / 255.0,
					     quarter[i][2] / 255.0);
			cairo_rectangle(c, i % 2 * WIDTH / 2.0, i / 2 * HEIGHT / 2.0, WIDTH / 2.0,
					HEIGHT / 2.0);
			cairo_fill(c);
		}
		/* No two pages are the same. */
		cairo_set_source_rgb(c, 0, 0, 0);
		cairo_rectangle(c, 5 + 20 * page, 5, 10, 10);
		cairo_fill(c);
		if (words != NULL) {
			cairo_select_font_face(c, "Noto Sans CJK SC", CAIRO_FONT_SLANT_NORMAL,
					       CAIRO_FONT_WEIGHT_NORMAL);
			cairo_set_font_size(c, 40);
			cairo_set_source_rgb(c, 0, 0, 0);
			cairo_move_to(c, WIDTH * 0.6, HEIGHT * 0.75);
			cairo_show_text(c, words);
		}
		cairo_show_page(c);
	}
	cairo_destroy(c);
	cairo_surface_finish(s);
	must(cairo_surface_status(s) == CAIRO_STATUS_SUCCESS);
	cairo_surface_destroy(s);
}

void made_page_end(void)
{
	cairo_debug_reset_static_data();
	FcFini();
}

/* A file of numbered objects, the first of them the catalogue, with its table of where they are. */
static void put_pdf(struct buf *out, const char *const *object, size_t count, const char *trailer)
{
	size_t at[16];
	buf_text(out, "%PDF-1.4\n");
	for (size_t i = 0; i < count; i++) {
		at[i] = out->len;
		buf_print(out, "%zu 0 obj\n%s\nendobj\n", i + 1, object[i]);
	}
	size_t table = out->len;
	buf_print(out, "xref\n0 %zu\n0000000000 65535 f \n", count + 1);
	for (size_t i = 0; i < count; i++)
		buf_print(out, "%010zu 00000 n \n", at[i]);
	buf_print(out, "trailer\n<</Size %zu/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", count + 1,
		  trailer, table);
}

void made_pdf_of_system_font(struct buf *out)
{
	static const char *const object[] = {
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 "
		"R/Resources<</Font<</F1 "
		"5 0 R>>>>>>",
		"<</Length 43>>stream\nBT /F1 90 Tf 10 60 Td <C6BED6A4> Tj ET     \nendstream",
		"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[6 0 "
		"R]>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)"
		"/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>",
		"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 "
		"900]/ItalicAngle "
		"0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>"};
	put_pdf(out, object, sizeof object / sizeof object[0], "");
}

void made_pdf_locked(struct buf *out)
{
	static const char *const object[] = {
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
		"<</Filter/Standard/V 1/R 2/P -4"
		"/O<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>"
		"/U<ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100>>>"};
	put_pdf(out, object, sizeof object / sizeof object[0],
		"/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff>"
		"<00112233445566778899aabbccddeeff>]");
}

/* --- looking --- */

static unsigned char *decode(const void *jpeg, size_t len, int *width, int *height)
{
	struct jpeg_decompress_struct d;
	struct jpeg_error_mgr says;
	d.err = jpeg_std_error(&says);
	jpeg_create_decompress(&d);
	jpeg_mem_src(&d, jpeg, len);
	jpeg_read_header(&d, TRUE);
	d.out_color_space = JCS_RGB;
	jpeg_start_decompress(&d);
	*width = (int)d.output_width;
	*height = (int)d.output_height;
	unsigned char *rgb = malloc((size_t)*width * (size_t)*height * 3);
	must(rgb != NULL);
	while (d.output_scanline < d.output_height) {
		JSAMPROW row = rgb + 3 * (size_t)*width * d.output_scanline;
		jpeg_read_scanlines(&d, &row, 1);
	}
	jpeg_finish_decompress(&d);
	jpeg_destroy_decompress(&d);
	return rgb;
}

int made_colour_at(const void *jpeg, size_t len, int x, int y)
{
	static const unsigned char black[3];
	int width, height, found = -1;
	unsigned char *rgb = decode(jpeg, len, &width, &height);
	const unsigned char *p = rgb + 3 * ((size_t)(y * height / 1000) * (size_t)width +
					    (size_t)(x * width / 1000));
	for (int i = 0; i < 5; i++) {
		const unsigned char *c = i < 4 ? quarter[i] : black;
		if (abs(p[0] - c[0]) + abs(p[1] - c[1]) + abs(p[2] - c[2]) < 60)
			found = i;
	}
	free(rgb);
	return found;
}

int made_darkest(const void *jpeg, size_t len, int left, int top, int w, int h)
{
	int width, height, darkest = 255;
	unsigned char *rgb = decode(jpeg, len, &width, &height);
	for (int y = top * height / 1000; y < (top + h) * height / 1000; y++)
		for (int x = left * width / 1000; x < (left + w) * width / 1000; x++) {
			const unsigned char *p = rgb + 3 * ((size_t)y * (size_t)width + (size_t)x);
			int light = (p[0] + p[1] + p[2]) / 3;
			darkest = light < darkest ? light : darkest;
		}
	free(rgb);
	return darkest;
}
