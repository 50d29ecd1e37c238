/* photo_test.c - a picture that came from outside is shown as it is, whole or in part, turned or
 * not; one that is none, or too large, is not shown at all. */
#include "ui/photo.h"

#include "tests/test.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <stdlib.h>
#include <string.h>

static struct {
	unsigned char bytes[UI_PHOTO_BYTES_MAX];
	size_t len;
} jpeg;

/* Four fields of one colour each: red, green over blue, white. */
static void make(int w, int h)
{
	static const uint8_t color[4][3] = {
		{220, 30, 30}, {30, 200, 30}, {30, 30, 220}, {250, 250, 250}};
	SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, w, h, 24, SDL_PIXELFORMAT_RGB24);
	assert_non_null(s);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			memcpy((uint8_t *)s->pixels + y * s->pitch + x * 3,
			       color[(y >= h / 2) * 2 + (x >= w / 2)], 3);
	SDL_RWops *to = SDL_RWFromMem(jpeg.bytes, sizeof jpeg.bytes);
	assert_int_equal(IMG_SaveJPG_RW(s, to, 0, 92), 0);
	jpeg.len = (size_t)SDL_RWtell(to);
	SDL_RWclose(to);
	SDL_FreeSurface(s);
}

static uint32_t px[100 * 100];

static void paint(struct ui_photo *p, struct ui_part part, struct ui_rect clip)
{
	struct ui_pixels from;
	const char *key = ui_photo_key(p);
	struct ui_canvas c = {.px = px, .w = 100, .h = 100, .pitch = 100, .clip = clip};
	assert_int_equal(ui_photo_get(key, strlen(key), &from), UI_OK);
	ui_canvas_photo(&c, (struct ui_rect){10, 10, 80, 80}, &from, part);
}

/* r, g, b or w; the nearest of the four. */
static char seen(int x, int y)
{
	uint32_t p = px[y * 100 + x];
	bool r = (p >> 16 & 255) > 128, g = (p >> 8 & 255) > 128, b = (p & 255) > 128;
	return r && g && b ? 'w' : r ? 'r' : g ? 'g' : b ? 'b' : '.';
}

static const char *corners(void)
{
	static char out[5];
	out[0] = seen(20, 20);
	out[1] = seen(80, 20);
	out[2] = seen(20, 80);
	out[3] = seen(80, 80);
	return out;
}

static const struct ui_rect all = {0, 0, 100, 100};

static void it_stands_as_it_is_and_turned_by_quarters(void **state)
{
	(void)state;
	struct ui_photo *p;
	static const char *const want[] = {"rgbw", "brwg", "wbgr", "gwrb"};
	make(400, 300);
	assert_int_equal(ui_photo_open("k", jpeg.bytes, jpeg.len, &p), UI_OK);
	for (int turn = 0; turn < 4; turn++) {
		memset(px, 0, sizeof px);
		paint(p, (struct ui_part){{0, 0, 400, 300}, turn}, all);
		assert_string_equal(corners(), want[turn]);
		assert_int_equal(px[5 * 100 + 5], 0); /* nothing outside its place */
	}
	ui_photo_close(p);
}

static void a_part_fills_the_place(void **state)
{
	(void)state;
	struct ui_photo *p;
	make(400, 300);
	assert_int_equal(ui_photo_open("k", jpeg.bytes, jpeg.len, &p), UI_OK);
	paint(p, (struct ui_part){{220, 170, 40, 40}, 0}, all);
	assert_string_equal(corners(), "wwww");
	memset(px, 0, sizeof px);
	paint(p, (struct ui_part){{380, 290, 40, 40}, 0}, all); /* beyond its edge: nothing */
	assert_string_equal(corners(), "....");
	ui_photo_close(p);
}

static void painted_in_pieces_it_is_the_same_picture(void **state)
{
	(void)state;
	static uint32_t whole[100 * 100];
	struct ui_photo *p;
	make(333, 211);
	assert_int_equal(ui_photo_open("k", jpeg.bytes, jpeg.len, &p), UI_OK);
	for (int turn = 0; turn < 4; turn++)
		for (int large = 0; large < 2; large++) {
			struct ui_part part = {{3, 5, large ? 31 : 330, large ? 17 : 200}, turn};
			memset(px, 0, sizeof px);
			paint(p, part, all);
			memcpy(whole, px, sizeof px);
			memset(px, 0, sizeof px);
			for (int x = 0; x < 100; x += 7)
				for (int y = 0; y < 100; y += 13)
					paint(p, part, (struct ui_rect){x, y, 7, 13});
			assert_memory_equal(px, whole, sizeof px);
		}
	ui_photo_close(p);
}

