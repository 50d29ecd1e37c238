/* paper_test.c - the pictures of the demo are drawn, not taken: no real paper, face or place is in
 * them. What stands in assets/demo/pictures is what this draws.
 *
 * PAPER_OUT=FOLDER writes them there instead of comparing. */
#include "ui/glyphs.h"
#include "ui/paint.h"
#include "ui/photo.h"

#include "tests/face.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_MAX = 16, QUALITY = 30, JPEG_MAX = 60000, NEAR = 40 };

static struct {
	struct ui_canvas c;
	struct ui_list list;
} d;

static void begin(int w, int h, struct ui_color back)
{
	uint32_t *px = calloc((size_t)w * (size_t)h, sizeof *px);
	assert_non_null(px);
	d.c = (struct ui_canvas){.px = px, .w = w, .h = h, .pitch = w, .clip = {0, 0, w, h}};
	ui_canvas_fill(&d.c, d.c.clip, back);
}

/* --- scenes --- */

struct point {
	int x, y;
};

/* Even-odd, a row of pixels at a time. */
static void polygon(const struct point *p, int n, struct ui_color color)
{
	for (int y = 0; y < d.c.h; y++) {
		int cut[POINTS_MAX], cuts = 0;
		for (int i = 0; i < n; i++) {
			struct point a = p[i], b = p[(i + 1) % n];
			if ((a.y <= y) != (b.y <= y))
				cut[cuts++] = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
		}
		for (int i = 0; i < cuts; i++)
			for (int j = i + 1; j < cuts; j++)
				if (cut[j] < cut[i]) {
					int t = cut[i];
					cut[i] = cut[j];
					cut[j] = t;
				}
		for (int i = 0; i + 1 < cuts; i += 2)
			ui_canvas_fill(&d.c, (struct ui_rect){cut[i], y, cut[i + 1] - cut[i], 1},
				       color);
	}
}
#define POLYGON(color, ...)                                                                        \
	do {                                                                                       \
		static const struct point at[] = {__VA_ARGS__};                                    \
		polygon(at, (int)(sizeof at / sizeof at[0]), color);                               \
	} while (0)

static void house(int x, int y, int size)
{
	struct ui_canvas *c = &d.c;
	const struct point roof[] = {
		{x - size / 8, y}, {x + size / 2, y - size / 2}, {x + size + size / 8, y}};
	ui_canvas_fill(c, (struct ui_rect){x, y, size, size * 6 / 10}, UI_RGB(0xFFF9EC));
	polygon(roof, 3, UI_RGB(0x3B4A46));
	ui_canvas_fill(c,
		       (struct ui_rect){x + size * 4 / 10, y + size / 4, size / 5, size * 35 / 100},
		       UI_RGB(0x8A5A2B));
	ui_canvas_fill(c, (struct ui_rect){x + size / 10, y + size / 6, size / 5, size / 6},
		       UI_SUN);
	ui_canvas_fill(c, (struct ui_rect){x + size * 7 / 10, y + size / 6, size / 5, size / 6},
		       UI_SUN);
}

static void hills(int sun)
{
	begin(960, 640, UI_RGB(0xF6E7C0));
	ui_canvas_box(&d.c, (struct ui_rect){sun, 70, 120, 120}, 60, UI_SUN, 0, UI_SUN);
	POLYGON(UI_RGB(0x9DBFAF), {0, 330}, {170, 250}, {360, 285}, {560, 255}, {760, 230},
		{960, 290}, {960, 640}, {0, 640});
	POLYGON(UI_RGB(0x5F9A88), {0, 430}, {200, 370}, {430, 400}, {680, 385}, {960, 410},
		{960, 640}, {0, 640});
	house(110, 330, 120);
	house(250, 345, 86);
}

#define EARTH UI_RGB(0xA9814F)
#define CLOD  UI_RGB(0x7A5B34)
#define BED   UI_RGB(0xB9B3A4)
#define SLAB  UI_RGB(0xCFCBC0)

static void road_before(void)
{
	hills(700);
	POLYGON(EARTH, {360, 640}, {494, 375}, {530, 375}, {720, 640});
	POLYGON(CLOD, {430, 590}, {470, 560}, {500, 590}, {460, 612});
	POLYGON(CLOD, {540, 520}, {575, 505}, {600, 530}, {560, 540});
	POLYGON(UI_RGB(0x8FB7C9), {470, 470}, {520, 455}, {545, 478}, {500, 492});
}

