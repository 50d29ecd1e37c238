/* glass_test.c - what is on the glass is what was asked for: never the picture of another text, and
 * a surface that is lost is found again. */
#include "ui/shape.h"
#include "ui/window.h"

#include "tests/test.h"

#include <SDL2/SDL.h>
#include <stdlib.h>
#include <string.h>

static struct ui_window *window;
static struct ui_list list;

static int open_window(void **state)
{
	(void)state;
	const struct ui_window_options o = {.title = "glass", .w = 640, .h = 360, .windowed = true};
	setenv("SDL_VIDEODRIVER", "dummy", 1);
	return ui_window_open(&o, &window);
}

static int close_window(void **state)
{
	(void)state;
	ui_window_close(window);
	return 0;
}

static void two_texts_of_one_hash_are_two_texts(void **state)
{
	(void)state;
	/* A known pair of the hash in use (FNV-1a, 64 bits). */
	static const char one[] = "8yn0iYCKYHlIj4-BwPqk", other[] = "GReLUrM4wMqfg9yzV3KQ";
	const struct ui_shaped *a = ui_shape(UI_REGULAR, 30, one, sizeof one - 1);
	const struct ui_shaped *b = ui_shape(UI_REGULAR, 30, other, sizeof other - 1);
	assert_non_null(a);
	assert_non_null(b);
	assert_string_equal(a->text, one);
	assert_string_equal(b->text, other);
	/* and each is still found again */
	assert_ptr_equal(a, ui_shape(UI_REGULAR, 30, one, sizeof one - 1));
	assert_ptr_equal(b, ui_shape(UI_REGULAR, 30, other, sizeof other - 1));
}

static void drain(void)
{
	struct ui_event e;
	while (ui_window_wait(window, 0, &e) && e.kind != UI_EVENT_NONE)
		;
}

static void a_lost_surface_is_found_again(void **state)
{
	(void)state;
	SDL_Window *w = SDL_GetWindowFromID(1);
	struct ui_event e = {0};
	drain();
	ui_list_begin(&list, UI_PAPER);
	assert_true(ui_window_show(window, &list) > 0);
	assert_int_equal(ui_window_show(window, &list), 0);
	/* No machine has the memory for this one. */
	SDL_SetWindowSize(w, 1 << 30, 1 << 30);
	drain();
	ui_window_spoil(window);
	assert_int_equal(ui_window_show(window, &list), 0);
	ui_window_wipe(window);
	SDL_SetWindowSize(w, 640, 360);
	bool asked = false;
	while (ui_window_wait(window, 0, &e))
		asked = asked || e.kind == UI_EVENT_EXPOSED;
	assert_true(asked);
	assert_true(ui_window_show(window, &list) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(two_texts_of_one_hash_are_two_texts, open_window,
						close_window),
		cmocka_unit_test_setup_teardown(a_lost_surface_is_found_again, open_window,
						close_window),
	};
	return cmocka_run_group_tests_name("glass", tests, NULL, NULL);
}