static void made_smaller_it_still_covers_its_place(void **state)
{
	(void)state;
	struct ui_photo *p;
	int w, h;
	make(1600, 900);
	assert_int_equal(ui_photo_open("k", jpeg.bytes, jpeg.len, &p), UI_OK);
	assert_int_equal(ui_photo_shrink(p, 120, 120), UI_OK);
	ui_photo_size(p, &w, &h);
	assert_int_equal(h, 120);
	assert_int_equal(w, 213);
	struct ui_part part = ui_photo_cover(p, 80, 80);
	assert_int_equal(part.from.w, 120);
	assert_int_equal(part.from.h, 120);
	paint(p, part, all);
	assert_string_equal(corners(), "rgbw");
	ui_photo_close(p);
}

static void what_is_no_picture_or_too_large_is_refused(void **state)
{
	(void)state;
	struct ui_photo *p;
	assert_int_equal(ui_photo_open("k", "not a picture", 13, &p), UI_ERR_CORRUPT);
	assert_null(p);
	assert_int_equal(ui_photo_open("k", "", 0, &p), UI_ERR_CORRUPT);
	make(UI_PHOTO_SIDE_MAX + 1, 8);
	assert_int_equal(ui_photo_open("k", jpeg.bytes, jpeg.len, &p), UI_ERR_CORRUPT);
	make(64, 64);
	assert_int_equal(ui_photo_open("k", jpeg.bytes, 40, &p), UI_ERR_CORRUPT);
	assert_int_equal(ui_photo_open("longer than a key is", jpeg.bytes, jpeg.len, &p),
			 UI_ERR_FULL);
}

/* What a hostile file says of itself is judged before a byte is decoded. */
static void a_frame_of_many_passes_or_of_gigabytes_is_not_decoded(void **state)
{
	(void)state;
	struct ui_photo *p;
	int w, h;
	make(64, 48);
	assert_int_equal(ui_photo_measure(jpeg.bytes, jpeg.len, &w, &h), UI_OK);
	assert_int_equal(w, 64);
	assert_int_equal(h, 48);
	unsigned char *frame = NULL;
	for (size_t i = 0; i + 9 < jpeg.len && frame == NULL; i++)
		if (jpeg.bytes[i] == 0xFF && jpeg.bytes[i + 1] == 0xC0)
			frame = &jpeg.bytes[i];
	if (frame == NULL) {
		fail_msg("the picture has no frame");
		return;
	}
	frame[1] = 0xC2; /* progressive */
	assert_int_equal(ui_photo_open("k", jpeg.bytes, jpeg.len, &p), UI_ERR_CORRUPT);
	frame[1] = 0xC0;
	frame[5] = frame[7] = 0xFF; /* 65,328 x 65,344 */
	assert_int_equal(ui_photo_open("k", jpeg.bytes, jpeg.len, &p), UI_ERR_CORRUPT);
	for (size_t cut = 0; cut < 400; cut++)
		assert_int_not_equal(ui_photo_measure(jpeg.bytes, cut % 160, &w, &h), UI_OK);
}

static void there_are_few_places_and_a_closed_one_is_gone(void **state)
{
	(void)state;
	struct ui_photo *p[UI_PHOTOS], *more;
	struct ui_pixels px_of;
	make(64, 64);
	for (int i = 0; i < UI_PHOTOS; i++) {
		const char key[2] = {(char)('a' + i), 0};
		assert_int_equal(ui_photo_open(key, jpeg.bytes, jpeg.len, &p[i]), UI_OK);
	}
	assert_int_equal(ui_photo_open("z", jpeg.bytes, jpeg.len, &more), UI_ERR_FULL);
	for (int i = 0; i < UI_PHOTOS; i++)
		ui_photo_close(p[i]);
	assert_int_equal(ui_photo_get("a", 1, &px_of), UI_ERR_MISSING);
	ui_photo_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_stands_as_it_is_and_turned_by_quarters),
		cmocka_unit_test(a_part_fills_the_place),
		cmocka_unit_test(painted_in_pieces_it_is_the_same_picture),
		cmocka_unit_test(made_smaller_it_still_covers_its_place),
		cmocka_unit_test(what_is_no_picture_or_too_large_is_refused),
		cmocka_unit_test(a_frame_of_many_passes_or_of_gigabytes_is_not_decoded),
		cmocka_unit_test(there_are_few_places_and_a_closed_one_is_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
