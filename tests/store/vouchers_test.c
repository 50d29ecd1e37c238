/* vouchers_test.c - a picture becomes public only after a second person saw it, boxed, and the copy
 * without boxes does not outlive that. */
#include "app/base/text.h"
#include "app/store/township/publications.h"
#include "app/store/township/vouchers.h"
#include "app/village/attach.h"

#include "tests/office.h"

#include <dirent.h>

static const char rows[] = "{\"id\":\"a\",\"summary\":\"甲\"}\n{\"id\":\"b\",\"summary\":\"乙\"}\n";

static int64_t draft;
static size_t left; /* by the newest draft */
static struct seal_public server_pub, office_pub;
static struct seal_secret server, office;

static int64_t upload(const char *sheet)
{
	const struct voucher_start start = {.public_rows = ""};
	struct voucher_draft made;
	struct draft_new n = office_table("mz.caoba.v1", "ledger");
	n.sheet = sheet;
	n.sheet_len = strlen(sheet);
	assert_int_equal(vouchers_begin(db, &n, &start, NOW, &made), OK);
	left = made.lost;
	return made.id;
}

static int open_rows(void **state)
{
	if (open_office(state) != 0)
		return -1;
	seal_generate(&server_pub, &server);
	seal_generate(&office_pub, &office);
	draft = upload(rows);
	return 0;
}

/* A picture as the console puts it: `name` stands for its bytes. */
static enum err add(int64_t to, const char *row, const char *name, int64_t staff, int64_t *id)
{
	struct voucher_new n = {.draft = to, .staff = staff, .record = row};
	hash_bytes(name, strlen(name), &n.hash);
	assert_int_equal(blobs_seal(folder, &server_pub, name, strlen(name), &n.kept), OK);
	assert_int_equal(blobs_seal(folder, &office_pub, name, strlen(name), &n.original), OK);
	return vouchers_add(db, &n, NOW, id);
}

/* Every page of the draft's sheet, by the first letter of what it was made of. */
static const char *names;
static char told[100];
static enum err tell(void *self, const char *row, size_t rank, const struct hash *hash)
{
	size_t n = strlen(told);
	struct hash h;
	(void)self;
	(void)rank;
	for (const char *c = names; *c != 0; c++) {
		hash_bytes(c, 1, &h);
		if (hash_equal(&h, hash))
			snprintf(told + n, sizeof told - n, "%s%c ", row, *c);
	}
	return OK;
}
static const char *sheet_of(int64_t id)
{
	struct draft d;
	struct buf sheet;
	buf_init(&sheet, DRAFT_BYTES_MAX);
	assert_int_equal(drafts_find(db, id, &d, &sheet, NULL), OK);
	told[0] = 0;
	names = "123456789x";
	assert_int_equal(attach_each(sheet.p, sheet.len, &(struct attach_reader){tell, NULL}), OK);
	buf_free(&sheet);
	return told;
}

static size_t files(void)
{
	char path[96];
	size_t n = 0;
	for (unsigned i = 0; i < 256; i++) {
		snprintf(path, sizeof path, "%s/blobs/%02x", folder, i);
		DIR *d = opendir(path);
		for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
			n += e->d_name[0] != '.';
		if (d != NULL)
			closedir(d);
	}
	return n;
}

static void a_file_is_what_its_name_says_or_is_not_given(void **state)
{
	(void)state;
	struct hash hash, none = {{1}};
	struct buf out;
	char path[200], hex[65];
	buf_init(&out, 1 << 16);
	assert_int_equal(blobs_put(folder, "picture", 7, &hash), OK);
	assert_int_equal(blobs_put(folder, "picture", 7, &hash), OK);
	assert_int_equal(blobs_get(folder, &hash, &out), OK);
	assert_string_equal(buf_str(&out), "picture");
	assert_int_equal(blobs_get(folder, &none, &out), ERR_MISSING);
	for (int i = 0; i < 32; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash.b[i]);
	snprintf(path, sizeof path, "%s/blobs/%.2s/%s", folder, hex, hex);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	fputs("pictura", f);
	fclose(f);
	buf_clear(&out);
	assert_int_equal(blobs_get(folder, &hash, &out), ERR_CORRUPT);
	assert_int_equal(out.len, 0);
	buf_free(&out);
}

