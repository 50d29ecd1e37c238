#include "app/township/access.h"

#include "app/base/text.h"
#include "sync/sign.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MAY(role) (1u << STAFF_##role)
#define MAY_ALL   (MAY(PREPARER) | MAY(APPROVER) | MAY(HANDLER) | MAY(SUPERVISOR) | MAY(ADMIN))

static const unsigned may[ACCESS_ACTS] = {
	[ACT_NOTHING] = MAY_ALL,
	[ACT_HOME] = MAY_ALL,
	[ACT_LEAVE] = MAY_ALL,
	[ACT_UPLOAD] = MAY(PREPARER),
	[ACT_SEE_DRAFTS] = MAY(PREPARER) | MAY(APPROVER) | MAY(SUPERVISOR),
	[ACT_APPROVE] = MAY(APPROVER),
	[ACT_SEE_CASES] = MAY(HANDLER) | MAY(SUPERVISOR),
	[ACT_OPEN_CASES] = MAY(HANDLER),
	[ACT_SEE_KIOSKS] = MAY(SUPERVISOR) | MAY(ADMIN),
	[ACT_RUN_KIOSKS] = MAY(ADMIN),
	[ACT_SEE_RECORDS] = MAY(SUPERVISOR) | MAY(ADMIN),
};

bool access_may(enum staff_role role, enum access_act act)
{
	return (may[act] & 1u << role) != 0;
}

bool access_covers(const struct settings *s, const struct staff *who, const char *place)
{
	return settings_place(s, place) != NULL && settings_below(s, place, who->place);
}

enum { TRIES_NAMES = 1024, TRIES_FIRST_S = 60, TRIES_MOST_S = 15 * 60 };

struct session {
	bool used;
	struct hash token;
	struct staff who;
	char csrf[ACCESS_CSRF_CHARS + 1];
	int64_t last;
	size_t keys;
	int64_t keys_until;
	struct session_key {
		char body[PLACE_ID_MAX + 1];
		struct seal_secret key;
	} key[ACCESS_KEYS_MAX];
};

/* Failures of one login name; names share a place when their hashes do, which only slows both. */
struct tries {
	int failed, wait_s;
	int64_t until;
};

struct access {
	pthread_mutex_t lock; /* taken by the threads that answer pages */
	struct session session[ACCESS_SESSIONS_MAX];
	struct tries tries[TRIES_NAMES];
};

enum err access_open(struct access **out)
{
	*out = NULL;
	struct access *a = calloc(1, sizeof *a);
	if (a == NULL)
		return ERR_FULL;
	pthread_mutex_init(&a->lock, NULL);
	mlock(a->session, sizeof a->session); /* keeps keys out of swap where limits allow it */
	*out = a;
	return OK;
}

void access_close(struct access *a)
{
	if (a == NULL)
		return;
	seal_wipe(a->session, sizeof a->session);
	munlock(a->session, sizeof a->session);
	pthread_mutex_destroy(&a->lock);
	free(a);
}

/* --- tries --- */

static struct tries *tries_of(struct access *a, const char *login)
{
	struct hash h;
	hash_bytes(login, strlen(login), &h);
	return &a->tries[((size_t)h.b[0] << 8 | h.b[1]) % TRIES_NAMES];
}

int access_wait_s(struct access *a, const char *login, int64_t now)
{
	pthread_mutex_lock(&a->lock);
	const struct tries *t = tries_of(a, login);
	int64_t left = t->until - now;
	pthread_mutex_unlock(&a->lock);
	return left <= 0 ? 0 : left > TRIES_MOST_S ? TRIES_MOST_S : (int)left;
}

void access_tried(struct access *a, const char *login, bool good, int64_t now)
{
	pthread_mutex_lock(&a->lock);
	struct tries *t = tries_of(a, login);
	if (good) {
		*t = (struct tries){0};
	} else if (++t->failed >= ACCESS_TRIES) {
		t->wait_s = t->wait_s == 0 ? TRIES_FIRST_S : t->wait_s * 2;
		if (t->wait_s > TRIES_MOST_S)
			t->wait_s = TRIES_MOST_S;
		t->until = now + t->wait_s;
	}
	pthread_mutex_unlock(&a->lock);
}

/* --- sessions --- */

static void end_session(struct session *s)
{
	seal_wipe(s, sizeof *s);
}

