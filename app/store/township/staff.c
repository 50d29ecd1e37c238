#include "app/store/township/staff.h"

#include "app/base/text.h"
#include "app/store/township/township_impl.h"
#include "app/village/typed.h"
#include "sync/seal.h"

#include <stdio.h>
#include <string.h>

static const char *const role_id[STAFF_ROLES] = {"preparer",   "approver", "handler",
						 "supervisor", "admin",    "committee"};
static const char *const role_words[STAFF_ROLES] = {"填报员", "审批人", "信访办",
						    "监督员", "管理员", "监委会委员"};

const char *staff_role_words(enum staff_role r)
{
	return role_words[r];
}

bool staff_role_parse(const char *id, enum staff_role *out)
{
	for (int i = 0; i < STAFF_ROLES; i++)
		if (strcmp(role_id[i], id) == 0) {
			*out = (enum staff_role)i;
			return true;
		}
	return false;
}

static bool login_valid(const char *login)
{
	size_t len = strlen(login);
	return len > 0 && len <= STAFF_LOGIN_MAX &&
	       strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789.-") == len;
}

enum err staff_add(struct db *db, const struct staff_new *n, int64_t now, int64_t *id)
{
	char hash[STAFF_HASH];
	size_t len = strlen(n->password), name = strlen(n->name);
	if (!login_valid(n->login) || !place_id_valid(n->place) || name == 0 ||
	    name > PLACE_NAME_MAX || !text_is_plain(n->name, name) || len < STAFF_PASSWORD_MIN ||
	    len > STAFF_PASSWORD_MAX)
		return ERR_REFUSED;
	if (seal_password_hash(n->password, hash) != SYNC_OK)
		return ERR_FULL;
	struct db_stmt *q = db_stmt(db, SQL_STAFF_ADD);
	db_bind_text(q, 1, n->login, -1);
	db_bind_text(q, 2, n->name, -1);
	db_bind_text(q, 3, role_id[n->role], -1);
	db_bind_text(q, 4, n->place, -1);
	db_bind_text(q, 5, hash, -1);
	db_bind_int(q, 6, now);
	enum err e = db_step(q);
	if (e == OK)
		*id = db_int(q, 0);
	db_done(q);
	return e;
}

static enum err row_of(struct db_stmt *q, struct staff *out, char *hash)
{
	*out = (struct staff){0};
	enum err e = db_step(q);
	if (e != OK)
		return e;
	out->id = db_int(q, 0);
	snprintf(out->login, sizeof out->login, "%s", db_text(q, 1, NULL));
	snprintf(out->name, sizeof out->name, "%s", db_text(q, 2, NULL));
	bool good = staff_role_parse(db_text(q, 3, NULL), &out->role);
	snprintf(out->place, sizeof out->place, "%s", db_text(q, 4, NULL));
	out->last_login = db_int(q, 5);
	if (hash != NULL)
		snprintf(hash, STAFF_HASH, "%s", db_text(q, 6, NULL));
	db_done(q);
	return good ? OK : ERR_CORRUPT;
}

enum err staff_by_login(struct db *db, const char *login, struct staff *out, char hash[STAFF_HASH])
{
	struct db_stmt *q = db_stmt(db, SQL_STAFF_BY_LOGIN);
	db_bind_text(q, 1, login, -1);
	return row_of(q, out, hash);
}

enum err staff_by_id(struct db *db, int64_t id, struct staff *out)
{
	struct db_stmt *q = db_stmt(db, SQL_STAFF_BY_ID);
	db_bind_int(q, 1, id);
	return row_of(q, out, NULL);
}

enum err staff_seen(struct db *db, int64_t id, int64_t now)
{
	struct db_stmt *q = db_stmt(db, SQL_STAFF_SEEN);
	db_bind_int(q, 1, id);
	db_bind_int(q, 2, now);
	return db_run(q);
}

void staff_masked(const char *name, char out[PLACE_NAME_MAX + 1])
{
	struct buf b;
	buf_init(&b, PLACE_NAME_MAX);
	typed_mask_names(name, strlen(name), &b);
	text_copy(out, PLACE_NAME_MAX + 1, buf_str(&b), b.len);
	buf_free(&b);
}
