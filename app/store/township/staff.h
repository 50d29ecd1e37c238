/* staff.h - who works in the office: login, role, and the part of the county they work for.
 *
 * Passwords are kept as Argon2id hashes; a login says nothing about keys (wraps.h). */
#pragma once
#include "app/store/township/township.h"
#include "app/village/place.h"

enum { STAFF_LOGIN_MAX = 32, STAFF_PASSWORD_MIN = 8, STAFF_PASSWORD_MAX = 128, STAFF_HASH = 128 };

enum staff_role {
	STAFF_PREPARER,   /* 填报员: uploads and submits */
	STAFF_APPROVER,   /* 审批人: signs what somebody else prepared */
	STAFF_HANDLER,    /* 信访办: opens and answers letters */
	STAFF_SUPERVISOR, /* 监督员: sees numbers and records, no content */
	STAFF_ADMIN,      /* 管理员: kiosks and records, no content */
	STAFF_COMMITTEE, /* 监委会委员: of one village; signs or objects to what it will publish */
	STAFF_ROLES
};
const char *staff_role_words(enum staff_role r); /* 填报员 */
bool staff_role_parse(const char *id, enum staff_role *out);

struct staff {
	int64_t id;
	char login[STAFF_LOGIN_MAX + 1];
	char name[PLACE_NAME_MAX + 1];
	enum staff_role role;
	char place[PLACE_ID_MAX + 1]; /* this place and all below */
	int64_t last_login;           /* 0: never */
};

struct staff_new {
	const char *login; /* lower-case letters, digits, dots, dashes */
	const char *name, *place, *password;
	enum staff_role role;
};
/* Hashes the password, which takes a moment: prefer a quiet time. ERR_REFUSED: the login is taken
 * or malformed, or the password has fewer than STAFF_PASSWORD_MIN bytes. A job. */
must_use enum err staff_add(struct db *db, const struct staff_new *n, int64_t now, int64_t *id);

/* ERR_MISSING. `hash` may be NULL. */
must_use enum err staff_by_login(struct db *db, const char *login, struct staff *out,
				 char hash[STAFF_HASH]);
must_use enum err staff_by_id(struct db *db, int64_t id, struct staff *out);
must_use enum err staff_seen(struct db *db, int64_t id, int64_t now);

/* 李*强: how a member of staff is named to residents and in signed text. */
void staff_masked(const char *name, char out[PLACE_NAME_MAX + 1]);
