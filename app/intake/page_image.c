#include "app/intake/page_image.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>
#include <png.h>

/* --- JPEG --- */

/* A progressive file can have as many scans as it likes, each a pass over all pixels; what cameras
 * and scanners write has about ten. */
enum { SCANS_MAX = 60, JPEG_MEMORY_MAX = 400 << 20 };

struct reading {
	struct jpeg_decompress_struct d;
	struct jpeg_error_mgr says;
	struct jpeg_progress_mgr progress;
	jmp_buf out;
	enum page_fault fault;
	bool cut; /* it ends before the picture does */
	struct raster *raster;
	JSAMPLE *row; /* of a CMYK file, before it is RGB */
};

static void give_up(j_common_ptr d)
{
	longjmp(((struct reading *)d->client_data)->out, 1);
}

/* Stray bytes between segments are common and harmless; missing ones are not. */
static void take_note(j_common_ptr d, int level)
{
	if (level < 0 && (d->err->msg_code == JWRN_JPEG_EOF || d->err->msg_code == JWRN_HIT_MARKER))
		((struct reading *)d->client_data)->cut = true;
}

static void count_scans(j_common_ptr d)
{
	struct reading *r = d->client_data;
	if (r->d.input_scan_number > SCANS_MAX)
		give_up(d);
}

/* The library reads at 1/8 ... 8/8; the smallest that still gives a whole page saves memory. */
static void choose_scale(struct reading *r)
{
	unsigned longer =
		r->d.image_width > r->d.image_height ? r->d.image_width : r->d.image_height;
	r->d.scale_denom = 8;
	for (r->d.scale_num = 1; r->d.scale_num < 8; r->d.scale_num++)
		if (longer * r->d.scale_num / 8 >= PAGE_SIDE_MAX)
			break;
}

static int stored_orientation(const struct reading *r)
{
	static const char exif[6] = {'E', 'x', 'i', 'f', 0, 0};
	for (const struct jpeg_marker_struct *m = r->d.marker_list; m != NULL; m = m->next)
		if (m->marker == JPEG_APP0 + 1 && m->data_length > sizeof exif &&
		    memcmp(m->data, exif, sizeof exif) == 0)
			return exif_orientation(m->data + sizeof exif,
						m->data_length - sizeof exif);
	return 1;
}

/* Files with four inks are written inverted by the one program that writes them (Adobe's). */
static void from_cmyk(const JSAMPLE *row, unsigned char *rgb, JDIMENSION width)
{
	for (JDIMENSION x = 0; x < width; x++, row += 4, rgb += 3)
		for (int c = 0; c < 3; c++)
			rgb[c] = (unsigned char)(row[c] * row[3] / 255);
}

static void read_rows(struct reading *r)
{
	bool inks = r->d.out_color_space == JCS_CMYK;
	size_t width = r->d.output_width;
	r->fault = PAGE_MEMORY;
	if (raster_make((int)width, (int)r->d.output_height, r->raster) != OK)
		give_up((j_common_ptr)&r->d);
	r->row = inks ? malloc(width * 4) : NULL;
	if (inks && r->row == NULL)
		give_up((j_common_ptr)&r->d);
	r->fault = PAGE_BROKEN;
	while (r->d.output_scanline < r->d.output_height) {
		unsigned char *to = r->raster->rgb + 3 * width * r->d.output_scanline;
		JSAMPROW row = inks ? r->row : to;
		if (jpeg_read_scanlines(&r->d, &row, 1) == 1 && inks)
			from_cmyk(r->row, to, r->d.output_width);
	}
}