static void a_sealed_file_opens_with_its_key_and_no_other(void **state)
{
	(void)state;
	struct hash hash;
	struct buf out;
	buf_init(&out, 1 << 16);
	assert_int_equal(blobs_seal(folder, &office_pub, "SECRET", 6, &hash), OK);
	assert_int_equal(blobs_get(folder, &hash, &out), OK);
	assert_null(memmem(out.p, out.len, "SECRET", 6));
	buf_clear(&out);
	assert_int_equal(blobs_open(folder, &hash, &server, &out), ERR_REFUSED);
	assert_int_equal(out.len, 0);
	assert_int_equal(blobs_open(folder, &hash, &office, &out), OK);
	assert_string_equal(buf_str(&out), "SECRET");
	buf_free(&out);
}

static void the_sheet_follows_every_change(void **state)
{
	(void)state;
	int64_t one, two, three;
	assert_int_equal(add(draft, "b", "1", liu, &one), OK);
	assert_int_equal(add(draft, "b", "2", liu, &two), OK);
	assert_int_equal(add(draft, "a", "3", liu, &three), OK);
	assert_string_equal(sheet_of(draft), "a3 b1 b2 ");
	assert_int_equal(vouchers_move(db, two, liu, VOUCHER_UP), OK);
	assert_string_equal(sheet_of(draft), "a3 b2 b1 ");
	assert_int_equal(vouchers_move(db, two, liu, VOUCHER_UP), OK);
	assert_string_equal(sheet_of(draft), "a3 b2 b1 ");
	assert_int_equal(vouchers_move(db, two, liu, VOUCHER_DOWN), OK);
	assert_string_equal(sheet_of(draft), "a3 b1 b2 ");
	struct voucher was;
	assert_int_equal(vouchers_find(db, one, &was), OK);
	struct voucher_boxed boxed = {.id = one, .staff = liu, .was = &was, .boxes = "0 0 10 10"};
	hash_bytes("x", 1, &boxed.hash);
	assert_int_equal(vouchers_box(db, &boxed), OK);
	/* Two at once: the second drew over what is not there any more. */
	hash_bytes("9", 1, &boxed.hash);
	assert_int_equal(vouchers_box(db, &boxed), ERR_REFUSED);
	assert_string_equal(sheet_of(draft), "a3 bx b2 ");
	assert_int_equal(vouchers_move(db, one, liu, VOUCHER_REMOVE), OK);
	assert_string_equal(sheet_of(draft), "a3 b2 ");
}

static void nobody_else_and_nothing_later_changes_them(void **state)
{
	(void)state;
	int64_t one, other;
	assert_int_equal(add(draft, "a", "1", li, &other), ERR_REFUSED);
	assert_int_equal(db_savepoint(db), OK);
	assert_int_equal(add(draft, "c", "1", liu, &other), ERR_MISSING);
	db_rollback_to(db);
	assert_int_equal(add(draft, "a", "1", liu, &one), OK);
	assert_int_equal(add(draft, "a", "1", liu, &other), ERR_REFUSED);
	assert_int_equal(vouchers_move(db, one, li, VOUCHER_REMOVE), ERR_REFUSED);
	for (int i = 0; i < RECORD_ATTACH_MAX - 1; i++) {
		char name[16];
		snprintf(name, sizeof name, "n%d", i);
		assert_int_equal(add(draft, "a", name, liu, &other), OK);
	}
	assert_int_equal(add(draft, "a", "2", liu, &other), ERR_FULL);
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
	assert_int_equal(add(draft, "b", "2", liu, &other), ERR_REFUSED);
	assert_int_equal(vouchers_move(db, one, liu, VOUCHER_REMOVE), ERR_REFUSED);
	struct voucher was;
	assert_int_equal(vouchers_find(db, one, &was), OK);
	const struct voucher_boxed boxed = {.id = one, .staff = liu, .was = &was, .boxes = ""};
	assert_int_equal(vouchers_box(db, &boxed), ERR_REFUSED);
}