static void drop_keys(struct session *s)
{
	seal_wipe(s->key, sizeof s->key);
	s->keys = 0;
}

/* Ends what idled too long on the way. */
static struct session *find(struct access *a, const char *token, int64_t now)
{
	struct hash h;
	struct session *found = NULL;
	if (token == NULL || strlen(token) != ACCESS_TOKEN_CHARS)
		return NULL;
	hash_bytes(token, ACCESS_TOKEN_CHARS, &h);
	for (size_t i = 0; i < ACCESS_SESSIONS_MAX; i++) {
		struct session *s = &a->session[i];
		if (s->used && now - s->last > ACCESS_IDLE_S)
			end_session(s);
		if (s->used && s->keys > 0 && now >= s->keys_until)
			drop_keys(s);
		if (s->used && hash_equal(&s->token, &h))
			found = s;
	}
	return found;
}

enum err access_begin(struct access *a, const struct staff *who, int64_t now,
		      char token[ACCESS_TOKEN_CHARS + 1])
{
	unsigned char random[ACCESS_TOKEN_CHARS / 2], csrf[ACCESS_CSRF_CHARS / 2];
	enum err e = ERR_FULL;
	seal_random(random, sizeof random);
	seal_random(csrf, sizeof csrf);
	text_hex(random, sizeof random, token);
	pthread_mutex_lock(&a->lock);
	find(a, token, now);
	for (size_t i = 0; i < ACCESS_SESSIONS_MAX && e != OK; i++) {
		struct session *s = &a->session[i];
		if (s->used)
			continue;
		*s = (struct session){.used = true, .who = *who, .last = now};
		hash_bytes(token, ACCESS_TOKEN_CHARS, &s->token);
		text_hex(csrf, sizeof csrf, s->csrf);
		e = OK;
	}
	pthread_mutex_unlock(&a->lock);
	seal_wipe(random, sizeof random);
	return e;
}

enum err access_find(struct access *a, const char *token, int64_t now, struct access_visitor *out)
{
	*out = (struct access_visitor){0};
	pthread_mutex_lock(&a->lock);
	struct session *s = find(a, token, now);
	if (s != NULL) {
		s->last = now;
		out->who = s->who;
		memcpy(out->csrf, s->csrf, sizeof out->csrf);
		out->keys = s->keys;
		out->keys_until = s->keys_until;
		for (size_t i = 0; i < s->keys; i++)
			memcpy(out->key_body[i], s->key[i].body, sizeof out->key_body[i]);
	}
	pthread_mutex_unlock(&a->lock);
	return s == NULL ? ERR_MISSING : OK;
}

void access_end(struct access *a, const char *token)
{
	pthread_mutex_lock(&a->lock);
	struct session *s = find(a, token, 0);
	if (s != NULL)
		end_session(s);
	pthread_mutex_unlock(&a->lock);
}

enum err access_key_keep(struct access *a, const char *token, const char *body,
			 const struct seal_secret *key, int64_t now)
{
	enum err e = ERR_MISSING;
	pthread_mutex_lock(&a->lock);
	struct session *s = find(a, token, now);
	if (s != NULL) {
		size_t i = 0;
		while (i < s->keys && strcmp(s->key[i].body, body) != 0)
			i++;
		e = i == ACCESS_KEYS_MAX ? ERR_FULL : OK;
		if (e == OK) {
			snprintf(s->key[i].body, sizeof s->key[i].body, "%s", body);
			s->key[i].key = *key;
			s->keys = i == s->keys ? i + 1 : s->keys;
			s->keys_until = now + ACCESS_IDLE_S;
		}
	}
	pthread_mutex_unlock(&a->lock);
	return e;
}

enum err access_key(struct access *a, const char *token, const char *body, int64_t now,
		    struct seal_secret *out)
{
	enum err e = ERR_MISSING;
	pthread_mutex_lock(&a->lock);
	const struct session *s = find(a, token, now);
	for (size_t i = 0; s != NULL && i < s->keys; i++)
		if (strcmp(s->key[i].body, body) == 0) {
			*out = s->key[i].key;
			e = OK;
		}
	pthread_mutex_unlock(&a->lock);
	return e;
}

void access_keys_drop(struct access *a, const char *token)
{
	pthread_mutex_lock(&a->lock);
	struct session *s = find(a, token, 0);
	if (s != NULL)
		drop_keys(s);
	pthread_mutex_unlock(&a->lock);
}