static enum page_fault decompress(struct reading *r, const void *bytes, size_t len)
{
	int orientation;
	jpeg_create_decompress(&r->d);
	r->d.mem->max_memory_to_use = JPEG_MEMORY_MAX;
	r->progress.progress_monitor = count_scans;
	r->d.progress = &r->progress;
	jpeg_save_markers(&r->d, JPEG_APP0 + 1, 0xffff);
	jpeg_mem_src(&r->d, bytes, len);
	jpeg_read_header(&r->d, TRUE);
	if (!raster_size_sane(r->d.image_width, r->d.image_height))
		return PAGE_LARGE;
	orientation = stored_orientation(r);
	bool inks = r->d.jpeg_color_space == JCS_CMYK || r->d.jpeg_color_space == JCS_YCCK;
	r->d.out_color_space = inks ? JCS_CMYK : JCS_RGB;
	choose_scale(r);
	jpeg_start_decompress(&r->d);
	read_rows(r);
	jpeg_finish_decompress(&r->d);
	/* A picture that ends early is grey below; half a voucher is no voucher. */
	if (r->cut)
		return PAGE_BROKEN;
	r->fault = PAGE_MEMORY;
	return raster_shrink(r->raster, PAGE_SIDE_MAX) == OK &&
			       raster_turn(r->raster, orientation) == OK
		       ? PAGE_FINE
		       : PAGE_MEMORY;
}

static enum page_fault read_jpeg(const void *bytes, size_t len, struct raster *out)
{
	struct reading *r = calloc(1, sizeof *r);
	if (r == NULL)
		return PAGE_MEMORY;
	r->d.err = jpeg_std_error(&r->says);
	r->says.error_exit = give_up;
	r->says.emit_message = take_note;
	r->d.client_data = r;
	r->fault = PAGE_BROKEN;
	r->raster = out;
	if (setjmp(r->out) == 0)
		r->fault = decompress(r, bytes, len);
	enum page_fault f = r->fault;
	if (f == PAGE_BROKEN && r->says.msg_code == JERR_OUT_OF_MEMORY)
		f = PAGE_MEMORY;
	jpeg_destroy_decompress(&r->d);
	free(r->row);
	free(r);
	return f;
}

/* --- PNG --- */

/* The eXIf chunk, which the library's simple way of reading does not show. */
static int chunk_orientation(const unsigned char *p, size_t len)
{
	size_t at = 8;
	while (len - at >= 12) {
		size_t n = (size_t)p[at] << 24 | (size_t)p[at + 1] << 16 | (size_t)p[at + 2] << 8 |
			   p[at + 3];
		if (n > len - at - 12)
			break;
		if (memcmp(p + at + 4, "eXIf", 4) == 0)
			return exif_orientation(p + at + 8, n);
		at += n + 12;
	}
	return 1;
}

static enum page_fault read_png(const void *bytes, size_t len, struct raster *out)
{
	static const png_color paper = {255, 255, 255};
	png_image image = {.version = PNG_IMAGE_VERSION};
	enum page_fault f = PAGE_BROKEN;
	if (png_image_begin_read_from_memory(&image, bytes, len) == 0)
		goto done;
	f = PAGE_LARGE;
	if (!raster_size_sane(image.width, image.height))
		goto done;
	f = PAGE_MEMORY;
	if (raster_make((int)image.width, (int)image.height, out) != OK)
		goto done;
	image.format = PNG_FORMAT_RGB;
	f = PAGE_BROKEN;
	/* What is see-through lies on white paper. */
	if (png_image_finish_read(&image, &paper, out->rgb, 0, NULL) == 0)
		goto done;
	f = raster_shrink(out, PAGE_SIDE_MAX) == OK &&
			    raster_turn(out, chunk_orientation(bytes, len)) == OK
		    ? PAGE_FINE
		    : PAGE_MEMORY;
done:
	png_image_free(&image);
	return f;
}

enum page_fault page_image_read(const void *bytes, size_t len, struct raster *out)
{
	const unsigned char *p = bytes;
	*out = (struct raster){0};
	enum page_fault f = p[0] == 0x89 ? read_png(bytes, len, out) : read_jpeg(bytes, len, out);
	if (f != PAGE_FINE)
		raster_free(out);
	return f;
}
