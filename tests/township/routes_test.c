/* routes_test.c - every address is known by its method, takes no more bytes than its purpose needs,
 * and every page says what it takes to be let in. */
#include "app/township/console.h"
#include "app/township/pages.h"

#include "tests/test.h"

#include <string.h>

enum { ANYBODY_MAX = 32 << 10 };

static const struct route *find(enum http_method m, const char *path)
{
	bool other;
	return route_find(m, path, &other);
}

static void an_address_is_found_by_its_method_only(void **state)
{
	bool other;
	(void)state;
	assert_non_null(route_find(HTTP_GET, "/login", &other));
	assert_non_null(route_find(HTTP_HEAD, "/login", &other));
	assert_null(route_find(HTTP_PATCH, "/login", &other));
	assert_true(other);
	assert_null(route_find(HTTP_GET, "/logout", &other));
	assert_true(other);
	assert_null(route_find(HTTP_GET, "/nowhere", &other));
	assert_false(other);
	assert_null(route_find(HTTP_OTHER, "/", &other));
}

static void a_star_needs_something_to_stand_for(void **state)
{
	(void)state;
	const struct route *r = find(HTTP_GET, "/cases/12");
	assert_non_null(r);
	assert_string_equal(route_rest(r, "/cases/12"), "12");
	assert_string_equal(find(HTTP_GET, "/cases")->path, "/cases");
	assert_null(find(HTTP_GET, "/cases/"));
	assert_null(find(HTTP_POST, "/approve/"));
	assert_null(find(HTTP_GET, "/logi"));
	assert_null(find(HTTP_GET, "/login/"));
	assert_null(find(HTTP_GET, ""));
}

static void no_address_stands_twice(void **state)
{
	(void)state;
	for (size_t i = 0; route_at(i) != NULL; i++)
		for (size_t k = i + 1; route_at(k) != NULL; k++)
			assert_false(route_at(i)->method == route_at(k)->method &&
				     strcmp(route_at(i)->path, route_at(k)->path) == 0);
}

static void what_is_only_read_takes_no_body_and_a_stranger_sends_little(void **state)
{
	(void)state;
	for (size_t i = 0; route_at(i) != NULL; i++) {
		const struct route *r = route_at(i);
		if (r->method == HTTP_GET)
			assert_int_equal(r->body_max, 0);
		if (r->who == WHO_ANYBODY)
			assert_true(r->body_max <= ANYBODY_MAX);
	}
	assert_int_equal(find(HTTP_POST, "/login")->body_max, FORM_LOGIN);
	assert_true(FORM_LOGIN <= 4096);
}

static void every_page_but_the_door_and_what_is_public_needs_a_session(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_page_count; i++) {
		const struct console_page *p = &console_pages[i];
		const struct route *r = &console_routes[i];
		assert_string_equal(p->path, r->path);
		assert_int_equal(p->method, r->method);
		bool door = strcmp(p->path, "/login") == 0 ||
			    strncmp(p->path, "/open", 5) == 0 || strcmp(p->path, "/fields/*") == 0;
		assert_int_equal(r->who, door ? WHO_ANYBODY : WHO_STAFF);
		assert_int_equal(p->act == ACT_NOTHING, door);
	}
}

static void what_changes_something_is_posted(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_page_count; i++) {
		enum access_act act = console_pages[i].act;
		if (act == ACT_APPROVE || act == ACT_OPEN_CASES || act == ACT_RUN_KIOSKS ||
		    act == ACT_LEAVE)
			assert_int_equal(console_pages[i].method, HTTP_POST);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_found_by_its_method_only),
		cmocka_unit_test(a_star_needs_something_to_stand_for),
		cmocka_unit_test(no_address_stands_twice),
		cmocka_unit_test(what_is_only_read_takes_no_body_and_a_stranger_sends_little),
		cmocka_unit_test(every_page_but_the_door_and_what_is_public_needs_a_session),
		cmocka_unit_test(what_changes_something_is_posted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
