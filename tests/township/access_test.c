/* access_test.c - who may do what stands in one table; a stranger who guesses shuts nobody out; a
 * session ends when it should and not before. */
#include "app/township/access.h"
#include "app/township/device.h"

#include "tests/county.h"
#include "tests/test.h"

static struct access *a;
static const struct staff ma = {.id = 7, .login = "ma", .role = STAFF_HANDLER, .place = "mz.caoba"};

static int start(void **state)
{
	(void)state;
	return sign_start() == SYNC_OK && access_open(&a) == OK ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	access_close(a);
	return 0;
}

/* --- who may do what --- */

static void every_role_may_do_exactly_this(void **state)
{
	/* A column for each role: preparer, approver, handler, supervisor, admin, committee. */
	static const char *const table[ACCESS_ACTS] = {
		[ACT_NOTHING] = "yyyyyy",    [ACT_HOME] = "yyyyyy",
		[ACT_LEAVE] = "yyyyyy",      [ACT_UPLOAD] = "y-----",
		[ACT_SEE_DRAFTS] = "yy-y-y", [ACT_SUPERVISE] = "-----y",
		[ACT_APPROVE] = "-y----",    [ACT_SEE_CASES] = "--yy--",
		[ACT_OPEN_CASES] = "--y---", [ACT_SEE_KIOSKS] = "---yy-",
		[ACT_RUN_KIOSKS] = "----y-", [ACT_SEE_RECORDS] = "---yy-",
	};
	(void)state;
	for (int act = 0; act < ACCESS_ACTS; act++)
		for (int role = 0; role < STAFF_ROLES; role++)
			if (access_may((enum staff_role)role, (enum access_act)act) !=
			    (table[act][role] == 'y'))
				fail_msg("role %d, act %d", role, act);
}

static void nobody_both_prepares_and_signs_and_nobody_who_reads_letters_runs_kiosks(void **state)
{
	(void)state;
	for (int i = 0; i < STAFF_ROLES; i++) {
		enum staff_role r = (enum staff_role)i;
		assert_false(access_may(r, ACT_UPLOAD) && access_may(r, ACT_APPROVE));
		assert_false(access_may(r, ACT_SUPERVISE) &&
			     (access_may(r, ACT_UPLOAD) || access_may(r, ACT_APPROVE)));
		assert_false(access_may(r, ACT_OPEN_CASES) && access_may(r, ACT_RUN_KIOSKS));
		assert_false(access_may(r, ACT_OPEN_CASES) && access_may(r, ACT_SEE_RECORDS));
	}
}

/* --- guessing --- */

static void fail_often(enum access_door door, const char *who, int times, int64_t now)
{
	for (int i = 0; i < times; i++)
		access_tried(a, door, who, TRY_WRONG, now);
}

static void a_few_failures_wait_for_nothing(void **state)
{
	(void)state;
	fail_often(DOOR_LOGIN, "ma", ACCESS_TRIES - 1, 100);
	assert_int_equal(access_wait_s(a, DOOR_LOGIN, "ma", 100), 0);
	fail_often(DOOR_LOGIN, "ma", 1, 100);
	assert_int_equal(access_wait_s(a, DOOR_LOGIN, "ma", 100), 1);
	assert_int_equal(access_wait_s(a, DOOR_LOGIN, "ma", 101), 0);
}

static void the_wait_at_the_login_page_grows_to_a_minute_and_no_further(void **state)
{
	int before = 0;
	(void)state;
	for (int i = 0; i < 1000; i++) {
		fail_often(DOOR_LOGIN, "ma", 1, 100);
		int wait = access_wait_s(a, DOOR_LOGIN, "ma", 100);
		assert_true(wait >= before && wait <= 60);
		before = wait;
	}
	assert_int_equal(before, 60);
}

static void every_door_counts_by_itself(void **state)
{
	(void)state;
	fail_often(DOOR_LOGIN, "ma", 50, 100);
	for (int door = 0; door < ACCESS_DOORS; door++)
		if (door != DOOR_LOGIN)
			assert_int_equal(access_wait_s(a, (enum access_door)door, "ma", 100), 0);
	fail_often(DOOR_SIGN, "li", 50, 100);
	assert_true(access_wait_s(a, DOOR_SIGN, "li", 100) > 60);
	assert_int_equal(access_wait_s(a, DOOR_OFFICE, "li", 100), 0);
	assert_int_equal(access_wait_s(a, DOOR_LOGIN, "li", 100), 0);
}

