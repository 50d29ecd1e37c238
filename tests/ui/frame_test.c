/* frame_test.c - a finger does what it means: a press counts when it is let go where it began, a
 * drag turns the list and presses nothing, a trembling second tap is not a second press. */
#include "ui/frame.h"

#include "tests/test.h"

#include <string.h>

static struct ui ui;
static char hit[32];
static int offset;

static const struct ui_rect ok_r = {100, 100, 200, 96}, key_r = {400, 100, 96, 96},
			    off_r = {600, 100, 200, 96}, region = {100, 300, 800, 400};

static void frame(void)
{
	ui_begin(&ui, 1920, 1080, UI_STANDARD, 0, UI_PAPER);
	hit[0] = 0;
	if (ui_hit(&ui, ok_r, "ok"))
		strcpy(hit, "ok");
	if (ui_hit(&ui, key_r, "key.1"))
		strcpy(hit, "key.1");
	ui_off(&ui, off_r, "gone");
	offset = ui_scroll_begin(&ui, "rows", region, 2000);
	if (ui_hit(&ui, (struct ui_rect){100, 300, 800, 100}, "row"))
		strcpy(hit, "row");
	ui_scroll_end(&ui);
	ui_end(&ui);
}

static int fresh(void **state)
{
	(void)state;
	ui_init(&ui);
	frame();
	return 0;
}

static const char *tap(int x, int y, int64_t now_ms)
{
	ui_pointer_down(&ui, x, y);
	ui_pointer_up(&ui, x, y, now_ms);
	frame();
	return hit;
}

static void a_press_fires_when_it_is_let_go_and_once(void **state)
{
	(void)state;
	ui_pointer_down(&ui, 150, 150);
	frame();
	assert_string_equal(hit, "");
	assert_true(ui_pressed(&ui, "ok"));
	ui_pointer_up(&ui, 160, 155, 1000);
	frame();
	assert_string_equal(hit, "ok");
	frame();
	assert_string_equal(hit, "");
	assert_false(ui_pressed(&ui, "ok"));
}

static void who_slides_off_before_letting_go_presses_nothing(void **state)
{
	(void)state;
	ui_pointer_down(&ui, 150, 150);
	ui_pointer_move(&ui, 440, 150);
	frame();
	assert_false(ui_pressed(&ui, "ok"));
	ui_pointer_up(&ui, 440, 150, 1000);
	frame();
	assert_string_equal(hit, "");
	/* Sliding on from outside is no press either. */
	ui_pointer_down(&ui, 1500, 900);
	ui_pointer_up(&ui, 150, 150, 2000);
	frame();
	assert_string_equal(hit, "");
	/* Back on it before letting go is one. */
	ui_pointer_down(&ui, 150, 150);
	ui_pointer_move(&ui, 440, 150);
	ui_pointer_move(&ui, 150, 150);
	ui_pointer_up(&ui, 150, 150, 3000);
	frame();
	assert_string_equal(hit, "ok");
}

static void a_near_miss_counts_and_a_far_one_does_not(void **state)
{
	(void)state;
	assert_string_equal(tap(ok_r.x - UI_SLOP, 150, 1000), "ok");
	assert_string_equal(tap(ok_r.x - UI_SLOP - 1, 150, 2000), "");
}

static void what_is_off_cannot_be_pressed(void **state)
{
	(void)state;
	assert_string_equal(tap(650, 150, 1000), "");
	assert_false(ui_press(&ui, "gone"));
}

static void a_second_tap_at_once_is_ignored_but_not_on_keys(void **state)
{
	(void)state;
	assert_string_equal(tap(150, 150, 1000), "ok");
	assert_string_equal(tap(150, 150, 1000 + UI_DEBOUNCE_MS - 1), "");
	assert_string_equal(tap(150, 150, 1000 + UI_DEBOUNCE_MS), "ok");
	assert_string_equal(tap(440, 150, 2000), "key.1");
	assert_string_equal(tap(440, 150, 2010), "key.1");
	/* Another target at once is meant. */
	assert_string_equal(tap(150, 150, 2020), "ok");
}

