/* bundle_test.c - what is packed here is read by tar and verified by minisign; what others pack is
 * taken only within limits. */
#include "sync/bundle.h"

#include "tests/test.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int start(void **state)
{
	(void)state;
	return sign_start();
}

static void pack(unsigned char **out, size_t *len)
{
	struct bundle_writer *w;
	assert_int_equal(bundle_begin(1 << 20, &w), SYNC_OK);
	assert_int_equal(bundle_add(w, "manifest.json", "{}", 2), SYNC_OK);
	assert_int_equal(bundle_add(w, "publications/mz.caoba.v1/1", "hello\n", 6), SYNC_OK);
	assert_int_equal(bundle_add(w, "empty", "", 0), SYNC_OK);
	assert_int_equal(bundle_add(w, "../up", "x", 1), SYNC_ERR_REFUSED);
	assert_int_equal(bundle_add(w, "/root", "x", 1), SYNC_ERR_REFUSED);
	assert_int_equal(bundle_add(w, "a//b", "x", 1), SYNC_ERR_REFUSED);
	assert_int_equal(bundle_finish(w, out, len), SYNC_OK);
}

static void what_was_packed_is_read_again_and_twice_the_same(void **state)
{
	(void)state;
	unsigned char *a, *b;
	size_t a_len, b_len;
	struct bundle_reader *r;
	struct bundle_entry e;
	pack(&a, &a_len);
	pack(&b, &b_len);
	assert_int_equal(a_len, b_len);
	assert_memory_equal(a, b, a_len);
	assert_int_equal(bundle_open(a, a_len, NULL, &r), SYNC_OK);
	assert_int_equal(bundle_next(r, &e), SYNC_OK);
	assert_string_equal(e.name, "manifest.json");
	assert_int_equal(bundle_next(r, &e), SYNC_OK);
	assert_string_equal(e.name, "publications/mz.caoba.v1/1");
	assert_memory_equal(e.bytes, "hello\n", 6);
	assert_int_equal(bundle_next(r, &e), SYNC_OK);
	assert_int_equal(e.len, 0);
	assert_int_equal(bundle_next(r, &e), SYNC_ERR_MISSING);
	bundle_close(r);
	free(a);
	free(b);
}

static void put(const char *path, const void *bytes, size_t len)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	fclose(f);
}

