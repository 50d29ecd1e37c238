/* teller.c - one thread, fed by the database itself: the cases that are noted as untold. */
#include "app/township/teller.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/store/township/cases.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { AT_ONCE = 64, QUIET_MS = 200, PATIENCE_MS = 1000, TROUBLE_MS = 60000 };

struct teller {
	struct server *server;
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	bool woken, ending;
	struct case_row row[AT_ONCE];
	struct told_first first[AT_ONCE];
	size_t count;
};

/* True when the wait was cut short by the end. */
static bool wait_ms(struct teller *t, int ms)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)(ms % 1000) * 1000000;
	until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&t->lock);
	while (!t->ending && pthread_cond_timedwait(&t->more, &t->lock, &until) == 0)
		continue;
	bool ending = t->ending;
	pthread_mutex_unlock(&t->lock);
	return ending;
}

/* Until no letter was on its way for a moment, or patience ends. */
static bool wait_for_quiet(struct teller *t)
{
	int64_t from = clock_ms();
	unsigned before = atomic_load(&t->server->delivered);
	while (clock_ms() - from < PATIENCE_MS) {
		if (wait_ms(t, QUIET_MS))
			return false;
		unsigned now = atomic_load(&t->server->delivered);
		if (now == before && atomic_load(&t->server->delivering) == 0)
			return true;
		before = now;
	}
	return true;
}

static enum err tell(struct db *db, void *self)
{
	const struct teller *t = self;
	enum err e = OK;
	for (size_t i = 0; i < t->count && e == OK; i++)
		e = cases_tell(db, &t->row[i], &t->first[i]);
	return e;
}

/* As many as are told in one go. */
static enum err tell_some(struct teller *t)
{
	size_t sealed = 0;
	enum err e = cases_untold(t->db, 0, t->row, AT_ONCE, &t->count);
	for (; sealed < t->count && e == OK; sealed += e == OK)
		e = cases_seal(t->server->office, &t->row[sealed], &t->first[sealed]);
	if (e == OK && t->count > 0)
		e = writer_do(t->server->writer, tell, t);
	for (size_t i = 0; i < sealed; i++)
		told_first_free(&t->first[i]);
	return e;
}

static void tell_all(struct teller *t)
{
	do {
		if (!wait_for_quiet(t))
			return;
		enum err e = tell_some(t);
		if (e == OK)
			continue;
		log_warn("township: what residents are told first could not be stored yet");
		if (wait_ms(t, TROUBLE_MS))
			return;
	} while (t->count > 0);
}

static bool next_call(struct teller *t)
{
	pthread_mutex_lock(&t->lock);
	while (!t->woken && !t->ending)
		pthread_cond_wait(&t->more, &t->lock);
	t->woken = false;
	bool ending = t->ending;
	pthread_mutex_unlock(&t->lock);
	return !ending;
}

static void *work(void *self)
{
	while (next_call(self))
		tell_all(self);
	return NULL;
}

enum err teller_open(struct server *s, struct teller **out)
{
	pthread_condattr_t clock;
	*out = NULL;
	struct teller *t = calloc(1, sizeof *t);
	if (t == NULL)
		return ERR_FULL;
	t->server = s;
	t->woken = true;
	enum err e = township_look(s->township, &t->db);
	if (e != OK) {
		free(t);
		return e;
	}
	pthread_mutex_init(&t->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&t->more, &clock);
	pthread_condattr_destroy(&clock);
	if (pthread_create(&t->thread, NULL, work, t) != 0) {
		log_warn("township: no thread");
		db_close(t->db);
		free(t);
		return ERR_FULL;
	}
	*out = t;
	return OK;
}

void teller_end(struct teller *t)
{
	if (t == NULL)
		return;
	pthread_mutex_lock(&t->lock);
	t->ending = true;
	pthread_cond_signal(&t->more);
	pthread_mutex_unlock(&t->lock);
	pthread_join(t->thread, NULL);
	db_close(t->db);
}

void teller_close(struct teller *t)
{
	if (t == NULL)
		return;
	pthread_cond_destroy(&t->more);
	pthread_mutex_destroy(&t->lock);
	free(t);
}

void teller_wake(struct teller *t)
{
	if (t == NULL)
		return;
	pthread_mutex_lock(&t->lock);
	t->woken = true;
	pthread_cond_signal(&t->more);
	pthread_mutex_unlock(&t->lock);
}
