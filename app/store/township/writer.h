/* writer.h - everything that changes township.db, one after the other, many to a commit.
 *
 * One thread owns the writing connection. Each job runs under its own savepoint; its `done` is
 * called after the commit that holds it, on the writer's thread. At most WRITER_JOBS_MAX wait;
 * beyond that the caller says "later". Nothing is answered before it is durable. */
#pragma once
#include "app/store/township/township.h"

enum { WRITER_JOBS_MAX = 4096, WRITER_BATCH_MAX = 256 };

struct writer;

struct writer_job {
	/* Runs inside the transaction; an error undoes this job alone. Runs once more when another
	 * job's error ended the transaction. */
	enum err (*run)(struct db *db, void *self);
	/* After the commit; `e` is what run gave, or why nothing became durable. */
	void (*done)(void *self, enum err e);
	void *self;
	/* the writer's own */
	struct writer_job *next;
	enum err result;
};

must_use enum err writer_open(struct township *t, struct writer **out);
/* Finishes what waits, then ends. NULL is fine. */
void writer_close(struct writer *w);

/* The job lives until `done`. ERR_FULL: too many wait. */
must_use enum err writer_submit(struct writer *w, struct writer_job *job);
/* Waits for the commit; for the console and for tools. */
must_use enum err writer_do(struct writer *w, enum err (*run)(struct db *db, void *self),
			    void *self);