static void road_works(void)
{
	struct ui_canvas *c = &d.c;
	hills(760);
	POLYGON(BED, {360, 640}, {494, 375}, {530, 375}, {720, 640});
	POLYGON(EARTH, {360, 640}, {428, 505}, {568, 505}, {640, 640});
	ui_canvas_box(c, (struct ui_rect){470, 440, 150, 70}, 10, UI_SUN, 0, UI_SUN);
	ui_canvas_box(c, (struct ui_rect){550, 385, 66, 66}, 8, UI_RGB(0xC98A12), 0, UI_SUN);
	ui_canvas_box(c, (struct ui_rect){475, 490, 62, 62}, 31, UI_RGB(0x33413D), 0, UI_SUN);
	ui_canvas_box(c, (struct ui_rect){565, 490, 62, 62}, 31, UI_RGB(0x33413D), 0, UI_SUN);
}

static void road_done(void)
{
	hills(820);
	POLYGON(SLAB, {360, 640}, {494, 375}, {530, 375}, {720, 640});
	POLYGON(UI_WHITE, {508, 395}, {515, 395}, {517, 425}, {508, 425});
	POLYGON(UI_WHITE, {508, 455}, {519, 455}, {523, 500}, {510, 500});
	POLYGON(UI_WHITE, {511, 540}, {527, 540}, {534, 600}, {514, 600});
}

static void ditch_cleaned(void)
{
	hills(140);
	POLYGON(CLOD, {380, 640}, {520, 380}, {560, 380}, {640, 640});
	POLYGON(UI_RGB(0x8FB7C9), {430, 640}, {530, 390}, {550, 390}, {585, 640});
	POLYGON(EARTH, {640, 640}, {600, 520}, {660, 500}, {740, 560}, {760, 640});
	POLYGON(UI_RGB(0xD9D2C0), {470, 520}, {488, 470}, {500, 470}, {486, 520});
}

/* --- papers --- */

static void words(int x, int base, enum ui_style style, int px, struct ui_color color,
		  const char *text)
{
	ui_list_text(&d.list, (struct ui_run){x, base, 900}, ui_pen(style, px, color), text,
		     strlen(text));
}

static void rule(int x, int y, int w, int h)
{
	ui_list_fill(&d.list, (struct ui_rect){x, y, w, h}, UI_RGB(0x2D4A63));
}

/* 机械台班记录: no sum stands on it, so that it contradicts no row it is put to. */
static void machine_record(void)
{
	const struct ui_color ink = UI_RGB(0x2D4A63), pen = UI_RGB(0x1D1D2B);
	static const char *const head[] = {"日期", "在哪里，做什么", "半天", "司机", "看工"};
	static const int column[] = {60, 220, 720, 840, 990, 1140};
	static const char *const done[][5] = {
		{"头一天", "一组到二组 清沟 挖泥", "两个", "陈某", "王*"},
		{"第二天", "二组到三组 清沟 运泥", "两个", "陈某", "王*"}};
	begin(1000, 716, UI_RGB(0x7D7768));
	ui_list_begin(&d.list, UI_RGB(0x7D7768));
	ui_list_box(&d.list, (struct ui_rect){28, 26, 1144, 808}, 4, UI_RGB(0xFBF5E4), 2,
		    UI_RGB(0xCFC5A8));
	words(410, 120, UI_TITLE, 56, ink, "机 械 台 班 记 录");
	rule(390, 140, 420, 3);
	rule(390, 148, 420, 3);
	words(64, 210, UI_REGULAR, 30, ink, "用工：示范一村");
	words(760, 210, UI_REGULAR, 30, ink, "机械：小挖掘机 一台");
	for (int i = 0; i <= 6; i++)
		rule(60, 240 + i * 76, 1082, 2);
	for (int i = 0; i < 6; i++)
		rule(column[i], 240, 2, 6 * 76);
	for (int i = 0; i < 5; i++)
		words(column[i] + 18, 290, UI_REGULAR, 32, ink, head[i]);
	for (int row = 0; row < 2; row++)
		for (int i = 0; i < 5; i++)
			words(column[i] + 16, 368 + row * 76, UI_TITLE, 36, pen, done[row][i]);
	words(64, 756, UI_REGULAR, 30, ink, "经手：");
	words(160, 762, UI_TITLE, 44, pen, "王*");
	words(420, 756, UI_REGULAR, 30, ink, "组长：");
	words(516, 762, UI_TITLE, 44, pen, "李*国");
	ui_list_ring(&d.list, (struct ui_rect){850, 590, 210, 210}, 7, 0, 360, UI_RGB(0xC3261C));
	words(893, 690, UI_TITLE, 30, UI_RGB(0xC3261C), "示范一村");
	words(893, 734, UI_TITLE, 30, UI_RGB(0xC3261C), "理财小组");
	const struct ui_scale smaller = {.num = 5, .den = 6};
	ui_paint(&d.c, &smaller, &d.list, (struct ui_rect){0, 0, 1200, 860});
}

