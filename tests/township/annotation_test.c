/* annotation_test.c - a new question and answer is added to those that are public, whatever becomes
 * public while it is written. */
#include "app/township/annotation.h"

#include "app/store/township/publications.h"
#include "app/store/township/staff.h"
#include "tests/county.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOW = 1795500000 };
#define PLACE "mz.caoba.v1"

static struct catalogue *catalogue;
static struct county county;
static struct township *township;
static struct db *db;
static char folder[64];
static struct hash last;
static uint64_t number;
static int64_t liu, li, draft;
static struct complaint_row about;
static struct annotation a;

static int start(void **state)
{
	(void)state;
	return catalogue_open("assets/catalogue", &catalogue) != OK || county_open(&county) != 0;
}

static int stop(void **state)
{
	(void)state;
	catalogue_close(catalogue);
	county_close(&county);
	return 0;
}

static int64_t member(const char *login, enum staff_role role)
{
	int64_t id;
	const struct staff_new n = {.login = login,
				    .name = "张三",
				    .place = "mz.caoba",
				    .password = "a-long-password",
				    .role = role};
	assert_int_equal(staff_add(db, &n, NOW, &id), OK);
	return id;
}

static void publish(const char *place, const char *template_id, const char *period,
		    uint32_t version, const void *rows, size_t len)
{
	struct sheet_entry entry = {.part = 1, .version = version};
	bool elsewhere = strcmp(place, PLACE) != 0;
	struct publication p = {.number = elsewhere ? 1 : ++number,
				.day = 20261105,
				.sheet = &entry,
				.sheet_count = 1};
	struct publication_sheet sheet = {rows, len};
	struct buf text;
	if (!elsewhere)
		p.previous = last;
	snprintf(entry.template_id, sizeof entry.template_id, "%s", template_id);
	snprintf(entry.period, sizeof entry.period, "%s", period);
	snprintf(entry.reason, sizeof entry.reason, "%s", version > 1 ? "添一条问答" : "");
	snprintf(p.place, sizeof p.place, "%s", place);
	snprintf(p.issuer, sizeof p.issuer, "草坝镇");
	buf_init(&text, PUBLICATION_BYTES_MAX);
	assert_int_equal(sheet_measure(rows, len, &entry), OK);
	assert_int_equal(publication_make(&p, &county.publisher, &county.publisher_secret, &text),
			 OK);
	assert_int_equal(publications_put(db, county.settings, &text, &sheet, 1, NOW), OK);
	if (!elsewhere)
		last = p.hash;
	buf_free(&text);
}

#define LEDGER                                                                                     \
	"{\"id\":\"a\",\"date\":\"2026-10-05\",\"account_code\":\"541\",\"coa_version\":\"2024\"," \
	"\"direction\":\"out\",\"amount_fen\":100,\"summary\":\"水沟\"}\n"
static const char ledger[] = LEDGER;

static int open_office(void **state)
{
	char path[96];
	(void)state;
	last = (struct hash){{0}};
	number = 0;
	snprintf(folder, sizeof folder, "/tmp/elutong-annotation-XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/township.db", folder);
	assert_int_equal(township_open(path, &township), OK);
	db = township_write_db(township);
	assert_int_equal(db_begin(db), OK);
	liu = member("liu", STAFF_PREPARER);
	li = member("li", STAFF_APPROVER);
	publish(PLACE, "ledger", "2026-10", 1, ledger, sizeof ledger - 1);
	about = (struct complaint_row){
		.place = PLACE, .period = "2026-10", .template_id = "ledger", .row_id = "a"};
	a = (struct annotation){.about_row = &about,
				.about = catalogue_find(catalogue, "ledger"),
				.t = catalogue_find(catalogue, "annotation"),
				.question = "挖机来了没有",
				.answer = "来了",
				.office = "草坝镇信访办",
				.day = 20261121};
	annotation_begin(&a);
	return 0;
}

static int close_office(void **state)
{
	char command[128];
	(void)state;
	annotation_end(&a);
	db_rollback(db);
	township_close(township);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

/* As the writer does it: what is refused leaves nothing. */
static enum err keep(void)
{
	assert_int_equal(db_savepoint(db), OK);
	enum err e = annotation_keep(db, &a, liu, NOW, &draft);
	if (e == OK)
		assert_int_equal(db_release(db), OK);
	else
		db_rollback_to(db);
	return e;
}

/* Another person signs what waits. */
static void sign(void)
{
	struct draft d;
	struct buf sheet;
	buf_init(&sheet, DRAFT_BYTES_MAX);
	assert_int_equal(drafts_find(db, draft, &d, &sheet, NULL), OK);
	assert_int_equal(drafts_approve(db, draft, li, number + 1, NOW), OK);
	publish(PLACE, "annotation", "once", (uint32_t)a.now.parts + 1, sheet.p, sheet.len);
	buf_free(&sheet);
}

static int questions(void)
{
	struct buf sheet;
	struct draft d;
	int n = 0;
	buf_init(&sheet, DRAFT_BYTES_MAX);
	assert_int_equal(drafts_find(db, draft, &d, &sheet, NULL), OK);
	for (const char *p = buf_str(&sheet); (p = strchr(p, '\n')) != NULL; p++)
		n++;
	buf_free(&sheet);
	return n;
}

static void what_was_signed_meanwhile_is_never_left_out(void **state)
{
	(void)state;
	struct draft none = {.id = INT64_MAX};
	assert_int_equal(annotation_read(db, &a), OK);
	assert_int_equal(keep(), OK);
	assert_int_equal(questions(), 1);
	int64_t first = draft;
	assert_int_equal(annotation_read(db, &a), OK); /* before the first is signed */
	assert_int_equal(keep(), ERR_REFUSED);
	assert_false(a.overtaken); /* it waits, that is all */
	draft = first;
	sign();
	assert_int_equal(keep(), ERR_REFUSED);
	assert_true(a.overtaken);
	assert_int_equal(drafts_before(db, none.id, &none), OK);
	assert_int_equal(none.id, first); /* and nothing is kept of it */
	assert_int_equal(annotation_read(db, &a), OK);
	assert_int_equal(keep(), OK);
	assert_int_equal(questions(), 2);
}

static void the_row_it_is_about_is_the_one_that_is_public_when_it_is_kept(void **state)
{
	(void)state;
	assert_int_equal(annotation_read(db, &a), OK);
	assert_int_equal(a.version, 1);
	publish(PLACE, "ledger", "2026-10", 2, ledger, sizeof ledger - 1);
	assert_int_equal(keep(), ERR_REFUSED);
	assert_true(a.overtaken);
	assert_int_equal(annotation_read(db, &a), OK);
	assert_int_equal(a.version, 2);
	publish(PLACE, "ledger", "2026-10", 3, "", 0);
	assert_int_equal(keep(), ERR_REFUSED);
	assert_int_equal(annotation_read(db, &a), ERR_MISSING); /* no place to stand beside */
}

static void another_place_s_publication_is_in_nobody_s_way(void **state)
{
	(void)state;
	assert_int_equal(annotation_read(db, &a), OK);
	publish("mz.caoba.v2", "ledger", "2026-10", 1, ledger, sizeof ledger - 1);
	assert_int_equal(keep(), OK);
}

#define OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE(what_was_signed_meanwhile_is_never_left_out),
		OFFICE(the_row_it_is_about_is_the_one_that_is_public_when_it_is_kept),
		OFFICE(another_place_s_publication_is_in_nobody_s_way),
	};
	return sign_start() == SYNC_OK ? cmocka_run_group_tests(tests, start, stop) : 1;
}
