/* crash_test.c - whatever moment the power goes, a letter that was thanked for is there, once.
 *
 * crash_test [CUTS] [SEED]: the real queue on a disk that loses what was not synced. Ends with
 * "crash N cuts, L lost, D doubled; control lost C", where the control is the same on a disk whose
 * syncs lie. */
#include "app/store/kiosk/queue.h"

#include "tests/county.h"
#include "tests/fault/disk.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LETTERS = 12, DEFAULT_CUTS = 2400 };

static struct {
	int thanked; /* letters whose queue_add returned OK */
	int found, doubled, broken;
} * seen;

static struct parcel_header header[LETTERS];
static struct buf letter[LETTERS];
static char folder[64];

static int make_letters(void)
{
	static struct county county;
	static struct receipt_keys keys;
	struct receipt r;
	struct parcel_place at = {.sequence = 1};
	if (county_open(&county) != OK)
		return -1;
	receipt_make(&r);
	if (receipt_derive(&r, NULL, &keys) != OK)
		return -1;
	for (int i = 0; i < LETTERS; i++) {
		buf_init(&letter[i], PARCEL_BYTES_MAX);
		if (county_letter(&county, WHOM_VILLAGE, "一件事", NULL, &keys.pub, &at, &letter[i],
				  &header[i]) != OK)
			return -1;
		at.sequence++;
		hash_bytes(letter[i].p, letter[i].len, &at.previous);
	}
	county_close(&county);
	return 0;
}

static void silence(void)
{
	int fd = open("/dev/null", O_WRONLY);
	dup2(fd, 2);
}

/* In a child: writes letters until the power goes. */
static void work(void)
{
	struct queue *q;
	disk_mount();
	if (queue_open(folder, true, &q) != OK)
		_exit(3);
	for (int i = 0; i < LETTERS; i++) {
		if (queue_add(q, &header[i], letter[i].p, letter[i].len, NULL, 0) != OK)
			_exit(4);
		seen->thanked = i + 1;
	}
	queue_close(q);
	_exit(0);
}

/* In a child, after the cut: the letters thanked for must be there, and the chain must go on. */
static void look(void)
{
	struct queue *q;
	struct parcel_header h;
	struct buf bytes;
	uint64_t after = 0;
	disk_mount();
	disk_cut_at(0);
	buf_init(&bytes, PARCEL_BYTES_MAX);
	if (queue_open(folder, true, &q) != OK) {
		seen->broken = 1;
		_exit(0);
	}
	while (queue_next(q, after, &h, &bytes) == OK) {
		if (h.sequence != after + 1 || h.sequence > LETTERS ||
		    memcmp(h.id, header[h.sequence - 1].id, sizeof h.id) != 0)
			seen->doubled++;
		after = h.sequence;
		seen->found++;
		buf_clear(&bytes);
	}
	struct parcel_place at;
	if (queue_place(q, &at) != OK || at.sequence != after + 1)
		seen->broken = 1;
	/* The next one still goes in. */
	if (after < LETTERS &&
	    queue_add(q, &header[after], letter[after].p, letter[after].len, NULL, 0) != OK)
		seen->broken = 1;
	_exit(0);
}

static int run(void (*what)(void))
{
	int status = 0;
	pid_t p = fork();
	if (p == 0) {
		silence();
		what();
	}
	waitpid(p, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static long count_operations(bool strict)
{
	disk_format(strict, false);
	disk_cut_at(0);
	seen->thanked = 0;
	return run(work) == 0 ? disk_operations() : 0;
}

struct tally {
	long cuts, lost, doubled, broken;
};

static void cut(struct tally *t, bool strict, bool lies, long at, uint32_t seed)
{
	disk_format(strict, lies);
	disk_cut_at(at);
	memset(seen, 0, sizeof *seen);
	run(work);
	disk_power_cut(seed);
	if (run(look) != 0)
		seen->broken = 1;
	t->cuts++;
	t->lost += seen->found < seen->thanked || seen->broken;
	t->doubled += seen->doubled > 0;
	t->broken += seen->broken;
}

int main(int argc, char **argv)
{
	long cuts = argc > 1 ? strtol(argv[1], NULL, 10) : DEFAULT_CUTS;
	uint32_t seed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
	struct tally real = {0}, control = {0};
	seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	snprintf(folder, sizeof folder, "/tmp/elutong-crash-XXXXXX");
	if (seen == MAP_FAILED || mkdtemp(folder) == NULL || make_letters() != 0) {
		printf("not ok 1 - the crash test could not be prepared\n");
		return 1;
	}
	disk_make();
	long operations[2] = {count_operations(false), count_operations(true)};
	if (operations[0] == 0 || operations[1] == 0) {
		printf("not ok 1 - letters cannot be written even without a cut\n");
		return 1;
	}
	uint32_t n = seed;
	for (long i = 0; i < cuts; i++) {
		bool strict = i % 2;
		n = n * 1664525u + 1013904223u;
		cut(&real, strict, false, 1 + i / 2 % operations[strict], n);
	}
	for (long i = 0; i < cuts / 10 + 1; i++) {
		n = n * 1664525u + 1013904223u;
		cut(&control, i % 2, true, 1 + (long)(n >> 8) % operations[i % 2], n);
	}
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	bool bites = control.lost * 2 > control.cuts;
	printf("%sok 1 - %ld power cuts at every one of %ld operations lose and double nothing "
	       "(seed %u)\n",
	       real.lost == 0 && real.doubled == 0 ? "" : "not ", real.cuts,
	       operations[0] + operations[1], seed);
	printf("%sok 2 - the same on a disk that lies about syncing loses letters (%ld of %ld "
	       "cuts)\n",
	       bites ? "" : "not ", control.lost, control.cuts);
	printf("# count crash: %ld cuts, %ld lost, %ld doubled, %ld not usable afterwards\n",
	       real.cuts, real.lost, real.doubled, real.broken);
	printf("crash %ld cuts, %ld lost, %ld doubled; control lost %ld\n", real.cuts, real.lost,
	       real.doubled, control.lost);
	return system(command) != 0 || real.lost != 0 || real.doubled != 0 || !bites;
}