static void every_picture_is_seen_by_a_second_person(void **state)
{
	(void)state;
	static const size_t bytes[2] = {1, 1};
	int64_t one, two, waiting;
	bool open;
	struct voucher page;
	assert_int_equal(add(draft, "a", "1", liu, &one), OK);
	assert_int_equal(add(draft, "b", "2", liu, &two), OK);
	assert_int_equal(vouchers_find(db, one, &page), OK);
	struct hash kept = page.kept, hash = page.hash, other = {{7}};
	assert_int_equal(vouchers_look(db, one, &hash, li), ERR_REFUSED); /* not handed on */
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
	assert_int_equal(vouchers_look(db, one, &hash, liu), ERR_REFUSED);
	assert_int_equal(vouchers_look(db, one, &other, li), ERR_REFUSED);
	assert_int_equal(vouchers_look(db, one, &hash, li), OK);
	assert_int_equal(vouchers_waiting(db, draft, &waiting), OK);
	assert_int_equal(waiting, 1);
	assert_int_equal(vouchers_publish(db, draft, bytes, true), ERR_REFUSED);
	assert_int_equal(blobs_public(db, &hash, &open), ERR_MISSING);
	assert_int_equal(vouchers_find(db, two, &page), OK);
	assert_int_equal(vouchers_look(db, two, &page.hash, li), OK);
	assert_int_equal(drafts_approve(db, draft, li, 1, NOW), OK);
	assert_int_equal(vouchers_publish(db, draft, bytes, false), OK);
	assert_int_equal(blobs_public(db, &hash, &open), OK);
	assert_false(open);
	assert_int_equal(vouchers_find(db, one, &page), OK);
	assert_true(!page.is_kept && !page.has_whole && page.has_original);
	size_t before = files();
	blobs_drop(db, folder, &kept);
	assert_int_equal(files(), before - 1);
	blobs_drop(db, folder, &page.original);
	assert_int_equal(files(), before - 1);
}

static void the_next_draft_begins_with_the_pictures_of_the_last(void **state)
{
	(void)state;
	int64_t one, two, waiting;
	assert_int_equal(add(draft, "a", "1", liu, &one), OK);
	assert_int_equal(add(draft, "b", "2", liu, &two), OK);
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
	struct voucher page;
	assert_int_equal(vouchers_find(db, one, &page), OK);
	assert_int_equal(vouchers_look(db, one, &page.hash, li), OK);
	assert_int_equal(drafts_refuse(db, draft, li, "重做", NOW), OK);
	/* Row b is not in the new table; what was seen must be seen again. */
	int64_t next = upload("{\"id\":\"a\",\"summary\":\"甲改\"}\n{\"id\":\"c\"}\n");
	assert_string_equal(sheet_of(next), "a1 ");
	assert_int_equal(left, 1);
	assert_int_equal(vouchers_waiting(db, next, &waiting), OK);
	assert_int_equal(waiting, 1);
}

/* A voucher number is put right: the row is called otherwise, and another may have its name now. */
static void a_picture_goes_with_its_row_whatever_that_is_called(void **state)
{
	(void)state;
	static const char was[] = "{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n";
	static const char now[] = "{\"id\":\"a\"}\n{\"id\":\"c\"}\n{\"id\":\"z\"}\n";
	static const struct voucher_row row[] = {{"a", "z"}, {"b", "a"}};
	int64_t id;
	struct voucher_draft made;
	draft = upload(was);
	assert_int_equal(add(draft, "a", "1", liu, &id), OK);
	assert_int_equal(add(draft, "b", "1", liu, &id), OK);
	assert_int_equal(add(draft, "b", "2", liu, &id), OK);
	assert_int_equal(add(draft, "c", "3", liu, &id), OK);
	const struct draft_new n = {.sheet = now,
				    .sheet_len = sizeof now - 1,
				    .findings = "[]",
				    .findings_len = 2,
				    .preparer = liu,
				    .corrected = 7};
	struct voucher_rows follow = {.draft = draft, .row = row, .count = 2};
	assert_int_equal(vouchers_replace(db, &n, &follow, NOW, &made), OK);
	/* What is called c now is not what was called c. */
	assert_string_equal(sheet_of(draft), "a1 a2 z1 ");
	assert_int_equal(made.lost, 1);
	assert_int_equal(vouchers_replace(db, &n, &follow, NOW, &made), ERR_REFUSED);
}

/* A draft that lay there while another was made public keeps no name of a picture that went. */
static void an_overtaken_draft_names_no_picture_that_is_gone(void **state)
{
	(void)state;
	static const size_t bytes[1] = {1};
	int64_t one;
	assert_int_equal(add(draft, "a", "1", liu, &one), OK);
	int64_t next = upload(rows);
	struct voucher *page;
	size_t count;
	assert_int_equal(vouchers_of(db, next, &page, &count), OK);
	assert_int_equal(count, 1);
	assert_int_equal(vouchers_move(db, page[0].id, liu, VOUCHER_REMOVE), OK);
	free(page);
	assert_int_equal(drafts_submit(db, next, liu, "", NOW), OK);
	assert_int_equal(drafts_approve(db, next, li, 1, NOW), OK);
	assert_int_equal(vouchers_publish(db, next, bytes, true), OK);
	assert_int_equal(vouchers_find(db, one, &(struct voucher){0}), ERR_MISSING);
	assert_string_equal(sheet_of(draft), "");
}

