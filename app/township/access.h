/* access.h - who is logged in, which keys they have open, and who may do what.
 *
 * Sessions live in the memory of this process only and are kept as hashes of their tokens; 30
 * minutes without a request end one, twelve hours end every one, and with it go the keys it held.
 * `now` is seconds of a clock that never goes back, so that setting the wall clock neither ends a
 * session nor keeps one alive.
 *
 * A password is tried at a door, and every door counts by itself: whoever guesses at the login page
 * never shuts a colleague out of the office key or the signature, nor ends a session. After
 * ACCESS_TRIES failures the next try waits, longer each time up to a limit: at the login page a
 * minute at most, and not at all for a browser its owner has logged in from before (device.h). */
#pragma once
#include "app/store/township/staff.h"
#include "app/village/settings.h"
#include "sync/seal.h"

enum {
	ACCESS_TOKEN_CHARS = 64,
	ACCESS_CSRF_CHARS = 32,
	ACCESS_SESSIONS_MAX = 256,
	ACCESS_KEYS_MAX = 4, /* office keys one session can hold open */
	ACCESS_EACH_MAX = 8, /* sessions of one member; the oldest gives way */
	ACCESS_IDLE_S = 30 * 60,
	ACCESS_LIFE_S = 12 * 3600,
	ACCESS_TRIES = 5,
	ACCESS_TRIED_MAX = 1024 /* names with failures that are remembered */
};

/* Everything the console can be asked to do. */
enum access_act {
	ACT_NOTHING, /* needs no session: the login page, style sheets */
	ACT_HOME,
	ACT_LEAVE,
	ACT_UPLOAD,     /* a table, and handing it on */
	ACT_SEE_DRAFTS, /* what is being prepared */
	ACT_SUPERVISE,  /* sign for the village, or object: the supervision committee's own */
	ACT_APPROVE,    /* sign what somebody else prepared, or send it back */
	ACT_SEE_CASES,  /* numbers, dates, states */
	ACT_OPEN_CASES, /* what residents wrote, and answering it */
	ACT_SEE_KIOSKS,
	ACT_RUN_KIOSKS,  /* enrolment codes, revoking */
	ACT_SEE_RECORDS, /* who looked at what */
	ACCESS_ACTS
};
/* The one place that says who may do what. */
bool access_may(enum staff_role role, enum access_act act);
/* A member works for their place and all below it. */
bool access_covers(const struct settings *s, const struct staff *who, const char *place);

struct access;
must_use enum err access_open(struct access **out);
void access_close(struct access *a); /* wipes every session; NULL is fine */

/* --- logging in --- */

enum access_door {
	DOOR_LOGIN,  /* by login name, from anywhere */
	DOOR_DEVICE, /* the login page, from a known browser: by the browser's mark */
	DOOR_OFFICE, /* the rest by the member whose session it is */
	DOOR_NAME,
	DOOR_SIGN,
	ACCESS_DOORS
};
enum access_outcome {
	TRY_GOOD,
	TRY_WRONG,
	TRY_NOBODY /* as TRY_WRONG; nobody has this name, so it is the first to be forgotten */
};
/* Seconds to wait before the next try at this door; 0: now. */
int access_wait_s(struct access *a, enum access_door door, const char *who, int64_t now);
/* Only TRY_GOOD forgets the failures: what was not decided by the password is not to be told. */
void access_tried(struct access *a, enum access_door door, const char *who,
		  enum access_outcome outcome, int64_t now);
/* A new session and its token for the cookie. ERR_FULL: too many are logged in. */
must_use enum err access_begin(struct access *a, const struct staff *who, int64_t now,
			       char token[ACCESS_TOKEN_CHARS + 1]);

/* --- a session, by its token --- */

struct access_visitor {
	struct staff who;
	char csrf[ACCESS_CSRF_CHARS + 1];
	size_t keys; /* office keys open now */
	char key_body[ACCESS_KEYS_MAX][PLACE_ID_MAX + 1];
	int64_t keys_until; /* by the clock of `now` */
};
/* Counts as activity. ERR_MISSING: no such session, or it ended. */
must_use enum err access_find(struct access *a, const char *token, int64_t now,
			      struct access_visitor *out);
/* True when a session that may do this is alive; counts as nothing. */
bool access_alive(struct access *a, const char *token, enum access_act act, int64_t now);
/* What the database says of this member now. Another role or place drops the keys. */
void access_renew(struct access *a, const char *token, const struct staff *who);
void access_end(struct access *a, const char *token);

/* An office key stays open for ACCESS_IDLE_S from now, at most as long as the session. */
must_use enum err access_key_keep(struct access *a, const char *token, const char *body,
				  const struct seal_secret *key, int64_t now);
/* ERR_MISSING: not open (any more). Wipe what it gives. */
must_use enum err access_key(struct access *a, const char *token, const char *body, int64_t now,
			     struct seal_secret *out);
void access_keys_drop(struct access *a, const char *token);
