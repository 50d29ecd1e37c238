/* writer.c - the one thread that writes. It owns the writing connection and is fed by one queue; it
 * touches nothing else of the program. */
#include "app/store/township/writer.h"

#include "app/base/log.h"
#include "app/store/township/township_impl.h"

#include <pthread.h>
#include <stdlib.h>

struct writer {
	struct township *township;
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct writer_job *first, *last;
	int waiting;
	bool ending;
};

static void run_one(struct db *db, struct writer_job *j)
{
	j->result = db_savepoint(db);
	if (j->result != OK)
		return;
	j->result = j->run(db, j->self);
	if (j->result == OK)
		j->result = db_in_transaction(db) ? db_release(db) : ERR_IO;
	else if (db_in_transaction(db))
		db_rollback_to(db);
}

/* All in one transaction. *lost: an error ended it, and with it what the jobs before had done. */
static enum err run_together(struct writer *w, struct writer_job *first, bool *lost)
{
	int64_t generation = 0;
	*lost = false;
	enum err e = db_begin(w->db);
	if (e != OK)
		return e;
	for (struct writer_job *j = first; j != NULL && !*lost; j = j->next) {
		run_one(w->db, j);
		*lost = !db_in_transaction(w->db);
	}
	if (*lost)
		return ERR_IO;
#if SEEDED_BUG == 8
	for (struct writer_job *j = first, *next; j != NULL; j = next) {
		next = j->next;
		j->done(j->self, j->result);
	}
#endif
	e = township_count(w->db, "generation", &generation);
	if (e == OK)
		e = db_commit(w->db);
	if (e != OK)
		db_rollback(w->db);
	else
		township_committed(w->township, generation);
	return e;
}

/* A list of jobs in one transaction; then each hears what became of it. When one of them brought
 * the transaction down, each is run again in one of its own, so that only the one to blame fails.
 */
static void run_batch(struct writer *w, struct writer_job *first)
{
	bool lost, many = first->next != NULL;
	enum err whole = run_together(w, first, &lost);
#if SEEDED_BUG == 8
	first = lost ? first : NULL;
#endif
	for (struct writer_job *j = first, *next; j != NULL; j = next) {
		next = j->next; /* done may free the job */
		enum err e = whole;
		if (lost && many) {
			bool own;
			j->next = NULL;
			e = run_together(w, j, &own);
#if SEEDED_BUG == 8
			if (!own)
				continue;
#endif
			if (own)
				e = j->result;
		} else if (lost) {
			e = j->result;
		}
		j->done(j->self, e != OK ? e : j->result);
	}
}

static struct writer_job *take(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	while (w->first == NULL && !w->ending)
		pthread_cond_wait(&w->more, &w->lock);
	struct writer_job *first = w->first, *end = first;
	for (int n = 1; end != NULL && end->next != NULL && n < WRITER_BATCH_MAX; n++)
		end = end->next;
	int taken = 0;
	for (struct writer_job *j = first; j != NULL; j = j == end ? NULL : j->next)
		taken++;
	if (end != NULL) {
		w->first = end->next;
		end->next = NULL;
	}
	if (w->first == NULL)
		w->last = NULL;
	w->waiting -= taken;
	pthread_mutex_unlock(&w->lock);
	return first;
}

static void *work(void *self)
{
	struct writer *w = self;
	for (struct writer_job *first = take(w); first != NULL; first = take(w))
		run_batch(w, first);
	return NULL;
}

enum err writer_open(struct township *t, struct writer **out)
{
	*out = NULL;
	struct writer *w = calloc(1, sizeof *w);
	if (w == NULL)
		return ERR_FULL;
	w->township = t;
	w->db = township_write_db(t);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->more, NULL);
	if (pthread_create(&w->thread, NULL, work, w) != 0) {
		log_warn("writer: no thread");
		free(w);
		return ERR_FULL;
	}
	*out = w;
	return OK;
}

void writer_close(struct writer *w)
{
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	w->ending = true;
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->more);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

enum err writer_submit(struct writer *w, struct writer_job *job)
{
	enum err e = OK;
	job->next = NULL;
	job->result = OK;
	pthread_mutex_lock(&w->lock);
	if (w->ending || w->waiting >= WRITER_JOBS_MAX) {
		e = ERR_FULL;
	} else {
		if (w->last == NULL)
			w->first = job;
		else
			w->last->next = job;
		w->last = job;
		w->waiting++;
		pthread_cond_signal(&w->more);
	}
	pthread_mutex_unlock(&w->lock);
	return e;
}

/* --- waiting for one --- */

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool done;
	enum err result;
	enum err (*run)(struct db *db, void *self);
	void *self;
};

static enum err run_waiting(struct db *db, void *self)
{
	struct waiting *w = self;
	return w->run(db, w->self);
}

static void done_waiting(void *self, enum err e)
{
	struct waiting *w = self;
	pthread_mutex_lock(&w->lock);
	w->result = e;
	w->done = true;
	pthread_cond_signal(&w->over);
	pthread_mutex_unlock(&w->lock);
}

enum err writer_do(struct writer *writer, enum err (*run)(struct db *db, void *self), void *self)
{
	struct waiting w = {.run = run, .self = self};
	struct writer_job job = {.run = run_waiting, .done = done_waiting, .self = &w};
	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.over, NULL);
	enum err e = writer_submit(writer, &job);
	if (e == OK) {
		pthread_mutex_lock(&w.lock);
		while (!w.done)
			pthread_cond_wait(&w.over, &w.lock);
		e = w.result;
		pthread_mutex_unlock(&w.lock);
	}
	pthread_cond_destroy(&w.over);
	pthread_mutex_destroy(&w.lock);
	return e;
}