/* Begins a draft where row a is public with the picture "3", and so are the rows in `more`. */
static struct voucher_draft begin_public(const char *place, const char *more)
{
	struct hash h;
	char hex[65], public[400];
	struct voucher_draft made;
	struct draft_new n = office_table(place, "ledger");
	n.sheet = rows;
	n.sheet_len = sizeof rows - 1;
	hash_bytes("3", 1, &h);
	text_hex(h.b, HASH_BYTES, hex);
	snprintf(public, sizeof public, "{\"id\":\"a\",\"attach\":[\"%s\"]}\n%s", hex, more);
	const struct voucher_start start = {.public_rows = public, .len = strlen(public)};
	assert_int_equal(vouchers_begin(db, &n, &start, NOW, &made), OK);
	return made;
}

static void after_publication_the_next_draft_begins_with_what_is_public(void **state)
{
	(void)state;
	int64_t one, waiting;
	/* What was made public by that draft is not what its pages say: a question and its answer
	 * keep pictures without naming any. */
	assert_int_equal(add(draft, "b", "1", liu, &one), OK);
	assert_int_equal(drafts_submit(db, draft, liu, "", NOW), OK);
	assert_int_equal(drafts_approve(db, draft, li, 1, NOW), OK);
	const struct voucher_draft next = begin_public("mz.caoba.v1", "");
	assert_string_equal(sheet_of(next.id), "a3 ");
	assert_int_equal(vouchers_waiting(db, next.id, &waiting), OK);
	assert_int_equal(waiting, 0);
}

static void without_a_draft_before_it_begins_with_what_is_public(void **state)
{
	(void)state;
	int64_t waiting;
	const struct voucher_draft made = begin_public("mz.caoba.v2", "{\"id\":\"z\"}\n");
	assert_int_equal(made.lost, 0);
	assert_string_equal(sheet_of(made.id), "a3 ");
	assert_int_equal(vouchers_waiting(db, made.id, &waiting), OK);
	assert_int_equal(waiting, 0);
}

static void what_nobody_names_is_swept_away(void **state)
{
	(void)state;
	int64_t one;
	struct hash lost;
	char path[200];
	assert_int_equal(add(draft, "a", "1", liu, &one), OK);
	size_t before = files();
	assert_int_equal(blobs_put(folder, "lost", 4, &lost), OK);
	snprintf(path, sizeof path, "%s/blobs/%02x/half.new", folder, lost.b[0]);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	fclose(f);
	assert_int_equal(files(), before + 2);
	assert_int_equal(blobs_sweep(db, folder), OK);
	assert_int_equal(files(), before);
}

static void a_second_copy_holds_all_of_them(void **state)
{
	(void)state;
	struct hash a, b;
	struct buf out;
	char to[96];
	buf_init(&out, 1 << 16);
	snprintf(to, sizeof to, "%s/copy", folder);
	assert_int_equal(blobs_put(folder, "a", 1, &a), OK);
	assert_int_equal(blobs_copy(folder, to), OK);
	assert_int_equal(blobs_put(folder, "b", 1, &b), OK);
	assert_int_equal(blobs_copy(folder, to), OK);
	char blobs[96], gone[96];
	snprintf(blobs, sizeof blobs, "%s/blobs", folder);
	snprintf(gone, sizeof gone, "%s/gone", folder);
	assert_int_equal(rename(blobs, gone), 0);
	assert_int_equal(blobs_get(folder, &a, &out), ERR_MISSING);
	assert_int_equal(blobs_copy_back(to, folder), OK);
	assert_int_equal(blobs_get(folder, &a, &out), OK);
	assert_int_equal(blobs_get(folder, &b, &out), OK);
	assert_string_equal(buf_str(&out), "ab");
	buf_free(&out);
}

#define ROWS(test) cmocka_unit_test_setup_teardown(test, open_rows, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROWS(a_file_is_what_its_name_says_or_is_not_given),
		ROWS(a_sealed_file_opens_with_its_key_and_no_other),
		ROWS(the_sheet_follows_every_change),
		ROWS(nobody_else_and_nothing_later_changes_them),
		ROWS(every_picture_is_seen_by_a_second_person),
		ROWS(the_next_draft_begins_with_the_pictures_of_the_last),
		ROWS(a_picture_goes_with_its_row_whatever_that_is_called),
		ROWS(an_overtaken_draft_names_no_picture_that_is_gone),
		ROWS(after_publication_the_next_draft_begins_with_what_is_public),
		ROWS(without_a_draft_before_it_begins_with_what_is_public),
		ROWS(what_nobody_names_is_swept_away),
		ROWS(a_second_copy_holds_all_of_them),
	};
	return sign_start() == SYNC_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
