/* letter_test.c - a letter is thanked for only when it is durable, is kept when it cannot be
 * sealed, and leaves nothing of what was said in memory. */
#include "app/kiosk/letter.h"

#include "app/kiosk/secret.h"
#include "tests/county.h"
#include "tests/test.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <unistd.h>

static struct county county;
static struct queue *queue;
static char folder[64];
static bool mounted;

static int fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-letter-XXXXXX");
	return county_open(&county) || mkdtemp(folder) == NULL || queue_open(folder, true, &queue);
}

static int gone(void **state)
{
	char command[128];
	(void)state;
	queue_close(queue);
	queue = NULL;
	county_close(&county);
	if (mounted)
		umount2(folder, MNT_DETACH);
	mounted = false;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

/* What is said, kept so that the test itself does not hold it in one piece. */
static const unsigned char hidden[] =
	"\x37\x1c\x6b\x50\x44\x03\x6d\x5f\x72\x11\x28\x39\x4e\x07\x65";

static void say(char *out, size_t from, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out[i] = (char)('a' + (hidden[(from + i) % 15] ^ (from + i)) % 26);
}

enum { SAID = 48 };

static struct letter *written(void)
{
	struct letter *l = letter_begin("mz.caoba.v1");
	assert_non_null(l);
	l->says.whom = WHOM_VILLAGE;
	l->whom_chosen = l->topic_chosen = l->name_chosen = l->begun = true;
	say(l->says.answer[ASK_WHAT], 0, SAID);
	l->says.named = true;
	say(l->says.name, 7, 20);
	snprintf(l->says.phone, sizeof l->says.phone, "13800000000");
	return l;
}

static struct letter_road road(void)
{
	return (struct letter_road){county.settings, &county.kiosk, queue, "mz.caoba.v1"};
}

/* Parcels that another program finds in the file: what is not committed is not there. */
static int parcels_on_disk(void)
{
	char path[96];
	sqlite3 *db;
	sqlite3_stmt *q;
	snprintf(path, sizeof path, "%s/queue.db", folder);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM parcel", -1, &q, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	int n = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

static void it_is_thanked_for_when_it_is_committed(void **state)
{
	(void)state;
	struct letter *l = written();
	const struct letter_road r = road();
	struct queue_state look;
	assert_int_equal(letter_seal(l, &r, 20261120), LETTER_SEALED);
	assert_true(l->sealed);
	assert_int_equal(l->sequence, 1);
	assert_int_equal(parcels_on_disk(), 1);
	assert_int_equal(queue_look(queue, &look), OK);
	assert_int_equal(look.head_sequence, 1);
	assert_int_equal(l->says.answer[ASK_WHAT][0], 0);
	assert_int_equal(l->says.name[0], 0);
	letter_end(l);
}

static void it_is_not_thanked_for_when_another_holds_the_file(void **state)
{
	(void)state;
	char path[96];
	sqlite3 *other;
	struct letter *l = written();
	const struct letter_road r = road();
	snprintf(path, sizeof path, "%s/queue.db", folder);
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(letter_seal(l, &r, 20261120), LETTER_FAILED);
	assert_false(l->sealed);
	assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(other);
	assert_int_equal(parcels_on_disk(), 0);
	/* The text is as it was written and goes the next time, under the same receipt. */
	struct receipt before = l->receipt;
	assert_int_equal(strlen(l->says.answer[ASK_WHAT]), SAID);
	assert_int_equal(letter_seal(l, &r, 20261120), LETTER_SEALED);
	assert_string_equal(l->receipt.digits, before.digits);
	assert_int_equal(parcels_on_disk(), 1);
	letter_end(l);
}

static void a_full_disk_is_said_and_keeps_what_was_written(void **state)
{
	(void)state;
	char path[96];
	queue_close(queue);
	queue = NULL;
	mounted = mount("tmpfs", folder, "tmpfs", 0, "size=72m") == 0;
	if (!mounted)
		skip(); /* no file system can be mounted here */
	assert_int_equal(queue_open(folder, true, &queue), OK);
	snprintf(path, sizeof path, "%s/filler", folder);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(posix_fallocate(fd, 0, 60 << 20), 0);
	close(fd);
	struct letter *l = written();
	const struct letter_road r = road();
	assert_int_equal(letter_seal(l, &r, 20261120), LETTER_NO_ROOM);
	assert_false(l->sealed);
	assert_int_equal(strlen(l->says.answer[ASK_WHAT]), SAID);
	assert_int_equal(strlen(l->says.name), 20);
	assert_int_equal(parcels_on_disk(), 0);
	unlink(path);
	assert_int_equal(letter_seal(l, &r, 20261120), LETTER_SEALED);
	assert_int_equal(parcels_on_disk(), 1);
	letter_end(l);
}

static void without_a_reader_nothing_is_sealed(void **state)
{
	(void)state;
	struct letter *l = written();
	struct letter_road r = road();
	r.settings = NULL;
	assert_int_equal(letter_seal(l, &r, 20261120), LETTER_NO_READER);
	assert_int_equal(strlen(l->says.answer[ASK_WHAT]), SAID);
	assert_int_equal(parcels_on_disk(), 0);
	letter_end(l);
}

/* --- what is left in memory --- */

/* Pieces of what is said, made when they are looked for. */
enum { PIECES = 3, PIECE = 20 };

static bool said_at(const unsigned char *p, char piece[PIECES][PIECE])
{
	for (int i = 0; i < PIECES; i++)
		if (p[0] == (unsigned char)piece[i][0] && memcmp(p, piece[i], PIECE) == 0)
			return true;
	return false;
}

static int count_in(int memory, uintptr_t start, uintptr_t end)
{
	static unsigned char page[(1 << 16) + SAID];
	char piece[PIECES][PIECE];
	int found = 0;
	for (uintptr_t at = start; at < end; at += 1 << 16) {
		ssize_t n = pread(memory, page, sizeof page, (off_t)at);
		if (at >= (uintptr_t)page - sizeof page && at <= (uintptr_t)page + sizeof page)
			continue; /* this very place */
		say(piece[0], 0, PIECE);
		say(piece[1], 7, PIECE);
		say(piece[2], 24, PIECE);
		for (ssize_t i = 0; i + PIECE <= n && i < 1 << 16; i++)
			found += said_at(page + i, piece);
		explicit_bzero(piece, sizeof piece);
	}
	explicit_bzero(page, sizeof page);
	return found;
}

/* How often what was said stands in the writable memory of this process. */
static int in_memory(void)
{
	char line[512], rights[8];
	unsigned long start, end;
	int found = 0;
	FILE *maps = fopen("/proc/self/maps", "r");
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	assert_non_null(maps);
	assert_true(memory >= 0);
	while (fgets(line, sizeof line, maps) != NULL)
		/* The sanitizer's shadow is terabytes and holds no text. */
		if (sscanf(line, "%lx-%lx %7s", &start, &end, rights) == 3 && rights[1] == 'w' &&
		    end - start < 1UL << 30)
			found += count_in(memory, start, end);
	fclose(maps);
	close(memory);
	return found;
}

static void nothing_of_what_was_said_stays_in_memory(void **state)
{
	(void)state;
	struct letter *l = written();
	const struct letter_road r = road();
	assert_true(in_memory() > 0); /* the search finds it while it is there */
	assert_int_equal(letter_seal(l, &r, 20261120), LETTER_SEALED);
	letter_end(l);
	assert_int_equal(in_memory(), 0);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, fresh, gone)
	const struct CMUnitTest tests[] = {
		CASE(it_is_thanked_for_when_it_is_committed),
		CASE(it_is_not_thanked_for_when_another_holds_the_file),
		CASE(a_full_disk_is_said_and_keeps_what_was_written),
		CASE(without_a_reader_nothing_is_sealed),
		CASE(nothing_of_what_was_said_stays_in_memory),
	};
	secret_start(); /* as the program does */
	return cmocka_run_group_tests_name("letter", tests, NULL, NULL);
}
