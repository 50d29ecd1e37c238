#include "app/township/access.h"

#include "app/base/text.h"
#include "sync/sign.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MAY(role) (1u << STAFF_##role)
#define MAY_ALL                                                                                    \
	(MAY(PREPARER) | MAY(APPROVER) | MAY(HANDLER) | MAY(SUPERVISOR) | MAY(ADMIN) |             \
	 MAY(COMMITTEE))

static const unsigned may[ACCESS_ACTS] = {
	[ACT_NOTHING] = MAY_ALL,
	[ACT_HOME] = MAY_ALL,
	[ACT_LEAVE] = MAY_ALL,
	[ACT_UPLOAD] = MAY(PREPARER),
	[ACT_SEE_DRAFTS] = MAY(PREPARER) | MAY(APPROVER) | MAY(SUPERVISOR) | MAY(COMMITTEE),
	[ACT_SUPERVISE] = MAY(COMMITTEE),
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

struct session {
	bool used;
	struct hash token;
	struct staff who;
	char csrf[ACCESS_CSRF_CHARS + 1];
	int64_t born, last;
	size_t keys;
	int64_t keys_until;
	struct session_key {
		char body[PLACE_ID_MAX + 1];
		struct seal_secret key;
	} key[ACCESS_KEYS_MAX];
};

/* Failures of one name at one door. */
struct tries {
	int failed; /* 0: free */
	bool nobody;
	enum access_door door;
	char who[STAFF_LOGIN_MAX + 1];
	int64_t last, until;
};

struct access {
	pthread_mutex_t lock; /* taken by the threads that answer pages */
	struct session session[ACCESS_SESSIONS_MAX];
	struct tries tries[ACCESS_TRIED_MAX];
};

/* At the login page anybody can fail in somebody else's name, so the wait stays short. */
static const struct {
	int first_s, most_s;
} waits[ACCESS_DOORS] = {
	[DOOR_LOGIN] = {1, 60},      [DOOR_DEVICE] = {60, 15 * 60}, [DOOR_OFFICE] = {60, 15 * 60},
	[DOOR_NAME] = {60, 15 * 60}, [DOOR_SIGN] = {60, 15 * 60},
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

static struct tries *tries_of(struct access *a, enum access_door door, const char *who)
{
	for (size_t i = 0; i < ACCESS_TRIED_MAX; i++) {
		struct tries *t = &a->tries[i];
		if (t->failed > 0 && t->door == door && strcmp(t->who, who) == 0)
			return t;
	}
	return NULL;
}

/* A free place; else that of the name nobody has that failed longest ago, else of any. */
static struct tries *tries_new(struct access *a, enum access_door door, const char *who)
{
	struct tries *best = &a->tries[0];
	for (size_t i = 0; i < ACCESS_TRIED_MAX && best->failed > 0; i++) {
		struct tries *t = &a->tries[i];
		bool rather = t->nobody == best->nobody ? t->last < best->last : t->nobody;
		if (t->failed == 0 || rather)
			best = t;
	}
	*best = (struct tries){.door = door};
	snprintf(best->who, sizeof best->who, "%s", who);
	return best;
}

int access_wait_s(struct access *a, enum access_door door, const char *who, int64_t now)
{
	pthread_mutex_lock(&a->lock);
	const struct tries *t = tries_of(a, door, who);
	int64_t left = t == NULL ? 0 : t->until - now;
	pthread_mutex_unlock(&a->lock);
	return left <= 0 ? 0 : left > waits[door].most_s ? waits[door].most_s : (int)left;
}

void access_tried(struct access *a, enum access_door door, const char *who,
		  enum access_outcome outcome, int64_t now)
{
	pthread_mutex_lock(&a->lock);
	struct tries *t = tries_of(a, door, who);
	if (outcome == TRY_GOOD) {
		if (t != NULL)
			*t = (struct tries){0};
	} else {
		if (t == NULL)
			t = tries_new(a, door, who);
		t->nobody = outcome == TRY_NOBODY;
		t->last = now;
		if (t->failed < ACCESS_TRIES + 16)
			t->failed++;
		if (t->failed >= ACCESS_TRIES) {
			int64_t wait = (int64_t)waits[door].first_s << (t->failed - ACCESS_TRIES);
			t->until = now + (wait > waits[door].most_s ? waits[door].most_s : wait);
		}
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

/* Ends what idled or lasted too long on the way. */
static void sweep(struct access *a, int64_t now)
{
	for (size_t i = 0; i < ACCESS_SESSIONS_MAX; i++) {
		struct session *s = &a->session[i];
		if (s->used && (now - s->last > ACCESS_IDLE_S || now - s->born > ACCESS_LIFE_S))
			end_session(s);
		if (s->used && s->keys > 0 && now >= s->keys_until)
			drop_keys(s);
	}
}

static struct session *of_token(struct access *a, const char *token)
{
	struct hash h;
	struct session *found = NULL;
	if (token == NULL || strlen(token) != ACCESS_TOKEN_CHARS)
		return NULL;
	hash_bytes(token, ACCESS_TOKEN_CHARS, &h);
	for (size_t i = 0; i < ACCESS_SESSIONS_MAX; i++)
		if (a->session[i].used && hash_equal(&a->session[i].token, &h))
			found = &a->session[i];
	return found;
}

static struct session *find(struct access *a, const char *token, int64_t now)
{
	sweep(a, now);
	return of_token(a, token);
}

/* A free place; this member's oldest one when they hold ACCESS_EACH_MAX. NULL: none. */
static struct session *room_for(struct access *a, int64_t staff)
{
	struct session *free_one = NULL, *oldest = NULL;
	size_t own = 0;
	for (size_t i = 0; i < ACCESS_SESSIONS_MAX; i++) {
		struct session *s = &a->session[i];
		if (!s->used) {
			free_one = free_one == NULL ? s : free_one;
		} else if (s->who.id == staff) {
			own++;
			if (oldest == NULL || s->last < oldest->last)
				oldest = s;
		}
	}
	if (own < ACCESS_EACH_MAX)
		return free_one;
	end_session(oldest);
	return oldest;
}

enum err access_begin(struct access *a, const struct staff *who, int64_t now,
		      char token[ACCESS_TOKEN_CHARS + 1])
{
	unsigned char random[ACCESS_TOKEN_CHARS / 2], csrf[ACCESS_CSRF_CHARS / 2];
	seal_random(random, sizeof random);
	seal_random(csrf, sizeof csrf);
	text_hex(random, sizeof random, token);
	pthread_mutex_lock(&a->lock);
	sweep(a, now);
	struct session *s = room_for(a, who->id);
	if (s != NULL) {
		*s = (struct session){.used = true, .who = *who, .born = now, .last = now};
		hash_bytes(token, ACCESS_TOKEN_CHARS, &s->token);
		text_hex(csrf, sizeof csrf, s->csrf);
	}
	pthread_mutex_unlock(&a->lock);
	seal_wipe(random, sizeof random);
	return s == NULL ? ERR_FULL : OK;
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

bool access_alive(struct access *a, const char *token, enum access_act act, int64_t now)
{
	pthread_mutex_lock(&a->lock);
	const struct session *s = find(a, token, now);
	bool alive = s != NULL && access_may(s->who.role, act);
	pthread_mutex_unlock(&a->lock);
	return alive;
}

void access_renew(struct access *a, const char *token, const struct staff *who)
{
	pthread_mutex_lock(&a->lock);
	struct session *s = of_token(a, token);
	if (s != NULL && s->who.id == who->id) {
		if (s->who.role != who->role || strcmp(s->who.place, who->place) != 0)
			drop_keys(s);
		int64_t before = s->who.last_login; /* the login before this session's own */
		s->who = *who;
		s->who.last_login = before;
	}
	pthread_mutex_unlock(&a->lock);
}

void access_end(struct access *a, const char *token)
{
	pthread_mutex_lock(&a->lock);
	struct session *s = of_token(a, token);
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
	struct session *s = of_token(a, token);
	if (s != NULL)
		drop_keys(s);
	pthread_mutex_unlock(&a->lock);
}