/* --- files --- */

static const struct drawing {
	const char *name;
	void (*draw)(void);
} drawings[] = {{"machine-record", machine_record},
		{"ditch-cleaned", ditch_cleaned},
		{"road-before", road_before},
		{"road-works", road_works},
		{"road-done", road_done}};

static size_t encode(unsigned char *out)
{
	SDL_Surface *s = SDL_CreateRGBSurfaceWithFormatFrom(d.c.px, d.c.w, d.c.h, 32, d.c.pitch * 4,
							    SDL_PIXELFORMAT_RGB888);
	SDL_Surface *rgb = SDL_ConvertSurfaceFormat(s, SDL_PIXELFORMAT_RGB24, 0);
	SDL_RWops *to = SDL_RWFromMem(out, JPEG_MAX);
	assert_int_equal(IMG_SaveJPG_RW(rgb, to, 0, QUALITY), 0);
	size_t len = (size_t)SDL_RWtell(to);
	assert_true(len < JPEG_MAX); /* what was longer was cut */
	SDL_RWclose(to);
	SDL_FreeSurface(rgb);
	SDL_FreeSurface(s);
	return len;
}

static void write_file(const char *folder, const char *name, const void *bytes, size_t len)
{
	char path[600];
	snprintf(path, sizeof path, "%s/%s.jpg", folder, name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	fclose(f);
}

/* Another encoder rounds otherwise; the same drawing is never far off on the whole. */
static void compare(const char *name)
{
	static unsigned char kept[JPEG_MAX];
	char path[600];
	struct ui_photo *p;
	int w, h;
	snprintf(path, sizeof path, "assets/demo/pictures/%s.jpg", name);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	size_t len = fread(kept, 1, sizeof kept, f);
	fclose(f);
	assert_int_equal(ui_photo_open(name, kept, len, &p), UI_OK);
	ui_photo_size(p, &w, &h);
	assert_int_equal(w, d.c.w);
	assert_int_equal(h, d.c.h);
	uint32_t *px = calloc((size_t)w * (size_t)h, sizeof *px);
	assert_non_null(px);
	struct ui_canvas c = {.px = px, .w = w, .h = h, .pitch = w, .clip = {0, 0, w, h}};
	struct ui_pixels from;
	assert_int_equal(ui_photo_get(name, strlen(name), &from), UI_OK);
	ui_canvas_photo(&c, c.clip, &from, (struct ui_part){.from = {0, 0, w, h}});
	size_t far = 0;
	for (int i = 0; i < w * h; i++)
		for (int shift = 0; shift < 24; shift += 8)
			far += abs((int)(px[i] >> shift & 255) - (int)(d.c.px[i] >> shift & 255)) >
			       NEAR;
	assert_true(far < (size_t)w * (size_t)h / 12);
	free(px);
	ui_photo_close(p);
}

static void the_pictures_of_the_demo_are_what_this_draws(void **state)
{
	static unsigned char jpeg[JPEG_MAX];
	const char *out = getenv("PAPER_OUT");
	(void)state;
	for (size_t i = 0; i < sizeof drawings / sizeof drawings[0]; i++) {
		drawings[i].draw();
		if (out != NULL)
			write_file(out, drawings[i].name, jpeg, encode(jpeg));
		else
			compare(drawings[i].name);
		free(d.c.px);
	}
}

static int stop(void **state)
{
	ui_glyphs_wipe();
	int failed = face_stop(state);
	SDL_Quit();
	return failed;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pictures_of_the_demo_are_what_this_draws),
	};
	return cmocka_run_group_tests(tests, face_start, stop);
}