static void a_list_follows_the_finger_and_a_drag_presses_nothing(void **state)
{
	(void)state;
	ui_pointer_down(&ui, 300, 350);
	ui_pointer_move(&ui, 300, 350 - UI_DRAG_START);
	frame();
	assert_int_equal(offset, 0);
	assert_true(ui_pressed(&ui, "row"));
	ui_pointer_move(&ui, 300, 300);
	ui_pointer_move(&ui, 300, 250);
	frame();
	assert_int_equal(offset, 50); /* no jump when the drag begins */
	assert_false(ui_pressed(&ui, "row"));
	ui_pointer_up(&ui, 300, 250, 1000);
	frame();
	assert_string_equal(hit, "");
	assert_int_equal(offset, 50);
}

static void a_list_stops_at_its_ends(void **state)
{
	(void)state;
	ui_pointer_down(&ui, 300, 650);
	ui_pointer_move(&ui, 300, 600);
	ui_pointer_move(&ui, 300, -9000);
	frame();
	assert_int_equal(offset, 2000 - 400);
	ui_pointer_move(&ui, 300, 9000);
	frame();
	assert_int_equal(offset, 0);
}

static void keys_turn_whole_pages_and_press_what_a_finger_could(void **state)
{
	(void)state;
	assert_true(ui_turn(&ui, 1));
	frame();
	assert_int_equal(offset, 400);
	assert_true(ui_turn(&ui, 9));
	frame();
	assert_int_equal(offset, 1600);
	assert_true(ui_turn(&ui, -1));
	frame();
	assert_int_equal(offset, 1200);
	assert_true(ui_press(&ui, "ok"));
	frame();
	assert_string_equal(hit, "ok");
	assert_false(ui_press(&ui, "nowhere"));
	assert_false(ui_press_primary(&ui)); /* this page has none */
}

static void a_list_that_is_no_longer_drawn_is_forgotten(void **state)
{
	(void)state;
	assert_true(ui_turn(&ui, 1));
	frame();
	assert_int_equal(offset, 400);
	ui_begin(&ui, 1920, 1080, UI_STANDARD, 0, UI_PAPER);
	ui_end(&ui);
	frame();
	assert_int_equal(offset, 0);
}

static struct ui_move moved(const char *id)
{
	struct ui_move m;
	ui_begin(&ui, 1920, 1080, UI_STANDARD, 0, UI_PAPER);
	m = ui_pan(&ui, (struct ui_rect){1000, 200, 500, 500}, id);
	ui_end(&ui);
	return m;
}

static void a_picture_follows_the_finger_both_ways_and_does_not_jump(void **state)
{
	(void)state;
	struct ui_move m = moved("pan");
	assert_int_equal(m.dx, 0);
	ui_pointer_down(&ui, 1200, 400);
	ui_pointer_move(&ui, 1210, 405); /* a finger that trembles */
	m = moved("pan");
	assert_int_equal(m.dx, 0);
	ui_pointer_move(&ui, 1230, 405);
	m = moved("pan");
	assert_int_equal(m.dx, 0);
	ui_pointer_move(&ui, 1250, 365);
	m = moved("other"); /* only the one that began follows */
	assert_int_equal(m.dx, 0);
	m = moved("pan");
	assert_int_equal(m.dx, 20);
	assert_int_equal(m.dy, -40);
	m = moved("pan");
	assert_int_equal(m.dx, 0);
	ui_pointer_up(&ui, 1250, 365, 100);
	m = moved("pan");
	assert_int_equal(m.dx, 0);
	ui_pointer_down(&ui, 300, 400); /* elsewhere */
	ui_pointer_move(&ui, 1250, 365);
	m = moved("pan");
	assert_int_equal(m.dx, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_press_fires_when_it_is_let_go_and_once, fresh),
		cmocka_unit_test_setup(who_slides_off_before_letting_go_presses_nothing, fresh),
		cmocka_unit_test_setup(a_near_miss_counts_and_a_far_one_does_not, fresh),
		cmocka_unit_test_setup(what_is_off_cannot_be_pressed, fresh),
		cmocka_unit_test_setup(a_second_tap_at_once_is_ignored_but_not_on_keys, fresh),
		cmocka_unit_test_setup(a_list_follows_the_finger_and_a_drag_presses_nothing, fresh),
		cmocka_unit_test_setup(a_list_stops_at_its_ends, fresh),
		cmocka_unit_test_setup(keys_turn_whole_pages_and_press_what_a_finger_could, fresh),
		cmocka_unit_test_setup(a_picture_follows_the_finger_both_ways_and_does_not_jump,
				       fresh),
		cmocka_unit_test_setup(a_list_that_is_no_longer_drawn_is_forgotten, fresh),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