static int run(char *const argv[])
{
	int status = -1;
	pid_t child = fork();
	if (child == 0) {
		if (freopen("/dev/null", "w", stdout) == NULL ||
		    freopen("/dev/null", "w", stderr) == NULL)
			_exit(126);
		execvp(argv[0], argv);
		_exit(127);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void standard_tools_list_and_verify_it(void **state)
{
	(void)state;
	unsigned char *bytes;
	size_t len;
	struct sign_public pub, other;
	struct sign_secret sec, other_sec;
	char folder[] = "/tmp/elutong-bundle-XXXXXX", file[64], sig[80], minisig[MINISIG_MAX],
	     key[64], other_key[64];
	assert_non_null(mkdtemp(folder));
	snprintf(file, sizeof file, "%s/x.tar.zst", folder);
	snprintf(sig, sizeof sig, "%s.minisig", file);
	sign_generate(&pub, &sec);
	sign_generate(&other, &other_sec);
	pack(&bytes, &len);
	assert_int_equal(minisig_make(&pub, &sec, bytes, len, minisig), SYNC_OK);
	minisig_public(&pub, key);
	minisig_public(&other, other_key);
	put(file, bytes, len);
	put(sig, minisig, strlen(minisig));
	static char tar_word[] = "tar", zstd[] = "--zstd", list[] = "-tf", sign_word[] = "minisign",
		    verify[] = "-V", key_flag[] = "-P", message[] = "-m";
	char *const tar[] = {tar_word, zstd, list, file, NULL};
	char *const good[] = {sign_word, verify, key_flag, key, message, file, NULL};
	char *const bad[] = {sign_word, verify, key_flag, other_key, message, file, NULL};
	assert_int_equal(run(tar), 0);
	assert_int_equal(run(good), 0);
	assert_int_not_equal(run(bad), 0);
	assert_int_equal(minisig_check(&pub, bytes, len, minisig, strlen(minisig)), SYNC_OK);
	assert_int_equal(minisig_check(&other, bytes, len, minisig, strlen(minisig)),
			 SYNC_ERR_REFUSED);
	bytes[len / 2] ^= 1;
	assert_int_equal(minisig_check(&pub, bytes, len, minisig, strlen(minisig)),
			 SYNC_ERR_REFUSED);
	unlink(file);
	unlink(sig);
	rmdir(folder);
	free(bytes);
}

/* A bundle made by somebody else's tool. */
struct made {
	unsigned char bytes[1 << 20];
	size_t len;
};

static la_ssize_t take(struct archive *a, void *self, const void *bytes, size_t len)
{
	struct made *m = self;
	(void)a;
	memcpy(m->bytes + m->len, bytes, len);
	m->len += len;
	return (la_ssize_t)len;
}

static void make_other(struct made *m, const char *name, unsigned type, const char *link,
		       size_t size)
{
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();
	static char zeros[1 << 16];
	m->len = 0;
	archive_write_set_format_pax_restricted(a);
	archive_write_add_filter_zstd(a);
	archive_write_set_bytes_in_last_block(a, 1);
	archive_write_open(a, m, NULL, take, NULL);
	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, type);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_size(e, (la_int64_t)size);
	if (link != NULL)
		archive_entry_set_symlink(e, link);
	archive_write_header(a, e);
	for (size_t left = size; left > 0;) {
		size_t n = left < sizeof zeros ? left : sizeof zeros;
		archive_write_data(a, zeros, n);
		left -= n;
	}
	archive_entry_free(e);
	archive_write_close(a);
	archive_write_free(a);
}

static enum sync_err first(const struct made *m, const struct bundle_limits *l)
{
	struct bundle_reader *r;
	struct bundle_entry e;
	if (bundle_open(m->bytes, m->len, l, &r) != SYNC_OK)
		return SYNC_ERR_CORRUPT;
	enum sync_err got = bundle_next(r, &e);
	if (got != SYNC_OK)
		assert_true(bundle_reason(r)[0] != 0);
	bundle_close(r);
	return got;
}

static void links_climbing_names_and_bombs_are_refused_with_a_reason(void **state)
{
	(void)state;
	struct made *m = calloc(1, sizeof *m);
	const struct bundle_limits small = {.one = 100};
	make_other(m, "good/name", AE_IFREG, NULL, 10);
	assert_int_equal(first(m, NULL), SYNC_OK);
	make_other(m, "../../etc/passwd", AE_IFREG, NULL, 10);
	assert_int_equal(first(m, NULL), SYNC_ERR_CORRUPT);
	make_other(m, "/etc/passwd", AE_IFREG, NULL, 10);
	assert_int_equal(first(m, NULL), SYNC_ERR_CORRUPT);
	make_other(m, "link", AE_IFLNK, "/etc/passwd", 0);
	assert_int_equal(first(m, NULL), SYNC_ERR_CORRUPT);
	make_other(m, "folder", AE_IFDIR, NULL, 0);
	assert_int_equal(first(m, NULL), SYNC_ERR_CORRUPT);
	make_other(m, "name with blank", AE_IFREG, NULL, 10);
	assert_int_equal(first(m, NULL), SYNC_ERR_CORRUPT);
	make_other(m, "large", AE_IFREG, NULL, 101);
	assert_int_equal(first(m, &small), SYNC_ERR_FULL);
	make_other(m, "bomb", AE_IFREG, NULL, 15 << 20);
	assert_int_equal(first(m, NULL), SYNC_ERR_FULL);
	free(m);
}

static void no_cut_and_no_flipped_bit_gives_other_bytes_silently(void **state)
{
	(void)state;
	unsigned char *bytes;
	size_t len, refused = 0;
	pack(&bytes, &len);
	for (size_t cut = 0; cut < len; cut++) {
		struct bundle_reader *r;
		struct bundle_entry e;
		if (bundle_open(bytes, cut, NULL, &r) != SYNC_OK) {
			refused++;
			continue;
		}
		enum sync_err got;
		for (got = bundle_next(r, &e); got == SYNC_OK; got = bundle_next(r, &e))
			assert_true(e.len <= 6);
		refused += got != SYNC_ERR_MISSING;
		bundle_close(r);
	}
	assert_true(refused > len / 2);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_packed_is_read_again_and_twice_the_same),
		cmocka_unit_test(standard_tools_list_and_verify_it),
		cmocka_unit_test(links_climbing_names_and_bombs_are_refused_with_a_reason),
		cmocka_unit_test(no_cut_and_no_flipped_bit_gives_other_bytes_silently),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
