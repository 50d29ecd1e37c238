#include "app/store/township/audit.h"

#include "app/store/township/township_impl.h"

#include <stdio.h>
#include <string.h>

static const char *const kind_id[AUDIT_KINDS] = {
	"login",         "login-failed", "key-opened", "case-opened",    "name-opened",
	"case-moved",    "uploaded",     "submitted",  "approved",       "refused",
	"supervised",    "objected",     "corrected",  "topic",          "kiosk-code",
	"kiosk-revoked", "pages-added",  "pages-seen", "original-opened"};

const char *audit_kind_words(enum audit_kind k)
{
	static const char *const words[AUDIT_KINDS] = {
		"登录",       "登录没成功",   "打开了密钥",       "打开了信",      "打开了身份信封",
		"办理一步",   "上传",         "交给审批人签",     "签名公开",      "退回去改",
		"监委会签字", "监委会不同意", "在网页上改了格子", "写了类别",      "开注册码",
		"停用终端",   "放凭证照片",   "看过凭证照片",     "打开了凭证原件"};
	return words[k];
}

enum err audit_add(struct db *db, const struct audit_entry *a)
{
	struct db_stmt *q = db_stmt(db, SQL_AUDIT_ADD);
	db_bind_int(q, 1, a->time);
	if (a->staff == 0)
		db_bind_text(q, 2, NULL, 0);
	else
		db_bind_int(q, 2, a->staff);
	db_bind_text(q, 3, kind_id[a->kind], -1);
	db_bind_text(q, 4, a->subject, -1);
	db_bind_text(q, 5, a->reason, -1);
	return db_run(q);
}

static enum err row_of(struct db_stmt *q, struct audit_entry *out)
{
	*out = (struct audit_entry){0};
	enum err e = db_step(q);
	if (e != OK)
		return e;
	out->number = db_int(q, 0);
	out->time = db_int(q, 1);
	out->staff = db_int(q, 2);
	while (out->kind < AUDIT_KINDS && strcmp(kind_id[out->kind], db_text(q, 3, NULL)) != 0)
		out->kind++;
	snprintf(out->subject, sizeof out->subject, "%s", db_text(q, 4, NULL));
	snprintf(out->reason, sizeof out->reason, "%s", db_text(q, 5, NULL));
	snprintf(out->name, sizeof out->name, "%s", db_text(q, 6, NULL));
	db_done(q);
	return out->kind < AUDIT_KINDS ? OK : ERR_CORRUPT;
}

enum err audit_before(struct db *db, int64_t number, struct audit_entry *out)
{
	struct db_stmt *q = db_stmt(db, SQL_AUDIT_BEFORE);
	db_bind_int(q, 1, number);
	return row_of(q, out);
}

enum err audit_of(struct db *db, const char *subject, int64_t number, struct audit_entry *out)
{
	struct db_stmt *q = db_stmt(db, SQL_AUDIT_OF);
	db_bind_text(q, 1, subject, -1);
	db_bind_int(q, 2, number);
	return row_of(q, out);
}