static void no_name_waits_for_another(void **state)
{
	char name[16];
	(void)state;
	/* Far more names than places: the names nobody has push each other out, never a real one.
	 */
	fail_often(DOOR_LOGIN, "ma", 20, 100);
	for (int i = 0; i < 5 * ACCESS_TRIED_MAX; i++) {
		snprintf(name, sizeof name, "x%d", i);
		for (int k = 0; k < ACCESS_TRIES; k++)
			access_tried(a, DOOR_LOGIN, name, TRY_NOBODY, 101 + i);
		assert_int_equal(access_wait_s(a, DOOR_LOGIN, name, 101 + i), 1);
	}
	assert_int_equal(access_wait_s(a, DOOR_LOGIN, "ma", 100), 60);
	assert_int_equal(access_wait_s(a, DOOR_LOGIN, "li", 100), 0);
	assert_int_equal(access_wait_s(a, DOOR_LOGIN, "m", 100), 0);
}

static void only_the_right_password_forgets_the_failures(void **state)
{
	(void)state;
	fail_often(DOOR_NAME, "ma", ACCESS_TRIES, 100);
	assert_true(access_wait_s(a, DOOR_NAME, "ma", 100) > 0);
	access_tried(a, DOOR_NAME, "ma", TRY_GOOD, 100);
	assert_int_equal(access_wait_s(a, DOOR_NAME, "ma", 100), 0);
	fail_often(DOOR_NAME, "ma", ACCESS_TRIES - 1, 100);
	assert_int_equal(access_wait_s(a, DOOR_NAME, "ma", 100), 0);
}

/* --- the mark of a browser --- */

static void a_mark_holds_for_its_own_name_and_installation_only(void **state)
{
	static struct office one, other;
	char mark[DEVICE_CHARS + 1], nonce[DEVICE_NONCE_CHARS + 1];
	(void)state;
	one.services = other.services = 1;
	seal_random(one.service[0].sign.b, sizeof one.service[0].sign.b);
	seal_random(other.service[0].sign.b, sizeof other.service[0].sign.b);
	device_make(&one, "ma", mark);
	assert_int_equal(strlen(mark), DEVICE_CHARS);
	assert_true(device_holds(&one, "ma", mark, nonce));
	assert_memory_equal(nonce, mark, DEVICE_NONCE_CHARS);
	assert_false(device_holds(&one, "m", mark, nonce));
	assert_false(device_holds(&one, "bai", mark, nonce));
	assert_false(device_holds(&other, "ma", mark, nonce));
	mark[3] = mark[3] == '0' ? '1' : '0';
	assert_false(device_holds(&one, "ma", mark, nonce));
	assert_false(device_holds(&one, "ma", "", nonce));
}

/* --- sessions --- */

static void a_session_idles_half_an_hour_and_lasts_twelve(void **state)
{
	char token[ACCESS_TOKEN_CHARS + 1];
	struct access_visitor v;
	int64_t now = 1000;
	(void)state;
	assert_int_equal(access_begin(a, &ma, now, token), OK);
	assert_int_equal(access_find(a, token, now + ACCESS_IDLE_S, &v), OK);
	assert_int_equal(access_find(a, token, now + 2 * ACCESS_IDLE_S + 1, &v), ERR_MISSING);
	assert_int_equal(access_begin(a, &ma, now, token), OK);
	for (; now <= 1000 + ACCESS_LIFE_S; now += 600)
		assert_int_equal(access_find(a, token, now, &v), OK);
	assert_int_equal(access_find(a, token, now, &v), ERR_MISSING);
}

static void failures_in_somebodys_name_end_no_session_of_theirs(void **state)
{
	char token[ACCESS_TOKEN_CHARS + 1];
	struct access_visitor v;
	(void)state;
	assert_int_equal(access_begin(a, &ma, 100, token), OK);
	fail_often(DOOR_LOGIN, "ma", 500, 100);
	assert_int_equal(access_find(a, token, 100, &v), OK);
	assert_int_equal(v.who.id, ma.id);
	assert_true(access_alive(a, token, ACT_OPEN_CASES, 100));
	assert_false(access_alive(a, token, ACT_UPLOAD, 100));
}

