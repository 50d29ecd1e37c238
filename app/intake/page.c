#include "app/intake/page.h"

#include "app/intake/page_image.h"

#include <stdlib.h>
#include <string.h>

/* Of EXIF: as it is; its top is on the left, so it goes right by a quarter. */
enum { UPRIGHT = 1, LIES_LEFT = 6 };

const char *page_fault_words(enum page_fault f)
{
	static const char *const words[PAGE_FAULTS] = {
		[PAGE_FINE] = "这个文件没有问题。",
		[PAGE_BROKEN] = "文件坏了，或者没有传完整。请重新拍一张或者重新扫描，再上传。",
		[PAGE_LONG] = "文件太大，最多 20 MB。请拍小一点，或者分开扫描，再上传。",
		[PAGE_LARGE] = "图片的尺寸太大。请用手机照一张，或者扫描时选 300 dpi，再上传。",
		[PAGE_EMPTY] = "这个文件是空的。请重新选文件。",
		[PAGE_HEIC] =
			"这是苹果的 HEIC 照片，读不了。请在相机设置里选“兼容性最佳”，再拍一张。",
		[PAGE_WEBP] = "这是 WebP 图片，读不了。请用画图打开，另存为 JPG，再上传。",
		[PAGE_TIFF] = "这是 TIFF 图片，读不了。请在扫描软件里选 JPG 或者 PDF，再上传。",
		[PAGE_OTHER_PICTURE] = "这种图片读不了。请用画图打开，另存为 JPG，再上传。",
		[PAGE_PDF] = "这是 PDF，里面要有页才能读。请重新扫描，再上传。",
		[PAGE_TABLE] = "这是表格或者文字文档，不是照片。凭证请用照片、扫描件或者 PDF。",
		[PAGE_ARCHIVE] = "这是压缩包。请先解开，再上传里面的照片。",
		[PAGE_UNKNOWN] = "认不出这是什么文件。凭证请用 JPG、PNG 照片或者 PDF。",
		[PAGE_LOCKED] = "这个 PDF 加了密码。请打开后另存一份不带密码的，再上传。",
		[PAGE_MANY] = "这个 PDF 超过 20 页。请只留这一笔的凭证，分开上传。",
		[PAGE_NONE] = "这个 PDF 里一页也没有。请重新扫描，再上传。",
		[PAGE_MEMORY] = "这个文件太复杂，读不下。请打印出来重新扫描，或者用手机照一张。",
	};
	return words[f];
}

#define AT(from, magic)                                                                            \
	(len >= (from) + sizeof(magic) - 1 && memcmp(p + (from), magic, sizeof(magic) - 1) == 0)

/* The brands of ISO/IEC 14496-12 files that cameras write. */
static enum page_fault brand(const unsigned char *p, size_t len)
{
	static const char *const heic[] = {"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"};
	for (size_t i = 0; len >= 12 && i < sizeof heic / sizeof heic[0]; i++)
		if (memcmp(p + 8, heic[i], 4) == 0)
			return PAGE_HEIC;
	return AT(8, "avif") || AT(8, "avis") ? PAGE_OTHER_PICTURE : PAGE_UNKNOWN;
}

enum page_fault page_kind(const void *bytes, size_t len)
{
	enum { HEAD = 1024 }; /* readers of PDF look for its mark within so many bytes */
	const unsigned char *p = bytes;
	if (len == 0)
		return PAGE_EMPTY;
	if (AT(0, "\xff\xd8\xff") || AT(0, "\x89PNG\r\n\x1a\n"))
		return PAGE_FINE;
	if (AT(4, "ftyp"))
		return brand(p, len);
	if (AT(0, "RIFF") && AT(8, "WEBP"))
		return PAGE_WEBP;
	if (AT(0, "II*\0") || AT(0, "MM\0*"))
		return PAGE_TIFF;
	if (AT(0, "GIF8") || AT(0, "BM"))
		return PAGE_OTHER_PICTURE;
	if (AT(0, "\xd0\xcf\x11\xe0") || AT(0, "PK\x03\x04"))
		return PAGE_TABLE;
	if (AT(0, "Rar!") || AT(0, "7z\xbc\xaf") || AT(0, "\x1f\x8b"))
		return PAGE_ARCHIVE;
	return memmem(p, len < HEAD ? len : HEAD, "%PDF-", 5) != NULL ? PAGE_PDF : PAGE_UNKNOWN;
}

void page_refuse(enum page_fault f, struct buf *out)
{
	buf_clear(out);
	out->full = false;
	picture_refused_put(out, page_fault_words(f));
}

/* Decodes, turns as EXIF's `orientation` says and burns the boxes in; `boxes` NULL for none. */
static enum page_fault make(const void *bytes, size_t len, int orientation, const char *boxes,
			    struct buf *jpeg)
{
	struct raster r = {0};
	struct picture_box box[PICTURE_BOXES_MAX];
	size_t count = 0;
	if (boxes != NULL && !picture_boxes_read(boxes, box, &count))
		return PAGE_BROKEN;
	enum page_fault f = page_image_read(bytes, len, &r);
	if (f == PAGE_FINE && raster_turn(&r, orientation) != OK)
		f = PAGE_MEMORY;
#if SEEDED_BUG == 51 /* boxes are drawn by whoever shows the picture */
	count = 0;
#endif
	for (size_t i = 0; f == PAGE_FINE && i < count; i++)
		raster_box(&r, &box[i]);
	if (f == PAGE_FINE && raster_write(&r, jpeg) != OK)
		f = PAGE_MEMORY;
	raster_free(&r);
	return f;
}

static void one_page(const void *bytes, size_t len, int orientation, const char *boxes,
		     struct buf *out)
{
	struct buf jpeg;
	buf_init(&jpeg, PAGE_BYTES_MAX);
	enum page_fault f = len > PICTURE_FILE_MAX ? PAGE_LONG : page_kind(bytes, len);
	if (f == PAGE_FINE)
		f = make(bytes, len, orientation, boxes, &jpeg);
	if (f == PAGE_FINE) {
		picture_page_put(out, jpeg.p, jpeg.len);
		picture_end_put(out, 1);
		f = out->full ? PAGE_MEMORY : PAGE_FINE;
	}
	if (f != PAGE_FINE)
		page_refuse(f, out);
	buf_free(&jpeg);
}

void page_picture(const void *bytes, size_t len, struct buf *out)
{
	one_page(bytes, len, UPRIGHT, NULL, out);
}

void page_boxed(const void *bytes, size_t len, const char *boxes, struct buf *out)
{
	one_page(bytes, len, UPRIGHT, boxes, out);
}

void page_turned(const void *bytes, size_t len, struct buf *out)
{
	one_page(bytes, len, LIES_LEFT, NULL, out);
}
