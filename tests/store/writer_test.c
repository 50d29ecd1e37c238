/* writer_test.c - nothing is told before it is durable, and one bad job harms no other. */
#include "tests/store/township.h"

struct one {
	struct writer_job job;
	struct letter letter;
	atomic_bool durable;
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool done;
	enum err result;
};

static enum err run_one(struct db *db, void *self)
{
	struct one *o = self;
	enum wire_outcome outcome;
	bool fresh;
	return parcels_add(db, &o->letter.parcel, &o->letter.hash, NOW, &outcome, &fresh);
}

/* Looks through another connection: what is told as done must be there for everybody. */
static void done_one(void *self, enum err e)
{
	struct one *o = self;
	sqlite3 *raw;
	sqlite3_stmt *q;
	bool there = sqlite3_open(w.path, &raw) == SQLITE_OK &&
		     sqlite3_prepare_v2(raw, "SELECT 1 FROM parcel WHERE id = ?", -1, &q, NULL) ==
			     SQLITE_OK;
	if (there) {
		sqlite3_bind_blob(q, 1, o->letter.header.id, PARCEL_ID_BYTES, SQLITE_STATIC);
		there = sqlite3_step(q) == SQLITE_ROW;
		sqlite3_finalize(q);
	}
	sqlite3_close(raw);
	pthread_mutex_lock(&o->lock);
	atomic_store(&o->durable, there);
	o->result = e;
	o->done = true;
	pthread_cond_signal(&o->over);
	pthread_mutex_unlock(&o->lock);
}

/* Ends the whole transaction, as a full or a broken disk does. */
static enum err brings_all_down(struct db *db, void *self)
{
	(void)self;
	static const struct hash none = {{1}};
	return kiosks_alarm(db, &none, NOW, "boom", "x");
}

/* Keeps the writer busy until everything of the test waits behind it, so that it is one batch. */
static pthread_barrier_t gate;
static enum err wait_at_gate(struct db *db, void *self)
{
	(void)db;
	(void)self;
	pthread_barrier_wait(&gate);
	return OK;
}
static void nothing_done(void *self, enum err e)
{
	(void)self;
	(void)e;
}

static void submit_letters(struct one *o, int count)
{
	for (int i = 0; i < count; i++) {
		pthread_mutex_init(&o[i].lock, NULL);
		pthread_cond_init(&o[i].over, NULL);
		o[i].job = (struct writer_job){
			.run = i == 1 ? brings_all_down : run_one, .done = done_one, .self = &o[i]};
		assert_int_equal(writer_submit(w.writer, &o[i].job), OK);
	}
	pthread_barrier_wait(&gate);
	for (int i = 0; i < count; i++) {
		pthread_mutex_lock(&o[i].lock);
		while (!o[i].done)
			pthread_cond_wait(&o[i].over, &o[i].lock);
		pthread_mutex_unlock(&o[i].lock);
	}
}

static void an_error_that_ends_the_transaction_harms_no_other_letter(void **state)
{
	(void)state;
	enum { LETTERS = 4 };
	struct one *o = calloc(LETTERS, sizeof *o);
	struct writer_job first = {.run = wait_at_gate, .done = nothing_done};
	raw_sql("CREATE TRIGGER boom BEFORE INSERT ON alarm WHEN NEW.kind = 'boom' "
		"BEGIN SELECT RAISE(ROLLBACK, 'disk I/O error'); END");
	pthread_barrier_init(&gate, NULL, 2);
	assert_int_equal(writer_open(w.township, &w.writer), OK);
	assert_int_equal(writer_submit(w.writer, &first), OK);
	for (int i = 0; i < LETTERS; i++)
		write_letter(&o[i].letter, WHOM_VILLAGE, (uint64_t)i + 1,
			     i == 0 ? NULL : &o[i - 1].letter.hash);
	submit_letters(o, LETTERS);
	for (int i = 0; i < LETTERS; i++) {
		assert_int_equal(o[i].result, i == 1 ? ERR_REFUSED : OK);
		assert_int_equal(atomic_load(&o[i].durable), i != 1);
		buf_free(&o[i].letter.bytes);
	}
	pthread_barrier_destroy(&gate);
	free(o);
}

static enum err always_fails(struct db *db, void *self)
{
	(void)self;
	struct hash none = {{1}};
	assert_int_equal(kiosks_alarm(db, &none, NOW, "test", "不该留下"), OK);
	return ERR_REFUSED;
}

static void every_letter_is_durable_before_it_is_told_and_one_bad_job_harms_no_other(void **state)
{
	(void)state;
	enum { LETTERS = 24 };
	struct one *o = calloc(LETTERS, sizeof *o);
	assert_int_equal(writer_open(w.township, &w.writer), OK);
	for (int i = 0; i < LETTERS; i++) {
		write_letter(&o[i].letter, WHOM_VILLAGE, (uint64_t)i + 1,
			     i == 0 ? NULL : &o[i - 1].letter.hash);
		pthread_mutex_init(&o[i].lock, NULL);
		pthread_cond_init(&o[i].over, NULL);
		o[i].job = (struct writer_job){.run = run_one, .done = done_one, .self = &o[i]};
		assert_int_equal(writer_submit(w.writer, &o[i].job), OK);
		if (i % 5 == 0)
			assert_int_equal(writer_do(w.writer, always_fails, NULL), ERR_REFUSED);
	}
	for (int i = 0; i < LETTERS; i++) {
		pthread_mutex_lock(&o[i].lock);
		while (!o[i].done)
			pthread_cond_wait(&o[i].over, &o[i].lock);
		pthread_mutex_unlock(&o[i].lock);
		assert_int_equal(o[i].result, OK);
		assert_true(atomic_load(&o[i].durable));
		buf_free(&o[i].letter.bytes);
	}
	writer_close(w.writer);
	w.writer = NULL;
	assert_int_equal(alarms(), 0);
	free(o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(an_error_that_ends_the_transaction_harms_no_other_letter),
		WORLD(every_letter_is_durable_before_it_is_told_and_one_bad_job_harms_no_other),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