static void leaving_ends_the_session_and_its_keys(void **state)
{
	char token[ACCESS_TOKEN_CHARS + 1];
	struct access_visitor v;
	struct seal_secret key = {{1}}, got;
	(void)state;
	assert_int_equal(access_begin(a, &ma, 100, token), OK);
	assert_int_equal(access_key_keep(a, token, "caoba-office", &key, 100), OK);
	assert_int_equal(access_key(a, token, "caoba-office", 100, &got), OK);
	assert_int_equal(access_key(a, token, "county-office", 100, &got), ERR_MISSING);
	assert_int_equal(access_key(a, token, "caoba-office", 100 + ACCESS_IDLE_S, &got),
			 ERR_MISSING);
	access_end(a, token);
	assert_int_equal(access_find(a, token, 100, &v), ERR_MISSING);
	assert_int_equal(access_key(a, token, "caoba-office", 100, &got), ERR_MISSING);
}

static void another_role_or_place_counts_at_once_and_drops_the_keys(void **state)
{
	char token[ACCESS_TOKEN_CHARS + 1];
	struct access_visitor v;
	struct seal_secret key = {{1}}, got;
	struct staff moved = ma;
	(void)state;
	assert_int_equal(access_begin(a, &ma, 100, token), OK);
	assert_int_equal(access_key_keep(a, token, "caoba-office", &key, 100), OK);
	access_renew(a, token, &ma);
	assert_int_equal(access_key(a, token, "caoba-office", 100, &got), OK);
	moved.role = STAFF_SUPERVISOR;
	access_renew(a, token, &moved);
	assert_int_equal(access_find(a, token, 100, &v), OK);
	assert_int_equal(v.who.role, STAFF_SUPERVISOR);
	assert_int_equal(v.keys, 0);
	assert_int_equal(access_key(a, token, "caoba-office", 100, &got), ERR_MISSING);
	moved.id = 8; /* somebody else's row changes nothing */
	moved.role = STAFF_ADMIN;
	access_renew(a, token, &moved);
	assert_int_equal(access_find(a, token, 100, &v), OK);
	assert_int_equal(v.who.role, STAFF_SUPERVISOR);
}

static void one_member_cannot_take_every_session(void **state)
{
	char token[ACCESS_TOKEN_CHARS + 1], first[ACCESS_TOKEN_CHARS + 1];
	struct staff li = {.id = 8, .login = "li", .role = STAFF_APPROVER, .place = "mz.caoba"};
	struct access_visitor v;
	(void)state;
	assert_int_equal(access_begin(a, &ma, 100, first), OK);
	for (int i = 0; i < 2 * ACCESS_SESSIONS_MAX; i++)
		assert_int_equal(access_begin(a, &ma, 101 + i, token), OK);
	assert_int_equal(access_find(a, token, 700, &v), OK);
	assert_int_equal(access_find(a, first, 700, &v), ERR_MISSING);
	assert_int_equal(access_begin(a, &li, 700, token), OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
	const struct CMUnitTest tests[] = {
		TEST(every_role_may_do_exactly_this),
		TEST(nobody_both_prepares_and_signs_and_nobody_who_reads_letters_runs_kiosks),
		TEST(a_few_failures_wait_for_nothing),
		TEST(the_wait_at_the_login_page_grows_to_a_minute_and_no_further),
		TEST(every_door_counts_by_itself),
		TEST(no_name_waits_for_another),
		TEST(only_the_right_password_forgets_the_failures),
		TEST(a_mark_holds_for_its_own_name_and_installation_only),
		TEST(a_session_idles_half_an_hour_and_lasts_twelve),
		TEST(failures_in_somebodys_name_end_no_session_of_theirs),
		TEST(leaving_ends_the_session_and_its_keys),
		TEST(another_role_or_place_counts_at_once_and_drops_the_keys),
		TEST(one_member_cannot_take_every_session),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
